"""
How a connection is: one code with since when, why, and who can mend it.

What goes wrong once makes no noise: slowed down or unreachable is a connection only after two minutes of it.
`selectors.with_health` asks the database the same; tests/clients/test_guardian.py holds both against each other.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from lexweb.clients.models import Connection

LASTING = timedelta(minutes=2)  # shorter troubles are not shown
EXPIRING = timedelta(days=30)
YEARS = 2  # of an authorization, and of an API key: 24 months (oauth-and-partner.md, chapter 2)

UNREACHABLE = ("unreachable", "unavailable", "sealed")  # codes of troubles.TABLE
THROTTLED = ("rate_limited",)
PLAN = ("plan",)
NOTED = UNREACHABLE + THROTTLED + PLAN  # what the gateway notes at the connection


@dataclass(frozen=True)
class Look:
    """How a code is shown: badge, icon and word."""

    severity: str  # a kind of badge: ok, warn, danger, neutral
    icon: str
    label: Promise


LOOKS: dict[str, Look] = {  # the order is that of the list: what needs somebody first
    "reconnect": Look("danger", "exclamation-triangle", gettext_lazy("Reconnect")),
    "unreachable": Look("danger", "signal-slash", gettext_lazy("API not reachable")),
    "plan": Look("warn", "lock-closed", gettext_lazy("Plan too small")),
    "expiring": Look("warn", "clock", pgettext_lazy("connection", "Expires soon")),
    "throttled": Look("warn", "pause-circle", gettext_lazy("Slowed down")),
    "disconnected": Look("neutral", "link-slash", gettext_lazy("Disconnected")),
    "none": Look("neutral", "minus-circle", gettext_lazy("Not connected")),
    "connected": Look("ok", "check-circle", gettext_lazy("Connected")),
}
CODES = tuple(LOOKS)
TROUBLED = ("reconnect", "unreachable", "plan", "expiring", "throttled")  # what the start page shows


@dataclass(frozen=True)
class Health:
    """How a connection is; `reason` and `fixer` are sentences, empty when there is nothing to say."""

    code: str  # a key of `LOOKS`
    since: datetime | None
    reason: str
    fixer: str

    @property
    def severity(self) -> str:
        """Return the kind of badge."""
        return LOOKS[self.code].severity

    @property
    def icon(self) -> str:
        """Return the icon that belongs to the word."""
        return LOOKS[self.code].icon

    @property
    def label(self) -> str:
        """Return the state in a word or two."""
        return str(LOOKS[self.code].label)

    @property
    def is_troubled(self) -> bool:
        """Say whether somebody should look at it."""
        return self.code in TROUBLED

    @property
    def may_be_renewed(self) -> bool:
        """Say whether connecting again would mend it."""
        return self.code in {"reconnect", "disconnected", "expiring"}


def health(connection: "Connection", now: datetime | None = None) -> Health:
    """Return how the connection is."""
    now = now or timezone.now()
    code = code_of(connection, now)
    return Health(code, _since(connection, code), _reason(connection, code, now), _fixer(connection, code))


def code_of(connection: "Connection", now: datetime) -> str:
    """Return the key of `LOOKS`; the first that fits counts, as only one can be shown."""
    if not connection.is_connected:
        return str(connection.state)
    lasts = connection.trouble_since is not None and connection.trouble_since <= now - LASTING
    if lasts and connection.trouble in UNREACHABLE:
        return "unreachable"
    if lasts and connection.trouble in THROTTLED:
        return "throttled"
    if connection.trouble in PLAN:
        return "plan"
    if connection.expires_on and connection.expires_on <= warn_until(now):
        return "expiring"
    return "connected"


def warn_until(now: datetime) -> date:
    """Return the last day of expiry that is shown as coming soon."""
    return timezone.localdate(now) + EXPIRING


def end_of(day: date) -> date:
    """Return the day on which an authorization or API key of this day ends."""
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + YEARS, day=28)


def _since(connection: "Connection", code: str) -> datetime | None:
    if code in {"unreachable", "throttled", "plan"}:
        return connection.trouble_since
    if code == "expiring" and connection.expires_on:
        return timezone.make_aware(datetime.combine(connection.expires_on - EXPIRING, time.min))
    return connection.connected_at if code == "connected" else connection.state_since


def _reason(connection: "Connection", code: str, now: datetime) -> str:
    match code:
        case "expiring":
            return _ending(connection, now)
        case "reconnect":
            return connection.reason_text
        case "plan":
            return _("The client's Lexware contract does not include all that is read here. That part stays as it was.")
        case "throttled":
            return _("Lexware Office lets fewer requests through than usual, so new data comes late.")
        case "unreachable" if connection.trouble == "sealed":
            return _("The key with which the access is sealed is missing on this server. Nothing is lost.")
        case "unreachable":
            return _("Lexware Office does not answer. What you see is the last state.")
        case "disconnected":
            return _("The connection was ended here. What you see is the last state.")
    return ""


def _ending(connection: "Connection", now: datetime) -> str:
    day = connection.expires_on or timezone.localdate(now)
    words, past = {"day": date_format(day)}, day < timezone.localdate(now)
    if connection.kind == "api_key" and past:
        return _("The API key was expected to end on %(day)s.") % words
    if connection.kind == "api_key":
        return _("The API key ends on %(day)s, as far as is known here.") % words
    if past:
        return _("The authorization was expected to end on %(day)s.") % words
    return _("The authorization ends on %(day)s.") % words


def _fixer(connection: "Connection", code: str) -> str:
    match code:
        case "expiring" | "reconnect":
            return _("A partner or clerk of your firm can renew it, or let the client do it with a link.")
        case "plan":
            return _("The client can extend the contract with Lexware.")
        case "unreachable" if connection.trouble == "sealed":
            return _("Your administrator can mend it.")
        case "throttled" | "unreachable":
            return _("It passes by itself; nobody has to do anything.")
        case "disconnected":
            return _("A partner or clerk of your firm can connect it again.")
    return ""
