"""
A voucher list of any length over real HTTP, which shows 10,000 rows at most and changes while it is read.

Give it rows; `meddle` is called before each answer with the number of the request, 1 for the first.
"""

import json
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

GERMANY = ZoneInfo("Europe/Berlin")
MOST = 10_000
Row = dict[str, Any]


def row(created: datetime) -> Row:
    """A row; the name of the moment it was created is the only thing that matters."""
    written = created.astimezone(GERMANY).isoformat(timespec="milliseconds")
    return {
        "id": str(uuid.uuid4()),
        "voucherType": "purchaseinvoice",
        "voucherStatus": "unchecked",
        "createdDate": written,
        "updatedDate": written,
        "currency": "EUR",
        "archived": False,
    }


def rows(per_day: Iterable[int], first: date = date(2026, 3, 20)) -> list[Row]:
    """As many rows on each day, spread over it, from minute to midnight; daylight saving begins in between."""
    made = []
    for number, count in enumerate(per_day):
        midnight = datetime.combine(first + timedelta(days=number), datetime.min.time(), GERMANY)
        made += [row(midnight + timedelta(seconds=82_000 * each / max(count, 1))) for each in range(count)]
    return sorted(made, key=moment)  # wall time is no order on the day on which daylight saving ends


def moment(given: Row) -> datetime:
    """When the row was created."""
    return datetime.fromisoformat(given["createdDate"])


class Listing:
    """The list, the oldest row first, and what was asked."""

    def __init__(self, given: list[Row]) -> None:
        self.rows = given
        self.asked: list[dict[str, str]] = []
        self.meddle: Callable[[int], None] = lambda number: None
        self.url = ""

    def add(self, given: Row) -> None:
        self.rows = sorted([*self.rows, given], key=moment)

    def answer(self, query: dict[str, str]) -> Row:
        self.asked.append(query)
        self.meddle(len(self.asked))
        first, last = query.get("createdDateFrom", ""), query.get("createdDateTo", "9999")
        found = [each for each in self.rows if first <= each["createdDate"][:10] <= last]
        number, size, total = int(query["page"]), int(query["size"]), min(len(found), MOST)
        return {
            "content": found[:MOST][number * size : (number + 1) * size],
            "number": number,
            "size": size,
            "totalPages": -(-total // size),
            "totalElements": total,
            "first": number == 0,
            "last": (number + 1) * size >= total,
        }


@contextmanager
def serve(listing: Listing) -> Iterator[Listing]:
    """Run it on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or the kernel waits 40 ms between head and body

        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            body = json.dumps(listing.answer(query)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        listing.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield listing
        finally:
            server.shutdown()
