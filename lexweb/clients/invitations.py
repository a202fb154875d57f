"""
Links with which a client renews its connection without an account here: signed, for one use, for a week.

The link is the secret: who has it may give, never take. It leads to a consent in Lexware Office, and what was
consented to is bound only if it is for the company that the connection had.
"""

import hashlib
import secrets
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import connecting, ending, grants, selectors
from lexweb.clients.models import Connection, Invitation
from lexweb.clients.troubles import Trouble
from lexweb.firm.models import Staff

log = structlog.get_logger(__name__)

VALID = timedelta(days=7)
_signer = Signer(sep=".", salt="lexweb.clients.invitations")

CodeRefused = connecting.CodeRefused


class Void(Exception):
    """The link is not one of ours, or was used, withdrawn or too old; which of these is nobody's business."""


class OtherCompany(Exception):
    """The consent was for another company than the connection's: nothing is bound, the access is given back."""


def create(connection: Connection, *, by: Staff) -> tuple[Invitation, str]:
    """Make a link and return its address, which is known only now; it replaces an earlier one."""
    secret, now = secrets.token_urlsafe(32), timezone.now()
    with transaction.atomic():
        selectors.usable_invitations(now).filter(connection=connection).update(withdrawn_at=now)
        invitation = Invitation.objects.create(
            connection=connection, digest=_digest(secret), created_by=by, created_at=now, expires_at=now + VALID
        )
        activity.record(Kind.LINK_CREATED, client=connection.client, by=by)
    log.info("invitation.created", connection=connection.pk)
    return invitation, settings.PUBLIC_URL + reverse("reconnect", args=[_signer.sign(secret)])


def withdraw(invitation: Invitation, *, by: Staff) -> bool:
    """End a link; return whether there was anything to end."""
    with transaction.atomic():
        now = timezone.now()
        if not selectors.usable_invitations(now).filter(pk=invitation.pk).update(withdrawn_at=now):
            return False
        activity.record(Kind.LINK_WITHDRAWN, client=invitation.connection.client, by=by)
    return True


def find(token: str) -> Invitation:
    """
    Return what a link stands for; what we never signed is refused without asking the database.

    :raises Void: it cannot be used
    """
    try:
        secret = _signer.unsign(token)
    except BadSignature:
        raise Void from None
    usable = selectors.usable_invitations(timezone.now()).select_related("connection__client__firm")
    invitation = usable.filter(digest=_digest(secret)).first()
    if invitation is None:
        raise Void
    return invitation


def begin(invitation: Invitation, *, state: str) -> connecting.Attempt:
    """Start the authorization: where to send the browser, and what to remember until it comes back."""
    return connecting.begin(invitation.connection.client, state=state)


def finish(pk: int, *, code: str, verifier: str) -> Connection:
    """
    Exchange the code, look whose account it is, and renew the connection.

    :param pk: of the invitation; it was usable when the browser left, so it may have ended since, not been used
    :raises Void: the link was used or withdrawn meanwhile
    :raises OtherCompany: nothing was bound
    :raises CodeRefused: start again
    :raises Trouble: Lexware Office does not answer; start again later
    """
    invitation = _unused(pk)
    connection = invitation.connection
    loose = connecting.exchange(connection.client, code=code, verifier=verifier, by=None)
    try:
        profile = connecting.identify(loose)
    except Trouble:
        grants.drop(loose)
        raise
    except (connecting.ConnectionTaken, connecting.Expired) as problem:
        raise CodeRefused from problem
    if profile.organization_id != connection.organization_id:
        activity.record(Kind.OTHER_COMPANY, client=connection.client, by=None, actor=connecting.CLIENT)
        ending.revoke(loose)
        raise OtherCompany
    grants.note(loose, profile=profile.payload(), question=loose.question)
    try:
        return connecting.bind(loose, by=invitation.created_by, invitation=invitation)
    except connecting.LinkVoid:
        ending.revoke(loose)
        raise Void from None
    except connecting.ConnectionTaken as problem:
        raise CodeRefused from problem


def refuse(pk: int) -> None:
    """Write into the history that the client did not consent; the link can be used again."""
    connecting.note_refusal(_unused(pk).connection.client, by=None)


def _unused(pk: int) -> Invitation:
    unused = Invitation.objects.filter(pk=pk, used_at__isnull=True, withdrawn_at__isnull=True)
    invitation = unused.select_related("connection__client__firm", "created_by").first()
    if invitation is None:
        raise Void
    return invitation


def _digest(secret: str) -> str:
    """Return what is stored of a secret of 256 random bits: no slower hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
