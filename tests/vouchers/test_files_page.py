"""The list of a client's files, and the files beside a voucher."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from lexweb.clients.models import Connection
from lexweb.files.models import Blob, File
from lexweb.vouchers import rows
from lexweb.vouchers.models import Voucher
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast: Cast) -> str:
    """The address of the list."""
    return f"{cast.client.url}files/"


def document(connection: Connection, number: str, files: int = 1, **columns: Any) -> Voucher:
    """Make a document with files that nobody has looked into."""
    given = {"listed_on": "2026-03-14", "contact_name": "Muster GmbH"} | columns
    given["search"] = rows.search(number, given["contact_name"])
    voucher = made_up.voucher(connection, number=number, file_count=files, **given)
    for position in range(files):
        File.objects.create(
            connection=connection, lexware_id=uuid4(), voucher_id=voucher.lexware_id, position=position
        )  # fmt: skip
    return voucher


def shown(browser: Browser, address: str) -> list[str]:
    """Return the numbers of the rows."""
    return [row.entry.voucher.number for row in browser.get(address).context["rows"]]


def look_into(voucher: Voucher, **columns: Any) -> None:
    """Let the files be known."""
    given = {"media_type": "application/pdf", "size": 1000, "pages": 1}
    File.objects.filter(voucher_id=voucher.lexware_id).update(**given | columns)


def test_each_file_has_a_line_the_newest_document_first(klaus: Browser, url: str, connection: Connection) -> None:
    document(connection, "RE-1", listed_on="2026-01-01")
    document(connection, "RE-2", files=2, listed_on="2026-02-01")
    made_up.voucher(connection, number="ohne", file_count=0)

    assert shown(klaus, url) == ["RE-2", "RE-2", "RE-1"]
    assert shown(klaus, f"{url}?sort=date") == ["RE-1", "RE-2", "RE-2"]


def test_filters(klaus: Browser, url: str, connection: Connection) -> None:
    document(connection, "RE-1", listed_on="2026-01-31", kind="purchaseinvoice")
    look_into(document(connection, "RE-2", listed_on="2026-02-01", kind="invoice", contact_name="Öl AG"))
    look_into(
        document(connection, "RE-3", listed_on="2026-02-28", kind="purchaseinvoice"),
        media_type="application/xml",
        profile="xrechnung",
    )

    assert shown(klaus, f"{url}?q=oel") == ["RE-2"]
    assert shown(klaus, f"{url}?kind=sales") == ["RE-2"]
    assert shown(klaus, f"{url}?since=010226&until=27.2.2026") == ["RE-2"]
    assert shown(klaus, f"{url}?content=unknown") == ["RE-1"]
    assert shown(klaus, f"{url}?content=pdf") == ["RE-2"]
    assert shown(klaus, f"{url}?content=invoice") == ["RE-3"]
    assert shown(klaus, f"{url}?kind=nonsense&sort=x&page=99&content=y") == ["RE-3", "RE-2", "RE-1"]
    assert "No file matches" in klaus.get(f"{url}?q=nirgends").content.decode()
    assert "This is no day" in klaus.get(f"{url}?since=gestern99").content.decode()


def test_what_nobody_has_looked_into_is_not_guessed(klaus: Browser, url: str, connection: Connection) -> None:
    document(connection, "RE-1")
    look_into(document(connection, "RE-2"), media_type="application/xml", profile="xrechnung", pages=None)

    page = klaus.get(url).content.decode()

    assert "Not looked into yet" in page
    assert "E-invoice" in page
    assert "2 files are not here yet" in page
    assert "about 1 s" in page


def test_it_says_what_is_not_known_yet(klaus: Browser, url: str, connection: Connection) -> None:
    assert "No files yet" in klaus.get(url).content.decode()

    made_up.voucher(connection, number="RE-1", wanted=2)

    assert "The files are not known yet" in klaus.get(url).content.decode()


def test_it_says_why_a_file_cannot_be_had(klaus: Browser, url: str, connection: Connection) -> None:
    document(connection, "RE-1")
    File.objects.update(problem="plan")

    assert "The plan does not include this" in klaus.get(url).content.decode()


def test_no_connection_no_files(klaus: Browser, url: str) -> None:
    assert klaus.get(url).status_code == 200


def test_the_number_of_queries_does_not_grow(klaus: Browser, url: str, connection: Connection) -> None:
    document(connection, "RE-0")
    counts = []
    for number in range(2):
        with CaptureQueriesContext(database) as queries:
            assert klaus.get(url).status_code == 200
        counts.append(len(queries))
        for each in range(20):
            document(connection, f"RE-{number}-{each}", files=2)

    assert counts[0] == counts[1] <= 18


def test_the_files_stand_beside_their_voucher(klaus: Browser, cast: Cast, connection: Connection) -> None:
    voucher = document(connection, "RE-1", files=2)
    first, second = File.objects.filter(voucher_id=voucher.lexware_id).order_by("position")
    blob = Blob.objects.create(connection=connection, key="x", size=7, sha256="", media_type="application/pdf")
    File.objects.filter(pk=first.pk).update(media_type="application/pdf", size=7, pages=3, blob=blob)
    File.objects.filter(pk=second.pk).update(media_type="application/xml", size=7, profile="xrechnung")

    page = klaus.get(f"{cast.client.url}vouchers/{voucher.lexware_id}/").content.decode()

    assert f"{cast.client.url}files/{first.lexware_id}/pages/1/?w=240" in page
    assert f"{cast.client.url}files/{second.lexware_id}/pages/1/" not in page
    assert f'href="{cast.client.url}files/{second.lexware_id}/"' in page
    assert "3 pages" in page


def test_nobody_else_sees_them(cast: Cast, sign_in: SignIn, url: str, connection: Connection) -> None:
    document(connection, "RE-1")

    assert sign_in(cast.fremd).get(url).status_code == 404
    assert sign_in(cast.fremd).post(f"{url}archive/").status_code == 404
