"""The demo's data: made once, from what the sandbox has, and in the demo alone."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from lexweb.clients.models import Client, Connection
from lexweb.firm.models import Firm, Staff
from lexweb.home import demo
from lexweb.sandbox.server import RunningSandbox
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_the_demo_has_two_firms_and_some_clients_are_connected(lexware: RunningSandbox, sign_in: SignIn) -> None:
    assert demo.seed()

    firms = {firm.name: firm for firm in Firm.objects.all()}
    ours = Client.objects.filter(firm=firms[demo.SOMMER])
    largest = max(lexware.organizations(), key=lambda organization: organization["contacts"])
    assert set(firms) == {demo.SOMMER, demo.NORD}
    assert ours.count() == demo.CONNECTED + demo.WAITING
    assert Connection.objects.filter(client__in=ours, state="connected").count() == demo.CONNECTED
    assert Connection.objects.filter(client__firm=firms[demo.NORD]).count() == demo.STRANGERS
    assert ours.get(name=largest["companyName"]).pk not in Connection.objects.values_list("client_id", flat=True)
    assert Staff.objects.filter(is_demo=False).count() == 0
    assert sign_in(Staff.objects.get(email="klaus@sommer.example")).get("/").context["start"].total == ours.count()


def test_seeding_twice_changes_nothing(lexware: RunningSandbox) -> None:
    demo.seed()
    before = Client.objects.count(), Staff.objects.count()

    assert demo.seed() is False

    assert (Client.objects.count(), Staff.objects.count()) == before


def test_no_demo_people_outside_the_demo(lexware: RunningSandbox, settings: LazySettings) -> None:
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured, match="LEXWARE_ENVIRONMENT=demo"):
        demo.seed()

    assert not Staff.objects.exists()
