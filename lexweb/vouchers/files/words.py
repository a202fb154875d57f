"""What a file is, in words; and honestly where nobody has looked into it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.clients.troubles import TABLE
from lexweb.files.models import File
from lexweb.files.wording import PROFILES

TYPES = {
    "application/pdf": gettext_lazy("PDF"),
    "image/jpeg": gettext_lazy("JPEG picture"),
    "image/png": gettext_lazy("PNG picture"),
    "application/xml": gettext_lazy("XML"),
}
CHIPS = (
    ("pdf", gettext_lazy("PDF")),
    ("picture", gettext_lazy("Pictures")),
    ("xml", gettext_lazy("XML")),
    ("invoice", gettext_lazy("E-invoices")),
    ("unknown", gettext_lazy("Not looked into")),
)


@dataclass(frozen=True)
class Content:
    """What is in a file, for people; `trouble` says why nobody could look."""

    type: str
    profile: str = ""
    known: bool = True
    trouble: str = ""
    has_picture: bool = False


def content(file: File) -> Content:
    """Return what we know of a file."""
    profile = PROFILES.get(file.profile, _("other")) if file.profile else ""
    if file.media_type:
        type_ = str(TYPES.get(file.media_type, file.media_type))
        return Content(type_, profile, has_picture=bool(file.pages), trouble="" if file.blob_id else _trouble(file))
    return Content(_("Not looked into yet"), known=False, has_picture=not file.problem, trouble=_trouble(file))


def _trouble(file: File) -> str:
    return str(TABLE[file.problem].title) if file.problem in TABLE else file.problem
