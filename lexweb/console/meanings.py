"""What a status means at Lexware Office (behaviour.md, chapters 1, 2, 4 and 9)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENDING = _("Being sent")
STILL_SENDING = _("The answer is not there yet. Look again in a moment; nothing is sent a second time.")
NO_ANSWER = _("No answer")
CREATED = _("Carried out. The answer holds ID and version only; read the record to see the rest.")
PASSED_ON = _("Something on the way between lexweb and Lexware Office answered instead.")

MEANINGS: dict[int, Promise] = {
    201: CREATED,
    202: _("Accepted. Lexware Office goes on working on it; a file is read within seconds."),
    204: _("Carried out. There is nothing to answer."),
    400: _("The request is malformed, or a query parameter is wrong. Nothing was changed."),
    402: _("The client's Lexware contract does not include this. Nothing was changed."),
    403: _(
        "The access lacks a right, or this address or method does not exist: Lexware Office says both in the same way. "
        "Nothing was changed."
    ),
    404: _("There is no such record, or the ID belongs to a record of another kind. Nothing was changed."),
    405: _("This address does not know the method. Nothing was changed."),
    406: _(
        "Lexware Office refuses the values, or the file is not available in this form. The answer says what is wrong. "
        "Nothing was changed."
    ),
    409: _(
        "Somebody saved first and the version is out of date, there is such a subscription already, or a draft has no "
        "file yet. Nothing was changed."
    ),
    413: _("The request is too large for Lexware Office. Nothing was changed."),
    415: _("The Content-Type is missing or not the one this address wants. Nothing was changed."),
    429: _("Too many requests for this account. Nothing was changed; wait a second, then send again."),
    500: _("Lexware Office failed, or was asked too often: it says both in the same way."),
    501: _("Lexware Office does not know this method. Nothing was changed."),
    504: _("Lexware Office gave up after 30 seconds. The work may go on behind it."),
}


def of(status: int, method: str) -> Promise | str:
    """Return what this status means; "" where the number says it all."""
    if status == 200:
        return ""
    if status == 201 and method == "GET":
        return ""
    if status in MEANINGS:
        return MEANINGS[status]
    if 300 <= status < 400:
        return _("Lexware Office points elsewhere. lexweb does not follow, so that the access stays here.")
    if status >= 500:
        return PASSED_ON if status in {502, 503} else MEANINGS[500]
    return ""
