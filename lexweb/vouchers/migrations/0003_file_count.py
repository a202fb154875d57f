from django.db import migrations, models
from django.db.models.functions import Coalesce, Replace, Upper


def count_files(apps, schema_editor):
    """The details that are here have said how many files there are."""
    Voucher, File = apps.get_model("vouchers", "Voucher"), apps.get_model("files", "File")
    files = File.objects.filter(connection=models.OuterRef("connection"), voucher_id=models.OuterRef("lexware_id"))
    count = files.order_by().values("voucher_id").annotate(count=models.Count("pk")).values("count")
    known = Voucher.objects.filter(detail__raw__isnull=False)
    known.update(file_count=Coalesce(models.Subquery(count), 0))


RENDERED = {
    "invoice": "invoices",
    "downpaymentinvoice": "down-payment-invoices",
    "creditnote": "credit-notes",
    "quotation": "quotations",
    "orderconfirmation": "order-confirmations",
    "deliverynote": "delivery-notes",
    "dunning": "dunnings",
}


def tell_rendered(apps, schema_editor):
    """The files of sales documents are rendered by the resource of their kind."""
    Voucher, File = apps.get_model("vouchers", "Voucher"), apps.get_model("files", "File")
    for kind, resource in RENDERED.items():
        ids = Voucher.objects.filter(connection=models.OuterRef("connection"), lexware_id=models.OuterRef("voucher_id"))
        File.objects.filter(models.Exists(ids.filter(kind=kind))).update(rendered=resource)


def fold_numbers(apps, schema_editor):
    """As vouchers/numbers.py does; what it does besides comes with the next change of the document."""
    key = Upper("number")
    for sign in (*" -/._:#", "0", "O"):
        key = Replace(key, models.Value(sign), models.Value(""))
    for sign in ("I", "L"):
        key = Replace(key, models.Value(sign), models.Value("1"))
    apps.get_model("vouchers", "Voucher").objects.exclude(number="").update(number_key=key)


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0002_receipts"), ("files", "0002_receipts")]

    operations = [
        migrations.RunPython(count_files, migrations.RunPython.noop),
        migrations.RunPython(tell_rendered, migrations.RunPython.noop),
        migrations.RunPython(fold_numbers, migrations.RunPython.noop),
    ]
