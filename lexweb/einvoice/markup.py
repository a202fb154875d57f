"""Strangers' XML: opened without document types, entities, network or unbounded size, and asked by path."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from lexweb.einvoice.errors import NotAnInvoice, TooLarge, Unsafe

MOST_BYTES = 16 * 1024 * 1024  # attachments included; Lexware Office takes 5
MOST_ELEMENTS = 200_000
MOST_REPEATED = 5_000  # lines, notes and so on that are shown
LONGEST = 4_000  # signs of one value
DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})", re.ASCII)
DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)", re.ASCII)
YEARS = range(1900, 2200)  # some programs write 0001-01-01 for no day at all
OPTIONS: Any = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "no_network": True,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Node:
    """
    An element, asked for what is below it by a path of local names: "Party/PartyName/Name".

    Namespaces are not looked at: what is an invoice has been decided by the root. A step may name alternatives, as in
    "InvoiceLine|CreditNoteLine". The last step may name an attribute: "Quantity@unitCode".
    """

    def __init__(self, element: Any) -> None:
        self._element = element

    @property
    def name(self) -> str:
        """Return the local name."""
        return _local(self._element)

    @property
    def namespace(self) -> str:
        """Return the namespace."""
        return etree.QName(self._element).namespace or ""

    def each(self, path: str) -> Iterator["Node"]:
        """Yield what is there, up to a limit."""
        found = [self._element]
        for step in path.split("/") if path else ():
            names = step.split("|")
            found = [child for element in found for child in element if _local(child) in names][:MOST_REPEATED]
        yield from map(Node, found)

    def first(self, path: str) -> "Node":
        """Return the first one, which is empty if there is none."""
        return next(self.each(path), NOTHING)

    def texts(self, path: str) -> tuple[str, ...]:
        """Return the texts that are not empty."""
        path, _, attribute = path.partition("@")
        found = (node._text(attribute) for node in self.each(path))
        return tuple(text for text in found if text)

    def text(self, path: str = "") -> str:
        """Return the first text that is not empty."""
        return next(iter(self.texts(path)), "")

    def number(self, path: str = "") -> Decimal | None:
        """Return the first text as a number, None if it is none."""
        text = self.text(path)
        return Decimal(text) if DECIMAL.fullmatch(text) else None

    def day(self, path: str = "") -> date | None:
        """Return the first text as a day, None if it is none, or one that nobody can mean."""
        found = DAY.match(self.text(path))
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            return None
        return day if day and day.year in YEARS else None

    def _text(self, attribute: str) -> str:
        text = self._element.get(attribute) if attribute else self._element.text
        return _printable(text or "").strip()[:LONGEST].strip()


def parse(xml: bytes) -> Node:
    """
    Return the root.

    :raises NotAnInvoice: it is no XML
    :raises Unsafe: it has a document type declaration
    :raises TooLarge: it has more bytes, levels or elements than any invoice
    """
    if len(xml) > MOST_BYTES:
        raise TooLarge
    try:
        guard: Any = _Guard()
        etree.fromstring(xml, etree.XMLParser(target=guard, **OPTIONS))
        return Node(etree.fromstring(xml, etree.XMLParser(**OPTIONS)))
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        if isinstance(error, etree.XMLSyntaxError) and re.search("limit|XML_PARSE_HUGE|amplification", str(error)):
            raise TooLarge from error
        raise NotAnInvoice from error


class _Guard:
    """Looks at the XML before anything is made of it, and stops at what no invoice has."""

    def __init__(self) -> None:
        self.elements = 0

    def doctype(self, *_declared: str | None) -> None:
        raise Unsafe

    def start(self, _tag: str, _attributes: object) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise TooLarge

    def end(self, _tag: str) -> None:
        pass

    def data(self, _text: str) -> None:
        pass

    def close(self) -> None:
        pass


def _local(element: Any) -> str:
    tag = element.tag
    return str(tag).rpartition("}")[2] if isinstance(tag, str) else ""


def _printable(text: str) -> str:
    """Return the text without what changes how its surroundings are read, such as marks of direction."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}
    )


NOTHING = Node(etree.Element("nothing"))
