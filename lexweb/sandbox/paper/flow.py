"""Text broken into lines. It knows ``**bold**`` and ``__italic__``, as Lexware Office does (behaviour.md, ch. 16)."""

import re
from collections.abc import Iterator

from lexweb.sandbox.paper.canvas import INK, POINT, Canvas, Color, width
from lexweb.sandbox.paper.german import latin

Run = tuple[str, str]
Row = list[Run]
MARKED = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
LEADING = 1.3  # line height by font size


def rows(text: str, space: float, size: float, style: str = "") -> list[Row]:
    """The lines that fit into ``space`` millimetres; words longer than that are cut."""
    found: list[Row] = []
    for paragraph in latin(text).strip("\n").split("\n"):
        found += _wrapped(_words(paragraph, style), space, size)
    return found


def height(size: float) -> float:
    """Millimetres from one line to the next."""
    return size * POINT * LEADING


def put(canvas: Canvas, x: float, y: float, row: Row, *, size: float, color: Color = INK) -> None:
    """Write one line."""
    for text, style in row:
        canvas.put(x, y, text, size=size, style=style, color=color)
        x += width(text, size, style)


def _words(paragraph: str, style: str) -> Iterator[Run]:
    """Words with the space before them, so that joined they are the paragraph."""
    place = 0
    for match in MARKED.finditer(paragraph):
        yield from _split(paragraph[place : match.start()], style)
        bold, italic = match.groups()
        yield from _split(bold or italic, style.replace("B", "") + "I" if italic else "B")
        place = match.end()
    yield from _split(paragraph[place:], style)


def _split(text: str, style: str) -> Iterator[Run]:
    for word in re.findall(r"\s*\S+|\s+$", text):
        yield word, style


def _wrapped(words: Iterator[Run], space: float, size: float) -> list[Row]:
    found: list[Row] = [[]]
    left = space
    for word, style in words:
        needed = width(word, size, style)
        if needed > left and found[-1]:
            found.append([])
            word, left = word.lstrip(), space
            needed = width(word, size, style)
        while needed > left:
            fitting = _fitting(word, left, size, style)
            found[-1].append((word[:fitting], style))
            found.append([])
            word, left = word[fitting:], space
            needed = width(word, size, style)
        found[-1].append((word, style))
        left -= needed
    return found


def _fitting(word: str, space: float, size: float, style: str) -> int:
    """How many letters of ``word`` fit, at least one."""
    count = 1
    while count < len(word) and width(word[: count + 1], size, style) <= space:
        count += 1
    return count
