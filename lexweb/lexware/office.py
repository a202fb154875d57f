"""
One client's Lexware Office.

    with Office(base_url="https://api.lexware.io", credentials=ApiKey(key), pace=NoPace()) as office:
        contact = office.contacts.get(contact_id)

Inside lexweb, only `clients/gateway.py` opens one (docs: "Lexware Office API Documentation", introduction).
"""

import time
from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import Self

from lexweb.lexware import capabilities
from lexweb.lexware._http import DEFAULT_TIMEOUTS, Exchange, Sender, Timeouts, Transport
from lexweb.lexware.api.articles import ArticlesEndpoint
from lexweb.lexware.api.contacts import ContactsEndpoint
from lexweb.lexware.api.countries import CountriesEndpoint
from lexweb.lexware.api.event_subscriptions import SubscriptionsEndpoint
from lexweb.lexware.api.files import FilesEndpoint
from lexweb.lexware.api.partner.assignment_hints import HintsEndpoint
from lexweb.lexware.api.partner.bank_accounts import BankAccountsEndpoint
from lexweb.lexware.api.partner.cash_boxes import CashBoxesEndpoint
from lexweb.lexware.api.partner.finance import AccountsEndpoint, TransactionsEndpoint
from lexweb.lexware.api.partner.organization import IntegrationEndpoint, OrganizationEndpoint
from lexweb.lexware.api.payment_conditions import PaymentConditionsEndpoint
from lexweb.lexware.api.payments import PaymentsEndpoint
from lexweb.lexware.api.posting_categories import PostingCategoriesEndpoint
from lexweb.lexware.api.print_layouts import PrintLayoutsEndpoint
from lexweb.lexware.api.profile import Ping, ProfileEndpoint
from lexweb.lexware.api.raw import RawAnswer, RawCall, send
from lexweb.lexware.api.recurring_templates import RecurringTemplatesEndpoint
from lexweb.lexware.api.sales.credit_notes import CreditNotesEndpoint
from lexweb.lexware.api.sales.delivery_notes import DeliveryNotesEndpoint
from lexweb.lexware.api.sales.down_payment_invoices import DownPaymentInvoicesEndpoint
from lexweb.lexware.api.sales.dunnings import DunningsEndpoint
from lexweb.lexware.api.sales.invoices import InvoicesEndpoint
from lexweb.lexware.api.sales.order_confirmations import OrderConfirmationsEndpoint
from lexweb.lexware.api.sales.quotations import QuotationsEndpoint
from lexweb.lexware.api.voucherlist import VoucherListEndpoint
from lexweb.lexware.api.vouchers import VouchersEndpoint
from lexweb.lexware.capabilities import Capabilities
from lexweb.lexware.credentials import ApiKey, Credentials
from lexweb.lexware.pacing import NoPace, Pace
from lexweb.lexware.session import Session

__all__ = ["ApiKey", "Credentials", "Exchange", "NoPace", "Office", "Pace", "Timeouts"]

BASE_URL = "https://api.lexware.io"


class Office:
    """One connection's API, one member per endpoint family. Belongs to one thread; use it in a `with`."""

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        credentials: Credentials,
        pace: Pace,
        timeout: Timeouts = DEFAULT_TIMEOUTS,
        patience: float = 20,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        on_exchange: Callable[[Exchange], None] | None = None,
        transport: Transport | None = None,
    ) -> None:
        """
        :param base_url: without `/v1`
        :param patience: seconds after which a call starts no further attempt, see `retry.Patience`
        :param on_exchange: told of every request sent, for logs and counters; must not raise
        :param transport: for tests, instead of the network
        """
        self._sender = Sender(base_url, timeout=timeout, transport=transport, on_exchange=on_exchange)
        session = Session(self._sender, credentials=credentials, pace=pace, patience=patience, sleep=sleep, clock=clock)
        self._session, self._credentials = session, credentials
        self.contacts = ContactsEndpoint(session)
        self.countries = CountriesEndpoint(session)
        self.event_subscriptions = SubscriptionsEndpoint(session)
        self.organization = OrganizationEndpoint(session)
        self.partner_integration = IntegrationEndpoint(session)
        self.finance_accounts = AccountsEndpoint(session)
        self.finance_transactions = TransactionsEndpoint(session)
        self.bank_accounts = BankAccountsEndpoint(session)
        self.cash_boxes = CashBoxesEndpoint(session)
        self.assignment_hints = HintsEndpoint(session)
        self.profile = ProfileEndpoint(session)
        self.articles = ArticlesEndpoint(session)
        self.print_layouts = PrintLayoutsEndpoint(session)
        self.payment_conditions = PaymentConditionsEndpoint(session)
        self.recurring_templates = RecurringTemplatesEndpoint(session)
        self.voucherlist = VoucherListEndpoint(session)
        self.invoices = InvoicesEndpoint(session, self.voucherlist)
        self.down_payment_invoices = DownPaymentInvoicesEndpoint(session, self.voucherlist)
        self.credit_notes = CreditNotesEndpoint(session, self.voucherlist)
        self.quotations = QuotationsEndpoint(session, self.voucherlist)
        self.order_confirmations = OrderConfirmationsEndpoint(session, self.voucherlist)
        self.delivery_notes = DeliveryNotesEndpoint(session, self.voucherlist)
        self.dunnings = DunningsEndpoint(session, self.voucherlist)
        self.vouchers = VouchersEndpoint(session, self.voucherlist)
        self.files = FilesEndpoint(session)
        self.payments = PaymentsEndpoint(session)
        self.posting_categories = PostingCategoriesEndpoint(session)

    def raw(self, call: RawCall) -> RawAnswer:
        """Send a call made by hand, once, and return the answer whatever it says; see `api/raw.py`."""
        return send(self._session, call)

    @cached_property
    def capabilities(self) -> Capabilities:
        """What this connection may do; the profile is read once for it."""
        return capabilities.of(self._credentials, self.profile.get())

    def ping(self) -> Ping:
        """Ask whether the token works."""
        return self.profile.ping()

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
