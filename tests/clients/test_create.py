"""Adding a client."""

import pytest

from lexweb.activity.models import Entry
from lexweb.clients import services
from lexweb.clients.models import COLORS, Client
from lexweb.clients.services import NumberTaken
from tests.cast import Cast
from tests.clients.threads import at_once
from tests.conftest import SignIn

TAKEN = "Another client of your firm has this number."


@pytest.mark.django_db
def test_a_new_client_belongs_to_who_adds_it_and_leads_to_connecting(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post("/clients/new/", {"name": " Bäckerei Öz ", "number": "10030"})

    client = Client.objects.get(number="10030")
    assert answer["Location"] == f"{client.url}connect/"
    assert (client.name, client.firm, list(client.staff.all())) == ("Bäckerei Öz", cast.klaus.firm, [cast.klaus])
    assert 1 <= client.color <= COLORS
    assert Entry.objects.get().kind == "client.created"


@pytest.mark.django_db
def test_the_address_tells_nothing_of_the_client(cast: Cast) -> None:
    client = services.create(name="Geheimrat Meier", number="4711", by=cast.paula)

    assert "meier" not in client.url.lower()
    assert "4711" not in client.url
    assert len(client.slug) == 8
    assert str(client.pk) != client.slug


@pytest.mark.django_db
def test_clients_share_a_colour_only_when_all_are_taken(cast: Cast) -> None:
    taken = set(Client.objects.filter(firm=cast.paula.firm).values_list("color", flat=True))
    new = [services.create(name="N", number=f"{50_000 + each}", by=cast.paula) for each in range(COLORS - len(taken))]
    assert taken | {client.color for client in new} == set(range(1, COLORS + 1))
    assert services.create(name="N", number="60000", by=cast.paula).color in range(1, COLORS + 1)


@pytest.mark.django_db
def test_a_number_in_use_is_refused_and_what_was_typed_stays(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post("/clients/new/", {"name": "Bäckerei <Öz>", "number": "10020"})

    page = answer.content.decode()
    assert (answer.status_code, TAKEN in page) == (422, True)
    assert 'value="Bäckerei &lt;Öz&gt;"' in page
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_another_firm_may_use_the_same_number(cast: Cast) -> None:
    assert services.create(name="Hofladen", number="10020", by=cast.fremd).firm == cast.foreign.firm


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "number": "1"},
        {"name": "A", "number": ""},
        {"name": "x" * 201, "number": "1"},
        {"name": "A", "number": "1" * 21},
        {"name": "A\x00", "number": "1"},
    ],
)
def test_incomplete_or_impossible_input_is_refused(typed: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post("/clients/new/", typed, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.content.decode().strip().startswith('<form class="form" id="form"')
    assert Client.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_four_who_take_a_number_at_once_one_gets_it(cast: Cast) -> None:
    results = at_once(lambda n: services.create(name=f"Nr. {n}", number="777", by=cast.paula), workers=4)

    assert sorted(type(result).__name__ for result in results) == ["Client"] + [NumberTaken.__name__] * 3
    assert Client.objects.filter(number="777").count() == 1
    assert Entry.objects.count() == 1
