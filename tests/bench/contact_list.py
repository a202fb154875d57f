"""The contact list of a client with 50,000 contacts: server time, queries, and deep pages against the first."""

import itertools
import random
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection as database
from django.db import reset_queries
from django.test import Client as Browser
from django.test.utils import override_settings
from django.utils import timezone

from lexweb.clients.models import Client, Connection
from lexweb.contacts import mirror
from lexweb.firm.models import Firm, Staff
from lexweb.firm.roles import Role

ORGANIZATION = uuid.UUID(int=1)
CONTACTS = 50_000
ROUNDS = 3
NAMES = ("Müller", "Schmidt", "Großmann", "Yıldız", "Petersen", "Weiß", "Huber", "Voß", "Krüger", "Sommer")
TRADES = ("Bau GmbH", "Handel KG", "Elektro GmbH", "Druck & Medien OHG", "Logistik SE", "Gärtnerei", "IT GmbH")
CITIES = ("Hamburg", "Köln", "München", "Bad Oldesloe", "Görlitz", "Frankfurt am Main", "Überlingen")


def measure(report: Callable[[str, float, float, str], None]) -> None:
    """Fill a client, then ask for pages with every filter, sort and depth."""
    staff, client = _fill()
    browser = Browser(headers={"accept-language": "de"}, SERVER_NAME="localhost")
    browser.force_login(staff, backend="lexweb.firm.backends.StaffBackend")
    path = f"/clients/{client.slug}/contacts/"
    last = CONTACTS * 9 // 10 // 50
    times = [_time(browser, path, query) for _ in range(ROUNDS) for query in _queries(last)]
    report("contact list of 50,000, any filter or page: p95", 60, _p95(times), "ms")
    first = statistics.median(_time(browser, path, {"page": "1"}) for _ in range(20))
    deep = statistics.median(_time(browser, path, {"page": str(last)}) for _ in range(20))
    report("the last page against the first: median", 1.5, deep / first, "x")
    report("queries for one page, at most", 8, max(_count(browser, path, q) for q in _queries(last)), "")


def _queries(last: int) -> Iterator[dict[str, str]]:
    texts = ("", "müller", "mueller gmbh", "10123", "hamburg", "info@", "e", "xyzzy")
    sorts = ("name", "-name", "number", "city", "-email")
    for text, role, sort in itertools.product(texts, ("", "customer", "vendor"), sorts):
        yield {"q": text, "role": role, "sort": sort}
        if text in ("", "e"):
            yield {"q": text, "role": role, "sort": sort, "page": str(last if not role else last // 3)}
    yield {"archived": "1"}


def _time(browser: Browser, path: str, query: dict[str, str]) -> float:
    started = time.perf_counter()
    answer = browser.get(path, query)
    assert answer.status_code == 200
    return (time.perf_counter() - started) * 1000


@override_settings(DEBUG=True)
def _count(browser: Browser, path: str, query: dict[str, str]) -> int:
    reset_queries()
    browser.get(path, query)
    return len(database.queries)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _fill() -> tuple[Staff, Client]:
    firm = Firm.objects.create(name="Bench")
    staff = Staff.objects.create_user("bench@firm.example", "x", name="Bench", role=Role.PARTNER, firm=firm)
    client = Client.objects.create(firm=firm, name="Groß", number="1")
    connection = Connection.objects.create(
        client=client,
        kind="api_key",
        state="connected",
        organization_id=ORGANIZATION,
        company_name="Groß",
        synced_at=timezone.now(),
    )
    chance, now = random.Random(1), timezone.now()  # noqa: S311
    payloads = (_payload(chance, number) for number in range(CONTACTS))
    while page := list(itertools.islice(payloads, 2000)):
        mirror.store_page(connection, page, asked_at=now)
    with database.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if database.vendor == "postgresql" else "ANALYZE")
    return staff, client


def _payload(chance: random.Random, number: int) -> dict[str, Any]:
    name = f"{chance.choice(NAMES)} {chance.choice(TRADES)} {number}"
    city = chance.choice(CITIES)
    roles: dict[str, Any] = {}
    if number % 3:
        roles["customer"] = {"number": 10_000 + number}
    if number % 3 != 1:
        roles["vendor"] = {"number": 70_000 + number}
    return {
        "id": str(uuid.UUID(int=number + 1)),
        "organizationId": str(ORGANIZATION),
        "version": 1,
        "roles": roles,
        "company": {"name": name, "taxNumber": "22/815/08150", "vatRegistrationId": "DE225946740"},
        "addresses": {"billing": [{"street": "Am Speicher 14", "zip": "20457", "city": city, "countryCode": "DE"}]},
        "emailAddresses": {"business": [f"info@firma-{number}.example"]},
        "phoneNumbers": {"business": [f"040 {number:07}"]},
        "note": "Rechnungen bitte per E-Mail.",
        "archived": number % 10 == 0,
    }
