"""manage.py add_staff: the first person of a firm."""

import pytest
from django.core.management import CommandError, call_command

from lexweb.firm.management.commands import add_staff
from lexweb.firm.models import Firm, Staff
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed at the prompt."""
    monkeypatch.setattr(add_staff, "getpass", lambda _: "correct-horse-battery")


def test_a_new_firm_gets_its_first_partner(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_staff", "Kanzlei Neu", "Anna@Neu.example", "Anna Neu", "--role", "partner", "--new-firm")

    anna = Staff.objects.get()
    assert (anna.email, anna.role, anna.firm.name) == ("anna@neu.example", "partner", "Kanzlei Neu")
    assert anna.check_password("correct-horse-battery")
    assert not anna.is_demo
    assert "correct-horse" not in capsys.readouterr().out


def test_a_firm_is_not_made_by_a_typing_mistake(cast: Cast) -> None:
    with pytest.raises(CommandError, match="--new-firm"):
        call_command("add_staff", "Kanzlei Somer & Partner", "anna@neu.example", "Anna Neu")

    assert Firm.objects.count() == 2


def test_an_email_address_is_one_person(cast: Cast) -> None:
    with pytest.raises(CommandError, match="already"):
        call_command("add_staff", cast.klaus.firm.name, "KLAUS@firm.example", "Klaus Zwei")


def test_a_weak_password_makes_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_staff, "getpass", lambda _: "short")

    with pytest.raises(CommandError, match="12"):
        call_command("add_staff", "Kanzlei Neu", "anna@neu.example", "Anna Neu", "--new-firm")

    assert not Firm.objects.filter(name="Kanzlei Neu").exists()
