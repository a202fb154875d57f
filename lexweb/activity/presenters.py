"""From an entry to a sentence in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry

SENTENCES: dict[str, tuple[str, str]] = {  # kind → icon, sentence
    Kind.CLIENT_CREATED: ("plus-circle", gettext_noop("%(actor)s created the client.")),
    Kind.CLIENT_CHANGED: ("pencil-square", gettext_noop("%(actor)s changed the client.")),
    Kind.CONNECTED: ("link", gettext_noop("%(actor)s connected “%(company)s” (%(way)s).")),
    Kind.RECONNECTED: ("link", gettext_noop("%(actor)s connected “%(company)s” again (%(way)s).")),
    Kind.MOVED: (
        "arrow-right-circle",
        gettext_noop("%(actor)s moved the connection from “%(before)s” to “%(company)s”."),
    ),
    Kind.DISCONNECTED: ("link-slash", gettext_noop("%(actor)s disconnected “%(company)s”.")),
    Kind.LOST: ("exclamation-triangle", gettext_noop("Lexware Office ended the connection to “%(company)s”.")),
    Kind.CONSENT_REFUSED: ("no-symbol", gettext_noop("%(actor)s tried to connect; the consent was refused.")),
    Kind.LINK_CREATED: (
        "paper-airplane",
        gettext_noop("%(actor)s made a link for the client to renew the connection."),
    ),
    Kind.LINK_WITHDRAWN: ("x-circle", gettext_noop("%(actor)s withdrew the link for the client.")),
    Kind.OTHER_COMPANY: (
        "no-symbol",
        gettext_noop("%(actor)s consented for another company; nothing was connected."),
    ),
    Kind.FIRST_SYNC: ("arrow-path", gettext_noop("The first sync is complete: %(contacts)s contacts.")),
    Kind.CONTACT_CREATED: ("user-plus", gettext_noop("%(actor)s created the contact “%(name)s”.")),
    Kind.CONTACT_CHANGED: ("pencil-square", gettext_noop("%(actor)s changed the contact “%(name)s”.")),
    Kind.VOUCHER_CREATED: ("document-plus", gettext_noop("%(actor)s created the voucher “%(name)s”.")),
    Kind.VOUCHER_CHANGED: ("pencil-square", gettext_noop("%(actor)s changed the voucher “%(name)s”.")),
    Kind.VOUCHER_BOOKED: ("check-circle", gettext_noop("%(actor)s booked the voucher “%(name)s”.")),
    Kind.IMAGES_LOST: (
        "exclamation-triangle",
        gettext_noop("After %(actor)s saved the voucher “%(name)s”, images were missing: %(missing)s."),
    ),
    Kind.IMAGES_FEWER: (
        "exclamation-triangle",
        gettext_noop("The voucher “%(name)s” has fewer images in Lexware Office than before: %(missing)s missing."),
    ),
    Kind.IMAGES_LOOKED: ("eye", gettext_noop("%(actor)s has looked after the images of the voucher “%(name)s”.")),
    Kind.VOUCHER_ASSIGNED: ("user", gettext_noop("%(actor)s assigned the voucher “%(name)s” to %(assignee)s.")),
    Kind.VOUCHER_UNASSIGNED: (
        "user",
        gettext_noop("%(actor)s took the voucher “%(name)s” from %(before)s; it is assigned to nobody."),
    ),
    Kind.NO_DUPLICATE: (
        "document-duplicate",
        gettext_noop("%(actor)s decided that the vouchers “%(name)s” and “%(other)s” are no duplicates."),
    ),
    Kind.DUPLICATE_AGAIN: (
        "document-duplicate",
        gettext_noop("%(actor)s took back that the vouchers “%(name)s” and “%(other)s” are no duplicates."),
    ),
    Kind.RECEIPT_UPLOADED: ("arrow-up-tray", gettext_noop("%(actor)s uploaded the receipt “%(name)s”.")),
    Kind.FILES_DOWNLOADED: (
        "archive-box-arrow-down",
        gettext_noop("%(actor)s downloaded files as an archive: %(count)s."),
    ),
    Kind.API_CALLED: (
        "command-line",
        gettext_noop("%(actor)s called Lexware Office by hand: %(method)s %(path)s (%(outcome)s)."),
    ),
}
WAYS = {"oauth": gettext_noop("OAuth"), "api_key": gettext_noop("API key")}
OUTCOMES = {  # of a call without a status; the codes of `clients.troubles`
    "uncertain": gettext_noop("not certain whether it was carried out"),
    "reconnect": gettext_noop("access no longer accepted"),
    "rate_limited": gettext_noop("not sent, too many requests"),
    "unreachable": gettext_noop("not reached"),
    "unavailable": gettext_noop("no proper answer"),
}
ACTORS = {"client": gettext_noop("The client (by link)")}  # who is nobody of the firm
CODES = {"actor": ACTORS, "way": WAYS, "outcome": OUTCOMES}  # part of a sentence → what its codes mean


@dataclass(frozen=True)
class Change:
    """One changed field: its label, and both values as text."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Sentence:
    """An entry ready to show."""

    entry: Entry
    icon: str
    text: str
    changes: tuple[Change, ...]


def present(entry: Entry) -> Sentence:
    """Return the sentence of an entry; a kind from a newer version is shown by its name."""
    icon, template = SENTENCES.get(entry.kind, ("information-circle", "%(kind)s"))
    words = {"kind": entry.kind, "actor": entry.actor_name or "lexweb", **_Words(entry.values)}
    words |= {key: number_format(value, force_grouping=True) for key, value in words.items() if type(value) is int}
    words |= {part: _(known[words[part]]) for part, known in CODES.items() if words.get(part) in known}
    text = _(template) % _Words(words)
    return Sentence(entry, icon, text, tuple(_change(c) for c in entry.values.get("changes", ())))


def _change(change: dict[str, Any]) -> Change:
    return Change(_(change["label"]), _text(change["before"]), _text(change["after"]))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value not in (None, "") else "–"


class _Words(dict[str, Any]):
    """Missing parts of an old entry become a dash instead of an error."""

    def __missing__(self, key: str) -> str:
        return "–"
