"""Files up, files down, records away: what is repeated, what is not, and what becomes of a token that died."""

import io

import pytest

from lexweb.lexware import errors
from lexweb.lexware.transfers import Upload
from tests.contract import schema

ID = "05ad6609-d267-437f-ab28-0d11a4d4dc67"
RESULT = schema.sample("files.upload.response")
PDF = b"%PDF-1.7 " + b"x" * 100_000


class Renewing:
    """Credentials that know a second token."""

    partner = True
    scopes = None

    def current(self):
        return "old"

    def renew(self, rejected):
        assert rejected == "old"
        return "new"


class Opened:
    """A file on disk, as far as an upload sees it."""

    def __init__(self) -> None:
        self.streams: list[io.BytesIO] = []

    def __call__(self) -> io.BytesIO:
        self.streams.append(io.BytesIO(PDF))
        return self.streams[-1]


@pytest.fixture
def opened():
    return Opened()


@pytest.fixture
def upload(opened):
    return Upload("beleg.pdf", "application/pdf", opened)


def tokens(stage):
    return [request.headers["authorization"] for request in stage.heard]


# Up


def test_after_429_a_file_goes_up_from_its_beginning(stage, office, tape, answer, opened, upload):
    stage.play(answer(429), answer(429), answer(202, RESULT))
    assert str(office.files.upload(upload).id) == RESULT["id"]
    assert [request.body.count(PDF) for request in stage.heard] == [1, 1, 1]
    assert [stream.closed for stream in opened.streams] == [True] * 3
    assert (len(tape.naps), tape.pace.waits, tape.pace.penalties) == (2, 3, [1, 2])


def test_a_renewed_token_sends_the_whole_file_again(stage, open_office, answer, opened, upload):
    stage.play(answer(401), answer(202, RESULT))
    open_office(credentials=Renewing()).files.upload(upload)
    assert tokens(stage) == ["Bearer old", "Bearer new"]
    assert [request.body.count(PDF) for request in stage.heard] == [1, 1]
    assert [stream.closed for stream in opened.streams] == [True, True]


@pytest.mark.parametrize("trouble", ["hang", "reset", "hang_up", "break_in_body"])
def test_an_upload_without_an_answer_is_uncertain_and_never_repeated(stage, impatient, tape, opened, upload, trouble):
    stage.play(getattr(stage, trouble))
    with pytest.raises(errors.Uncertain) as caught:
        impatient.files.upload(upload)
    assert caught.value.sent is upload
    assert "gives the ids of the first time" in caught.value.look
    assert "beleg" not in f"{caught.value} {caught.value!r}"
    assert (len(stage.heard), tape.naps) == (1, [])
    assert opened.streams[0].closed


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_upload_that_fails_over_there_is_uncertain(stage, office, answer, upload, status):
    stage.play(answer(status, b"<html>"))
    with pytest.raises(errors.Uncertain):
        office.files.upload(upload)


def test_a_file_that_is_refused_says_why(stage, office, answer, upload):
    issue = {"i18nKey": "inacceptable_file_extension", "source": "file"}
    stage.play(answer(406, {"IssueList": [issue]}))
    with pytest.raises(errors.Rejected) as caught:
        office.files.upload(upload)
    assert [each.code for each in caught.value.issues] == ["inacceptable_file_extension"]


def test_an_attachment_says_so_and_makes_no_voucher(stage, office, answer, upload):
    stage.play(answer(202, {"id": ID}), answer(504))
    result = office.files.upload_attachment(upload)
    assert (str(result.id), result.voucher_id) == (ID, None)
    assert b'name="type"\r\n\r\nattachment\r\n' in stage.heard[0].body
    assert stage.heard[0].target == "/v1/files"
    with pytest.raises(errors.Uncertain, match="504") as caught:
        office.files.upload_attachment(upload)
    assert "does no harm" in caught.value.look


# Down


def down(office):
    target = io.BytesIO()
    with office.files.download(ID, accept="application/pdf") as download:
        download.save(target)
    return target.getvalue()


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_download_is_repeated_until_it_begins(stage, office, tape, answer, status):
    stage.play(answer(status, {"message": None}), answer(200, PDF))
    assert down(office) == PDF
    assert len(tape.naps) == 1
    assert tape.pace.penalties == ([1] if status == 429 else [])
    assert [exchange.status for exchange in tape.exchanges] == [status, 200]


@pytest.mark.parametrize("trouble", ["hang", "reset", "hang_up"])
def test_a_download_that_never_began_is_repeated(stage, impatient, tape, answer, trouble):
    stage.play(getattr(stage, trouble), answer(200, PDF))
    assert down(impatient) == PDF
    assert len(tape.naps) == 1


@pytest.mark.parametrize("trouble", ["break_in_body", "drip"])
def test_a_download_that_broke_off_is_no_file_and_not_repeated(stage, impatient, tape, trouble):
    stage.play(getattr(stage, trouble))
    with pytest.raises(errors.Unavailable):
        down(impatient)
    assert (len(stage.heard), tape.naps) == (1, [])
    assert [exchange.status for exchange in tape.exchanges] == [None]


def test_a_download_renews_the_token(stage, open_office, answer):
    stage.play(answer(401), answer(200, PDF))
    assert down(open_office(credentials=Renewing())) == PDF
    assert tokens(stage) == ["Bearer old", "Bearer new"]
    assert {request.headers["accept"] for request in stage.heard} == {"application/pdf"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, errors.Unauthorized), (403, errors.Forbidden), (404, errors.NotFound), (409, errors.NotReady)],
)
def test_a_refused_download_raises_before_there_is_a_file(stage, office, tape, answer, status, kind):
    stage.play(answer(status, {"message": "nein"}))
    with pytest.raises(kind) as caught, office.files.download(ID):
        pytest.fail("there is no file")
    assert caught.value.status == status
    assert tape.naps == []


def test_leaving_a_download_early_closes_its_connection(stage, office, answer):
    stage.play(answer(200, PDF), answer(200, PDF), answer(200, {"userEmail": "a@b.example"}))
    with office.files.download(ID) as download:
        assert next(download.chunks())
    assert stage.left(1)
    with pytest.raises(KeyError), office.files.download(ID):  # an error of the caller goes through
        raise KeyError
    assert stage.left(2)
    assert office.ping().user_email == "a@b.example"


# Away


def test_a_delete_is_repeated_after_429_and_renewal_only(stage, open_office, tape, answer):
    stage.play(answer(401), answer(429), answer(204, b""))
    open_office(credentials=Renewing()).articles.delete(ID)
    assert tokens(stage) == ["Bearer old", "Bearer new", "Bearer new"]
    assert {(request.method, request.target) for request in stage.heard} == {("DELETE", f"/v1/articles/{ID}")}
    assert len(tape.naps) == 1


@pytest.mark.parametrize("trouble", ["hang", "reset", "hang_up", 500, 504])
def test_a_delete_without_an_answer_is_uncertain(stage, impatient, tape, answer, trouble):
    stage.play(answer(trouble) if isinstance(trouble, int) else getattr(stage, trouble))
    with pytest.raises(errors.Uncertain) as caught:
        impatient.articles.delete(ID)
    assert (caught.value.sent, caught.value.method) == (None, "DELETE")
    assert "NotFound means it was deleted" in caught.value.look
    assert (len(stage.heard), tape.naps) == (1, [])


def test_deleting_what_is_gone_is_not_found(stage, office, answer):
    stage.play(answer(404))
    with pytest.raises(errors.NotFound):
        office.articles.delete(ID)
