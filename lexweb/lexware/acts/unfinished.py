"""An act that stopped half way, and one that may be stopped at any moment."""

from typing import Generic, TypeVar

from lexweb.lexware import errors

P = TypeVar("P")
Trouble = errors.LexwareError | OSError
TROUBLES = (errors.LexwareError, OSError)  # `Trouble`, to be caught


def forget(progress: object) -> None:
    """Note nothing: for those who live with losing what happened when they are killed."""


class Unfinished(errors.LexwareError, Generic[P]):
    """
    Something exists or may exist, and the rest is missing.

    :ivar done: what exists; give it back to the act to go on from there
    :ivar missing: the next step, such as "file"
    :ivar cause: what stopped it. A `Rejected` will not pass without other values; an `OSError` is about our own file
    """

    def __init__(self, done: P, missing: str, cause: Trouble) -> None:
        self.done = done
        self.missing = missing
        self.cause = cause
        told = cause if isinstance(cause, errors.LexwareError) else errors.LexwareError()
        super().__init__(
            f"{missing} is missing: {told.reason or type(cause).__name__}",
            method=told.method,
            path=told.path,
            status=told.status,
            request_id=told.request_id,
            issues=told.issues,
            throttled=told.throttled,
            need=told.need,
        )
