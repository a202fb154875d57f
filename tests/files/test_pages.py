"""A file's page, its pictures and its original."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client as Browser
from django.urls import reverse

from lexweb.clients.models import Connection
from lexweb.files import store
from lexweb.files.models import File
from tests.cast import Cast
from tests.conftest import SignIn
from tests.files import making

FILE, VOUCHER = UUID(int=5), UUID(int=6)


@pytest.fixture
def file(cast: Cast, receipts: Path) -> File:
    """A PDF of two pages with a name that nobody should have to trust."""
    connection = Connection.objects.create(
        client=cast.client, kind="api_key", state="connected", organization_id=UUID(int=9), company_name="Brandt"
    )  # fmt: skip
    content = making.pdf(2)
    blob = store.put(connection, [content[:100], content[100:]], media_type="application/pdf")
    return File.objects.create(
        connection=connection, lexware_id=FILE, voucher_id=VOUCHER, name='../Bü"ro\u202efdp.pdf', blob=blob,
        media_type="application/pdf", size=blob.size, sha256=blob.sha256, pages=2,
    )  # fmt: skip


@pytest.fixture
def klaus(cast: Cast, sign_in: SignIn) -> Browser:
    """He has the client."""
    return sign_in(cast.klaus)


def _url(name: str, cast: Cast, *args: object) -> str:
    return reverse(f"files:{name}", args=[cast.client.slug, FILE, *args])


def test_pages_stand_below_each_other(file: File, cast: Cast, klaus: Browser) -> None:
    html = klaus.get(_url("show", cast)).content.decode()

    assert [_url("picture", cast, number) in html for number in (1, 2, 3)] == [True, True, False]
    assert "Page 2 of 2" in html
    assert sha256(making.pdf(2)).hexdigest()[:6] in html or file.sha256 in html
    assert "\u202e" not in html
    assert "<iframe" not in html
    assert "<embed" not in html


def test_htmx_gets_the_viewer_or_the_pages_of_one_file(file: File, cast: Cast, klaus: Browser) -> None:
    whole = klaus.get(_url("show", cast), headers={"HX-Request": "true", "HX-Target": "viewer"}).content.decode()
    pages = klaus.get(_url("show", cast), headers={"HX-Request": "true", "HX-Target": f"pages-{FILE}"})

    assert whole.strip().startswith('<div id="viewer">')
    assert "data-viewer-stage" in whole
    assert pages.content.decode().strip().startswith("<article")


def test_a_picture_may_be_kept_by_this_browser_for_good(file: File, cast: Cast, klaus: Browser) -> None:
    first = klaus.get(_url("picture", cast, 1))
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "private, max-age=31536000, immutable"
    assert first.content.startswith(b"\x89PNG")

    again = klaus.get(_url("picture", cast, 1), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    other = [klaus.get(_url("picture", cast, 2))["ETag"], klaus.get(_url("picture", cast, 1) + "?w=1800")["ETag"]]
    assert len({first["ETag"], *other}) == 3


@pytest.mark.parametrize("query", ["", "?w=", "?w=x", "?w=-1", "?w=99999999999", "?w=²"])
def test_any_width_is_answered(file: File, cast: Cast, klaus: Browser, query: str) -> None:
    assert klaus.get(_url("picture", cast, 1) + query).status_code == 200


@pytest.mark.parametrize("number", [0, 3, 10**30])
def test_a_page_that_is_not_there_is_not_kept(file: File, cast: Cast, klaus: Browser, number: int) -> None:
    response = klaus.get(_url("picture", cast, number))
    assert response.status_code == 404
    assert response["Cache-Control"] == "private, no-store"


def test_what_has_no_pages_is_no_error(file: File, cast: Cast, klaus: Browser) -> None:
    File.objects.filter(pk=file.pk).update(media_type="application/xml", pages=None)
    response = klaus.get(_url("picture", cast, 1))
    assert (response.status_code, response.content) == (204, b"")


def test_the_original_is_a_download_with_its_hash_and_may_run_nothing(file: File, cast: Cast, klaus: Browser) -> None:
    response = klaus.get(_url("original", cast))

    assert b"".join(response) == making.pdf(2)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(making.pdf(2)))
    assert response["Content-Disposition"].startswith("attachment;")
    assert "/" not in response["Content-Disposition"]
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Repr-Digest"] == f"sha-256=:{b64encode(sha256(making.pdf(2)).digest()).decode()}:"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["show", "original", "picture"])
def test_nobody_else_sees_it(file: File, cast: Cast, sign_in: SignIn, name: str) -> None:
    args = [1] if name == "picture" else []
    assert sign_in(cast.fremd).get(_url(name, cast, *args)).status_code == 404
    assert Browser().get(_url(name, cast, *args)).status_code == 302
    elsewhere = reverse(f"files:{name}", args=[cast.other.slug, FILE, *args])
    assert sign_in(cast.paula).get(elsewhere).status_code == 404
    assert sign_in(cast.robert).get(_url(name, cast, *args)).status_code == 200


def test_what_cannot_be_read_now_says_so(file: File, cast: Cast, klaus: Browser) -> None:
    File.objects.update(blob=None)
    Connection.objects.update(state="disconnected")

    assert "The client is not connected" in klaus.get(_url("show", cast)).content.decode()
    picture = klaus.get(_url("picture", cast, 1))
    assert picture.status_code == 409
    assert "no-store" in picture["Cache-Control"]
    assert klaus.get(_url("original", cast)).status_code == 409
