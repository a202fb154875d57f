"""
Connecting a client to its Lexware Office: the services behind the connect pages.

Authorization code with PKCE, or an API key. A grant exists over there from the moment the code is exchanged, so from
then on it is either bound, or kept as a `LooseGrant` until a person answers or the worker revokes it.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import (
    authorization,
    ending,
    gateway,
    grants,
    guardian,
    policies,
    signals,
    tokens,
    troubles,
    vault,
)
from lexweb.clients.grants import Grant
from lexweb.clients.models import Client, Connection, Invitation, LooseGrant
from lexweb.firm.models import Staff
from lexweb.lexware import errors, oauth
from lexweb.lexware.api.profile import Profile

log = structlog.get_logger(__name__)

ConnectionTaken = policies.ConnectionTaken
names_differ = policies.names_differ
Expired = grants.Expired

CLIENT = "client"  # in the history, instead of a person: the client, by a link


class CodeRefused(Exception):
    """The authorization server did not take the code: too old, used twice, or not meant for us."""


class KeyRefused(Exception):
    """Lexware Office does not know the API key."""


class LinkVoid(Exception):
    """The client's link was used or withdrawn meanwhile, or the connection belongs to another company now."""


@dataclass(frozen=True)
class Attempt:
    """A started authorization, kept in the session until the browser comes back."""

    address: str
    state: str
    verifier: str


def begin(client: Client, *, state: str) -> Attempt:
    """Start an authorization: where to send the browser, and what to remember until it comes back."""
    verifier = oauth.new_verifier()
    with authorization.server() as server:
        address = server.authorization_url(
            redirect_uri=redirect_uri(),
            state=state,
            verifier=verifier,
            connection_name=f"lexweb {client.firm.name}",
        )
    return Attempt(address, state, verifier)


def redirect_uri() -> str:
    """Return the address that is registered with Lexware for our client id."""
    return settings.PUBLIC_URL + reverse("connect-callback")


def finish(client: Client, *, code: str, verifier: str, by: Staff) -> LooseGrant | None:
    """
    Exchange the code, look whose account it is, and bind it.

    :returns: the question to ask first, or None when it is bound
    :raises CodeRefused: start again
    :raises ConnectionTaken: another client uses it
    :raises Trouble: the authorization server does not answer
    """
    loose = exchange(client, code=code, verifier=verifier, by=by)
    try:
        return check(loose, by=by)
    except Expired as expired:
        raise CodeRefused from expired
    except troubles.Trouble:
        return loose  # consented, but not yet checked: the page offers to try again


def exchange(client: Client, *, code: str, verifier: str, by: Staff | None) -> LooseGrant:
    """
    Turn a code into a grant, which is kept until it is bound or given back.

    :raises CodeRefused: start again
    :raises Trouble: the authorization server does not answer
    """
    gateway.refuse_inside_transaction()
    try:
        with authorization.server() as server:
            pair = server.exchange(code, verifier=verifier, redirect_uri=redirect_uri())
    except oauth.OAuthError as error:
        log.warning("connect.code_refused", status=error.status, kind=type(error).__name__)
        raise CodeRefused from error
    except errors.LexwareError as error:
        raise troubles.Trouble(troubles.code_of(error)) from error
    expires_at = tokens.expiry(pair.expires_in).isoformat()
    grant = Grant("oauth", pair.access_token, pair.refresh_token, expires_at, pair.scope)
    unchecked = LooseGrant.Question.UNCHECKED
    return grants.keep(client, grant, question=unchecked, by=by, wait=grants.ANSWER_WITHIN)


def check(loose: LooseGrant, *, by: Staff) -> LooseGrant | None:
    """
    Read whose account a kept grant is for, and bind it unless a person has to answer first.

    :raises ConnectionTaken: another client uses it; the grant is going to be revoked
    :raises Trouble: Lexware Office does not answer; try again
    """
    profile = identify(loose)
    question = policies.question(loose.client, profile.organization_id)
    # Without a question it stays "unchecked" until it is bound, so that it can be found again if that fails.
    grants.note(loose, profile=profile.payload(), question=question or loose.question)
    if question:
        return loose
    bind(loose, by=by)
    return None


def identify(loose: LooseGrant) -> Profile:
    """
    Read whose account a kept grant is for.

    :raises Expired: it is void already
    :raises ConnectionTaken: another client uses it; the grant is going to be revoked
    :raises Trouble: Lexware Office does not answer; try again
    """
    try:
        profile = gateway.identify(grants.unpack(loose).access_token)
    except troubles.Trouble as trouble:
        if trouble.code != "reconnect":
            raise
        grants.drop(loose)  # void already, by a code that was used twice for example
        raise Expired from trouble
    try:
        policies.check_free(loose.client, profile.connection_id)
    except ConnectionTaken:
        grants.drop(loose)
        raise
    return profile


def accept(loose: LooseGrant, *, by: Staff) -> LooseGrant | None:
    """
    Go on with a kept grant after a person said yes: check it if that is still to be done, else bind it.

    :returns: a further question, or None when it is bound
    :raises Expired: it was given back meanwhile
    :raises ConnectionTaken: another client uses it
    :raises Trouble: Lexware Office does not answer; try again
    """
    if loose.question == LooseGrant.Question.UNCHECKED:
        return check(loose, by=by)
    bind(loose, by=by)
    return None


def connect_key(client: Client, *, key: str, by: Staff) -> LooseGrant | None:
    """
    Bind an API key of the Public API.

    :returns: the question to ask first, or None when it is bound
    :raises KeyRefused: Lexware Office does not know it
    :raises ConnectionTaken: another client uses it
    :raises Trouble: Lexware Office does not answer
    """
    try:
        profile = gateway.identify(key)
    except troubles.Trouble as trouble:
        if trouble.code == "reconnect":
            raise KeyRefused from trouble
        raise
    policies.check_free(client, profile.connection_id)
    question = policies.question(client, profile.organization_id)
    loose = grants.keep(client, Grant("api_key", key), question=question, by=by, profile=profile.payload())
    if question:
        return loose
    bind(loose, by=by)
    return None


def bind(loose: LooseGrant, *, by: Staff | None, invitation: Invitation | None = None) -> Connection:
    """
    Make a checked grant the client's connection; what it replaces is revoked. Answered twice, it is bound once.

    :param invitation: the link by which the client does it; then `by` is who sent the link
    :raises ConnectionTaken: somebody bound it to another client in the meantime
    :raises LinkVoid: nothing was bound, and the grant is still kept
    """
    grant, profile = grants.unpack(loose), Profile.model_validate(loose.profile)
    try:
        with transaction.atomic():
            if not grants.take(loose):
                return _bound_before(loose)
            connection, kind, before = _prepare(loose.client, profile)
            if invitation:
                _use(invitation, kind)
            _replace_secrets(connection, grant, profile, by)
            ending.withdraw_links(connection)
            words = {"company": profile.company_name, "way": grant.kind, "before": before}
            _record(kind, loose.client, None if invitation else by, **words)
            if kind == Kind.MOVED:
                signals.emptied.send(Connection, connection=connection)
            signals.connected.send(Connection, connection=connection)
    except IntegrityError as problem:
        grants.drop(loose)
        raise ConnectionTaken from problem
    log.info("connection.bound", connection=connection.pk, kind=grant.kind)
    return connection


def note_refusal(client: Client, *, by: Staff | None) -> None:
    """Write into the history that the consent was refused over there; by the client itself if nobody is named."""
    _record(Kind.CONSENT_REFUSED, client, by)


def _record(kind: Kind, client: Client, by: Staff | None, **values: str) -> None:
    actor = {} if by else {"actor": CLIENT}
    activity.record(kind, client=client, by=by, **actor, **values)


def _use(invitation: Invitation, kind: Kind) -> None:
    """Use up the client's link; of two windows one gets through. It never moves a connection to another company."""
    mine = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, withdrawn_at__isnull=True)
    if kind != Kind.RECONNECTED or not mine.update(used_at=timezone.now()):
        raise LinkVoid


def _bound_before(loose: LooseGrant) -> Connection:
    """Return what the same answer, given a moment before, has made."""
    connection = Connection.objects.filter(client=loose.client, state=Connection.State.CONNECTED).first()
    if connection is None:
        raise Expired
    return connection


def _prepare(client: Client, profile: Profile) -> tuple[Connection, Kind, str]:
    """Return the row to fill, what the history calls it, and the company it belonged to before."""
    connection = Connection.objects.select_for_update(no_key=True).filter(client=client).first()
    if connection is None:
        return Connection(client=client), Kind.CONNECTED, ""
    before = connection.company_name
    grants.loosen(connection, unless=profile.connection_id)
    if connection.organization_id == profile.organization_id:
        return connection, Kind.RECONNECTED, before
    connection.synced_at, connection.counts = None, {}
    return connection, Kind.MOVED, before


def _replace_secrets(connection: Connection, grant: Grant, profile: Profile, by: Staff | None) -> None:
    now = timezone.now()
    same_key = grant.kind == Connection.Kind.API_KEY and connection.lexware_connection_id == profile.connection_id
    if not same_key:  # else the day may have been corrected by hand
        connection.expires_on = guardian.end_of(timezone.localdate(now))
    connection.trouble, connection.trouble_path, connection.trouble_since = "", "", None
    connection.kind = grant.kind
    connection.state, connection.state_since, connection.state_reason = Connection.State.CONNECTED, now, ""
    connection.organization_id, connection.company_name = profile.organization_id, profile.company_name[:200]
    connection.lexware_connection_id = profile.connection_id
    connection.profile = profile.payload()
    connection.connected_by, connection.connected_at = by or connection.connected_by, now
    connection.access_token = vault.seal(grant.access_token)
    connection.refresh_token = vault.seal(grant.refresh_token) if grant.refresh_token else ""
    connection.access_expires_at = datetime.fromisoformat(grant.expires_at) if grant.expires_at else None
    connection.scope = grant.scope
    connection.token_version += 1
    connection.refresh_owner, connection.refresh_until = "", None
    connection.save()
