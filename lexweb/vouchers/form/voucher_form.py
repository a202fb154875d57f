"""What people may type about a bookkeeping voucher. Validates and merges; saves nothing."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.clients.models import Connection
from lexweb.contacts import merge as contacts_merge
from lexweb.contacts.form_conflict import ConflictForm, tidy
from lexweb.ui.typed_fields import DayField, day_text
from lexweb.vouchers.duplicates import twins
from lexweb.vouchers.form import contact_choice, line_forms
from lexweb.vouchers.form.line_forms import LineForm, LinesField, Options
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import categories, fields, merge, policies, sums, wording
from lexweb.vouchers.writing.complaints import Complaint

ORDER = ("voucher_number", "voucher_date", "contact_id")  # where the eye begins


class VoucherForm(ConflictForm):
    """A voucher with every field that the API can write."""

    mark_optional = False

    type = forms.ChoiceField(label=gettext_lazy("Kind"), choices=())
    voucher_number = forms.CharField(
        label=gettext_lazy("Number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    voucher_date = DayField(label=gettext_lazy("Voucher date"), required=False)
    shipping_date = DayField(label=gettext_lazy("Supply date"), required=False)
    due_date = DayField(label=gettext_lazy("Due date"), required=False, attrs={"data-day-base": "voucher_date"})
    tax_type = forms.ChoiceField(label=gettext_lazy("Amounts"), choices=(), widget=forms.RadioSelect)
    collective = forms.BooleanField(label=gettext_lazy("Collective contact"), required=False)
    contact_id = forms.CharField(label=gettext_lazy("Contact"), required=False, widget=contact_choice.ContactSelect)
    contact_q = forms.CharField(label=gettext_lazy("Find a contact"), required=False, max_length=100)
    remark = forms.CharField(label=gettext_lazy("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    lines = LinesField(label=gettext_lazy("Lines"), required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        connection: Connection,
        voucher: Voucher | None = None,
        values: Mapping[str, Any] | None = None,
        kind_locked: bool = False,
    ) -> None:
        """
        :param voucher: as the mirror has it, with `detail`, for an edit
        :param values: what a new one begins with, fields by name
        """
        raw = voucher.detail.raw if voucher else {}
        seen, proposed = fields.read(raw), sums.proposed_lines(raw)
        shown = seen | {"lines": seen["lines"] or proposed} if voucher else {**seen, **(values or {})}
        self.connection, self.voucher = connection, voucher
        self.notices: list[str] = []
        super().__init__(
            data,
            salt=f"voucher:{connection.pk}:{voucher.lexware_id}" if voucher else f"voucher:{connection.pk}",
            seen=(raw.get("version") or 0, seen | {"proposed": proposed}) if voucher else None,
            initial=_initial(shown) | {"key": uuid.uuid4()},
            use_required_attribute=False,
        )
        self.fields["type"].disabled = kind_locked
        self.fields["type"].choices = wording.kinds()  # type: ignore[attr-defined]
        self.fields["tax_type"].choices = wording.tax_types()  # type: ignore[attr-defined]
        self.options = Options(categories.choices(connection, self.kind))
        self.fields["contact_id"].widget.choices = self._contacts()
        self.rows: list[LineForm] = []
        self.decide()
        self.redraw_lines()

    # --- what a voucher is like -------------------------------------------------------------------------------------

    def labels(self) -> Mapping[str, str]:
        """Return the untranslated labels of all fields."""
        return {field.name: field.label for field in fields.FIELDS}

    def read(self, payload: dict[str, Any]) -> fields.Values:
        """Return the values of a voucher."""
        return fields.read(payload)

    def combine(self, *, before: fields.Values, mine: fields.Values, theirs: fields.Values) -> contacts_merge.Merge:
        """Merge field by field."""
        if theirs["lines"] and before.get("proposed") and mine["lines"] == before["proposed"]:
            mine = mine | {"lines": before["lines"]}  # nobody has touched what was proposed
        return merge.three_way(before=before, mine=mine, theirs=theirs)

    def words(self, name: str, value: Any) -> str:
        """Return a value as people read it."""
        return wording.value(self.connection, name, value, self.options.known) or super().words(name, value)

    def put(self, data: Any, name: str, value: Any) -> None:
        """Write a value into what was sent, as people type it."""
        if name == "lines":
            for number in line_forms.numbers(data):
                line_forms.erase(data, number)
            for number, line in enumerate(value):
                line_forms.write(data, number, line)
        elif fields.BY_NAME[name].kind == "day":
            data[name] = day_text(date.fromisoformat(value)) if value else ""
        else:
            super().put(data, name, value)

    # --- what the page shows ------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """Return the kind that stands in the form."""
        value = self["type"].value()
        return str(value) if value in fields.KINDS else fields.KINDS[2]

    @property
    def is_purchase(self) -> bool:
        """Say whether it is about what the client buys."""
        return self.kind in fields.PURCHASES

    @property
    def contact_label(self) -> str:
        """Return what the contact is to the client."""
        return _("Vendor") if self.is_purchase else _("Customer")

    @property
    def earlier(self) -> list[contact_choice.Earlier]:
        """Return earlier vouchers of the chosen contact."""
        return contact_choice.earlier(self.connection, str(self["contact_id"].value() or ""))

    @property
    def expected(self) -> list[tuple[str, Decimal, Decimal]]:
        """Return what the receipt says is its total, and how far the lines are from it."""
        if self.voucher is None:
            return []
        raw = self.voucher.detail.raw if policies.bookable(self.voucher) else {}
        found = [(_("Total of the e-invoice"), twins.invoice_total(self.voucher))]
        if raw.get("totalGrossAmount") is not None:
            found.append((_("Total read from the receipt"), Decimal(str(raw["totalGrossAmount"]))))
        gross = self.totals.gross
        return [(label, total, gross - total) for label, total in found if total is not None]

    @property
    def totals(self) -> sums.Totals:
        """Return what the lines add up to, as far as they can be read."""
        return sums.totals(self._readable(), self.shown_tax_type)

    @property
    def tax_by_rate(self) -> list[tuple[Decimal, Decimal]]:
        """Return the tax of each rate, the highest rate first."""
        found: dict[Decimal, Decimal] = {}
        for line in self._readable():
            if line["tax_rate"]:
                rate = Decimal(line["tax_rate"])
                found[rate] = found.get(rate, Decimal(0)) + Decimal(line["tax_amount"] or 0)
        return sorted(found.items(), reverse=True)

    @property
    def shown_tax_type(self) -> str:
        """Return whether amounts are net, gross or free of tax."""
        value = self["tax_type"].value()
        return str(value) if value in sums.TAX_TYPES else sums.TAX_TYPES[0]

    def blank_row(self) -> LineForm:
        """Return an empty line to copy from; its number is written into it in the browser."""
        return LineForm(number=99999, options=self.options)

    def calm(self) -> None:
        """Show what was typed without judging it: it was not sent to be saved."""
        for form in (self, *self.rows):
            form.errors.clear()

    def focus_first_open(self) -> None:
        """Let the page begin in the first field that is empty; if none is, in the first."""
        bound: list[Any] = [self[name] for name in ORDER if name != "contact_id" or not self["collective"].value()]
        bound += [row[part] for row in self.rows for part in ("amount", "tax_rate", "category_id")]
        first = next((each for each in bound if each.value() in (None, "")), bound[0])
        first.field.widget.attrs["autofocus"] = True

    # --- lines ----------------------------------------------------------------------------------------------------

    def add_line(self) -> None:
        """Add an empty line at the end."""
        data = self.own_data()
        number = max(line_forms.numbers(data), default=-1) + 1
        line_forms.write(data, number, fields.NO_LINE)
        self.redraw_lines()

    def drop_line(self, number: str) -> None:
        """Take a line away."""
        if number.isdecimal():
            line_forms.erase(self.own_data(), int(number))
        self.redraw_lines()

    def take_over(self, values: Mapping[str, Any]) -> None:
        """Put the values of another voucher into what was typed."""
        data = self.own_data()
        for name, value in values.items():
            if name in self.merged_fields() and not self.fields[name].disabled:
                self.put(data, name, value)
        self.redraw_lines()

    def renew_key(self) -> None:
        """Make this a form for yet another voucher."""
        self.own_data()["key"] = str(uuid.uuid4())

    # --- complaints -------------------------------------------------------------------------------------------------

    def add_complaints(self, complaints: Iterable[Complaint]) -> None:
        """Show each complaint at its field, or above the form."""
        filled = [row for row in self.rows if not row.is_blank]
        for each in complaints:
            if each.line is not None and each.line < len(filled) and each.part:
                filled[each.line].add_error(each.part, each.text)
                self.add_error("lines", _("Line %(number)s: %(text)s") % {"number": each.line + 1, "text": each.text})
            else:
                self.add_error(each.field if each.field in self.fields else None, each.text)

    # --- validation -------------------------------------------------------------------------------------------------

    def values(self) -> fields.Values:
        """Return what was typed, as `fields` holds it; only after `is_valid`."""
        return fields.clean(super().values())

    def full_clean(self) -> None:
        """Check everything; +14 counts from the day of the voucher."""
        due, start = self.fields["due_date"], self.fields["voucher_date"]
        if self.is_bound and isinstance(due, DayField):
            try:
                due.base = start.clean(self["voucher_date"].value())
            except forms.ValidationError:
                due.base = None
        super().full_clean()

    def clean_contact_id(self) -> str:
        """Only ids can be chosen."""
        try:
            return str(uuid.UUID(str(self.cleaned_data["contact_id"])))
        except ValueError:
            return ""

    def clean_remark(self) -> str:
        """Line ends as one sign each."""
        return tidy(str(self.cleaned_data["remark"]))

    def clean_key(self) -> uuid.UUID:
        """A form that lost its key gets a new one."""
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean_lines(self) -> list[dict[str, Any]]:
        """Check each line that is not blank; the tax that was left out follows from the rate."""
        found, wrong = [], []
        for place, row in enumerate([row for row in self.rows if not row.is_blank], 1):
            if row.is_valid():
                found.append(line_forms.taxed(row.cleaned_data, self.shown_tax_type))
            else:
                wrong.append(_("Line %(number)s: %(text)s") % {"number": place, "text": _first(row)})
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def _contacts(self) -> list[tuple[str, str]]:
        chosen, text = str(self["contact_id"].value() or ""), str(self["contact_q"].value() or "").strip()
        name = self.voucher.contact_name if self.voucher and str(self.voucher.contact_id) == chosen else ""
        return contact_choice.choices(self.connection, chosen, text, purchase=self.is_purchase, name=name)

    def redraw_lines(self) -> None:
        """Make the lines anew from what was sent, or from what the form begins with."""
        if self.is_bound:
            data = self.data
            self.rows = [LineForm(data, number=each, options=self.options) for each in line_forms.numbers(data)]
            if not self.rows:
                self.rows = [LineForm(number=0, options=self.options)]
        else:
            lines = self.initial["lines"] or [fields.NO_LINE]
            self.rows = [LineForm(number=n, options=self.options, line=line) for n, line in enumerate(lines)]

    def _readable(self) -> list[fields.Line]:
        return [line_forms.readable(row, self.shown_tax_type) for row in self.rows]


def _initial(values: Mapping[str, Any]) -> dict[str, Any]:
    shown = dict(values)
    for name, field in fields.BY_NAME.items():
        if field.kind == "day" and shown.get(name):
            shown[name] = date.fromisoformat(shown[name])
    shown["tax_type"] = shown.get("tax_type") or sums.TAX_TYPES[0]
    return shown


def _first(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])
