"""A firm with 500 clients and 1,000,000 vouchers, made by the database itself: no loop of ours."""

import json
import os
import uuid
from pathlib import Path
from typing import Any

from django.db import connection as database
from django.utils import timezone

from lexweb.clients.models import Assignment, Client, Connection
from lexweb.firm.models import Firm, Staff
from lexweb.firm.roles import Role

CLIENTS = 500
VOUCHERS = int(os.environ.get("BENCH_VOUCHERS", "1000000"))
IN_THOUSAND = int(os.environ.get("BENCH_TO_REVIEW", "25"))  # so many of 1,000 wait to be reviewed
SAMPLE = Path(__file__).resolve().parents[1] / "contract" / "samples" / "vouchers.get.response.json"

# A number becomes a row; what databases say in their own words stands here.
WORDS = {
    "postgresql": {
        "numbers": "SELECT n FROM generate_series(0, {last}) AS n",
        "id": "gen_random_uuid()",
        "day": "(CURRENT_DATE - CAST({days} AS integer))",
        "no": "false",
        "yes": "true",
        "json": "%s::jsonb",
        "tidy": "VACUUM ANALYZE",
    },
    "sqlite": {
        "numbers": (
            "WITH RECURSIVE count(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM count WHERE n < {last}) "
            "SELECT n FROM count"
        ),
        "id": "lower(hex(randomblob(16)))",
        "day": "date('now', '-' || ({days}) || ' days')",
        "no": "0",
        "yes": "1",
        "json": "%s",
        "tidy": "ANALYZE",
    },
}
AGE = "n * 13 % 900"
WAITS = f"n % 1000 * 7919 % 1000 < {IN_THOUSAND}"
NAME = "CASE n % 4 WHEN 0 THEN 'Muster GmbH' WHEN 1 THEN 'Bau KG' WHEN 2 THEN 'Elektro Huber' ELSE 'Druck OHG' END"
KINDS = ("salesinvoice", "invoice", "purchasecreditnote")  # of the others, which are invoices of suppliers
MOMENTS = ("created_at", "updated_at", "first_seen_at", "seen_at", "changed_at")


def fill() -> tuple[Staff, Staff]:
    """Make a partner, who sees all, and a clerk with every eighth client; then the vouchers."""
    firm = Firm.objects.create(name="Bench")
    partner, clerk = (
        Staff.objects.create_user(f"{role}@firm.example", "x", name=role.title(), role=role, firm=firm)
        for role in (Role.PARTNER, Role.CLERK)
    )
    clients = Client.objects.bulk_create(
        Client(firm=firm, name=f"Mandant {n} GmbH", number=str(n), color=n % 12 + 1) for n in range(CLIENTS)
    )
    Assignment.objects.bulk_create(Assignment(client=client, staff=clerk) for client in clients[::8])
    connections = Connection.objects.bulk_create(_connection(client) for client in clients)
    with database.cursor() as cursor:
        cursor.execute(*_vouchers(connections[0].pk, partner.pk, clerk.pk))
        cursor.execute(*_details())
        cursor.execute(*_files())
        cursor.execute(_words()["tidy"])
    return partner, clerk


def _connection(client: Client) -> Connection:
    values = {"kind": "api_key", "state": "connected", "company_name": client.name, "synced_at": timezone.now()}
    return Connection(client=client, organization_id=uuid.uuid4(), **values)


def _words() -> dict[str, str]:
    return WORDS[database.vendor]


def _vouchers(first: int, partner: int, clerk: int) -> tuple[str, list[Any]]:
    words = _words()
    day, due = (words["day"].format(days=days) for days in (AGE, f"{AGE} - 30"))
    rare = "CASE n % {every} WHEN 0 THEN " + words["yes"] + " ELSE " + words["no"] + " END"
    columns = {
        "connection_id": f"{first} + (n / 1000) % {CLIENTS}",
        "lexware_id": words["id"],
        "kind": f"CASE n % 7 {_cases(KINDS)} ELSE 'purchaseinvoice' END",
        "status": f"CASE WHEN {WAITS} THEN 'unchecked' WHEN n % 3 = 0 THEN 'open' ELSE 'paid' END",
        "number": "'RE-' || n",
        "number_key": "replace('RE' || n, '0', '')",  # as vouchers/numbers.py makes it
        "voucher_on": day,
        "listed_on": day,
        "due_on": f"CASE n % 3 WHEN 0 THEN NULL ELSE {due} END",
        "contact_name": NAME,
        "total_amount": "(n * 37 % 500000) / 100.0",
        "currency": "'EUR'",
        "archived": rare.format(every=50),
        "search": f"lower('RE-' || n || ' ' || {NAME})",
        "wanted": "0",
        "payment_wanted": words["no"],
        "digest": "0",
        "assignee_id": f"CASE n % 6 WHEN 0 THEN {partner} WHEN 1 THEN {clerk} ELSE NULL END",
        "suspect": rare.format(every=41),
        "file_count": "CASE n % 13 WHEN 0 THEN 0 ELSE 1 END",
    }
    numbers = words["numbers"].format(last=VOUCHERS - 1)
    values = ", ".join(columns.values()).replace("%", "%%")
    names = ", ".join([*columns, *MOMENTS])
    sql = f"INSERT INTO vouchers_voucher ({names}) SELECT {values}{', %s' * len(MOMENTS)} FROM ({numbers}) AS numbers"  # noqa: S608
    return sql, [timezone.now()] * len(MOMENTS)


def _cases(names: tuple[str, ...]) -> str:
    return " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(names))


WAITING = "FROM vouchers_voucher WHERE status IN ('unchecked', 'draft') AND NOT archived"


def _details() -> tuple[str, list[Any]]:
    """The details of what is to be reviewed are here."""
    raw = json.dumps(json.loads(SAMPLE.read_text()))
    names = "voucher_id, version, raw, seen_at"
    return f"INSERT INTO vouchers_detail ({names}) SELECT id, 1, {_words()['json']}, %s {WAITING}", [
        raw,
        timezone.now(),
    ]


def _files() -> tuple[str, list[Any]]:
    """Each of them has the file that it says it has."""
    columns = {
        "connection_id": "connection_id",
        "lexware_id": _words()["id"],
        "voucher_id": "lexware_id",
        "position": "0",
        "name": "''",
        "media_type": "'application/pdf'",
        "sha256": "''",
        "profile": "''",
        "rendered": "''",
        "problem": "''",
        "pages": "1",
    }
    names, values = ", ".join(columns), ", ".join(columns.values())
    sql = f"INSERT INTO files_file ({names}, first_seen_at) SELECT {values}, %s {WAITING} AND file_count > 0"
    return sql, [timezone.now()]
