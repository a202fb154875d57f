"""Where the public key comes from, and what happens when it is lost or replaced."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import LazySettings

from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.webhooks.signing import Signer
from lexweb.sync import webhook_key
from tests.sandbox.webhooks.receiver import Receiver
from tests.sync.webhooks.conftest import Messenger

pytestmark = pytest.mark.django_db
PATH = webhook_key.DEMO_PATH


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the sandbox has answered to those who asked for the key."""
    answers: list[bytes] = []
    show = Signer.public

    def public(signer: Signer) -> bytes:
        answers.append(show(signer))
        return answers[-1]

    monkeypatch.setattr(Signer, "public", public)
    return answers


@pytest.fixture
def another_key(lexware: RunningSandbox) -> Iterator[str]:
    """A private key the sandbox could sign with from now on; afterwards it signs with its own again."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    kept = lexware.state.webhooks.signer
    yield key.private_bytes(encoding, form, serialization.NoEncryption()).decode()
    lexware.state.webhooks.signer = kept


def rotate(sandbox: RunningSandbox, key: str) -> None:
    """Let the sandbox sign with this key."""
    signer = Signer()
    signer.load(key)
    sandbox.state.webhooks.signer = signer


def test_it_is_fetched_once_for_all_processes(messenger: Messenger, fetched: list[bytes]) -> None:
    assert [messenger.bring(messenger.event()) for _ in range(3)] == [204, 204, 204]
    webhook_key._key.cache_clear()  # another process
    assert messenger.bring(messenger.event()) == 204
    assert len(fetched) == 1


def test_without_a_signature_it_is_not_even_fetched(messenger: Messenger, fetched: list[bytes]) -> None:
    assert messenger.bring(messenger.event(), signature="") == 401
    assert len(fetched) == 0


def test_from_the_settings(
    messenger: Messenger, lexware: RunningSandbox, settings: LazySettings, fetched: list[bytes]
) -> None:
    settings.LEXWARE_WEBHOOK_KEY = lexware.state.webhooks.signer.public().decode()
    fetched.clear()
    assert messenger.bring(messenger.event()) == 204
    assert messenger.bring(messenger.event(), signature="AAAA") == 401
    assert len(fetched) == 0


def test_a_new_key_over_there_is_fetched(
    messenger: Messenger, lexware: RunningSandbox, another_key: str, fetched: list[bytes]
) -> None:
    messenger.bring(messenger.event())
    before = lexware.state.webhooks.signer
    rotate(lexware, another_key)

    late = messenger.event()
    assert messenger.bring(late) == 204
    assert len(fetched) == 2
    assert messenger.bring(b"{}", signature=before.signature(b"{}")) == 401


def test_forgeries_do_not_make_us_fetch_it_again_and_again(messenger: Messenger, fetched: list[bytes]) -> None:
    messenger.bring(messenger.event())
    for _ in range(10):
        assert messenger.bring(messenger.event(), signature="AAAA") == 401
        webhook_key._key.cache_clear()  # neither do those that come to another process
    assert len(fetched) == 2


def test_other_processes_find_the_new_key_without_fetching(
    messenger: Messenger, lexware: RunningSandbox, another_key: str, fetched: list[bytes]
) -> None:
    messenger.bring(messenger.event())
    theirs = webhook_key._key(f"{lexware.url}{PATH}")
    rotate(lexware, another_key)
    webhook_key._key.cache_clear()
    assert messenger.bring(messenger.event()) == 204
    assert len(fetched) == 2
    body = b"{}"
    assert theirs.genuine(body, lexware.state.webhooks.signer.signature(body))
    assert len(fetched) == 2


def test_a_lost_key_server_lets_lexware_office_come_again(
    messenger: Messenger, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with Receiver() as gone:
        settings.LEXWARE_WEBHOOK_KEY = f"{gone.url}/key.pub"
    assert [messenger.bring(messenger.event()) for _ in range(2)] == [503, 503]
    assert caplog.text.count("webhook.key_missing") == 1  # not by each event of a storm
    assert "Service Unavailable: webhook" in caplog.text
    assert messenger.hook.key not in caplog.text

    settings.LEXWARE_WEBHOOK_KEY = ""
    assert messenger.bring(messenger.event()) == 204


def test_a_lost_key_is_looked_for_again_after_a_while(messenger: Messenger, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as lost:
        lost.setattr(Signer, "public", lambda self: b"")
        lost.setattr(webhook_key, "RETRY_AFTER", 0.0)
        assert messenger.bring(messenger.event()) == 503
    assert messenger.bring(messenger.event()) == 204


@pytest.mark.parametrize("page", [b"<html>", b"", b"-" * 20_000])
def test_a_page_that_is_no_key_counts_as_none(
    page: bytes, messenger: Messenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Signer, "public", lambda self: page)
    assert messenger.bring(messenger.event()) == 503


def test_a_lost_key_server_does_no_harm_once_the_key_is_here(
    messenger: Messenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger.bring(messenger.event())
    monkeypatch.setattr(Signer, "public", lambda self: b"")
    assert messenger.bring(messenger.event(), signature="AAAA") == 401
    assert messenger.bring(messenger.event()) == 204
