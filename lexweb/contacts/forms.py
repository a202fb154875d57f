"""What people may type about a contact. Validates and merges; saves nothing."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.contacts import complaints, fields, hints, merge, wishes
from lexweb.contacts.form_conflict import ConflictForm, tidy
from lexweb.contacts.form_fields import AddressFields, CommunicationFields, NameFields, text
from lexweb.contacts.models import NOTE_LENGTH, Contact


class ContactForm(NameFields, AddressFields, CommunicationFields, ConflictForm):
    """A contact, company or person, with every field that the API can write."""

    mark_optional = False  # nearly everything is: the page says so once

    leitweg_id = text(
        gettext_lazy("Leitweg-ID"), spellcheck="false", hint=gettext_lazy("Needs our vendor number, too.")
    )
    vendor_number_there = text(gettext_lazy("Our vendor number at the customer"))
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        company: bool,
        countries: Iterable[tuple[str, str]],
        contact: Contact | None = None,
        role: str = "",
    ) -> None:
        """
        :param contact: as the mirror has it, for an edit; None for a new one
        :param role: customer or vendor: what a new one begins as
        """
        self.company = company
        self.locks: list[str] = []  # lists that keep the API from updating the contact
        self.notices: list[str] = []
        seen = (
            fields.read(contact.raw)
            if contact
            else {"billing_country": "DE", role if role in fields.ROLES else "customer": True}
        )
        super().__init__(
            data,
            salt=f"contact:{contact.connection_id}:{contact.lexware_id}" if contact else "contact",
            seen=(contact.raw["version"], seen) if contact else None,
            initial={**seen, "key": uuid.uuid4()},
        )
        self._keep_only_kind()
        options = list(countries)
        for name in ("billing_country", "shipping_country"):
            self._offer_countries(name, options, seen.get(name))
        self.decide()

    def labels(self) -> Mapping[str, str]:
        """Return the untranslated labels of all fields."""
        return {field.name: field.label for field in fields.FIELDS}

    def read(self, payload: dict[str, Any]) -> fields.Values:
        """Return the values of a contact."""
        return fields.read(payload)

    def combine(self, *, before: fields.Values, mine: fields.Values, theirs: fields.Values) -> merge.Merge:
        """Merge field by field."""
        return merge.three_way(before=before, mine=mine, theirs=theirs)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return what was typed for the other kind of contact, so that switching back finds it again."""
        others = [name for name in fields.BY_NAME if name not in self.fields]
        return [(name, value) for name in others if (value := self.data.get(name))]

    def hints(self) -> dict[str, str]:
        """Return remarks that stop nobody, by field."""
        names = [name for name in self.fields if name in fields.BY_NAME]
        return hints.of({name: self[name].value() for name in names})

    def renew_key(self) -> None:
        """Make this a form for yet another contact."""
        self.own_data()["key"] = str(uuid.uuid4())

    # --- complaints of the API --------------------------------------------------------------------------------------

    def add_issues(self, issues: Iterable[Any]) -> None:
        """Show each complaint of Lexware Office at the field it names, or above the form."""
        typed = self.values()
        for issue in issues:
            name = fields.at_fault(issue.source, typed)
            if name in self.fields:
                self.add_error(name, complaints.explain(issue.code, issue.source))
            else:
                self.add_error(None, complaints.explain(issue.code, issue.source))

    # --- validation -------------------------------------------------------------------------------------------------

    def clean_note(self) -> str:
        """Line ends as one sign each, so that the length is what Lexware Office counts."""
        note = tidy(str(self.cleaned_data["note"]))
        if len(note) > NOTE_LENGTH:
            raise forms.ValidationError(
                _("At most %(limit)s characters; these are %(length)s. Nothing was cut off: shorten it.")
                % {"limit": NOTE_LENGTH, "length": len(note)}
            )
        return note

    def clean_key(self) -> uuid.UUID:
        """A form that lost its key gets a new one."""
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        data = super().clean() or self.cleaned_data
        if not data.get("customer") and not data.get("vendor"):
            self.add_error("customer", _("Choose at least one role."))
        self._need("company_name" if self.company else "last_name")
        if any(data.get(f"cp_{part}") for part in ("salutation", "first_name", "email", "phone")):
            self._need("cp_last_name")
        for kind in ("billing", "shipping"):
            if any(data.get(f"{kind}_{part}") for part in ("supplement", "street", "zip", "city")):
                self._need(f"{kind}_country")
        if data.get("leitweg_id"):
            self._need("vendor_number_there")
        return data

    def _need(self, name: str) -> None:
        if name in self.fields and name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, _("Fill in this field."))

    def _keep_only_kind(self) -> None:
        names = fields.of_kind(dict.fromkeys(fields.BY_NAME), company=self.company)
        for name in [name for name in self.fields if name in fields.BY_NAME and name not in names]:
            del self.fields[name]

    def _offer_countries(self, name: str, options: list[tuple[str, str]], current: Any) -> None:
        known = {code for code, _name in options}
        typed = self.data.get(name) if self.is_bound else None
        extra = [(code, code) for code in {current, typed} - known if code and "\0" not in code]
        self.fields[name].choices = [("", _("No country")), *options, *extra]  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """The filter line; nonsense in the address is replaced by the default."""

    q = forms.CharField(required=False)
    role = forms.ChoiceField(required=False, choices=[("", ""), ("customer", ""), ("vendor", "")])
    archived = forms.BooleanField(required=False)
    sort = forms.RegexField(r"^-?(name|number|city|email)$", required=False)

    def clean_q(self) -> str:
        """Whatever was pasted: its beginning is searched for."""
        return str(self.cleaned_data["q"])[:200]


class BulkForm(forms.Form):
    """What to change in many contacts."""

    change = forms.ChoiceField(
        label=gettext_lazy("What should be changed?"), choices=list(wishes.CHANGES.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("Text of the note"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH}),
    )

    def clean_text(self) -> str:
        """Line ends as one sign each."""
        return tidy(str(self.cleaned_data["text"]))

    def clean(self) -> dict[str, Any]:
        """A note needs its text, a role has none."""
        data = super().clean() or self.cleaned_data
        if data.get("change") in wishes.WITH_TEXT and not data.get("text"):
            self.add_error("text", _("Fill in this field."))
        return data

    def wish(self) -> wishes.Wish:
        """Return what the person wishes."""
        change = self.cleaned_data["change"]
        return wishes.Wish(change, self.cleaned_data["text"] if change in wishes.WITH_TEXT else "")
