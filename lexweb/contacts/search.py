"""Finding contacts by what people type: parts of words, without caring for case, accents or ß."""

import unicodedata

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
WHOLE = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"}
)  # Unicode does not take these apart


def fold(text: str) -> str:
    """Return the text in small letters without accents: "Großhändler" becomes "grosshandler"."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).translate(WHOLE)


def haystack(*parts: object, length: int) -> str:
    """
    Return what is searched, with umlauts in both spellings: "Müller" is found as muller, müller and mueller.

    Parts that are empty are left out; the result is cut to `length`.
    """
    words: list[str] = []
    for part in parts:
        text = str(part).casefold() if part not in (None, "") else ""
        if text.isascii():
            words.append(text)
            continue
        spelled = unicodedata.normalize("NFC", text).translate(UMLAUTS)
        words += [fold(text)] if fold(text) == fold(spelled) else [fold(text), fold(spelled)]
    return " ".join(word for word in words if word)[:length]


def needles(typed: str) -> list[str]:
    """Return the parts that all have to be found."""
    return [fold(word) for word in typed.split()][:8]
