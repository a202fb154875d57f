"""Files that come in: looked into, kept sealed, known again; and those that cannot be sent."""

import errno
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client as Browser

from lexweb.files import inspecting, store, workshop
from lexweb.files.models import Blob
from lexweb.uploads import services
from lexweb.uploads.models import Upload
from lexweb.uploads.receiving import Arrived
from tests.clients.threads import at_once
from tests.files import making
from tests.files.failing import Breakdown
from tests.uploads.desk import JSON, Desk, picture

pytestmark = pytest.mark.django_db(transaction=True)
LARGEST = inspecting.MOST
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]><a>&d;</a>'


def test_a_file_is_kept_sealed_and_told_about(desk: Desk, storage: Path) -> None:
    content = picture("a")

    told = desk.bring("Tankbeleg März.png", content)

    assert told.json()["files"] == [
        {"name": "Tankbeleg März.png", "state": "ready", "word": "Ready to send", "new": True, "why": []}
    ]
    upload = Upload.objects.get()
    assert (upload.media_type, upload.pages, upload.size) == ("image/png", 1, len(content))
    assert upload.blob is not None
    assert store.read(upload.blob) == content
    on_disk = [path.read_bytes() for path in storage.rglob("*") if path.is_file()]
    assert on_disk
    assert not any(content[:200] in each or b"PNG" in each[:64] for each in on_disk)


def test_the_same_bytes_again_are_the_same_row_under_any_name(desk: Desk) -> None:
    first = desk.brought("a.png", picture("a"))

    told = desk.bring("b.png", picture("a"))

    assert told.json()["files"][0]["new"] is False
    assert Upload.objects.get() == first
    assert Blob.objects.count() == 1


def test_what_was_discarded_can_be_brought_in_again(desk: Desk) -> None:
    first = desk.brought("a.png", picture("a"))
    desk.decide("discard", first)
    assert not Blob.objects.exists()

    second = desk.brought("a.png", picture("a"))

    assert second != first
    assert second.state == "ready"


def test_three_who_bring_the_same_at_once_make_one(desk: Desk) -> None:
    content = picture("a")

    def bring(_number: int) -> int:
        try:
            return int(desk.bring("a.png", content).status_code)
        finally:
            connections.close_all()

    assert at_once(bring, workers=3) == [200] * 3
    assert Upload.objects.count() == Blob.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("leer.pdf", b"", "empty"),
        ("gif.pdf", b"GIF89a" + b"\0" * 200, "kind"),
        ("kaputt.pdf", b"%PDF-1.7\nnothing of it", "broken"),
        ("geheim.pdf", making.rewritten(making.pdf(), "encrypted"), "encrypted"),
        ("lachen.xml", LAUGHS, "unsafe_xml"),
        ("fremdes.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "unsafe_xml"),
        ("riesig.png", making.huge_png(), "bomb"),
        ("gross.png", picture("a") + b"\0" * (LARGEST + 1 - len(picture("a"))), "too_large"),
    ],
)
def test_what_cannot_be_sent_says_why_and_keeps_no_bytes(desk: Desk, name: str, content: bytes, reason: str) -> None:
    told = desk.bring(name, content)

    assert told.status_code == 200
    [file] = told.json()["files"]
    assert file["state"] == "refused"
    assert file["why"]
    upload = Upload.objects.get()
    assert (upload.state, upload.reason, upload.size) == ("refused", reason, len(content))
    assert not Blob.objects.exists()
    assert file["why"][0].encode() in desk.browser.get(desk.address).content.replace(b"&#x27;", b"'")


def test_five_mebibytes_are_taken_one_byte_more_is_not(desk: Desk) -> None:
    small = picture("a")

    assert desk.brought("a.png", small + b"\0" * (LARGEST - len(small))).reason != "too_large"
    assert desk.brought("b.png", small + b"\0" * (LARGEST + 1 - len(small))).reason == "too_large"


def test_our_script_only_names_what_is_too_large(desk: Desk) -> None:
    sizes = {"name": "video.mov", "size": "734003200"}
    for _again in range(2):
        told = desk.browser.post(f"{desk.address}add/", sizes, headers=JSON)

    upload = Upload.objects.get()
    assert told.json()["files"][0]["state"] == "refused"
    assert (upload.name, upload.size, upload.reason) == ("video.mov", 734003200, "too_large")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("a\"b'<c>.png", "a_b'_c_.png"),
        ("beleg\u202egnp.exe.png", "beleggnp.exe.png"),
        ("Größe ÄÖÜ.png", "Größe ÄÖÜ.png"),
        ("x" * 300 + ".png", "x" * 116 + ".png"),
    ],
)
def test_names_are_made_safe(desk: Desk, given: str, kept: str) -> None:
    connection = desk.connection
    content = picture("a")
    blob = store.put(connection, [content])

    upload, _new = services.bring(
        connection, Arrived(given, len(content), blob.sha256, blob), by=desk.klaus
    )  # fmt: skip

    assert upload.name == kept
    assert desk.browser.get(desk.address).status_code == 200


@pytest.mark.parametrize("name", ["\\", "\u3000", "&#47;"])
def test_a_file_whose_name_nobody_can_read_is_not_passed_over_in_silence(desk: Desk, name: str) -> None:
    body = f'--line\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    told = desk.browser.generic(
        "POST", f"{desk.address}add/", body + picture("a") + b"\r\n--line--\r\n",
        content_type="multipart/form-data; boundary=line", headers=JSON,
    )  # fmt: skip

    assert told.status_code == 400
    assert "name of the file" in told.json()["sentence"]


def test_several_in_a_plain_form(desk: Desk) -> None:
    files = [SimpleUploadedFile(f"{n}.png", picture(str(n))) for n in range(3)]
    bad = SimpleUploadedFile("x.gif", b"GIF89a" + b"\0" * 100)

    answer = desk.browser.post(f"{desk.address}add/", {"file": [*files, bad]}, follow=True)

    assert answer.redirect_chain == [(desk.address, 302)]
    page = answer.content.decode()
    assert "3 files came in. 1 cannot be sent." in page
    assert Upload.objects.filter(state="ready").count() == 3


def test_more_than_one_request_may_bring_is_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lexweb.uploads.receiving.MOST", 1000)

    told = desk.bring("a.png", picture("a"))

    assert told.status_code == 413
    assert told.json()["sentence"]
    assert not Blob.objects.exists()


def test_a_form_that_says_too_much_besides_leaves_nothing_behind(desk: Desk) -> None:
    file = SimpleUploadedFile("a.png", picture("a"))

    told = desk.browser.post(f"{desk.address}add/", {"file": file, "note": "x" * 3_000_000}, headers=JSON)

    assert told.status_code == 413
    assert told.json()["sentence"]
    assert not Blob.objects.exists()


def test_what_broke_off_on_the_way_is_not_taken_for_a_file(desk: Desk) -> None:
    content = picture("a", side=200)
    body = (
        b'--line\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\n" + content[: len(content) // 2]
    )
    broken: Any = {"CONTENT_LENGTH": str(len(body) + 5000), "wsgi.input": io.BytesIO(body)}
    told = desk.browser.generic(
        "POST", f"{desk.address}add/", body, content_type="multipart/form-data; boundary=line",
        headers=JSON,
        **broken,
    )  # fmt: skip

    assert told.status_code == 400
    assert not Upload.objects.exists()
    assert not Blob.objects.exists()


def test_a_forged_form_leaves_nothing_behind(desk: Desk) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(desk.klaus, backend="lexweb.firm.backends.StaffBackend")

    told = browser.post(f"{desk.address}add/", {"file": SimpleUploadedFile("a.png", picture("a"))})

    assert told.status_code == 403
    assert not Upload.objects.exists()
    assert not Blob.objects.exists()


def test_the_token_may_come_as_a_field_or_in_the_header(desk: Desk) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(desk.klaus, backend="lexweb.firm.backends.StaffBackend")
    page = browser.get(desk.address).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    file = SimpleUploadedFile("a.png", picture("a"))
    assert browser.post(f"{desk.address}add/", {"file": file, "csrfmiddlewaretoken": token}).status_code == 302
    file = SimpleUploadedFile("b.png", picture("b"))
    assert browser.post(f"{desk.address}add/", {"file": file}, headers={"X-CSRFToken": token}).status_code == 302
    assert Upload.objects.count() == 2


def test_other_pages_take_no_files(desk: Desk, storage: Path) -> None:
    file = SimpleUploadedFile("a.png", picture("a", side=400))

    answer = desk.browser.post(f"{desk.address}decide/", {"do": "discard", "file": file})

    assert answer.status_code == 302
    assert "file" not in answer.wsgi_request.FILES
    assert not storage.exists()


def test_a_storage_that_fails_is_said_and_keeps_nothing(desk: Desk, breakdown: Breakdown) -> None:
    breakdown.begin(OSError(errno.ENOSPC, "full"))

    told = desk.bring("a.png", picture("a"))

    assert told.status_code == 503
    assert "storage" in told.json()["sentence"]
    assert not Blob.objects.exists()
    assert not Upload.objects.exists()
    breakdown.mend()
    assert desk.brought("a.png", picture("a")).state == "ready"


def test_a_file_that_nobody_could_look_into_is_no_bomb(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object, **_options: object) -> None:
        raise workshop.Busy

    with monkeypatch.context() as patch:
        patch.setattr(workshop, "do", busy)
        told = desk.bring("a.png", picture("a"))

    assert told.status_code == 503
    assert not Blob.objects.exists()
    assert desk.brought("a.png", picture("a")).state == "ready"


def test_what_waits_behind_a_file_that_nobody_could_look_into_is_not_kept_either(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    do, asked = workshop.do, list[bytes]()

    def busy_after_one(work: Any, data: bytes, **options: Any) -> Any:
        asked.append(data)
        if len(asked) > 1:
            raise workshop.Busy
        return do(work, data, **options)

    monkeypatch.setattr(workshop, "do", busy_after_one)
    files = [SimpleUploadedFile(f"{n}.png", picture(str(n))) for n in range(4)]

    desk.browser.post(f"{desk.address}add/", {"file": files})

    assert [upload.blob for upload in Upload.objects.all()] == [*Blob.objects.all()]
    assert Blob.objects.count() == 1
