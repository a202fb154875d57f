from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("uploads", "0001_initial")]

    operations = [
        migrations.AddField("upload", "invoice_key", models.CharField(blank=True, default="", max_length=200)),
        migrations.AddField("upload", "warnings", models.JSONField(default=list)),
    ]
