"""A double click, and a process that dies between sending and storing: still one contact."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection as database
from django.db.models import F

from lexweb.contacts import fields
from lexweb.contacts.models import Contact, Submission
from lexweb.outbox.submissions import IN_FLIGHT
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts import typed
from tests.contacts.desk import Desk, Sheet
from tests.sync import processes
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
NAME = typed.COMPANY["company_name"]
CREATE = """
import json, sys, uuid, django
django.setup()
from lexweb.clients.models import Client
from lexweb.contacts import services
from lexweb.firm.models import Staff
told = json.loads(sys.argv[1])
services.create(Client.objects.get(pk=told["client"]), values=told["values"], key=uuid.UUID(told["key"]),
                by=Staff.objects.get(pk=told["staff"]))
"""


def _there(desk: Desk) -> list[dict[str, Any]]:
    return [stored for stored in desk.named("Die Maler") if stored["company"]["name"] == NAME]


def _save(sheet: Sheet) -> Any:
    try:
        return sheet.save(**typed.COMPANY)
    finally:
        database.close()


def test_a_double_click_makes_one_contact_and_both_answers_lead_to_it(desk: Desk, cast: Cast, sign_in: SignIn) -> None:
    first = desk.new()
    second = Sheet(sign_in(cast.klaus), first.url, first.page)
    desk.sandbox.fault("slow", method="POST", seconds=0.5)

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(_save, (first, second)))

    contact = Contact.objects.select_related("connection__client").get()
    assert [answer["Location"] for answer in answers] == [contact.url, contact.url]
    assert len(desk.sent("POST")) == 1
    assert len(_there(desk)) == 1


def test_a_double_click_that_was_refused_is_refused_without_a_second_request(
    desk: Desk, cast: Cast, sign_in: SignIn
) -> None:
    first = desk.new()
    first.data["email_office"] = "kein at"
    second = Sheet(sign_in(cast.klaus), first.url, first.page)
    desk.sandbox.fault("slow", method="POST", seconds=0.5)

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(_save_refused, (first, second)))

    assert [answer.status_code for answer in answers] == [422, 422]
    assert not Contact.objects.exists()


def _save_refused(sheet: Sheet) -> Any:
    try:
        return sheet.save(**typed.COMPANY | {"email_office": "kein at"})
    finally:
        database.close()


def test_killed_between_sending_and_storing_the_same_form_finds_it(desk: Desk, cast: Cast, tmp_path: Path) -> None:
    sheet = desk.new()
    values = {f.name: typed.COMPANY.get(f.name, "") for f in fields.FIELDS if f.group != "person"}
    values |= {name: True for name, value in values.items() if value == "on"}
    told = {"client": desk.client.pk, "staff": cast.klaus.pk, "key": sheet.data["key"], "values": values}
    desk.sandbox.fault("timeout_after", method="POST", seconds=10)

    with processes.running("-c", CREATE, json.dumps(told), sandbox=desk.sandbox, var=tmp_path) as process:
        until(lambda: bool(_there(desk)))
        processes.kill(process)
    assert not Contact.objects.exists()
    Submission.objects.update(claimed_at=F("claimed_at") - IN_FLIGHT)  # three minutes pass
    response = sheet.save(**typed.COMPANY)

    contact = Contact.objects.select_related("connection__client").get()
    assert response["Location"] == contact.url
    assert [stored["id"] for stored in _there(desk)] == [str(contact.lexware_id)]
    assert len(desk.sent("POST")) == 1
