"""Who works for whom, from the command line."""

import pytest
from django.core.management import CommandError, call_command

from lexweb.clients import selectors
from tests.cast import Cast


def test_an_assigned_client_is_seen_and_a_removed_one_no_longer(cast: Cast) -> None:
    call_command("assign", cast.klaus.email, cast.other.number)
    assert selectors.find(cast.klaus, cast.other.slug) == cast.other

    call_command("assign", cast.klaus.email, cast.other.number, "--remove")
    assert selectors.find(cast.klaus, cast.other.slug) is None


def test_a_client_of_another_firm_cannot_be_assigned(cast: Cast) -> None:
    cast.foreign.number = "77"
    cast.foreign.save()

    with pytest.raises(CommandError, match="77"):
        call_command("assign", cast.klaus.email, "77")

    assert selectors.find(cast.klaus, cast.foreign.slug) is None
