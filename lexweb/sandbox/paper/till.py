"""
A till receipt as a picture: grey paper, a little askew, on a table (photo) or on white (scan).

Pillow brings one font, and that one knows ASCII only: umlauts get their dots drawn on, the rest is spelled.
"""

import hashlib
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from PIL.PngImagePlugin import PngInfo

from lexweb.sandbox.amounts import HUNDRED, cents, settled
from lexweb.sandbox.paper.bill import Bill, Tax
from lexweb.sandbox.paper.german import day, latin, number, percent

WIDTH, MARGIN, SIZE, STEP = 460, 30, 18, 25
PAPER, TABLE, INK, WHITE = 232, 92, 38, 255
MOST_LINES = 25
DOTTED = {"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U"}
SPELLED = str.maketrans({"ß": "ss", "€": "EUR", "–": "-", "„": '"', "“": '"', "·": "-", "²": "2", "³": "3"})


@dataclass(frozen=True)
class Printed:
    """One line of the receipt: text at the left or in the middle, an amount at the right."""

    left: str = ""
    right: str = ""
    size: int = SIZE
    middle: bool = False


def jpeg(bill: Bill, seed: int, mark: str) -> bytes:
    """The photo; ``mark`` becomes its comment."""
    photo = _photo(_paper(bill), seed)
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=60, comment=mark.encode())
    return file.getvalue()


def png(bill: Bill, seed: int, mark: str) -> bytes:
    """The scan; ``mark`` becomes its comment."""
    scan = _askew(_paper(bill), seed, WHITE).point(lambda value: value // 16 * 17)  # 16 greys keep the file small
    info = PngInfo()
    info.add_text("Comment", mark)
    file = io.BytesIO()
    scan.save(file, "PNG", pnginfo=info)
    return file.getvalue()


def _paper(bill: Bill) -> Image.Image:
    lines = list(_lines(bill))
    height = 2 * MARGIN + sum(_step(line) for line in lines)
    paper = Image.new("L", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(paper)
    y = MARGIN
    for line in lines:
        _print(pen, y, line)
        y += _step(line)
    return paper


def _step(line: Printed) -> int:
    return line.size + STEP - SIZE


def _lines(bill: Bill) -> Iterable[Printed]:
    seller = bill.seller
    yield from (Printed(part, size=26, middle=True) for part in _broken(seller.name, 26))
    for text in (seller.street, f"{seller.zip} {seller.city}", seller.vat_id and f"USt-IdNr. {seller.vat_id}"):
        yield Printed(text or "", middle=True)
    yield Printed()
    yield Printed(f"Beleg {bill.number}", day(bill.date))
    yield Printed("-" * 67)
    yield from _bought(bill)
    yield Printed("-" * 67)
    yield Printed(f"SUMME {bill.currency}", number(bill.gross), size=28)
    yield Printed()
    for tax, letter in _lettered(bill):
        basis = number(tax.basis)
        yield Printed(f"{letter} = {percent(tax.rate)} MwSt, netto {basis}", number(tax.amount))
    yield Printed()
    yield Printed("Vielen Dank für Ihren Einkauf!", middle=True)


def _lettered(bill: Bill) -> list[tuple[Tax, str]]:
    return list(zip(bill.taxes, "ABCDEFGH", strict=False))


def _bought(bill: Bill) -> Iterable[Printed]:
    letters = {tax.rate: letter for tax, letter in _lettered(bill)}
    for line, gross in list(zip(bill.lines, _gross(bill), strict=True))[:MOST_LINES]:
        if line.quantity != 1:
            yield Printed(f"  {number(line.quantity, 4, fewest=0)} x {number(gross / line.quantity)}")
        name = line.name if len(line.name) <= 32 else f"{line.name[:30]}.."
        yield Printed(name, f"{number(gross)} {letters[line.rate]}")
    if len(bill.lines) > MOST_LINES:
        yield Printed(f"und {len(bill.lines) - MOST_LINES} weitere Artikel")


def _gross(bill: Bill) -> list[Decimal]:
    """Gross amounts of the lines that add up to the total."""
    grosses = [cents(line.net * (1 + line.rate / HUNDRED)) for line in bill.lines]
    return settled(grosses, bill.gross) or grosses


def _broken(text: str, size: int) -> list[str]:
    font, found = _font(size), [""]
    for word in _spelled(text).split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and font.getlength(longer) > WIDTH - 2 * MARGIN:
            found.append(word)
        else:
            found[-1] = longer
    return found


def _font(size: int) -> ImageFont.FreeTypeFont:
    return cast(ImageFont.FreeTypeFont, ImageFont.load_default(size))  # with a size it is one


def _spelled(text: str) -> str:
    """What the font has, and umlauts."""
    letters = latin(text).translate(SPELLED)
    plain = (each if each in DOTTED else unicodedata.normalize("NFD", each)[0] for each in letters)
    return "".join(each if " " <= each <= "~" or each in DOTTED else "?" for each in plain)


def _print(pen: ImageDraw.ImageDraw, y: int, line: Printed) -> None:
    font = _font(line.size)
    left, right = _spelled(line.left), _spelled(line.right)
    x = (WIDTH - _length(font, left)) / 2 if line.middle else MARGIN
    _write(pen, x, y, left, font)
    _write(pen, WIDTH - MARGIN - _length(font, right), y, right, font)


def _length(font: ImageFont.FreeTypeFont, text: str) -> float:
    return font.getlength("".join(DOTTED.get(each, each) for each in text))


def _write(pen: ImageDraw.ImageDraw, x: float, y: int, text: str, font: ImageFont.FreeTypeFont) -> None:
    base = "".join(DOTTED.get(each, each) for each in text)
    pen.text((x, y), base, font=font, fill=INK)
    for place, each in enumerate(text):
        if each in DOTTED:
            start, end = font.getlength(base[:place]), font.getlength(base[: place + 1])
            _dots(pen, x + (start + end) / 2, y + font.getbbox(DOTTED[each])[1] - font.size / 8, font.size / 18)


def _dots(pen: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    for side in (-2.4, 2.4):
        middle = x + side * size
        pen.ellipse((middle - size, y - size, middle + size, y + size), fill=INK)


def _askew(paper: Image.Image, seed: int, around: int) -> Image.Image:
    angle = (_bytes(seed, 1)[0] / 255 - 0.5) * 4
    ground = Image.new("L", (paper.width + 80, paper.height + 80), around)
    ground.paste(paper, (40, 40))
    return ground.rotate(angle, Image.Resampling.BILINEAR, fillcolor=around)


def _photo(paper: Image.Image, seed: int) -> Image.Image:
    """On a table, with light from one side and grain; the grain is a small tile, for speed."""
    photo = _askew(paper, seed, TABLE)
    light = Image.linear_gradient("L").rotate(90 * (seed % 4)).resize(photo.size).point(lambda value: 190 + value // 4)
    grain = Image.frombytes("L", (96, 96), _bytes(seed, 96 * 96)).filter(ImageFilter.GaussianBlur(0.8))
    noise = Image.new("L", photo.size)
    for left in range(0, photo.width, 96):
        for top in range(0, photo.height, 96):
            noise.paste(grain, (left, top))
    return Image.blend(ImageChops.multiply(photo, light), noise, 0.06).filter(ImageFilter.GaussianBlur(0.5))


def _bytes(seed: int, count: int) -> bytes:
    """Bytes that look random and are the same on every machine."""
    return hashlib.shake_128(str(seed).encode()).digest(count)
