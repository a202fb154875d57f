"""An act that stopped half way."""

from typing import Generic, TypeVar

from lexweb.lexware import errors

P = TypeVar("P")


class Unfinished(errors.LexwareError, Generic[P]):
    """
    Something exists or may exist, and the rest is missing.

    :ivar done: what exists; give it back to the act to go on from there
    :ivar missing: the next step, such as "file"
    :ivar cause: what stopped it. A `Rejected` will not pass without other values
    """

    def __init__(self, done: P, missing: str, cause: errors.LexwareError) -> None:
        self.done = done
        self.missing = missing
        self.cause = cause
        super().__init__(
            f"{missing} is missing: {cause.reason or type(cause).__name__}",
            method=cause.method,
            path=cause.path,
            status=cause.status,
            request_id=cause.request_id,
            issues=cause.issues,
            throttled=cause.throttled,
        )
