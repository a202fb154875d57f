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
from typing import Any

import httpx

from lexweb.lexware import shapes
from lexweb.lexware.answers import decipher
from lexweb.lexware.api.voucherlist import VoucherListRow
from lexweb.lexware.office import ApiKey, NoPace, Office
from lexweb.lexware.paging import Page
from lexweb.sandbox.server import RunningSandbox, serve_in_thread
from tests.contract import schema

ROUNDS = 300
LIST = {"voucherType": "any", "voucherStatus": "any", "size": "250"}


def main() -> None:
    """Print one JSON line each: what, target, figure, unit."""
    report("decode a voucher list page of 250 rows, JSON included", 1.2, 1000 * _best(_decoding()), "ms")
    report("import lexweb.lexware.office in a new process", 0.35, _import_seconds(), "s")
    with serve_in_thread(rate=1_000_000, burst=1_000_000) as sandbox:
        report("a read by the client package over bare httpx", 1.25, _overhead(sandbox), "x")
        report("sandbox: 250 of 12,500 voucher list rows, on the wire", 5, 1000 * _page_seconds(sandbox), "ms")


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
    key = _largest(sandbox)["apiKey"]
    bare = httpx.Client(base_url=sandbox.url, headers={"Authorization": f"Bearer {key}"})
    with Office(sandbox.url, credentials=ApiKey(key), pace=NoPace()) as office, bare:
        pairs = [
            (_seconds(lambda: office.profile.get()), _seconds(lambda: bare.get("/v1/profile").json()))
            for _ in range(ROUNDS)
        ]
    ours, theirs = (statistics.median(column) for column in zip(*pairs[20:], strict=True))
    return ours / theirs


def _page_seconds(sandbox: RunningSandbox) -> float:
    headers = {"Authorization": f"Bearer {_largest(sandbox)['apiKey']}"}
    with httpx.Client(base_url=sandbox.url, headers=headers, timeout=60) as bare:
        found = bare.get("/v1/voucherlist", params=LIST).json()
        assert len(found["content"]) == 250
        pages = [LIST | {"page": str(number % 40)} for number in range(ROUNDS)]
        return statistics.median(_seconds(lambda page=page: bare.get("/v1/voucherlist", params=page)) for page in pages)


def _largest(sandbox: RunningSandbox) -> dict[str, Any]:
    return max(sandbox.organizations(), key=lambda organization: organization["contacts"])


def _best(action: Callable[[], object]) -> float:
    action()
    return statistics.median(_seconds(action) for _ in range(ROUNDS))


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
