"""Roles and leavers, from the command line."""

from django.core.management import call_command

from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission
from tests.cast import Cast
from tests.conftest import SignIn


def test_who_leaves_loses_the_session_and_gets_it_back_on_return(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    call_command("change_staff", cast.klaus.email, "--leave")
    assert browser.get("/")["Location"].startswith("/accounts/login/")

    call_command("change_staff", cast.klaus.email, "--return")
    assert sign_in(Staff.objects.get(pk=cast.klaus.pk)).get("/").status_code == 200


def test_a_role_changes_what_one_may(cast: Cast) -> None:
    call_command("change_staff", cast.klaus.email, "--role", "auditor")

    assert not roles.may(Staff.objects.get(pk=cast.klaus.pk), Permission.CONTACT_EDIT)
