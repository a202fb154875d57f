"""A list or queue in a browser, in which somebody chooses vouchers and says what to do with them."""

import re
from collections.abc import Iterable
from typing import Any

from django.test import Client as Browser
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.masterdata.models import Listing
from lexweb.vouchers.models import Detail, Voucher
from tests.review.shelf import receipt

HTMX = {"HX-Request": "true", "HX-Target": "form"}
OFFICE, GOODS, SALES, LOAN = (f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 5))
CATEGORIES = [
    {"id": OFFICE, "name": "Bürobedarf", "type": "outgo", "groupName": "Büro"},
    {"id": GOODS, "name": "Wareneinkauf", "type": "outgo", "groupName": "Waren"},
    {"id": SALES, "name": "Einnahmen", "type": "income", "groupName": "Umsatz"},
    {"id": LOAN, "name": "Darlehen", "type": "outgo", "groupName": "Geld", "contactRequired": True},
]


def knows_categories(connection: Connection, *, without: Iterable[str] = ()) -> None:
    """Let the client have the categories, or some of them."""
    entries = [
        {"contactRequired": False, "splitAllowed": True} | each for each in CATEGORIES if each["id"] not in without
    ]  # fmt: skip
    Listing.objects.create(
        connection=connection, name="posting-categories", seen_at=timezone.now(), entries=entries
    )  # fmt: skip


def read(connection: Connection, number: str, *, raw: dict[str, Any] | None = None, **columns: Any) -> Voucher:
    """Return a purchase invoice to be reviewed that was read completely; `raw` goes over its JSON."""
    voucher = receipt(connection, number, **columns)
    payload = {
        "id": str(voucher.lexware_id), "version": 1, "type": voucher.kind, "voucherStatus": voucher.status,
        "voucherNumber": number, "voucherDate": f"{voucher.voucher_on}T00:00:00.000+01:00", "taxType": "gross",
        "totalGrossAmount": 119.0, "totalTaxAmount": 19.0, "useCollectiveContact": True,
        "voucherItems": [{"amount": 119.0, "taxAmount": 19.0, "taxRatePercent": 19, "categoryId": OFFICE}],
        "files": [],
    }  # fmt: skip
    Detail.objects.create(voucher=voucher, version=1, raw=payload | (raw or {}), seen_at=timezone.now())
    return voucher


class Chooser:
    """Somebody at a list: chooses, looks, confirms."""

    def __init__(self, browser: Browser, listed: str) -> None:
        self.browser, self.listed = browser, listed

    def post(self, data: dict[str, Any], *, htmx: bool = False) -> Any:
        """Send to the page between list and outbox."""
        return self.browser.post(f"{self.listed}bulk/", data, headers=HTMX if htmx else {})

    def look(self, chosen: dict[str, Any], change: str, **typed: str) -> Any:
        """Say what to do with what was chosen."""
        return self.post(chosen | {"step": "preview", "change": change} | typed)

    def seen(self, chosen: dict[str, Any], change: str, **typed: str) -> dict[str, str]:
        """Look at the preview; return what the page would send on."""
        response = self.look(chosen, change, **typed)
        assert response.status_code == 200
        hidden = dict(re.findall(r'name="(chosen|agreed)" value="([^"]*)"', response.content.decode()))
        return hidden | {"step": "confirm", "change": change} | typed

    def all(self, query: str = "") -> dict[str, Any]:
        """Choose everything of a search."""
        return {"all": self.browser.get(f"{self.listed}{query}").context["all_of_search"]}


def ids(vouchers: Iterable[Voucher]) -> dict[str, Any]:
    """Choose single vouchers."""
    return {"id": [str(voucher.pk) for voucher in vouchers]}


def left_out(response: Any) -> dict[str, list[str]]:
    """Return which vouchers stay as they are, by reason in words."""
    return {str(group.words): group.names for group in response.context["plan"].left_out.values()}


def changes(response: Any) -> list[tuple[str, str, str]]:
    """Return the previewed vouchers: number, before, after."""
    return [(row.voucher.number, row.before, row.after) for row in response.context["plan"].previews]
