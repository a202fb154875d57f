"""Code and raw data."""

import json
from typing import Any

from django import template

from lexweb.ui import json_text

register = template.Library()


@register.inclusion_tag("ui/code.html")
def codebox(html: str, label: str, copy: bool = True, id: str = "") -> dict[str, Any]:
    """Show code or JSON that is highlighted already, with a button that copies it."""
    return {"html": html, "label": label, "copy": copy, "id": id}


@register.inclusion_tag("ui/code.html")
def jsonbox(document: Any, label: str, id: str = "") -> dict[str, Any]:
    """Show a document as highlighted JSON, with a button that copies it."""
    html, _whole = json_text.highlight(json.dumps(document, ensure_ascii=False))
    return {"html": html, "label": label, "copy": True, "id": id}


@register.inclusion_tag("ui/raw_link.html")
def rawlink(record: object) -> dict[str, Any]:
    """Draw the link to the raw data of a record; see `rawdata.py`."""
    return {"record": record}
