"""
The client package and the sandbox without the app: decoding, overhead over bare httpx, answers, import.

What is compared is measured in turns within one process, so that a slow moment meets both.
"""

import json
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx

from lexweb.lexware import shapes
from lexweb.lexware.answers import decipher
from lexweb.lexware.api.voucherlist import VoucherListRow
from lexweb.lexware.office import ApiKey, NoPace, Office
from lexweb.lexware.paging import Page
from lexweb.sandbox import seed
from lexweb.sandbox.seed import companies, library
from lexweb.sandbox.server import RunningSandbox, serve_in_thread
from lexweb.sandbox.voucherlist import index
from tests.contract import schema

ROUNDS = 300
WARM = 20  # rounds that do not count
LIST = {"voucherType": "any", "voucherStatus": "any", "size": "250"}


def main() -> None:
    """Print one JSON line each: what, target, figure, unit."""
    report("decode a voucher list page of 250 rows, JSON included", 1.2, 1000 * _median(_decoding()), "ms")
    report("import lexweb.lexware.office in a new process", 0.35, _import_seconds(), "s")
    with serve_in_thread(rate=1_000_000, burst=1_000_000) as sandbox:
        report("a read by the client package over bare httpx", 1.25, _overhead(sandbox), "x")
        rows = _rows(sandbox)
        asked, written = _page_seconds(sandbox)
        report(f"sandbox: 250 of {rows:,} voucher list rows, on the wire", 5, 1000 * asked, "ms")
        report("the same, each time after somebody wrote a voucher", 25, 1000 * written, "ms")
    report("sandbox: fourteen months of books of all organizations", 5, _seconds(_written_books), "s")


def report(what: str, target: float, figure: float, unit: str) -> None:
    """Print one figure."""
    print(json.dumps([what, target, figure, unit]), flush=True)


def _decoding() -> Callable[[], object]:
    page = schema.sample("voucherlist.list.response")
    rows = page["content"]
    page["content"] = [rows[i % len(rows)] | {"id": str(uuid.uuid4()), "voucherNumber": f"RE{i}"} for i in range(250)]
    body = json.dumps(page | {"numberOfElements": 250, "totalElements": 250, "size": 250}).encode()
    asked: dict[str, Any] = {"method": "GET", "path": "/v1/voucherlist"}
    return lambda: shapes.decode(Page[VoucherListRow], decipher(200, {}, body, **asked), **asked)


def _import_seconds() -> float:
    code = "import time; began = time.perf_counter(); import lexweb.lexware.office; print(time.perf_counter() - began)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(5)]
    return statistics.median(map(float, runs))


def _overhead(sandbox: RunningSandbox) -> float:
    """Which of the two comes first changes from pair to pair: whoever is second finds the sandbox warmer."""
    key = _largest(sandbox)["apiKey"]
    bare = httpx.Client(base_url=sandbox.url, headers={"Authorization": f"Bearer {key}"})
    with Office(sandbox.url, credentials=ApiKey(key), pace=NoPace()) as office, bare:
        calls: list[Callable[[], object]] = [
            lambda: office.profile.get(),
            lambda: bare.get("/v1/profile").raise_for_status().json(),
        ]
        taken: list[list[float]] = [[], []]
        for number in range(WARM + ROUNDS):
            for which in (0, 1) if number % 2 else (1, 0):
                taken[which].append(_seconds(calls[which]))
    ours, theirs = (statistics.median(each[WARM:]) for each in taken)
    return ours / theirs


def _page_seconds(sandbox: RunningSandbox) -> tuple[float, float]:
    """Return the median of a page, as it is and with a voucher written before each."""
    headers = {"Authorization": f"Bearer {_largest(sandbox)['apiKey']}"}
    with httpx.Client(base_url=sandbox.url, headers=headers, timeout=60) as bare:

        def page(number: int) -> None:
            answer = bare.get("/v1/voucherlist", params=LIST | {"page": str(number % 40)})
            assert answer.content.count(b'"voucherType"') == 250

        def write(number: int) -> None:
            sent = schema.sample("vouchers.create.request") | {"voucherNumber": f"B-{number}"}
            assert bare.post("/v1/vouchers", json=sent).status_code == 201

        asked = [_seconds(lambda number=number: page(number)) for number in range(WARM + ROUNDS)]
        after = []
        for number in range(WARM + ROUNDS // 5):
            write(number)
            after.append(_seconds(lambda number=number: page(number)))
    return statistics.median(asked[WARM:]), statistics.median(after[WARM:])


def _rows(sandbox: RunningSandbox) -> int:
    """How many entries the voucher list of the largest organization has; the API shows 10,000 of them."""
    organization = sandbox.state.organizations[_largest(sandbox)["organizationId"]]
    return sum(len(list(organization.shelf(kind))) for kind in index.KINDS)


def _written_books() -> None:
    fresh = library.Library(seed._contacts)
    for company in companies.ALL:
        fresh.books(company, date(2026, 11, 20))


def _largest(sandbox: RunningSandbox) -> dict[str, Any]:
    return max(sandbox.organizations(), key=lambda organization: organization["contacts"])


def _median(action: Callable[[], object]) -> float:
    taken = [_seconds(action) for _ in range(WARM + ROUNDS)]
    return statistics.median(taken[WARM:])


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
