"""Multipart bodies as the libraries of many languages lay them out."""

from base64 import b64encode
from urllib.parse import quote

import pytest

from tests.sandbox.bookkeeping import picture
from tests.sandbox.clients.wire import Wire

NAME = "Büro Beleg.png"
ENCODED_WORD = f"=?utf-8?B?{b64encode(NAME.encode()).decode()}?="
FIELD = b'Content-Disposition: form-data; name="type"'
FILE = b'Content-Disposition: form-data; name="file"; filename="beleg.png"'


def part(head: bytes, content: bytes = b"voucher") -> bytes:
    return head + b"\r\n\r\n" + content


def laid_out(*parts: bytes, boundary: bytes = b"b") -> bytes:
    return b"".join(b"--" + boundary + b"\r\n" + each + b"\r\n" for each in parts) + b"--" + boundary + b"--\r\n"


def upload(wire: Wire, *parts: bytes, boundary: str = "b") -> int:
    media_type = f"multipart/form-data; boundary={boundary}"
    return wire.ask("POST", "/v1/files/", laid_out(*parts, boundary=boundary.encode()), Content_Type=media_type).status


def test_the_field_may_stand_before_or_behind_the_file(wire: Wire) -> None:
    assert upload(wire, part(FIELD), part(FILE, picture(color="red"))) == 202
    assert upload(wire, part(FILE, picture(color="blue")), part(FIELD)) == 202


@pytest.mark.parametrize("size", [99_999, 102_395, 102_400, 102_401, 300_000, 5_242_880])
def test_files_of_any_size_before_the_field(wire: Wire, size: int) -> None:
    assert upload(wire, part(FILE, picture(size)), part(FIELD)) == 202


@pytest.mark.parametrize(
    ("disposition", "saved"),
    [
        (b"form-data; name=file; filename=beleg.png; filename*=utf-8''beleg.png", "beleg.png"),
        (f"form-data; name=file; filename=\"{ENCODED_WORD}\"; filename*=utf-8''{quote(NAME)}".encode(), NAME),
        (f'form-data; name="file"; filename="{ENCODED_WORD}"'.encode(), NAME),
        (f'form-data; name="file"; filename="{NAME}"'.encode(), NAME),
        (f'form-data; name="file"; filename="{NAME}"'.encode("latin-1"), NAME),
        (f"form-data; name=\"file\"; filename*=UTF-8''{quote(NAME)}".encode(), NAME),
        (b'form-data;name="file";filename="beleg.png"', "beleg.png"),
        (b'Form-Data; Name="file"; FileName="beleg.png"', "beleg.png"),
        (b'form-data; filename="beleg.png"; name="file"', "beleg.png"),
        (b'form-data; name="file"; filename="a;b=c.png"', "a;b=c.png"),
        (b'form-data; name="file"; filename="a\\"b.png"', 'a"b.png'),
        (b'form-data; name="file"; filename="C:\\tmp\\beleg.png"', "beleg.png"),
        (b'form-data; name="file"; filename="/tmp/beleg.png"', "beleg.png"),
    ],
)
def test_spellings_of_the_file_name(wire: Wire, disposition: bytes, saved: str) -> None:
    file = part(b"Content-Disposition: " + disposition, picture())
    body = laid_out(part(FIELD), file)
    answer = wire.ask("POST", "/v1/files", body, Content_Type="multipart/form-data; boundary=b")
    assert answer.status == 202
    download = wire.ask("GET", f"/v1/files/{answer.json()['id']}")
    assert f"filename*=UTF-8''{quote(saved)}" in download.headers["content-disposition"]
    assert download.body == picture()


@pytest.mark.parametrize(
    "more",
    [
        b"Content-Type: image/png",
        b"Content-Type: application/octet-stream",
        b"Content-Type: application/pdf",
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-Length: 7",
        b"MIME-Version: 1.0\r\nX-Whatever: y",
    ],
)
def test_what_a_part_says_of_itself(wire: Wire, more: bytes) -> None:
    field = part(more.replace(b"image/png", b"text/plain; charset=utf-8") + b"\r\n" + FIELD)
    assert upload(wire, field, part(FILE + b"\r\n" + more, picture())) == 202


@pytest.mark.parametrize(
    "media_type",
    [
        'multipart/form-data; boundary="a-B_c"',
        "multipart/form-data; charset=utf-8; boundary=a-B_c",
        "Multipart/Form-Data; Boundary=a-B_c",
        "multipart/form-data;boundary=a-B_c",
    ],
)
def test_spellings_of_the_boundary(wire: Wire, media_type: str) -> None:
    body = laid_out(part(FIELD), part(FILE, picture()), boundary=b"a-B_c")
    assert wire.ask("POST", "/v1/files", body, Content_Type=media_type).status == 202


@pytest.mark.parametrize("boundary", ["-" * 27 + "974767299852498929531610575", "a'()+_,-.:=b", "x" * 70])
def test_boundaries(wire: Wire, boundary: str) -> None:
    content = picture() + f"\r\n--{boundary}x\r\n--{boundary[:-1]}".encode()
    body = laid_out(part(FIELD), part(FILE, content), boundary=boundary.encode())
    answer = wire.ask("POST", "/v1/files", body, Content_Type=f'multipart/form-data; boundary="{boundary}"')
    assert answer.status == 202
    assert wire.ask("GET", f"/v1/files/{answer.json()['id']}").body == content


def test_words_around_the_parts_and_parts_nobody_knows(wire: Wire) -> None:
    parts = [part(FIELD), part(b'Content-Disposition: form-data; name="more"', b"x"), part(FILE, picture())]
    body = b"This is a message.\r\n" + laid_out(*parts) + b"Good bye"
    assert wire.ask("POST", "/v1/files", body, Content_Type="multipart/form-data; boundary=b").status == 202


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([part(FIELD)], 500),
        ([part(FIELD), part(b'Content-Disposition: form-data; name="file"; filename=""', picture())], 500),
        ([part(FILE, picture())], 400),
        ([part(FIELD, b"beleg"), part(FILE, picture())], 400),
        ([part(FIELD), part(FILE.replace(b"beleg.png", b"blob"), picture())], 406),
    ],
)
def test_what_is_missing(wire: Wire, parts: list[bytes], status: int) -> None:
    assert upload(wire, *parts) == status


@pytest.mark.parametrize("media_type", ["multipart/form-data", "multipart/form-data; boundary=c"])
@pytest.mark.parametrize("cut", [0, 4])
def test_bodies_that_do_not_keep_their_word(wire: Wire, media_type: str, cut: int) -> None:
    body = laid_out(part(FIELD), part(FILE, picture()))
    assert wire.ask("POST", "/v1/files", body[: len(body) - cut], Content_Type=media_type).status == 400


def test_in_chunks_and_announced(wire: Wire) -> None:
    body = laid_out(part(FIELD), part(FILE, picture(9_000)))
    head = {"Content_Type": "multipart/form-data; boundary=b", "Expect": "100-continue"}
    sent = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    assert wire.send(wire.head("POST", "/v1/files", Transfer_Encoding="chunked", **head) + sent).status == 202


def test_a_voucher_takes_the_field_as_well(wire: Wire) -> None:
    made = wire.ask(
        "POST",
        "/v1/files",
        laid_out(part(FIELD), part(FILE, picture())),
        Content_Type="multipart/form-data; boundary=b",
    ).json()
    target, body = f"/v1/vouchers/{made['voucherId']}/files", laid_out(part(FILE, picture(color="red")), part(FIELD))
    added = wire.ask("POST", target, body, Content_Type="multipart/form-data; boundary=b")
    assert added.status == 202
    assert added.json()["id"] in wire.ask("GET", f"/v1/vouchers/{made['voucherId']}").json()["files"]
