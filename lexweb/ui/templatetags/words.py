"""Words, numbers and moments."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from heroicons.templatetags.heroicons import heroicon_outline

register = template.Library()

ICONS = {
    "ok": "check-circle",
    "warn": "exclamation-triangle",
    "danger": "exclamation-circle",
    "info": "information-circle",
    "neutral": "minus-circle",
}
KINDS = {"success": "ok", "warning": "warn", "error": "danger"}
CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£"}


@register.simple_tag
def icon(name: str, label: str = "", small: bool = False) -> str:
    """Draw a heroicon (outline); silent beside a word, or named when it stands alone."""
    attrs = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return heroicon_outline(
        name, size=16 if small else 20, **{"class": "icon icon-small" if small else "icon"}, **attrs
    )


@register.filter
def kind(level: str) -> str:
    """Turn the level of a Django message into a kind: ok, warn, danger, info."""
    return KINDS.get(level, "info")


@register.filter
def kind_icon(kind: str) -> str:
    """Return the icon that belongs to a kind."""
    return ICONS[kind]


@register.filter
def grouped(value: int | None) -> str:
    """Write a count: 12.500; never for numbers that are names, such as a customer number."""
    return "–" if value is None else formats.number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def lasting(seconds: int) -> str:
    """Write how long something takes: 8 s, 12 min, 2 h 5 min."""
    if seconds < 100:
        return _("%(n)s s") % {"n": seconds}
    minutes = -(-seconds // 60)
    if minutes < 100:
        return _("%(n)s min") % {"n": minutes}
    return _("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}


@register.simple_tag
def day(value: date | datetime | None) -> str:
    """Write a day: 20.11.2026."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.date_format(value))


@register.simple_tag
def moment(value: datetime | None) -> str:
    """Write a moment: 20.11.2026 09:42; the seconds on hover."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    text = formats.date_format(local, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact(local), text)


def exact(local: datetime) -> str:
    """Write the moment with its seconds, for the text on hover."""
    return f"{formats.date_format(local)} {local:%H:%M:%S}"


@register.simple_tag
def money(value: Decimal | None, currency: str = "EUR") -> str:
    """Write an amount: 1.234,56 €, with a real minus and a muted currency."""
    if value is None:
        return "–"
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    amount = formats.number_format(abs(value), decimal_pos=2, use_l10n=True, force_grouping=True)
    symbol = CURRENCIES.get(currency, currency)
    return format_html(
        '<span class="money">{}{}<span class="currency">\N{NO-BREAK SPACE}{}</span></span>', sign, amount, symbol
    )


@register.inclusion_tag("ui/data_age.html")
def data_age(value: datetime | None, limit: int = 60) -> dict[str, Any]:
    """Say as of when the data is; amber when older than `limit` minutes."""
    if value is None:
        return {"value": None}
    local = timezone.localtime(value)
    now = timezone.localtime()
    shape = "TIME_FORMAT" if local.date() == now.date() else "DATETIME_FORMAT"
    return {
        "value": local,
        "text": _("As of %(moment)s") % {"moment": formats.date_format(local, shape)},
        "exact": exact(local),
        "limit": limit,
        "late": now - local > timedelta(minutes=limit),
    }
