"""The people and clients of most tests."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from lexweb.clients import connecting
from lexweb.clients.models import Assignment, Client, Connection
from lexweb.firm.models import Firm, Staff
from lexweb.firm.roles import Role
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import engine, passes
from lexweb.sync.models import State

PASSWORD = "a-password-for-tests"


@dataclass(frozen=True)
class Cast:
    """
    Paula the partner, Klaus the clerk, Aylin the assistant, Robert the auditor — and Fremd of another firm.

    Klaus and Aylin are assigned to `client`, nobody but partner and auditor sees `other`; `foreign` is Fremd's.
    """

    paula: Staff
    klaus: Staff
    aylin: Staff
    robert: Staff
    fremd: Staff
    client: Client
    other: Client
    foreign: Client


def make() -> Cast:
    """Make everybody."""
    sommer, nord = (Firm.objects.create(name=name) for name in ("Kanzlei Sommer & Partner", "Beratung Nord"))
    people = {
        name: _person(name, role, nord if name == "fremd" else sommer)
        for name, role in {
            "paula": Role.PARTNER,
            "klaus": Role.CLERK,
            "aylin": Role.ASSISTANT,
            "robert": Role.AUDITOR,
            "fremd": Role.PARTNER,
        }.items()
    }
    client = Client.objects.create(firm=sommer, name="Tischlerei Brandt", number="10010", color=3)
    other = Client.objects.create(firm=sommer, name="Praxis Dr. Yıldız", number="10020", color=4)
    foreign = Client.objects.create(firm=nord, name="Weingut Steiger", number="10010", color=5)
    for name in ("klaus", "aylin"):
        Assignment.objects.create(client=client, staff=people[name])
    return Cast(**people, client=client, other=other, foreign=foreign)


def connect(client: Client, sandbox: RunningSandbox, *, by: Staff, index: int = 0) -> Connection:
    """Connect by the API key of one of the sandbox's organizations."""
    organization = sandbox.organizations()[index]
    connecting.connect_key(client, key=organization["apiKey"], by=by)
    return Connection.objects.get(client=client)


def leave_out_all_but(connection: Connection, *names: str) -> None:
    """Let the other lists wait: ten of them take their time, and most tests look at one."""
    state = State.objects.get(connection=connection)
    passes.ensure(state)
    state.passes.exclude(resource__in=names).update(due_at=timezone.now() + timedelta(days=1))


def synced(
    client: Client, sandbox: RunningSandbox, *, by: Staff, index: int = 0, only: tuple[str, ...] = ()
) -> Connection:
    """Connect, and read all lists, or only those."""
    connection = connect(client, sandbox, by=by, index=index)
    if only:
        leave_out_all_but(connection, *only)
    assert engine.run(connection.pk, only=engine.LISTS)
    return Connection.objects.get(pk=connection.pk)


def _person(name: str, role: Role, firm: Firm) -> Staff:
    return Staff.objects.create_user(f"{name}@firm.example", PASSWORD, name=name.title(), role=role, firm=firm)
