"""Names of files that are safe anywhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexweb.files import naming


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Beleg März.pdf", "Beleg März.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Belege\\rechnung.pdf", "rechnung.pdf"),
        ("Rechnung \u202egpj.exe", "Rechnung gpj.exe"),  # shown as "Rechnung exe.jpg" otherwise
        ('a"b<c>|?*.PDF', "a_b_c_.PDF"),
        ("zwei\r\nZeilen\x00.pdf", "zwei Zeilen.pdf"),
        ("con.pdf", "_con.pdf"),
        (".htaccess", "htaccess"),
        ("..", ""),
        ("\u200b\u2066", ""),
        ("ende. ", "ende"),
    ],
)  # fmt: skip
def test_what_is_dangerous_goes(name: str, expected: str) -> None:
    assert naming.safe(name) == expected


@given(st.text(max_size=300))
def test_any_name_is_safe_and_short(name: str) -> None:
    made = naming.safe(name)

    assert len(made.encode()) <= 120
    assert not set(made) & set('/\\<>:"|?*')
    assert not {unicodedata.category(sign) for sign in made} & naming.INVISIBLE
    assert made not in {".", ".."}
    assert made == made.strip(" .")
    assert naming.safe(made) == made


def test_a_long_name_keeps_its_ending() -> None:
    made = naming.safe("ä" * 300 + ".xml")

    assert made.endswith("ä.xml")
    assert 110 < len(made.encode()) <= 120


def test_parts_are_joined_by_hyphens_and_hold_no_underscore() -> None:
    assert naming.part("Muster / Söhne  GmbH & Co. KG") == "Muster-Söhne-GmbH-&-Co.-KG"
    assert naming.part("RE_104/7") == "RE-104-7"
    assert naming.part("..") == ""


def test_each_name_is_given_once() -> None:
    names = naming.Names()

    given = [names.unique(stem, ".pdf") for stem in ("Beleg", "beleg", "Beleg", "Beleg_2")]

    assert given == ["Beleg.pdf", "beleg_2.pdf", "Beleg_3.pdf", "Beleg_2_2.pdf"]
