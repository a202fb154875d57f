"""Which files belong to which document."""

from uuid import UUID

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from lexweb.clients.models import Client, Connection
from lexweb.files import mirror
from lexweb.files.models import File
from lexweb.firm.models import Firm

pytestmark = pytest.mark.django_db
ONE, TWO, VOUCHER, OTHER = (UUID(int=n) for n in range(1, 5))


@pytest.fixture
def connection() -> Connection:
    """A connection, without any Lexware Office behind it."""
    client = Client.objects.create(firm=Firm.objects.create(name="Nord"), name="Brandt", number="1")
    return Connection.objects.create(
        client=client, kind="api_key", state="connected", organization_id=UUID(int=9), company_name="Brandt"
    )  # fmt: skip


def _of(voucher: UUID) -> list[UUID]:
    return [*File.objects.filter(voucher_id=voucher).order_by("position").values_list("lexware_id", flat=True)]


def test_files_are_noted_in_their_order_and_once(connection: Connection) -> None:
    mirror.note(connection, VOUCHER, [TWO, ONE, TWO])
    mirror.note(connection, VOUCHER, [ONE, TWO])
    assert _of(VOUCHER) == [ONE, TWO]

    mirror.note(connection, VOUCHER, [TWO])
    assert _of(VOUCHER) == [TWO]


def test_nothing_is_written_when_nothing_changed(connection: Connection) -> None:
    mirror.note(connection, VOUCHER, [ONE])

    with CaptureQueriesContext(database) as queries:
        mirror.note(connection, VOUCHER, [ONE])

    assert len(queries) == 1


def test_a_file_belongs_to_the_document_that_named_it_last(connection: Connection) -> None:
    mirror.note(connection, VOUCHER, [ONE, TWO])
    File.objects.update(sha256="bekannt", size=7)

    mirror.note(connection, OTHER, [TWO])
    mirror.note(connection, VOUCHER, [ONE])

    assert (_of(VOUCHER), _of(OTHER)) == ([ONE], [TWO])
    assert {file.sha256 for file in File.objects.all()} == {"bekannt"}
    assert mirror.forget(connection, OTHER)
    assert not mirror.forget(connection, OTHER)
