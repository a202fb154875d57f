"""How fresh the mirror is and who works on it, for a terminal or for a script."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lexweb.ops import status
from lexweb.ops.status import Overall, Standing


class Command(BaseCommand):
    """manage.py sync_status [--json] [--client 10010] [--firm Muster] [--check]"""

    help = "Show for each connection how fresh it is and what waits; with --check the exit code says if all is well."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to show, and how."""
        parser.add_argument("--client", default="", metavar="NUMBER", help="only the client with this number")
        parser.add_argument("--firm", default="", metavar="NAME", help="only firms with this in their name")
        parser.add_argument("--json", action="store_true", help="for scripts")
        parser.add_argument("--check", action="store_true", help="exit with 1 if something needs an operator")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, show, judge."""
        overall = status.overall()
        found = list(status.standings(number=options["client"], firm=options["firm"]))
        if options["json"]:
            text = json.dumps(_document(overall, found), ensure_ascii=False, indent=2)
        else:
            text = "\n".join([*_table(found), "", *_totals(overall)])
        self.stdout.write(text)
        if options["check"] and overall.complaints:
            sys.exit(1)


def _document(overall: Overall, found: list[Standing]) -> dict[str, Any]:
    return {
        "complaints": overall.complaints,
        "workers": [{"name": each.name, "seats": each.seats} for each in overall.workers],
        "connections": overall.connections,
        "paused": overall.paused,
        "queue": {"length": overall.queue.count, "age": round(overall.queue.seconds)},
        "events": {"open": overall.events.count, "age": round(overall.events.seconds)},
        "outbox": overall.outbox,
        "left": overall.left,
        "clients": [each.shown() for each in found],
    }


COLUMNS = ("firm", "client", "state", "listed", "oldest", "left", "events", "outbox", "now", "trouble")


def _table(found: list[Standing]) -> Iterator[str]:
    rows = [COLUMNS, *(_row(each) for each in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(each: Standing) -> tuple[str, ...]:
    shown = each.shown()
    lags = each.lags
    oldest = max(lags, key=lambda name: lags[name], default="")
    return (
        str(shown["firm"]),
        str(shown["client"]),
        str(shown["state"]),
        "yes" if shown["listed_at"] else _pages(each),
        f"{oldest} {_age(lags[oldest])}" + (" late" if each.late else "") if oldest else "-",
        str(each.left),
        str(each.events.count),
        str(each.outbox),
        "paused" if shown["paused_at"] else "working" if shown["leased_until"] else "",
        " ".join(str(shown[name]) for name in ("trouble", "error") if shown[name]),
    )


def _pages(each: Standing) -> str:
    begun = [one for one in each.passes if one.pages_total]
    return (
        f"{sum(one.pages_done for one in begun)}/{sum(one.pages_total or 0 for one in begun)} pages" if begun else "no"
    )


def _totals(overall: Overall) -> Iterator[str]:
    yield f"{sum(overall.connections.values())} connections: " + _listed(overall.connections)
    names = ", ".join(f"{each.name} ({each.seats} seats)" for each in overall.workers)
    yield f"{len(overall.workers)} workers alive{': ' + names if names else ''}"
    yield f"queue: {overall.queue.count} due, the oldest for {_age(overall.queue.seconds)}"
    yield f"webhook events: {overall.events.count} open, the oldest for {_age(overall.events.seconds)}"
    yield "outbox: " + _listed(overall.outbox)
    yield f"back-fill: details or payments of {overall.left} vouchers left"
    yield from (f"! {complaint}" for complaint in overall.complaints)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "none"


def _age(seconds: float) -> str:
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{round(seconds / size)} {unit}"
    return f"{round(seconds)} s"
