"""What can be changed in many contacts at once; it merges with whatever a contact holds by then."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lexweb.contacts import fields
from lexweb.contacts.models import NOTE_LENGTH

Values = dict[str, Any]

CHANGES: dict[str, Promise] = {
    "customer": _("Add the role customer"),
    "vendor": _("Add the role vendor"),
    "set_note": _("Replace the note"),
    "append_note": _("Append to the note"),
}
WITH_TEXT = {"set_note", "append_note"}


class TooLong(Exception):
    """The note would become longer than Lexware Office takes."""


@dataclass(frozen=True)
class Wish:
    """`change` is a key of `CHANGES`; `text` what is put into the note."""

    change: str
    text: str = ""

    @classmethod
    def of(cls, stored: Any) -> Self:
        """Return the wish from its JSON."""
        return cls(stored["change"], stored.get("text", ""))

    @property
    def stored(self) -> dict[str, str]:
        """Return the wish as JSON."""
        return asdict(self)

    @property
    def words(self) -> str:
        """Return what is to be done, for people."""
        return str(CHANGES[self.change])

    def values(self, before: Values) -> Values:
        """
        Return the values to put into a contact that holds `before`.

        :raises TooLong: they cannot be that
        """
        if self.change in fields.ROLES:
            return {self.change: True}
        note = self.text
        if self.change == "append_note" and before["note"]:
            note = f"{before['note']}\n{self.text}"
        if len(note) > NOTE_LENGTH:
            raise TooLong
        return {"note": note}

    def fulfilled(self, now: Values, sent: Values) -> bool:
        """
        Say whether a contact that is like `now` has got the values that were sent.

        A text that was appended is counted: it may have stood there before.
        """
        if self.change in fields.ROLES:
            return bool(now[self.change])
        if self.change == "set_note":
            return bool(now["note"] == self.text)
        return bool(now["note"].count(self.text) >= sent["note"].count(self.text))
