"""Which addresses the API has, with which methods."""

import re
from itertools import chain

from lexweb.sandbox.api import (
    articles,
    assignment_hints,
    bank_accounts,
    cash_boxes,
    contacts,
    event_subscriptions,
    files,
    finance_accounts,
    finance_transactions,
    mailing,
    master_data,
    organization,
    partner_integrations,
    payments,
    posting_categories,
    recurring_templates,
    sales,
    sales_settings,
    voucherlist,
    vouchers,
)
from lexweb.sandbox.api.actions import Action

RESOURCES = (
    contacts,
    master_data,
    files,
    payments,
    posting_categories,
    voucherlist,
    vouchers,
    assignment_hints,
    bank_accounts,
    cash_boxes,
    event_subscriptions,
    finance_accounts,
    finance_transactions,
    organization,
    partner_integrations,
    articles,
    mailing,
    recurring_templates,
    sales,
    sales_settings,
)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))


# Fixed addresses stand before those with parts, such as /latest-transaction before /{transaction_id}.
_EVERY = sorted(chain.from_iterable(each.ROUTES.items() for each in RESOURCES), key=lambda route: "{" in route[0])
ROUTES = tuple((_pattern(path), actions) for path, actions in _EVERY)


def find(path: str) -> tuple[dict[str, Action], dict[str, str]] | None:
    """The actions at an address, and the named parts of it."""
    for pattern, actions in ROUTES:
        if match := pattern.fullmatch(path):
            return actions, match.groupdict()
    return None
