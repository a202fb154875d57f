"""Doing the same with many vouchers, of one client or of several: what would happen to each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.clients.models import Connection
from lexweb.firm.models import Staff
from lexweb.outbox import selectors as outbox
from lexweb.outbox.plans import Plan
from lexweb.outbox.services import Wanted
from lexweb.vouchers import assigning
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import acts, categories, complaints, fields, policies, sums
from lexweb.vouchers.writing.categories import Category
from lexweb.vouchers.writing.wishes import BOOK, CATEGORY, CONTACT, Wish

ASSIGN = "assign"  # done here and at once, so that it is no wish of the outbox
MOST = 5000  # vouchers at once
ORDER = ("connection__client__name", "connection", "listed_on", "pk")

CHANGES: dict[str, Promise] = {
    BOOK: gettext_lazy("Book"),
    ASSIGN: gettext_lazy("Assign to somebody"),
    CATEGORY: gettext_lazy("Set the category"),
    CONTACT: gettext_lazy("Set the contact"),
}
REASONS: dict[str, Promise] = {
    "same": gettext_lazy("already as wished"),
    "not_connected": gettext_lazy("the client is not connected"),
    "under_way": gettext_lazy("another change of it is being sent"),
    "no_category": gettext_lazy("the client does not have this category"),
    "side": gettext_lazy("the category does not fit: one of income for expenses, or the other way round"),
    "not_theirs": gettext_lazy("the person does not work for the client"),
}
MISSING: dict[str, Promise] = {  # field, or part of a line
    "voucher_number": gettext_lazy("the number is missing"),
    "voucher_date": gettext_lazy("the date is missing"),
    "contact_id": gettext_lazy("the contact is missing"),
    "lines": gettext_lazy("the amounts are missing: there is no line yet"),
    "amount": gettext_lazy("the amount of a line is missing"),
    "tax_rate": gettext_lazy("the tax rate of a line is missing"),
    "category_id": gettext_lazy("the category of a line is missing"),
}


@dataclass(frozen=True)
class Preview:
    """One voucher that will be changed: what is concerned, before and after."""

    voucher: Voucher
    before: str
    after: str
    warning: str = ""


@dataclass(frozen=True)
class OfClient:
    """How many vouchers of one client will be changed; the first ones in detail."""

    connection: Connection
    count: int
    rows: list[Preview]


@dataclass
class VoucherPlan(Plan[Preview]):
    """`keys` are our own, of the vouchers that will be changed."""

    keys: list[int] = field(default_factory=list)
    imageless: int = 0  # of those that would be booked

    @property
    def clients(self) -> list[OfClient]:
        """Return what is to happen, client by client."""
        rows = {key: list(group) for key, group in groupby(self.previews, key=lambda row: row.voucher.connection_id)}
        return [OfClient(each, len(wanted), rows.get(each.pk, [])) for each, wanted in self.targets.items()]


@dataclass
class Sight:
    """What is looked up once for all vouchers of a plan."""

    wish: Wish
    connections: Mapping[int, Connection]
    under_way: set[tuple[int, str]]
    theirs: set[int]  # clients of whoever the vouchers are assigned to
    _known: dict[int, dict[str, Category]] = field(default_factory=dict)

    def categories(self, connection: Connection) -> dict[str, Category]:
        """Return the categories of a client."""
        if connection.pk not in self._known:
            self._known[connection.pk] = categories.every(connection)
        return self._known[connection.pk]


def connections(vouchers: QuerySet[Voucher]) -> list[Connection]:
    """Return whose vouchers these are, by the client's name."""
    keys = list(
        vouchers.order_by().values_list("connection", flat=True).distinct()
    )  # the queue's condition bears no subquery
    found = Connection.objects.filter(pk__in=keys).select_related("client").defer("access_token", "refresh_token")
    return list(found.order_by("client__name", "pk"))


def plan(vouchers: QuerySet[Voucher], wish: Wish, *, assignee: Staff | None = None) -> VoucherPlan:
    """
    Return what the wish would change.

    :param assignee: whom ASSIGN gives them to; None for nobody
    """
    made = VoucherPlan(acts.BOOK if wish.change == BOOK else acts.CHANGE, wish.stored)
    known = {connection.pk: connection for connection in connections(vouchers)}
    sight = Sight(wish, known, outbox.all_under_way(known), assigning.sees(assignee) if assignee else set())
    rows = vouchers.select_related("detail", "assignee").order_by(*ORDER)
    for voucher in rows.iterator(chunk_size=500):
        if voucher.connection_id not in known:
            continue  # it has just come
        voucher.connection = known[voucher.connection_id]
        made.found += 1
        if wish.change == ASSIGN:
            _add_assigned(made, voucher, assignee, sight)
        else:
            _add(made, voucher, sight)
    return made


def name(voucher: Voucher) -> str:
    """Return what people call it."""
    return " · ".join(part for part in (voucher.number, voucher.contact_name) if part) or _("without number")


def _add_assigned(made: VoucherPlan, voucher: Voucher, assignee: Staff | None, sight: Sight) -> None:
    if voucher.assignee == assignee:
        made.leave_out("same", REASONS["same"], name(voucher))
    elif assignee and voucher.connection.client_id not in sight.theirs:
        made.leave_out("not_theirs", REASONS["not_theirs"], name(voucher))
    else:
        _will(made, Preview(voucher, str(voucher.assignee or _("nobody")), str(assignee or _("nobody"))))


def _add(made: VoucherPlan, voucher: Voucher, sight: Sight) -> None:
    if obstacle := next(_obstacles(voucher, sight), None):
        made.leave_out(*obstacle, name(voucher))
        return
    no_image = sight.wish.change == BOOK and voucher.file_count == 0
    made.imageless += no_image
    before, after = _texts(voucher, sight)
    _will(made, Preview(voucher, before, after, _("without image") if no_image else ""))


def _will(made: VoucherPlan, row: Preview) -> None:
    voucher = row.voucher
    made.keys.append(voucher.pk)
    made.add(voucher.connection, Wanted(voucher.target, name(voucher)), row)


def _obstacles(voucher: Voucher, sight: Sight) -> Iterator[tuple[str, str | Promise]]:
    """Yield why the voucher stays as it is, the first reason first."""
    wish, connection = sight.wish, voucher.connection
    if lock := policies.lock(voucher):
        yield lock, acts.PROBLEMS[lock]
    elif not connection.is_connected:
        yield "not_connected", REASONS["not_connected"]
    elif (connection.pk, voucher.target) in sight.under_way:
        yield "under_way", REASONS["under_way"]
    elif wish.change == CATEGORY and (problem := _unfit(voucher, sight)):
        yield problem, REASONS[problem]
    elif problem := acts.problem(voucher, wish, sight.categories(connection)):
        if problem == "incomplete":
            yield from _missing(voucher, sight)
        yield problem, acts.PROBLEMS[problem]


def _unfit(voucher: Voucher, sight: Sight) -> str:
    category = sight.categories(voucher.connection).get(sight.wish.value.lower())
    if category is None:
        return "no_category"
    return "" if category.side == categories.side(voucher.kind) else "side"


def _missing(voucher: Voucher, sight: Sight) -> Iterator[tuple[str, str | Promise]]:
    """Yield what exactly is missing, or does not add up."""
    before = fields.read(voucher.detail.raw)
    after, known = (
        before | sight.wish.values(before, sums.sure_lines(voucher.detail.raw)),
        sight.categories(voucher.connection),
    )
    booked = sight.wish.change == BOOK or voucher.status != policies.UNCHECKED
    for each in complaints.check(after, known, booked=booked):
        place = each.part or each.field
        words = MISSING.get(place) if each.code == "missing_entity" else None
        yield f"{each.code} {place}", words or each.text


def _texts(voucher: Voucher, sight: Sight) -> tuple[str, str]:
    """Return what is concerned, before and after."""
    if sight.wish.change == BOOK:
        return _("To review"), _("Booked")
    if sight.wish.change == CONTACT:
        return voucher.contact_name or _("Collective contact"), sight.wish.label
    known = sight.categories(voucher.connection)
    ids = [str(line["category_id"]).lower() for line in fields.read(voucher.detail.raw)["lines"]]
    names = dict.fromkeys(known[each].name if each in known else each for each in ids if each)
    after = sight.wish.label if ids else _("%(name)s, one line with the total") % {"name": sight.wish.label}
    return ", ".join(names) or _("none"), after
