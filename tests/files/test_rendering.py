"""Pages as pictures."""

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from PIL import Image

from lexweb.clients.models import Connection
from lexweb.files import drawing, rendering, store, workshop
from lexweb.files.models import Blob
from tests.files import making

pytestmark = pytest.mark.django_db
GRAYS = (20_000, 40_000)  # of 65,535


def _put(connection: Connection, content: bytes) -> Blob:
    return store.put(connection, [content])


def _opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("L")


@pytest.mark.parametrize(("asked", "drawn"), [(1, 240), (240, 240), (241, 900), (1000, 1800), (9999, 1800)])
def test_widths_are_few(connection: Connection, receipts: Path, asked: int, drawn: int) -> None:
    assert _opened(rendering.page(_put(connection, making.pdf()), 1, width=asked)).width == drawn


def test_a_page_has_what_stands_on_it(connection: Connection, receipts: Path) -> None:
    blob = _put(connection, making.pdf(2))

    first, second = (_opened(rendering.page(blob, number)) for number in (1, 2))

    assert first.size == (900, 1273)
    assert first.getextrema()[0] < 80
    assert first.tobytes() != second.tobytes()


def test_what_was_drawn_is_not_drawn_again(
    connection: Connection, receipts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = _put(connection, making.pdf())
    drawn = rendering.page(blob, 1)

    monkeypatch.setattr(workshop, "do", lambda *args, **kwargs: pytest.fail("asked again"))
    assert rendering.page(blob, 1) == drawn


@pytest.mark.parametrize(
    ("orientation", "size", "corner"), [(0, (600, 400), (0, 0)), (3, (600, 400), (599, 399)), (6, (400, 600), (399, 0))]
)
def test_photos_are_turned_as_they_were_taken(
    connection: Connection, receipts: Path, orientation: int, size: tuple[int, int], corner: tuple[int, int]
) -> None:
    drawn = _opened(rendering.page(_put(connection, making.picture(orientation=orientation)), 1))

    assert drawn.size == size
    assert drawn.getpixel(corner) == 0
    assert drawn.getpixel((size[0] // 2, size[1] // 2)) == 255


def test_what_can_be_seen_through_is_on_white(connection: Connection, receipts: Path) -> None:
    target = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(target, "PNG")
    assert _opened(rendering.page(_put(connection, target.getvalue()), 1)).getpixel((9, 9)) == 255


@pytest.mark.parametrize("width", [240, 900, 1800])
def test_sixteen_bits_of_gray_stay_gray(width: int) -> None:
    scanned = Image.frombytes("I;16", (2400, 50), b"".join(shade.to_bytes(2, "little") * 1200 for shade in GRAYS) * 50)
    target = io.BytesIO()
    scanned.save(target, "PNG")

    drawn = _opened(drawing.draw(target.getvalue(), 1, width))

    assert [drawn.getpixel((drawn.width * part // 4, 0)) for part in (1, 3)] == [78, 156]


def test_a_photo_stays_a_photo_and_print_is_sharp() -> None:
    assert drawing.draw(making.pdf(), 1, 900).startswith(b"\x89PNG")
    coloured = Image.merge("RGB", [Image.effect_noise((500, 500), 90) for _ in range(3)])
    target = io.BytesIO()
    coloured.save(target, "PNG")
    assert drawing.draw(target.getvalue(), 1, 900).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (making.pdf(), 2), (making.pdf(), 0), (making.picture(), 2), (b"<Invoice/>", 1), (b"%PDF-kaputt", 1),
        (making.huge_png(), 1), (making.rewritten(making.pdf(), "encrypted"), 1),
    ],
)  # fmt: skip
def test_some_pages_there_are_none_of(connection: Connection, receipts: Path, content: bytes, number: int) -> None:
    with pytest.raises(rendering.NoPage):
        rendering.page(_put(connection, content), number)


def test_what_breaks_the_workshop_is_not_tried_again_for_a_while(
    connection: Connection, receipts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    blob = _put(connection, making.pdf())
    tried: list[int] = []

    def fail(*args: object, **kwargs: object) -> bytes:
        tried.append(1)
        raise workshop.Failed

    monkeypatch.setattr(workshop, "do", fail)
    for _ in range(2):
        with pytest.raises(rendering.NoPage):
            rendering.page(blob, 1)
    assert len(tried) == 1

    monkeypatch.undo()
    cache.clear()
    assert rendering.page(blob, 1)


def test_a_page_that_inflates_without_end_ends_in_no_page(
    connection: Connection, receipts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(rendering, "SECONDS", 4)
    blob = _put(connection, making.flate_bomb(2, size=1100 * 1024 * 1024))
    with pytest.raises(rendering.NoPage):
        rendering.page(blob, 1)
    assert rendering.page(_put(connection, making.pdf()), 1)
