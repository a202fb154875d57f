"""Answers as plain values: no network, no clock."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexweb.lexware import errors
from lexweb.lexware.answers import decipher
from lexweb.lexware.errors import Issue, LexwareError

PATH = "/v1/contacts/05ad6609-d267-437f-ab28-0d11a4d4dc67"
REGULAR = {
    "timestamp": "2026-04-01T08:40:02.311+02:00",
    "status": 406,
    "error": "Not Acceptable",
    "path": "/v1/invoices",
    "traceId": "5d0c1f77ab42",
    "message": "Validation failed for request.",
    "details": [{"violation": "NOTNULL", "field": "shippingConditions", "message": "darf nicht leer sein"}],
}
LEGACY_ISSUE = {"i18nKey": "missing_entity", "source": "company.name", "type": "validation_failure"}
LEGACY = {"IssueList": [{**LEGACY_ISSUE, "additionalData": None, "args": None}], "requestId": "r-1"}
STALE = {"IssueList": [{"i18nKey": "invalid_value", "source": "version", "type": "validation_failure"}]}


def refusal(status, body=b"", *, method="GET", headers=None):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(LexwareError) as caught:
        decipher(status, headers or {}, raw, method=method, path=PATH)
    return caught.value


@pytest.mark.parametrize(
    ("status", "body", "value"),
    [
        (200, b'{"id": 1}', {"id": 1}),
        (200, b"[]", []),
        (200, b"\xef\xbb\xbf[1]", [1]),
        (202, b'"text"', "text"),
        (204, b"", None),
        (200, b" \r\n", None),
    ],
)
def test_success_gives_the_parsed_body(status, body, value):
    assert decipher(status, {}, body, method="GET", path=PATH) == value


@pytest.mark.parametrize(
    ("status", "read", "write"),
    [
        (301, errors.Unexpected, errors.Unexpected),
        (304, errors.Unexpected, errors.Unexpected),
        (400, errors.Rejected, errors.Rejected),
        (401, errors.Unauthorized, errors.Unauthorized),
        (402, errors.PlanRequired, errors.PlanRequired),
        (403, errors.Forbidden, errors.Forbidden),
        (404, errors.NotFound, errors.NotFound),
        (405, errors.Unexpected, errors.Unexpected),
        (406, errors.Rejected, errors.Rejected),
        (408, errors.Unavailable, errors.Uncertain),
        (409, errors.NotReady, errors.Conflict),
        (415, errors.Unexpected, errors.Unexpected),
        (422, errors.Unexpected, errors.Unexpected),
        (429, errors.RateLimited, errors.RateLimited),
        (500, errors.Unavailable, errors.Uncertain),
        (501, errors.Unexpected, errors.Unexpected),
        (502, errors.Unavailable, errors.Uncertain),
        (503, errors.Unavailable, errors.Uncertain),
        (504, errors.Unavailable, errors.Uncertain),
        (599, errors.Unavailable, errors.Uncertain),
        (799, errors.Unexpected, errors.Uncertain),
    ],
)
def test_each_status_means_one_error(status, read, write):
    for body in (b"", b"<html>Bad Gateway</html>", b'{"message": null}'):
        assert type(refusal(status, body)) is read
        assert type(refusal(status, body, method="POST")) is write
        assert type(refusal(status, body, method="PUT")) is write
    assert refusal(status).status == status


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (REGULAR, {}, [Issue("shippingConditions", "NOTNULL", "darf nicht leer sein")]),
        ({**REGULAR, "details": None}, {}, [Issue("", "Not Acceptable", "Validation failed for request.")]),
        ({**REGULAR, "details": "?"}, {}, [Issue("", "Not Acceptable", "Validation failed for request.")]),
        (LEGACY, {}, [Issue("company.name", "missing_entity")]),
        (LEGACY_ISSUE, {}, [Issue("company.name", "missing_entity")]),
        ([LEGACY_ISSUE], {}, [Issue("company.name", "missing_entity")]),
        (
            {"IssueList": [{"i18nKey": "x", "source": None, "additionalData": "why"}, 7, None]},
            {},
            [Issue("", "x", "why")],
        ),
        (
            {"message": "size must be between 3 and 128"},
            {},
            [Issue("", "unknown", "size must be between 3 and 128")],
        ),
        ({"message": None}, {}, [Issue("", "unknown")]),
        ("Datei zu groß", {}, [Issue("", "unknown", "Datei zu groß")]),
        (b"Bad Request", {"Content-Type": "text/plain;charset=utf-8"}, [Issue("", "unknown", "Bad Request")]),
        (b"<h1>Nein</h1>", {"content-type": "text/html"}, [Issue("", "unknown")]),
        (b"", {}, [Issue("", "unknown")]),
        (b"null", {}, [Issue("", "unknown")]),
        (b"[" * 100_000, {}, [Issue("", "unknown")]),
    ],
)
def test_every_error_body_becomes_issues(body, headers, expected):
    for status in (400, 406):
        error = refusal(status, body, headers=headers, method="POST")
        assert isinstance(error, errors.Rejected)
        assert list(error.issues) == expected


def test_a_stale_contact_is_a_conflict_although_the_status_says_406():
    assert type(refusal(406, STALE, method="PUT")) is errors.Conflict
    assert type(refusal(406, LEGACY, method="PUT")) is errors.Rejected
    assert type(refusal(406, STALE, method="POST")) is errors.Rejected


def test_a_500_that_mentions_the_rate_limit_asks_to_slow_down():
    hint = {"message": "Internal server error or rate limit exceeded"}
    assert refusal(500, hint).throttled
    assert refusal(500, hint, method="POST").throttled
    assert not refusal(500, {"message": None}).throttled
    assert not refusal(503, hint).throttled
    assert refusal(429).throttled


@pytest.mark.parametrize("body", [b"{", b"<html></html>", b"\xff\xfe\xfd", b"NaN", b"[" * 100_000, b"1" * 9999])
def test_garbage_after_a_success_is_unexpected_for_a_read_and_uncertain_for_a_write(body):
    for method, kind in (("GET", errors.Unexpected), ("POST", errors.Uncertain), ("PUT", errors.Uncertain)):
        with pytest.raises(kind) as caught:
            decipher(200, {}, body, method=method, path=PATH)
        assert type(caught.value) is kind
        assert caught.value.__context__ is None  # a JSONDecodeError would carry the body along


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after": " 0.5 "}, 0.5),
        (
            {"Retry-After": "Fri, 20 Nov 2026 10:00:30 GMT", "Date": "Fri, 20 Nov 2026 10:00:00 GMT"},
            30.0,
        ),
        ({"Retry-After": "Fri, 20 Nov 2026 09:00:00 GMT", "Date": "Fri, 20 Nov 2026 10:00:00 GMT"}, 0.0),
        ({"Retry-After": "Fri, 20 Nov 2026 10:00:30 GMT"}, None),
        ({"Retry-After": "999999"}, 30.0),
        ({"Retry-After": "Sat, 21 Nov 2026 10:00:30 GMT", "Date": "Fri, 20 Nov 2026 10:00:00 GMT"}, 30.0),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "9" * 5000}, None),
        ({"Retry-After": "²"}, None),
        ({"Retry-After": "soon"}, None),
    ],
)
def test_retry_after(headers, seconds):
    error = refusal(429, headers=headers)
    assert isinstance(error, errors.RateLimited)
    assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (REGULAR, {"X-Request-Id": "other"}, "5d0c1f77ab42"),
        (LEGACY, {}, "r-1"),
        ({}, {"X-Amzn-RequestId": "a-b_c"}, "a-b_c"),
        ({"traceId": "Frau Lohse, 040 5550123"}, {}, None),
        ({"traceId": 5}, {}, None),
    ],
)
def test_request_id(body, headers, expected):
    assert refusal(404, body, headers=headers).request_id == expected


def test_nothing_personal_shows_in_the_text_of_an_error():
    secret = "Mareike Lohse"
    body = {"message": secret, "IssueList": [{"i18nKey": secret, "source": secret, "additionalData": secret}]}
    for status in (300, 400, 401, 406, 409, 429, 500, 502):
        for method in ("GET", "PUT"):
            with pytest.raises(LexwareError) as caught:
                decipher(status, {}, json.dumps(body).encode(), method=method, path=f"{PATH}?name=Lohse")
            error = caught.value
            shown = f"{error} {error!r} {error.args} {error.path}"
            assert "Lohse" not in shown
            assert "05ad6609" not in f"{error} {error!r} {error.args}"
            assert f"{method} /v1/contacts/{{id}}: {status}" in str(error)
    assert secret not in repr(Issue("a", "b", secret))


def test_what_was_sent_is_kept_but_not_shown():
    error = errors.Uncertain("ReadTimeout", method="POST", path="/v1/contacts", sent={"name": "Lohse"}, look="x")
    assert error.sent == {"name": "Lohse"}
    assert "Lohse" not in f"{error} {error!r} {error.args}"


def test_errors_survive_pickling():
    error = refusal(429, LEGACY, headers={"Retry-After": "3"})
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["IssueList", "details", "message", "error", "i18nKey", "source", "traceId"]) | st.text(),
            inner,
        )
    ),
    max_leaves=8,
)
BODIES = st.binary() | JSON.map(lambda document: json.dumps(document).encode())
HEADERS = st.dictionaries(
    st.sampled_from(["Retry-After", "Date", "Content-Type", "X-Request-Id"]),
    st.text() | st.sampled_from(["text/plain", "Fri, 20 Nov 2026 10:00:30 GMT", "99999999999999"]),
)


@given(status=st.integers(100, 999), headers=HEADERS, body=BODIES, method=st.sampled_from(["GET", "POST", "PUT"]))
def test_whatever_comes_is_a_value_or_an_error_of_ours(status, headers, body, method):
    error = None
    try:
        decipher(status, headers, body, method=method, path=PATH)
    except LexwareError as caught:
        error = caught
    if error is None:
        assert 200 <= status < 300
    else:
        assert error.status == status
        assert str(status) in str(error)
