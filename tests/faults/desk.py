"""
Somebody inside of a fleet: a process with its settings and its database that does what tests ask for.

    {"do": "connect", "with": ["<organization>", "<name>", "<key>"]}  →  {"said": 1}

One line of JSON in, one out. Nothing here is faster or more patient than the services it calls.
"""

import json
import os
import sys
import traceback
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
import django

django.setup()

import httpx  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection as database  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.utils import timezone  # noqa: E402

from lexweb.articles.models import Article  # noqa: E402
from lexweb.clients import connecting, ending  # noqa: E402
from lexweb.clients.models import Client, Connection  # noqa: E402
from lexweb.contacts import acts as contact_acts  # noqa: E402
from lexweb.contacts import policies  # noqa: E402
from lexweb.contacts.models import Contact  # noqa: E402
from lexweb.files.models import File  # noqa: E402
from lexweb.firm.models import Firm, Staff  # noqa: E402
from lexweb.firm.roles import Role  # noqa: E402
from lexweb.outbox import services as outbox  # noqa: E402
from lexweb.outbox.models import Item  # noqa: E402
from lexweb.sandbox import browser  # noqa: E402
from lexweb.sync import hooks, services  # noqa: E402
from lexweb.sync.models import Event, Hook, Pass, State, Worker  # noqa: E402
from lexweb.vouchers import selectors as vouchers  # noqa: E402
from lexweb.vouchers.models import Detail, Voucher  # noqa: E402
from tests.outbox import soak  # noqa: E402

Json = dict[str, Any]
WISHED: list[soak.Wishes] = []


def connect(name: str, key: str) -> int:
    """Make a client and connect it by an API key; return the connection."""
    client = _client(name)
    connecting.connect_key(client, key=key, by=_paula())
    return Connection.objects.get(client=client).pk


def authorize(name: str, organization_id: str) -> int:
    """Make a client and connect it by OAuth, as a person would in the browser; return the connection."""
    client = _client(name)
    attempt = connecting.begin(client, state="s")
    back = parse_qs(urlsplit(browser.consent(attempt.address, organization_id)).query)
    connecting.finish(client, code=back["code"][0], verifier=attempt.verifier, by=_paula())
    return Connection.objects.get(client=client).pk


def expire(connection: int) -> None:
    """Let the access token be too old to be used."""
    Connection.objects.filter(pk=connection).update(access_expires_at=timezone.now())


def wake(connection: int, *resources: str) -> None:
    """Let work begin now; the named resources are read again as a whole."""
    Pass.objects.filter(state__connection=connection, resource__in=resources).update(due_at=timezone.now())
    services.wake(connection)


def disconnect(connection: int) -> None:
    """End a connection, so that nobody works on it any more."""
    ending.disconnect(Connection.objects.select_related("client").get(pk=connection).client, by=_paula())


def status(connection: int) -> Json:
    """How far everything is."""
    row = Connection.objects.get(pk=connection)
    state = State.objects.get(connection=row)
    hook = Hook.objects.filter(connection=row).first()
    return {
        "state": row.state,
        "trouble": row.trouble,
        "listed": state.listed_at is not None,
        "left": vouchers.left(row).requests,
        "events": Event.objects.filter(connection=row, due_at__isnull=False).count(),
        "open": Item.objects.filter(connection=row, due_at__isnull=False).count(),
        "heard": Event.objects.filter(connection=row).count(),
        "hooked": hooks.subscribed(row),
        "address": hook.key if hook else "",
        "owner": state.lease_owner,
        "lease": state.lease_until.timestamp() if state.lease_until else None,
        "error": state.error,
        "passes": {each.resource: each.pages_done for each in state.passes.all()},
        "vouched": {each.resource: each.vouched_at.timestamp() for each in state.passes.all() if each.vouched_at},
    }


def mirror(connection: int) -> Json:
    """Everything we believe about an account, in the shape of `truth.read`."""
    rows = Voucher.objects.filter(connection=connection).exclude(kind=Voucher.Kind.DUNNING)
    details = Detail.objects.filter(voucher__in=rows)
    return {
        "contacts": dict(_raw(Contact, connection)),
        "articles": dict(_raw(Article, connection)),
        "vouchers": {str(row.lexware_id): _row(row) for row in rows},
        "details": {str(key): raw for key, raw in details.values_list("voucher__lexware_id", "raw")},
    }


def editable(connection: int, count: int) -> list[str]:
    """The ids of some contacts that Lexware Office lets us change."""
    found = Contact.objects.filter(connection=connection).order_by("pk")
    return [str(each.lexware_id) for each in found if not policies.locks(each.raw)][:count]


def change(connection: int, contact_ids: list[str], text: str) -> None:
    """Put a batch into the outbox that appends to the notes of contacts."""
    wanted = [outbox.Wanted(f"contact:{each}", "") for each in contact_ids]
    wish = {"change": "append_note", "text": text}
    _put(connection, contact_acts.CHANGE, wanted, wish)


def create(connection: int, names: list[str]) -> None:
    """Put a batch into the outbox that makes contacts."""
    made = [{"company_name": each, "customer": True} for each in names]
    _put(connection, contact_acts.CREATE, [outbox.Wanted("", each["company_name"], each) for each in made], {})


def wish(connection: int, count: int) -> None:
    """Put thousands of mixed writes into the outbox; `unfulfilled` says what became of them."""
    WISHED.append(soak.fill(Connection.objects.get(pk=connection), count, by=_paula()))


def unfulfilled(key: str) -> list[str]:
    """What of the last wishes is not as wished, over there (by the account's key) and in the outbox."""
    with httpx.Client(base_url=settings.LEXWARE_API_URL, headers={"Authorization": f"Bearer {key}"}) as api:
        return soak.check(WISHED[-1], api)


def sent(connection: int) -> Json:
    """How many items of the outbox are in each state, with the reason if there is one."""
    items = Item.objects.filter(connection=connection)
    states = [" ".join(filter(None, found)) for found in items.values_list("state", "reason")]
    return {state: states.count(state) for state in sorted(set(states))}


def note(connection: int, contact_id: str) -> str:
    """The note on a contact, as the mirror has it."""
    return str(Contact.objects.get(connection=connection, lexware_id=contact_id).raw.get("note", ""))


def pages() -> Json:
    """Of all clients: the pages of lists that have been stored, their rows, and how many clients are listed."""
    return {
        "pages": Pass.objects.aggregate(done=Sum("pages_done"))["done"] or 0,
        "rows": Contact.objects.count() + Voucher.objects.count() + Article.objects.count(),
        "listed": State.objects.filter(listed_at__isnull=False).count(),
    }


def stored_bytes() -> int:
    """The bytes on disk of the mirror's tables and their indexes."""
    tables = [model._meta.db_table for model in (Contact, Article, Voucher, Detail, File)]
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(
                "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name", [tables]
            )
        else:
            marks = ", ".join(["%s"] * len(tables))
            named = f"SELECT name FROM sqlite_master WHERE tbl_name IN ({marks})"  # noqa: S608
            cursor.execute(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({named})", tables)  # noqa: S608
        return int(cursor.fetchone()[0])


def session() -> str:
    """The cookie of a partner who is signed in."""
    signed_in = Browser()
    signed_in.force_login(_paula(), backend="lexweb.firm.backends.StaffBackend")
    return str(signed_in.cookies["sessionid"].value)


def words(connection: int) -> str:
    """What the client's page says, in English."""
    reader = Browser(headers={"accept-language": "en"}, SERVER_NAME="localhost")
    reader.force_login(_paula(), backend="lexweb.firm.backends.StaffBackend")
    return reader.get(Client.objects.get(connection=connection).url).content.decode()


def slug(connection: int) -> str:
    """The address part of the connection's client."""
    return Client.objects.get(connection=connection).slug


def workers() -> int:
    """How many workers said lately that they are alive."""
    return Worker.objects.filter(stopped_at=None, seen_at__gte=timezone.now() - timedelta(seconds=30)).count()


def _put(connection: int, act: str, wanted: list[outbox.Wanted], wish: Json) -> None:
    row, nobody_waits = Connection.objects.get(pk=connection), timedelta()
    outbox.put(row, act, wanted, wish=wish, by=_paula(), batch_id=uuid.uuid4(), hold=nobody_waits)


def _raw(model: type[Contact] | type[Article], connection: int) -> Any:
    found = model.objects.filter(connection=connection).values_list("lexware_id", "raw")
    return ((str(key), raw) for key, raw in found.iterator())


def _row(row: Voucher) -> list[Any]:
    amounts = [None if amount is None else float(amount) for amount in (row.total_amount, row.open_amount)]
    return [row.kind, row.status, row.number, row.updated_at.timestamp(), *amounts, row.archived]


def _paula() -> Staff:
    if found := Staff.objects.first():
        return found
    firm = Firm.objects.create(name="Kanzlei Sommer & Partner")
    return Staff.objects.create_user("paula@firm.example", "x", name="Paula", role=Role.PARTNER, firm=firm)


def _client(name: str) -> Client:
    return Client.objects.create(firm=_paula().firm, name=name[:200], number=str(10010 + Client.objects.count()))


DOES: dict[str, Callable[..., Any]] = {
    name: thing for name, thing in list(globals().items()) if callable(thing) and not name.startswith("_")
}


def main() -> None:
    """Do what each line asks for, with a database connection of its own: the server may have gone away."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            said = {"said": DOES[asked["do"]](*asked["with"])}
        except Exception:
            said = {"failed": traceback.format_exc()}
        database.close()
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
