"""What is shown of an answer: highlighted, cut, or as a file; what it means; and that nothing secret is in it."""

import json

import pytest
from django.utils import timezone

from lexweb.clients.models import Connection, Pace
from lexweb.console import keeping, meanings, presenting
from lexweb.console.models import Call
from lexweb.lexware import retry
from lexweb.lexware.retry import penalty as real_penalty
from tests.clients import flow
from tests.console.bench import HTMX, NEW, Bench

pytestmark = pytest.mark.django_db
EVIL = "<script>alert('x')</script>"


def test_the_answer_is_shown_with_status_time_size_and_pace(bench: Bench) -> None:
    Pace.objects.update_or_create(account=str(bench.connection.organization_id), defaults={"next_at": 0})
    page = bench.send("GET", "/v1/profile")

    text = page.content.decode()
    assert "200 OK" in text
    assert '<span class="j-key">&quot;organizationId&quot;</span>: <span class="j-text">' in text
    assert "Pace: next call free now" in text
    assert bench.last.ms is not None
    assert bench.last.size > 100
    assert page.context["shown"]["call"] == bench.last


def test_htmx_gets_the_part_with_the_list_of_calls_and_a_new_address(bench: Bench) -> None:
    answer = bench.post("GET", "/v1/countries", htmx=True)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer["HX-Push-Url"] == bench.last.url
    assert "<html" not in text
    assert 'hx-swap-oob="true"' in text
    assert 'id="answer"' in text


def test_after_sending_the_form_has_a_new_key(bench: Bench) -> None:
    page = bench.send("GET", "/v1/profile")

    assert str(page.context["form"].initial["key"]) != str(bench.last.key)


@pytest.mark.parametrize(
    ("fault", "status"), [("plan_402", 402), ("forbidden_403", 403), ("429", 429), ("500", 500), ("503", 503)]
)
def test_every_status_is_an_answer_with_its_meaning(fault: str, status: int, bench: Bench) -> None:
    bench.sandbox.fault(fault, path="/v1/profile")

    page = bench.send("GET", "/v1/profile")

    assert page.status_code == 200
    assert bench.last.status == status
    assert str(meanings.of(status, "GET")) in page.content.decode().replace("&#x27;", "'")
    assert len(bench.heard()) == 1  # nothing is repeated


def test_after_429_everybody_is_held_back(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "penalty", real_penalty)
    bench.sandbox.fault("429", path="/v1/profile")

    page = bench.send("GET", "/v1/profile")

    assert page.context["pace"].wait > 0.3


def test_a_refused_token_is_renewed_and_the_call_repeated(bench: Bench) -> None:
    flow.connected(bench.browser, bench.sandbox, bench.cast.client)
    bench.sandbox.state.journal.clear()
    bench.sandbox.fault("expired_token", path="/v1/contacts")

    bench.send("POST", "/v1/contacts", body=NEW)

    assert [entry["status"] for entry in bench.heard("POST") if entry["path"] == "/v1/contacts"] == [401, 201]
    assert bench.last.status == 201


def test_a_refused_key_asks_to_connect_again(bench: Bench) -> None:
    bench.sandbox.fault("expired_token", path="/v1/profile", count=None)

    page = bench.send("GET", "/v1/profile")

    assert bench.last.trouble == "reconnect"
    assert "The connection has to be renewed" in page.content.decode()
    assert Connection.objects.get().state == "reconnect"


def test_the_answer_that_ends_the_connection_brings_the_way_to_connect_again(bench: Bench) -> None:
    bench.sandbox.fault("expired_token", path="/v1/profile", count=None)

    page = bench.post("GET", "/v1/profile", htmx=True)

    assert f'href="{bench.cast.client.url}connect/"' in page.content.decode()


def test_a_client_that_is_not_connected_sends_nothing(bench: Bench) -> None:
    Connection.objects.update(state="disconnected")

    answer = bench.post("GET", "/v1/profile")

    assert answer.status_code == 422
    assert "The client is not connected" in answer.content.decode()
    assert "disabled" in bench.browser.get(bench.url).content.decode().split("data-save")[1][:20]
    assert bench.heard() == []
    assert Call.objects.count() == 0


def test_a_read_that_nobody_answers_says_so(bench: Bench) -> None:
    bench.sandbox.fault("timeout", path="/v1/profile", seconds=0.01, count=None)

    page = bench.send("GET", "/v1/profile")

    assert (bench.last.state, bench.last.trouble) == ("failed", "unavailable")
    assert "Lexware Office does not answer properly" in page.content.decode()


def test_an_invoice_comes_as_a_file_without_asking_for_a_kind(bench: Bench) -> None:
    bench.send("GET", "/v1/voucherlist", query="voucherType=invoice\nvoucherStatus=paid")
    answer = keeping.answer_of(bench.last)
    assert answer is not None
    invoice = json.loads(answer.body)["content"][0]["id"]

    page = bench.send("GET", f"/v1/invoices/{invoice}/file")

    assert (bench.last.status, page.context["shown"]["body"].kind) == (200, "binary")


def test_garbage_is_shown_as_text(bench: Bench) -> None:
    bench.sandbox.fault("garbage", path="/v1/profile")

    assert bench.send("GET", "/v1/profile").context["shown"]["body"].kind == "text"


def _answered(bench: Bench, body: bytes, media_type: str = "application/json", **headers: str) -> Call:
    bench.send("GET", "/v1/invoices/0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c/file")
    answer = keeping.Answer({"content-type": media_type, **headers}, body)
    Call.objects.filter(pk=bench.last.pk).update(status=200, size=len(body), answer=keeping.seal_answer(answer))
    return bench.last


def test_a_long_answer_is_cut_and_whole_in_the_download(bench: Bench) -> None:
    body = json.dumps([{"name": EVIL, "n": n} for n in range(5_000)]).encode()
    call = _answered(bench, body)

    page = bench.browser.get(call.url)

    text = page.content.decode()
    assert "The beginning of a long answer" in text
    assert "data-copy " not in text.split('id="answer"')[1].split("codebox")[1]
    assert len(text) < 900_000
    download = bench.browser.get(f"{call.url}answer/")
    assert download.content == body
    assert download["Content-Disposition"] == 'attachment; filename="invoices-file.json"'


@pytest.mark.parametrize(
    ("body", "media_type", "name"),
    [
        (b"%PDF-1.7 \xe2\xe3", "application/pdf", "invoices-file.pdf"),
        (b"%PDF-1.7 ascii only", "application/pdf", "invoices-file.pdf"),
        (b"\x89PNG\r\n", "image/png", "invoices-file.png"),
        (b"\x00\x01", "application/octet-stream", "invoices-file.bin"),
        (b"\xff\xfe\x00", "text/html", "invoices-file.bin"),
    ],
)
def test_a_file_is_told_of_and_downloaded_never_shown(body: bytes, media_type: str, name: str, bench: Bench) -> None:
    call = _answered(bench, body, media_type)

    page = bench.browser.get(call.url)
    download = bench.browser.get(f"{call.url}answer/")

    assert page.context["shown"]["body"].kind == "binary"
    assert "A file, not a text" in page.content.decode()
    assert download.content == body
    assert download["Content-Disposition"] == f'attachment; filename="{name}"'
    assert download["X-Content-Type-Options"] == "nosniff"
    assert "html" not in download["Content-Type"]


@pytest.mark.parametrize("media_type", ["text/html", "application/json", "application/xml", "image/svg+xml"])
def test_html_in_an_answer_is_text(media_type: str, bench: Bench) -> None:
    call = _answered(bench, json.dumps({EVIL: EVIL}).encode(), media_type, **{"x-evil": EVIL})

    assert "<script>alert" not in bench.browser.get(call.url).content.decode()
    assert "html" not in bench.browser.get(f"{call.url}answer/")["Content-Type"]


def test_an_answer_goes_after_half_an_hour_and_the_form_stays(bench: Bench) -> None:
    call = _answered(bench, b"{}")
    Call.objects.update(at=timezone.now() - keeping.ANSWER_AGE)

    page = bench.browser.get(call.url)

    assert "The answer is no longer kept" in page.content.decode()
    assert page.context["form"].initial["path"] == call.path
    assert bench.browser.get(f"{call.url}answer/").status_code == 404
    assert bench.browser.get(call.url, headers=HTMX).status_code == 200


def test_the_answer_never_shows_cookies_or_our_token(bench: Bench) -> None:
    key = bench.sandbox.organizations()[0]["apiKey"]

    text = bench.send("GET", "/v1/profile").content.decode()

    assert key not in text
    assert "set-cookie" not in text.lower()
    assert "bearer" not in text.lower()


def test_statuses_have_names_and_kinds() -> None:
    for status, kind in ((200, "ok"), (302, "info"), (404, "warn"), (502, "danger"), (599, "danger")):
        call = Call(status=status, method="GET", state="answered")
        assert presenting.outcome(call).kind == kind
        assert presenting.outcome(call).word.startswith(str(status))
