"""As of when a page's data is, and whether others have changed what it shows since it was made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from lexweb.activity import selectors as history
from lexweb.clients.models import Client, Connection
from lexweb.contacts.models import Contact
from lexweb.firm.models import Staff
from lexweb.sync import hooks
from lexweb.sync.models import Pass, State
from lexweb.sync.resources import NAMED
from lexweb.vouchers.models import Voucher

SLACK = timedelta(minutes=30)  # a round may take as long before its age is remarkable
INCREMENT = {"vouchers", "templates"}  # what the increment reads as well
LISTS: dict[str, tuple[type[Contact | Voucher], str]] = {
    "contacts": (Contact, "contact"),
    "vouchers": (Voucher, "voucher"),
}
RECORDS = {target: (model, name) for name, (model, target) in LISTS.items()}
MOST = 999  # more changes are not counted


@dataclass(frozen=True)
class Age:
    """The moment as of which the data is, and after how many minutes that is late."""

    at: datetime | None
    limit: int


@dataclass(frozen=True)
class News:
    """What others changed meanwhile: `count` entries of a list, or one record (`gone` if it was deleted)."""

    about: str  # contacts, vouchers, contact or voucher
    count: int = 1
    gone: bool = False

    @property
    def many(self) -> bool:
        """Say whether there are more than `count`."""
        return self.count > MOST


def age(connection: Connection, about: str) -> Age:
    """Return the age of a list or of the list that a record is on; about anything else, of the client's data."""
    told, kind = hooks.subscribed(connection), about.partition(":")[0]
    of = RECORDS[kind][1] if kind in RECORDS else about
    if of not in NAMED:
        return Age(connection.synced_at, limit("changes", told=told))
    names = [of, "changes"] if of in INCREMENT else [of]
    looked = Pass.objects.filter(state__connection=connection, resource__in=names)
    vouched = {name: at for name, at in looked.values_list("resource", "vouched_at") if at is not None}
    # The increment alone vouches for nothing: it reads what changed since the list was read as a whole.
    return Age(max(vouched.values()) if of in vouched else None, limit(of, told=told))


def limit(of: str, *, told: bool) -> int:
    """Return after how many minutes a list is late; `told` if webhooks tell what changed."""
    every = NAMED["changes" if told or of in INCREMENT else of].every[0 if told else 1]
    return round((every + SLACK).total_seconds() / 60)


def news(client: Client, about: str, since: str, *, reader: Staff) -> News | None:
    """
    Return what changed since, by others than the reader.

    :param about: a list ("contacts") and since when it is shown, or a record ("contact:<id>") and which state of it
    """
    moment = _moment(since)
    if moment is None:
        return None
    if about in LISTS:
        return _of_list(client, about, moment, reader)
    kind, _colon, record = about.partition(":")
    return _of_record(client, kind, record, moment, reader) if kind in RECORDS else None


def _of_list(client: Client, about: str, since: datetime, reader: Staff) -> News | None:
    if not State.objects.filter(connection__client=client, listed_at__isnull=False).exists():
        return None  # the first sync: everything is new
    model, target = LISTS[about]
    changed = _rows(model).filter(connection__client=client, changed_at__gt=since)
    own = {UUID(name.partition(":")[2]): at for name, at in _own(client, reader, f"{target}:", since).items()}
    again = changed.filter(lexware_id__in=own).values_list("lexware_id", "changed_at") if own else ()
    count = changed.exclude(lexware_id__in=own)[: MOST + 1].count() + sum(at > own[record] for record, at in again)
    return News(about, count) if count else None


def _of_record(client: Client, kind: str, record: str, shown: datetime, reader: Staff) -> News | None:
    model, _list = RECORDS[kind]
    try:
        target = UUID(record)
    except ValueError:
        return None
    found = _rows(model).filter(connection__client=client, lexware_id=target)
    changed_at = found.values_list("changed_at", flat=True).first()
    if changed_at is None:
        return News(kind, gone=True)
    own = _own(client, reader, f"{kind}:{target}", shown).values()
    return News(kind) if changed_at > max([shown, *own]) else None


def _own(client: Client, reader: Staff, target: str, since: datetime) -> dict[str, datetime]:
    """Return what the reader has changed from here since, and when the last time."""
    entries = history.of_client(client.pk).filter(at__gte=since, actor_id=reader.pk, target__startswith=target)
    return {each.target: each.at for each in reversed(list(entries[:MOST]))}


def _rows(model: type[Contact | Voucher]) -> Any:
    return model._default_manager.order_by()


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
