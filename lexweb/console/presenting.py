"""A call and its answer, ready to show."""

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from lexweb.clients import troubles
from lexweb.console import keeping, meanings, operations
from lexweb.console.drafts import Draft
from lexweb.console.models import Call
from lexweb.lexware.api import raw
from lexweb.ui import json_text

MOST = 100_000  # characters on the page
SAFE_TO_NAME = {"application/json", "application/pdf", "application/xml", "text/xml", "text/plain", "text/csv"}
SAFE_TO_NAME |= {"image/jpeg", "image/png"}
ENDINGS = {"application/json": ".json", "application/xml": ".xml", "text/xml": ".xml", "image/jpeg": ".jpg"}


@dataclass(frozen=True)
class Body:
    """
    What came back, to show.

    `kind` is json, text, binary (told of, never shown), empty, or gone (no longer kept); `whole` is false when the
    rest is in the download only.
    """

    kind: str
    html: SafeString | str = ""
    whole: bool = True
    media_type: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a call in a word, with the kind of its badge, and what that means."""

    kind: str
    word: str | Promise
    meaning: str | Promise


def outcome(call: Call) -> Outcome:
    """Return what became of the call."""
    if call.status is None:
        return _unanswered(call)
    kind = "ok" if call.status < 300 else "info" if call.status < 400 else "warn" if call.status < 500 else "danger"
    return Outcome(kind, f"{call.status} {phrase(call.status)}".strip(), meanings.of(call.status, call.method))


def _unanswered(call: Call) -> Outcome:
    if call.state == Call.State.SENDING:
        return Outcome("info", meanings.SENDING, meanings.STILL_SENDING)
    if call.state == Call.State.UNCERTAIN:
        return Outcome("danger", meanings.NO_ANSWER, "")
    words = troubles.TABLE.get(call.trouble, troubles.TABLE["unexpected"])
    return Outcome("danger", words.title, words.text)


def phrase(status: int) -> str:
    """Return the words that belong to a status, as every program writes them."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def body(answer: keeping.Answer | None) -> Body:
    """Return the body of the answer, highlighted if it is JSON, and cut if it is long."""
    if answer is None:
        return Body("gone")
    media_type = media(answer)
    if not answer.body:
        return Body("empty", media_type=media_type)
    text = _text(answer.body, media_type)
    if text is None:
        return Body("binary", whole=False, media_type=media_type)
    return _beginning(text, media_type)


def _beginning(text: str, media_type: str = "") -> Body:
    if json_text.is_json(text):
        html, whole = json_text.highlight(text, most=MOST)
        return Body("json", html, whole, media_type)
    return Body("text", text[:MOST], len(text) <= MOST, media_type)


def media(answer: keeping.Answer) -> str:
    """Return the media type of the answer in lower case, without its parameters."""
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower()


def file_name(call: Call, media_type: str) -> str:
    """Return the name of the download: the words of the address, such as "invoices-file.pdf"."""
    words = [word for word in raw.template(call.path).split("/")[2:] if word and word != "{id}"]
    ending = ENDINGS.get(media_type) or mimetypes.guess_extension(media_type) if media_type in SAFE_TO_NAME else ".bin"
    return f"{'-'.join(words) or 'answer'}{ending}"


def _text(content: bytes, media_type: str) -> str | None:
    """Return the text if it is one; a file is none, whatever its bytes."""
    if media_type.startswith(("image/", "application/pdf", "application/octet-stream", "application/zip")):
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def shown(call: Call) -> dict[str, Any]:
    """Return what the page shows of a call and its answer."""
    answer = keeping.answer_of(call)
    return {
        "call": call,
        "outcome": outcome(call),
        "body": body(answer),
        "headers": sorted(answer.headers.items()) if answer else [],
        "look": operations.look(call.method, call.path),
    }


def listed(calls: Iterable[Call]) -> list[dict[str, Any]]:
    """Return calls with their outcomes, for a list."""
    return [{"call": call, "outcome": outcome(call)} for call in calls]


def question(draft: Draft) -> dict[str, Any]:
    """Return what a person is asked to confirm: the call as it would go out, and the fields that make it."""
    return {"draft": draft, "typed": draft.typed, "body": _beginning(draft.body)}
