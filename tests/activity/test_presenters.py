"""Sentences of the history, in both languages, and for entries of older and newer versions."""

import pytest
from django.utils import translation

from lexweb.activity import presenters, services
from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.activity.presenters import SENTENCES
from tests.cast import Cast
from tests.conftest import SignIn

VALUES = {"company": "Brandt GmbH", "way": "oauth", "before": "Alt AG", "contacts": 140, "name": "Lena Öz"}
VALUES |= {"method": "PUT", "path": "/v1/contacts/{id}", "outcome": "200"}
VALUES |= {"missing": 1, "assignee": "Aylin", "other": "RE-2", "count": 12}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_has_a_whole_sentence(kind: Kind, language: str) -> None:
    with translation.override(language):
        sentence = presenters.present(Entry(kind=kind, actor_name="Klaus", values=VALUES))

    assert "%" not in sentence.text
    assert "–" not in sentence.text  # nothing is missing
    assert sentence.text.endswith(".")
    assert sentence.icon == SENTENCES[kind][0]


def test_the_sentence_tells_who_connected_what_and_how() -> None:
    with translation.override("en"):
        sentence = presenters.present(Entry(kind=Kind.CONNECTED, actor_name="Klaus", values=VALUES))

    assert sentence.text == "Klaus connected “Brandt GmbH” (OAuth)."


def test_what_nobody_did_was_lexweb() -> None:
    with translation.override("en"):
        assert presenters.present(Entry(kind=Kind.CLIENT_CREATED, values={})).text == "lexweb created the client."


def test_an_old_entry_without_its_values_still_reads() -> None:
    with translation.override("en"):
        text = presenters.present(Entry(kind=Kind.MOVED, actor_name="Klaus", values={})).text

    assert text == "Klaus moved the connection from “–” to “–”."


def test_a_kind_from_a_newer_version_is_shown_by_its_name() -> None:
    assert presenters.present(Entry(kind="invoice.sent", values={})).text == "invoice.sent"


def test_a_percent_sign_in_a_name_stays_one() -> None:
    entry = Entry(kind=Kind.CONTACT_CREATED, actor_name="100 %(kind)s", values={"name": "50 % Rabatt"})

    with translation.override("en"):
        assert presenters.present(entry).text == "100 %(kind)s created the contact “50 % Rabatt”."


def test_changes_say_before_and_after() -> None:
    changes = [
        {"label": "Name", "before": "", "after": "Öz"},
        {"label": "Archived", "before": False, "after": True},
        {"label": "Number", "before": 0, "after": None},
    ]

    with translation.override("en"):
        sentence = presenters.present(Entry(kind=Kind.CONTACT_CHANGED, values={"changes": changes}))

    assert [(c.before, c.after) for c in sentence.changes] == [("–", "Öz"), ("no", "yes"), ("0", "–")]


@pytest.mark.django_db
def test_the_history_page_shows_the_newest_first_and_outlives_the_actor(cast: Cast, sign_in: SignIn) -> None:
    for number in range(55):
        services.record(Kind.CONTACT_CREATED, client=cast.client, by=cast.aylin, name=f"Nr. {number:02} <b>")
    cast.aylin.delete()
    browser = sign_in(cast.klaus)

    first, second = (browser.get(f"{cast.client.url}history/?page={n}").content.decode() for n in (1, 2))

    assert "Aylin created the contact “Nr. 54 &lt;b&gt;”." in first
    assert "“Nr. 04 " in second
    assert "“Nr. 04 " not in first


@pytest.mark.django_db
def test_the_history_of_another_client_is_not_shown(cast: Cast, sign_in: SignIn) -> None:
    services.record(Kind.CONTACT_CREATED, client=cast.other, by=cast.paula, name="Fremder Kontakt")

    page = sign_in(cast.paula).get(f"{cast.client.url}history/").content.decode()

    assert "Fremder Kontakt" not in page
    assert "Nothing has happened yet" in page
