"""What may stand in each field of a call, and the sentence to show where it may not."""

import json
from urllib.parse import parse_qsl

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.lexware.api import raw

LARGEST_BODY = 1_000_000  # bytes
LONGEST_TEXT = 4_000  # characters of query and headers each
JSON_TROUBLES: dict[str, Promise] = {  # what Python says → what we say
    "Expecting value": gettext_lazy("a value is missing, or a text without quotation marks stands there"),
    "Expecting property name enclosed in double quotes": gettext_lazy("a name in double quotation marks is missing"),
    "Illegal trailing comma before end of object": gettext_lazy("there is a comma too many at the end"),
    "Illegal trailing comma before end of array": gettext_lazy("there is a comma too many at the end"),
    "Expecting ':' delimiter": gettext_lazy("a colon is missing"),
    "Expecting ',' delimiter": gettext_lazy("a comma or a closing bracket is missing"),
    "Unterminated string starting at": gettext_lazy("the text that begins here has no end"),
    "Invalid control character at": gettext_lazy("a text goes on in the next line, or holds a tab"),
    "Invalid \\escape": gettext_lazy("there is an unknown sign after a backslash"),
    "Invalid \\uXXXX escape": gettext_lazy("there is an unknown sign after a backslash"),
    "Extra data": gettext_lazy("something follows after the end"),
}


class Refused(ValueError):
    """What was typed cannot be sent; the text is the sentence to show at the field."""


def address(text: str) -> tuple[str, dict[str, str]]:
    """
    Read an address under /v1/, and the query in it.

    :raises Refused: it is none, or leads elsewhere
    """
    path, mark, rest = text.strip().partition("?")
    if not path.startswith("/v1/"):
        raise Refused(_("The address begins with /v1/. Other hosts and other parts of this one cannot be called."))
    if "{" in path:
        raise Refused(_("Put the ID of a record in the place of {id}."))
    if not raw.is_path(path):
        raise Refused(
            _("A path is words of letters, digits, “-” and “_” between single slashes, 300 characters at most.")
        )
    return path, _query(parse_qsl(rest, keep_blank_values=True)) if mark else {}


def query(text: str) -> dict[str, str]:
    """
    Read lines of name=value; the values as they are meant, not encoded.

    :raises Refused: a line is something else
    """
    pairs = []
    for number, line in _numbered(text):
        name, mark, value = line.partition("=")
        if not mark or not name.strip():
            raise Refused(_("Line %(line)s is not of the form name=value.") % {"line": number})
        pairs.append((name.strip(), value.strip()))
    return _query(pairs)


def _query(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:  # behaviour.md, chapter 3
            raise Refused(_("“%(name)s” is given twice; Lexware Office takes each parameter once.") % {"name": name})
        if not f"{name}{value}".isprintable():
            raise Refused(_("The query holds signs that cannot be sent."))
        found[name] = value
    return found


def headers(text: str) -> dict[str, str]:
    """
    Read lines of "Name: value".

    :raises Refused: a line is something else, or the header is not to be set by hand
    """
    found: dict[str, str] = {}
    for number, line in _numbered(text):
        name, mark, value = (part.strip() for part in line.partition(":"))
        if not mark or not name:
            raise Refused(_("Line %(line)s is not of the form Name: value.") % {"line": number})
        if not raw.is_settable(name):
            raise Refused(
                _("lexweb sets “%(name)s” itself, or leaves it out. What can be set: %(names)s.")
                % {"name": name, "names": ", ".join(raw.HEADERS)}
            )
        if not raw.is_value(value):
            raise Refused(_("The value in line %(line)s holds signs that a header cannot.") % {"line": number})
        if name.lower() in {other.lower() for other in found}:
            raise Refused(_("“%(name)s” is given twice.") % {"name": name})
        found[name] = value
    return found


def body(text: str, *, method: str, sent: dict[str, str]) -> str:
    """
    Check the body; JSON as long as the headers `sent` say nothing else.

    :raises Refused: too large, not JSON, or the method has none
    """
    text = text.replace("\r\n", "\n")
    if not text.strip():
        return ""
    if method not in raw.CARRYING:
        raise Refused(_("Only POST and PUT have a body. Empty this field, or choose another method."))
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise Refused(_("The body holds signs that cannot be sent.")) from None
    if size > LARGEST_BODY:
        raise Refused(_("The body is larger than 1 MB."))
    if "json" in (content_type(sent) or "json"):
        _check_json(text)
    return text


def _check_json(text: str) -> None:
    problem = None
    try:
        json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        problem = error
    except (ValueError, RecursionError):
        raise Refused(
            _("This is not JSON: NaN and Infinity are no values, and it may not be nested too deep.")
        ) from None
    if problem is not None:
        reason = JSON_TROUBLES.get(problem.msg, problem.msg)
        where = {"line": problem.lineno, "column": problem.colno, "reason": reason}
        raise Refused(_("This is not JSON. Line %(line)s, position %(column)s: %(reason)s.") % where)


def _no_number(name: str) -> None:
    raise ValueError(name)


def content_type(sent: dict[str, str]) -> str:
    """Return the Content-Type among these headers in lower case, "" if there is none."""
    return next((value.lower() for name, value in sent.items() if name.lower() == "content-type"), "")


def _numbered(text: str) -> list[tuple[int, str]]:
    if len(text) > LONGEST_TEXT:
        raise Refused(_("This is too long: 4,000 characters at most."))
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
