"""What a resource offers at its addresses."""

from collections.abc import Callable
from dataclasses import dataclass

from lexweb.sandbox.web import Answer

# Answers (state, call, caller, **parts of the address); runs with the state's lock held, unless it is "unlocked".
Handler = Callable[..., Answer]

INVOICING, BOOKKEEPING = "INVOICING", "BOOKKEEPING"


@dataclass(frozen=True, kw_only=True)
class Needs:
    """
    What an action asks of a caller.

    :ivar scope: of the token, one of them is enough if there are several; without it 403
    :ivar also: a scope that is needed besides
    :ivar feature: of the organization's contract with Lexware; without it 402
    :ivar partner: OAuth connections only, API keys get 403
    :ivar media_type: of a body that is sent; others get 415. None: the answer is the same for all of them
    :ivar unlocked: the handler waits or sends, so it takes the lock itself where it needs it
    """

    scope: str | tuple[str, ...] = ()
    also: str = ""
    feature: str | None = None
    partner: bool = False
    media_type: str | None = "application/json"
    unlocked: bool = False


@dataclass(frozen=True)
class Action:
    """One method of one address."""

    handler: Handler
    needs: Needs = Needs()


# A path such as "/v1/contacts/{contact_id}", and what its methods do.
Routes = dict[str, dict[str, Action]]


def action(handler: Handler, scope: str | tuple[str, ...] = (), **needs: str | bool | None) -> Action:
    """An action and what it needs, in one line."""
    return Action(handler, Needs(scope=scope, **needs))  # type: ignore[arg-type]
