"""The part of a form that knows what the person saw, and what somebody else has saved since; vouchers use it, too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core import signing
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from lexweb.contacts import merge

Values = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A difference in words: label and the three values as text."""

    name: str
    label: str
    mine: str
    theirs: str
    before: str
    now: str = ""
    error: str = ""


class ConflictForm(forms.Form):
    """
    A form that merges what was typed with what somebody else has saved.

    For an existing record it carries, signed, what the person saw (`base`): its version and values. That is what a
    conflict is merged against, whatever a sync has stored in the meantime. After a conflict it also holds what the
    colliding fields were before, so that an undecided one can be offered again.

    What a record is like is said by the methods of the first section.
    """

    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, salt: str, seen: tuple[int, Values] | None, initial: dict[str, Any], **options: Any
    ) -> None:
        """
        :param salt: names the record, as what one record's form carries says nothing about another record
        :param seen: version and values of an existing record
        """
        self.differences: tuple[merge.Difference, ...] = ()
        self.taken: tuple[merge.Difference, ...] = ()  # what a merge took over from the other side
        self._salt = salt
        base = self._sign(*seen) if seen else ""
        super().__init__(data, initial={**initial, "base": base}, **options)

    # --- what a record is like: said by each form --------------------------------------------------------------------

    def labels(self) -> Mapping[str, str]:
        """Return the untranslated labels of the fields that are merged, by name."""
        raise NotImplementedError

    def read(self, payload: dict[str, Any]) -> Values:
        """Return the values of a record in the JSON of the API."""
        raise NotImplementedError

    def combine(self, *, before: Values, mine: Values, theirs: Values) -> merge.Merge:
        """Merge field by field."""
        raise NotImplementedError

    def words(self, name: str, value: Any) -> str:
        """Return a value as people read it."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(value or "–")

    def put(self, data: Any, name: str, value: Any) -> None:
        """Write a value into what was sent; an unticked box is one that is not sent."""
        if value is False:
            data.pop(name, None)
        else:
            data[name] = "on" if value is True else value

    # --- what was seen, what was typed --------------------------------------------------------------------------

    @cached_property
    def _base(self) -> dict[str, Any]:
        try:
            return dict(signing.loads(self["base"].value() or "", salt=self._salt))
        except signing.BadSignature:
            return {"version": -1, "values": {}, "before": {}}

    @property
    def seen(self) -> Values:
        """Return the values that the person had before them; nothing if the form was tampered with."""
        return dict(self._base["values"])

    @property
    def version(self) -> int:
        """Return the version the person saw; -1 if the form was tampered with."""
        return int(self._base["version"])

    def values(self) -> Values:
        """
        Return what was typed, with the choices of a conflict applied; only after `is_valid`.

        What nobody touched stays as it was to the last blank: tidying it up would look like a change.
        """
        seen, typed = self.seen, {}
        for name in self.merged_fields():
            value, was = self.cleaned_data[name], seen.get(name)
            typed[name] = was if isinstance(was, str) and tidy(was) == value else value
        return typed

    def merged_fields(self) -> list[str]:
        """Return the names of the fields that are merged, those of this form only."""
        labels = self.labels()
        return [name for name in self.fields if name in labels]

    # --- somebody saved first -----------------------------------------------------------------------------------

    def offer_newer(self, payload: dict[str, Any]) -> merge.Merge:
        """
        Merge what was typed with what is there now, and put the result into the form.

        Collisions stay as typed and are listed in `differences` for the person to choose.
        """
        mine, theirs = self.values(), self.read(payload)
        merged = self.combine(before=self.seen, mine=mine, theirs=theirs)
        self.differences, self.taken = merged.differences, merged.taken
        data = self.own_data()
        for name in mine:
            data.pop(f"keep-{name}", None)
            self.put(data, name, merged.values[name])
        data.pop("collision", None)
        data["base"] = self._sign(payload["version"], theirs, {d.name: d.before for d in merged.collisions})
        self.__dict__.pop("_base", None)
        return merged

    def decide(self) -> None:
        """Put what was chosen after a conflict into the form; what nobody chose is offered again."""
        if not self.is_bound:
            return
        data, mergeable = self.own_data(), self.merged_fields()
        for name in dict.fromkeys(data.getlist("collision")):
            if name in mergeable:
                self._decide(data, name)

    def recheck(self) -> None:
        """Check the merged values as if they had been typed."""
        open_, self.differences = self.differences, ()
        self.full_clean()
        self.differences = open_

    @property
    def colliding(self) -> list[Row]:
        """Return the fields that both sides changed differently."""
        return [
            replace(self._row(d, d.mine), error=" ".join(map(str, self.errors.get(d.name, ()))))
            for d in self.differences
            if d.collides
        ]

    @property
    def merged(self) -> list[Row]:
        """Return the fields that only one side changed, with what they are now."""
        return [self._row(d, d.theirs if d in self.taken else d.mine) for d in self.differences if not d.collides]

    def clean(self) -> dict[str, Any]:
        """Nothing is saved while a choice is open."""
        data = super().clean() or self.cleaned_data
        for difference in self.differences:
            self.add_error(difference.name, _("Choose which version is to be kept."))
        return data

    def own_data(self) -> Any:
        """Make what was sent changeable, and return it."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        return self.data

    def _decide(self, data: Any, name: str) -> None:
        seen, choice = self.seen, data.get(f"keep-{name}")
        if choice == "theirs" and name in seen:
            self.put(data, name, seen[name])
        elif choice != "mine":
            label, before = self.labels()[name], self._base.get("before", {}).get(name)
            mine, theirs = self[name].value(), seen.get(name)
            self.differences += (merge.Difference(name, label, mine, theirs, before, collides=True),)

    def _sign(self, version: int, values: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> str:
        base = {"version": version, "values": dict(values), "before": dict(before or {})}
        return signing.dumps(base, salt=self._salt, compress=True)

    def _row(self, d: merge.Difference, now: Any) -> Row:
        said = [self.words(d.name, value) for value in (d.mine, d.theirs, d.before, now)]
        return Row(d.name, _(d.label), *said)


def tidy(text: str) -> str:
    """Return the text with line ends as one sign each, and without blanks around it."""
    return text.replace("\r\n", "\n").strip()
