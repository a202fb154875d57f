"""Two clients whose receipts wait."""

import pytest
from django.test import Client as Browser

from lexweb.clients.models import Connection
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up


@pytest.fixture
def ours(cast: Cast) -> Connection:
    """The joinery, for which Klaus and Aylin work."""
    return made_up.connected(cast.client)


@pytest.fixture
def theirs(cast: Cast) -> Connection:
    """The practice, which only Paula and Robert see."""
    return made_up.connected(cast.other)


@pytest.fixture
def klaus(cast: Cast, sign_in: SignIn) -> Browser:
    """Klaus at his browser."""
    return sign_in(cast.klaus)


@pytest.fixture
def paula(cast: Cast, sign_in: SignIn) -> Browser:
    """Paula at her browser."""
    return sign_in(cast.paula)
