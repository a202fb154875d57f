"""Which media type a caller gets (RFC 9110, section 12.5.1)."""

from collections.abc import Iterator, Sequence


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The first of the offered media types that fits what the caller likes most; None if none does."""
    for liked in ranges(accept):
        for each in offered:
            if fits(each, liked):
                return each
    return None


def ranges(accept: str) -> list[str]:
    """The media ranges of an Accept header, most liked first; an empty header takes anything."""
    weighed = sorted(_weighed(accept or "*/*"), key=lambda pair: -pair[1])
    return [each for each, weight in weighed if weight > 0]


def fits(media_type: str, media_range: str) -> bool:
    """Is the media type in the range?"""
    if media_range in ("*/*", "*", media_type):
        return True
    return media_range.endswith("/*") and media_type.startswith(media_range[:-1])


def _weighed(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        media_range, *parameters = (each.strip() for each in part.split(";"))
        quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            yield media_range, float(quality)
        except ValueError:
            yield media_range, 0.0
