"""How much of what each organization has in its books."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Takings:
    """
    Income that comes without an invoice of one's own, booked as a salesinvoice.

    ``parts`` are name of the posting category, tax rate, least and most cents (gross). ``every`` counts days; for
    less than a day apart, ``times`` a day. ``contact`` is the name at the collective contact.
    """

    every: int
    prefix: str
    remark: str
    parts: tuple[tuple[str, int, int, int], ...]
    contact: str = "Sammelkunde"
    by: str = "partPaymentCashBox"
    times: int = 1


@dataclass(frozen=True)
class Plan:
    """
    ``sales`` and ``vouchers``: entries in the voucher list; ``unchecked`` of the vouchers are.

    ``shapes`` are chains of documents with their weight: Quotation, order confirmation (A), Delivery note, Invoice,
    Credit note, down Payment invoice, Final invoice. Articles come from the goods, up to ``articles``.
    """

    sales: int
    vouchers: int = 0
    unchecked: int = 0
    shapes: tuple[tuple[str, int], ...] = (("I", 1),)
    articles: int = 0
    recurring: int = 0
    lines: int = 4
    monthly: int = 8
    takings: tuple[Takings, ...] = ()
    services: bool = False  # sells abroad as services, not deliveries
    construction: bool = False  # § 13b for other builders


PROJECT = (("QAI", 20), ("QAPPF", 6), ("QI", 14), ("Q", 22), ("I", 30), ("IC", 3), ("AI", 5), ("C", 1), ("QADI", 6))
SERVICE = (("I", 76), ("QI", 10), ("Q", 8), ("IC", 4), ("C", 1), ("QAPF", 2))
TRADE = (("ADI", 26), ("DI", 14), ("I", 34), ("QADI", 8), ("Q", 10), ("IC", 5), ("C", 1), ("ADIC", 1), ("QAPPF", 1))
SHOP = (("I", 80), ("DI", 10), ("IC", 6), ("Q", 3), ("C", 1))
TREATMENT = "Steuerfreie Heilbehandlungen §4 Nr. 14 UStG"

PLANS = {
    "tischlerei-brandt": Plan(380, 250, 14, PROJECT, articles=17, lines=6, construction=True),
    "zahnarzt-yildiz": Plan(
        520,
        390,
        9,
        SERVICE,
        articles=11,
        takings=(
            Takings(14, "KZV", "Abrechnung Kassenzahnärztliche Vereinigung", ((TREATMENT, 0, 900_000, 2_400_000),)),
            Takings(3, "BAR", "Barzahlungen Prophylaxe", ((TREATMENT, 0, 9_850, 68_000),)),
        ),
    ),
    "lindenblatt": Plan(430, 270, 18, PROJECT, recurring=9, services=True),
    "hanse-sanitaer": Plan(
        9_000,
        3_500,
        65,
        TRADE,
        articles=200,
        lines=7,
        takings=(
            Takings(
                1,
                "SHOP",
                "Bestellung im Onlineshop",
                (("Warenverkäufe", 19, 1_990, 48_000),),
                by="manualPayment",
                times=3,
            ),
        ),
    ),
    "goldener-hirsch": Plan(
        260,
        1_240,
        42,
        SERVICE,
        articles=11,
        takings=(
            Takings(
                1, "Z", "Tageseinnahmen", (("Warenverkäufe", 7, 48_000, 310_000), ("Einnahmen", 19, 26_000, 190_000))
            ),
        ),
    ),
    "tsv-bergfelde": Plan(
        210,
        270,
        11,
        SERVICE,
        takings=(
            Takings(30, "MB", "Einzug Mitgliedsbeiträge", (("Mitgliedsbeiträge", 0, 480_000, 730_000),), "Mitglieder"),
            Takings(9, "SP", "Spende", (("Spenden", 0, 2_000, 60_000),), "Spenderinnen und Spender", "manualPayment"),
        ),
    ),
    "petersen-voss": Plan(210, 170, 8, (("QAPPF", 30), ("QPPPF", 12), ("I", 40), ("Q", 12), ("IC", 4)), services=True),
    "naehstuebchen-winter": Plan(120, shapes=(("I", 84), ("QI", 8), ("Q", 4), ("IC", 4)), articles=10, lines=3),
    "elektro-schroeder": Plan(640, 460, 22, PROJECT, articles=16, recurring=4, lines=6, construction=True),
    "lesezeichen": Plan(
        470,
        930,
        16,
        SHOP,
        articles=104,
        recurring=2,
        takings=(
            Takings(
                1,
                "Z",
                "Tageseinnahmen Laden",
                (("Warenverkäufe", 7, 24_000, 160_000), ("Einnahmen", 19, 3_000, 42_000)),
            ),
            Takings(5, "ESL", "Verkäufe Onlineportal", (("Warenverkäufe", 7, 2_600, 19_000),), by="manualPayment"),
        ),
    ),
    "weingut-steigerhof": Plan(
        890,
        410,
        12,
        SHOP,
        articles=37,
        lines=5,
        takings=(
            Takings(
                7,
                "HOF",
                "Verkauf ab Hof",
                (("Warenverkäufe", 19, 38_000, 240_000), ("Warenverkäufe", 7, 2_000, 18_000)),
            ),
        ),
    ),
    "physio-nowak": Plan(
        250,
        170,
        5,
        SERVICE,
        articles=9,
        takings=(Takings(15, "HMV", "Heilmittelabrechnung der Kassen", ((TREATMENT, 0, 310_000, 890_000),)),),
    ),
    "autohaus-koenig": Plan(1_550, 850, 31, TRADE, articles=29, lines=6),
    "softwareschmiede": Plan(1_150, 450, 20, PROJECT, articles=11, recurring=38, services=True),
    "fotografie-adler": Plan(150, shapes=(("I", 62), ("QI", 20), ("Q", 10), ("QPF", 4), ("IC", 4)), lines=3),
}
