"""The consent was given for a company that is unusual: another one than before, or one that is connected already."""

from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.utils import timezone

from lexweb.activity import presenters
from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import connecting, ending
from lexweb.clients.models import Connection, LooseGrant
from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import engine
from lexweb.sync.models import State
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
SMALL = 7  # an organization with 30 contacts


def test_consent_for_another_company_asks_first(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    before = flow.connected(browser, lexware, cast.client)

    answer = flow.connect(browser, lexware, cast.client, index=SMALL)
    page = flow.said(browser, answer)

    now = Connection.objects.get()
    assert "This is another company than before" in page
    assert before.company_name.replace("&", "&amp;") in page
    assert flow.organization(lexware, SMALL)["companyName"] in page
    assert (now.organization_id, now.token_version) == (before.organization_id, before.token_version)
    assert len(flow.living(lexware)) == 2  # nothing is decided yet


def test_yes_to_another_company_wipes_the_mirror_and_says_so_in_the_history(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    before = casting.synced(cast.client, lexware, by=cast.klaus, index=SMALL)
    old = flow.connected(browser, lexware, cast.client, index=SMALL)
    mirrored = set(Contact.objects.values_list("lexware_id", flat=True))
    asked = flow.connect(browser, lexware, cast.client, index=1)

    browser.post(asked["Location"], {"answer": "yes"})
    ending.revoke_due()

    now = Connection.objects.get(client=cast.client)
    entry = Entry.objects.filter(kind=Kind.MOVED).get()
    assert mirrored
    assert not Contact.objects.exists()
    assert str(now.organization_id) == flow.organization(lexware, 1)["organizationId"]
    assert (now.synced_at, now.counts) == (None, {})
    assert before.company_name in presenters.present(entry).text
    assert now.company_name in presenters.present(entry).text
    assert flow.living(lexware) == {str(now.lexware_connection_id)}
    assert str(old.lexware_connection_id) not in flow.living(lexware)
    State.objects.update(due_at=timezone.now())
    assert engine.run(now.pk, only=engine.LISTS)
    assert mirrored.isdisjoint(Contact.objects.values_list("lexware_id", flat=True))


def test_no_to_another_company_kills_the_new_grant_and_keeps_the_old(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    before = flow.connected(browser, lexware, cast.client)
    asked = flow.connect(browser, lexware, cast.client, index=SMALL)

    answer = browser.post(asked["Location"], {"answer": "no"})
    ending.revoke_due()

    assert "Not connected. The access is given back to Lexware Office." in flow.said(browser, answer)
    assert flow.living(lexware) == {str(before.lexware_connection_id)}
    assert Connection.objects.get().organization_id == before.organization_id
    assert not LooseGrant.objects.exists()


def test_a_question_can_be_answered_once(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    asked = flow.connect(browser, lexware, cast.client, index=SMALL)
    browser.post(asked["Location"], {"answer": "yes"})

    answer = browser.post(asked["Location"], {"answer": "no"})

    assert answer.status_code == 404
    assert Connection.objects.get().is_connected


def test_an_unanswered_question_is_given_back_after_thirty_minutes(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    before = flow.connected(browser, lexware, cast.client)
    flow.connect(browser, lexware, cast.client, index=SMALL)

    with time_machine.travel(timezone.now() + timedelta(minutes=29)):
        early = ending.revoke_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        late = ending.revoke_due()

    assert (early, late) == (0, 1)
    assert flow.living(lexware) == {str(before.lexware_connection_id)}


def test_an_answer_that_arrives_twice_binds_once(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    flow.connect(browser, lexware, cast.client, index=SMALL)
    first, second = LooseGrant.objects.exclude(question="").get(), LooseGrant.objects.exclude(question="").get()

    bound = connecting.bind(first, by=cast.klaus)
    again = connecting.bind(second, by=cast.klaus)

    assert again.pk == bound.pk
    assert again.token_version == bound.token_version
    assert Entry.objects.filter(kind=Kind.MOVED).count() == 1


def test_an_answer_after_the_access_was_given_back_says_so(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    casting.connect(cast.other, lexware, by=cast.paula, index=SMALL)
    browser = sign_in(cast.paula)
    flow.connect(browser, lexware, cast.client, index=SMALL)
    late = LooseGrant.objects.exclude(question="").get()
    LooseGrant.objects.filter(pk=late.pk).delete()  # as the worker does it

    with pytest.raises(connecting.Expired):
        connecting.bind(late, by=cast.paula)

    assert not Connection.objects.filter(client=cast.client).exists()


def test_a_question_whose_secrets_cannot_be_read_any_more_starts_again(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, settings: LazySettings
) -> None:
    casting.connect(cast.other, lexware, by=cast.paula, index=SMALL)
    browser = sign_in(cast.paula)
    asked = flow.connect(browser, lexware, cast.client, index=SMALL)
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]

    answer = browser.post(asked["Location"], {"answer": "yes"}, follow=True)

    assert "The access was given back to Lexware Office meanwhile. Start again." in answer.content.decode()


def test_another_company_that_is_also_connected_elsewhere_says_both(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    casting.connect(cast.other, lexware, by=cast.paula, index=SMALL)
    browser = sign_in(cast.paula)
    flow.connected(browser, lexware, cast.client)

    page = flow.said(browser, flow.connect(browser, lexware, cast.client, index=SMALL))

    assert "This is another company than before" in page
    assert "This company is already connected" in page


def test_a_company_of_quite_another_name_is_connected_with_a_warning(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)

    page = flow.said(browser, flow.connect(browser, lexware, cast.client, index=SMALL))

    assert "The client is called “Tischlerei Brandt” here." in page
