"""API keys."""

import pytest

from lexweb.lexware import errors
from lexweb.lexware.credentials import ApiKey


@pytest.mark.parametrize("key", ["", "a b", "schlüssel", "a\n", "a\x00"])
def test_what_cannot_be_a_key_is_refused_without_being_shown(key):
    with pytest.raises(ValueError, match=r"^an API key consists of visible ASCII characters$"):
        ApiKey(key)


def test_a_key_cannot_be_renewed_and_does_not_show():
    key = ApiKey("geheim")
    assert key.current() == "geheim"
    assert "geheim" not in repr(key)
    with pytest.raises(errors.Unauthorized):
        key.renew("geheim")
