"""The vouchers of a client: the list with its tabs and filters, and a voucher with all that is known of it."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.files.models import File
from lexweb.masterdata.models import Listing
from lexweb.vouchers import kinds
from lexweb.vouchers.models import Detail, Voucher
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[1] / "contract" / "samples"
ROWS = {"HX-Request": "true", "HX-Target": "rows"}


@pytest.fixture
def url(cast: Cast) -> str:
    """The address of the list."""
    return f"{cast.client.url}vouchers/"


def sample(name: str) -> Any:
    """Return an answer of the API."""
    return json.loads((SAMPLES / f"{name}.response.json").read_text())


def numbers(browser: Browser, address: str) -> list[str]:
    """Return the numbers of the list's rows."""
    return [voucher.number for voucher, _kind, _state in browser.get(address).context["rows"]]


def test_the_list_has_all_kinds_the_newest_first(klaus: Browser, url: str, connection: Connection) -> None:
    today = timezone.localdate()
    for days, kind in enumerate(("invoice", "purchaseinvoice", "quotation", "futurekind")):
        day = today - timedelta(days=days)
        made_up.voucher(connection, number=f"N{days}", kind=kind, voucher_on=day, listed_on=day)

    page = klaus.get(url).content.decode()

    assert numbers(klaus, url) == ["N0", "N1", "N2", "N3"]
    assert "futurekind" in page  # a kind that we do not know keeps its name
    assert '119.00<span class="currency">' in page
    assert "Sales invoices" in page
    assert "Delivery notes" not in page  # a tab without a voucher


def test_tabs_gather_kinds_and_keep_the_other_filters(klaus: Browser, url: str, connection: Connection) -> None:
    for number, kind in (
        ("A", "invoice"),
        ("B", "salesinvoice"),
        ("C", "downpaymentinvoice"),
        ("D", "purchaseinvoice"),
    ):
        made_up.voucher(connection, number=number, kind=kind)
    made_up.voucher(connection, number="E", status="draft", open_amount=None)

    assert sorted(numbers(klaus, f"{url}?kind=sales")) == ["A", "B", "C", "E"]
    assert numbers(klaus, f"{url}?kind=purchases") == ["D"]
    assert numbers(klaus, f"{url}?kind=sales&status=draft") == ["E"]
    assert 'href="?status=draft&amp;kind=purchases"' in klaus.get(f"{url}?status=draft").content.decode()
    assert len(numbers(klaus, f"{url}?kind=nonsense&status=nonsense")) == 5


def test_what_is_open_is_overdue_after_its_day(klaus: Browser, url: str, connection: Connection) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    made_up.voucher(connection, number="late", due_on=yesterday)
    made_up.voucher(connection, number="today", due_on=timezone.localdate())
    made_up.voucher(connection, number="paid", status="paid", due_on=yesterday, open_amount=0)
    made_up.voucher(connection, number="offer", kind="quotation", due_on=yesterday, open_amount=None)

    assert numbers(klaus, f"{url}?status=overdue") == ["late"]
    assert sorted(numbers(klaus, f"{url}?status=open")) == ["offer", "today"]
    assert numbers(klaus, f"{url}?status=paid") == ["paid"]
    assert f'<time datetime="{yesterday}">' in klaus.get(f"{url}?status=overdue").text  # when it was due


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"status": "open"}, "Open"),
        ({"status": "open", "open_amount": Decimal(50)}, "Partly paid"),
        ({"status": "open", "due_on": "yesterday"}, "Overdue"),
        ({"status": "sepadebit", "due_on": "yesterday"}, "Overdue"),
        ({"status": "paid", "due_on": "yesterday"}, "Paid"),
        ({"status": "unchecked", "open_amount": None}, "To review"),
        ({"status": "voided"}, "Voided"),
        ({"status": "somethingnew"}, "somethingnew"),
    ],
)
def test_each_state_has_an_icon_and_a_word(values: dict[str, Any], word: str) -> None:
    given = {"open_amount": Decimal(119), "total_amount": Decimal(119), "due_on": None} | values
    if given["due_on"]:
        given["due_on"] = timezone.localdate() - timedelta(days=1)

    badge = kinds.badge(Voucher(kind="invoice", **given))

    assert badge.text == word
    assert badge.icon


def test_a_search_finds_numbers_and_contacts(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.voucher(connection, number="RE-104", search="re-104 muster gmbh")
    made_up.voucher(connection, number="RE-105", search="re-105 bäckerei")

    assert numbers(klaus, f"{url}?q=105") == ["RE-105"]
    assert numbers(klaus, f"{url}?q=MUSTER") == ["RE-104"]
    assert "No voucher matches" in klaus.get(f"{url}?q=gibtesnicht").content.decode()


def test_archived_vouchers_have_a_list_of_their_own(klaus: Browser, url: str, connection: Connection) -> None:
    made_up.voucher(connection, number="old", archived=True)
    made_up.voucher(connection, number="new")

    assert numbers(klaus, url) == ["new"]
    assert numbers(klaus, f"{url}?archived=1") == ["old"]


def test_empty_lists_say_why(cast: Cast, klaus: Browser, url: str) -> None:
    assert "Not connected yet" in klaus.get(url).content.decode()
    connection = made_up.connected(cast.client)
    state = made_up.idle(connection, listed_at=None)
    assert "The vouchers are being fetched" in klaus.get(url).content.decode()
    state.listed_at = timezone.now()
    state.save()
    assert "No vouchers yet" in klaus.get(url).content.decode()


def test_a_fragment_for_htmx_and_few_queries(klaus: Browser, url: str, connection: Connection) -> None:
    for number in range(60):
        made_up.voucher(connection, number=f"N{number}")
    klaus.get(url)

    with CaptureQueriesContext(database) as queries:
        fragment = klaus.get(f"{url}?page=2", headers=ROWS).content.decode()

    assert fragment.lstrip().startswith('<div class="list" id="rows"')
    assert fragment.count("row-link") == 10
    assert len(queries) <= 8, [query["sql"][:150] for query in queries]


def test_an_invoice_with_all_that_is_known_of_it(cast: Cast, klaus: Browser, url: str, connection: Connection) -> None:
    raw = sample("invoices.get")
    voucher = made_up.voucher(connection, number=raw["voucherNumber"], contact_id=uuid4(), contact_name="Elbufer")
    Detail.objects.create(voucher=voucher, raw=raw, payment=sample("payments.get.open"), seen_at=timezone.now())
    File.objects.create(
        connection=connection, lexware_id=uuid4(), voucher_id=voucher.lexware_id, media_type="image/png"
    )

    page = klaus.get(f"{url}{voucher.lexware_id}/").content.decode()

    assert "Beratungsstunde Warenwirtschaft" in page
    assert "12 Stunde" in page
    assert "10 % discount" in page
    assert '1,463.49<span class="currency">' in page
    assert '233.67<span class="currency">' in page
    assert "10 Tage 2 % Skonto, 30 Tage netto" in page
    assert "plus VAT" in page
    assert f'href="{cast.client.url}contacts/{voucher.contact_id}/"' in page
    assert f'href="{url}{raw["relatedVouchers"][0]["id"]}/"' in page
    assert '118.76<span class="currency">' in page  # the payment
    assert "Credit note" in page
    assert "PNG picture" in page
    assert f"/permalink/invoices/view/{voucher.lexware_id}" in page
    assert f'href="{url}{voucher.lexware_id}/raw/"' in page
    assert "Etikettendrucker" in klaus.get(f"{url}{voucher.lexware_id}/raw/").content.decode()


def test_a_receipt_with_its_postings(klaus: Browser, url: str, connection: Connection) -> None:
    raw = sample("vouchers.get")
    Listing.objects.create(
        connection=connection, name="posting-categories", seen_at=timezone.now(),
        entries=sample("posting-categories.list"),
    )  # fmt: skip
    voucher = made_up.voucher(connection, kind="salesinvoice", number=raw["voucherNumber"])
    Detail.objects.create(voucher=voucher, raw=raw, seen_at=timezone.now())

    page = klaus.get(f"{url}{voucher.lexware_id}/").content.decode()

    assert page.count("Warenverkäufe") == 2
    assert '250.00<span class="currency">' in page  # net: 291.50 less 41.50
    assert "Bestellung 412 im Onlineshop" in page
    assert f"/permalink/vouchers/view/{voucher.lexware_id}" in page


def test_a_receipt_without_lines_says_so_and_where_to_fill_them_in(
    cast: Cast, klaus: Browser, sign_in: SignIn, url: str, connection: Connection
) -> None:
    raw = sample("vouchers.get") | {"voucherItems": [], "voucherStatus": "unchecked"}
    voucher = made_up.voucher(connection, kind="purchaseinvoice", status="unchecked")
    Detail.objects.create(voucher=voucher, raw=raw, seen_at=timezone.now())
    address = f"{url}{voucher.lexware_id}/"

    page, auditors = klaus.get(address).text, sign_in(cast.robert).get(address).text

    assert "It has no lines yet" in page
    assert f'href="{address}edit/#id_lines"' in page
    assert "It has no lines yet" in auditors
    assert "#id_lines" not in auditors


@pytest.mark.parametrize(
    "name", ["credit-notes", "quotations", "order-confirmations", "delivery-notes", "dunnings", "down-payment-invoices"]
)
def test_every_sales_document_of_the_reference_can_be_shown(
    klaus: Browser, url: str, connection: Connection, name: str
) -> None:
    kind = next(kind for kind, resource in kinds.RESOURCES.items() if resource == name)
    voucher = made_up.voucher(connection, kind=kind, open_amount=None, due_on=None)
    raw = sample(f"{name}.get")
    Detail.objects.create(voucher=voucher, raw=raw, seen_at=timezone.now())

    page = klaus.get(f"{url}{voucher.lexware_id}/").content.decode()

    for line in raw.get("lineItems") or ():
        assert str(line["name"]).split("&")[0] in page


def test_what_cannot_be_read_now_is_shown_as_the_list_has_it(klaus: Browser, url: str, connection: Connection) -> None:
    Connection.objects.update(state="reconnect")
    voucher = made_up.voucher(connection, wanted=1)

    response = klaus.get(f"{url}{voucher.lexware_id}/")

    assert response.status_code == 200
    assert "The details are not here yet" in response.content.decode()
    assert klaus.get(f"{url}{voucher.lexware_id}/raw/").status_code == 404


def test_other_peoples_vouchers_do_not_exist(cast: Cast, sign_in: SignIn, url: str, connection: Connection) -> None:
    voucher = made_up.voucher(connection)
    foreign = made_up.voucher(made_up.connected(cast.foreign))

    assert sign_in(cast.fremd).get(url).status_code == 404
    assert sign_in(cast.fremd).get(f"{url}{voucher.lexware_id}/").status_code == 404
    assert sign_in(cast.paula).get(f"{url}{foreign.lexware_id}/").status_code == 404
    assert sign_in(cast.robert).get(f"{url}{voucher.lexware_id}/").status_code == 200
