"""Creating what cannot be deleted: at most once, whatever becomes of the answer (behaviour.md, chapter 2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from lexweb.lexware import errors
from lexweb.lexware.acts.unfinished import TROUBLES, Trouble
from lexweb.lexware.acts.waiting import Waiting

T = TypeVar("T")

LATE = timedelta(seconds=60)  # after which nothing goes on behind the gateway any more; it gives up after 30 s


class Doubtful(Exception):
    """It may exist, and could not be found: asked for at `asked_at`. Acts turn it into `Unfinished`."""

    def __init__(self, asked_at: datetime, cause: Trouble) -> None:
        self.asked_at = asked_at
        self.cause = cause
        super().__init__(str(cause))


@dataclass(frozen=True)
class Once(Generic[T]):
    """
    A create that must not happen twice.

    :ivar create: asks for it and returns its id
    :ivar find: returns the id of what was created since a moment, None if there is nothing
    :ivar asking: told the moment right before it is asked for
    """

    create: Callable[[], T]
    find: Callable[[datetime], T | None]
    waiting: Waiting
    asking: Callable[[datetime], None]

    def run(self, asked_at: datetime | None) -> T:
        """
        Return the id of what exists in the end.

        :param asked_at: when it was asked for before, if the outcome of that is unknown
        :raises Doubtful: the outcome is (still) unknown
        :raises LexwareError: it surely does not exist
        """
        if asked_at:
            if found := self._found(asked_at):
                return found
            if self.waiting.now() - asked_at < LATE:
                raise Doubtful(asked_at, errors.Uncertain("it may still come into being"))
        asked_at = self.waiting.now()
        self.asking(asked_at)
        try:
            return self.create()
        except errors.Uncertain as error:
            doubt = error
        if found := self._found(asked_at):
            return found
        raise Doubtful(asked_at, doubt)

    def _found(self, asked_at: datetime) -> T | None:
        try:
            return self.find(asked_at)
        except TROUBLES as trouble:
            raise Doubtful(asked_at, trouble) from trouble
