"""What the sandbox recognises, and that it trusts no mark."""

import base64
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexweb.sandbox.paper import marks, recognition, sales_pdf, xrechnung
from lexweb.sandbox.paper.marks import NOTHING, Recognised, Tax
from tests.sandbox.paper import documents

INVOICE = documents.sample("invoices.get")
FOUND = Recognised(
    supplier=documents.SELLER.name,
    number="RE0118",
    date=date(2026, 4, 1),
    due=date(2026, 5, 1),
    gross=Decimal("1463.49"),
    taxes=(Tax(Decimal(19), Decimal("1229.82"), Decimal("233.67")),),
)


def forged(values: Any) -> bytes:
    return b"lexweb-paper:" + base64.urlsafe_b64encode(json.dumps(values).encode()) + b";"


def test_invoices_of_another_organization() -> None:
    assert recognition.read(sales_pdf.render("invoice", INVOICE, documents.SELLER)) == FOUND
    assert recognition.read(xrechnung.render(INVOICE, documents.SELLER)) == FOUND
    assert recognition.read(xrechnung.render_cii(INVOICE, documents.SELLER)) == FOUND
    assert (FOUND.rate, FOUND.tax_amount) == (Decimal(19), Decimal("233.67"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 foreign", b"\xff\xd8\xff", b"<html/>", b"lexweb-paper:x;"])
def test_foreign_files_are_not_recognised(content: bytes) -> None:
    assert recognition.read(content) == NOTHING


@pytest.mark.parametrize(
    "values",
    [
        [],
        1,
        None,
        {"date": 5},
        {"date": "x"},
        {"gross": "NaN"},
        {"gross": "1e99"},
        {"gross": []},
        {"taxes": [["1"]]},
        {"taxes": 3},
    ],
)
def test_forged_marks_are_not_believed(values: Any) -> None:
    assert recognition.read(forged(values)) == NOTHING


TEXTS = st.none() | st.text(min_size=1, max_size=60)
AMOUNTS = st.decimals(0, 10_000, places=2)


@given(
    st.builds(
        Recognised,
        supplier=TEXTS,
        number=TEXTS,
        date=st.none() | st.dates(),
        due=st.none() | st.dates(),
        gross=st.none() | AMOUNTS,
        taxes=st.lists(st.builds(Tax, AMOUNTS, AMOUNTS, AMOUNTS), max_size=4).map(tuple),
    )
)
def test_marks_say_what_they_were_told(found: Recognised) -> None:
    assert marks.read(b"before" + marks.marked(found).encode("ascii") + b"after") == found


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(content: bytes) -> None:
    recognition.read(b"lexweb-paper:" + base64.urlsafe_b64encode(content) + b";")
    recognition.read(content)
