"""Doing the same with many vouchers of a client: what is chosen, what is shown and why not, and that this is done."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.outbox.models import Batch, Item
from lexweb.vouchers.bulk import planning as bulk
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import acts
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import said
from tests.review.shelf import receipt
from tests.sync import made_up
from tests.vouchers.choosing import GOODS, LOAN, OFFICE, SALES, Chooser, changes, ids, knows_categories, left_out, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(cast: Cast) -> Connection:
    """A connected client of Klaus and Aylin."""
    connection = made_up.connected(cast.client)
    made_up.idle(connection)
    knows_categories(connection)
    return connection


@pytest.fixture
def klaus(cast: Cast, connection: Connection, sign_in: SignIn) -> Chooser:
    """Klaus at the list of the client's vouchers."""
    return Chooser(sign_in(cast.klaus), f"{cast.client.url}vouchers/")


def test_booking_shows_what_is_booked_and_why_the_others_are_not(klaus: Chooser, connection: Connection) -> None:
    line = {"amount": 119.0, "taxAmount": 19.0, "taxRatePercent": 19}
    vouchers = [
        read(connection, "good"),
        read(connection, "bare", file_count=0),
        read(connection, "no-number", raw={"voucherNumber": ""}),
        read(connection, "no-date", raw={"voucherDate": None}),
        read(connection, "no-lines", raw={"voucherItems": []}),
        read(connection, "no-category", raw={"voucherItems": [line]}),
        read(connection, "loan", raw={"voucherItems": [line | {"categoryId": LOAN}]}),
        read(connection, "nobody", raw={"useCollectiveContact": False}),
        read(connection, "booked", status="open", raw={"voucherStatus": "open"}),
        receipt(connection, "unread"),
        receipt(connection, "draft", kind="invoice", status="draft"),
    ]

    response = klaus.look(ids(vouchers), "book")

    assert sorted(changes(response)) == [("bare", "To review", "Booked"), ("good", "To review", "Booked")]
    assert {words: [name.split(" · ")[0] for name in names] for words, names in left_out(response).items()} == {
        "the number is missing": ["no-number"],
        "the date is missing": ["no-date"],
        "the amounts are missing: there is no line yet": ["no-lines"],
        "the category of a line is missing": ["no-category"],
        "This category needs a contact of its own, not the collective contact.": ["loan"],
        "the contact is missing": ["nobody"],
        "booked already": ["booked"],
        "not read completely yet": ["unread"],
        "a document that only Lexware Office itself can change": ["draft"],
    }
    page = response.content.decode()
    assert "1 of them has no image." in page
    assert "Booking cannot be taken back" in page
    assert "Book 2 vouchers" in page
    assert Item.objects.count() == 0


def test_confirmed_goes_into_the_outbox_and_the_rows_say_so(klaus: Chooser, connection: Connection) -> None:
    vouchers = [read(connection, "A"), read(connection, "B")]

    response = klaus.post(klaus.seen(ids(vouchers), "book") | {"back": "status=unchecked"})

    batch = Batch.objects.get()
    assert (batch.act, batch.group, batch.items.count()) == (acts.BOOK, None, 2)
    assert response["Location"] == f"{klaus.listed}?status=unchecked"
    page = klaus.browser.get(response["Location"]).content.decode()
    assert "2 changes will be sent in 10 seconds." in page
    assert f'action="{reverse("outbox:undo", args=[batch.pk])}"' in page
    assert page.count("being sent</span>") == 2
    assert left_out(klaus.look(ids(vouchers), "book")) == {
        "another change of it is being sent": ["A · Muster GmbH", "B · Muster GmbH"]
    }


def test_pressed_twice_it_is_done_once_even_when_the_first_is_over(klaus: Chooser, connection: Connection) -> None:
    voucher = read(connection, "A")
    sent = klaus.seen(ids([voucher]), "book")

    klaus.post(sent)
    assert klaus.post(sent).status_code == 302
    Item.objects.update(state="done", due_at=None)
    Voucher.objects.update(status="open")
    assert klaus.post(sent).status_code == 302

    assert (Batch.objects.count(), Item.objects.count()) == (1, 1)


@pytest.mark.parametrize(("htmx", "status"), [(True, 422), (False, 409)])
def test_others_than_were_seen_are_not_booked(klaus: Chooser, connection: Connection, htmx: bool, status: int) -> None:
    read(connection, "A")
    sent = klaus.seen(klaus.all("?status=unchecked"), "book")
    read(connection, "B")

    response = klaus.post(sent, htmx=htmx)

    assert response.status_code == status
    assert Item.objects.count() == 0
    page = response.content.decode()
    assert "the vouchers are others by now" in page
    assert "there were 1 vouchers, now there are 2" in page


def test_what_was_agreed_to_for_one_change_is_no_word_for_another(klaus: Chooser, connection: Connection) -> None:
    voucher = read(connection, "A")
    sent = klaus.seen(ids([voucher]), "category", category=GOODS)

    assert klaus.post(sent | {"change": "book"}).status_code == 409
    assert klaus.post(sent | {"category": LOAN}).status_code in {200, 409}
    assert Item.objects.count() == 0


def test_a_category_fits_the_kind_and_what_has_it_stays(klaus: Chooser, connection: Connection) -> None:
    sale = read(connection, "sale", kind="salesinvoice")
    vouchers = [read(connection, "A"), read(connection, "B"), sale]
    klaus_sees = klaus.look(ids(vouchers), "category", category=GOODS)
    assert changes(klaus_sees) == [("A", "Bürobedarf", "Wareneinkauf"), ("B", "Bürobedarf", "Wareneinkauf")]
    assert list(left_out(klaus_sees).values()) == [["sale · Muster GmbH"]]

    assert changes(klaus.look(ids(vouchers), "category", category=SALES)) == [("sale", "Bürobedarf", "Einnahmen")]
    assert left_out(klaus.look(ids(vouchers[:2]), "category", category=OFFICE)) == {
        "already as wished": ["A · Muster GmbH", "B · Muster GmbH"]
    }
    assert klaus.look(ids(vouchers), "category").context["form"].errors == {"category": ["Choose a category."]}
    assert klaus.look(ids(vouchers), "category", category="nonsense").status_code == 422

    klaus.post(klaus.seen(ids(vouchers), "category", category=GOODS))
    batch = Batch.objects.get()
    assert (batch.act, batch.items.count()) == (acts.CHANGE, 2)
    assert batch.wish == {"change": "category", "value": GOODS, "label": "Wareneinkauf"}


def _contact(connection: Connection, name: str) -> Contact:
    contact = made_up.contact(connection)
    Contact.objects.filter(pk=contact.pk).update(
        lexware_id=uuid4(), name=name, listed_as=name, sort_name=name.lower(), search=name.lower(), is_vendor=True
    )
    return Contact.objects.get(pk=contact.pk)


def test_a_contact_is_found_by_its_name(klaus: Chooser, connection: Connection) -> None:
    voucher = read(connection, "A")
    elbe = [_contact(connection, name) for name in ("Elbufer GmbH", "Elbkontor KG")]
    _contact(connection, "Nord AG")

    nothing = klaus.look(ids([voucher]), "contact")
    several = klaus.look(ids([voucher]), "contact", contact_text="elb")
    one = klaus.look(ids([voucher]), "contact", contact_text="elbuf")
    none = klaus.look(ids([voucher]), "contact", contact_text="gibtesnicht")
    chosen = klaus.seen(ids([voucher]), "contact", contact_text="elb", contact=str(elbe[1].lexware_id))
    klaus.post(chosen)

    assert list(nothing.context["form"].errors) == ["contact_text"]
    assert list(several.context["form"].errors) == ["contact"]
    assert "Elbkontor KG" in several.content.decode()
    assert "Nord AG" not in several.content.decode()
    assert changes(one) == [("A", "Muster GmbH", "Elbufer GmbH")]
    assert list(none.context["form"].errors) == ["contact_text"]
    assert Batch.objects.get().wish == {
        "change": "contact", "value": str(elbe[1].lexware_id), "label": "Elbkontor KG",
    }  # fmt: skip


def test_the_collective_contact_can_be_set_too(klaus: Chooser, connection: Connection) -> None:
    own = read(connection, "A", raw={"useCollectiveContact": False, "contactId": str(uuid4())})

    response = klaus.look(ids([own]), "contact", contact="collective")

    assert changes(response) == [("A", "Muster GmbH", "Collective contact")]


def test_assigning_is_done_at_once_and_can_be_taken_back(klaus: Chooser, connection: Connection, cast: Cast) -> None:
    vouchers = [receipt(connection, number) for number in "AB"]  # unread ones, too: nothing of theirs is changed

    seen = klaus.look(ids(vouchers), "assign", assignee=str(cast.aylin.pk))
    response = klaus.post(klaus.seen(ids(vouchers), "assign", assignee=str(cast.aylin.pk)))

    assert changes(seen) == [("A", "nobody", "Aylin"), ("B", "nobody", "Aylin")]
    assert set(Voucher.objects.values_list("assignee__name", flat=True)) == {"Aylin"}
    assert Item.objects.count() == 0
    page = klaus.browser.get(response["Location"]).content.decode()
    assert "2 vouchers are assigned to Aylin." in page
    undo = page.split('action="', 1)[1:] and next(part for part in page.split('action="') if "/assigning/" in part[:90])
    klaus.browser.post(undo.split('"')[0])
    assert set(Voucher.objects.values_list("assignee", flat=True)) == {None}


def test_only_people_of_the_client_are_offered(klaus: Chooser, connection: Connection, cast: Cast) -> None:
    voucher = receipt(connection, "A")

    response = klaus.look(ids([voucher]), "assign", assignee=str(cast.fremd.pk))

    assert response.status_code == 422
    assert Voucher.objects.get().assignee is None


def test_who_may_not_book_is_not_offered_it_and_cannot_do_it(
    connection: Connection, cast: Cast, sign_in: SignIn
) -> None:
    aylin = Chooser(sign_in(cast.aylin), f"{cast.client.url}vouchers/")
    robert = Chooser(sign_in(cast.robert), f"{cast.client.url}vouchers/")
    voucher = read(connection, "A")

    assert aylin.look(ids([voucher]), "book").status_code == 422
    assert aylin.look(ids([voucher]), "category", category=GOODS).status_code == 200
    assert robert.look(ids([voucher]), "category", category=GOODS).status_code == 403
    assert "data-select" not in robert.browser.get(robert.listed).content.decode()


def test_the_choice_of_one_client_means_nothing_for_another(klaus: Chooser, connection: Connection) -> None:
    read(connection, "A")
    token = klaus.all()["all"]
    connection.organization_id = uuid4()
    connection.save()

    for text in (token, token[:-2], "nonsense", ""):
        response = klaus.look({"all": text}, "book")
        assert response.status_code == 302
        assert "Select the vouchers in the list first" in said(response)


def test_vouchers_of_another_client_are_not_found(klaus: Chooser, connection: Connection, cast: Cast) -> None:
    foreign = read(made_up.connected(cast.other), "B")

    response = klaus.look(ids([foreign]), "book")

    assert response.context["found"] == 0
    assert "B" not in [row[0] for row in changes(response)]


def test_all_means_more_than_a_page_but_not_everything(
    klaus: Chooser, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        receipt(connection, f"N{number}")
    response = klaus.look(klaus.all(), "assign")
    assert response.context["found"] == 60

    monkeypatch.setattr(bulk, "MOST", 59)
    refused = klaus.look(klaus.all(), "assign")
    assert "At most 59 vouchers at once" in said(refused)


def test_rows_ask_until_they_are_sent(klaus: Chooser, connection: Connection) -> None:
    voucher = read(connection, "A")
    klaus.post(klaus.seen(ids([voucher]), "book"))
    address = f"{klaus.listed}bulk/under-way/?id={voucher.pk}&id=nonsense"
    fragment: Any = {"HX-Request": "true", "HX-Target": "under-way"}

    waiting = klaus.browser.get(address, headers=fragment).content.decode()
    Item.objects.update(state="done", due_at=None)
    Voucher.objects.update(status="open")
    done = klaus.browser.get(address, headers=fragment).content.decode()

    assert "being sent" in waiting
    assert "every 3s" in waiting
    assert "every 3s" not in done
    assert "hx-swap-oob" in done
    assert "Open</span>" in done


def test_a_long_selection_takes_few_queries(klaus: Chooser, connection: Connection) -> None:
    vouchers = [read(connection, f"N{number}") for number in range(60)]
    klaus.look(ids(vouchers), "category", category=GOODS)

    with CaptureQueriesContext(database) as queries:
        response = klaus.look(ids(vouchers), "category", category=GOODS)

    assert response.context["plan"].count == 60
    assert len(response.context["plan"].previews) == 50
    assert len(queries) <= 20, [query["sql"][:150] for query in queries]
