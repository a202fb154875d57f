"""The known calls, so that nobody has to remember them: the endpoints of the public and the partner API."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Operation:
    """A call; `{id}` in the path is to be replaced."""

    method: str
    path: str
    query: str = ""

    @property
    def lines(self) -> str:
        """Return the query as the form takes it: one parameter a line."""
        return self.query.replace("&", "\n")

    @property
    def changes_data(self) -> bool:
        """Say whether it needs the right to write."""
        return self.method != "GET"


@dataclass(frozen=True)
class Group:
    """The calls about one kind of record."""

    title: Promise
    operations: tuple[Operation, ...]


def _group(title: Promise, *lines: str) -> Group:
    """Read lines such as "GET /contacts ?page=0"."""
    operations = []
    for line in lines:
        methods, path, *query = line.split()
        for method in methods.split(","):
            operations.append(Operation(method, f"/v1{path}", query[0].removeprefix("?") if query else ""))
    return Group(title, tuple(operations))


def _document(title: Promise, name: str, *more: str) -> Group:
    base = (f"POST /{name}", f"GET /{name}/{{id}}", f"GET /{name}/{{id}}/file", f"POST /{name}/{{id}}/sendmail")
    return _group(title, *base, *more)


GROUPS: tuple[Group, ...] = (
    _group(_("Profile"), "GET /profile", "GET /ping", "GET /organization", "GET,PUT /partner-integrations"),
    _group(
        _("Contacts"),
        "GET /contacts ?page=0&size=25", "POST /contacts", "GET,PUT /contacts/{id}",
        "GET,POST /contacts/{id}/bankaccounts", "GET,PUT,DELETE /contacts/{id}/bankaccounts/{id}",
    ),
    _group(_("Articles"), "GET /articles ?page=0&size=25", "POST /articles", "GET,PUT,DELETE /articles/{id}"),
    _group(
        _("Voucher list"), "GET /voucherlist ?voucherType=any&voucherStatus=any&page=0&size=25", "GET /payments/{id}"
    ),
    _group(
        _("Bookkeeping vouchers"),
        "GET /vouchers ?voucherNumber=", "POST /vouchers", "GET,PUT /vouchers/{id}", "GET /posting-categories",
        "GET /files/{id}", "GET /files/{id}/status",
    ),
    _document(_("Invoices"), "invoices", "GET,PUT /invoices/{id}/interaction-status"),
    _document(_("Credit notes"), "credit-notes"),
    _document(_("Quotations"), "quotations"),
    _document(_("Order confirmations"), "order-confirmations"),
    _document(_("Delivery notes"), "delivery-notes"),
    _document(_("Dunnings"), "dunnings"),
    _group(
        _("Down payment invoices"), "GET /down-payment-invoices/{id}", "GET /down-payment-invoices/{id}/file"
    ),
    _group(
        _("Recurring templates"), "GET /recurring-templates ?page=0&size=25", "GET /recurring-templates/{id}"
    ),
    _group(
        _("Master data"), "GET /countries", "GET /payment-conditions", "GET /print-layouts"
    ),
    _group(
        _("Event subscriptions"),
        "GET,POST /event-subscriptions", "GET,DELETE /event-subscriptions/{id}",
    ),
    _group(
        _("Bank and payments"),
        "GET,POST /finance/accounts", "GET,PUT,DELETE /finance/accounts/{id}", "POST /finance/transactions",
        "GET /finance/transactions/latest-transaction", "GET,PUT,DELETE /finance/transactions/{id}",
        "GET /finance/transactions/{id}/assignments", "POST /transaction-assignment-hint",
    ),
    _group(
        _("Cash boxes"),
        "GET,POST /cash-boxes", "GET,PUT,DELETE /cash-boxes/{id}", "GET,POST /cash-boxes/{id}/balances",
    ),
)  # fmt: skip


def groups(*, writing: bool) -> list[Group]:
    """Return the calls that the person may send."""
    kept = [Group(group.title, tuple(o for o in group.operations if writing or not o.changes_data)) for group in GROUPS]
    return [group for group in kept if group.operations]


def paths(*, writing: bool) -> list[str]:
    """Return the addresses of these calls, each once."""
    return list(dict.fromkeys(o.path for group in groups(writing=writing) for o in group.operations))


def look(method: str, path: str) -> str:
    """Return the address where one sees whether a write was carried out."""
    if method != "POST":
        return path
    if path.rstrip("/") in paths(writing=False):
        return path
    return "/v1/voucherlist?voucherType=any&voucherStatus=any"
