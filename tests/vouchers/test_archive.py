"""Files as one ZIP: what is in it, what it says about the rest, and that nothing ends it."""

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from lexweb.activity.models import Entry as Happened
from lexweb.files import services, store
from lexweb.files.models import Blob, File
from lexweb.outbox.selection import Selection
from lexweb.vouchers.files import archive, turns
from lexweb.vouchers.files import index as archive_index
from lexweb.vouchers.files import listing as file_listing
from lexweb.vouchers.files import views as file_views
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def klaus(cast: Cast, sign_in: SignIn) -> Browser:
    """Klaus at his browser, which asks for German."""
    browser = sign_in(cast.klaus)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    return browser


@pytest.fixture
def url(cast: Cast) -> str:
    """The address of archives."""
    return f"{cast.client.url}files/archive/"


def document(books: Books, content: bytes | None = b"%PDF-1.7", **columns: Any) -> File:
    """Make a document with a file that is here, or that Lexware Office does not know."""
    given: dict[str, Any] = {"number": "RE-104", "listed_on": "2026-03-14", "voucher_on": "2026-03-14"}
    voucher = made_up.voucher(books.connection, file_count=1, **given | columns)
    file = File(connection=books.connection, lexware_id=uuid4(), voucher_id=voucher.lexware_id)
    if content is not None:
        file.blob = store.put(books.connection, [content], media_type="application/pdf")
        file.media_type, file.size, file.sha256 = "application/pdf", len(content), file.blob.sha256
    file.save()
    return file


def pack(browser: Browser, url: str, *files: File) -> zipfile.ZipFile:
    """Return the archive of some files."""
    answer = browser.post(url, {"id": [str(file.lexware_id) for file in files]})
    return opened(answer)


def opened(answer: Any) -> zipfile.ZipFile:
    """Return the archive of an answer, proven."""
    assert answer.status_code == 200
    found = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert found.testzip() is None
    return found


def index(found: zipfile.ZipFile) -> list[list[str]]:
    """Return the lines of the index without its head."""
    content = found.read(found.namelist()[-1])
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))[1:]


def test_names_speak_and_the_index_is_for_german_spreadsheets(klaus: Browser, url: str, books: Books) -> None:
    file = document(books, contact_name="Muster GmbH", total_amount=Decimal("1119.50"))

    answer = klaus.post(url, {"id": str(file.lexware_id)})
    found = opened(answer)

    assert found.namelist()[0] == "2026-03-14_RE-104_Muster-GmbH_1119,50.pdf"
    assert found.read(found.namelist()[0]) == b"%PDF-1.7"
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Cache-Control"] == "no-store"
    (line,) = index(found)
    assert line[:8] == [
        "2026-03-14_RE-104_Muster-GmbH_1119,50.pdf", line[1], "RE-104", "14.03.2026", line[4], "Muster GmbH",
        "1119,50", "119,00",
    ]  # fmt: skip
    assert file.sha256 in line


def test_names_are_safe_and_unique(klaus: Browser, url: str, books: Books) -> None:
    evil = {"number": "../../RE:1", "contact_name": "a\u202e/..\\b\x07"}
    files = [document(books, **evil), document(books, **evil | {"number": "../../re:1"})]

    names = pack(klaus, url, *files).namelist()

    assert len({name.casefold() for name in names}) == 3
    assert not any(set(name) & set("/\\:\u202e\x07") for name in names)


def test_no_cell_is_a_formula(klaus: Browser, url: str, books: Books) -> None:
    file = document(books, number="=1+1", contact_name='@SUM(A1)|cmd;"x"')

    (line,) = index(pack(klaus, url, file))

    assert line[2] == "'=1+1"
    assert line[5] == '\'@SUM(A1)|cmd;"x"'


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_harmless(text: str) -> None:
    assert archive_index.harmless(text) == f"'{text}"
    assert archive_index.harmless(f"x{text}") == f"x{text}"


def test_what_cannot_be_had_stands_in_the_index_and_ends_nothing(klaus: Browser, url: str, books: Books) -> None:
    before, gone, after = document(books, number="1"), document(books, None, number="2"), document(books, number="3")

    found = pack(klaus, url, before, gone, after)

    assert len(found.namelist()) == 3
    lines = {line[2]: line for line in index(found)}
    assert lines["2"][0] == ""
    assert "nicht mehr" in lines["2"][14]
    assert lines["1"][0]
    assert lines["3"][0]


def test_without_connection_what_is_here_comes_all_the_same(klaus: Browser, url: str, books: Books) -> None:
    here, away, also = document(books, number="1"), document(books, None, number="2"), document(books, None, number="3")
    books.connection.state = "reconnect"
    books.connection.save()
    books.sandbox.requests().clear()

    found = pack(klaus, url, here, away, also)

    assert len(found.namelist()) == 2
    assert len([line for line in index(found) if line[14]]) == 2


def test_an_outage_is_asked_about_three_times_at_most(klaus: Browser, url: str, books: Books) -> None:
    files = [document(books, None, number=str(number)) for number in range(6)]
    books.sandbox.fault("503", path="/v1/files/*", count=None)
    before = len(books.asked())

    lines = index(pack(klaus, url, *files))

    asked = {path for path in books.asked()[before:] if path.startswith("/v1/files/")}
    assert len(asked) == archive.TRIES
    assert len(lines) == 6
    assert all(line[14] for line in lines)


def test_what_the_plan_forbids_is_asked_for_once(klaus: Browser, url: str, books: Books) -> None:
    files = [document(books, None, number=str(number)) for number in range(3)]
    books.sandbox.fault("plan_402", path="/v1/files/*", count=None)

    lines = index(pack(klaus, url, *files))

    assert len([path for path in books.asked() if path.startswith("/v1/files/")]) == 1
    assert len({line[14] for line in lines}) == 1


def test_what_is_not_here_is_fetched_while_it_is_sent(klaus: Browser, url: str, books: Books) -> None:
    books.list_all()
    books.keep_only(books.one("purchaseinvoice"))
    books.fill(1)
    file = File.objects.get(position=0)

    found = pack(klaus, url, file)

    file.refresh_from_db()
    assert file.blob is not None
    assert found.read(found.namelist()[0]) == store.read(file.blob)
    assert found.namelist()[0].endswith((".pdf", ".jpg", ".png", ".xml"))


def test_a_content_that_is_lost_here_is_fetched_anew(klaus: Browser, url: str, books: Books) -> None:
    books.list_all()
    books.keep_only(books.one("purchaseinvoice"))
    books.fill(1)
    file = File.objects.select_related("connection").get(position=0)
    blob = services.held(file)
    Blob.objects.filter(pk=blob.pk).update(sha256="0" * 64)

    found = pack(klaus, url, file)

    assert len(found.namelist()) == 2


def test_all_of_a_search(klaus: Browser, cast: Cast, url: str, books: Books) -> None:
    document(books, number="RE-1", listed_on="2026-01-01")
    document(books, number="RE-2", listed_on="2026-02-01")
    token = klaus.get(f"{cast.client.url}files/?since=20260115").context["all_of_search"]

    found = opened(klaus.post(url, {"all": token}))

    assert [name.split("_")[1] for name in found.namelist()[:-1]] == ["RE-2"]


def test_a_token_of_another_client_or_list_is_void(klaus: Browser, cast: Cast, url: str, books: Books) -> None:
    document(books)
    strange: Selection[file_listing.Query] = Selection(query=file_listing.Query(), count=1)
    scope, other = file_views.scope(books.connection), file_views.scope(made_up.connected(cast.other))

    for token in (strange.signed(other), strange.signed(["vouchers", *scope[1:]]), "nonsense"):
        assert klaus.post(url, {"all": token}).status_code == 302
    assert klaus.post(url).status_code == 302


def test_files_of_other_clients_are_not_in_it(klaus: Browser, cast: Cast, url: str, books: Books) -> None:
    theirs = made_up.connected(cast.other)
    voucher = made_up.voucher(theirs, file_count=1)
    file = File.objects.create(connection=theirs, lexware_id=uuid4(), voucher_id=voucher.lexware_id)

    assert klaus.post(url, {"id": str(file.lexware_id)}).status_code == 302
    found = pack(klaus, url, file, document(books))
    assert len(found.namelist()) == 2


def test_too_many_for_one_archive(klaus: Browser, url: str, books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST", 1)
    files = [document(books), document(books)]

    answer = klaus.post(url, {"id": [str(file.lexware_id) for file in files], "back": "kind=sales"})

    assert answer.status_code == 302
    assert answer["Location"].endswith("files/?kind=sales")


def test_it_is_remembered_who_took_how_many(klaus: Browser, url: str, books: Books) -> None:
    pack(klaus, url, document(books), document(books))

    happened = Happened.objects.get(kind="files.downloaded")
    assert happened.actor_name.startswith("Klaus")
    assert happened.values == {"count": 2}


def test_it_is_for_posting_only(klaus: Browser, url: str, books: Books) -> None:
    assert klaus.get(url).status_code == 405


def test_the_time_it_takes() -> None:
    assert [archive.seconds(count) for count in (0, 1, 2, 3, 500)] == [0, 1, 1, 2, 250]


def test_few_are_made_at_once_and_each_ends_its_turn(klaus: Browser, url: str, books: Books) -> None:
    file = document(books)

    def ask() -> Any:
        return klaus.post(url, {"id": str(file.lexware_id)})

    begun = [ask() for _ in range(turns.OF_PERSON)]
    assert {answer.status_code for answer in begun} == {200}
    assert ask().status_code == 302
    begun[0].close()  # the browser went away before a single byte was sent
    assert opened(begun[1]).namelist()
    begun = [ask() for _ in range(turns.OF_PERSON)]
    assert {answer.status_code for answer in begun} == {200}
    assert ask().status_code == 302
    for answer in begun:
        answer.close()


def test_nobody_takes_all_turns_of_the_firm(cast: Cast) -> None:
    taken = [turns.Turn(person) for person in (cast.klaus, cast.klaus, cast.aylin, cast.aylin)]

    with pytest.raises(turns.Busy):
        turns.Turn(cast.paula)
    taken.pop().end()

    turns.Turn(cast.paula).end()
    for turn in taken:
        turn.end()
