"""Form fields for days, amounts and rates as people type them; see `typed.py`."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from lexweb.ui import typed


class DayField(forms.CharField):
    """
    A day. `static/js/typed.js` writes it out when the field is left.

    `base`, set before cleaning: what +14 counts from, if not today.
    """

    def __init__(self, *, attrs: dict[str, Any] | None = None, **options: Any) -> None:
        """:param attrs: go to the input."""
        given = {"autocomplete": "off", "spellcheck": "false", "data-day": True, **(attrs or {})}
        super().__init__(widget=forms.TextInput(attrs=given), **options)
        self.base: date | None = None

    def prepare_value(self, value: Any) -> Any:
        """Write a day out; what was typed stays as it is."""
        return day_text(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """Return a date; None if nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed.parse_day(text, today=timezone.localdate(), base=self.base)
        except typed.Unreadable:
            raise forms.ValidationError(_("This is no day. Type it as 20.11., 2011, heute or +14.")) from None


class AmountField(forms.CharField):
    """An amount with two decimals."""

    def __init__(self, *, attrs: dict[str, Any] | None = None, **options: Any) -> None:
        """:param attrs: go to the input."""
        given = {"autocomplete": "off", "inputmode": "decimal", "data-amount": True, "class": "num", **(attrs or {})}
        super().__init__(widget=forms.TextInput(attrs=given), **options)

    def prepare_value(self, value: Any) -> Any:
        """Write an amount as it is written in this language; what was typed stays as it is."""
        return amount_text(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """Return a Decimal; None if nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed.parse_amount(text)
        except typed.Unreadable:
            raise forms.ValidationError(
                _("This is no amount. Type it as 1.234,50, with two decimals at most.")
            ) from None


class RateField(forms.CharField):
    """A tax rate in percent."""

    def __init__(self, *, attrs: dict[str, Any] | None = None, **options: Any) -> None:
        """:param attrs: go to the input."""
        given = {"autocomplete": "off", "inputmode": "decimal", "data-rate": True, "class": "num", **(attrs or {})}
        super().__init__(widget=forms.TextInput(attrs=given), **options)

    def prepare_value(self, value: Any) -> Any:
        """Write a rate as it is written in this language; what was typed stays as it is."""
        return rate_text(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """Return a Decimal; None if nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed.parse_rate(text)
        except typed.Unreadable:
            raise forms.ValidationError(_("This is no tax rate. Type it as 19 or 7.")) from None


def day_text(value: date | None) -> str:
    """Write a day as fields show it, the same in all languages: 20.11.2026."""
    return f"{value:%d.%m.%Y}" if value else ""


def amount_text(value: Decimal | None) -> str:
    """Write an amount as fields show it: 1.234,50."""
    if value is None:
        return ""
    return formats.number_format(value, decimal_pos=2, use_l10n=True, force_grouping=True)


def rate_text(value: Decimal | None) -> str:
    """Write a rate as fields show it: 19."""
    return "" if value is None else formats.number_format(value.normalize() if value % 1 else int(value), use_l10n=True)
