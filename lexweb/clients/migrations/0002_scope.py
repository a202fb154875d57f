from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="scope",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
