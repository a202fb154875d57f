"""Writes of contacts that may wait: how the outbox sends them, and looks up what became of them."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from lexweb.clients.gateway import Office
from lexweb.contacts import complaints, creating, fields, mirror, policies, writing
from lexweb.contacts.models import Contact, Submission
from lexweb.contacts.wishes import TooLong, Wish
from lexweb.firm.roles import Permission
from lexweb.lexware import errors
from lexweb.lexware.api.contacts import ContactDraft
from lexweb.outbox import submissions
from lexweb.outbox.acts import Keep, Note, Refused, register
from lexweb.outbox.models import Item

Payload = dict[str, Any]

CHANGE, CREATE = "contact.change", "contact.create"
TRIES = 3  # to be the first to save
LATE = timedelta(seconds=60)  # after which nothing goes on behind the gateway any more; it gives up after 30 s


class Change:
    """Change a contact that exists: the wish is merged with what it holds by then."""

    permission = Permission.CONTACT_EDIT

    def describe(self, wish: Any) -> str:
        return Wish.of(wish).words

    def explain(self, code: str, source: str) -> str:
        return complaints.explain(code, source)

    def send(self, office: Office, item: Item, note: Note) -> Keep:
        earlier = item.sent  # by a try that surely was not carried out, unless it came through late
        shown = None  # what Lexware Office has shown us just now
        raw = _known(item)
        for _try in range(TRIES):
            if raw is None:
                raw = shown = _read(office, item)
            if _came_through(item, raw, earlier):
                return _keep(item, shown, before=earlier["before"])
            values = _wished(item, raw, shown)
            if not values:
                return _keep(item, shown)
            before = fields.read(raw)
            note({"version": raw["version"], "before": {name: before[name] for name in values}, "after": values})
            try:
                after = writing.put(office, _id(item), writing.draft(raw, values, raw["version"]), raw=raw)
            except errors.Conflict:
                raw = None
            except errors.NotFound:
                raise _gone(item) from None
            except errors.Rejected as refusal:
                raise _rejected(refusal) from refusal
            else:
                return _keep(item, after, before=before)
        raise Refused("busy")

    def look(self, office: Office, item: Item) -> Keep | Literal[False] | None:
        now = _read(office, item)
        # What may still be under way behind the gateway comes too late for its version once something else is saved.
        return _keep(item, now, before=item.sent["before"]) if _came_through(item, now, item.sent) else False


class Create:
    """Create a contact, once for each item."""

    permission = Permission.CONTACT_EDIT

    def describe(self, wish: Any) -> str:
        return _("Create contacts")

    def explain(self, code: str, source: str) -> str:
        return complaints.explain(code, source)

    def send(self, office: Office, item: Item, note: Note) -> Keep:
        draft = ContactDraft.model_validate(fields.apply({"version": 0}, item.wish))
        note(draft.payload())
        submission, _made = Submission.objects.get_or_create(
            key=item.key, connection=item.connection, defaults={"staff": item.batch.staff}
        )
        claim = submissions.take(submission, draft.payload())
        if claim is None:
            submission.refresh_from_db()
            if submission.state == Submission.State.DONE:
                return _nothing
            raise errors.Uncertain("whoever sent it may still be at it")
        try:
            payload, _draft = creating.once(office, draft, claim)
        except BaseException as error:
            creating.give_back(claim, error)
            if isinstance(error, errors.Rejected):
                raise _rejected(error) from error
            if isinstance(error, creating.Unconfirmed | creating.InFlight):
                raise errors.Uncertain("not found yet") from error
            raise
        return partial(_keep_new, item, claim, payload)

    def look(self, office: Office, item: Item) -> Keep | Literal[False] | None:
        submission = Submission.objects.filter(key=item.key, connection=item.connection).first()
        if submission is None:
            return False
        if submission.state == Submission.State.DONE:
            return _nothing
        if submission.state == Submission.State.RELEASED:
            return False
        claim = submissions.take(submission, submission.sent)
        if claim is None:
            return None
        try:
            found = creating.find_earlier(office, claim)
        except creating.Unconfirmed:
            submissions.give_back(claim, refused=True)
            return None
        if found:
            return partial(_keep_new, item, claim, found[0])
        submissions.give_back(claim, refused=True)  # it stays in doubt: looked for once more before it is sent
        return False if (item.sent_at or timezone.now()) < timezone.now() - LATE else None


def start() -> None:
    """Make the acts known to the outbox."""
    register(CHANGE, Change())
    register(CREATE, Create())


def _find(item: Item) -> Contact | None:
    found = Contact.objects.select_related("connection__client").filter(connection=item.connection)
    return found.filter(lexware_id=_id(item)).first()


def _known(item: Item) -> Payload | None:
    contact = _find(item)
    return contact.raw if contact else None


def _read(office: Office, item: Item) -> Payload:
    try:
        return office.contacts.get(_id(item)).payload()
    except errors.NotFound:
        raise _gone(item) from None


def _came_through(item: Item, now: Payload, sent: Any) -> bool:
    """Say whether a contact that is like `now` has got what was sent."""
    if not sent or now["version"] <= sent["version"]:
        return False
    return Wish.of(item.wish).fulfilled(fields.read(now), sent["after"])


def _wished(item: Item, raw: Payload, shown: Payload | None) -> dict[str, Any]:
    """Return the values to send; none if the contact is as it should be."""
    before = fields.read(raw)
    try:
        values = Wish.of(item.wish).values(before)
    except TooLong:
        raise Refused("too_long", keep=_keep(item, shown)) from None
    if not any(fields.differing(before, values)):
        return {}
    if policies.locks(raw):
        raise Refused("locked", keep=_keep(item, shown))
    return values


def _keep(item: Item, shown: Payload | None, *, before: Mapping[str, Any] | None = None) -> Keep:
    """
    Store what Lexware Office has shown, and tell of what changed.

    :param before: the fields that changed, as they were; None if nothing was changed from here
    """

    def keep() -> None:
        with suppress(writing.Gone):  # the client belongs to another organization by now
            contact = writing.store(item.connection, shown) if shown else _find(item)
            if contact is not None and before is not None:
                writing.tell(contact, before=before, by=item.batch.staff)

    return keep


def _keep_new(item: Item, claim: creating.Claim, payload: Payload) -> None:
    with suppress(writing.Gone):
        creating.keep(claim, payload, by=item.batch.staff)


def _nothing() -> None:
    """It is in the mirror and in the history already."""


def _gone(item: Item) -> Refused:
    def keep() -> None:
        mirror.forget(item.connection, _id(item))

    return Refused("gone", keep=keep)


def _rejected(refusal: errors.Rejected) -> Refused:
    return Refused("rejected", [[issue.source, issue.code] for issue in refusal.issues])


def _id(item: Item) -> UUID:
    return UUID(item.target.removeprefix("contact:"))
