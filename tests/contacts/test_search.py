"""Found by what people type: case, accents, umlauts in both spellings, parts of words."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexweb.clients.models import Connection
from lexweb.contacts import mirror, search, selectors
from lexweb.contacts.models import Contact
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NAMES = (
    'Müller & Söhne "Die Maler" GmbH', "Café Größenwahn", "O'Brien & Partner", "100% Natur Biohandel GmbH",
    "Druck_Werk Offset", r"Back\Slash e. K.", "A < B Vergleichsportal", "Yıldız Łukasz", "Straßenbau Zoë Çelik",
    "Marke™ GmbH",
)  # fmt: skip
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def connection(cast: Cast) -> Connection:
    """A connection with one contact for each of the names."""
    made = Connection.objects.create(
        client=cast.client, kind="api_key", state="connected", organization_id=uuid4(), company_name="Brandt"
    )
    mirror.store_page(made, [_company(number, name) for number, name in enumerate(NAMES)], asked_at=AT)
    return made


def _company(number: int, name: str) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "version": 1,
        "roles": {"customer": {"number": 10001 + number}},
        "company": {
            "name": name,
            "contactPersons": [{"lastName": "Lohse", "emailAddress": f"lohse{number}@mail.example"}],
        },
        "addresses": {"billing": [{"city": "Lübeck" if number else "München"}]},
        "emailAddresses": {"business": [f"info@firma{number}.example"]},
    }


def _found(connection: Connection, text: str) -> set[str]:
    return {contact.name for contact in selectors.matching(connection, selectors.Query(text=text))}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *[(typed, NAMES[0]) for typed in ("müller", "MÜLLER", "muller", "mueller", "Mu\u0308ller", "soehne", "sohne")],
        *[(typed, NAMES[1]) for typed in ("größenwahn", "GROESSENWAHN", "grossenwahn", "cafe", "café", "ossenw")],
        *[(typed, NAMES[8]) for typed in ("strassenbau", "STRASSENBAU", "straßen", "zoe", "celik", "ÇELİK")],
        *[(typed, NAMES[7]) for typed in ("yildiz", "YILDIZ", "yıldız", "lukasz", "ŁUKASZ")],
        *[(typed, NAMES[9]) for typed in ("marketm", "Marke™", "MARKE")],
        ("o'brien", NAMES[2]),
        ("100%", NAMES[3]),
        ("druck_werk", NAMES[4]),
        ("back\\slash", NAMES[5]),
        ("a < b", NAMES[6]),
        ("10004", NAMES[3]),
        ("info@firma2.example", NAMES[2]),
        ("LOHSE2@", NAMES[2]),
        ("munchen", NAMES[0]),
        ("muenchen maler", NAMES[0]),
        ("lübeck brien partner", NAMES[2]),
    ],
)
def test_finds_exactly_the_one(connection: Connection, typed: str, name: str) -> None:
    assert _found(connection, typed) == {name}


@pytest.mark.parametrize(
    "typed", ["50%", "%natur", "druck%werk", "druck-werk", "_ruck", "back/slash", "'; DROP", "münchen brien"]
)
def test_finds_nothing_that_is_not_there(connection: Connection, typed: str) -> None:
    assert _found(connection, typed) == set()


def test_a_backslash_a_percent_and_an_underscore_are_only_themselves(connection: Connection) -> None:
    assert _found(connection, "\\") == {NAMES[5]}
    assert _found(connection, "%") == {NAMES[3]}
    assert _found(connection, "_") == {NAMES[4]}


def test_blanks_alone_find_everything(connection: Connection) -> None:
    assert _found(connection, "  ") == set(NAMES)


def test_a_novel_finds_nothing_and_breaks_nothing(connection: Connection) -> None:
    assert _found(connection, "x" * 20_000) == set()


def test_the_search_stays_with_its_client(connection: Connection, cast: Cast) -> None:
    elsewhere = Connection.objects.create(
        client=cast.other, kind="api_key", state="connected", organization_id=uuid4(), company_name="Anders"
    )

    assert _found(elsewhere, "müller") == set()
    assert Contact.objects.filter(connection=connection).count() == len(NAMES)


@given(st.text(max_size=40))
def test_whatever_the_name_its_own_words_find_it(name: str) -> None:
    haystack = search.haystack(name, length=10_000)

    assert all(needle in haystack for needle in search.needles(name))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert search.fold(search.fold(text)) == search.fold(text)
