"""Names of files that are safe for any computer, and for the person who reads them."""

import re
import unicodedata

UNSAFE = re.compile(r'[<>:"/\\|?*]+')  # Windows refuses them, and some lead into other folders
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # of control and direction, and what no font has
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)  # what Windows takes for hardware
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "application/xml": ".xml"}


def safe(name: str, *, most: int = 120) -> str:
    """
    Return the name without what is dangerous or invisible in it; its ending is kept. "" if nothing is left.

    No folders, no characters of control or direction, none that Windows refuses; umlauts stay.

    :param most: bytes in UTF-8; what stands before the ending is shortened
    """
    last = re.split(r"[/\\]", name)[-1]
    text = UNSAFE.sub("_", visible(last)).strip(" .")
    if DEVICES.fullmatch(text):
        text = f"_{text}"
    found = ENDING.search(text)
    ending = found[0] if found else ""
    return shortened(text.removesuffix(ending), most - len(ending)) + ending


def part(text: str, *, most: int = 60) -> str:
    """Return a text as one part of a name that is put together: words are joined by hyphens, dots stay inside."""
    words = UNSAFE.sub(" ", visible(text)).replace("_", " ").split()
    return shortened("-".join(words), most).strip("-.")


def visible(text: str) -> str:
    """Return the text as it is read: what is invisible is taken out, blanks are one each."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if sign.isspace() else sign for sign in composed if _is_seen(sign)).split())


def shortened(text: str, most: int) -> str:
    """Return at most so many bytes of the text, whole characters only."""
    return text.encode(errors="ignore")[: max(most, 0)].decode(errors="ignore").rstrip(" .-")


def ending(media_type: str) -> str:
    """Return the ending for a media type, with its dot; ".bin" for what we do not know."""
    return ENDINGS.get(media_type, ".bin")


class Names:
    """Names for one folder: each is given once, however capitals or accents are written."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def unique(self, stem: str, ending: str) -> str:
        """Return the name, with a number if somebody has it already."""
        name, number = f"{stem}{ending}", 1
        while (key := unicodedata.normalize("NFKC", name).casefold()) in self._given:
            number += 1
            name = f"{stem}_{number}{ending}"
        self._given.add(key)
        return name


def _is_seen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) not in INVISIBLE
