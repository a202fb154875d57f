"""More accounts than the demo has, for measuring: each is one of the businesses again, under ids of its own."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lexweb.sandbox import shelf
from lexweb.sandbox.contacts import book
from lexweb.sandbox.seed.companies import ALL, Company

LARGE = 1000  # contacts; who has more is not copied, as nobody wants to wait for ten wholesalers


def companies(count: int) -> Iterator[Company]:
    """The first ``count`` copies, of all businesses in turn."""
    originals = [company for company in ALL if company.contacts < LARGE]
    for number, company in zip(range(count), itertools.cycle(originals), strict=False):
        yield replace(company, copy=number // len(originals) + 2)


def original(company: Company) -> Company:
    """What a company is a copy of; itself if it is none."""
    return replace(company, copy=0)


def contacts(company: Company, records: tuple[book.Record, ...]) -> tuple[book.Record, ...]:
    """The original's contacts as the copy has them: the ids are the same, the organization is not."""
    if not company.copy:
        return records
    return tuple(replace(each, contact=each.contact | {"organizationId": company.id}) for each in records)


def books(company: Company, records: Mapping[str, shelf.Record]) -> Mapping[str, shelf.Record]:
    """The original's records as the copy has them."""
    if not company.copy:
        return records
    head = {"organizationId": company.id}
    return {key: replace(each, document=each.document | head) for key, each in records.items()}
