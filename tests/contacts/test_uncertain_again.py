"""An uncertain create that is tried again, and again: the first try may still have been the one."""

from datetime import timedelta
from typing import Any

import pytest

from lexweb.activity.models import Entry
from lexweb.contacts.models import Contact, Submission
from lexweb.outbox import submissions
from lexweb.outbox.submissions import IN_FLIGHT
from tests import cast as casting
from tests.cast import Cast
from tests.contacts import typed
from tests.contacts.desk import Desk

pytestmark = pytest.mark.django_db
ROLES: dict[str, Any] = {"customer": {}, "vendor": {}}


def _there(desk: Desk) -> list[dict[str, Any]]:
    return [stored for stored in desk.named("Die Maler") if stored["company"]["name"] == typed.COMPANY["company_name"]]


@pytest.mark.parametrize("second", ["429", "plan_402"])
def test_a_second_try_that_is_refused_does_not_settle_the_first(desk: Desk, impatient: None, second: str) -> None:
    desk.sandbox.fault("504", method="POST")
    unsure = desk.sheet(desk.new().save(**typed.COMPANY))
    desk.sandbox.fault(second, method="POST")
    refused = desk.sheet(unsure.save(note="anders"))
    desk.add(**typed.HELD_COMPANY, roles=ROLES)  # the first try gets through at last
    Contact.objects.all().delete()  # the mirror has not seen it
    desk.forget_requests()

    response = refused.save(note=typed.COMPANY["note"])

    assert response.status_code == 302
    assert desk.sent("POST") == []
    assert len(_there(desk)) == 1


def test_corrected_meanwhile_the_first_try_is_found_all_the_same(desk: Desk, impatient: None) -> None:
    desk.sandbox.fault("504_after", method="POST")
    desk.sandbox.fault("503", method="GET", path="/v1/contacts")
    unsure = desk.sheet(desk.new().save(**typed.COMPANY))

    response = unsure.save(tax_number="20/9")

    told, contact = desk.sheet(response), Contact.objects.select_related("connection__client").get()
    assert response.status_code == 422
    assert "The first try did create the contact" in told.page
    assert f'href="{contact.url}edit/"' in told.page
    assert told.data["tax_number"] == "20/9"
    assert [stored["id"] for stored in _there(desk)] == [str(contact.lexware_id)]
    assert Entry.objects.filter(target=contact.target, kind="contact.created").count() == 1
    assert "already created the contact" in told.save().content.decode()
    assert len(desk.sent("POST")) == 1


def test_a_name_with_html_in_it_is_no_html_in_the_notice(desk: Desk, impatient: None) -> None:
    desk.sandbox.fault("504_after", method="POST")
    desk.sandbox.fault("503", method="GET", path="/v1/contacts")
    unsure = desk.sheet(desk.new().save(**typed.COMPANY | {"company_name": "Maler <i>{} %s</i>"}))

    told = unsure.save(tax_number="20/9").content.decode()

    assert "Maler &lt;i&gt;{} %s&lt;/i&gt;</a>" in told
    assert "<i>{}" not in told


def test_a_deleted_contact_does_not_keep_its_form_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "TWIN_WAIT", 0.3)
    sheet = desk.new()
    sheet.save(**typed.COMPANY)
    desk.remove(Contact.objects.get())
    Contact.objects.all().delete()

    told = desk.sheet(sheet.save(**typed.COMPANY))
    response = told.save()

    assert "which was deleted since" in told.page
    assert response.status_code == 302
    assert len(_there(desk)) == 1


def test_a_key_that_another_client_used_is_no_matter(desk: Desk, cast: Cast) -> None:
    sheet = desk.new()
    other = casting.connect(cast.other, desk.sandbox, by=cast.paula, index=1)
    Submission.objects.create(key=sheet.data["key"], connection=other, state=Submission.State.DONE)

    assert sheet.save(**typed.COMPANY).status_code == 302
    assert len(_there(desk)) == 1


@pytest.fixture
def submission(desk: Desk) -> Submission:
    """A form that was never sent."""
    return Submission.objects.create(key="05ad0000-0000-4000-8000-000000000001", connection=desk.connection)


def _grow_old(claim: submissions.Claim[Submission]) -> None:
    """Let the claim stand for longer than anything takes."""
    claim.taken_at -= IN_FLIGHT + timedelta(seconds=1)
    Submission.objects.update(claimed_at=claim.taken_at)


def test_a_claim_that_ran_out_sends_and_settles_nothing(submission: Submission, desk: Desk) -> None:
    first = submissions.take(submission, {"note": "a"})
    assert first is not None
    assert submissions.take(submission, {"note": "b"}) is None
    _grow_old(first)

    second = submissions.take(submission, {"note": "b"})

    assert second is not None
    assert second.doubt == {"note": "a"}
    with pytest.raises(submissions.Lost):
        submissions.about_to_send(first, {"note": "a"})
    submissions.give_back(first, refused=True)
    assert not submissions.finish(first, contact=desk.add())
    submission.refresh_from_db()
    assert (submission.state, submission.contact, submission.claimed_at) == ("sending", None, second.taken_at)
    assert submissions.finish(second, contact=desk.add())


def test_sending_renews_the_claim(submission: Submission) -> None:
    claim = submissions.take(submission, {"note": "a"})
    assert claim is not None
    _grow_old(claim)

    submissions.about_to_send(claim, {"note": "a"})

    assert submissions.take(submission, {"note": "a"}) is None
