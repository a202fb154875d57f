"""A new key in TOKEN_KEYS, and the old one going away."""

from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.core.management import call_command

from lexweb.clients import vault
from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast


def test_after_resealing_the_old_key_is_not_needed(cast: Cast, lexware: RunningSandbox, settings: LazySettings) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    key = vault.unseal(connection.access_token)
    new = Fernet.generate_key().decode()

    settings.TOKEN_KEYS = [new, *settings.TOKEN_KEYS]
    call_command("reseal")

    settings.TOKEN_KEYS = [new]
    assert vault.unseal(Connection.objects.get(pk=connection.pk).access_token) == key


def test_what_no_key_opens_is_left_alone_and_counted(
    cast: Cast, lexware: RunningSandbox, settings: LazySettings, capsys: object
) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]

    call_command("reseal")

    assert Connection.objects.get(pk=connection.pk).access_token == connection.access_token
    assert "0 connections sealed anew, 1 cannot be read" in capsys.readouterr().out  # type: ignore[attr-defined]
