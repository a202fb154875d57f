"""The lines of a voucher as fields, and the choice of categories for them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.ui.typed_fields import AmountField, RateField, amount_text, rate_text
from lexweb.vouchers.writing import fields, sums
from lexweb.vouchers.writing.categories import Category

OFTEN = 8  # categories that are offered first
MOST = 100  # lines of one voucher
RATES = "rates"  # the list of German rates in the page


class Options:
    """The categories as options of a select: those used most, then by group. Made once, drawn for every line."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self._categories = list(categories)
        self.known = {each.id: each for each in self._categories}

    def html(self, chosen: str) -> SafeString:
        """Return the options with one of them chosen; one that we do not know is kept as it is."""
        if not chosen:
            return self._html
        if chosen not in self.known:
            strange = format_html('<option value="{}" selected>{}</option>', chosen, _("unknown category"))
            return strange + self._html
        mark = f'value="{escape(chosen)}"'
        return mark_safe(self._html.replace(mark, f"{mark} selected", 1))  # noqa: S308 — of escaped parts

    @cached_property
    def _html(self) -> SafeString:
        often = [each for each in self._categories[:OFTEN] if each.used]
        others = [each for each in self._categories if each not in often]
        groups = [(_("Used often"), often)] if often else []
        others.sort(key=lambda each: each.group.casefold())
        groups += [(name, list(members)) for name, members in groupby(others, key=lambda each: each.group)]
        parts = [format_html('<option value="">{}</option>', _("Choose a category"))]
        for name, members in groups:
            parts.append(format_html('<optgroup label="{}">', name))
            parts += [_option(each) for each in members]
            parts.append(mark_safe("</optgroup>"))
        return mark_safe("".join(parts))  # noqa: S308 — of escaped parts


def _option(category: Category) -> SafeString:
    note = _("needs a contact") if category.contact_required else ""
    extra = format_html(' data-note="{}"', note) if note else ""
    return format_html('<option value="{}"{}>{}</option>', category.id, extra, category.name)


class CategorySelect(forms.Select):
    """A select that takes its options as they are: 231 of them, for every line."""

    def __init__(self, options: Options, attrs: dict[str, Any]) -> None:
        super().__init__(attrs)
        self.list = options

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the select."""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        shown = flatatt({key: each for key, each in given.items() if each is not None})
        return format_html("<select{}>{}</select>", shown, self.list.html(str(value or "")))


class LineForm(forms.Form):
    """One line: `amount` is net or gross as the voucher says; the tax may be left to the rate."""

    mark_optional = False

    amount = AmountField(label=gettext_lazy("Amount"), required=False)
    tax_rate = RateField(label=gettext_lazy("VAT %"), required=False, attrs={"list": RATES})
    tax_amount = AmountField(label=gettext_lazy("VAT amount"), required=False)
    category_id = forms.CharField(label=gettext_lazy("Category"), required=False)

    def __init__(self, data: Any = None, *, number: int, options: Options, line: fields.Line | None = None) -> None:
        """
        :param number: of the names of its fields, not always the place
        :param line: what it holds, as `fields` has it
        """
        super().__init__(
            data, prefix=prefix(number), initial=_initial(line or fields.NO_LINE), use_required_attribute=False
        )
        self.number = number
        self.fields["category_id"].widget = CategorySelect(options, {"data-picker": True})

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was typed into it."""
        return not any(str(self[name].value() or "").strip() for name in fields.LINE)

    def typed(self) -> fields.Line:
        """Return what stands in its fields, as text."""
        return {name: str(self[name].field.prepare_value(self[name].value()) or "") for name in fields.LINE}

    def clean_category_id(self) -> str:
        """Ids are told apart in small letters."""
        return str(self.cleaned_data["category_id"]).lower()


class LinesField(forms.Field):
    """Stands for all lines: conflicts and complaints know them as one field. Each line is a `LineForm`."""

    class Widget(forms.Widget):
        """Collects what was typed into the lines."""

        def value_from_datadict(self, data: Any, files: Any, name: str) -> list[fields.Line]:
            """Return the lines as text."""
            return [
                {part: str(data.get(f"{prefix(number)}-{part}", "")) for part in fields.LINE}
                for number in numbers(data)
            ]

    widget = Widget


def prefix(number: int) -> str:
    """Return what the names of a line's fields begin with."""
    return f"line-{number}"


def numbers(data: Any) -> list[int]:
    """Return the numbers of the lines in what was sent, in their order."""
    found = [name.removeprefix("line-").removesuffix("-amount") for name in data if name.endswith("-amount")]
    return sorted({int(each) for each in found if each.isascii() and each.isdecimal() and len(each) < 6})[:MOST]


def write(data: Any, number: int, line: fields.Line) -> None:
    """Put a line into what was sent, written as people do."""
    data[f"{prefix(number)}-amount"] = _shown(line["amount"], amount_text)
    data[f"{prefix(number)}-tax_rate"] = _shown(line["tax_rate"], rate_text)
    data[f"{prefix(number)}-tax_amount"] = _shown(line["tax_amount"], amount_text)
    data[f"{prefix(number)}-category_id"] = line["category_id"]


def erase(data: Any, number: int) -> None:
    """Take a line out of what was sent."""
    for part in fields.LINE:
        data.pop(f"{prefix(number)}-{part}", None)


def taxed(line: Mapping[str, Any], tax_type: str) -> dict[str, Any]:
    """Return the line with its tax; free of tax there is none, whatever stands in the hidden fields."""
    if tax_type == "vatfree":
        return {**line, "tax_rate": Decimal(0), "tax_amount": Decimal(0)}
    amount, rate, tax = line["amount"], line["tax_rate"], line["tax_amount"]
    if tax is None and amount is not None and rate is not None:
        tax = sums.tax(amount, rate, tax_type)
    return {**line, "tax_amount": tax}


def readable(row: LineForm, tax_type: str) -> fields.Line:
    """Return what a line says, with what cannot be read as empty."""
    read: dict[str, Any] = {}
    for name, field in (("amount", AmountField), ("tax_rate", RateField), ("tax_amount", AmountField)):
        value = row[name].value()
        try:
            read[name] = value if isinstance(value, Decimal) else field(required=False).clean(value or "")
        except forms.ValidationError:
            read[name] = None
    line = taxed({**read, "category_id": ""}, tax_type)
    cleaned: fields.Line = fields.clean({"lines": [line]})["lines"][0]
    return cleaned


def _shown(value: str, write: Any) -> str:
    return str(write(Decimal(value))) if value else ""


def _initial(line: fields.Line) -> dict[str, Any]:
    return {name: Decimal(value) if value and name in fields.NUMBERS else value for name, value in line.items()}
