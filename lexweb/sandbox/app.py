"""All addresses of the sandbox as one WSGI application."""

from lexweb.sandbox import control, office
from lexweb.sandbox.api import gateway
from lexweb.sandbox.oauth import authorize, tokens
from lexweb.sandbox.state import State
from lexweb.sandbox.web import App, Wsgi


def make_app(state: State) -> Wsgi:
    """The application over this state, for ``server`` or for ``httpx.WSGITransport``."""
    app = App()
    for part in (gateway, authorize, tokens, control, office):
        part.mount(app, state)
    return app.wsgi
