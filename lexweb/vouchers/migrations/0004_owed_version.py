from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0003_file_count")]

    operations = [migrations.AddField("voucher", "owed_version", models.PositiveIntegerField(null=True))]
