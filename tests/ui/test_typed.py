"""Days and amounts as people type them."""

from datetime import date

import pytest

from lexweb.ui import typed

TODAY = date(2026, 11, 21)
DAYS = {
    "2011": date(2026, 11, 20),
    "20.11.": date(2026, 11, 20),
    "20.11": date(2026, 11, 20),
    " 20 . 11 . ": None,
    "20-11-26": date(2026, 11, 20),
    "20/11/2026": date(2026, 11, 20),
    "20 11": date(2026, 11, 20),
    "201126": date(2026, 11, 20),
    "20112026": date(2026, 11, 20),
    "2026-11-20": date(2026, 11, 20),
    "20261120": date(2026, 11, 20),
    "5": date(2026, 11, 5),
    "05.": date(2026, 11, 5),
    "heute": TODAY,
    "Heute ": TODAY,
    "gestern": date(2026, 11, 20),
    "morgen": date(2026, 11, 22),
    "+14": date(2026, 12, 5),
    "+ 14": date(2026, 12, 5),
    "\N{MINUS SIGN}3": date(2026, 11, 18),
    "3.1.": date(2027, 1, 3),  # nearer than the one in January that is past
    "1.7.": date(2026, 7, 1),
    "29.2.": None,  # in none of the years around
    "29.2.2024": date(2024, 2, 29),
    "31.11.": None,
    "3113": None,
    "2026": None,
    "20.11.26.": None,
    "20.11.226": None,
    "20.11.1926": None,
    "99999999": None,
    "+9999": date(2054, 4, 7),
    "übermorgen": None,
    "٢٠.١١.": None,
    "": None,
}
AMOUNTS = {
    "1.234,5": "1234.50",
    "1.234,50 €": "1234.50",
    "1,234.5": "1234.50",
    "1234,5": "1234.50",
    "1234.56": "1234.56",
    "1 234,56": "1234.56",
    "1'234.56": "1234.56",
    "1.234": "1234.00",
    "1.234.567": "1234567.00",
    "1,234,567.89": "1234567.89",
    ",5": "0.50",
    "5,": "5.00",
    "-12": "-12.00",
    "12,50-": "-12.50",
    "\N{MINUS SIGN}12,50": "-12.50",
    "EUR 12": "12.00",
    "0": "0.00",
    "1,234": None,  # one thousand two hundred, or one and a bit
    "12,345": None,
    "1.23.456": None,
    "12..5": None,
    "-12-": None,
    "--12": None,
    "12 %": None,
    "zwölf": None,
    "1e5": None,
    "NaN": None,
    "1234567890123": None,
    "٣": None,
    ".": None,
    "": None,
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_days(text: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(typed.Unreadable):
            typed.parse_day(text, today=TODAY)
    else:
        assert typed.parse_day(text, today=TODAY) == day


def test_a_step_counts_from_the_day_of_the_voucher() -> None:
    assert typed.parse_day("+14", today=TODAY, base=date(2026, 10, 1)) == date(2026, 10, 15)
    assert typed.parse_day("heute", today=TODAY, base=date(2026, 10, 1)) == TODAY


@pytest.mark.parametrize(("text", "amount"), AMOUNTS.items())
def test_amounts(text: str, amount: str | None) -> None:
    if amount is None:
        with pytest.raises(typed.Unreadable):
            typed.parse_amount(text)
    else:
        assert str(typed.parse_amount(text)) == amount


@pytest.mark.parametrize(
    ("text", "rate"), {"19": "19", "19 %": "19", "5,5": "5.5", "7.0": "7", "10": "10", "0": "0"}.items()
)
def test_rates(text: str, rate: str) -> None:
    assert str(typed.parse_rate(text)) == rate


@pytest.mark.parametrize("text", ["-7", "100", "x", "", "%"])
def test_no_rates(text: str) -> None:
    with pytest.raises(typed.Unreadable):
        typed.parse_rate(text)
