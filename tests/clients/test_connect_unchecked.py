"""The consent is given, but whose company it is cannot be read yet: nothing is lost, a page offers to try again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lexweb.clients import ending
from lexweb.clients.models import Connection, LooseGrant
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("impatient")]
KINDS = ["429", "500", "502", "503", "504", "timeout", "reset", "garbage", "empty", "forbidden_403", "plan_402"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_unread_profile_keeps_the_grant_and_trying_again_binds_it(
    kind: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    lexware.fault(kind, path="/v1/profile", seconds=0.01)

    asked = flow.connect(browser, lexware, cast.client)
    page = flow.said(browser, asked)
    answer = browser.post(asked["Location"], {"answer": "yes"})

    assert "Nothing is lost: try again in a moment." in page
    assert answer["Location"] == f"{cast.client.url}sync/"
    assert Connection.objects.get(client=cast.client).is_connected
    assert not LooseGrant.objects.exists()
    assert flow.asked(lexware, "/oauth2/token") == 1


def test_trying_again_in_vain_keeps_the_question(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    lexware.fault("503", path="/v1/profile", count=None)
    asked = flow.connect(browser, lexware, cast.client)

    answer = browser.post(asked["Location"], {"answer": "yes"})

    assert answer.status_code == 200
    assert "Lexware Office does not answer properly" in answer.content.decode()
    assert LooseGrant.objects.get().question == LooseGrant.Question.UNCHECKED
    assert len(flow.living(lexware)) == 1


def test_the_overview_leads_back_to_the_open_question(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    lexware.fault("503", path="/v1/profile")
    asked = flow.connect(browser, lexware, cast.client)

    mine = browser.get(cast.client.url).content.decode()
    theirs = sign_in(cast.paula).get(cast.client.url).content.decode()

    assert f'href="{asked["Location"]}"' in mine
    assert "waiting for your answer" not in theirs


def test_the_question_is_for_the_person_who_connects_alone(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    lexware.fault("503", path="/v1/profile")
    asked = flow.connect(sign_in(cast.klaus), lexware, cast.client)

    answer = sign_in(cast.paula).post(asked["Location"], {"answer": "yes"})

    assert answer.status_code == 404
    assert not Connection.objects.exists()


def test_nobody_answers_for_half_an_hour_so_the_grant_is_given_back(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    lexware.fault("503", path="/v1/profile")
    asked = flow.connect(browser, lexware, cast.client)

    LooseGrant.objects.update(revoke_at=timezone.now() + timedelta(minutes=1))
    assert ending.revoke_due() == 0
    LooseGrant.objects.update(revoke_at=timezone.now() - timedelta(minutes=1))
    assert ending.revoke_due() == 1

    assert flow.living(lexware) == set()
    late = browser.post(asked["Location"], {"answer": "yes"})
    assert late.status_code == 404
    assert "This question has been answered, or the access was given back." in late.content.decode()
