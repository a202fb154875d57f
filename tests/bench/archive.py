"""The archive of 500 files, each of 1 MB and not to be compressed: how much memory it takes, and how long."""

import json
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lexweb.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from lexweb.clients.models import Client, Connection  # noqa: E402
from lexweb.files import store  # noqa: E402
from lexweb.files.models import File  # noqa: E402
from lexweb.firm.models import Firm  # noqa: E402
from lexweb.outbox.selection import Selection  # noqa: E402
from lexweb.vouchers.files import archive  # noqa: E402
from lexweb.vouchers.files import listing as file_listing  # noqa: E402
from lexweb.vouchers.models import Voucher  # noqa: E402

FILES, SIZE, MEGABYTE = 500, 1_000_000, 1_000_000


def report(what: str, target: float, figure: float, unit: str) -> None:
    """Print one figure."""
    print(json.dumps([what, target, figure, unit]), flush=True)


def main() -> None:
    """Migrate, make the files, then measure; each part in the process that a web request would run in."""
    call_command("migrate", verbosity=0)
    client = Client.objects.create(firm=Firm.objects.create(name="Nord"), name="Brandt", number="1")
    connection = Connection.objects.create(client=client, kind="api_key", organization_id=uuid4())
    for number in range(FILES):
        _make(connection, number)
    _send(connection, 10)  # what is imported or kept for good is there now
    before, began = _memory(), time.perf_counter()
    first, size = _send(connection, FILES)
    seconds = time.perf_counter() - began
    assert size > FILES * SIZE
    report(f"ZIP of {FILES} files of 1 MB: memory grows by", 16, _memory() - before, "MB")
    report(f"ZIP of {FILES} files of 1 MB: first byte after", 0.5, first, "s")
    report(f"ZIP of {FILES} files of 1 MB: all of it", 30, seconds, "s")


def _make(connection: Connection, number: int) -> None:
    now = timezone.now()
    voucher = Voucher.objects.create(
        connection=connection, lexware_id=uuid4(), kind="purchaseinvoice", status="open", number=f"ER-{number}",
        created_at=now, updated_at=now, seen_at=now, listed_on=now.date(), contact_name="Muster GmbH",
        total_amount="119.00", currency="EUR", wanted=0, file_count=1,
    )  # fmt: skip
    blob = store.put(connection, _bytes(), media_type="application/pdf")
    File.objects.create(
        connection=connection, lexware_id=uuid4(), voucher_id=voucher.lexware_id, media_type="application/pdf",
        size=blob.size, sha256=blob.sha256, pages=1, blob=blob,
    )  # fmt: skip


def _bytes() -> Iterator[bytes]:
    yield from (os.urandom(SIZE // 10) for _ in range(10))


def _send(connection: Connection, count: int) -> tuple[float, int]:
    """Let an archive go; return after how many seconds its first bytes came, and how many there were."""
    began, first, size = time.perf_counter(), None, 0
    query = Selection(query=file_listing.Query(), count=count)
    ids = [str(each) for each in File.objects.values_list("lexware_id", flat=True)[:count]]
    chosen = query if count == FILES else Selection(ids=ids, count=count)
    entries = file_listing.chosen_entries(connection, chosen)
    for chunk in archive.stream(connection, entries, language="de"):
        first = first or time.perf_counter() - began
        size += len(chunk)
    return first or 0, size


def _memory() -> float:
    """Return how many megabytes this process has needed so far at most."""
    peak = Path("/proc/self/status")
    if peak.exists():
        line = next(line for line in peak.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


if __name__ == "__main__":
    main()
