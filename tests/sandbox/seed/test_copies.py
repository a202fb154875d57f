"""More accounts than the demo has: the same books, for other organizations."""

from lexweb.sandbox import options, seed
from lexweb.sandbox.organizations import Organization
from tests.sandbox.seed.conftest import DAYS


def test_copies_have_ids_keys_and_logins_of_their_own() -> None:
    everybody = seed.organizations(DAYS[0], more=30)

    assert len(everybody) == 45
    for name in ("id", "company_name", "api_key", "email", "key_connection_id"):
        assert len({getattr(each, name) for each in everybody}) == 45, name
    assert [each.id for each in everybody[:15]] == [each.id for each in seed.organizations(DAYS[0])]


def test_a_copy_holds_the_books_of_its_original_as_its_own() -> None:
    everybody = seed.organizations(DAYS[0], more=14)
    original = next(each for each in everybody if each.company_name == "Nähstübchen Karla Winter")
    copy = next(each for each in everybody if each.company_name == "Nähstübchen Karla Winter (2)")

    assert _ids(copy) == _ids(original)
    assert {each.document["organizationId"] for each in copy.shelf("invoices")} == {copy.id}
    assert {each.contact["organizationId"] for each in copy.contacts.ordered()} == {copy.id}
    assert {each.document["organizationId"] for each in original.shelf("invoices")} == {original.id}


def test_nobody_copies_the_wholesaler() -> None:
    assert max(len(each.contacts) for each in seed.organizations(DAYS[0], more=30)[15:]) < 1000


def test_how_many_copies_comes_from_the_environment() -> None:
    assert options.read([], {"SANDBOX_COPIES": "3"}).copies == 3


def _ids(organization: Organization) -> set[str]:
    return {each.id for each in organization.shelf("invoices")}
