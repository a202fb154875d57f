"""XML, written as nested calls."""

import re
from decimal import Decimal
from xml.etree import ElementTree

# XML 1.0 has no way to write these, and a JSON text may hold them.
UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def e(tag: str, *inside: ElementTree.Element | str | None, **attributes: str) -> ElementTree.Element:
    """
    An element with text or children. None is left out, so optional children can be written in place.

    Tags carry their prefix (``cbc:ID``); the root declares it. Attributes keep their order.
    """
    element = ElementTree.Element(tag, attributes)
    for each in inside:
        if isinstance(each, str):
            element.text = UNSPEAKABLE.sub("", each)
        elif each is not None:
            element.append(each)
    return element


def maybe(tag: str, text: str | None, **attributes: str) -> ElementTree.Element | None:
    """The element, if there is a text: EN 16931 allows no empty ones."""
    return e(tag, text, **attributes) if text and text.strip() else None


def plain(value: Decimal) -> str:
    """``1234.5``: no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def document(root: ElementTree.Element) -> bytes:
    """The file."""
    ElementTree.indent(root)
    text = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
