"""Having a file here: fetched once, looked into, and said honestly where it cannot be had."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.troubles import Trouble
from lexweb.files import fetching, services, store
from lexweb.files import mirror as files
from lexweb.files.models import Blob, File
from lexweb.vouchers import rows
from lexweb.vouchers.models import Voucher
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db(transaction=True)


def file_of(books: Books, kind: str, **columns: object) -> File:
    """Return the file of a document whose detail has just been read."""
    books.list_all()
    books.keep_only(books.one(kind, **columns))
    books.fill(1)
    return File.objects.select_related("connection__client").get(voucher_id=books.one(kind).lexware_id, position=0)


def downloads(books: Books) -> list[str]:
    """Return the paths of the downloads."""
    return [path for path in books.asked() if path.startswith("/v1/files/") or path.endswith("/file")]


def test_a_receipt_is_fetched_once_and_looked_into(books: Books) -> None:
    file = file_of(books, "purchaseinvoice")
    assert (file.media_type, file.size, file.sha256, file.blob) == ("", None, "", None)

    blob = services.held(file)

    content = store.read(blob)
    assert file.blob == blob
    assert file.sha256 == blob.sha256 == hashlib.sha256(content).hexdigest()
    assert file.size == len(content) > 1000
    assert file.media_type in {"application/pdf", "image/jpeg", "image/png", "application/xml"}
    assert services.held(File.objects.get(pk=file.pk)) == blob
    assert len(downloads(books)) == 1


@pytest.mark.parametrize("kind", ["invoice", "creditnote", "quotation", "orderconfirmation", "deliverynote"])
def test_the_file_of_a_sales_document_comes_from_its_own_resource(books: Books, kind: str) -> None:
    books.list_all()
    books.keep_only(Voucher.objects.filter(kind=kind).exclude(status="draft").order_by("pk")[0])
    books.fill(1)
    file = File.objects.select_related("connection").get(voucher_id=books.one(kind).lexware_id)

    blob = services.held(file)

    assert file.rendered
    assert downloads(books) == [f"/v1/{file.rendered}/{file.voucher_id}/file"]
    assert store.read(blob)[:5] in {b"%PDF-", b"<?xml"}


def test_a_document_without_a_named_file_is_its_file(books: Books) -> None:
    file = file_of(books, "invoice", status="open")
    detail = books.one("invoice").detail.raw
    del detail["files"]

    assert rows.file_ids(detail, "invoice") == [file.voucher_id]
    assert rows.file_ids(detail | {"voucherStatus": "draft"}, "invoice") == []
    assert rows.file_ids(detail | {"voucherStatus": "draft"}, "dunning") == [file.voucher_id]
    assert rows.file_ids({"files": []}, "purchaseinvoice") == []


def test_of_two_at_once_one_content_stays(books: Books) -> None:
    file = file_of(books, "purchaseinvoice")
    other = File.objects.select_related("connection").get(pk=file.pk)
    with gateway.open_office(books.connection) as office:
        late = fetching.fetch(office, other)

    blob = services.held(file)
    fetching.keep(other, late)

    assert File.objects.get(pk=file.pk).blob == blob
    assert list(Blob.objects.all()) == [blob]
    assert store.read(blob)


def test_a_file_that_is_gone_says_so(books: Books) -> None:
    file = file_of(books, "purchaseinvoice")
    books.organization.shelf("files").remove(str(file.lexware_id))

    with pytest.raises(services.Gone):
        services.held(file)

    assert File.objects.get(pk=file.pk).problem == "missing"
    assert file not in files.missing(books.connection)
    assert not Blob.objects.exists()


def test_what_the_plan_forbids_is_noted_for_all_of_its_kind_until_that_changes(books: Books) -> None:
    file = file_of(books, "purchaseinvoice")
    other = File.objects.create(connection=books.connection, lexware_id=file.voucher_id, voucher_id=file.voucher_id)
    books.sandbox.fault("plan_402", path="/v1/files/*")

    with pytest.raises(Trouble) as trouble:
        services.held(file)

    assert trouble.value.code == "plan"
    other.refresh_from_db()
    assert (file.problem, other.problem) == ("plan", "plan")
    assert not files.missing(books.connection).exists()
    files.want_missing(books.connection)
    assert services.held(File.objects.get(pk=file.pk))
    assert File.objects.get(pk=file.pk).problem == ""


def test_an_outage_says_nothing_about_the_file(books: Books) -> None:
    file = file_of(books, "purchaseinvoice")
    books.sandbox.fault("503", path="/v1/files/*", count=None)

    with pytest.raises(Trouble):
        services.held(file)

    assert File.objects.get(pk=file.pk).problem == ""
    books.sandbox.clear_faults()
    assert services.held(file)


def test_a_file_too_large_to_keep_says_so(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    file = file_of(books, "purchaseinvoice")
    monkeypatch.setattr(fetching, "MOST", 100)

    with pytest.raises(Trouble) as trouble:
        services.held(file)

    assert trouble.value.code == "too_large"
    assert File.objects.get(pk=file.pk).problem == "too_large"
    assert not Blob.objects.exists()


def test_a_lost_content_is_read_anew(books: Books) -> None:
    file = file_of(books, "purchaseinvoice")
    first = services.held(file)
    Blob.objects.filter(pk=first.pk).update(sha256="0" * 64)
    file.refresh_from_db()
    with pytest.raises(store.Lost):
        store.read(services.held(File.objects.get(pk=file.pk)))

    services.lost(file)

    assert store.read(services.held(file))
    assert file.blob != first


def test_what_could_not_be_read_is_asked_for_again_by_itself_a_day_later(books: Books) -> None:
    file = file_of(books, "purchaseinvoice")
    files.pass_over(file, "unavailable")
    assert not files.missing(books.connection).exists()

    File.objects.update(problem_at=timezone.now() - timedelta(days=1, minutes=1))

    assert files.missing(books.connection).get() == file
