"""Sending a form twice, and troubles that keep a new contact from being sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lexweb.contacts.models import Contact, Submission
from lexweb.outbox.submissions import IN_FLIGHT
from tests.contacts import typed
from tests.contacts.desk import Desk

pytestmark = pytest.mark.django_db
NAME = typed.COMPANY["company_name"]


def _there(desk: Desk, name: str = NAME) -> list[dict[str, Any]]:
    return [stored for stored in desk.named("Die Maler") if stored["company"]["name"] == name]


def test_sending_the_same_form_again_leads_to_the_same_contact(desk: Desk) -> None:
    sheet = desk.new()

    first, second = sheet.save(**typed.COMPANY), sheet.save(**typed.COMPANY)

    assert first["Location"] == second["Location"]
    assert len(_there(desk)) == 1


def test_two_forms_under_way_at_once_do_not_take_each_others_contact(desk: Desk) -> None:
    desk.sandbox.fault("504", method="POST")
    waiting = desk.sheet(desk.new().save(**typed.COMPANY))
    desk.new().save(**typed.COMPANY)

    response = waiting.save()

    assert response.status_code == 302
    assert len(_there(desk)) == 2
    assert Contact.objects.count() == 2


def test_going_back_and_typing_the_next_contact_does_not_swallow_it(desk: Desk) -> None:
    sheet = desk.new()
    sheet.save(**typed.COMPANY)

    told = desk.sheet(sheet.save(**typed.COMPANY | {"company_name": "Die Malerinnen"}))
    response = told.save()

    assert "This form has already created the contact" in told.page
    assert told.data["company_name"] == "Die Malerinnen"
    assert response.status_code == 302
    assert (len(_there(desk)), len(_there(desk, "Die Malerinnen"))) == (1, 1)


def test_a_form_without_its_key_still_saves(desk: Desk) -> None:
    assert desk.new().save(company_name="Ahrens", key=None).status_code == 302


def test_a_claim_of_a_dead_process_runs_out_and_is_looked_after(desk: Desk) -> None:
    sheet = desk.new()
    Submission.objects.create(
        key=sheet.data["key"], connection=desk.connection, state=Submission.State.SENDING,
        claimed_at=timezone.now() - IN_FLIGHT * 2, created_at=timezone.now() - timedelta(minutes=5),
        sent=typed.HELD_COMPANY | {"version": 0, "roles": {"customer": {}, "vendor": {}}},
    )  # fmt: skip
    desk.add(**typed.HELD_COMPANY, roles={"customer": {}, "vendor": {}})
    desk.forget_requests()

    response = sheet.save(**typed.COMPANY)

    assert response.status_code == 302
    assert desk.sent("POST") == []
    assert len(_there(desk)) == 1


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("429", "Lexware Office is slowing us down"), ("plan_402", "The plan does not include this"),
     ("forbidden_403", "The connection lacks a right")],
)  # fmt: skip
def test_surely_not_carried_out_is_said_and_sent_again_without_looking(
    desk: Desk, impatient: None, kind: str, sentence: str
) -> None:
    desk.sandbox.fault(kind, method="POST")

    sheet = desk.sheet(desk.new().save(**typed.COMPANY))
    desk.forget_requests()
    response = sheet.save()

    assert sentence in sheet.page
    assert {name: sheet.data.get(name) for name in typed.COMPANY} == typed.COMPANY
    assert response.status_code == 302
    assert desk.sandbox.requests()[0]["method"] == "POST"


def test_a_dead_line_is_said_and_the_form_kept(desk: Desk, impatient: None, settings: Any) -> None:
    settings.LEXWARE_API_URL = "http://127.0.0.1:9"

    sheet = desk.sheet(desk.new().save(**typed.COMPANY))

    assert "Lexware Office cannot be reached" in sheet.page
    assert sheet.data["note"] == typed.COMPANY["note"]
    settings.LEXWARE_API_URL = desk.sandbox.url
    assert sheet.save().status_code == 302
    assert len(_there(desk)) == 1


def test_an_ended_connection_is_said_and_the_form_kept(desk: Desk) -> None:
    sheet = desk.new()
    desk.sandbox.fault("revoked", method="POST")

    after = desk.sheet(sheet.save(**typed.COMPANY))

    assert "The connection has to be renewed" in after.page
    assert after.data["company_name"] == NAME
    assert not Contact.objects.exists()
