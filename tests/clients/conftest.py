"""Nobody waits in these tests: repeats come at once, or not at all."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from lexweb.clients import gateway
from lexweb.lexware import retry


@pytest.fixture(autouse=True)
def _quick_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.001)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first trouble counts."""
    monkeypatch.setattr(gateway, "PERSON_PATIENCE", 0.0)


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences in English, outside of any page."""
    with translation.override("en"):
        yield
