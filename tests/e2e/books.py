"""Receipts at Lexware Office that wait to be booked, put there as any other program would: by its API."""

import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from tests.e2e.office import Organization, Sandbox

Json = dict[str, Any]
TRIES = 40  # the account's pace is shared with lexweb


def call(sandbox: Sandbox, organization: Organization, method: str, path: str, body: Json | None = None) -> Any:
    """Call the API with the account's key; wait while it says that there were too many calls."""
    content = None if body is None else json.dumps(body).encode()
    return json.loads(send(sandbox, organization, method, path, content, "application/json"))


def send(
    sandbox: Sandbox, organization: Organization, method: str, path: str, content: bytes | None, kind: str
) -> bytes:
    """Send these bytes; return those of the answer."""
    headers = {"Authorization": f"Bearer {organization.key}", "Content-Type": kind}
    request = urllib.request.Request(f"{sandbox.url}{path}", content, headers, method=method)  # noqa: S310
    for _try in range(TRIES):
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code != 429:
                raise
            time.sleep(0.3)
    raise AssertionError(f"{path}: too many calls, again and again")


def receipt(sandbox: Sandbox, organization: Organization, number: str) -> str:
    """Let a receipt wait that has everything booking needs; return its id."""
    every = call(sandbox, organization, "GET", "/v1/posting-categories")
    goods = next(each for each in every if each["name"] == "Wareneinkauf")
    draft = {
        "type": "purchaseinvoice", "voucherStatus": "unchecked", "voucherNumber": number, "voucherDate": "2026-11-02",
        "dueDate": "2026-11-16", "taxType": "gross", "useCollectiveContact": True, "totalGrossAmount": 119.0,
        "totalTaxAmount": 19.0,
        "voucherItems": [{"amount": 119.0, "taxAmount": 19.0, "taxRatePercent": 19, "categoryId": goods["id"]}],
    }  # fmt: skip
    return str(call(sandbox, organization, "POST", "/v1/vouchers", draft)["id"])


def status(sandbox: Sandbox, organization: Organization, voucher_id: str) -> str:
    """Return the state of a voucher there."""
    return str(call(sandbox, organization, "GET", f"/v1/vouchers/{voucher_id}")["voucherStatus"])


def attach(sandbox: Sandbox, organization: Organization, voucher_id: str, name: str, content: bytes) -> None:
    """Add a file to a voucher; an XML is made one of its own, as the same bytes would stay where they were first."""
    edge = uuid.uuid4().hex
    if name.endswith(".xml"):
        content += f"<!-- {edge} -->".encode()
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    path = f"/v1/vouchers/{voucher_id}/files"
    send(sandbox, organization, "POST", path, body, f"multipart/form-data; boundary={edge}")
