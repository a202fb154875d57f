"""
Pages for people: the web application of Lexware Office, reduced to what a client does in a demo.

What is changed here arrives at the firm by webhook or with the next sync. Plain HTML without any script; for this
machine only (``local``), because there is no login.

    visit ◄─┬─ home, contacts, vouchers, sales, recurring, inbox, files, connections, settings     /o/{organization}
            │      └► listing, *_form, figures, words
            └─ permalinks                                                                          /permalink
"""

from functools import partial
from pathlib import Path

from lexweb.sandbox.office import (
    connections,
    contacts,
    files,
    home,
    inbox,
    permalinks,
    recurring,
    sales,
    settings,
    visit,
    vouchers,
)
from lexweb.sandbox.state import State
from lexweb.sandbox.web import PAGES, Answer, App, Call

PARTS = (home, contacts, vouchers, sales, recurring, inbox, files, connections, settings)


def mount(app: App, state: State) -> None:
    """Add the pages. The style is for the pages of ``oauth``, too."""
    app.route("GET", "/style.css", style)
    app.route("GET", "/", visit.guarded(partial(home.organizations, state)))
    app.route("GET", "/permalink/files/view", visit.guarded(partial(permalinks.inbox, state)))
    app.route("GET", "/permalink/<resource>/<verb>/<record_id>", visit.guarded(partial(permalinks.followed, state)))
    for part in PARTS:
        visit.mount(app, state, part.ROUTES)


def style(call: Call, /) -> Answer:
    """GET /style.css."""
    content = (Path(PAGES[0]) / "style.css").read_bytes()
    return Answer(200, content, {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=300"})
