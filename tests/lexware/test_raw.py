"""Calls made by hand, over the wire: one try, any status, nothing secret in what comes back or is logged."""

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api import raw
from lexweb.lexware.api.raw import RawCall


@pytest.mark.parametrize("status", [200, 204, 302, 404, 406, 418, 429, 500, 503])
@pytest.mark.parametrize("method", raw.METHODS)
def test_any_status_is_an_answer_after_one_try(method, status, stage, open_office, answer):
    stage.play(answer(status, {"a": 1}) if status != 204 else b"HTTP/1.1 204 X\r\n\r\n")

    got = open_office().raw(RawCall(method, "/v1/profile"))

    assert got.status == status
    assert len(stage.heard) == 1
    assert got.seconds > 0


def test_the_call_goes_out_as_it_is_with_our_token(stage, open_office, answer):
    stage.play(answer(201, {}, Set_Cookie="a=geheim", X_Request_Id="r-1"))
    call = RawCall("PUT", "/v1/articles/1", {"a": "ü&b"}, {"X-Request-Id": "abc"}, b'{"x": 1.10}')

    got = open_office().raw(call)

    [heard] = stage.heard
    assert (heard.method, heard.target, heard.body) == ("PUT", "/v1/articles/1?a=%C3%BC%26b", b'{"x": 1.10}')
    assert heard.headers["authorization"] == "Bearer geheimer-schluessel"
    assert heard.headers["x-request-id"] == "abc"
    assert got.request_id == "r-1"
    assert "set-cookie" not in got.headers
    assert "geheim" not in repr(got)


def test_whatever_comes_is_taken_unless_somebody_chose(stage, open_office, answer):
    stage.play(answer(200, {}), answer(200, {}))

    open_office().raw(RawCall("GET", "/v1/invoices/1/file"))
    open_office().raw(RawCall("GET", "/v1/invoices/1/file", headers={"accept": "application/xml"}))

    assert [heard.headers["accept"] for heard in stage.heard] == ["*/*", "application/xml"]


def test_a_lost_write_is_uncertain_and_a_lost_read_is_not(stage, open_office):
    stage.play(stage.hang_up, stage.hang_up)
    with pytest.raises(errors.Uncertain):
        open_office().raw(RawCall("DELETE", "/v1/articles/1"))
    assert len(stage.heard) == 1
    with pytest.raises(errors.Unavailable):
        open_office(patience=0).raw(RawCall("GET", "/v1/articles/1"))


def test_what_was_typed_is_masked_for_the_log(stage, tape, open_office, answer):
    stage.play(answer(404, {}))

    open_office().raw(RawCall("GET", "/v1/contacts/Meierhuber/file"))

    assert [exchange.path_template for exchange in tape.exchanges] == ["/v1/contacts/{id}/file"]
    assert "Meierhuber" not in repr(RawCall("GET", "/v1/contacts/Meierhuber"))


def test_a_body_belongs_to_post_and_put_alone():
    for method in ("GET", "DELETE"):
        with pytest.raises(ValueError, match="no body"):
            RawCall(method, "/v1/articles", content=b"{}")
    with pytest.raises(ValueError, match="method"):
        RawCall("PATCH", "/v1/articles")
    with pytest.raises(ValueError, match="header"):
        RawCall("GET", "/v1/articles", headers={"Accept": "a\r\nb"})


def test_being_too_fast_slows_everybody_down(stage, tape, open_office, answer):
    stage.play(answer(429, {"message": "Rate limit exceeded"}, Retry_After="7"))
    assert open_office().raw(RawCall("GET", "/v1/profile")).status == 429
    assert tape.pace.penalties == [7]
