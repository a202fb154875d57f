"""Web and worker are processes of their own: they share slots and refreshes through the database alone."""

import itertools

import pytest
from django.conf import LazySettings
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow, processes
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db(transaction=True)

GO = """
import time
from django.conf import settings
from lexweb.clients.pace import Slots
slots = Slots("shared", background=%r)
for _ in range(3):
    slots.wait()
    print(time.time())
"""
REFRESH = """
from lexweb.clients.models import Connection
from lexweb.clients.tokens import StoredCredentials
print(StoredCredentials(Connection.objects.get()).current())
"""


def test_two_processes_never_send_within_half_a_second(lexware: RunningSandbox) -> None:
    running = [processes.start(GO % background) for background in (False, True)]

    moments = sorted(float(line) for process in running for line in processes.output(process).splitlines())

    assert len(moments) == 6
    assert moments[-1] - moments[0] > 5 * 0.505 - 0.05
    assert min(later - earlier for earlier, later in itertools.pairwise(moments)) > 0.25  # busy machines oversleep


def test_two_processes_refresh_once(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, settings: LazySettings
) -> None:
    flow.connected(sign_in(cast.klaus), lexware, cast.client)
    Connection.objects.update(access_expires_at=timezone.now())
    lexware.state.journal.clear()
    lexware.fault("slow", path="/oauth2/token", seconds=1.5)  # longer than their starts are apart

    running = [processes.start(REFRESH) for _ in range(2)]
    handed = {processes.output(process) for process in running}

    [grant] = lexware.state.grants.living()
    assert handed == {grant.access_token}
    assert flow.asked(lexware, "/oauth2/token") == 1
