"""What Lexware Office does with an uploaded file before it takes it (behaviour.md, chapter 10)."""

import io
from typing import Literal

from PIL import Image

from lexweb.sandbox.paper import einvoice, toxic

Kind = Literal["pdf", "jpg", "png", "xml"]
EXTENSIONS: dict[str, Kind] = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "xml": "xml"}
LARGEST = 5_242_880  # bytes, inclusive
MOST_PIXELS = 50_000_000
FORMATS = {"jpg": "JPEG", "png": "PNG"}


def kind_of(name: str, content: bytes) -> Kind | None:
    """What the file is, if it is acceptable: its extension and its first bytes have to say the same."""
    said = EXTENSIONS.get(name.rpartition(".")[2].lower()) if "." in name else None
    return said if said and said == _looks_like(content) else None


def problem(name: str, content: bytes) -> str | None:
    """
    The i18nKey with which the file is refused, or None.

    The order is our choice: extension, size, content.
    """
    kind = kind_of(name, content)
    if kind is None:
        return "inacceptable_file_extension"
    if len(content) > LARGEST:
        return "max_file_size_exceeded"
    return _content_problem(kind, content)


def _content_problem(kind: Kind, content: bytes) -> str | None:
    if kind == "xml":
        return None if _is_xrechnung(content) else "invalid_xrechnung"
    if kind == "pdf":
        if toxic.poisoned(content):
            return "voucher_upload_toxic_pdf"
        return "image_conversion_error" if toxic.broken(content) else None
    return None if _is_picture(content, FORMATS[kind]) else "image_conversion_error"


def _looks_like(content: bytes) -> Kind | None:
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    text = content[:256].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return "xml" if text.startswith(b"<") else None


def _is_xrechnung(content: bytes) -> bool:
    try:
        einvoice.read(content)
    except einvoice.NotAnInvoice:
        return False
    return True


def _is_picture(content: bytes, format: str) -> bool:
    """Whether all of it can be decoded. Its size is looked at first, so that a small file cannot become gigabytes."""
    try:
        with Image.open(io.BytesIO(content), formats=[format]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return False
            picture.load()
    except Exception:  # Pillow has no common base for what broken bytes run into
        return False
    return True
