"""From the list into Lexware Office: once, whatever happens on the way, and proven by reading back."""

import errno
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.utils import timezone

from lexweb.activity.models import Entry
from lexweb.clients import gateway
from lexweb.files import store
from lexweb.files.models import Blob, File
from lexweb.lexware.api.files import FilesEndpoint
from lexweb.lexware.api.voucherlist import BOOKKEEPING
from lexweb.outbox import claims, selectors
from lexweb.outbox import services as outbox
from lexweb.outbox.models import Batch, Item
from lexweb.uploads import services
from lexweb.uploads.models import Upload
from lexweb.vouchers.models import Voucher
from tests import cast as casting
from tests.clients.threads import at_once
from tests.files.failing import Breakdown
from tests.outbox import worker as working
from tests.outbox.killing import Killed, kill
from tests.outbox.worker import Worker, only
from tests.uploads.desk import Desk, picture

pytestmark = pytest.mark.django_db(transaction=True)


def _send(desk: Desk, *uploads: Upload) -> Batch:
    """Press the button, and let the ten seconds be over."""
    batch = services.send(desk.connection, uploads, by=desk.klaus, batch_id=uuid4())
    working.hurry(desk.connection)
    return batch


def _through(desk: Desk, worker: Worker) -> None:
    """Let everything be over, as if the waits were."""
    for _ in range(60):
        worker.run()
        if selectors.next_at(desk.connection.pk) is None:
            return
        for item in Item.objects.filter(due_at__isnull=False, sent_at__isnull=False):
            working.long_ago(item)
        working.hurry(desk.connection)
    raise AssertionError("it never ends")


def _arrived(desk: Desk, upload: Upload) -> Upload:
    """See that it is there once, that both sides know the same, and that its bytes are here as those of the file."""
    upload.refresh_from_db()
    [there] = desk.files_there()
    assert (upload.state, upload.blob) == ("done", None)
    assert (str(upload.file_id), str(upload.voucher_id)) == (there["id"], there["voucherId"])
    file = File.objects.get(lexware_id=there["id"])
    assert file.blob is not None
    assert (file.sha256, file.voucher_id) == (there["sha256"], upload.voucher_id)
    assert len(store.read(file.blob)) == there["size"]
    return upload


@pytest.mark.parametrize("kind", ["", "504_after", "reset", "garbage", "empty", "429", "502", "504"])
def test_sent_once_whatever_becomes_of_the_answer(desk: Desk, worker: Worker, kind: str) -> None:
    before = desk.vouchers_there()
    upload = desk.brought("Tankbeleg.png", picture("a"))
    if kind:
        desk.sandbox.fault(kind, method="POST")

    _send(desk, upload)
    _through(desk, worker)

    assert only().state == "done"
    _arrived(desk, upload)
    assert desk.vouchers_there() == before + 1
    assert Entry.objects.filter(kind="receipt.uploaded").count() == 1


@pytest.mark.parametrize("kind", ["503", "timeout", "reset", "garbage", "empty"])
def test_only_what_was_read_back_is_done(desk: Desk, worker: Worker, kind: str) -> None:
    upload = desk.brought(content=picture("a"))
    desk.sandbox.fault(kind, method="GET", path="/v1/files/*", count=3, seconds=0.01)

    _send(desk, upload)
    worker.step()

    assert only().state == "uncertain"
    upload.refresh_from_db()
    assert upload.blob is not None
    with pytest.raises(outbox.TooLate):
        outbox.cancel(only())  # it is there: nobody takes it back
    _through(desk, worker)
    _arrived(desk, upload)
    assert len(desk.sent("POST")) == 1  # looking is not sending


@pytest.mark.parametrize(
    ("owner", "name", "after"),
    [
        (claims, "take", True),
        (claims, "note", False),
        (claims, "note", True),
        (FilesEndpoint, "upload", False),
        (FilesEndpoint, "upload", True),
        (FilesEndpoint, "download", False),
        (claims, "finish", False),
        (claims, "finish", True),
    ],
)
def test_killed_at_any_moment_it_is_there_once(
    desk: Desk, worker: Worker, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, after: bool
) -> None:
    before = desk.vouchers_there()
    upload = desk.brought(content=picture("a"))
    _send(desk, upload)
    kill(monkeypatch, owner, name, after=after)
    with pytest.raises(Killed):
        worker.step()
    upload.refresh_from_db()
    assert upload.blob is not None
    _through(desk, worker)

    assert only().state == "done"
    _arrived(desk, upload)
    assert desk.vouchers_there() == before + 1


def test_nothing_is_sent_again_while_it_may_still_come_through(desk: Desk, worker: Worker) -> None:
    upload = desk.brought(content=picture("a"))
    desk.sandbox.fault("504", method="POST")
    _send(desk, upload)
    worker.step()

    for _ in range(3):
        working.hurry(desk.connection)
        worker.run()

    assert only().state == "uncertain"
    assert len(desk.sent("POST")) == 1


def test_three_workers_send_each_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "WORKER_PATIENCE", 20.0)
    before = desk.vouchers_there()
    uploads = [desk.brought(content=picture(str(n))) for n in range(6)]
    _send(desk, *uploads)

    def work(_number: int) -> int:
        try:
            return Worker(desk.connection).run()
        finally:
            connections.close_all()

    results = at_once(work, workers=3)

    assert all(isinstance(result, int) for result in results), results
    assert set(Upload.objects.values_list("state", flat=True)) == {"done"}
    assert desk.vouchers_there() == before + 6
    assert len(desk.sent("POST")) == 6


def test_the_button_pressed_twice_makes_one_batch(desk: Desk) -> None:
    uploads = [desk.brought(content=picture(str(n))) for n in range(2)]
    page = desk.browser.post(f"{desk.address}send/", {"all": "1"}).content.decode()
    assert "2 new vouchers" in page
    form = {"batch": page.split('name="batch" value="')[1].split('"')[0], "id": [str(each.pk) for each in uploads]}

    before = timezone.now()
    answers = [desk.browser.post(f"{desk.address}send/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Batch.objects.count() == 1
    assert Item.objects.count() == 2
    assert not Item.objects.filter(due_at__lt=before + timedelta(seconds=5)).exists()  # to be taken back


def test_taken_back_it_waits_here_again(desk: Desk, worker: Worker) -> None:
    upload = desk.brought(content=picture("a"))
    batch = services.send(desk.connection, [upload], by=desk.klaus, batch_id=uuid4())

    desk.browser.post(f"/outbox/{batch.pk}/undo/", {"next": desk.address})
    page = desk.browser.get(desk.address)

    upload.refresh_from_db()
    assert (upload.state, upload.item) == ("ready", None)
    assert b"Ready to send" in page.content
    working.hurry(desk.connection)
    assert worker.run() == 0


def test_paused_nothing_more_is_sent_but_what_is_uncertain_is_looked_up(desk: Desk, worker: Worker) -> None:
    uploads = [desk.brought(content=picture(str(n))) for n in range(3)]
    desk.sandbox.fault("503", method="GET", path="/v1/files/*")
    batch = _send(desk, *uploads)
    worker.step()
    desk.browser.post(f"/outbox/{batch.pk}/pause/", {"next": desk.address})

    working.hurry(desk.connection)
    worker.run()

    assert sorted(Item.objects.values_list("state", flat=True)) == ["done", "waiting", "waiting"]
    assert selectors.next_at(desk.connection.pk) is None  # and nobody asks in vain
    assert len(desk.sent("POST")) == 1
    assert "Paused" in desk.browser.get(f"{desk.address}?state=sending").content.decode()
    desk.browser.post(f"/outbox/{batch.pk}/resume/", {"next": desk.address})
    worker.run()
    assert set(Item.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.parametrize(("kind", "words"), [("plan_402", "does not include"), ("forbidden_403", "lacks a right")])
def test_what_the_plan_refuses_is_kept_and_can_be_sent_later(desk: Desk, worker: Worker, kind: str, words: str) -> None:
    upload = desk.brought(content=picture("a"))
    desk.sandbox.fault(kind, method="POST")
    batch = _send(desk, upload)
    worker.run()

    upload.refresh_from_db()
    assert only().state == "refused"
    assert upload.blob is not None
    assert words in desk.browser.get(f"{desk.address}?state=sending").content.decode()
    desk.browser.post(f"/outbox/{batch.pk}/retry/", {"next": desk.address})
    _through(desk, worker)
    _arrived(desk, upload)


def test_an_e_invoice_while_they_are_switched_off(desk: Desk, worker: Worker) -> None:
    organization = desk.sandbox.state.organizations[desk.organization["organizationId"]]
    organization.e_invoices = False
    upload = desk.brought("rechnung.xml", _xrechnung(desk))
    _send(desk, upload)
    worker.run()

    upload.refresh_from_db()
    assert upload.blob is not None
    page = desk.browser.get(f"{desk.address}?state=sending").content.decode()
    assert "switch them on there" in page
    organization.e_invoices = True
    desk.browser.post(f"/outbox/{only().batch_id}/0/retry/", {"next": desk.address})
    _through(desk, worker)
    _arrived(desk, upload)


def test_attached_to_a_voucher_no_new_one_is_made(desk: Desk, worker: Worker) -> None:
    voucher = _receipt(desk)
    before = desk.vouchers_there()
    upload = desk.brought(content=picture("a"))
    desk.browser.post(f"{desk.address}{upload.pk}/attach/", {"voucher": str(voucher.lexware_id)})
    upload.refresh_from_db()
    desk.sandbox.fault("504_after", method="POST")

    _send(desk, upload)
    _through(desk, worker)

    upload.refresh_from_db()
    assert desk.vouchers_there() == before
    shown = desk.api.get(f"/v1/vouchers/{voucher.lexware_id}").json()
    assert str(upload.file_id) in shown["files"]
    assert (upload.state, upload.voucher_id) == ("done", voucher.lexware_id)
    voucher.refresh_from_db()
    assert voucher.wanted == Voucher.Wanted.NOW


def test_the_same_content_at_another_voucher_is_said_and_kept(desk: Desk, worker: Worker) -> None:
    voucher = _receipt(desk)
    files = {"file": ("a.png", picture("a"), "image/png")}
    desk.api.post("/v1/files", files=files, data={"type": "voucher"}).raise_for_status()
    upload = desk.brought(content=picture("a"))
    services.attach(desk.connection, [upload], voucher.lexware_id)

    _send(desk, Upload.objects.get())
    _through(desk, worker)

    assert only().state == "refused"
    assert "one voucher only" in desk.browser.get(f"{desk.address}?state=sending").content.decode()
    assert Upload.objects.get().blob is not None


def test_a_voucher_that_is_gone(desk: Desk, worker: Worker) -> None:
    upload = desk.brought(content=picture("a"))
    services.attach(desk.connection, [upload], uuid4())
    _send(desk, Upload.objects.get())
    _through(desk, worker)

    assert (only().state, only().reason) == ("refused", "gone")


def test_what_is_there_already_is_found_there(desk: Desk, worker: Worker) -> None:
    files = {"file": ("a.png", picture("a"), "image/png")}
    there = desk.api.post("/v1/files", files=files, data={"type": "voucher"}).raise_for_status().json()
    upload = desk.brought(content=picture("a"))

    _send(desk, upload)
    _through(desk, worker)

    assert str(_arrived(desk, upload).voucher_id) == there["voucherId"]


def test_a_name_with_another_ending_gets_that_of_its_content(desk: Desk, worker: Worker) -> None:
    upload = desk.brought('scan"ä\u202e.pdf', picture("a"))

    _send(desk, upload)
    _through(desk, worker)

    _arrived(desk, upload)
    assert desk.files_there()[0]["name"] == "scan_ä.pdf.png"


def test_dropping_the_same_after_it_is_done_says_so(desk: Desk, worker: Worker) -> None:
    upload = desk.brought(content=picture("a"))
    _send(desk, upload)
    _through(desk, worker)

    [told] = desk.bring("again.png", picture("a")).json()["files"]

    assert (told["new"], told["state"]) == (False, "done")
    assert Upload.objects.count() == 1


def test_given_to_another_organization_everything_waits_for_a_person(desk: Desk, worker: Worker) -> None:
    done, queued, ready = (desk.brought(content=picture(str(n))) for n in range(3))
    services.attach(desk.connection, [ready], uuid4())
    _send(desk, done)
    _through(desk, worker)
    services.send(desk.connection, [queued], by=desk.klaus, batch_id=uuid4())

    services.start_over(desk.connection)

    waiting = Upload.objects.filter(state="ready", target_id=None, item=None)
    assert {each.pk for each in waiting} == {each.pk for each in Upload.objects.all()} == {queued.pk, ready.pk}


def test_the_sweep_takes_what_is_over_and_never_what_waits(desk: Desk) -> None:
    ready, gone = desk.brought(content=picture("a")), desk.brought(content=picture("b"))
    desk.bring("x.gif", b"GIF89a" + b"\0" * 50)
    services.discard(desk.connection, [gone])
    Upload.objects.update(created_at=timezone.now() - timedelta(days=400))
    Upload.objects.filter(finished_at__isnull=False).update(finished_at=timezone.now() - timedelta(days=31))

    assert services.forget_old() == 2

    assert Upload.objects.get() == ready
    assert Blob.objects.count() == 1


def _receipt(desk: Desk) -> Voucher:
    """A purchase invoice that the mirror knows."""
    casting.leave_out_all_but(desk.connection, "vouchers")
    office = gateway.open_office(desk.connection)
    with office as opened:
        row = opened.voucherlist.page(BOOKKEEPING, ("unchecked", "open")).content[0]
    now = timezone.now()
    return Voucher.objects.create(
        connection=desk.connection, lexware_id=row.id, kind="purchaseinvoice", status="open", number="RE-77",
        created_at=now, updated_at=now, seen_at=now, listed_on=now.date(), search="re-77 muster", wanted=0,
    )  # fmt: skip


def _xrechnung(desk: Desk) -> bytes:
    """An e-invoice from the account's own files."""
    from lexweb.sandbox.files import contents

    organization = desk.sandbox.state.organizations[desk.organization["organizationId"]]
    record = next(each for each in organization.shelf("files") if each.document["mediaType"] == "application/xml")
    content = contents.content(record).replace(b"</", b" </", 1)
    assert UUID(record.id)
    return content


def test_a_storage_that_fails_is_waited_for(desk: Desk, worker: Worker, breakdown: Breakdown) -> None:
    upload = desk.brought()
    _send(desk, upload)
    breakdown.begin(OSError(errno.EIO, "no"))

    worker.run()

    item = only()
    assert (item.state, item.reason, item.attempts) == ("waiting", "storage", 1)
    assert desk.files_there() == []
    breakdown.mend()
    working.hurry(desk.connection)
    _through(desk, worker)
    _arrived(desk, upload)
