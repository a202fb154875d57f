"""Event subscriptions: made, found again, ended; against the sandbox, with a receiver that answers its HEAD."""

from uuid import uuid4

import pytest

from lexweb.lexware import errors, webhooks
from lexweb.lexware.api import event_subscriptions
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES, SubscriptionDraft
from lexweb.lexware.office import Office
from tests.contract import schema
from tests.contract.connected import Connected
from tests.sandbox.webhooks.receiver import Receiver
from tests.waiting import until


@pytest.fixture
def hooked(world: Connected) -> Office:
    """An office without subscriptions."""
    for each in world.office.event_subscriptions.all():
        world.office.event_subscriptions.delete(each.subscription_id)
    return world.office


def test_the_event_types_are_those_of_the_contract() -> None:
    [public, _] = schema.contracts()
    assert list(EVENT_TYPES) == sorted(set(EVENT_TYPES), key=EVENT_TYPES.index)
    assert set(EVENT_TYPES) == set(public.document["components"]["schemas"]["EventType"]["enum"])


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_every_type_can_be_subscribed_to(hooked: Office, world: Connected, event_type: str) -> None:
    draft = SubscriptionDraft(event_type=event_type, callback_url=f"{world.hook}/{event_type}")
    created = hooked.event_subscriptions.create(draft)
    read = hooked.event_subscriptions.get(created.id)
    assert (read.subscription_id, read.event_type, read.callback_url) == (
        created.id,
        event_type,
        f"{world.hook}/{event_type}",
    )
    assert hooked.event_subscriptions.all() == [read]


def test_the_same_pair_again_is_a_conflict(hooked: Office, world: Connected) -> None:
    draft = world.subscription_draft()
    hooked.event_subscriptions.create(draft)
    with pytest.raises(errors.Conflict):
        hooked.event_subscriptions.create(draft)
    hooked.event_subscriptions.create(SubscriptionDraft(event_type="contact.created", callback_url=draft.callback_url))
    assert len(hooked.event_subscriptions.all()) == 2


@pytest.mark.parametrize("url", ["http://kanzlei.example/hook", "ftp://kanzlei.example", "irgendwas", ""])
def test_an_address_that_is_not_https_is_refused(hooked: Office, url: str) -> None:
    with pytest.raises(errors.Rejected):
        hooked.event_subscriptions.create(SubscriptionDraft(event_type="invoice.created", callback_url=url))
    assert hooked.event_subscriptions.all() == []


def test_an_address_that_fails_head_is_refused(hooked: Office) -> None:
    with Receiver() as receiver:
        receiver.head = 500
        draft = SubscriptionDraft(event_type="invoice.created", callback_url=receiver.url)
        with pytest.raises(errors.Rejected):
            hooked.event_subscriptions.create(draft)


def test_an_unknown_type_is_refused(hooked: Office, world: Connected) -> None:
    with pytest.raises(errors.Rejected):
        hooked.event_subscriptions.create(SubscriptionDraft(event_type="till.exploded", callback_url=world.hook))


def test_an_uncertain_one_is_found_by_type_and_address(hooked: Office, world: Connected) -> None:
    draft = world.subscription_draft()
    hooked.event_subscriptions.create(
        SubscriptionDraft(event_type="quotation.created", callback_url=draft.callback_url)
    )
    hooked.event_subscriptions.create(world.subscription_draft())
    assert hooked.event_subscriptions.find(draft) == []
    world.sandbox.fault("504_after", method="POST", path="/v1/event-subscriptions")
    with pytest.raises(errors.Uncertain) as caught:
        hooked.event_subscriptions.create(draft)
    assert "event_subscriptions.find" in caught.value.look
    [found] = hooked.event_subscriptions.find(caught.value.sent)
    assert (found.event_type, found.callback_url) == (draft.event_type, draft.callback_url)


def test_a_deleted_one_is_gone(hooked: Office, world: Connected) -> None:
    created = hooked.event_subscriptions.create(world.subscription_draft())
    hooked.event_subscriptions.delete(created.id)
    assert hooked.event_subscriptions.all() == []
    for gone in (hooked.event_subscriptions.get, hooked.event_subscriptions.delete):
        with pytest.raises(errors.NotFound):
            gone(created.id)
    with pytest.raises(errors.NotFound):
        hooked.event_subscriptions.get(uuid4())


def test_an_empty_list_may_leave_out_its_content(stage, office, answer):
    stage.play(answer(200, {}), answer(200, {"content": None}))
    assert office.event_subscriptions.all() == office.event_subscriptions.all() == []
    assert {request.target for request in stage.heard} == {event_subscriptions.PATH}


def test_what_arrives_is_genuine_and_readable(hooked: Office, world: Connected) -> None:
    with Receiver() as receiver:
        hooked.event_subscriptions.create(SubscriptionDraft(event_type="contact.created", callback_url=receiver.url))
        contact_id = hooked.contacts.create(world.contact_draft()).id
        until(lambda: receiver.posted)
    [posted] = receiver.posted
    key = world.sandbox.state.webhooks.signer.public()
    assert webhooks.Verifier(key).genuine(posted.body, posted.headers[webhooks.SIGNATURE_HEADER.lower()])
    event = webhooks.read(posted.body)
    assert (event.event_type, event.resource_id) == ("contact.created", contact_id)
    assert event.organization_id == hooked.profile.get().organization_id
