"""Each event type, from Lexware Office through the wire into the mirror."""

from collections.abc import Iterator
from datetime import date

import pytest

from lexweb.activity.models import Entry
from lexweb.clients.models import Connection
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.lexware.office import ApiKey, NoPace, Office
from lexweb.sandbox.sales import finalizing, paying
from lexweb.sandbox.vouchers import desk
from lexweb.sync.event_effects import resource_of
from lexweb.sync.models import Event
from lexweb.vouchers.models import Voucher
from tests.contract.world import World
from tests.sync.webhooks import over_there
from tests.sync.webhooks.over_there import mirrored, some_record
from tests.sync.webhooks.told import Told

CHANGES = [each for each in EVENT_TYPES if each.endswith("changed") and each != "payment.changed"]


@pytest.fixture
def people(told: Told) -> Iterator[World]:
    """Other software of the client, which uses the API."""
    with Office(told.sandbox.url, credentials=ApiKey(told.organization.api_key), pace=NoPace()) as office:
        yield World(office)


def kept_types() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("event_type", flat=True))


@pytest.mark.parametrize("resource", over_there.RESOURCES)
def test_created_comes_into_the_mirror(resource: str, told: Told) -> None:
    record = some_record(told, resource)
    told.tell(f"{resource}.created", record)

    assert told.deal() == 1

    found = mirrored(told, resource, record)
    assert found is not None
    assert found["id"] == record
    assert told.open == []


@pytest.mark.parametrize("event_type", CHANGES)
def test_changed_is_read_anew(event_type: str, told: Told) -> None:
    resource = resource_of(event_type)
    record = some_record(told, resource)
    told.tell(f"{resource}.created", record)
    told.deal()
    before = mirrored(told, resource, record)

    over_there.change(told, resource, record, "anders als vorher")
    told.tell(event_type, record)
    told.deal()

    after = mirrored(told, resource, record)
    assert before is not None
    assert after is not None
    assert "anders als vorher" in after.values()
    assert after["version"] > before["version"]


@pytest.mark.parametrize("resource", over_there.RESOURCES)
def test_deleted_is_removed(resource: str, told: Told) -> None:
    record = some_record(told, resource)
    told.tell(f"{resource}.created", record)
    told.deal()
    assert mirrored(told, resource, record)

    over_there.remove(told, resource, record)
    told.tell(f"{resource}.deleted", record)
    told.deal()

    assert mirrored(told, resource, record) is None
    assert told.open == []


@pytest.mark.parametrize("resource", over_there.RESOURCES)
def test_deleted_is_not_believed(resource: str, told: Told) -> None:
    record = some_record(told, resource)
    told.tell(f"{resource}.deleted", record)
    told.deal()
    assert mirrored(told, resource, record)


@pytest.mark.parametrize("resource", over_there.RESOURCES)
def test_events_in_the_wrong_order_end_the_same(resource: str, told: Told) -> None:
    record = some_record(told, resource)
    over_there.remove(told, resource, record)
    for event in ("deleted", "changed", "created"):
        told.tell(f"{resource}.{event}", record)
        told.deal()
    assert mirrored(told, resource, record) is None


def test_what_other_software_writes(told: Told, people: World) -> None:
    contact, article, voucher = people.contact_id, people.new_article(), people.new_voucher()
    told.deal()
    assert mirrored(told, "contact", str(contact)) == people.office.contacts.get(contact).payload()
    assert mirrored(told, "article", str(article)) == people.office.articles.get(article).payload()
    assert mirrored(told, "voucher", str(voucher)) == people.office.vouchers.get(voucher).payload()
    row = over_there.voucher(told, voucher)
    assert (row.kind, row.status) == (people.office.vouchers.get(voucher).type, "open")

    people.office.articles.delete(article)
    told.deal()
    assert mirrored(told, "article", str(article)) is None
    assert {"contact.created", "article.created", "article.deleted", "voucher.created"} <= set(kept_types())


@pytest.mark.parametrize("kind", ["invoices", "credit-notes", "quotations", "order-confirmations", "delivery-notes"])
def test_a_document_from_draft_on(kind: str, told: Told, people: World) -> None:
    endpoint = getattr(people.office, kind.replace("-", "_"))
    made = endpoint.create(people.sales_draft(kind)).id
    told.deal()
    assert over_there.voucher(told, made).status == "draft"
    if kind in {"order-confirmations", "delivery-notes"}:
        return  # they stay so

    with told.sandbox.state.lock:
        record = told.organization.shelf(kind).get(str(made))
        assert record is not None
        finalizing.finalize(told.sandbox.state, told.organization, kind, record)
    told.deal()

    assert over_there.voucher(told, made).status == "open"
    assert f"{kind[:-1]}.status.changed" in kept_types()


def test_a_dunning_is_known_by_its_event_alone(told: Told, people: World) -> None:
    dunning = people.issued("dunnings")
    told.deal()
    assert over_there.voucher(told, dunning).kind == Voucher.Kind.DUNNING


def test_a_paid_invoice(told: Told, people: World) -> None:
    invoice = people.issued("invoices")
    told.deal()
    with told.sandbox.state.lock:
        record = told.organization.shelf("invoices").get(str(invoice))
        assert record is not None
        paying.pay(told.sandbox.state, told.organization, "invoices", record, 10.0, date(2026, 11, 20))
    before = len(told.asked())

    told.deal()

    row = over_there.voucher(told, invoice)
    assert told.asked(since=before) == [f"GET /v1/payments/{invoice}"]
    assert row.detail.payment["paymentItems"][0]["amount"] == 10.0
    assert row.wanted == Voucher.Wanted.NOW
    assert row.total_amount is not None
    assert row.open_amount == row.total_amount - 10


def test_paid_in_full_is_read_once_and_its_payments_next(told: Told, people: World) -> None:
    invoice = people.issued("invoices")
    told.deal()
    with told.sandbox.state.lock:
        record = told.organization.shelf("invoices").get(str(invoice))
        assert record is not None
        amount = record.document["totalPrice"]["totalGrossAmount"]
        paying.pay(told.sandbox.state, told.organization, "invoices", record, amount, date(2026, 11, 20))
    before = len(told.asked())

    assert told.deal() == 1

    row = over_there.voucher(told, invoice)
    assert told.asked(since=before) == [f"GET /v1/invoices/{invoice}"]
    assert (row.status, row.payment_wanted, row.wanted) == ("paid", True, Voucher.Wanted.NO)


def test_a_paid_receipt(told: Told, people: World) -> None:
    receipt = people.new_voucher()
    told.deal()
    with told.sandbox.state.lock:
        desk.pay(told.sandbox.state, told.organization, str(receipt))
    told.deal()
    row = over_there.voucher(told, receipt)
    assert row.status in {"paid", "paidoff"}


def test_a_payment_of_a_document_nobody_told_us_of(told: Told) -> None:
    record = some_record(told, "down-payment-invoice")
    told.tell("payment.changed", record)
    assert told.deal() == 1
    assert over_there.voucher(told, record).kind == Voucher.Kind.DOWN_PAYMENT_INVOICE


@pytest.mark.parametrize("resource", ["quotation", "delivery-note"])
def test_a_payment_where_nothing_can_be_paid_waits_for_the_list(resource: str, told: Told) -> None:
    told.tell("payment.changed", some_record(told, resource))
    assert told.deal() == 1
    assert not Voucher.objects.exists()
    assert told.open == []


def test_a_payment_of_a_document_that_is_gone(told: Told) -> None:
    record = some_record(told, "invoice")
    told.tell("invoice.created", record)
    told.deal()
    over_there.remove(told, "invoice", record)
    told.tell("payment.changed", record)
    told.deal()
    assert over_there.voucher(told, record).wanted == Voucher.Wanted.NOW  # the back-fill finds out


def test_our_authorization_ended(told: Told) -> None:
    with told.sandbox.state.lock:
        told.sandbox.state.disable_key(told.organization)

    told.deal_in_trouble("reconnect")

    connection = Connection.objects.get()
    assert (connection.state, connection.state_reason) == ("reconnect", "key_refused")
    assert kept_types() == ["token.revoked"]


def test_another_authorization_of_the_organization_ended(told: Told) -> None:
    before = len(told.asked())
    told.tell("token.revoked", "11111111-2222-3333-4444-555555555555")
    assert told.deal() == 1
    assert told.asked(since=before) == []
    assert Connection.objects.get().is_connected


def test_news_of_an_older_end_does_no_harm(told: Told) -> None:
    told.tell("token.revoked", str(told.connection.lexware_connection_id))
    told.deal()
    assert Connection.objects.get().is_connected
    assert told.open == []


def test_what_others_do_is_no_activity_of_the_firm(told: Told) -> None:
    before = Entry.objects.count()
    told.tell("contact.changed", some_record(told, "contact"))
    told.deal()
    assert Entry.objects.count() == before
