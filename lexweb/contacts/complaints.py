"""What Lexware Office complains about, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EXPLANATIONS = {
    "missing_entity": gettext_lazy("Lexware Office needs a value here."),
    "invalid_value": gettext_lazy("Lexware Office does not accept this value."),
    "countrycode_is_not_valid": gettext_lazy("Lexware Office does not know this country."),
    "account_number_already_exists": gettext_lazy(
        "Lexware Office is still assigning numbers. Save again in a few seconds."
    ),
}


def explain(code: str, source: str) -> str:
    """Return a sentence for a complaint of the API; its own texts are not meant for people (behaviour.md, ch. 4)."""
    if code in EXPLANATIONS:
        return str(EXPLANATIONS[code])
    return _("Lexware Office refuses this value (%(code)s %(source)s).") % {"code": code, "source": source}
