"""What the voucher list can be asked for (behaviour.md, chapters 3 and 11)."""

import html
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from pydantic.alias_generators import to_camel

from lexweb.lexware import search


class Filters(TypedDict, total=False):
    """
    What narrows the list down, joined with AND. There is none for names or amounts.

    Days are whole days in Germany, both ends included. `voucher_number` is compared as it stands.
    """

    archived: bool
    contact_id: UUID
    voucher_number: str
    voucher_date_from: date
    voucher_date_to: date
    created_date_from: date
    created_date_to: date
    updated_date_from: date
    updated_date_to: date


def kinds(types: str | Sequence[str], statuses: str | Sequence[str]) -> dict[str, str]:
    """
    Return the two query parameters that are mandatory.

    :raises ValueError: one is empty, or "overdue" stands beside another status
    """
    wanted = {"voucherType": _listed(types), "voucherStatus": _listed(statuses)}
    if "overdue" in wanted["voucherStatus"].split(",") != ["overdue"]:
        raise ValueError("overdue cannot be combined with other statuses")
    return wanted


def _listed(words: str | Sequence[str]) -> str:
    listed = ",".join([words] if isinstance(words, str) else words)
    if not listed:
        raise ValueError("the voucher list wants at least one type and one status")
    return listed


def narrowed(filters: Filters) -> dict[str, str]:
    """
    Return the filters as query parameters.

    :raises ValueError: a datetime where a day belongs
    """
    return {_NAMES[name]: _written(value) for name, value in filters.items() if value is not None}


_NAMES = {name: to_camel(name) for name in Filters.__annotations__}


def _written(value: object) -> str:
    if isinstance(value, bool):
        return search.flag(value)
    if isinstance(value, datetime):
        raise ValueError("the voucher list is filtered by days")  # 23:30 in UTC is tomorrow in Germany
    if isinstance(value, date):
        return value.isoformat()
    return escaped(str(value))


def escaped(number: str) -> str:
    """Write a voucher number as a filter: `&`, `<` and `>` as HTML entities (behaviour.md, chapter 3)."""
    return html.escape(number, quote=False)
