"""What an account really holds: read from the sandbox over its API, to be held against the mirror record by record."""

import json
import urllib.request
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

Json = dict[str, Any]
DETAILS = {
    "invoice": "invoices",
    "creditnote": "credit-notes",
    "downpaymentinvoice": "down-payment-invoices",
    "quotation": "quotations",
    "orderconfirmation": "order-confirmations",
    "deliverynote": "delivery-notes",
}


def read(url: str, key: str) -> Json:
    """Return everything, in the shape of `desk.mirror`."""
    account = Account(url, key)
    rows = list(account.pages("voucherlist", voucherType="any", voucherStatus="any"))
    return {
        "contacts": {each["id"]: each for each in account.pages("contacts")},
        "articles": {each["id"]: each for each in account.pages("articles")},
        "vouchers": {each["id"]: _row(each) for each in rows},
        "details": {each["id"]: account.get(f"{_collection(each)}/{each['id']}") for each in rows},
    }


def size(url: str, key: str) -> int:
    """Return how many bytes of JSON the API sends for all records: rows of the voucher list and their details, too."""
    account = Account(url, key)
    rows = list(account.pages("voucherlist", voucherType="any", voucherStatus="any"))
    details = (account.get(f"{_collection(each)}/{each['id']}") for each in rows)
    every = (*account.pages("contacts"), *account.pages("articles"), *rows, *details)
    return sum(len(json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode()) for each in every)


def differences(ours: Json, theirs: Json) -> list[str]:
    """Say in which records two pictures differ; empty if in none. Absent and null are the same."""
    found = []
    for table in theirs:
        mine, real = _said(ours[table]), _said(theirs[table])
        found += [f"{table}: {key} is not in the mirror" for key in sorted(real.keys() - mine.keys())]
        found += [f"{table}: {key} is in the mirror only" for key in sorted(mine.keys() - real.keys())]
        both = sorted(real.keys() & mine.keys())
        found += [f"{table}: {key}\n  {mine[key]}\n  {real[key]}" for key in both if mine[key] != real[key]]
    return found


class Account:
    """An account over the API, by its key."""

    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url, key

    def get(self, path: str, **query: Any) -> Any:
        """Read an address."""
        return self._send("GET", f"{path}?{urlencode(query)}" if query else path)

    def pages(self, path: str, **query: Any) -> Any:
        """Yield the entries of all pages."""
        number, final = 0, False
        while not final:
            page = self.get(path, page=number, size=250, **query)
            number, final = number + 1, page["last"]
            yield from page["content"]

    def put(self, path: str, body: Json) -> Any:
        """Change a record, as another program of the client would."""
        return self._send("PUT", path, body)

    def post(self, path: str, body: Json) -> Any:
        """Make a record, as another program of the client would."""
        return self._send("POST", path, body)

    def _send(self, method: str, path: str, body: Json | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self._key}", "Accept": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        if content:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(f"{self._url}/v1/{path}", content, headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)


def _collection(row: Json) -> str:
    return DETAILS.get(row["voucherType"], "vouchers")


def _row(row: Json) -> list[Any]:
    status = "open" if row["voucherStatus"] == "overdue" else row["voucherStatus"]
    updated = datetime.fromisoformat(row["updatedDate"]).timestamp()
    amounts = [row.get("totalAmount"), row.get("openAmount")]
    return [row["voucherType"], status, row.get("voucherNumber") or "", updated, *amounts, row["archived"]]


def _said(node: Any) -> Any:
    """Leave out what is null."""
    if isinstance(node, dict):
        return {name: _said(part) for name, part in node.items() if part is not None}
    return [_said(part) for part in node] if isinstance(node, list) else node
