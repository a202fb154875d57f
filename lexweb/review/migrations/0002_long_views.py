from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]

    operations = [migrations.AlterField("view", "query", models.TextField())]
