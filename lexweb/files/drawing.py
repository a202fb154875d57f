"""What `rendering` does in the workshop: draws strangers' pages. Knows no Django."""

import io
from collections.abc import Callable
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from lexweb.files.examining import JPEG, MOST_PIXELS, PDF, PNG, sniff

TALLEST = 12_000  # pixels: a till roll on one page stays readable
FEW_COLORS = 4096  # what is printed has fewer, what is photographed more
_WHITE = (255, 255, 255)


class CannotDraw(Exception):
    """There is no such page, or nothing on it that can be drawn."""


def draw(data: bytes, number: int, width: int) -> bytes:
    """
    Return a page as PNG or JPEG, whichever suits what is on it.

    :raises CannotDraw: there is none, or it is broken
    """
    drawn = _DRAWN.get(sniff(data))
    if drawn is None:
        raise CannotDraw
    try:
        picture = drawn(data, number, width)
    except (MemoryError, CannotDraw):
        raise
    except Exception as problem:  # whatever the libraries trip over; their own classes do not travel
        raise CannotDraw from problem
    return _packed(picture)


def _packed(picture: Image.Image) -> bytes:
    """Print as PNG of few colors is sharp, and smaller and sooner there than WebP; photos are JPEG."""
    target = io.BytesIO()
    colors: list[tuple[int, Any]] | None = picture.getcolors(FEW_COLORS)
    if colors and all(red == green == blue for _, (red, green, blue) in colors):
        picture.convert("L").save(target, "PNG", compress_level=1)
    elif colors:
        few = picture.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(target, "PNG", compress_level=1)
    else:
        picture.save(target, "JPEG", quality=85, subsampling=0)
    return target.getvalue()


def _page(data: bytes, number: int, width: int) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        if not 1 <= number <= len(document):
            raise CannotDraw
        page = document[number - 1]
        wide, high = page.get_size()
        scale = min(width / wide, TALLEST / high) * 0.99999  # it rounds up
        drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
        return drawn.convert("RGB")


def _picture(data: bytes, number: int, width: int) -> Image.Image:
    if number != 1:
        raise CannotDraw
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise CannotDraw
        least = 2 * max(width, 1)
        picture.draft("RGB", (least, least))  # JPEG: decoded at a fraction of its size
        turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I;16"):  # 16 bits of gray, which hardly anything else here understands
        turned = turned.point(lambda value: value / 256).convert("L")
    turned.thumbnail((width, TALLEST), Image.Resampling.BILINEAR, reducing_gap=2)
    return _on_white(turned)


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, _WHITE)
    seen = picture.convert("RGBA")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


_DRAWN: dict[str, Callable[[bytes, int, int], Image.Image]] = {PDF: _page, JPEG: _picture, PNG: _picture}
