"""Batches and items in words and icons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lexweb.clients import troubles
from lexweb.firm.roles import Permission
from lexweb.outbox import acts
from lexweb.outbox.models import Batch, Item
from lexweb.outbox.selectors import Counts
from lexweb.ui.templatetags.words import grouped

State = Item.State
STATES: dict[str, tuple[str, str, Promise, Promise]] = {  # state → kind of badge, icon, word, word behind a number
    State.WAITING: ("neutral", "clock", _("Waiting"), _("waiting")),
    State.SENDING: ("info", "arrow-up-tray", _("Being sent"), _("on the way")),
    State.UNCERTAIN: ("warn", "magnifying-glass", _("Uncertain"), _("uncertain")),
    State.DONE: ("ok", "check-circle", _("Done"), _("sent")),
    State.REFUSED: ("danger", "exclamation-circle", _("Refused"), _("refused")),
    State.CANCELLED: ("neutral", "no-symbol", _("Cancelled"), _("taken back")),
}
REASONS: dict[str, Promise] = {
    "rejected": _("Lexware Office does not accept the values. Nothing was changed."),
    "gone": _("It was deleted in Lexware Office."),
    "locked": _("Lexware Office does not let other programs change it: one of its lists has more than one entry."),
    "too_long": _("The note would become longer than 1,000 characters. Nothing was changed."),
    "busy": _("Somebody else keeps changing it. Nothing was changed by us; try again later."),
    "broken_off": _("Lexware Office broke off each time, and it was not carried out. Nothing was changed."),
    "not_allowed": _(
        "Whoever asked for it may not do that any more: they left, have another role, or no longer work for the "
        "client. Nothing was changed. Somebody who may can send it again."
    ),
    "lost": _("Its content is no longer here, or was altered. It was not sent; bring the file in again."),
    "moved": _("The client was connected to another organization meanwhile. It was not sent there."),
}
LOOKING = _("Lexware Office broke off. It is being looked up whether it was carried out; nothing is sent twice.")
SOON = timedelta(seconds=20)  # a wait that needs no explanation


def on_the_way(batches: Iterable[Batch]) -> str:
    """Return what to say when these were put in."""
    count = Item.objects.filter(batch__in=list(batches)).count()
    text = ngettext(
        "%(count)s change will be sent in 10 seconds.", "%(count)s changes will be sent in 10 seconds.", count
    )
    return text % {"count": grouped(count)}


@dataclass(frozen=True)
class ShownBatch:
    """One batch ready to show; `states` holds kind, icon, word and count of each state that occurs."""

    batch: Batch
    title: str
    counts: Counts
    states: list[tuple[str, str, Promise, int]]
    permission: Permission
    group: tuple["ShownBatch", ...] = ()  # what was asked for of several clients in one go: all of it


@dataclass(frozen=True)
class Shown:
    """One item ready to show."""

    item: Item
    kind: str
    icon: str
    word: Promise
    reasons: list[str]
    again: bool  # whether to offer another try
    sooner: bool  # whether that only hurries what happens anyway
    cancel: bool


def batches(found: Iterable[Batch], counts: Mapping[UUID, Counts], members: Iterable[Batch] = ()) -> list[ShownBatch]:
    """
    Return the batches in words, with how far they are.

    :param members: of the groups that are shown as one
    """
    groups: dict[UUID | None, list[ShownBatch]] = {}
    for batch in members:
        groups.setdefault(batch.group, []).append(_batch(batch, counts.get(batch.pk, Counts())))
    shown = (groups.get(batch.group) or [_batch(batch, counts.get(batch.pk, Counts()))] for batch in found)
    return [together(group) if len(group) > 1 else group[0] for group in shown]


def together(group: Sequence[ShownBatch]) -> ShownBatch:
    """Return the batches of a group as one."""
    first, counts = group[0], sum((each.counts for each in group), Counts())
    return replace(first, counts=counts, states=_states(counts), group=tuple(group))


def items(batch: Batch, found: Iterable[Item]) -> list[Shown]:
    """Return the items in words, and what can be done with each."""
    return [_item(batch, item) for item in found]


def _batch(batch: Batch, counts: Counts) -> ShownBatch:
    act = acts.get(batch.act)
    return ShownBatch(batch, act.describe(batch.wish), counts, _states(counts), act.permission)


def _states(counts: Counts) -> list[tuple[str, str, Promise, int]]:
    found = [(state, getattr(counts, state)) for state in STATES]
    return [(*STATES[state][:2], STATES[state][3], count) for state, count in found if count]


def _item(batch: Batch, item: Item) -> Shown:
    kind, icon, word, _counted = STATES[item.state]
    waits = item.due_at is not None and item.due_at > timezone.now() + SOON
    return Shown(
        item=item, kind=kind, icon=icon, word=word, reasons=_reasons(batch, item),
        again=item.state == State.REFUSED or (waits and item.state in {State.WAITING, State.UNCERTAIN}),
        sooner=waits and item.state != State.SENDING,  # then it is when somebody else looks what became of it
        cancel=item.state in {State.WAITING, State.REFUSED},
    )  # fmt: skip


def _reasons(batch: Batch, item: Item) -> list[str]:
    if item.state == State.UNCERTAIN:
        return [str(LOOKING)]
    if item.state in {State.DONE, State.SENDING} or not item.reason:
        return []
    if item.issues:
        explain = acts.get(batch.act).explain
        return [str(REASONS["rejected"]), *(explain(code, source) for source, code in item.issues)]
    if item.reason in REASONS:
        return [str(REASONS[item.reason])]
    words = troubles.TABLE.get(item.reason)
    return [f"{words.title}." if words else acts.get(batch.act).explain(item.reason, "")]
