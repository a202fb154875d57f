"""Remarks about what was typed that do not stop anybody: Lexware Office takes it, but it looks wrong."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from stdnum.eu import vat
from stdnum.exceptions import ValidationError


def vat_id(value: str) -> str:
    """Return a remark about a VAT id, or an empty string (python-stdnum: form and check digits per country)."""
    if not value.strip():
        return ""
    try:
        vat.validate(value)
    except ValidationError:
        return _("This does not look like a valid VAT ID. Check it for typing errors; it can be saved as it is.")
    return ""


def of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the remarks by field name."""
    remarks = {"vat_id": vat_id(str(values.get("vat_id") or ""))}
    return {name: text for name, text in remarks.items() if text}
