"""One table says who may do what."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission, Role

TABLE = {  # as promised to firms: partner, clerk, assistant, auditor
    Permission.CLIENT_ALL: "P  R",
    Permission.CLIENT_VIEW: "PCAR",
    Permission.CLIENT_CREATE: "PC  ",
    Permission.CLIENT_EDIT: "PC  ",
    Permission.CONNECTION_MANAGE: "PC  ",
    Permission.SYNC_START: "PCA ",
    Permission.CONTACT_VIEW: "PCAR",
    Permission.VOUCHER_VIEW: "PCAR",
    Permission.CONTACT_EDIT: "PCA ",
    Permission.VOUCHER_EDIT: "PCA ",
    Permission.VOUCHER_BOOK: "PC  ",
    Permission.HISTORY_VIEW: "PCAR",
    Permission.API_CONSOLE: "PC R",
    Permission.API_CONSOLE_WRITE: "P   ",
}


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(Permission)
    assert set(roles.TABLE) == set(Role)


@pytest.mark.parametrize("permission", Permission)
def test_each_permission_belongs_to_the_promised_roles(permission: Permission) -> None:
    letters = dict(zip("PCAR", Role, strict=True))

    may = {letter for letter, role in letters.items() if roles.may(Staff(role=role), permission)}

    assert may == set(TABLE[permission]) - {" "}


def test_who_left_may_nothing() -> None:
    gone = Staff(role=Role.PARTNER, is_active=False)

    assert not any(roles.may(gone, permission) for permission in Permission)


def test_an_unknown_role_may_nothing() -> None:
    assert not any(roles.may(Staff(role="intern"), permission) for permission in Permission)


def test_the_refusal_names_the_role_and_who_can_help() -> None:
    with translation.override("en"), pytest.raises(PermissionDenied, match=r"“Auditor \(read only\)”.*partner"):
        roles.check_may(Staff(role=Role.AUDITOR), Permission.CONTACT_EDIT)
