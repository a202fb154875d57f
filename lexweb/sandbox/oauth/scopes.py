"""The scopes of the API (OAuth and the Partner API, chapter 3)."""

_READ_AND_WRITE = (
    "articles",
    "contacts",
    "contacts.bankaccounts",
    "credit-notes",
    "delivery-notes",
    "dunnings",
    "files",
    "finance",
    "cashbox",
    "invoices",
    "order-confirmations",
    "quotations",
    "vouchers",
)
_SINGLE = (
    "cashbox.delete",
    "files.status",
    "finance.delete",
    "organization.read",
    "payments.read",
    "profile.read",
    "recurring-templates.read",
    "transaction-assignment-hint.write",
    "voucherlist.read",
    "vouchers.sendmail",
)
ALL = (*(f"{area}.{verb}" for area in _READ_AND_WRITE for verb in ("read", "write")), *_SINGLE)

LABELS = {
    "contacts.read": "Kontakte lesen",
    "contacts.write": "Kontakte anlegen und ändern",
    "profile.read": "Profil der Firma lesen",
    "invoices.read": "Rechnungen lesen",
    "invoices.write": "Rechnungen anlegen",
    "vouchers.read": "Belege lesen",
    "vouchers.write": "Belege anlegen und ändern",
    "voucherlist.read": "Belegliste lesen",
    "files.read": "Dateien lesen",
    "files.write": "Dateien hochladen",
    "payments.read": "Zahlungen lesen",
    "articles.read": "Artikel lesen",
    "articles.write": "Artikel anlegen und ändern",
}
