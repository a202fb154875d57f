"""What the pages show, and what their buttons do."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection as database
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.files import store, tidying
from lexweb.files.models import File
from lexweb.uploads import services
from lexweb.uploads.models import Upload
from lexweb.vouchers.models import Voucher
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.uploads.desk import Desk, picture

pytestmark = pytest.mark.django_db(transaction=True)


def _voucher(desk: Desk, **values: object) -> Voucher:
    now = timezone.now()
    given = {
        "kind": "purchaseinvoice", "status": "open", "number": "RE-77", "contact_name": "Öl & Söhne", "created_at": now,
        "updated_at": now, "seen_at": now, "listed_on": now.date(), "voucher_on": now.date(), "wanted": 0,
        "total_amount": Decimal("119.00"), "currency": "EUR", "search": "re-77 ol & sohne oel & soehne",
    }  # fmt: skip
    return Voucher.objects.create(connection=desk.connection, lexware_id=uuid4(), **{**given, **values})


def _with_file(desk: Desk, content: bytes) -> Voucher:
    """A voucher over there that has this file."""
    voucher, blob = _voucher(desk), store.put(desk.connection, [content])
    File.objects.create(
        connection=desk.connection, lexware_id=uuid4(), voucher_id=voucher.lexware_id, sha256=blob.sha256, blob=blob,
        size=len(content),
    )  # fmt: skip
    return voucher


def test_a_file_that_is_there_already_asks_first_and_is_not_sent(desk: Desk) -> None:
    voucher = _with_file(desk, picture("a"))

    upload = desk.brought("a.png", picture("a"))

    assert upload.state == "asking"
    assert upload.suspicions == [["hash", str(voucher.lexware_id)]]
    page = desk.browser.get(desk.address).content.decode()
    assert "The same file is at" in page
    assert f"/vouchers/{voucher.lexware_id}/" in page
    detail = desk.browser.get(f"{desk.address}{upload.pk}/").content.decode()
    assert "Öl &amp; Söhne" in detail
    desk.browser.post(f"{desk.address}send/", {"id": str(upload.pk)})
    with pytest.raises(services.NothingReady):
        services.send(desk.connection, [upload], by=desk.klaus, batch_id=uuid4())

    desk.decide("allow", upload)

    upload.refresh_from_db()
    assert upload.state == "ready"
    assert "1 new voucher" in desk.browser.post(f"{desk.address}send/", {"id": str(upload.pk)}).content.decode()


def test_what_is_to_be_decided_comes_first_and_is_left_out_when_all_are_sent(desk: Desk) -> None:
    _with_file(desk, picture("a"))
    asking, ready = desk.brought("a.png", picture("a")), desk.brought("b.png", picture("b"))

    page = desk.browser.get(desk.address)
    question = desk.browser.post(f"{desk.address}send/", {"id": [str(asking.pk), str(ready.pk)]}).content.decode()

    assert [row.upload for row in page.context["rows"]] == [asking, ready]
    assert "1 new voucher" in question
    assert "1 of the chosen files is left out" in question


def test_the_picker_finds_receipts_by_number_and_supplier_and_nothing_else(desk: Desk) -> None:
    upload = desk.brought()
    wanted = _voucher(desk)
    _voucher(desk, number="AN-1", search="an-1 meier")
    _voucher(desk, kind="invoice", number="RE-77b", search="re-77b ol")
    attach = f"{desk.address}{upload.pk}/attach/"

    for text in ("re-77", "söhne", "soehne 77"):
        assert [each for each, _ in desk.browser.get(attach, {"q": text}).context["choices"]] == [wanted]

    desk.browser.post(attach, {"voucher": str(wanted.lexware_id)})
    upload.refresh_from_db()
    assert upload.target_id == wanted.lexware_id
    question = desk.browser.post(f"{desk.address}send/", {"all": "1"}).content.decode()
    assert "1 file</strong> is attached" in question
    assert "new voucher" not in question
    desk.decide("new", upload)
    upload.refresh_from_db()
    assert upload.target_id is None


def test_an_invoice_written_over_there_or_another_clients_takes_no_file(desk: Desk, cast: Cast) -> None:
    upload = desk.brought()
    for voucher_id in (_voucher(desk, kind="invoice").lexware_id, uuid4(), "x"):
        desk.browser.post(f"{desk.address}{upload.pk}/attach/", {"voucher": str(voucher_id)})

    upload.refresh_from_db()
    assert upload.target_id is None


def test_uploads_of_another_client_are_out_of_reach(desk: Desk, cast: Cast, sign_in: SignIn) -> None:
    upload = desk.brought()
    other = casting.connect(cast.other, desk.sandbox, by=cast.paula, index=1)
    paula = sign_in(cast.paula)
    theirs = f"{other.client.url}uploads/"

    assert paula.get(f"{theirs}{upload.pk}/").status_code == 404
    paula.post(f"{theirs}decide/", {"do": "discard", "id": str(upload.pk)})
    paula.post(f"{theirs}send/", {"id": str(upload.pk), "batch": str(uuid4())})

    upload.refresh_from_db()
    assert upload.state == "ready"
    assert not paula.get(theirs).context["rows"]


def test_what_is_on_its_way_cannot_be_discarded(desk: Desk) -> None:
    upload = desk.brought()
    services.send(desk.connection, [upload], by=desk.klaus, batch_id=uuid4())

    desk.decide("discard", upload)
    services.attach(desk.connection, [upload], uuid4())

    upload.refresh_from_db()
    assert (upload.state, upload.target_id) == ("queued", None)
    assert upload.blob is not None


def test_the_picture_of_a_page(desk: Desk) -> None:
    upload = desk.brought(content=picture("a", side=80))

    answer = desk.browser.get(f"{desk.address}{upload.pk}/pages/1/?w=80")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("image/")
    assert desk.browser.get(f"{desk.address}{upload.pk}/pages/2/").status_code == 404


def test_the_firms_page_counts_what_waits_for_the_clients_one_sees(desk: Desk, cast: Cast, sign_in: SignIn) -> None:
    desk.brought("a.png", picture("a"))
    desk.bring("x.gif", b"GIF89a" + b"\0" * 20)

    for browser, seen in ((desk.browser, True), (sign_in(cast.paula), True), (sign_in(cast.fremd), False)):
        page = browser.get("/uploads/")
        assert [(each, (c.ready, c.refused)) for each, c in page.context["rows"]] == [(cast.client, (1, 1))] * seen
        assert (cast.client.name in browser.get("/uploads/?choices=1").content.decode()) is seen


def test_files_can_be_dropped_on_the_pages_of_a_client(desk: Desk, cast: Cast, sign_in: SignIn) -> None:
    auditor = sign_in(cast.robert)
    for page in (desk.connection.client.url, f"{desk.connection.client.url}vouchers/", desk.address):
        assert f'action="{desk.address}add/"' in desk.browser.get(page).text
        assert "data-upload" not in auditor.get(page).text


def test_whoever_may_only_look_sees_no_buttons(desk: Desk, cast: Cast, sign_in: SignIn) -> None:
    desk.brought()

    page = sign_in(cast.robert).get(desk.address).content.decode()

    assert "data-upload" not in page
    assert "decide/" not in page
    assert "send/" not in page


def test_the_list_asks_the_database_a_fixed_number_of_times(desk: Desk) -> None:
    counts = []
    for number in (2, 12):
        for n in range(number):
            desk.brought(f"{number}-{n}.png", picture(f"{number}-{n}"))
        counts.append(_queries(desk.browser, desk.address))

    assert counts[1] <= counts[0]


def test_old_ones_wait_however_long(desk: Desk) -> None:
    upload = desk.brought()
    Upload.objects.update(created_at=timezone.now() - timedelta(days=900))
    services.forget_old()
    tidying.tidy()

    upload.refresh_from_db()
    assert upload.blob is not None
    assert store.read(upload.blob)


def _queries(browser: Browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(database) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)
