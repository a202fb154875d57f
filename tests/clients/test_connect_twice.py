"""The consent was given for a company that is connected already."""

import pytest

from lexweb.clients.models import Assignment, Connection
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_a_company_connected_already_asks_and_names_the_client_that_i_may_see(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    flow.connected(sign_in(cast.paula), lexware, cast.other)
    Assignment.objects.create(client=cast.other, staff=cast.klaus)
    browser = sign_in(cast.klaus)

    page = flow.said(browser, flow.connect(browser, lexware, cast.client))

    assert "This company is already connected" in page
    assert "<strong>10020 Praxis Dr. Yıldız</strong>" in page


def test_a_company_connected_already_does_not_name_a_client_that_i_may_not_see(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    flow.connected(sign_in(cast.paula), lexware, cast.other)
    browser = sign_in(cast.klaus)

    page = flow.said(browser, flow.connect(browser, lexware, cast.client))

    assert "is already connected as another client of your firm." in page
    assert "Yıldız" not in page
    assert "10020" not in page


def test_yes_connects_a_company_twice_each_with_a_grant_of_its_own(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.paula)
    first = flow.connected(browser, lexware, cast.other)
    asked = flow.connect(browser, lexware, cast.client)

    browser.post(asked["Location"], {"answer": "yes"})

    second = Connection.objects.get(client=cast.client)
    assert second.organization_id == first.organization_id
    assert flow.living(lexware) == {str(first.lexware_connection_id), str(second.lexware_connection_id)}


def test_a_company_that_another_firm_looks_after_is_no_question(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    flow.connected(sign_in(cast.fremd), lexware, cast.foreign)

    connection = flow.connected(sign_in(cast.klaus), lexware, cast.client)

    assert connection.is_connected  # asking would tell that the other firm has this client
