"""The filters of the queue as a form, and the name of a saved view."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lexweb.firm.models import Staff
from lexweb.review import filters
from lexweb.review.filters import Filters
from lexweb.vouchers import kinds

TYPED = {"inputmode": "decimal", "autocomplete": "off"}


class FilterForm(forms.Form):
    """What narrows the queue down, besides the search and the clients."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *((key, label) for key, (label, _all) in kinds.GROUPS.items())],
    )
    assigned = forms.ChoiceField(label=_("Assigned to"), required=False)
    least = forms.CharField(label=_("Amount from"), required=False, widget=forms.TextInput(TYPED))
    most = forms.CharField(label=_("Amount to"), required=False, widget=forms.TextInput(TYPED))
    older = forms.ChoiceField(label=_("Age"), required=False)
    image = forms.BooleanField(label=_("Without image"), required=False, widget=forms.CheckboxInput({"value": "none"}))
    duplicate = forms.BooleanField(
        label=_("Possible duplicates"), required=False, widget=forms.CheckboxInput({"value": "1"})
    )

    def __init__(self, data: QueryDict, chosen: Filters, people: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        everybody = [(filters.ME, _("Me")), (filters.NOBODY, _("Nobody")), *((str(key), name) for key, name in people)]
        self.fields["assigned"] = _choice(_("Assigned to"), [("", _("All")), *everybody])
        ages = sorted({*filters.AGES, int(chosen.older or filters.OLD)})
        older = [(str(days), ngettext("at least %d day", "at least %d days", days) % days) for days in ages]
        self.fields["older"] = _choice(_("Age"), [("", _("Any")), *older])

    def clean_least(self) -> str:
        """Say so if it is no amount; the list ignores it then."""
        return _checked(self.cleaned_data["least"])

    def clean_most(self) -> str:
        """Say so if it is no amount; the list ignores it then."""
        return _checked(self.cleaned_data["most"])


class ViewForm(forms.Form):
    """The name of a saved view."""

    name = forms.CharField(label=_("Name of the view"), max_length=40)

    def add_taken(self) -> None:
        """Say that the name is in use."""
        self.add_error("name", _("You have a view of this name. Choose another one."))

    def add_too_many(self) -> None:
        """Say that something has to go first."""
        self.add_error("name", _("You have as many views as there can be. Delete one of them first."))


class AssignForm(forms.Form):
    """Who looks after a voucher."""

    assignee = forms.ChoiceField(required=False)

    def __init__(self, data: QueryDict | None, people: Iterable[Staff], *, now: int | None) -> None:
        super().__init__(data, initial={"assignee": str(now or "")})
        self._people = {str(person.pk): person for person in people}
        choices = [("", _("Nobody")), *((key, person.name) for key, person in self._people.items())]
        self.fields["assignee"] = _choice(_("Assigned to"), choices, widget=forms.RadioSelect)

    @property
    def chosen(self) -> Staff | None:
        """Return the person, or nobody; after `is_valid`."""
        return self._people.get(self.cleaned_data["assignee"])


def _choice(label: Any, choices: Sequence[tuple[str, Any]], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices, **options)


def _checked(text: str) -> str:
    if text and filters.amount(text) is None:
        raise forms.ValidationError(_("This is no amount. Type it as 1.234,50."))
    return text
