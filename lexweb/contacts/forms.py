"""What people may type about a contact. Validates and merges; saves nothing."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.contacts import fields, hints, merge
from lexweb.contacts.form_fields import AddressFields, CommunicationFields, NameFields, text

NOTE_LENGTH = 1000


@dataclass(frozen=True)
class Row:
    """A difference in words: label and the three values as text."""

    name: str
    label: str
    mine: str
    theirs: str
    before: str
    now: str = ""


class ContactForm(NameFields, AddressFields, CommunicationFields):
    """
    A contact, company or person, with every field that the API can write.

    For an existing contact the form carries, signed, what the person saw (`base`): its version and values. That is
    what a conflict is merged against, whatever a sync has stored in the meantime. After a conflict it also holds
    what the colliding fields were before, so that an undecided one can be offered again.
    """

    mark_optional = False  # nearly everything is: the page says so once

    leitweg_id = text(
        gettext_lazy("Leitweg-ID"), spellcheck="false", hint=gettext_lazy("Needs our vendor number, too.")
    )
    vendor_number_there = text(gettext_lazy("Our vendor number at the customer"))
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        company: bool,
        countries: Iterable[tuple[str, str]],
        payload: fields.Payload | None = None,
    ) -> None:
        """
        :param payload: the contact as the mirror has it, for an edit; None for a new one
        """
        self.company = company
        self.differences: tuple[merge.Difference, ...] = ()
        self.taken: tuple[merge.Difference, ...] = ()  # what a merge took over from the other side
        self.locks: list[str] = []  # lists that keep the API from updating the contact
        self.notices: list[str] = []
        seen = fields.read(payload) if payload else {"billing_country": "DE", "customer": True}
        base = _sign(payload["version"], seen) if payload else ""
        super().__init__(data, initial={**seen, "base": base, "key": uuid.uuid4()})
        self._keep_only_kind()
        options = list(countries)
        for name in ("billing_country", "shipping_country"):
            self._offer_countries(name, options, seen.get(name))
        self._decide()

    # --- what was seen, what was typed --------------------------------------------------------------------------

    @cached_property
    def _base(self) -> dict[str, Any]:
        try:
            return dict(signing.loads(self["base"].value() or "", salt="contact"))
        except signing.BadSignature:
            return {"version": -1, "values": {}, "before": {}}

    @property
    def seen(self) -> fields.Values:
        """Return the values that the person had before them; nothing if the form was tampered with."""
        return dict(self._base["values"])

    @property
    def version(self) -> int:
        """Return the version the person saw; -1 if the form was tampered with."""
        return int(self._base["version"])

    def values(self) -> fields.Values:
        """
        Return what was typed, with the choices of a conflict applied; only after `is_valid`.

        What nobody touched stays as it was to the last blank: tidying it up would look like a change.
        """
        seen, typed = self.seen, {}
        for name in self.fields:
            if name in fields.BY_NAME:
                value, was = self.cleaned_data[name], seen.get(name)
                typed[name] = was if isinstance(was, str) and _tidy(was) == value else value
        return typed

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return what was typed for the other kind of contact, so that switching back finds it again."""
        others = [name for name in fields.BY_NAME if name not in self.fields]
        return [(name, value) for name in others if (value := self.data.get(name))]

    def hints(self) -> dict[str, str]:
        """Return remarks that stop nobody, by field."""
        names = [name for name in self.fields if name in fields.BY_NAME]
        return hints.of({name: self[name].value() for name in names})

    # --- conflict ---------------------------------------------------------------------------------------------------

    def offer_newer(self, payload: fields.Payload) -> merge.Merge:
        """
        Merge what was typed with what is there now, and put the result into the form.

        Collisions stay as typed and are listed in `differences` for the person to choose.
        """
        mine, theirs = self.values(), fields.read(payload)
        merged = merge.three_way(before=self.seen, mine=mine, theirs=theirs)
        self.differences, self.taken = merged.differences, merged.taken
        data = self._own_data()
        for name in mine:
            data.pop(f"keep-{name}", None)
            _put(data, name, merged.values[name])
        data.pop("collision", None)
        data["base"] = _sign(payload["version"], theirs, {d.name: d.before for d in merged.collisions})
        self.__dict__.pop("_base", None)
        return merged

    def recheck(self) -> None:
        """Check the merged values as if they had been typed."""
        open_, self.differences = self.differences, ()
        self.full_clean()
        self.differences = open_

    @property
    def colliding(self) -> list[Row]:
        """Return the fields that both sides changed differently."""
        return [_row(d, d.mine) for d in self.differences if d.collides]

    @property
    def merged(self) -> list[Row]:
        """Return the fields that only one side changed, with what they are now."""
        return [_row(d, d.theirs if d in self.taken else d.mine) for d in self.differences if not d.collides]

    def renew_key(self) -> None:
        """Make this a form for yet another contact."""
        self._own_data()["key"] = str(uuid.uuid4())

    # --- complaints of the API --------------------------------------------------------------------------------------

    def add_issues(self, issues: Iterable[Any]) -> None:
        """Show each complaint of Lexware Office at the field it names, or above the form."""
        typed = self.values()
        for issue in issues:
            name = fields.at_fault(issue.source, typed)
            if name in self.fields:
                self.add_error(name, explain(issue.code, issue.source))
            else:
                self.add_error(None, explain(issue.code, issue.source))

    # --- validation -------------------------------------------------------------------------------------------------

    def clean_note(self) -> str:
        """Line ends as one sign each, so that the length is what Lexware Office counts."""
        note = _tidy(str(self.cleaned_data["note"]))
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
        for difference in self.differences:
            self.add_error(difference.name, _("Choose which version is to be kept."))
        return data

    def _need(self, name: str) -> None:
        if name in self.fields and name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, _("Fill in this field."))

    def _own_data(self) -> Any:
        """Make what was sent changeable, and return it."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        return self.data

    def _decide(self) -> None:
        """Put what was chosen after a conflict into the form; what nobody chose is offered again."""
        if not self.is_bound:
            return
        names = [name for name in self._own_data().getlist("collision") if name in self.fields]
        if not names:
            return
        data, seen, before = self._own_data(), self.seen, self._base.get("before", {})
        for name in names:
            choice = data.get(f"keep-{name}")
            if choice == "theirs" and name in seen:
                _put(data, name, seen[name])
            elif choice != "mine":
                mine, theirs = self[name].value(), seen.get(name)
                open_ = merge.Difference(
                    name, fields.BY_NAME[name].label, mine, theirs, before.get(name), collides=True
                )
                self.differences += (open_,)

    def _keep_only_kind(self) -> None:
        names = fields.of_kind(dict.fromkeys(fields.BY_NAME), company=self.company)
        for name in [name for name in self.fields if name in fields.BY_NAME and name not in names]:
            del self.fields[name]

    def _offer_countries(self, name: str, options: list[tuple[str, str]], current: Any) -> None:
        known = {code for code, _name in options}
        typed = self.data.get(name) if self.is_bound else None
        extra = [(code, code) for code in {current, typed} - known - {None, ""} if code]
        self.fields[name].choices = [("", _("No country")), *options, *extra]  # type: ignore[attr-defined]


EXPLANATIONS = {
    "missing_entity": gettext_lazy("Lexware Office needs a value here."),
    "invalid_value": gettext_lazy("Lexware Office does not accept this value."),
    "countrycode_is_not_valid": gettext_lazy("Lexware Office does not know this country."),
    "account_number_already_exists": gettext_lazy(
        "Lexware Office is still assigning numbers. Save again in a few seconds."
    ),
}


def explain(code: str, source: str) -> str:
    """Return a sentence for a complaint of the API; its own texts are not meant for people (behaviour.md, ch. 4)."""
    if code in EXPLANATIONS:
        return str(EXPLANATIONS[code])
    return _("Lexware Office refuses this value (%(code)s %(source)s).") % {"code": code, "source": source}


def _row(difference: merge.Difference, now: Any) -> Row:
    d = difference
    return Row(d.name, _(d.label), _words(d.mine), _words(d.theirs), _words(d.before), _words(now))


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value or "–")


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _sign(version: int, values: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> str:
    base = {"version": version, "values": dict(values), "before": dict(before or {})}
    return signing.dumps(base, salt="contact", compress=True)


def _put(data: Any, name: str, value: Any) -> None:
    """Set a form value; an unticked box is one that is not sent."""
    if value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else value


class ListForm(forms.Form):
    """The filter line; nonsense in the address is replaced by the default."""

    q = forms.CharField(required=False)
    role = forms.ChoiceField(required=False, choices=[("", ""), ("customer", ""), ("vendor", "")])
    archived = forms.BooleanField(required=False)
    sort = forms.RegexField(r"^-?(name|number|city|email)$", required=False)

    def clean_q(self) -> str:
        """Whatever was pasted: its beginning is searched for."""
        return str(self.cleaned_data["q"])[:200]
