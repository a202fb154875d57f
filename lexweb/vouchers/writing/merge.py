"""Two people changed the same voucher: `contacts.merge` for the fields of vouchers."""

from collections.abc import Mapping
from typing import Any

from lexweb.contacts import merge
from lexweb.contacts.merge import Difference, Merge
from lexweb.vouchers.writing import fields

__all__ = ["Difference", "Merge", "three_way"]

Values = Mapping[str, Any]


def three_way(*, before: Values, mine: Values, theirs: Values) -> Merge:
    """Merge field by field, `lines` as one field. A field missing in `before` counts as changed by both sides."""
    return merge.three_way(before=before, mine=mine, theirs=theirs, among=fields.FIELDS)
