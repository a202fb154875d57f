"""What the frame around every page shows: whose client is open, and where we are."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lexweb.clients.models import Client
from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission


@dataclass(frozen=True)
class Frame:
    """
    The frame's data; `section` is the current item of the rail.

    `client` is None, too, on pages that go from one client to the next (`request.over_clients`): what they swap is
    less than the frame.
    """

    client: Client | None
    section: str
    theme: str
    density: str
    demo: bool
    staff: Staff | None

    def _may(self, permission: Permission) -> bool:
        return self.staff is not None and roles.may(self.staff, permission)

    @property
    def may_edit(self) -> bool:
        """Say whether the person may change clients."""
        return self._may(Permission.CLIENT_EDIT)

    @property
    def may_create(self) -> bool:
        """Say whether the person may add clients."""
        return self._may(Permission.CLIENT_CREATE)

    @property
    def may_connect(self) -> bool:
        """Say whether the person may connect and disconnect clients."""
        return self._may(Permission.CONNECTION_MANAGE)

    @property
    def may_sync(self) -> bool:
        """Say whether the person may start a sync."""
        return self._may(Permission.SYNC_START)

    @property
    def may_edit_contacts(self) -> bool:
        """Say whether the person may create and change contacts."""
        return self._may(Permission.CONTACT_EDIT)

    @property
    def may_edit_vouchers(self) -> bool:
        """Say whether the person may change, assign and upload vouchers."""
        return self._may(Permission.VOUCHER_EDIT)

    @property
    def may_book(self) -> bool:
        """Say whether the person may book vouchers."""
        return self._may(Permission.VOUCHER_BOOK)

    @property
    def may_call_api(self) -> bool:
        """Say whether the person may send calls made by hand."""
        return self._may(Permission.API_CONSOLE)

    @property
    def demo_password(self) -> str:
        """Return the password of all demo people; nothing outside the demo."""
        return settings.DEMO_PASSWORD if self.demo else ""

    @property
    def demo_people(self) -> list[Staff]:
        """Return the people whose passwords stand in the README; none outside the demo."""
        if not self.demo:
            return []
        return list(Staff.objects.filter(is_demo=True).select_related("firm").order_by("firm_id", "pk"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` for base.html."""
    user = getattr(request, "user", None)
    staff = user if user is not None and user.is_authenticated else None
    return {
        "frame": Frame(
            client=None if getattr(request, "over_clients", False) else getattr(request, "client", None),
            section=_section(request),
            theme=staff.theme if staff else "system",
            density=staff.density if staff else "comfortable",
            demo=settings.DEMO,
            staff=staff,
        )
    }


SECTIONS = {  # view names that belong to another section than their namespace
    "clients:list": "clients",
    "clients:create": "clients",
    "clients:detail": "client",
    "clients:connect": "client",
    "clients:connect_key": "client",
    "clients:settle": "client",
    "clients:connection": "client",
    "clients:invite": "client",
    "clients:disconnect": "client",
    "clients:history": "history",
    "clients:edit": "settings",
    "home:start": "start",
    "syncs": "syncs",
    "all-uploads": "all-uploads",
    "firm:settings": "account",
}


def _section(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return ""
    if match.view_name in SECTIONS:
        return SECTIONS[match.view_name]
    if match.view_name.startswith(("account_", "mfa_")):
        return "account"
    return {"sync": "client"}.get(match.namespace, match.namespace)
