"""What is printed when a document brings no texts of its own: an organization's defaults, by language (our choice)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Texts:
    """The defaults of one kind in one language."""

    title: str
    introduction: str = ""
    remark: str = ""


INVOICES = {
    "de": Texts(
        "Rechnung",
        "Unsere Lieferungen/Leistungen stellen wir Ihnen wie folgt in Rechnung.",
        "Vielen Dank für die gute Zusammenarbeit.",
    ),
    "en": Texts("Invoice", "We invoice you as follows.", "Thank you for your business."),
}
CREDIT_NOTES = {
    "de": Texts("Rechnungskorrektur", "Wir schreiben Ihnen gut:"),
    "en": Texts("Credit note", "We credit you as follows."),
}
QUOTATIONS = {
    "de": Texts("Angebot", "Gern bieten wir Ihnen an:", "Wir freuen uns auf Ihren Auftrag."),
    "en": Texts("Quotation", "We are pleased to offer:", "We look forward to your order."),
}
ORDER_CONFIRMATIONS = {
    "de": Texts("Auftragsbestätigung", "Vielen Dank für Ihren Auftrag, den wir wie folgt bestätigen."),
    "en": Texts("Order confirmation", "Thank you for your order, which we confirm as follows."),
}
DELIVERY_NOTES = {
    "de": Texts("Lieferschein", "Wir liefern Ihnen:"),
    "en": Texts("Delivery note", "We deliver as follows."),
}
DUNNINGS = {
    "de": Texts(
        "Mahnung",
        "Für die folgenden Leistungen haben wir noch keinen Zahlungseingang.",
        "Sollten Sie inzwischen gezahlt haben, betrachten Sie dieses Schreiben als gegenstandslos.",
    ),
    "en": Texts("Reminder", "We have not yet received a payment for the following."),
}
DOWN_PAYMENT_INVOICES = {"de": Texts("Abschlagsrechnung"), "en": Texts("Down payment invoice")}
