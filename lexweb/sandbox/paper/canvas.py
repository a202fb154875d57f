"""An A4 page to write on: millimetres from the top left corner, Helvetica, colors by name."""

from datetime import datetime

from fpdf import FPDF
from fpdf.fonts import CORE_FONTS_CHARWIDTHS

from lexweb.sandbox.paper.german import latin

Color = tuple[int, int, int]
INK: Color = (30, 34, 40)
GREY: Color = (110, 116, 125)
PALE: Color = (205, 210, 216)
POINT = 25.4 / 72  # millimetres

FONTS = {"": "helvetica", "B": "helveticaB", "I": "helveticaI", "BI": "helveticaBI"}


def width(text: str, size: float, style: str = "") -> float:
    """Millimetres that ``text`` takes with ``size`` points and a ``style`` of ``FONTS``."""
    widths = CORE_FONTS_CHARWIDTHS[FONTS[style]]
    return sum(widths[letter] for letter in _encoded(text)) * size * POINT / 1000


def _encoded(text: str) -> str:
    return latin(text).encode("cp1252", "replace").decode("latin-1")


class Canvas(FPDF):
    """Pages without automatic breaks. Two canvases with the same calls have the same bytes."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "cp1252"
        self.set_auto_page_break(False)
        self.set_creation_date(moment)
        self.set_producer("lexweb sandbox")
        self.set_lang("de-DE")

    def put(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9,
        style: str = "",
        color: Color = INK,
        right: bool = False,
    ) -> None:
        """Write one line with its baseline at ``y``, from ``x`` on or (``right``) up to ``x``."""
        text = latin(text).replace("\n", " ")
        if not text:
            return
        self.set_font("helvetica", style, size)
        self.set_text_color(*color)
        self.text(x - width(text, size, style) if right else x, y, text)

    def rule(self, x: float, y: float, until: float, *, weight: float = 0.2, color: Color = PALE) -> None:
        """A horizontal line."""
        self.set_draw_color(*color)
        self.set_line_width(weight)
        self.line(x, y, until, y)
