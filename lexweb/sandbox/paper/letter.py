"""The letter around a sales document: letterhead, address window (DIN 5008, form B), footer, page breaks."""

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from lexweb.sandbox.paper import flow
from lexweb.sandbox.paper.canvas import GREY, INK, Canvas, Color
from lexweb.sandbox.paper.seller import Seller

LEFT, RIGHT = 25.0, 190.0
WINDOW_TOP, WINDOW_WIDTH = 62.7, 80.0
INFORMATION_LEFT, INFORMATION_TOP = 122.0, 56.0
BODY_TOP, LATER_TOP, BOTTOM = 106.0, 32.0, 262.0
FOLDS = (105.0, 148.5, 210.0)
COLORS: tuple[Color, ...] = (
    (24, 78, 119),
    (120, 53, 45),
    (34, 94, 74),
    (88, 62, 122),
    (150, 88, 20),
    (52, 68, 86),
)


class Letter(Canvas):
    """
    Pages of one letter; ``y`` is the place for the next line. ``on_break`` writes what later pages begin with.

    Color and side of the letterhead come from the seller's name, so that not all firms look the same.
    """

    def __init__(self, seller: Seller, heading: str, moment: datetime) -> None:
        super().__init__(moment)
        character = zlib.crc32(seller.name.encode())
        self.seller, self.heading = seller, heading
        self.accent = COLORS[character % len(COLORS)]
        self.head_right = character // len(COLORS) % 2 == 1
        self.on_break: Callable[[], None] | None = None
        self.set_title(heading)
        self.set_author(seller.name)
        self.add_page()

    def header(self) -> None:
        """The letterhead, on later pages a line."""
        if self.page > 1:
            self.put(LEFT, 20, self.seller.name, size=8, color=GREY)
            self.put(RIGHT, 20, self.heading, size=8, color=GREY, right=True)
            self.rule(LEFT, 23, RIGHT)
            return
        seller, edge = self.seller, RIGHT if self.head_right else LEFT
        self.set_fill_color(*self.accent)
        self.rect(0, 0, 210, 4, style="F")
        self.put(
            edge, 22, seller.name, size=_head_size(seller.name), style="B", color=self.accent, right=self.head_right
        )
        where = f"{seller.street} · {seller.zip} {seller.city} · {seller.phone}"
        self.put(edge, 28, where, size=8.5, color=GREY, right=self.head_right)
        for place in FOLDS:
            self.rule(4, place, 8)

    def footer(self) -> None:
        """How to reach and pay the seller, and the page number."""
        seller = self.seller
        self.rule(LEFT, 268, RIGHT)
        columns = (
            (LEFT, 45, (seller.name, seller.street, f"{seller.zip} {seller.city}")),
            (72, 41, (f"Tel. {seller.phone}", seller.email)),
            (115, 45, (seller.bank_name, f"IBAN {_grouped(seller.iban)}", f"BIC {seller.bic}")),
            (161, 30, (f"St.-Nr. {seller.tax_number}", seller.vat_id and f"USt-IdNr. {seller.vat_id}")),
        )
        for x, space, lines in columns:
            self._footer_column(x, space, lines)
        self.set_font("helvetica", "", 7.5)
        self.set_text_color(*GREY)
        self.set_xy(LEFT, 285)
        self.cell(RIGHT - LEFT, 4, f"Seite {self.page} von {{nb}}", align="C")  # only cells learn the number of pages

    def _footer_column(self, x: float, space: float, lines: Iterable[str | None]) -> None:
        y = 272.5
        for line in filter(None, lines):
            for row in flow.rows(line, space, 7):
                flow.put(self, x, y, row, size=7, color=GREY)
                y += flow.height(7)

    def address(self, lines: Sequence[str]) -> None:
        """The recipient in the window, under the small line with the sender."""
        sender = f"{self.seller.name} · {self.seller.street} · {self.seller.zip} {self.seller.city}"
        y = WINDOW_TOP - 3.5
        for row in flow.rows(sender, WINDOW_WIDTH, 6.5)[:2]:
            flow.put(self, LEFT, y, row, size=6.5, color=GREY)
            y += flow.height(6.5)
        y = WINDOW_TOP + 4.2
        for line in filter(None, lines):
            for row in flow.rows(line, WINDOW_WIDTH, 10)[:2]:
                flow.put(self, LEFT, y, row, size=10)
                y += 4.7

    def information(self, facts: Iterable[tuple[str, str | None]]) -> None:
        """The block beside the address: names and values; a fact without a value is left out."""
        y = INFORMATION_TOP
        for name, value in facts:
            if value:
                self.put(INFORMATION_LEFT, y, name, size=9, color=GREY)
                self.put(RIGHT, y, value, size=9, right=True)
                y += 5.2

    def begin(self, heading: str) -> None:
        """The heading of the body."""
        self.y = BODY_TOP
        self.put(LEFT, self.y, heading, size=16, style="B", color=self.accent)
        self.y += 8

    def paragraph(self, text: str | None, *, size: float = 9.5, style: str = "", after: float = 2) -> None:
        """Running text over the whole width, broken over pages where it has to be."""
        if not text or not text.strip():
            return
        for row in flow.rows(text, RIGHT - LEFT, size, style):
            self.room(flow.height(size))
            flow.put(self, LEFT, self.y, row, size=size)
            self.y += flow.height(size)
        self.y += after

    def room(self, needed: float) -> None:
        """Go to the next page unless ``needed`` millimetres are left on this one."""
        if self.y + needed > BOTTOM:
            self.add_page()
            self.y = LATER_TOP
            if self.on_break:
                self.on_break()

    def fact(self, name: str, value: str, *, bold: bool = False) -> None:
        """A line of the sums: name and amount at the right edge."""
        style = "B" if bold else ""
        self.put(INFORMATION_LEFT - 12, self.y, name, style=style, color=INK)
        self.put(RIGHT - 1, self.y, value, style=style, right=True)
        self.y += 5.4

    def line_above_sum(self) -> None:
        """The line between the parts of the sums and their total."""
        self.rule(INFORMATION_LEFT - 12, self.y - 4.2, RIGHT, weight=0.4, color=self.accent)


def _grouped(iban: str) -> str:
    return re.sub(r"(.{4})(?=.)", r"\1 ", iban.replace(" ", ""))


def _head_size(name: str) -> float:
    return 18 if len(name) < 36 else 15 if len(name) < 50 else 12
