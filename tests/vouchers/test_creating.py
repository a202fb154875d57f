"""A new voucher with its image: each step once, whatever breaks off, and the image is kept until it is there."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import F

from lexweb.activity.models import Entry
from lexweb.clients.troubles import Trouble
from lexweb.files import store
from lexweb.files.models import Blob, File
from lexweb.lexware.api.vouchers import VouchersEndpoint
from lexweb.outbox import submissions
from lexweb.sandbox.vouchers import desk
from lexweb.vouchers.models import Submission, Voucher
from lexweb.vouchers.writing import completing, creating, editing, fields
from tests.outbox.killing import Killed, kill
from tests.vouchers.receipts import Receipts, category, filled, line

pytestmark = pytest.mark.django_db


def _blob(receipts: Receipts, content: bytes = b"") -> Blob:
    return store.put(receipts.connection, [content or receipts.content()], media_type="application/pdf")


def _create(receipts: Receipts, image: Blob | None, *, key: UUID | None = None, **values: Any) -> Voucher:
    return creating.create(
        receipts.client, values=filled(**values), image=image, image_name="Beleg März.pdf", key=key or uuid4(),
        by=receipts.by,
    )  # fmt: skip


def _there(receipts: Receipts, number: str = "R-1") -> list[dict[str, Any]]:
    every = receipts.organization.shelf("vouchers")
    return [each.document for each in every if each.document.get("voucherNumber") == number]


@pytest.mark.parametrize(
    ("kind", "side"),
    [
        ("purchaseinvoice", "outgo"), ("purchasecreditnote", "outgo"), ("salesinvoice", "income"),
        ("salescreditnote", "income"),
    ],
)  # fmt: skip
def test_each_kind_with_its_image(receipts: Receipts, kind: str, side: str) -> None:
    lines = [line(category_id=category(side=side, contactRequired=False))]

    voucher = _create(receipts, _blob(receipts), type=kind, lines=lines)

    (there,) = _there(receipts)
    assert there["type"] == voucher.kind == kind
    assert there["voucherStatus"] == voucher.status == "open"
    assert len(there["files"]) == voucher.file_count == 1
    file = File.objects.get(lexware_id=there["files"][0])
    assert file.name == "Beleg März.pdf"
    assert file.blob is not None
    assert file.sha256 == file.blob.sha256
    submission = Submission.objects.get()
    assert submission.state == "done"
    assert submission.image is None
    assert Entry.objects.get(kind="voucher.created").values["name"] == "R-1"


def test_without_image(receipts: Receipts) -> None:
    values = filled(shipping_date="", remark="ohne Bild")

    voucher = _create(receipts, None, **values)

    assert fields.read(voucher.detail.raw) == values
    assert len(receipts.sent("POST")) == 1


def test_the_same_form_again_is_the_same_voucher(receipts: Receipts) -> None:
    key, image = uuid4(), _blob(receipts)

    first = _create(receipts, image, key=key)
    second = _create(receipts, None, key=key)

    assert first.pk == second.pk
    assert len(_there(receipts)) == 1
    with pytest.raises(creating.Spent) as spent:
        _create(receipts, None, key=key, voucher_number="R-2")
    assert spent.value.voucher == first
    assert _there(receipts, "R-2") == []


def test_an_image_that_comes_when_all_is_over_is_not_passed_over_in_silence(receipts: Receipts) -> None:
    key, content = uuid4(), receipts.content()
    first = _create(receipts, _blob(receipts, content), key=key)

    assert _create(receipts, _blob(receipts, content), key=key) == first  # the same form, sent twice with its file
    with pytest.raises(creating.Spent) as spent:
        _create(receipts, _blob(receipts), key=key)  # somebody went back and chose another file

    assert spent.value.voucher == first
    assert len(_there(receipts)) == 1


@pytest.mark.parametrize("kind", ["504_after", "reset", "garbage", "empty", "500_after"])
def test_an_answer_to_the_creation_that_gets_lost_makes_no_second_one(receipts: Receipts, kind: str) -> None:
    receipts.sandbox.fault(kind, method="POST", path="/v1/vouchers")

    voucher = _create(receipts, _blob(receipts))

    (there,) = _there(receipts)
    assert str(voucher.lexware_id) == there["id"]
    assert len(there["files"]) == 1


@pytest.mark.parametrize("kind", ["504_after", "504", "reset", "garbage", "empty"])
def test_an_answer_to_the_attachment_that_gets_lost_makes_no_second_image(receipts: Receipts, kind: str) -> None:
    receipts.sandbox.fault(kind, method="POST", path="/v1/vouchers/*/files")

    _create(receipts, _blob(receipts))

    (there,) = _there(receipts)
    assert len(there["files"]) == 1


def test_created_and_not_attached_is_completed_by_the_same_form(receipts: Receipts) -> None:
    key, image = uuid4(), _blob(receipts)
    receipts.sandbox.fault("504", method="POST", path="/v1/vouchers/*/files", count=10)

    with pytest.raises(creating.Unconfirmed):
        _create(receipts, image, key=key)
    receipts.sandbox.clear_faults()
    assert Submission.objects.get().image == image
    assert store.read(image)

    voucher = _create(receipts, None, key=key)  # the browser does not send the file a second time

    (there,) = _there(receipts)
    assert len(there["files"]) == 1
    assert voucher.file_count == 1
    assert Entry.objects.filter(kind="voucher.created").count() == 1


def test_not_created_as_nothing_arrived(receipts: Receipts) -> None:
    key, image = uuid4(), _blob(receipts)
    receipts.sandbox.fault("429", method="POST", path="/v1/vouchers", count=50)

    with pytest.raises(Trouble):
        _create(receipts, image, key=key)
    receipts.sandbox.clear_faults()
    assert Submission.objects.get().state == "released"

    _create(receipts, image, key=key, voucher_number="R-2")  # so another number is no other voucher

    assert [len(_there(receipts, number)) for number in ("R-1", "R-2")] == [0, 1]


@pytest.mark.parametrize("step", ["create", "attach"])
def test_killed_between_the_request_and_what_comes_after(
    receipts: Receipts, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, image = uuid4(), _blob(receipts)
    kill(monkeypatch, VouchersEndpoint, step, after=True)
    with pytest.raises(Killed):
        _create(receipts, image, key=key)
    assert Submission.objects.get().image == image
    monkeypatch.setattr(submissions, "TWIN_WAIT", 0.0)
    with pytest.raises(creating.InFlight):
        _create(receipts, None, key=key)
    Submission.objects.update(claimed_at=F("claimed_at") - submissions.IN_FLIGHT)

    voucher = _create(receipts, None, key=key)

    (there,) = _there(receipts)
    assert len(there["files"]) == voucher.file_count == 1
    assert Submission.objects.get().state == "done"


def test_created_by_an_earlier_try_with_what_the_form_said_then(receipts: Receipts) -> None:
    key = uuid4()
    receipts.sandbox.fault("504_after", method="POST", path="/v1/vouchers")
    receipts.sandbox.fault("503", method="GET", path="/v1/voucherlist", count=50)
    with pytest.raises(creating.Unconfirmed):
        _create(receipts, None, key=key)
    receipts.sandbox.clear_faults()

    with pytest.raises(creating.CreatedBefore) as before:
        _create(receipts, None, key=key, remark="später getippt")

    assert before.value.voucher.number == "R-1"
    assert len(_there(receipts)) == 1


def test_an_image_that_is_refused_leaves_the_voucher_and_can_be_replaced(receipts: Receipts) -> None:
    key = uuid4()
    broken = store.put(receipts.connection, [b"%PDF-1.4 und dann nichts"], media_type="application/pdf")

    with pytest.raises(creating.ImageRefused) as refused:
        _create(receipts, broken, key=key)
    assert [issue.field for issue in refused.value.issues] == ["image"]
    assert refused.value.issues[0].text
    assert refused.value.voucher.number == "R-1"

    voucher = _create(receipts, _blob(receipts), key=key)

    assert voucher.file_count == 1
    assert len(_there(receipts)) == 1
    assert not Blob.objects.filter(pk=broken.pk).exists()


def test_an_image_that_another_voucher_has_is_noticed_before_anything_is_created(receipts: Receipts) -> None:
    content = receipts.content()
    first = _create(receipts, _blob(receipts, content), voucher_number="R-0")

    with pytest.raises(creating.ImageElsewhere) as elsewhere:
        _create(receipts, _blob(receipts, content))

    assert elsewhere.value.voucher is None
    assert elsewhere.value.other == first
    assert _there(receipts) == []


def test_an_image_that_another_voucher_has_without_our_knowing(receipts: Receipts) -> None:
    content = receipts.content()
    with receipts.state.lock:
        desk.upload(receipts.state, receipts.organization, "beleg.pdf", content)

    with pytest.raises(creating.ImageElsewhere) as elsewhere:
        _create(receipts, _blob(receipts, content))

    assert elsewhere.value.voucher is not None
    assert elsewhere.value.voucher.number == "R-1"
    assert Submission.objects.get().state == "done"


def test_what_is_missing_is_said_before_anything_is_created(receipts: Receipts) -> None:
    with pytest.raises(editing.Rejected) as refused:
        _create(receipts, None, voucher_number="", lines=[])

    assert {issue.field for issue in refused.value.issues} == {"voucher_number", "lines"}
    assert receipts.sent("POST") == []


def test_what_the_api_refuses_can_be_sent_again_corrected(receipts: Receipts) -> None:
    key = uuid4()
    with pytest.raises(editing.Rejected) as refused:
        _create(receipts, None, key=key, collective=False, contact_id=str(uuid4()))
    assert [issue.field for issue in refused.value.issues] == ["contact_id"]

    assert _create(receipts, None, key=key).number == "R-1"


@pytest.mark.parametrize("step", ["create", "attach"])
def test_what_nobody_sends_again_is_completed_and_not_created_twice(
    receipts: Receipts, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill(monkeypatch, VouchersEndpoint, step, after=True)
    with pytest.raises(Killed):
        _create(receipts, _blob(receipts))
    completing.complete_left()
    assert Submission.objects.get().state == "sending"  # the person may still be there

    Submission.objects.update(claimed_at=F("claimed_at") - completing.AFTER)
    completing.complete_left()

    (there,) = _there(receipts)
    assert len(there["files"]) == 1
    assert (Submission.objects.get().state, Submission.objects.get().image) == ("done", None)
    assert Entry.objects.filter(kind="voucher.created").count() == 1


def test_what_was_never_created_is_not_created_behind_the_back_of_the_person(receipts: Receipts) -> None:
    image = _blob(receipts)
    receipts.sandbox.fault("504", method="POST", path="/v1/vouchers", count=10)
    with pytest.raises(creating.Unconfirmed):
        _create(receipts, image)
    receipts.sandbox.clear_faults()
    Submission.objects.update(claimed_at=F("claimed_at") - completing.AFTER)

    completing.complete_left()

    assert _there(receipts) == []
    assert (Submission.objects.get().state, Submission.objects.get().image) == ("uncertain", image)
