"""Search texts: literal, escaped once, long enough."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexweb.lexware import search


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Elbufer", "Elbufer"),
        ("Medien & Druck", "Medien &amp; Druck"),
        ("<GmbH>", "&lt;GmbH&gt;"),
        ('O\'Hara "x"', 'O\'Hara "x"'),
        ("max_m@x.example", r"max\_m@x.example"),
        ("100%", r"100\%"),
        ("a\\b", r"a\\b"),
        ("&amp;", "&amp;amp;"),
    ],
)
def test_literal(text, value):
    assert search.literal(text) == value


@pytest.mark.parametrize("text", ["", "ab", "x" * 129, "&" * 26])
def test_a_text_of_the_wrong_length_is_refused_without_being_shown(text):
    with pytest.raises(ValueError, match=r"Lexware Office searches for \d+ characters (or more|at most)"):
        search.literal(text)


@given(st.text(st.sampled_from("ab &<>_%\\"), min_size=3, max_size=25))
def test_escaping_loses_nothing_and_leaves_no_wildcard(text):
    plain = html.unescape(search.literal(text))
    assert re.sub(r"\\([\\_%])", r"\1", plain) == text
    assert not re.search(r"(?<!\\)(\\\\)*[_%]", plain)


@given(st.text())
def test_the_start_of_a_text_can_be_searched_for_or_is_too_short(text):
    start = search.prefix(text)
    if start is None:
        assert len(text.strip()[:25].strip()) < 3
    else:
        assert start in text
        search.literal(start)
