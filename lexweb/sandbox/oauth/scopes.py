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

# What API keys never hold; connections may.
PARTNER_ONLY = frozenset(
    {
        "cashbox.delete",
        "cashbox.read",
        "cashbox.write",
        "contacts.bankaccounts.read",
        "contacts.bankaccounts.write",
        "finance.delete",
        "finance.read",
        "finance.write",
        "organization.read",
        "transaction-assignment-hint.write",
        "vouchers.sendmail",
    }
)
OF_KEYS = frozenset(ALL) - PARTNER_ONLY

LABELS = {
    "articles.read": "Artikel lesen",
    "articles.write": "Artikel anlegen, ändern und löschen",
    "cashbox.delete": "Kassen löschen",
    "cashbox.read": "Kassen lesen",
    "cashbox.write": "Kassen anlegen und Tagesabschlüsse übertragen",
    "contacts.bankaccounts.read": "Bankverbindungen der Kontakte lesen",
    "contacts.bankaccounts.write": "Bankverbindungen der Kontakte anlegen, ändern und löschen",
    "contacts.read": "Kontakte lesen",
    "contacts.write": "Kontakte anlegen und ändern",
    "credit-notes.read": "Rechnungskorrekturen lesen",
    "credit-notes.write": "Rechnungskorrekturen anlegen",
    "delivery-notes.read": "Lieferscheine lesen",
    "delivery-notes.write": "Lieferscheine anlegen",
    "dunnings.read": "Mahnungen lesen",
    "dunnings.write": "Mahnungen anlegen",
    "files.read": "Dateien lesen",
    "files.status": "Stand von Uploads lesen",
    "files.write": "Dateien hochladen",
    "finance.delete": "Konten und Umsätze löschen",
    "finance.read": "Konten und Umsätze lesen",
    "finance.write": "Konten und Umsätze anlegen und ändern",
    "invoices.read": "Rechnungen lesen",
    "invoices.write": "Rechnungen anlegen",
    "order-confirmations.read": "Auftragsbestätigungen lesen",
    "order-confirmations.write": "Auftragsbestätigungen anlegen",
    "organization.read": "Stammdaten der Firma lesen",
    "payments.read": "Zahlungen lesen",
    "profile.read": "Profil der Firma lesen",
    "quotations.read": "Angebote lesen",
    "quotations.write": "Angebote anlegen",
    "recurring-templates.read": "Serienvorlagen lesen",
    "transaction-assignment-hint.write": "Zahlungen Belegen zuordnen",
    "voucherlist.read": "Belegliste lesen",
    "vouchers.read": "Belege lesen",
    "vouchers.sendmail": "Belege per E-Mail versenden",
    "vouchers.write": "Belege anlegen und ändern",
}
