"""Why a file cannot be sent to Lexware Office, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {  # what, and what to do; of inspecting.Seen.problem, and our own
    "storage": gettext_lazy("The storage for receipts cannot be used now, so the file was not kept. Try again later."),
    "busy": gettext_lazy("Too many files are being opened now, so this one was not kept. Try again in a minute."),
    "empty": gettext_lazy("The file is empty. Save it again, then bring it in once more."),
    "too_large": gettext_lazy("The file is larger than 5 MB, which Lexware Office does not take. Make it smaller."),
    "kind": gettext_lazy(
        "It is no PDF, JPEG, PNG or e-invoice (XML), whatever its name says. Save it as one of these."
    ),
    "encrypted": gettext_lazy("The PDF is protected by a password. Save it without one."),
    "broken": gettext_lazy("The file is damaged and cannot be opened. Scan or save it again."),
    "bomb": gettext_lazy("The file grows too large when it is opened. Save or scan it with fewer pixels."),
    "unsafe_xml": gettext_lazy("The XML refers to other files or contains entities, which an e-invoice may not."),
}
