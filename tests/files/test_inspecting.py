"""What files are, by real bytes of good and bad ones."""

import hashlib
import io
import zipfile

import pytest

from lexweb.files import inspecting
from tests.einvoice.test_pdf import FACTUR_X
from tests.files import making

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (98 + n, *[97 + n] * 8) for n in range(12))
    + b"]><lolz>&m;</lolz>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
DTD = b'<?xml version="1.0"?><!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/x.dtd"><Invoice/>'


def _zip_bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", b"\0" * 50_000_000)
    return target.getvalue()


def test_a_pdf_is_what_it_is() -> None:
    content = making.pdf(3)
    assert inspecting.look(content) == inspecting.Seen(
        "application/pdf", len(content), hashlib.sha256(content).hexdigest(), pages=3
    )


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_pictures_are_one_page(kind: str, media_type: str) -> None:
    seen = inspecting.look(making.picture(kind))
    assert (seen.media_type, seen.pages, seen.width, seen.height, seen.problem) == (media_type, 1, 600, 400, "")


@pytest.mark.parametrize("size", [(1, 1), (7, 2000), (2000, 7)])
def test_small_pictures_are_pictures(size: tuple[int, int]) -> None:
    seen = inspecting.look(making.picture(size=size))
    assert (seen.width, seen.height, seen.problem) == (*size, "")


def test_a_photo_is_measured_as_it_is_seen() -> None:
    seen = inspecting.look(making.picture(orientation=6))
    assert (seen.width, seen.height) == (400, 600)


@pytest.mark.parametrize(
    ("content", "media_type", "problem"),
    [
        (b"", "", "empty"),
        (GIF, "", "kind"),
        (b"MZ\x90\0", "", "kind"),
        (b"<html><script>alert(1)</script></html>", "", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "", "kind"),
        (b"nur Text", "", "kind"),
        (LAUGHS, "application/xml", "unsafe_xml"),
        (OUTSIDE, "application/xml", "unsafe_xml"),
        (DTD, "application/xml", "unsafe_xml"),
        (b"%PDF-1.7\nkaputt", "application/pdf", "broken"),
        (making.pdf()[:300], "application/pdf", "broken"),
        (making.picture("JPEG")[:-500], "image/jpeg", "broken"),
        (making.picture("PNG")[:-30], "image/png", "broken"),
        (b"\xff\xd8\xff" + b"x" * 500, "image/jpeg", "broken"),
    ],
)
def test_bad_input_has_a_name(content: bytes, media_type: str, problem: str) -> None:
    seen = inspecting.look(content)
    assert (seen.media_type, seen.problem) == (media_type, problem)


def test_five_mebibytes_are_taken_and_one_byte_more_is_not() -> None:
    content = making.pdf()
    comment = b"%" + b"x" * (making.SIZE - len(content) - 1)

    assert inspecting.look(content + comment).problem == ""
    assert inspecting.look(content + comment + b"x").problem == "too_large"


def test_a_zip_bomb_is_never_opened() -> None:
    assert inspecting.look(_zip_bomb()).problem == "kind"


def test_a_picture_of_20000_pixels_is_never_unpacked() -> None:
    assert inspecting.look(making.huge_png()).problem == "bomb"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_page_that_inflates_without_end_is_a_bomb(layers: int) -> None:
    content = making.flate_bomb(layers)
    assert len(content) < 500_000
    assert inspecting.look(content).problem == "bomb"


@pytest.mark.parametrize(
    ("change", "problem", "warnings"),
    [
        ("encrypted", "encrypted", ()),
        ("locked", "encrypted", ()),
        ("script", "", ("script",)),
        ("script when opened", "", ("script",)),
        ("script when clicked", "", ("script",)),
        ("script when turned", "", ("script",)),
        ("program", "", ("script",)),
        ("attachment", "", ("attachments",)),
    ],
)
def test_what_a_pdf_brings_along_is_said(change: str, problem: str, warnings: tuple[str, ...]) -> None:
    seen = inspecting.look(making.rewritten(making.pdf(), change))
    assert (seen.problem, seen.warnings) == (problem, warnings)


@pytest.mark.parametrize("kids", [1, 10_001])
def test_more_pages_than_anybody_looks_through_are_a_bomb(kids: int) -> None:
    assert inspecting.look(making.repeating(10_001, kids)).problem == "bomb"
    assert inspecting.look(making.repeating(10_000, kids)).pages == 10_000


def test_an_invoice_is_found_in_a_file_that_is_a_little_broken() -> None:
    seen = inspecting.look(making.rewritten(FACTUR_X, "odd page"))
    assert (seen.problem, seen.profile) == ("", "en16931")


def test_an_odd_page_hides_no_script_behind_it() -> None:
    seen = inspecting.look(making.rewritten(making.pdf(2), "odd page, then a script"))
    assert (seen.problem, seen.warnings) == ("", ("script",))


def test_many_pages_are_many_in_a_file_that_is_a_little_broken_as_well() -> None:
    seen = inspecting.look(making.pdf(51).replace(b"startxref", b"startxxxx"))
    assert (seen.problem, seen.pages, seen.warnings) == ("", 51, ("many_pages",))


def test_many_pages_are_worth_a_word() -> None:
    assert inspecting.look(making.pdf(51)).warnings == ("many_pages",)
    assert inspecting.look(making.pdf(50)).warnings == ()
