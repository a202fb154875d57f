"""Whether a new file, or a document just read, is perhaps there twice: against 1,000,000 documents with files."""

import json
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lexweb.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection as database  # noqa: E402
from django.utils import timezone  # noqa: E402

from lexweb.clients.models import Connection  # noqa: E402
from lexweb.einvoice.model import Invoice, Party, Profile, Syntax, Totals  # noqa: E402
from lexweb.vouchers.duplicates import finding as duplicates  # noqa: E402
from lexweb.vouchers.models import Voucher  # noqa: E402
from tests.bench import million  # noqa: E402

ROUNDS = 300
HASH = "replace(CAST(lexware_id AS text), '-', '')"
Report = Callable[[str, float, float, str], None]


def measure(report: Report) -> None:
    """Fill a firm, give each document a file, and one client nothing but parking tickets; then ask."""
    million.fill()
    _give_files()
    shop = _shop()
    chance = random.Random(1)  # noqa: S311
    vouchers = [_any(chance) for _ in range(ROUNDS)] + [_any(chance, shop) for _ in range(ROUNDS // 10)]
    times, found = [], 0
    for voucher in vouchers:
        started = time.perf_counter()
        twins = duplicates.of_file(voucher.connection, _hash(voucher), _invoice(voucher))
        times.append((time.perf_counter() - started) * 1000)
        found += any(twin.voucher.pk == voucher.pk for twin in twins)
    report("duplicate check of a new file against 1,000,000: p95", 20, _p95(times), "ms")
    report("of those that are there already, found", len(vouchers), found, "")
    times = [_time(duplicates.follow, voucher) for voucher in vouchers]
    report("what the check adds to storing a document to review: p95", 20, _p95(times), "ms")
    booked = [voucher for voucher in vouchers if not duplicates.to_review(voucher)]
    times = [_time(duplicates.follow, voucher, voucher) for voucher in booked]
    report("what it adds to storing one that is booked, and as before: p95", 0.5, _p95(times), "ms")


def _time(follow: Callable[..., None], voucher: Voucher, before: Voucher | None = None) -> float:
    started = time.perf_counter()
    follow(before, voucher)
    return (time.perf_counter() - started) * 1000


def _any(chance: random.Random, connection: Connection | None = None) -> Voucher:
    if connection is None:
        connection = Connection.objects.order_by("pk")[chance.randrange(min(million.CLIENTS, million.VOUCHERS // 1000))]
    mine = Voucher.objects.filter(connection=connection, kind="purchaseinvoice")
    return mine.select_related("connection")[chance.randrange(mine.count())]


def _hash(voucher: Voucher) -> str:
    return voucher.lexware_id.hex * 2


def _invoice(voucher: Voucher) -> Invoice:
    return Invoice(
        Profile.XRECHNUNG, Syntax.UBL, number=voucher.number, issued_on=voucher.voucher_on, currency="EUR",
        seller=Party(voucher.contact_name), totals=Totals(gross=voucher.total_amount),
    )  # fmt: skip


def _give_files() -> None:
    """Files that are there have a hash; all other documents get one with it."""
    columns = "connection_id, voucher_id, position, name, media_type, sha256, profile, rendered, problem, pages"
    values = f"connection_id, lexware_id, 0, '', 'application/pdf', {HASH} || {HASH}, '', '', '', 1"
    new = "gen_random_uuid()" if database.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    with database.cursor() as cursor:
        cursor.execute("DELETE FROM files_file")
        cursor.execute(
            f"INSERT INTO files_file ({columns}, lexware_id, first_seen_at) "  # noqa: S608
            f"SELECT {values}, {new}, %s FROM vouchers_voucher",
            [timezone.now()],
        )


def _shop() -> Connection:
    """Return a client all of whose documents have the same amount within ten days."""
    connection = Connection.objects.order_by("pk")[7]
    mine = Voucher.objects.filter(connection=connection)
    for days in range(10):
        last = mine.filter(pk__in=[pk for pk in mine.values_list("pk", flat=True) if pk % 10 == days])
        last.update(total_amount=Decimal("4.50"), voucher_on=timezone.localdate() - timedelta(days))
    with database.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if database.vendor == "postgresql" else "ANALYZE")
    return connection


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def report(what: str, target: float, figure: float, unit: str) -> None:
    """Print one figure."""
    print(json.dumps([what, target, figure, unit]), flush=True)


def main() -> None:
    """Migrate, then measure."""
    call_command("migrate", verbosity=0)
    measure(report)


if __name__ == "__main__":
    main()
