"""The firm's clients (Mandanten), who works for them, and their connections to Lexware Office."""

import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lexweb.clients import guardian
from lexweb.firm.models import Firm, Staff

COLORS = 12
FEATURES = {  # behaviour.md, chapter 14
    "INVOICING": _("Invoices"),
    "INVOICING_PRO": _("Invoices (extended)"),
    "BOOKKEEPING": _("Bookkeeping"),
}
REASONS = {  # why a connection needs a person; the keys are stored
    "refused": _(
        "Lexware Office no longer accepts the authorization: it was ended there, or it is over two years old."
    ),
    "key_refused": _("Lexware Office no longer accepts the API key: it was deleted, renewed or has expired."),
}


def new_slug() -> str:
    """Return a random address part: a client's name or number must not show in addresses (product.md, § 203)."""
    return secrets.token_hex(4)


class Client(models.Model):
    """A client of the firm; what the firm calls it, which may differ from the name in Lexware Office."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="clients")
    slug = models.CharField(max_length=16, unique=True, default=new_slug, editable=False)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=20)
    color = models.PositiveSmallIntegerField(default=1)
    staff = models.ManyToManyField(Staff, through="Assignment", related_name="clients")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "number"], name="client_number_once_per_firm"),
            models.CheckConstraint(condition=Q(color__range=(1, COLORS)), name="client_color_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def url(self) -> str:
        """Return the address of the client's page."""
        return reverse("clients:detail", args=[self.slug])


class Assignment(models.Model):
    """A person works for a client."""

    client = models.ForeignKey(Client, models.CASCADE)
    staff = models.ForeignKey(Staff, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "staff"], name="assigned_once")]


class Connection(models.Model):
    """
    A client's Lexware Office: one grant or API key at a time.

    The row stays when the connection ends, so that the mirror stays readable; the secrets go. `organization_id` is
    the company over there, `lexware_connection_id` the single grant or key (oauth-and-partner.md, chapter 4).
    """

    class Kind(models.TextChoices):
        OAUTH = "oauth", _("OAuth")
        API_KEY = "api_key", _("API key")

    class State(models.TextChoices):
        CONNECTED = "connected", _("Connected")
        RECONNECT = "reconnect", _("Reconnect")
        DISCONNECTED = "disconnected", _("Disconnected")

    client = models.OneToOneField(Client, models.CASCADE, related_name="connection")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=14, choices=State.choices)
    state_since = models.DateTimeField(default=timezone.now)
    state_reason = models.CharField(max_length=40, blank=True)  # a key of `REASONS`
    organization_id = models.UUIDField()
    company_name = models.CharField(max_length=200)
    lexware_connection_id = models.UUIDField(null=True, unique=True)
    profile = models.JSONField(default=dict)
    connected_by = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    connected_at = models.DateTimeField(default=timezone.now)

    # Sealed by tokens.py. The version moves with each new pair, so that no refresh overwrites a newer one.
    access_token = models.TextField(blank=True)
    refresh_token = models.TextField(blank=True)
    access_expires_at = models.DateTimeField(null=True)
    scope = models.TextField(blank=True)  # as the token answer names what was granted; "" for API keys
    token_version = models.PositiveIntegerField(default=0)
    refresh_owner = models.CharField(max_length=32, blank=True)
    refresh_until = models.DateTimeField(null=True)

    # Kept by the gateway and by binding, judged by guardian.py.
    trouble = models.CharField(max_length=20, blank=True)  # a code of troubles.TABLE: what goes wrong since then
    trouble_since = models.DateTimeField(null=True)
    trouble_path = models.CharField(max_length=60, blank=True)  # what the plan does not include, as "/v1/vouchers"
    expires_on = models.DateField(null=True)  # when the authorization or the API key ends by itself

    # Kept by sync, so that the list of clients needs no count.
    synced_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"connection {self.pk} ({self.state})"

    @property
    def is_connected(self) -> bool:
        """Say whether calls can be made."""
        return self.state == self.State.CONNECTED

    @property
    def scopes(self) -> frozenset[str] | None:
        """Return what was granted; None if nobody told: keys, and old answers ("read write")."""
        return frozenset(self.scope.split()) if "." in self.scope else None

    @property
    def features(self) -> list[str]:
        """Return what the client's Lexware contract includes, in words; what we do not know, as it is called there."""
        names = list(self.profile.get("businessFeatures", ()))
        if "INVOICING_PRO" in names and "INVOICING" in names:
            names.remove("INVOICING")  # the extended one includes it
        return [str(FEATURES.get(name, name)) for name in names]

    @property
    def reason_text(self) -> str:
        """Return why it is no longer connected, as a sentence."""
        return str(REASONS.get(self.state_reason, ""))

    @property
    def health(self) -> guardian.Health:
        """Return how the connection is now, why, and who can mend it."""
        return guardian.health(self)


class LooseGrant(models.Model):
    """
    Secrets that belong to no connection: waiting for a person's answer, or waiting to be revoked.

    A grant must never be forgotten while it is alive over there; what nobody answers is revoked at `revoke_at`.
    """

    class Question(models.TextChoices):
        OTHER_ORGANIZATION = "other_organization"
        ORGANIZATION_TWICE = "organization_twice"
        UNCHECKED = "unchecked"  # the profile could not be read yet
        NONE = ""

    client = models.ForeignKey(Client, models.CASCADE)
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True)
    kind = models.CharField(max_length=10, choices=Connection.Kind.choices)
    question = models.CharField(max_length=20, choices=Question.choices, blank=True)
    secret = models.TextField()  # sealed JSON: access_token, refresh_token, expires_at
    profile: Any = models.JSONField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoke_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"loose grant {self.pk}"


class Invitation(models.Model):
    """
    A link with which the client renews the connection without an account here: it works once, and ends by itself.

    Only a hash of the link is stored: who reads our database cannot use it.
    """

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret part of the link
    created_by = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation of connection {self.connection_id}"


class Letter(models.Model):
    """
    A mail to one person about one event of a connection, written down before it is sent, so that it goes out once.

    `cause` names the template ("lost", "expiring-30", "plan", "renewed"), `event` the single occurrence of it. Whoever
    moves `due_at` sends it; without one it is sent, or has become pointless.
    """

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="letters")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    cause = models.CharField(max_length=20)
    event = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "event", "staff"], name="letter_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="letter_due")]

    def __str__(self) -> str:
        return f"{self.cause} of connection {self.connection_id}"


class Tally(models.Model):
    """A counter for /metrics, shared by all processes; `label` is what is counted apart, as "GET 200"."""

    name = models.CharField(max_length=40)
    label = models.CharField(max_length=60, blank=True)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["name", "label"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.label}"


class Pace(models.Model):
    """The next free moment for a request of one account, shared by all processes; see pace.py."""

    account = models.CharField(max_length=64, primary_key=True)
    next_at = models.FloatField()  # seconds since 1970

    def __str__(self) -> str:
        return self.account
