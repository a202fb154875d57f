"""Numbers, dates and letters."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexweb.sandbox.amounts import cents, settled
from lexweb.sandbox.paper import units
from lexweb.sandbox.paper.german import day, latin, money, number, percent


@pytest.mark.parametrize(
    ("value", "written"),
    [("1234.56", "1.234,56 €"), ("0", "0,00 €"), ("-1234567.8", "-1.234.567,80 €"), ("0.5", "0,50 €")],
)
def test_money(value: str, written: str) -> None:
    assert money(Decimal(value)) == written


def test_further_places_only_where_they_matter() -> None:
    assert [money(Decimal(value), 4) for value in ("49.9", "1234.5678", "0.125")] == [
        "49,90 €",
        "1.234,5678 €",
        "0,125 €",
    ]
    assert [number(Decimal(value), 4, fewest=0) for value in ("12", "1.50", "1000")] == ["12", "1,5", "1.000"]
    assert [percent(Decimal(value)) for value in ("19", "5.5", "0", "10.00")] == ["19 %", "5,5 %", "0 %", "10 %"]


def test_day() -> None:
    assert day(date(2026, 11, 20)) == "20.11.2026"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Yıldız", "Yildiz"),
        ("Paweł Łódź", "Pawel Lódz"),
        ("Şule Çağ", "Sule Çag"),
        ("Größe – „Ä“ 5 €", "Größe – „Ä“ 5 €"),
        ("a\r\nb\rc\td", "a\nb\nc d"),
        ("x\x00\x85\u200by", "xy"),
        ("北京 😀", "?? ?"),
        ("e\u0301", "e"),
    ],
)
def test_letters(given: str, shown: str) -> None:
    assert latin(given) == shown


@given(st.text())
def test_every_text_can_be_printed(text: str) -> None:
    latin(text).encode("cp1252")


@pytest.mark.parametrize(
    ("name", "code"), [("Stück", "H87"), ("Std.", "HUR"), ("km", "KMT"), ("Wurf", "C62"), (None, "C62")]
)
def test_units(name: str | None, code: str) -> None:
    assert units.code(name) == code


def test_cents_are_rounded_half_up() -> None:
    assert [cents(Decimal(value)) for value in ("0.125", "-0.125", "0.1249")] == [
        Decimal("0.13"),
        Decimal("-0.13"),
        Decimal("0.12"),
    ]


def test_cents_go_to_the_largest() -> None:
    parts = [Decimal("1.00"), Decimal("5.00"), Decimal("3.00")]
    assert settled(parts, Decimal("9.02")) == [Decimal("1.00"), Decimal("5.01"), Decimal("3.01")]
    assert settled(parts, Decimal("8.99")) == [Decimal("1.00"), Decimal("4.99"), Decimal("3.00")]
    assert settled(parts, Decimal("9.04")) is None
