from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0002_changed"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="digest",
            field=models.BigIntegerField(default=0),
        ),
    ]
