"""Did an uncertain create of a voucher happen? (behaviour.md, chapters 2, 11 and 12)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from lexweb.lexware import days, errors, lookup
from lexweb.lexware.api.voucher_shapes import Voucher, VoucherDraft
from lexweb.lexware.api.voucherlist import Filters, VoucherListEndpoint, VoucherListRow

LOOKING = 4  # vouchers read in full; more would take longer than anybody waits
_UNCOMPARED = ("version", "files", "contactName")  # the name is Lexware's where a contact is given


def matches(
    voucherlist: VoucherListEndpoint, get: Callable[[UUID], Voucher], draft: VoucherDraft, since: datetime | None
) -> tuple[list[Voucher], str]:
    """
    Return the vouchers that hold everything the draft holds, and why there may be more ("" if there cannot).

    :param get: reads a voucher in full; the list knows neither items nor taxes
    :param since: leave out what was created before; a draft without number is looked for among those of a day
    """
    filters = _filters(draft, since)
    pages = voucherlist.pages(draft.type, "any", sort="createdDate,DESC", **filters)
    rows, gap = lookup.among(pages, lambda row: _resembles(row, draft, since))
    found = [voucher for voucher in _read(rows[:LOOKING], get) if holds(voucher, draft)]
    return found, lookup.TOO_MANY if len(rows) > LOOKING else gap


def holds(voucher: Voucher, draft: VoucherDraft) -> bool:
    """Tell whether the voucher holds everything the draft holds; which files it has does not matter."""
    sent = {name: value for name, value in draft.payload().items() if name not in _UNCOMPARED}
    if draft.use_collective_contact:
        sent.pop("contactId", None)  # ignored then, and not there
    # The same item twice is another voucher than once.
    return len(voucher.voucher_items) == len(draft.voucher_items) and lookup.within(
        sent, VoucherDraft.of(voucher).payload()
    )


def _filters(draft: VoucherDraft, since: datetime | None) -> Filters:
    filters: Filters = {}
    if draft.voucher_number:
        filters["voucher_number"] = draft.voucher_number
    if draft.contact_id and not draft.use_collective_contact:
        filters["contact_id"] = draft.contact_id
    if since or not draft.voucher_number:
        filters["created_date_from"] = days.day((since or datetime.now(UTC) - timedelta(days=1)) - lookup.SKEW)
    return filters


def _resembles(row: VoucherListRow, draft: VoucherDraft, since: datetime | None) -> bool:
    if since and row.created_date < since - lookup.SKEW:
        return False
    sums = (row.total_amount, draft.total_gross_amount)
    return None in sums or sums[0] == sums[1]


def _read(rows: list[VoucherListRow], get: Callable[[UUID], Voucher]) -> Iterator[Voucher]:
    for row in rows:
        try:
            yield get(row.id)
        except errors.NotFound:  # gone in the meantime
            continue
