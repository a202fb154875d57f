"""What the tests of vouchers, files, payments and the voucher list share."""

import datetime
import io
from decimal import Decimal
from typing import Any

import httpx
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.paper import receipts
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.shelf import Shelf
from lexweb.sandbox.voucherlist import index
from tests.contract import schema

GOODS = "8f8664a8-fd86-11e1-a21f-0800200c9a66"  # Warenverkäufe
WITH_CONTACT = "9075a4e3-66de-4795-a016-3889feca0d20"  # Innergemeinschaftliche Lieferung: one rate only, too
TRAVEL = "cf03a2b0-f838-474f-ac5e-67adb9b830c7"
UNKNOWN = "05ad6609-d267-437f-ab28-0d11a4d4dc67"
SALE: dict[str, Any] = {
    "type": "salesinvoice",
    "voucherNumber": "V-1",
    "voucherDate": "2026-11-02",
    "totalGrossAmount": 119,
    "totalTaxAmount": 19,
    "taxType": "gross",
    "useCollectiveContact": True,
    "voucherItems": [{"amount": 119, "taxAmount": 19, "taxRatePercent": 19, "categoryId": GOODS}],
}
PURCHASE = SALE | {
    "type": "purchaseinvoice",
    "voucherItems": [{"amount": 119, "taxAmount": 19, "taxRatePercent": 19, "categoryId": TRAVEL}],
}
RECEIPT = receipts.Receipt(
    supplier="Holzhandel Meier GmbH",
    street="Sägeweg 1",
    zip="20095",
    city="Hamburg",
    vat_id="DE123456788",
    buyer="Tischlerei Brandt",
    buyer_street="Gasse 2",
    buyer_zip="20097",
    buyer_city="Hamburg",
    number="2026-4711",
    date=datetime.date(2026, 11, 3),
    lines=(receipts.Line("Bretter", Decimal(4), "Stück", Decimal("25.00"), Decimal(19)),),
)


def organization(sandbox: RunningSandbox, shown: dict[str, Any]) -> Organization:
    return sandbox.state.organizations[shown["organizationId"]]


def emptied(found: Organization) -> Organization:
    """The organization without a single document."""
    for kind in (*index.KINDS, "files"):
        found._shelves[kind] = Shelf({})
    return found


def conforms(answer: httpx.Response, status: int) -> Any:
    """Assert status and body of an answer, and return the body."""
    assert answer.status_code == status, answer.text
    body = answer.json() if answer.content else None
    request = answer.request
    assert schema.violations(request.method, request.url.path.rstrip("/"), status, body) == []
    return body


def create(api: httpx.Client, draft: dict[str, Any] = SALE, **changes: Any) -> dict[str, Any]:
    """The voucher as a GET shows it after a POST."""
    short = conforms(api.post("/v1/vouchers", json=draft | changes), 201)
    return read(api, short["id"])


def read(api: httpx.Client, voucher_id: str) -> dict[str, Any]:
    found: dict[str, Any] = conforms(api.get(f"/v1/vouchers/{voucher_id}"), 200)
    return found


def put(api: httpx.Client, voucher: dict[str, Any], **changes: Any) -> httpx.Response:
    """Send a read voucher back; a change to None leaves the member out. The status must not be repeated."""
    body = {name: value for name, value in (voucher | {"voucherStatus": None} | changes).items() if value is not None}
    return api.put(f"/v1/vouchers/{voucher['id']}", json=body)


def issues(answer: httpx.Response, status: int = 406) -> set[tuple[str, str | None]]:
    return {(issue["i18nKey"], issue["source"]) for issue in conforms(answer, status)["IssueList"]}


def upload(api: httpx.Client, name: str, content: bytes, **fields: str) -> httpx.Response:
    return api.post("/v1/files", files={"file": (name, content)}, data={"type": "voucher"} | fields)


def picture(size: int | None = None, *, format: str = "PNG", color: str = "white") -> bytes:
    """A small picture, filled up to a number of bytes (PNG only)."""
    plain = _saved(format, color, None)
    if size is None:
        return plain
    missing = size - len(_saved(format, color, ""))
    return _saved(format, color, "x" * missing)


def _saved(format: str, color: str, text: str | None) -> bytes:
    content, info = io.BytesIO(), PngInfo()
    if text is not None:
        info.add_text("Comment", text)
    Image.new("RGB", (8, 8), color).save(content, format, **({"pnginfo": info} if format == "PNG" else {}))
    return content.getvalue()


def events(sandbox: RunningSandbox, resource_id: str) -> list[str]:
    return [each.event_type for each in sandbox.state.events.shown() if each.resource_id == resource_id]


def age(http: httpx.Client, seconds: float) -> None:
    http.post("/_sandbox/clock", json={"advance": seconds}).raise_for_status()
