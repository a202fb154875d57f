"""A receipt that was uploaded, and whose voucher somebody deleted in Lexware Office afterwards."""

from uuid import uuid4

import pytest

from lexweb.outbox import selectors
from lexweb.uploads import services
from lexweb.vouchers import mirror
from tests.outbox import worker as working
from tests.outbox.worker import Worker
from tests.uploads.desk import Desk, picture

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_can_be_brought_in_again_and_before_that_it_cannot(desk: Desk, worker: Worker) -> None:
    upload = desk.brought(content=picture("a"))
    services.send(desk.connection, [upload], by=desk.klaus, batch_id=uuid4())
    working.hurry(desk.connection)
    worker.run()
    assert selectors.next_at(desk.connection.pk) is None
    upload.refresh_from_db()
    assert desk.brought(content=picture("a")) == upload  # it is there

    mirror.forget(desk.connection, upload.voucher_id)

    again = desk.brought(content=picture("a"))
    assert (again.pk != upload.pk, again.state) == (True, "ready")
    assert desk.brought(content=picture("a")) == again
