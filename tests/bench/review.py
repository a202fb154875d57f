"""
The review queue over 500 clients and 1,000,000 vouchers: server time, queries, and the way to the next receipt.

`BENCH_EACH=1` prints every request.
"""

import json
import os
import statistics
import time
from collections.abc import Callable, Iterator

from django.core.management import call_command
from django.db import connection as database
from django.db import reset_queries
from django.test import Client as Browser
from django.test.utils import override_settings

from lexweb import wsgi  # noqa: F401 — Django as in a web process
from lexweb.clients.models import Client
from lexweb.firm.models import Staff
from lexweb.review import queue
from lexweb.review.filters import Filters
from lexweb.review.models import View
from lexweb.vouchers.models import Voucher
from tests.bench import million

ROUNDS = 4
WALK = 40  # receipts that are gone through
DESK = {"HX-Request": "true", "HX-Target": "form"}
Report = Callable[[str, float, float, str], None]


def measure(report: Report) -> None:
    """Fill a firm, then ask for the queue with every filter, and go through it."""
    partner, clerk = million.fill()
    for number, query in enumerate(("kind=purchases", "q=bau", "older=30&assigned=nobody", "least=500")):
        View.objects.create(staff=partner, name=f"View {number}", query=query)
    browsers = [_browser(partner), _browser(clerk)]
    addresses = [f"/review/?{query}" for query in _queries(partner)]
    for browser in browsers:
        _time(browser, addresses[0])
    times = [_time(browser, each) for browser in browsers for each in addresses for _ in range(ROUNDS)]
    report("review queue of 1,000,000 over 500 clients: p95", 80, _p95(times), "ms")
    report("queries for the queue, at most", 10, max(_count(browsers[0], each) for each in addresses), "")
    counts = [_time(browsers[0], "/review/count/") for _ in range(20)]
    report("counter of the queue in the rail: p95", 20, _p95(counts), "ms")
    steps = _walk(partner, browsers[0])
    report("on to the next receipt, the redirect and the panes: p95", 150, _p95(steps), "ms")


def _queries(partner: Staff) -> Iterator[str]:
    slugs = list(Client.objects.order_by("pk").values_list("slug", flat=True)[:3])
    yield from ("", "sort=urgent", "page=5", "page=400", "sort=urgent&page=400", "q=muster", "q=re-99", "q=xyzzy")
    yield from ("assigned=me", "assigned=nobody", "image=none", "duplicate=1", "older=14", "older=90&sort=urgent")
    yield from ("least=100&most=1.000,5", "kind=purchases", "kind=sales&q=bau", f"client={slugs[0]}")
    yield from (f"client={slugs[0]}&client={slugs[1]}&client={slugs[2]}&sort=urgent", f"assigned={partner.pk}&q=gmbh")


def _walk(staff: Staff, browser: Browser) -> list[float]:
    """Open receipts that were booked meanwhile: the answers are those after a save, a redirect and the next panes."""
    waiting = queue.matching(queue.scope(staff), Filters()).filter(kind="purchaseinvoice")
    rows = list(waiting.select_related("connection__client")[100 : 100 + WALK])
    Voucher.objects.filter(pk__in=[row.pk for row in rows]).update(status="open")
    return [_step(browser, f"/review/{row.connection.client.slug}/{row.lexware_id}/") for row in rows][2:]


def _step(browser: Browser, address: str) -> float:
    started = time.perf_counter()
    answer = browser.get(address, headers=DESK)
    while answer.status_code == 303:
        answer = browser.get(answer["Location"], headers=DESK)
    assert answer.status_code == 200
    return (time.perf_counter() - started) * 1000


def _browser(staff: Staff) -> Browser:
    browser = Browser(headers={"accept-language": "de"}, SERVER_NAME="localhost")
    browser.force_login(staff, backend="lexweb.firm.backends.StaffBackend")
    return browser


def _time(browser: Browser, address: str) -> float:
    started = time.perf_counter()
    answer = browser.get(address)
    assert answer.status_code == 200
    took = (time.perf_counter() - started) * 1000
    if os.environ.get("BENCH_EACH"):
        print(f"{took:7.1f} {address}", flush=True)
    return took


@override_settings(DEBUG=True)
def _count(browser: Browser, address: str) -> int:
    reset_queries()
    browser.get(address)
    return len(database.queries)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _report(what: str, target: float, figure: float, unit: str) -> None:
    print(json.dumps([what, target, figure, unit]), flush=True)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    measure(_report)
