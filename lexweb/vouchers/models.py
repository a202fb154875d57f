"""The mirror of the voucher list, and of what stands behind each of its rows."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lexweb.clients.mirrored import Compact
from lexweb.clients.models import Connection
from lexweb.files.models import Blob
from lexweb.firm.models import Staff
from lexweb.outbox import models as outbox

TO_REVIEW = ("unchecked", "draft")  # the states of the review queue


class Voucher(models.Model):
    """
    A document of an account: every kind of the voucher list, sales documents included, and dunnings.

    The columns are the row of the voucher list (behaviour.md, chapter 11), so that no JSON is kept twice; members
    that we do not know go to `extra`. `overdue` is stored as "open": whether a day has passed is not for a mirror to
    know. Amounts are positive and in `currency`; `open_amount` is None where nothing can be paid.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "creditnote", _("Credit note")
        DOWN_PAYMENT_INVOICE = "downpaymentinvoice", _("Down payment invoice")
        QUOTATION = "quotation", _("Quotation")
        ORDER_CONFIRMATION = "orderconfirmation", _("Order confirmation")
        DELIVERY_NOTE = "deliverynote", _("Delivery note")
        DUNNING = "dunning", _("Dunning")
        SALES_INVOICE = "salesinvoice", _("Sales receipt")
        SALES_CREDIT_NOTE = "salescreditnote", _("Sales credit")
        PURCHASE_INVOICE = "purchaseinvoice", _("Purchase invoice")
        PURCHASE_CREDIT_NOTE = "purchasecreditnote", _("Supplier credit")

    class Wanted(models.IntegerChoices):
        """How much the detail is wanted; the back-fill takes the highest first, and the newest of those."""

        NO = 0  # it is here, and as new as the row
        OLD = 1
        RECENT = 2
        OPEN = 3  # unchecked, draft, or not paid
        NOW = 4  # Lexware Office said that it changed

    # Each index below begins with the connection; one of it alone only misleads the planner.
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="vouchers", db_index=False)
    lexware_id = models.UUIDField()
    kind = models.CharField(max_length=20)  # of `Kind`; new ones may come
    status = models.CharField(max_length=16)
    number = models.CharField(max_length=60, blank=True)
    voucher_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    contact_id = models.UUIDField(null=True)  # None: collective contact, or a one-time address
    contact_name = models.CharField(max_length=250, blank=True)
    total_amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    open_amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    archived = models.BooleanField(default=False)
    extra: Any = models.JSONField(null=True, encoder=Compact)
    listed_on = models.DateField()  # the day to sort by: as long as there is no other, the one of creation
    search = models.CharField(max_length=200)  # folded number and contact, see contacts/search.py
    number_key = models.CharField(max_length=60, blank=True, default="")  # finds numbers that look alike: numbers.py
    wanted = models.PositiveSmallIntegerField(choices=Wanted.choices, default=Wanted.OLD)
    wanted_at = models.DateTimeField(null=True)  # a detail that was asked for before that does not settle it
    payment_wanted = models.BooleanField(default=False)
    first_seen_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField()  # when we asked, the last time Lexware Office showed it
    digest = models.BigIntegerField(default=0)  # of the row of the list; 0 if a detail or payment changed it since
    changed_at = models.DateTimeField(default=timezone.now)  # when we last stored something new of it

    # The firm's own, see `OURS`: the mirror leaves them as they are.
    assignee = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+", db_index=False)
    suspect = models.BooleanField(default=False, db_default=False)  # perhaps a duplicate, see duplicates.py
    file_count = models.PositiveSmallIntegerField(null=True)  # as its detail said; None: that is not here yet
    # How many files a write of ours carries over, until Lexware Office has shown them again; see `images_lost`.
    images_owed = models.PositiveSmallIntegerField(null=True)
    owed_version = models.PositiveIntegerField(null=True)  # that the write was made from: a later one settles it

    OURS = frozenset({"assignee_id", "suspect", "file_count", "images_owed", "owed_version"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "lexware_id"], name="voucher_once_per_connection")]
        indexes = [
            # Holds all that the list's filters need, so that no row is read to count or search.
            models.Index(
                "connection", F("listed_on").desc(), F("id").desc(), "kind", "status", "archived", "search",
                name="voucher_list",
            ),
            models.Index(
                fields=["connection", "-wanted", "-created_at"], condition=Q(wanted__gt=0), name="voucher_wanted"
            ),
            models.Index(
                fields=["connection", "-created_at"], condition=Q(payment_wanted=True), name="voucher_payment_wanted"
            ),
            models.Index(fields=["connection", "changed_at"], name="voucher_changed"),
            # The review queue, client by client: counts of few clients, and what the worker fetches files of.
            models.Index(
                fields=["connection", "listed_on", "id"], condition=Q(status__in=TO_REVIEW, archived=False),
                name="voucher_to_review",
            ),
            # The same over all clients: its order, and all that its filters and counts need.
            models.Index(
                fields=["listed_on", "id", "connection", "kind", "due_on", "total_amount", "assignee", "suspect",
                        "file_count", "search"],
                condition=Q(status__in=TO_REVIEW, archived=False), name="voucher_queue",
            ),
            models.Index(fields=["connection", "contact_id", "number"], name="voucher_of_contact"),
            models.Index(fields=["connection", "total_amount", "voucher_on"], name="voucher_by_amount"),
            models.Index(fields=["connection", "number_key"], name="voucher_by_number"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def target(self) -> str:
        """Return its name in the history and in the outbox."""
        return f"voucher:{self.lexware_id}"

    @property
    def known_as(self) -> str:
        """Return what the history calls it."""
        return self.number or self.contact_name or "–"

    @property
    def images_lost(self) -> bool:
        """Say whether fewer files are there since a write of ours: a person has to look before the next one."""
        return self.images_owed is not None and self.file_count is not None and self.file_count < self.images_owed


class Detail(models.Model):
    """What the resource of its own kind says about a voucher, and about its payments; both as they came."""

    voucher = models.OneToOneField(Voucher, models.CASCADE, primary_key=True, related_name="detail")
    version = models.PositiveIntegerField(null=True)
    raw: Any = models.JSONField(null=True, encoder=Compact)  # None: only the payment could be read
    seen_at = models.DateTimeField(null=True)
    payment: Any = models.JSONField(null=True, encoder=Compact)  # None: not asked for, or nothing can be paid on it
    payment_seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"detail of voucher {self.voucher_id}"


class Distinct(models.Model):
    """Two documents that look like duplicates, and of which a person said that they are not."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+", db_index=False)
    first_id = models.UUIDField()  # the lower of the two ids over there
    second_id = models.UUIDField()
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "first_id", "second_id"], name="distinct_once_per_pair")
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"


class Submission(outbox.Submission):
    """One form for a new voucher; `image` is what is attached to it, kept until Lexware Office has shown it there."""

    voucher = models.ForeignKey(Voucher, models.SET_NULL, null=True)
    image = models.ForeignKey(Blob, models.SET_NULL, null=True, related_name="+")
    image_name = models.CharField(max_length=255, blank=True)

    class Meta(outbox.Submission.Meta):
        constraints = [models.UniqueConstraint(fields=["connection", "key"], name="voucher_submission_once")]
