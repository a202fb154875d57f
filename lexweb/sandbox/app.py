"""All addresses of the sandbox as one WSGI application."""

from lexweb.sandbox import control, office
from lexweb.sandbox.api import gateway
from lexweb.sandbox.oauth import authorize, tokens
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import recognition
from lexweb.sandbox.web import App, Wsgi
from lexweb.sandbox.webhooks import public_key


def make_app(state: State) -> Wsgi:
    """The application over this state, for ``server`` or for ``httpx.WSGITransport``."""
    app = App()
    for part in (gateway, authorize, tokens, public_key, control, office, recognition):
        part.mount(app, state)
    return app.wsgi
