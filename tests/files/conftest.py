"""A connection without any Lexware Office behind it, and a folder of its own for receipts."""

from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings

from lexweb.clients.models import Client, Connection
from lexweb.firm.models import Firm


@pytest.fixture
def receipts(settings: LazySettings, tmp_path: Path) -> Path:
    """Where contents are kept; with the permissions that the real settings give."""
    kept = settings.STORAGES["receipts"]
    folder = tmp_path / "receipts"
    changed = {**kept, "OPTIONS": {**kept["OPTIONS"], "location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "receipts": changed}
    return folder


@pytest.fixture
def connection(db: None) -> Connection:
    """A connection of a firm that exists in this test only."""
    client = Client.objects.create(firm=Firm.objects.create(name="Nord"), name="Brandt", number="1")
    return Connection.objects.create(
        client=client, kind="api_key", state="connected", organization_id=UUID(int=9), company_name="Brandt"
    )  # fmt: skip
