"""The organizations of the demo."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from lexweb.sandbox.contacts.book import Book
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shelf import Record

NAMESPACE = uuid.UUID("6f1c9a52-3c0e-5d7b-9f43-2a1c8e5b7d10")
EVERYTHING = ("INVOICING", "INVOICING_PRO", "BOOKKEEPING")
STANDARD = ("INVOICING", "BOOKKEEPING")
INVOICING_ONLY = ("INVOICING",)
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i"})


@dataclass(frozen=True)
class Company:
    """One organization in short; ``contacts`` is how many it has, ``copy`` its number if it is one (``copies``)."""

    slug: str
    name: str
    trade: str
    user: str
    contacts: int
    features: tuple[str, ...] = EVERYTHING
    tax_type: str = "net"
    small_business: bool = False
    distance_sales: str | None = None
    copy: int = 0

    @property
    def address(self) -> str:
        """The slug, and for a copy its number: different for each organization."""
        return f"{self.slug}-{self.copy}" if self.copy else self.slug

    @property
    def id(self) -> str:
        """The organizationId."""
        return str(uuid.uuid5(NAMESPACE, self.address))


ALL = (
    Company("tischlerei-brandt", "Tischlerei Brandt GmbH & Co. KG", "Tischlerei", "Jens Brandt", 140),
    Company(
        "zahnarzt-yildiz",
        "Zahnarztpraxis Dr. Aylin Yıldız",
        "Zahnarztpraxis",
        "Dr. Aylin Yıldız",
        85,
        STANDARD,
        "vatfree",
    ),
    Company("lindenblatt", "Lindenblatt Kommunikation GmbH", "Werbeagentur", "Katharina Lindner", 120),
    Company(
        "hanse-sanitaer",
        "Hanse Sanitärgroßhandel GmbH",
        "Großhandel",
        "Hinnerk Petersen",
        2500,
        distance_sales="DESTINATION",
    ),
    Company(
        "goldener-hirsch",
        "Gasthaus Zum Goldenen Hirschen, Josef Huber e. K.",
        "Gastronomie",
        "Josef Huber",
        60,
        STANDARD,
        "gross",
    ),
    Company(
        "tsv-bergfelde",
        "Turn- und Sportverein 1898 Bergfelde e. V.",
        "Sportverein",
        "Sabine Wegener",
        210,
        STANDARD,
        "gross",
    ),
    Company("petersen-voss", "Architekturbüro Petersen + Voß PartG mbB", "Architekturbüro", "Maren Voß", 75),
    Company(
        "naehstuebchen-winter",
        "Nähstübchen Karla Winter",
        "Änderungsschneiderei",
        "Karla Winter",
        30,
        INVOICING_ONLY,
        "vatfree",
        small_business=True,
    ),
    Company("elektro-schroeder", "Elektro Schröder GmbH", "Elektroinstallation", "Uwe Schröder", 180),
    Company(
        "lesezeichen",
        'Buchhandlung "Lesezeichen" Krüger & Sommer OHG',
        "Buchhandel",
        "Anke Sommer",
        95,
        STANDARD,
        "gross",
        distance_sales="ORIGIN",
    ),
    Company(
        "weingut-steigerhof",
        "Weingut Steigerhof GbR",
        "Weinbau",
        "Thomas Steiger",
        320,
        tax_type="gross",
        distance_sales="DESTINATION",
    ),
    Company(
        "physio-nowak",
        "Physiotherapie am Stadtpark Nowak UG (haftungsbeschränkt)",
        "Physiotherapie",
        "Paweł Nowak",
        45,
        STANDARD,
        "vatfree",
    ),
    Company("autohaus-koenig", "Autohaus König GmbH", "Kfz-Handel und Werkstatt", "Michael König", 460),
    Company(
        "softwareschmiede",
        "Softwareschmiede Nord AG",
        "Softwareentwicklung",
        "Dr. Lea Hansen",
        260,
        distance_sales="ORIGIN",
    ),
    Company(
        "fotografie-adler",
        "Fotografie Nina Adler",
        "Fotografin",
        "Nina Adler",
        38,
        INVOICING_ONLY,
        "vatfree",
        small_business=True,
    ),
)


def organization(
    company: Company, book: Book, today: date, records: Callable[[str], Mapping[str, Record]]
) -> Organization:
    """The organization with a book of contacts."""
    space = uuid.UUID(company.id)
    first = company.user.rsplit(" ", 1)[-1].lower()
    local = first.translate(SPELLED)
    return Organization(
        id=company.id,
        company_name=f"{company.name} ({company.copy})" if company.copy else company.name,
        trade=company.trade,
        api_key=str(uuid.uuid5(space, "api-key")),
        email=f"{local}@{company.address}.example",
        password=f"demo-{company.address}",
        user_name=company.user,
        user_id=str(uuid.uuid5(space, "user")),
        created="2024-03-04T09:15:00.000+01:00",
        tax_type=company.tax_type,
        small_business=company.small_business,
        business_features=list(company.features),
        distance_sales_principle=company.distance_sales,
        contacts=book,
        today=today,
        records=records,
    )
