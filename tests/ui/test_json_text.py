"""JSON as a page shows it: every sign of the text is there, nothing becomes HTML, numbers keep their digits."""

import html
import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lexweb.ui import json_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=12,
)


def shown(markup: str) -> str:
    """The text that a browser shows."""
    return html.unescape(re.sub(r"</?span[^>]*>", "", markup))


@given(VALUES, st.booleans())
def test_what_is_shown_is_the_same_json(value: Any, ascii_only: bool) -> None:
    markup, whole = json_text.highlight(json.dumps(value, ensure_ascii=ascii_only))

    assert whole
    assert json.loads(shown(markup)) == value
    assert not re.sub(r'<span class="j-(key|text|number|word)">|</span>', "", markup).count("<")


def test_it_is_indented_as_python_does_it() -> None:
    value = {"a": [1, 2.5, {}, [], {"b": None}], "ü": "x", "e": {}}

    assert shown(json_text.highlight(json.dumps(value))[0]) == json.dumps(value, indent=2, ensure_ascii=False)


def test_amounts_keep_their_digits_and_members_their_order() -> None:
    text = shown(json_text.highlight('{"b":1.10,"a":12345678901234567890.50,"b":1E+2}')[0])

    assert text.split() == ["{", '"b":', "1.10,", '"a":', "12345678901234567890.50,", '"b":', "1E+2", "}"]


def test_signs_that_could_mislead_stay_escaped() -> None:
    markup, _ = json_text.highlight('"\\u202e\\u00fc" ')
    both, _ = json_text.highlight('["\\u202e", "\\u00fc"]')

    assert "\u202e" not in markup + both
    assert '"ü"' in shown(both)


def test_a_long_text_ends_where_it_is_told_to() -> None:
    text = json.dumps(["x" * 20] * 100)

    markup, whole = json_text.highlight(text, most=200)

    assert not whole
    assert 150 < len(shown(markup)) <= 200


def test_nonsense_is_no_json() -> None:
    assert not json_text.is_json("{")
    assert not json_text.is_json("[" * 100_000)
    assert json_text.is_json("1")
