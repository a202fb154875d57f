"""A person who connects a client: through our pages, over the sandbox's consent, and back."""

from datetime import timedelta

from django.http import HttpResponse
from django.test import Client as Browser
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.models import Client, Connection
from lexweb.lexware.oauth import AuthorizationServer, Tokens, new_verifier
from lexweb.sandbox.options import CLIENT_ID, CLIENT_SECRET
from lexweb.sandbox.server import RunningSandbox

CALLBACK = "http://testserver/connect/callback/"


def organization(lexware: RunningSandbox, index: int = 0) -> dict[str, str]:
    """One of the companies of the sandbox."""
    return lexware.organizations()[index]


def start(browser: Browser, client: Client) -> str:
    """Press "Connect"; return the address of the authorization server."""
    answer = browser.post(f"{client.url}connect/start/")
    assert answer.status_code == 302
    return answer["Location"]


def consent(browser: Browser, lexware: RunningSandbox, client: Client, *, index: int = 0, allow: bool = True) -> str:
    """Press "Connect" and answer over there; return the address that the browser is sent back to."""
    return lexware.consent(start(browser, client), organization(lexware, index)["organizationId"], allow=allow)


def connect(browser: Browser, lexware: RunningSandbox, client: Client, *, index: int = 0) -> HttpResponse:
    """All of it; the answer is where we send the browser after it came back."""
    return browser.get(consent(browser, lexware, client, index=index))


def connected(browser: Browser, lexware: RunningSandbox, client: Client, *, index: int = 0) -> Connection:
    """The same, for tests about what comes afterwards."""
    answer = connect(browser, lexware, client, index=index)
    assert answer.status_code == 302, answer.content.decode()
    return Connection.objects.select_related("client").get(client=client)


def key(browser: Browser, client: Client, text: str) -> HttpResponse:
    """Type an API key and press "Connect with this key"."""
    return browser.post(f"{client.url}connect/key/", {"key": text})


def grant(lexware: RunningSandbox, index: int = 0) -> Tokens:
    """A grant that lexweb knows nothing of."""
    with AuthorizationServer(lexware.url, CLIENT_ID, CLIENT_SECRET) as server:
        verifier = new_verifier()
        address = server.authorization_url(redirect_uri=CALLBACK, state="s", verifier=verifier)
        back = lexware.consent(address, organization(lexware, index)["organizationId"])
        return server.exchange(back.split("code=")[1].split("&")[0], verifier=verifier, redirect_uri=CALLBACK)


def living(lexware: RunningSandbox) -> set[str]:
    """The ids of all OAuth connections that are alive over there."""
    return {grant.id for grant in lexware.state.grants.living()}


def read(connection: Connection) -> str:
    """Make one call, as every service does."""
    with gateway.open_office(connection) as office:
        return office.profile.get().company_name


def expire_in(connection: Connection, *, seconds: float) -> None:
    """Let our copy of the access token expire then."""
    moment = timezone.now() + timedelta(seconds=seconds)
    Connection.objects.filter(pk=connection.pk).update(access_expires_at=moment)


def asked(lexware: RunningSandbox, path: str) -> int:
    """How many requests the sandbox got at this path."""
    return sum(1 for request in lexware.requests() if request["path"] == path)


def said(browser: Browser, answer: HttpResponse) -> str:
    """What the page says that the browser ends up on."""
    while answer.status_code == 302:
        answer = browser.get(answer["Location"])
    return answer.content.decode()
