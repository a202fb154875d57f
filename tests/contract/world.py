"""One client's Lexware Office with a record of each kind in it, made through the client package itself."""

import io
import itertools
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from lexweb.lexware.api import articles, contacts, event_subscriptions, vouchers
from lexweb.lexware.api.partner import assignment_hints, bank_accounts, cash_boxes, finance
from lexweb.lexware.api.sales import credit_notes, delivery_notes, dunnings, invoices, order_confirmations, quotations
from lexweb.lexware.office import Office
from lexweb.lexware.shapes import Shape
from lexweb.lexware.transfers import Upload
from tests.contract import schema

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)
IBAN = "DE02120300000000202051"


class World:
    """Ids of records that are made when first asked for; `new_…` makes another each time."""

    def __init__(self, office: Office, *, hook: str = "https://hooks.example/lexware") -> None:
        self.office = office
        self.hook = hook
        self._count = itertools.count(1)
        self._documents: dict[str, UUID] = {}

    # Master data

    def contact_draft(self) -> contacts.ContactDraft:
        """A customer and vendor with an address."""
        return contacts.ContactDraft(
            roles=contacts.Roles(customer=contacts.Role(), vendor=contacts.Role()),
            company=contacts.Company(name="Vertrag & Söhne GmbH"),
            addresses=contacts.Addresses(
                billing=(contacts.Address(street="Hauptstr. 1", zip="24103", city="Kiel", country_code="DE"),)
            ),
        )

    @cached_property
    def contact_id(self) -> UUID:
        """A contact."""
        return self.office.contacts.create(self.contact_draft()).id

    def article_draft(self) -> articles.ArticleDraft:
        """An article with a number of its own."""
        sent = schema.sample("articles.create.request")
        return articles.ArticleDraft.model_validate(sent | {"articleNumber": f"V-{uuid.uuid4().hex[:12]}"})

    def new_article(self) -> UUID:
        """A new article."""
        return self.office.articles.create(self.article_draft()).id

    @cached_property
    def article_id(self) -> UUID:
        """An article."""
        return self.new_article()

    # Sales documents

    def sales_draft(self, kind: str) -> Any:
        """A draft of a kind, as in the sample, for our own contact and article."""
        shape = DRAFTS[kind]
        sent = schema.sample(f"{kind}.create.request")
        items = [self._ours(item) for item in sent["lineItems"]]
        return shape.model_validate(sent | {"address": {"contactId": str(self.contact_id)}, "lineItems": items})

    def issued(self, kind: str) -> UUID:
        """A new final document."""
        endpoint = getattr(self.office, kind.replace("-", "_"))
        if kind == "dunnings":
            return UUID(str(endpoint.create(self.dunning_draft(), preceding=self.invoice_id).id))
        return UUID(str(endpoint.create(self.sales_draft(kind), finalize=True).id))

    def document_id(self, kind: str) -> UUID:
        """A final document, always the same."""
        if kind not in self._documents:
            self._documents[kind] = self.issued(kind)
        return self._documents[kind]

    @property
    def invoice_id(self) -> UUID:
        """An open invoice."""
        return self.document_id("invoices")

    def dunning_draft(self) -> dunnings.DunningDraft:
        """A dunning that fits the invoice."""
        invoice = self.sales_draft("invoices").payload()
        sent = {name: invoice[name] for name in ("address", "lineItems", "totalPrice", "taxConditions")}
        return dunnings.DunningDraft.model_validate(schema.sample("dunnings.create.request") | sent)

    @cached_property
    def down_payment_invoice_id(self) -> UUID:
        """A down payment invoice that was there before us: they cannot be made."""
        return self.office.voucherlist.page("downpaymentinvoice", ("open", "paid")).content[0].id

    @cached_property
    def recurring_template_id(self) -> UUID:
        """A recurring template that was there before us."""
        return self.office.recurring_templates.page().content[0].id

    # Bookkeeping

    def voucher_draft(self) -> vouchers.VoucherDraft:
        """A voucher with a number of its own."""
        sent = schema.sample("vouchers.create.request")
        return vouchers.VoucherDraft.model_validate(sent | {"voucherNumber": f"V-{uuid.uuid4().hex[:12]}"})

    def new_voucher(self) -> UUID:
        """A new voucher."""
        return self.office.vouchers.create(self.voucher_draft()).id

    @cached_property
    def voucher_id(self) -> UUID:
        """A voucher."""
        return self.new_voucher()

    def picture(self) -> Upload:
        """A receipt nobody has seen before: a tiny picture with a text of its own behind it."""
        content = PIXEL + uuid.uuid4().bytes
        return Upload("beleg.png", "image/png", lambda: io.BytesIO(content))

    @cached_property
    def file_id(self) -> UUID:
        """The file of a voucher."""
        return self.office.vouchers.attach(self.voucher_id, self.picture()).id

    # Events and money

    def subscription_draft(self) -> event_subscriptions.SubscriptionDraft:
        """A subscription there is not yet."""
        address = f"{self.hook}/{next(self._count)}"
        return event_subscriptions.SubscriptionDraft(event_type="invoice.created", callback_url=address)

    def new_subscription(self) -> UUID:
        """A new subscription."""
        return self.office.event_subscriptions.create(self.subscription_draft()).id

    @cached_property
    def subscription_id(self) -> UUID:
        """A subscription."""
        return self.new_subscription()

    def account_draft(self) -> finance.AccountDraft:
        """An account with a reference of its own."""
        return finance.AccountDraft(
            type="PAYMENT_PROVIDER",
            name="Vertragskonto",
            account_system="LEXWEB",
            balance=Decimal("10.50"),
            external_reference=uuid.uuid4().hex,
        )

    def new_account(self) -> UUID:
        """A new account."""
        return self.office.finance_accounts.create(self.account_draft()).id

    @cached_property
    def account_id(self) -> UUID:
        """An account."""
        return self.new_account()

    def transaction_draft(self) -> finance.TransactionDraft:
        """Money that came in."""
        return finance.TransactionDraft(
            financial_account_id=self.account_id,
            amount=Decimal("119.00"),
            purpose="RE0001 vielen Dank",
            value_date=datetime(2026, 11, 2, tzinfo=UTC),
            booking_date=datetime(2026, 11, 2, tzinfo=UTC),
            external_reference=uuid.uuid4().hex,
        )

    def new_transaction(self) -> UUID:
        """A new transaction."""
        return self.office.finance_transactions.create([self.transaction_draft()])[0].financial_transaction_id

    @cached_property
    def transaction_id(self) -> UUID:
        """A transaction."""
        return self.new_transaction()

    @property
    def account_with_transaction_id(self) -> UUID:
        """The account, in which something happened."""
        assert self.transaction_id
        return self.account_id

    def bank_account_draft(self) -> bank_accounts.BankAccountDraft:
        """A bank account of the contact, with the contact's version."""
        version = self.office.contacts.get(self.contact_id).version
        return bank_accounts.BankAccountDraft(
            account_holder="Vertrag & Söhne GmbH", bank_name="Musterbank", iban=IBAN, bic="BYLADEM1001", version=version
        )

    def new_bank_account(self) -> UUID:
        """A new bank account of the contact."""
        return self.office.bank_accounts.create(self.contact_id, self.bank_account_draft()).id

    @cached_property
    def bank_account_id(self) -> UUID:
        """A bank account of the contact."""
        return self.new_bank_account()

    def cash_box_draft(self) -> cash_boxes.CashBoxDraft:
        """A cash box with names of its own."""
        name = uuid.uuid4().hex[:12]
        return cash_boxes.CashBoxDraft(
            cash_box_name=f"Kasse {name}",
            opening_date=datetime(2026, 1, 1, tzinfo=UTC),
            opening_amount=Decimal("100"),
            identifier=name,
        )

    def new_cash_box(self) -> UUID:
        """A new cash box."""
        return self.office.cash_boxes.create(self.cash_box_draft()).id

    @cached_property
    def cash_box_id(self) -> UUID:
        """A cash box."""
        return self.new_cash_box()

    def closing(self) -> cash_boxes.Balance:
        """A day at the till."""
        category = next(each for each in self.office.posting_categories.list() if each.type == "income")
        position = cash_boxes.Position(
            payment_type="cash",
            category_id=category.id,
            amount=Decimal("11.90"),
            tax_rate_percentage=Decimal("19"),
            voucher_type="revenue",
        )
        return cash_boxes.Balance(
            voucher_number=f"Z-{uuid.uuid4().hex[:8]}",
            voucher_date=datetime(2026, 11, 2, tzinfo=UTC),
            positions=(position,),
        )

    def hint(self) -> assignment_hints.Hint:
        """A hint for a new voucher."""
        return assignment_hints.Hint(voucher_id=self.new_voucher(), external_reference=uuid.uuid4().hex)

    def _ours(self, item: dict[str, Any]) -> dict[str, Any]:
        return item | {"id": str(self.article_id)} if "id" in item else item


DRAFTS: dict[str, type[Shape]] = {
    "invoices": invoices.InvoiceDraft,
    "credit-notes": credit_notes.CreditNoteDraft,
    "quotations": quotations.QuotationDraft,
    "order-confirmations": order_confirmations.OrderConfirmationDraft,
    "delivery-notes": delivery_notes.DeliveryNoteDraft,
}
