"""Tokens at rest: nothing readable in the database, keys can be rotated, a lost key is told."""

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.db import connection as database

from lexweb.activity.models import Entry
from lexweb.clients import gateway, vault
from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.mark.django_db
def test_no_token_stands_in_any_column_of_the_database(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    flow.connect(browser, lexware, cast.client, index=1)  # waits for an answer, as a loose grant
    tokens = {t for grant in lexware.state.grants.living() for t in (grant.access_token, grant.refresh_token)}

    with database.cursor() as cursor:
        rows = ""
        for table in database.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows += repr(cursor.fetchall())

    assert len(tokens) == 4
    assert "gAAAAA" in rows  # sealed ones do
    assert [token for token in tokens if token in rows] == []


def test_the_same_secret_never_looks_the_same_twice() -> None:
    assert vault.seal("secret") != vault.seal("secret")


def test_an_old_key_in_second_place_still_opens(settings: LazySettings) -> None:
    settings.TOKEN_KEYS = [OLD]
    sealed = vault.seal("secret")

    settings.TOKEN_KEYS = [NEW, OLD]

    assert vault.unseal(sealed) == "secret"


def test_new_secrets_are_sealed_with_the_first_key(settings: LazySettings) -> None:
    settings.TOKEN_KEYS = [NEW, OLD]
    sealed = vault.seal("secret")

    settings.TOKEN_KEYS = [NEW]

    assert vault.unseal(sealed) == "secret"


def test_rotating_makes_the_old_key_dispensable(settings: LazySettings) -> None:
    settings.TOKEN_KEYS = [OLD]
    sealed = vault.seal("secret")
    settings.TOKEN_KEYS = [NEW, OLD]

    rotated = vault.rotate(sealed)

    settings.TOKEN_KEYS = [NEW]
    assert vault.unseal(rotated) == "secret"
    with pytest.raises(vault.Unreadable):
        vault.unseal(sealed)


@pytest.mark.django_db
def test_without_its_key_nothing_is_changed_and_with_it_everything_goes_on(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, settings: LazySettings
) -> None:
    browser = sign_in(cast.klaus)
    connection = flow.connected(browser, lexware, cast.client)
    entries, keys = Entry.objects.count(), settings.TOKEN_KEYS
    settings.TOKEN_KEYS = [NEW]

    with pytest.raises(Trouble, match="sealed"), gateway.open_office(connection) as office:
        office.profile.get()

    now = Connection.objects.get()
    assert now.is_connected
    assert Entry.objects.count() == entries
    settings.TOKEN_KEYS = keys  # the deployment is mended
    with gateway.open_office(now) as office:
        assert office.profile.get().organization_id == now.organization_id
