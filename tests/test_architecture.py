"""What must be true of all code: guarded views, client data tied to its client, few queries."""

import socket
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection as database
from django.db.models import ForeignKey, Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.models import Client, Connection
from lexweb.firm.roles import Permission
from tests import routes
from tests.cast import Cast
from tests.conftest import SignIn

GUARDED_BY_ALLAUTH = ("account_", "mfa_")  # sign-in has to be open; tests/firm/test_account_pages.py holds the table
TIED_TO_NOBODY = {
    "Client": "it is the client",
    "Country": "the list of countries is the same for everybody",
    "Chore": "periodic work of the whole installation",
    "Tally": "counts for the whole installation; its labels are methods, states and codes",
    "Worker": "a process that works for everybody",
    "Pace": "holds the number of an account and a moment, for as long as an account has no row yet",
}


def test_every_view_is_stamped_with_its_permission_or_the_reason_why_it_is_public() -> None:
    unstamped = [
        name
        for name, _, view in routes.walk()
        if not name.startswith(GUARDED_BY_ALLAUTH)
        and not isinstance(getattr(view, "permission", None), Permission)
        and not getattr(view, "public", "")
    ]

    assert unstamped == []


PUBLIC = {  # name → why nobody has to be signed in
    "webhook": "Lexware Office calls it, and signs what it says",
    "ui:gallery": "shows no data, and exists in the demo alone",
    "ui:gallery_page": "the same",
    "ui:toast": "the same",
    "connect-callback": "clients with a link come back here, too; what counts is the attempt in their session",
    "reconnect": "the link is the secret; shows the names of firm and company alone",
    "reconnect-result": "says how it went to the session that did it",
}


def test_public_views_are_known_with_their_reason() -> None:
    public = {name for name, _, view in routes.walk() if getattr(view, "public", "")}

    assert public == set(PUBLIC)


def test_addresses_under_a_client_are_guarded_by_client_view() -> None:
    for name, path, view in routes.walk():
        if path.startswith("clients/<slug:slug>/"):
            assert any(layer.startswith("client_view.") for layer in _layers(view)), name


def test_every_table_with_client_data_leads_to_a_client() -> None:
    models = [
        model
        for label in ("clients", "contacts", "console", "sync")
        for model in apps.get_app_config(label).get_models()
    ]

    loose = {model.__name__ for model in models if not _leads_to_client(model)}

    assert loose == set(TIED_TO_NOBODY) - {"Client"}


def test_the_history_outlives_what_it_tells_of() -> None:
    [entry] = apps.get_app_config("activity").get_models()

    assert not [field for field in entry._meta.get_fields() if field.is_relation]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "most"), [("/clients/", 8), ("/", 10), ("/clients/switch/", 4)])
def test_lists_ask_the_database_a_fixed_number_of_times(address: str, most: int, cast: Cast, sign_in: SignIn) -> None:
    headers = {"HX-Request": "true"} if "switch" in address else {}
    counts = []
    for number in (0, 50):
        _many(cast, number)
        browser = sign_in(cast.paula)
        browser.get(address, headers=headers)
        with CaptureQueriesContext(database) as queries:
            assert browser.get(address, headers=headers).status_code == 200
        counts.append(len(queries))

    assert counts[1] <= most, [query["sql"][:150] for query in queries]
    assert counts[1] <= counts[0] + 1


def test_no_test_talks_to_the_outside() -> None:
    with pytest.raises((RuntimeError, UserWarning), match=r"with host .192\.0\.2\.1."):
        socket.create_connection(("192.0.2.1", 443), timeout=0.1)


def _many(cast: Cast, number: int) -> None:
    firm = cast.client.firm
    clients = [Client.objects.create(firm=firm, name=f"Nr. {n}", number=f"N{n}") for n in range(number)]
    for client in clients[: number // 2]:
        Connection.objects.create(
            client=client, kind="api_key", state="connected", organization_id=uuid4(), synced_at=timezone.now()
        )
    for client in clients:
        activity.record(Kind.CLIENT_CREATED, client=client, by=cast.paula)


def _layers(view: object) -> list[str]:
    """The functions that a call of the view runs through, from the outermost decorator to the view."""
    layers = []
    while view is not None:
        layers.append(view.__code__.co_qualname)
        view = getattr(view, "__wrapped__", None)
    return layers


def _leads_to_client(model: type[Model], seen: tuple[type[Model], ...] = ()) -> bool:
    if model is Client:
        return True
    ahead = [f.related_model for f in model._meta.get_fields() if isinstance(f, ForeignKey) and not f.null]
    return any(_leads_to_client(each, (*seen, model)) for each in ahead if each not in seen)
