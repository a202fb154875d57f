"""API keys and access tokens."""

import pytest

from lexweb.lexware import errors
from lexweb.lexware.credentials import AccessToken, ApiKey


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


def test_a_token_is_of_a_partner_and_does_not_show():
    token = AccessToken("geheim")
    assert (token.current(), token.partner, token.scopes) == ("geheim", True, None)
    assert "geheim" not in repr(token)
    assert AccessToken("geheim", frozenset({"contacts.read"})).scopes == {"contacts.read"}


def test_a_token_alone_cannot_be_renewed(stage, open_office, answer):
    stage.play(answer(401, {"message": "Unauthorized"}))
    with pytest.raises(errors.Unauthorized, match="the access token is refused") as caught:
        open_office(credentials=AccessToken("geheim")).ping()
    assert (caught.value.status, len(stage.heard)) == (401, 1)
    assert "geheim" not in f"{caught.value} {caught.value!r}"


@pytest.mark.parametrize("token", ["", "a b", "schl\u00fcssel", "a\r\nX-Evil: 1"])
def test_a_token_no_header_can_hold_is_never_sent(stage, open_office, token):
    with pytest.raises(errors.Unauthorized):
        open_office(credentials=AccessToken(token)).ping()
    assert stage.heard == []
