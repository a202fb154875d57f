"""Made-up data for the show page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PAGES = {"pieces": "", "list": "rows", "form": "form", "detail": "", "dialog": "dialog"}
TOAST = _("Contact saved.")

NAMES = (
    "Bäckerei Sonnenschein GmbH & Co. KG, Filiale Düsseldorf-Oberkassel",
    "Yıldız Gerüstbau",
    "Dr. Petra Öztürk, Zahnärztin",
    "Autohaus Krüger",
    "Weingut Schäfer-Lübbecke",
    "Hofladen Meyer",
    "Ing.-Büro Weiß",
    "Łukasz Nowak Fliesenlegermeister",
)
STATES = (
    ("ok", _("Paid"), ""),
    ("info", _("Open"), "clock"),
    ("danger", _("Overdue"), ""),
    ("warn", _("To review"), "eye"),
    ("neutral", _("Draft"), "pencil"),
    ("neutral", _("Voided"), "no-symbol"),
)


@dataclass(frozen=True)
class Row:
    """One line of the sample list."""

    pk: int
    name: str
    number: str
    on: date
    amount: Decimal
    kind: str
    state: str
    icon: str


class SampleForm(forms.Form):
    """One field of every shape."""

    name = forms.CharField(label=_("Company name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("customer", _("Customer")), ("vendor", _("Supplier"))])
    street = forms.CharField(label=_("Street"), required=False)
    zip = forms.CharField(label=_("Postcode"), max_length=10)
    city = forms.CharField(label=_("City"))
    email = forms.EmailField(label=_("Email"), required=False, help_text=_("Invoices go to this address."))
    since = forms.DateField(label=_("Customer since"), required=False, help_text=_("For example 2011, 20.11. or +14"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    billing = forms.ChoiceField(
        label=_("Invoices"),
        choices=[("mail", _("By email")), ("post", _("By post"))],
        widget=forms.RadioSelect,
        initial="mail",
    )
    archived = forms.BooleanField(label=_("Archived"), required=False, help_text=_("Hidden in lists, kept in reports."))


def wrong_form() -> SampleForm:
    """Return the form as it comes back when something is wrong."""
    return SampleForm(
        {"name": "", "kind": "customer", "zip": "40213", "city": "", "email": "kein-mail", "billing": "mail"}
    )


def rows() -> list[Row]:
    """Return 120 lines with long names, umlauts and negative amounts."""
    lines = []
    for pk in range(120):
        kind, state, icon = STATES[pk % len(STATES)]
        amount = Decimal("-119.00") if pk % 7 == 4 else Decimal("38.5") * (pk + 1) ** 2
        on = date(2026, 11, 20) - timedelta(days=pk * 3)
        lines.append(Row(pk, NAMES[pk % len(NAMES)], f"RE-{2100 - pk}", on, amount, kind, str(state), icon))
    return lines


def context(query: QueryDict) -> dict[str, Any]:
    """Return what the sample pages show."""
    now = timezone.now()
    found = [row for row in rows() if query.get("q", "").lower() in row.name.lower()]
    if query.get("kind"):
        found = [row for row in found if row.kind == query["kind"]]
    sort = query.get("sort", "on")
    key = sort.removeprefix("-") if sort.removeprefix("-") in {"name", "on", "amount"} else "on"
    found.sort(key=lambda row: str(row.name) if key == "name" else getattr(row, key), reverse=sort.startswith("-"))
    return {
        "rows": Paginator(found, 12).get_page(query.get("page")),
        "count": 120,
        "q": query.get("q", ""),
        "now": now,
        "hour": now - timedelta(hours=3),
        "yesterday": datetime(2026, 11, 19, 18, 3, 12, tzinfo=now.tzinfo),
        "big": Decimal("1234567.8"),
        "minus": Decimal("-119"),
        "zero": Decimal(0),
        "document": {
            "id": "e9066f04",
            "name": "Bäckerei <Sonnenschein>",
            "open": 1234.5,
            "archived": False,
            "note": None,
        },
        "colors": range(1, 13),
        "kinds": ("ok", "warn", "danger", "info", "neutral"),
        "differences": [
            {"name": "name", "label": _("Name"), "mine": "Muster GmbH", "theirs": "Muster AG", "before": "Muster"},
            {"name": "city", "label": _("City"), "mine": "", "theirs": "Düsseldorf", "before": "Neuss"},
        ],
        "merged": [{"label": _("Street"), "now": "Kaistraße 4"}, {"label": _("Postcode"), "now": "40221"}],
    }
