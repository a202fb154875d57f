"""Calls that change something: asked for first, sent once, and honest where nobody knows."""

import re
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection as database
from django.utils import timezone

from lexweb.console import closing, keeping
from lexweb.console.models import Call
from tests.conftest import SignIn
from tests.console.bench import NEW, Bench

pytestmark = pytest.mark.django_db


def test_a_write_is_asked_for_first_with_the_name_of_the_client(bench: Bench) -> None:
    answer = bench.post("POST", "/v1/contacts", body=NEW, query="a=b")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f"This changes the data of <strong>{bench.cast.client.name}</strong>" in text
    assert "Send POST for good" in text
    assert "Zwirnfaden" in text
    assert bench.heard() == []
    assert Call.objects.count() == 0


def test_the_question_holds_the_whole_form_so_that_yes_sends_it(bench: Bench) -> None:
    key = str(uuid.uuid4())
    body = f"\n{NEW}\n"
    asked = bench.post("POST", "/v1/contacts", body=body, key=key, headers="X-Request-Id: abc")
    fields = dict(re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', asked.content.decode(), re.DOTALL))
    fields = {name: value.replace("&quot;", '"') for name, value in fields.items()}

    answer = bench.browser.post(bench.url, {**fields, "key": key, "confirmed": "1"})

    assert answer.status_code == 302
    call = Call.objects.get()
    assert (str(call.key), call.status) == (key, 201)
    draft = keeping.draft_of(call)
    assert draft
    assert (draft.body, draft.headers) == (body, {"X-Request-Id": "abc"})


def test_a_long_body_is_shown_in_part_and_sent_as_a_whole(bench: Bench) -> None:
    body = f'{{"version": 0, "roles": {{"customer": {{}}}}, "note": [{"1," * 400_000}1]}}'

    asked = bench.post("POST", "/v1/contacts", body=body)

    text = asked.content.decode()
    assert "The beginning of a long body" in text
    assert len(text) < 2_500_000  # the form holds all of it, the picture of it does not
    assert body.replace('"', "&quot;") in text


def test_back_to_editing_keeps_everything(bench: Bench) -> None:
    key = str(uuid.uuid4())

    page = bench.post("PUT", "/v1/contacts/1", body=NEW, key=key, edit="1")

    assert page.context["form"].initial["body"] == NEW
    assert page.context["form"].initial["verb"] == "PUT"
    assert str(page.context["form"].initial["key"]) == key
    assert bench.heard() == []


def test_a_write_sent_twice_is_one_and_shows_the_same_answer(bench: Bench) -> None:
    key = str(uuid.uuid4())

    first = bench.post("POST", "/v1/contacts", body=NEW, key=key, confirmed="1")
    second = bench.post("POST", "/v1/contacts", body=NEW, key=key, confirmed="1")

    assert first["Location"] == second["Location"]
    assert len(bench.heard("POST")) == 1
    page = bench.browser.get(second["Location"]).content.decode()
    assert "Nothing was sent a second time." in page
    assert "201 Created" in page


@pytest.mark.django_db(transaction=True)
def test_a_double_click_waits_for_the_first_one(bench: Bench) -> None:
    bench.sandbox.fault("slow", path="/v1/contacts", seconds=0.6)
    key, places = str(uuid.uuid4()), []

    def click() -> None:
        answer = bench.post("POST", "/v1/contacts", body=NEW, key=key, confirmed="1")
        places.append((answer.status_code, answer["Location"]))
        database.close()

    threads = [threading.Thread(target=click, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(bench.heard("POST")) == 1
    assert places == [(302, bench.last.url)] * 2


def test_the_same_form_with_other_words_is_another_call(bench: Bench) -> None:
    key = str(uuid.uuid4())
    bench.post("POST", "/v1/contacts", body=NEW, key=key, confirmed="1")

    answer = bench.post("POST", "/v1/contacts", body=NEW.replace("Zwirn", "Garn"), key=key, confirmed="1")

    assert answer["Location"] != Call.objects.order_by("pk")[0].url
    assert len(bench.heard("POST")) == 2


def test_a_read_may_be_sent_again(bench: Bench) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        assert bench.post("GET", "/v1/profile", key=key).status_code == 302

    assert len(bench.heard("GET")) == 2


@pytest.mark.parametrize("fault", ["504_after", "500_after"])
def test_a_status_that_leaves_it_open_says_look_first(fault: str, bench: Bench) -> None:
    bench.sandbox.fault(fault, path="/v1/contacts")

    page = bench.send("POST", "/v1/contacts", body=NEW)

    text = page.content.decode()
    assert bench.last.is_uncertain
    assert "It is not certain whether it was carried out" in text
    assert "It may have happened" in text
    assert "Look with GET /v1/contacts" in text
    assert "Nothing was changed" not in text.split('id="answer"')[1]
    assert len(bench.heard("POST")) == 1


@pytest.mark.parametrize("fault", ["timeout_after", "reset"])
def test_a_write_without_an_answer_is_uncertain_and_never_repeated(fault: str, bench: Bench) -> None:
    bench.sandbox.fault(fault, path="/v1/contacts", seconds=0.01)

    page = bench.send("POST", "/v1/contacts", body=NEW)

    assert (bench.last.state, bench.last.trouble) == ("uncertain", "uncertain")
    assert "It is not certain whether it was carried out" in page.content.decode()
    assert len(bench.heard("POST")) == 1


def test_uncertain_and_sent_again_from_the_same_form_sends_nothing(bench: Bench) -> None:
    bench.sandbox.fault("504_after", path="/v1/contacts")
    key = str(uuid.uuid4())
    for _ in range(2):
        bench.post("POST", "/v1/contacts", body=NEW, key=key, confirmed="1")

    assert len(bench.heard("POST")) == 1


def test_a_429_to_a_write_is_not_repeated_either(bench: Bench) -> None:
    bench.sandbox.fault("429", path="/v1/contacts")

    bench.send("POST", "/v1/contacts", body=NEW)

    assert bench.last.status == 429
    assert not bench.last.is_uncertain
    assert len(bench.heard("POST")) == 1


def test_who_may_only_read_cannot_write_in_any_way(bench: Bench, sign_in: SignIn) -> None:
    for person in (bench.cast.klaus, bench.cast.robert):
        bench.browser = sign_in(person)
        for verb in ("POST", "PUT", "DELETE"):
            assert bench.post(verb, "/v1/contacts", body=NEW, confirmed="1").status_code == 403
            assert bench.post(verb, "/v1/contacts", body=NEW, edit="1").status_code == 403
        page = bench.browser.get(bench.url).content.decode()
        assert "POST" not in page.split("<main")[1]
        assert "reserved to partners" in page
        assert bench.send("GET", "/v1/profile").context["shown"]["call"].status == 200
    assert {entry["method"] for entry in bench.heard()} == {"GET"}


def test_a_killed_process_leaves_a_call_that_is_closed_as_uncertain(bench: Bench) -> None:
    draft = keeping.seal_draft(keeping.drafts.Draft("POST", "/v1/contacts", body=NEW))
    values = {"client": bench.cast.client, "staff": bench.cast.paula, "path": "/v1/contacts", "draft": draft}
    old = timezone.now() - keeping.IN_FLIGHT - timedelta(seconds=1)
    write = Call.objects.create(**values, method="POST", at=old)
    read = Call.objects.create(**values, method="GET", at=old)
    fresh = Call.objects.create(**values, method="POST")

    closing.settle()
    closing.settle()

    states = [Call.objects.get(pk=call.pk).state for call in (write, read, fresh)]
    assert states == ["uncertain", "failed", "sending"]
    assert "It is not certain" in bench.browser.get(write.url).content.decode()
    assert "The answer is not there yet" in bench.browser.get(fresh.url).content.decode()
