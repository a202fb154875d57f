"""
What can go wrong with Lexware Office, in sentences for people.

The gateway turns every error of the API that nobody can correct in a form into a `Trouble`; views that hold typed
text catch it and keep the text, everything else is shown by the middleware as a page or a toast.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lexweb.lexware import errors, oauth

if TYPE_CHECKING:
    from lexweb.clients.models import Connection


@dataclass(frozen=True)
class Words:
    """What happened, what it means for the data, what to do; and the status of the page."""

    title: Promise
    text: Promise
    status: int
    passes: bool  # goes away by itself: worth trying again


TABLE: dict[str, Words] = {
    "reconnect": Words(
        _("The connection has to be renewed"),
        _("Lexware Office no longer accepts the access of this client. Nothing was changed. Connect the client again."),
        409,
        passes=False,
    ),
    "disconnected": Words(
        _("The client is not connected"),
        _("What you see is the last state. Nothing was changed. Connect the client to work with it."),
        409,
        passes=False,
    ),
    "rate_limited": Words(
        _("Lexware Office is slowing us down"),
        _("Too many requests came in for this client. Nothing was changed. Try again in a few seconds."),
        503,
        passes=True,
    ),
    "unreachable": Words(
        _("Lexware Office cannot be reached"),
        _("The request did not arrive there, so nothing was changed. Try again in a minute."),
        503,
        passes=True,
    ),
    "unavailable": Words(
        _("Lexware Office does not answer properly"),
        _("Nothing was changed. Try again in a minute; what you see here is the last state."),
        503,
        passes=True,
    ),
    "uncertain": Words(
        _("It is not certain whether it was carried out"),
        _("Lexware Office broke off before answering. Check there before you send it again."),
        503,
        passes=False,
    ),
    "sealed": Words(
        _("The stored access cannot be read"),
        _("The key it was sealed with is missing here. Nothing was changed or lost. Tell your administrator."),
        503,
        passes=True,
    ),
    "busy": Words(
        _("Too many files are being opened"),
        _("Nothing was changed. Try again in a minute."),
        503,
        passes=True,
    ),
    "storage": Words(
        _("The storage for receipts cannot be used"),
        _("Nothing was lost, but files can neither be kept nor read now. Try again later; tell your administrator."),
        503,
        passes=True,
    ),
    "plan": Words(
        _("The plan does not include this"),
        _("The client's Lexware contract does not allow this. Nothing was changed. The client can extend the plan."),
        403,
        passes=False,
    ),
    "forbidden": Words(
        _("The connection lacks a right"),
        _("Lexware Office refused the access. Nothing was changed. Connect the client again and grant all rights."),
        403,
        passes=False,
    ),
    "tier": Words(
        _("An API key does not reach this"),
        _("It needs a connection made by signing in at Lexware Office. Nothing was changed. Connect the client so."),
        403,
        passes=False,
    ),
    "not_ready": Words(
        _("The document is not ready yet"),
        _("It is a draft in Lexware Office, and drafts have no file. Nothing was changed. Finalize it there first."),
        409,
        passes=False,
    ),
    "too_large": Words(
        _("The file is larger than lexweb keeps"),
        _("It is safe in Lexware Office; open it there. Nothing was changed."),
        413,
        passes=False,
    ),
    "missing": Words(
        _("This no longer exists in Lexware Office"),
        _("It was probably deleted there. Nothing was changed."),
        404,
        passes=False,
    ),
    "unexpected": Words(
        _("Lexware Office answered in an unknown way"),
        _("Nothing was saved here. Try again; if it happens again, tell your administrator the number below."),
        502,
        passes=False,
    ),
}  # fmt: skip


class Trouble(Exception):
    """Something is wrong with Lexware Office or the connection; `code` is a key of `TABLE`."""

    def __init__(self, code: str, connection: "Connection | None" = None) -> None:
        super().__init__(code)
        self.code = code
        self.connection = connection

    @property
    def words(self) -> Words:
        """Return the sentences to show."""
        return TABLE[self.code]


CODES: tuple[tuple[type[errors.LexwareError], str], ...] = (
    (errors.Unauthorized, "reconnect"),
    (errors.RateLimited, "rate_limited"),
    (errors.Unreachable, "unreachable"),
    (errors.Unavailable, "unavailable"),
    (errors.Uncertain, "uncertain"),
    (errors.PlanRequired, "plan"),
    (errors.OutsideTier, "tier"),
    (errors.Forbidden, "forbidden"),
    (errors.NotReady, "not_ready"),
    (errors.NotFound, "missing"),
    (oauth.InvalidGrant, "reconnect"),
)


def code_of(error: errors.LexwareError) -> str:
    """Return the key of `TABLE` for an error of the API."""
    return next((code for kind, code in CODES if isinstance(error, kind)), "unexpected")
