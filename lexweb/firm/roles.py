"""
Who may do what: one list of permissions, one table from roles to permissions, one question `may`.

A permission says whether this person may; whether the state of a thing allows it is said by a policy.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from lexweb.firm.models import Staff


class Role(models.TextChoices):
    """The roles of a firm, the mightiest first."""

    PARTNER = "partner", gettext_lazy("Partner")
    CLERK = "clerk", gettext_lazy("Clerk")
    ASSISTANT = "assistant", gettext_lazy("Assistant")
    AUDITOR = "auditor", gettext_lazy("Auditor (read only)")


class Permission(StrEnum):
    """Everything that is asked for anywhere."""

    CLIENT_ALL = "client.all"  # every client of the firm, not just those assigned
    CLIENT_VIEW = "client.view"
    CLIENT_CREATE = "client.create"
    CLIENT_EDIT = "client.edit"
    CONNECTION_MANAGE = "connection.manage"
    SYNC_START = "sync.start"
    CONTACT_VIEW = "contact.view"
    CONTACT_EDIT = "contact.edit"
    VOUCHER_VIEW = "voucher.view"  # and its files
    VOUCHER_EDIT = "voucher.edit"  # change what is to be reviewed, assign, upload
    VOUCHER_BOOK = "voucher.book"  # book, and create what is booked at once: this cannot be undone
    HISTORY_VIEW = "history.view"
    API_CONSOLE = "api.console"  # calls made by hand that read
    API_CONSOLE_WRITE = "api.console.write"  # and those that change something: past every check of our own forms


READ = {Permission.CLIENT_VIEW, Permission.CONTACT_VIEW, Permission.VOUCHER_VIEW, Permission.HISTORY_VIEW}
WORK = READ | {Permission.CONTACT_EDIT, Permission.VOUCHER_EDIT, Permission.SYNC_START}
LEAD = WORK | {
    Permission.CLIENT_CREATE, Permission.CLIENT_EDIT, Permission.CONNECTION_MANAGE, Permission.API_CONSOLE,
    Permission.VOUCHER_BOOK,
}  # fmt: skip

TABLE: dict[str, frozenset[Permission]] = {
    Role.PARTNER: frozenset(LEAD | {Permission.CLIENT_ALL, Permission.API_CONSOLE_WRITE}),
    Role.CLERK: frozenset(LEAD),
    Role.ASSISTANT: frozenset(WORK),
    Role.AUDITOR: frozenset(READ | {Permission.CLIENT_ALL, Permission.API_CONSOLE}),
}


def with_permission(permission: Permission) -> list[str]:
    """Return the roles that have the permission."""
    return [role for role, permissions in TABLE.items() if permission in permissions]


def may(staff: "Staff", permission: Permission) -> bool:
    """Say whether the person's role has the permission. Which clients they see is a matter of `clients.access`."""
    return staff.is_active and permission in TABLE.get(staff.role, frozenset())


def check_may(staff: "Staff", permission: Permission) -> None:
    """Raise `PermissionDenied` with the sentence to show."""
    if not may(staff, permission):
        raise PermissionDenied(
            _("Your role “%(role)s” does not include this. A partner of your firm can change your role.")
            % {"role": staff.get_role_display()}
        )
