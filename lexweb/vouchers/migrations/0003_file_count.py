from django.db import migrations, models
from django.db.models.functions import Coalesce


def count_files(apps, schema_editor):
    """The details that are here have said how many files there are."""
    Voucher, File = apps.get_model("vouchers", "Voucher"), apps.get_model("files", "File")
    files = File.objects.filter(connection=models.OuterRef("connection"), voucher_id=models.OuterRef("lexware_id"))
    count = files.order_by().values("voucher_id").annotate(count=models.Count("pk")).values("count")
    known = Voucher.objects.filter(detail__raw__isnull=False)
    known.update(file_count=Coalesce(models.Subquery(count), 0))


class Migration(migrations.Migration):

    dependencies = [("vouchers", "0002_receipts"), ("files", "0002_receipts")]

    operations = [migrations.RunPython(count_files, migrations.RunPython.noop)]
