"""Web and worker are processes of their own: they share slots and refreshes through the database alone."""

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
print(time.time())
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

    printed = [[float(line) for line in processes.output(process).splitlines()] for process in running]

    begun, moments = min(first for first, *_ in printed), sorted(moment for _, *sent in printed for moment in sent)
    assert len(moments) == 6
    # Gaps say nothing on a busy machine, where one oversleeps and the other does not; nobody is early.
    assert all(moment - begun > number * 0.505 - 0.02 for number, moment in enumerate(moments))


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
