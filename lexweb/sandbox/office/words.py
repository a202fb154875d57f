"""German for what the API says in codes."""

from collections.abc import Mapping

STATUSES = {
    "draft": "Entwurf",
    "open": "Offen",
    "overdue": "Überfällig",
    "paid": "Bezahlt",
    "paidoff": "Verrechnet",
    "voided": "Storniert",
    "transferred": "Überwiesen",
    "sepadebit": "Lastschrift",
    "accepted": "Angenommen",
    "rejected": "Abgelehnt",
    "unchecked": "Zu prüfen",
    "blank": "In Texterkennung",
    "ACTIVE": "Aktiv",
    "PAUSED": "Pausiert",
    "ENDED": "Beendet",
}
VOUCHERS = {
    "purchaseinvoice": "Ausgabe",
    "purchasecreditnote": "Ausgabenminderung",
    "salesinvoice": "Einnahme",
    "salescreditnote": "Einnahmenminderung",
}
SALES = {
    "invoices": "Rechnungen",
    "quotations": "Angebote",
    "order-confirmations": "Auftragsbestätigungen",
    "delivery-notes": "Lieferscheine",
    "credit-notes": "Rechnungskorrekturen",
    "down-payment-invoices": "Abschlagsrechnungen",
    "dunnings": "Mahnungen",
}
INTERVALS = {
    "WEEKLY": "wöchentlich",
    "BIWEEKLY": "alle zwei Wochen",
    "MONTHLY": "monatlich",
    "QUARTERLY": "vierteljährlich",
    "BIANNUALLY": "halbjährlich",
    "ANNUALLY": "jährlich",
}
PAYMENTS = {
    "manualPayment": "Zahlung",
    "cashDiscount": "Skonto",
    "partPaymentCreditNote": "Rechnungskorrektur",
}
FEATURES = {
    "INVOICING": "Rechnungen und Angebote",
    "INVOICING_PRO": "XRechnung, Englisch und Ausland",
    "BOOKKEEPING": "Belege und Zahlungen",
}
DONE = {
    "saved": "Gespeichert.",
    "created": "Angelegt.",
    "archived": "Archiviert.",
    "restored": "Wiederhergestellt.",
    "booked": "Geprüft und gebucht.",
    "paid": "Zahlung eingetragen.",
    "uploaded": "Hochgeladen. Die Texterkennung läuft.",
    "known": "Diese Datei gab es schon, hier ist ihr Beleg.",
    "finalized": "Fertiggestellt.",
    "voided": "Storniert.",
    "accepted": "Angenommen.",
    "rejected": "Abgelehnt.",
    "revoked": "Verbindung getrennt.",
    "key_on": "Der API-Schlüssel gilt wieder.",
    "key_off": "Der API-Schlüssel gilt nicht mehr.",
}
REFUSED_FILES = {
    "inacceptable_file_extension": "Angenommen werden PDF, JPG, PNG und, wenn eingeschaltet, XRechnung.",
    "max_file_size_exceeded": "Die Datei ist größer als 5 MB.",
    "invalid_xrechnung": "Das ist keine gültige XRechnung.",
    "voucher_upload_toxic_pdf": "Das PDF enthält ausführbare Inhalte.",
    "image_conversion_error": "Die Datei ist beschädigt.",
}


def said(words: Mapping[str, str], code: str) -> str:
    """The word for a code; an unknown one stands for itself."""
    return words.get(code, code)
