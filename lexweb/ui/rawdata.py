"""
"Raw data" beside a record: the JSON as the mirror holds it, its age, and the way to ask live.

A context needs three things: `raw`, `seen_at`, `url` and `api_path` on its model; a view of one line that returns
`rawdata.page(…)` at `<url>raw/`; and `{% rawlink record %}` in its template.
"""

from datetime import datetime
from typing import Any, Protocol

from django.template.response import TemplateResponse

from lexweb.ui import htmx
from lexweb.ui.http import Request


class Record(Protocol):
    """A row of the mirror; `str()` is its name for people."""

    raw: Any
    seen_at: datetime

    @property
    def url(self) -> str:
        """Return the address of its page; `raw/` lies below."""

    @property
    def api_path(self) -> str:
        """Return its address in the API: "/v1/contacts/<id>"."""


def page(request: Request, record: Record, *, parent: str, parent_url: str) -> TemplateResponse:
    """Render the page, or the dialog for htmx; `parent` is the list that the record belongs to."""
    context = {"record": record, "parent": parent, "parent_url": parent_url}
    return htmx.page(request, "ui/raw.html", "raw", context)
