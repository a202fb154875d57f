"""
Every operation of the contract as a call of the client package.

The one list behind the coverage table, the walk through all faults, and the questions to a real account.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lexweb.lexware.api.articles import ArticleDraft
from lexweb.lexware.api.contacts import ContactDraft
from lexweb.lexware.api.partner import cash_boxes, organization
from lexweb.lexware.api.sales.interaction import InteractionStatusDraft
from lexweb.lexware.api.sales.mailing import Mail
from lexweb.lexware.api.vouchers import VoucherDraft
from tests.contract.world import World

SALES = {
    "invoices": "Invoice",
    "credit-notes": "CreditNote",
    "quotations": "Quotation",
    "order-confirmations": "OrderConfirmation",
    "delivery-notes": "DeliveryNote",
    "dunnings": "Dunning",
}
NOT_OURS = {"authorize"}
"""What a browser asks for."""


@dataclass(frozen=True)
class Calling:
    """The name of the method below `office`, and how it is called."""

    method: str
    call: Callable[[World], object]


def _kept(world: World, path: str, *arguments: object, **options: object) -> bytes:
    """A download as bytes."""
    endpoint, method = path.split(".")
    target = io.BytesIO()
    with getattr(getattr(world.office, endpoint), method)(*arguments, **options) as download:
        download.save(target)
    return target.getvalue()


def _update_contact(world: World) -> object:
    contact = world.office.contacts.get(world.contact_id)
    return world.office.contacts.update(world.contact_id, ContactDraft.of(contact))


def _update_article(world: World) -> object:
    article = world.office.articles.get(world.article_id)
    return world.office.articles.update(world.article_id, ArticleDraft.of(article))


def _update_voucher(world: World) -> object:
    voucher = world.office.vouchers.get(world.voucher_id)
    return world.office.vouchers.update(world.voucher_id, VoucherDraft.of(voucher))


def _update_account(world: World) -> object:
    accounts = world.office.finance_accounts
    return accounts.update(world.account_id, accounts.draft(accounts.get(world.account_id)))


def _update_transaction(world: World) -> object:
    transactions = world.office.finance_transactions
    return transactions.update(transactions.get(world.transaction_id))


def _rename_cash_box(world: World) -> object:
    box = world.office.cash_boxes.get(world.cash_box_id)
    draft = cash_boxes.CashBoxUpdate(cash_box_name=f"{box.cash_box_name}.", version=box.version or 0)
    return world.office.cash_boxes.rename(world.cash_box_id, draft)


def _update_bank_account(world: World) -> object:
    account_id = world.bank_account_id  # before the version is read: another account moves it
    return world.office.bank_accounts.update(world.contact_id, account_id, world.bank_account_draft())


def _update_integration(world: World) -> object:
    integration = world.office.partner_integration.get()
    draft = organization.IntegrationUpdate(status="ACTIVE", version=integration.version or 0)
    return world.office.partner_integration.update(draft)


def _set_interaction(world: World) -> object:
    status = world.office.invoices.interaction_status(world.invoice_id)
    draft = InteractionStatusDraft(status="accepted", version=status.version)
    return world.office.invoices.set_interaction_status(world.invoice_id, draft)


def _read(name: str, *path: str) -> Calling:
    """A call whose only argument is an id: `_read("articles.get", "article_id")`."""

    def call(world: World) -> object:
        endpoint, method = name.split(".")
        return getattr(getattr(world.office, endpoint), method)(*(getattr(world, each) for each in path))

    return Calling(name, call)


def _plain(name: str) -> Calling:
    """A call without arguments."""
    return _read(name)


def _sales(kind: str, noun: str) -> dict[str, Calling]:
    """All that can be done with a kind of sales document."""
    name = kind.replace("-", "_")

    def endpoint(world: World) -> Any:
        return getattr(world.office, name)

    def create(world: World) -> object:
        if kind == "dunnings":
            return endpoint(world).create(world.dunning_draft(), preceding=world.invoice_id)
        return endpoint(world).create(world.sales_draft(kind))

    mail = Mail(recipients=("kunde@example.com",), subject="Ihr Dokument")
    return {
        f"create{noun}": Calling(f"{name}.create", create),
        f"get{noun}": Calling(f"{name}.get", lambda w: endpoint(w).get(w.document_id(kind))),
        f"render{noun}Document": Calling(f"{name}.document", lambda w: endpoint(w).document(w.document_id(kind))),
        f"download{noun}File": Calling(f"{name}.file", lambda w: _kept(w, f"{name}.file", w.document_id(kind))),
        f"send{noun}ByMail": Calling(f"{name}.send_mail", lambda w: endpoint(w).send_mail(w.document_id(kind), mail)),
    }


CALLS: dict[str, Calling] = {
    # Master data
    "getProfile": _plain("profile.get"),
    "ping": _plain("profile.ping"),
    "listCountries": _plain("countries.list"),
    "listPaymentConditions": _plain("payment_conditions.list"),
    "listPostingCategories": _plain("posting_categories.list"),
    "listPrintLayouts": _plain("print_layouts.list"),
    # Contacts and articles
    "listContacts": _plain("contacts.page"),
    "createContact": Calling("contacts.create", lambda w: w.office.contacts.create(w.contact_draft())),
    "getContact": _read("contacts.get", "contact_id"),
    "updateContact": Calling("contacts.update", _update_contact),
    "listArticles": _plain("articles.page"),
    "createArticle": Calling("articles.create", lambda w: w.office.articles.create(w.article_draft())),
    "getArticle": _read("articles.get", "article_id"),
    "updateArticle": Calling("articles.update", _update_article),
    "deleteArticle": Calling("articles.delete", lambda w: w.office.articles.delete(w.new_article())),
    # Sales documents
    **{id_: each for kind, noun in SALES.items() for id_, each in _sales(kind, noun).items()},
    "getDownPaymentInvoice": _read("down_payment_invoices.get", "down_payment_invoice_id"),
    "downloadDownPaymentInvoiceFile": Calling(
        "down_payment_invoices.file", lambda w: _kept(w, "down_payment_invoices.file", w.down_payment_invoice_id)
    ),
    "getInvoiceInteractionStatus": _read("invoices.interaction_status", "invoice_id"),
    "updateInvoiceInteractionStatus": Calling("invoices.set_interaction_status", _set_interaction),
    "listRecurringTemplates": _plain("recurring_templates.page"),
    "getRecurringTemplate": _read("recurring_templates.get", "recurring_template_id"),
    # Bookkeeping
    "listVoucherlist": Calling("voucherlist.page", lambda w: w.office.voucherlist.page("any", "any")),
    "listVouchers": Calling("vouchers.by_number", lambda w: w.office.vouchers.by_number("RE0001")),
    "createVoucher": Calling("vouchers.create", lambda w: w.office.vouchers.create(w.voucher_draft())),
    "getVoucher": _read("vouchers.get", "voucher_id"),
    "updateVoucher": Calling("vouchers.update", _update_voucher),
    "uploadVoucherFile": Calling("vouchers.attach", lambda w: w.office.vouchers.attach(w.voucher_id, w.picture())),
    "uploadFile": Calling("files.upload", lambda w: w.office.files.upload(w.picture())),
    "uploadMailAttachment": Calling("files.upload_attachment", lambda w: w.office.files.upload_attachment(w.picture())),
    "downloadFile": Calling("files.download", lambda w: _kept(w, "files.download", w.file_id)),
    "getFileStatus": _read("files.status", "file_id"),
    "getFileUploadStatus": _read("files.status", "file_id"),
    "getPayments": _read("payments.get", "invoice_id"),
    # Events
    "listEventSubscriptions": _plain("event_subscriptions.all"),
    "createEventSubscription": Calling(
        "event_subscriptions.create", lambda w: w.office.event_subscriptions.create(w.subscription_draft())
    ),
    "getEventSubscription": _read("event_subscriptions.get", "subscription_id"),
    "deleteEventSubscription": Calling(
        "event_subscriptions.delete", lambda w: w.office.event_subscriptions.delete(w.new_subscription())
    ),
    # Partners
    "getOrganization": _plain("organization.get"),
    "getPartnerIntegration": _plain("partner_integration.get"),
    "updatePartnerIntegration": Calling("partner_integration.update", _update_integration),
    "createTransactionAssignmentHint": Calling(
        "assignment_hints.create", lambda w: w.office.assignment_hints.create(w.hint())
    ),
    "listFinancialAccounts": _plain("finance_accounts.all"),
    "createFinancialAccount": Calling(
        "finance_accounts.create", lambda w: w.office.finance_accounts.create(w.account_draft())
    ),
    "getFinancialAccount": _read("finance_accounts.get", "account_id"),
    "updateFinancialAccount": Calling("finance_accounts.update", _update_account),
    "deleteFinancialAccount": Calling(
        "finance_accounts.delete", lambda w: w.office.finance_accounts.delete(w.new_account())
    ),
    "createFinancialTransactions": Calling(
        "finance_transactions.create", lambda w: w.office.finance_transactions.create([w.transaction_draft()])
    ),
    "getLatestFinancialTransaction": _read("finance_transactions.latest", "account_with_transaction_id"),
    "getFinancialTransaction": _read("finance_transactions.get", "transaction_id"),
    "updateFinancialTransaction": Calling("finance_transactions.update", _update_transaction),
    "deleteFinancialTransaction": Calling(
        "finance_transactions.delete", lambda w: w.office.finance_transactions.delete(w.new_transaction())
    ),
    "listFinancialTransactionAssignments": _read("finance_transactions.assignments", "transaction_id"),
    "listContactBankAccounts": _read("bank_accounts.all", "contact_id"),
    "createContactBankAccount": Calling(
        "bank_accounts.create", lambda w: w.office.bank_accounts.create(w.contact_id, w.bank_account_draft())
    ),
    "getContactBankAccount": _read("bank_accounts.get", "contact_id", "bank_account_id"),
    "updateContactBankAccount": Calling("bank_accounts.update", _update_bank_account),
    "deleteContactBankAccount": Calling(
        "bank_accounts.delete", lambda w: w.office.bank_accounts.delete(w.contact_id, w.new_bank_account())
    ),
    "listCashBoxes": _plain("cash_boxes.all"),
    "createCashBox": Calling("cash_boxes.create", lambda w: w.office.cash_boxes.create(w.cash_box_draft())),
    "getCashBox": _read("cash_boxes.get", "cash_box_id"),
    "updateCashBox": Calling("cash_boxes.rename", _rename_cash_box),
    "deleteCashBox": Calling("cash_boxes.delete", lambda w: w.office.cash_boxes.delete(w.new_cash_box())),
    "listCashBoxBalances": _read("cash_boxes.balances", "cash_box_id"),
    "createCashBoxBalance": Calling(
        "cash_boxes.close_day", lambda w: w.office.cash_boxes.close_day(w.cash_box_id, w.closing())
    ),
    # The authorization server
    "token": Calling("AuthorizationServer.refresh", lambda w: w.refresh()),
    "revoke": Calling("AuthorizationServer.revoke", lambda w: w.revoke()),
}
