"""What to do with many vouchers, as people type it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.clients.models import Connection
from lexweb.contacts import selectors as contacts
from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission
from lexweb.vouchers import assigning
from lexweb.vouchers.bulk import planning
from lexweb.vouchers.bulk.planning import ASSIGN
from lexweb.vouchers.writing import categories
from lexweb.vouchers.writing.categories import Category
from lexweb.vouchers.writing.wishes import BOOK, CATEGORY, CONTACT, Wish

COLLECTIVE = "collective"
ASKED = 20  # clients whose categories are offered: they hardly differ
OFFERED = 12  # contacts
Choice = tuple[str, Any]


class BulkForm(forms.Form):
    """One change for many vouchers; contacts belong to one client each, so that they can be set for one client only."""

    change = forms.ChoiceField(label=gettext_lazy("What should be done?"), widget=forms.RadioSelect)
    assignee = forms.ChoiceField(label=gettext_lazy("To whom?"), required=False)
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), required=False, widget=forms.Select({"data-picker": True})
    )
    contact_text = forms.CharField(
        label=gettext_lazy("Search by name or number"), required=False, max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    contact = forms.ChoiceField(label=gettext_lazy("Contact"), required=False, widget=forms.RadioSelect)

    def __init__(
        self, data: QueryDict | None, *, staff: Staff, connections: Sequence[Connection], kinds: Sequence[str],
        initial: dict[str, Any],
    ) -> None:  # fmt: skip
        """
        :param connections: of the clients whose vouchers were chosen
        :param kinds: of these vouchers
        """
        super().__init__(data, initial=initial)
        self.connections = connections
        self._people = {
            str(each.pk): each for each in assigning.people(staff, [each.client for each in connections])
        }  # fmt: skip
        self._offer("change", self._changes(staff))
        self._offer("assignee", [("", _("Nobody")), *((key, each.name) for key, each in self._people.items())])
        self._categories = self._known_categories(kinds)
        self._offer("category", [("", _("Choose a category")), *_grouped(self._categories.values())])
        self._found = self._contacts(data.get("contact_text", "").strip()[:100]) if data else []
        self._offer("contact", [*self._found, (COLLECTIVE, _("Collective contact"))])

    @property
    def person(self) -> Staff | None:
        """Return whom the vouchers go to; after `is_valid`."""
        return self._people.get(self.cleaned_data["assignee"])

    @property
    def wish(self) -> Wish:
        """Return what the person wishes; after `is_valid`."""
        change = str(self.cleaned_data["change"])
        if change == BOOK:
            return Wish(BOOK)
        if change == ASSIGN:
            return Wish(ASSIGN, self.cleaned_data["assignee"], str(self.person or ""))
        value = str(self.cleaned_data[change])
        if change == CATEGORY:
            return Wish(CATEGORY, value, self._categories[value].name)
        if value == COLLECTIVE:
            return Wish(CONTACT, "", _("Collective contact"))
        return Wish(CONTACT, value, dict(self._found)[value])

    def clean(self) -> dict[str, Any]:
        """A change needs what it changes to."""
        data = super().clean() or self.cleaned_data
        if data.get("change") == CATEGORY and not data.get("category"):
            self._complain("category", _("Choose a category."))
        if data.get("change") == CONTACT and not data.get("contact"):
            self._need_contact(data)
        return data

    def _need_contact(self, data: dict[str, Any]) -> None:
        """Take the one that was found, or ask."""
        self.errors.pop("contact", None)
        if len(self._found) == 1:
            data["contact"] = self._found[0][0]
        elif self._found:
            self._complain("contact", _("Choose one of the contacts."))
        elif data.get("contact_text"):
            self._complain("contact_text", _("No contact of this client matches."))
        else:
            self._complain("contact_text", _("Type a part of the contact’s name or number."))

    def _complain(self, name: str, text: str) -> None:
        self.errors.pop(name, None)
        self.add_error(name, text)

    def _offer(self, name: str, choices: list[Choice]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _changes(self, staff: Staff) -> list[Choice]:
        left_out = set()
        if not roles.may(staff, Permission.VOUCHER_BOOK):
            left_out.add(BOOK)
        if len(self.connections) != 1:
            left_out.add(CONTACT)
        return [(name, words) for name, words in planning.CHANGES.items() if name not in left_out]

    def _known_categories(self, kinds: Sequence[str]) -> dict[str, Category]:
        """Return the categories to choose from: of one client those used most first."""
        sides = {categories.side(kind) for kind in kinds}
        if len(self.connections) == 1 and len(sides) == 1:
            return {each.id: each for each in categories.choices(self.connections[0], kinds[0])}
        found: dict[str, Category] = {}
        for connection in self.connections[:ASKED]:
            fitting = (each for each in categories.every(connection).values() if each.side in sides)
            found = {each.id: each for each in fitting} | found
        return dict(sorted(found.items(), key=lambda item: (item[1].group, item[1].name)))

    def _contacts(self, text: str) -> list[Choice]:
        if not text or len(self.connections) != 1:
            return []
        found = contacts.matching(self.connections[0], contacts.Query(text=text))[:OFFERED]
        return [(str(contact.lexware_id), contact.listed_as) for contact in found]


def _grouped(known: Any) -> list[Choice]:
    """Return choices with headings; what the client uses comes first."""
    groups: dict[str, list[Choice]] = {}
    for each in known:
        groups.setdefault(_("Used often") if each.used else each.group, []).append((each.id, each.name))
    return list(groups.items())
