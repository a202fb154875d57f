"""What can be changed in many vouchers at once; it merges with whatever a voucher holds by then."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from lexweb.vouchers.writing import fields
from lexweb.vouchers.writing.fields import Line, Values

BOOK, CATEGORY, CONTACT = "book", "category", "contact"


@dataclass(frozen=True)
class Wish:
    """
    `change` is BOOK, CATEGORY or CONTACT.

    :ivar value: the id of the category that every line gets, or of the contact ("" for the collective contact)
    :ivar label: its name, for people
    """

    change: str
    value: str = ""
    label: str = ""

    @classmethod
    def of(cls, stored: Any) -> Self:
        """Return the wish from its JSON."""
        return cls(stored["change"], stored.get("value", ""), stored.get("label", ""))

    @property
    def stored(self) -> dict[str, str]:
        """Return the wish as JSON."""
        return asdict(self)

    @property
    def words(self) -> str:
        """Return what is to be done, for people."""
        if self.change == BOOK:
            return _("Book vouchers")
        if self.change == CATEGORY:
            return _("Set the category to %(name)s") % {"name": self.label}
        if not self.value:
            return _("Set the collective contact")
        return _("Set the contact to %(name)s") % {"name": self.label}

    def values(self, before: Values, proposed: Iterable[Line] = ()) -> Values:
        """
        Return the values to put into a voucher that holds `before`; {} if they are there already, or for BOOK.

        :param proposed: lines that get the category while it has none, see `sums.sure_lines`
        """
        wanted: Values = {}
        if self.change == CATEGORY:
            lines = before["lines"] or proposed
            wanted = {"lines": [line | {"category_id": self.value.lower()} for line in lines]}
        elif self.change == CONTACT:
            wanted = {"collective": not self.value, "contact_id": self.value.lower()}
        return {field.name: wanted[field.name] for field in fields.differing(before, wanted)}
