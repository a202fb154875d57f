"""Where receivers of webhooks find the key. Lexware's own is at developers.lexware.io, under the same path."""

from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, App, Call

PATH = "/webhookSignature/public/public_key.pub"


def mount(app: App, state: State) -> None:
    """Add the address."""
    app.route("GET", PATH, lambda call, /: pem(state, call))


def pem(state: State, call: Call) -> Answer:
    """GET: the public key as PEM."""
    return Answer(200, state.webhooks.signer.public(), {"Content-Type": "text/plain"})
