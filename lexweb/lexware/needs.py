"""
What a call needs: tier, scope, booked feature (oauth-and-partner.md, chapters 3 and 5; behaviour.md, chapter 1).

Known from the address alone, so that a refusal can be explained, and one that is certain need not be asked for.
"""

from dataclasses import dataclass

_INVOICING, _BOOKKEEPING = "INVOICING", "BOOKKEEPING"
_SALES = ("invoices", "credit-notes", "quotations", "order-confirmations", "delivery-notes", "dunnings")
_SHARING = {"down-payment-invoices": "invoices", "cash-boxes": "cashbox"}  # whose scopes are called otherwise
_READ_AND_WRITE = {*_SALES, "articles", "contacts", "files", "vouchers"}
_READ_ONLY = {"payments", "profile", "recurring-templates", "voucherlist"}
_ANY_SALES = tuple(f"{resource}.read" for resource in _SALES)
_FEATURES = dict.fromkeys(
    (*_SALES, "down-payment-invoices", "articles", "print-layouts", "recurring-templates"), _INVOICING
)
_FEATURES |= dict.fromkeys(("vouchers", "files", "payments", "posting-categories"), _BOOKKEEPING)
_PARTNER = {"cash-boxes", "finance", "organization", "partner-integrations", "transaction-assignment-hint"}
_PARTNER_PARTS = {"bankaccounts", "interaction-status", "sendmail"}


@dataclass(frozen=True)
class Need:
    """
    What one call needs.

    :ivar partner: only connections by OAuth may; API keys never
    :ivar scopes: all of them are needed; empty if none is documented
    :ivar any_scope: one of them is enough; empty if `scopes` say it all
    :ivar feature: of the client's contract, "" if the documents name none; a hint only, as Lexware changes its plans
    """

    partner: bool = False
    scopes: tuple[str, ...] = ()
    any_scope: tuple[str, ...] = ()
    feature: str = ""

    @property
    def tier(self) -> str:
        """The name of the API that offers it."""
        return "partner" if self.partner else "public"


def of(method: str, path: str) -> Need:
    """Return what a call needs; path with or without ids and query."""
    parts = path.partition("?")[0].strip("/").split("/")[1:]
    resource = parts[0] if parts else ""
    partner = resource in _PARTNER or not _PARTNER_PARTS.isdisjoint(parts)
    any_scope = _ANY_SALES if resource == "print-layouts" else ()
    return Need(partner, _scopes(method, resource, parts), any_scope, _FEATURES.get(resource, ""))


def _scopes(method: str, resource: str, parts: list[str]) -> tuple[str, ...]:
    reading = method in {"GET", "HEAD"}
    verb, area = "read" if reading else "write", _SHARING.get(resource, resource)
    if "sendmail" in parts:
        return ("vouchers.sendmail",)
    if "interaction-status" in parts:
        return ("invoices.read",)
    if "bankaccounts" in parts:
        return (f"contacts.bankaccounts.{verb}",)
    if resource == "files" and parts[-1] == "status":
        return ("files.status",)
    if resource == "vouchers" and parts[-1] == "files":
        return "vouchers.write", "files.write"
    if area in {"finance", "cashbox"}:
        return (f"{area}.{'delete' if method == 'DELETE' else verb}",)
    if resource == "transaction-assignment-hint":
        return (f"{resource}.write",)
    if resource == "organization" or (resource in _READ_ONLY and reading):
        return (f"{resource}.read",)
    return (f"{area}.{verb}",) if area in _READ_AND_WRITE else ()
