"""
Templates of recurring invoices, which can only be read (docs: "Recurring Templates Endpoint"; behaviour.md,
chapter 14).

They are carried out at night, from 3 a.m. in Germany. An invoice names its template, not the other way round.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal
from uuid import UUID

from lexweb.lexware import paging, paths
from lexweb.lexware.api.sales.conditions import PaymentConditions, TaxConditions
from lexweb.lexware.api.sales.line_items import LineItem
from lexweb.lexware.api.sales.parts import Address, TaxAmount, TotalPrice
from lexweb.lexware.paging import Page
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Moment, Shape

PATH = "/v1/recurring-templates"
Sort = Literal["createdDate", "updatedDate", "lastExecutionDate", "nextExecutionDate"]


class RecurringTemplateSettings(Shape):
    """
    When and how invoices are made; days are plain days.

    `finalize` issues and mails them, else they are drafts. Without `start_date` the template is paused.
    `retroactive_invoice`: the first one is about the interval before the start. `execution_interval` is WEEKLY,
    BIWEEKLY, MONTHLY, QUARTERLY, BIANNUALLY or ANNUALLY; `execution_status` ACTIVE, PAUSED or ENDED.
    """

    id: UUID | None = None
    start_date: date | None = None
    end_date: date | None = None
    finalize: bool
    shipping_type: str | None = None
    retroactive_invoice: bool | None = None
    execution_interval: str
    next_execution_date: date | None = None
    last_execution_date: date | None = None
    last_execution_failed: bool | None = None
    last_execution_error_message: str | None = None
    execution_status: str | None = None


class RecurringTemplateRow(Shape):
    """The short form of a template in the list; the address holds contact and name only."""

    id: UUID
    organization_id: UUID | None = None
    title: str | None = None
    created_date: Moment | None = None
    updated_date: Moment | None = None
    address: Address = Address()
    total_price: TotalPrice | None = None
    payment_conditions: PaymentConditions | None = None
    recurring_template_settings: RecurringTemplateSettings


class RecurringTemplate(RecurringTemplateRow):
    """A template as read."""

    version: int
    language: str | None = None
    archived: bool | None = None
    line_items: tuple[LineItem, ...] = ()
    tax_amounts: tuple[TaxAmount, ...] = ()
    tax_conditions: TaxConditions
    introduction: str | None = None
    remark: str | None = None


class RecurringTemplatesEndpoint:
    """Calls about recurring templates."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(
        self,
        number: int = 0,
        size: int = paging.LARGEST,
        *,
        sort: Sort = "updatedDate",
        descending: bool = True,
    ) -> Page[RecurringTemplateRow]:
        """
        Read one page.

        :raises ValueError: the page is impossible; nothing was sent
        """
        query = paging.query(number, size) | {"sort": f"{sort},{'DESC' if descending else 'ASC'}"}
        return self._session.get(PATH, Page[RecurringTemplateRow], query)

    def pages(
        self,
        *,
        start: int = 0,
        size: int = paging.LARGEST,
        sort: Sort = "updatedDate",
        descending: bool = True,
    ) -> Iterator[Page[RecurringTemplateRow]]:
        """Read page after page, each when asked for."""
        return paging.walk(lambda number: self.page(number, size, sort=sort, descending=descending), start=start)

    def get(self, template_id: UUID) -> RecurringTemplate:
        """Read one template."""
        return self._session.get(paths.record(PATH, template_id), RecurringTemplate)
