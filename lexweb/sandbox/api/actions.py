"""What a resource offers at its addresses."""

from collections.abc import Callable
from dataclasses import dataclass

from lexweb.sandbox.web import Answer

# Answers (state, call, caller, **parts of the address); runs with the state's lock held.
Handler = Callable[..., Answer]

INVOICING, BOOKKEEPING = "INVOICING", "BOOKKEEPING"


@dataclass(frozen=True)
class Action:
    """
    One method of one address, and what it asks of a caller.

    :ivar scope: of the token, several if all of them are needed; without it 403
    :ivar any_scope: scopes of which one is enough
    :ivar feature: of the organization's contract with Lexware; without it 402
    :ivar partner: OAuth connections only, API keys get 403
    :ivar media_type: of a body that is sent; others get 415. None: the answer is the same for all of them
    :ivar unlocked: the handler waits or sends, so it takes the lock itself where it needs it
    """

    handler: Handler
    scope: str | tuple[str, ...] = ()
    any_scope: tuple[str, ...] = ()
    feature: str | None = None
    partner: bool = False
    media_type: str | None = "application/json"
    unlocked: bool = False

    @property
    def scopes(self) -> frozenset[str]:
        """All the scopes that are needed."""
        return frozenset((self.scope,) if isinstance(self.scope, str) else self.scope)


# A path such as "/v1/contacts/{contact_id}", and what its methods do.
Routes = dict[str, dict[str, Action]]
