"""A client's name, number and colour."""

import pytest
from django.db import IntegrityError, transaction

from lexweb.activity import presenters
from lexweb.activity.models import Entry
from lexweb.clients.models import Client
from tests.cast import Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_changes_are_saved_and_told_field_by_field(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post(
        f"{cast.client.url}settings/", {"name": "Brandt GmbH", "number": "10010", "color": "7"}
    )

    client = Client.objects.get(pk=cast.client.pk)
    changes = presenters.present(Entry.objects.get()).changes
    assert answer["Location"] == client.url
    assert (client.name, client.number, client.color) == ("Brandt GmbH", "10010", 7)
    assert {(c.before, c.after) for c in changes} == {("Tischlerei Brandt", "Brandt GmbH"), ("3", "7")}


def test_saving_without_a_change_is_no_history(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.klaus).post(
        f"{cast.client.url}settings/", {"name": "Tischlerei Brandt", "number": "10010", "color": "3"}
    )

    assert not Entry.objects.exists()


def test_a_number_in_use_changes_nothing_and_the_frame_keeps_the_stored_name(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post(
        f"{cast.client.url}settings/", {"name": "Falscher Name", "number": "10020", "color": "9"}
    )

    page = answer.content.decode()
    assert (answer.status_code, "Another client of your firm has this number." in page) == (422, True)
    assert 'value="Falscher Name"' in page  # what was typed stays
    assert '<span class="switch-name">Tischlerei Brandt</span>' in page
    assert 'class="client-color-3"' in page
    assert Client.objects.get(pk=cast.client.pk).name == "Tischlerei Brandt"
    assert not Entry.objects.exists()


@pytest.mark.parametrize("color", ["0", "13", "red", ""])
def test_a_colour_that_does_not_exist_is_refused(color: str, cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post(
        f"{cast.client.url}settings/", {"name": "A", "number": "1", "color": color}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 422
    assert Client.objects.get(pk=cast.client.pk).color == 3


def test_the_database_refuses_such_a_colour_as_well(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=cast.client.pk).update(color=13)


def test_what_somebody_else_changed_meanwhile_is_not_undone(cast: Cast, sign_in: SignIn) -> None:
    klaus = sign_in(cast.klaus)
    seen = {"seen-name": cast.client.name, "seen-number": cast.client.number, "seen-color": str(cast.client.color)}
    Client.objects.filter(pk=cast.client.pk).update(name="Renamed by Paula")

    klaus.post(f"{cast.client.url}settings/", {**seen, "name": cast.client.name, "number": "10010", "color": "9"})

    now = Client.objects.get(pk=cast.client.pk)
    assert (now.name, now.color) == ("Renamed by Paula", 9)
    assert Entry.objects.latest("pk").values["changes"] == [{"label": "Color", "before": 3, "after": 9}]
