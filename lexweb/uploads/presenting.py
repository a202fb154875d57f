"""Uploads in words and icons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lexweb.clients import troubles
from lexweb.clients.models import Connection
from lexweb.files.refusals import REASONS
from lexweb.files.wording import PROFILES, TYPES
from lexweb.outbox import presenting as outbox
from lexweb.outbox.models import Item
from lexweb.uploads import selectors
from lexweb.uploads.models import Upload
from lexweb.vouchers import kinds
from lexweb.vouchers.models import Voucher

State = Upload.State
STATES: dict[str, tuple[str, str, Promise]] = {  # kind of badge, icon, word
    State.READY: ("neutral", "check", gettext_lazy("Ready to send")),
    State.ASKING: ("warn", "document-duplicate", gettext_lazy("Perhaps a duplicate")),
    State.REFUSED: ("danger", "exclamation-circle", gettext_lazy("Cannot be sent")),
    State.QUEUED: ("info", "clock", gettext_lazy("In the outbox")),
    State.DONE: ("ok", "check-circle", gettext_lazy("In Lexware Office")),
    State.DISCARDED: ("neutral", "no-symbol", gettext_lazy("Discarded")),
}
SUSPICIONS: dict[str, Promise] = {  # of vouchers.duplicates.Reason
    "hash": gettext_lazy("The same file is at"),
    "number": gettext_lazy("Same supplier and number as"),
    "amount": gettext_lazy("Same amount within three days as"),
    "near": gettext_lazy("Nearly the same number as"),
}
WARNINGS: dict[str, Promise] = {  # of inspecting.WARNINGS: it can be sent, but a person should know
    "script": gettext_lazy(
        "The PDF contains scripts or other active content, which Lexware Office may refuse. Print it to a new PDF."
    ),
    "attachments": gettext_lazy("The PDF has other files inside, which are not to be seen on its pages."),
    "many_pages": gettext_lazy("The PDF has many pages. If these are several receipts, bring them in one by one."),
}


@dataclass(frozen=True)
class Twin:
    """A document that it may be a duplicate of."""

    words: Promise
    voucher: Voucher
    name: str


@dataclass(frozen=True)
class Other:
    """Another file that was brought in, with the same invoice in it."""

    upload: Upload
    kind: str
    icon: str
    word: Promise
    facts: list[str]


@dataclass
class Shown:
    """One upload ready to show; `batch` and `number` say where it is in the outbox."""

    upload: Upload
    kind: str
    icon: str
    word: Promise
    facts: list[str]
    invoice: str = ""
    sentences: list[str] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    goal: Voucher | None = None
    goal_name: str = ""
    item: outbox.Shown | None = None

    @property
    def open(self) -> bool:
        """Say whether it waits for a person."""
        return self.upload.state in selectors.GROUPS["waiting"]


def uploads(connection: Connection, found: Iterable[Upload]) -> list[Shown]:
    """Return uploads in words; with a fixed number of queries."""
    rows = list(found)
    known = selectors.vouchers(connection, {each for row in rows for each in _named(row)})
    shown = [_shown(row, known) for row in rows]
    waiting = [row for row in shown if row.open]
    others = selectors.uploads(connection, {each for row in waiting for each in _others(row.upload)})
    for row in waiting:
        found = [others[each] for each in _others(row.upload) if each in others]
        row.others = [Other(each, *STATES[each.state], facts=_facts(each)) for each in found]
    return shown


def name_of(voucher: Voucher) -> str:
    """Return a document in a few words."""
    words = [kinds.kind_text(voucher.kind), voucher.number, voucher.contact_name]
    return " · ".join(word for word in words if word)


def _others(upload: Upload) -> list[UUID]:
    return [UUID(upload_id) for code, upload_id in upload.suspicions if code == Upload.SAME_INVOICE]


def _named(upload: Upload) -> list[UUID]:
    ids = [UUID(voucher_id) for code, voucher_id in upload.suspicions if code in SUSPICIONS]
    return [*ids, *(each for each in (upload.target_id, upload.voucher_id) if each)]


def _shown(upload: Upload, known: dict[UUID, Voucher]) -> Shown:
    goal = known.get(upload.voucher_id or upload.target_id or upload.pk)
    shown = Shown(
        upload, *STATES[upload.state], facts=_facts(upload), goal=goal, goal_name=name_of(goal) if goal else "",
        invoice=PROFILES.get(upload.profile, _("E-invoice")) if upload.profile else "",
    )  # fmt: skip
    if upload.state == State.REFUSED:
        shown.sentences = [str(REASONS.get(upload.reason, REASONS["broken"]))]
    if upload.state in {State.ASKING, State.READY}:
        shown.twins = _twins(upload, known)
        shown.sentences = [str(WARNINGS[code]) for code in upload.warnings if code in WARNINGS]
    if upload.state == State.QUEUED and upload.item:
        _take_over(shown, upload.item)
    return shown


def _take_over(shown: Shown, item: Item) -> None:
    """While it is in the outbox its state is that of the item; over there refusals are only titles."""
    [there] = outbox.items(item.batch, [item])
    shown.item, shown.kind, shown.icon, shown.word = there, there.kind, there.icon, there.word
    words = troubles.TABLE.get(item.reason) if item.state == Item.State.REFUSED else None
    shown.sentences = [str(words.title) + ".", str(words.text)] if words else there.reasons
    if item.state == Item.State.WAITING and item.batch.paused_at:
        shown.kind, shown.icon, shown.word = "neutral", "pause", gettext_lazy("Paused")


def _twins(upload: Upload, known: dict[UUID, Voucher]) -> list[Twin]:
    found = [(code, known.get(UUID(voucher_id))) for code, voucher_id in upload.suspicions]
    return [Twin(SUSPICIONS[code], twin, name_of(twin)) for code, twin in found if twin and code in SUSPICIONS]


def _facts(upload: Upload) -> list[str]:
    facts = [TYPES.get(upload.media_type, ""), _pages(upload.pages)]
    return [fact for fact in facts if fact]


def _pages(pages: int | None) -> str:
    return ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages} if pages else ""
