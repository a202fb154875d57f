"""
What people do with vouchers in the web application: upload, edit, book, pay, archive. Each tells the subscribers.

The caller holds the state's lock.
"""

from datetime import date
from decimal import Decimal

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import changing, intake, paying, recognition, shape, telling
from lexweb.sandbox.web import Json

READ_ONLY = ("voucherStatus", "version")


def upload(state: State, organization: Organization, name: str, content: bytes) -> Record:
    """
    Take a receipt in, as an upload through the API does; returns the file with its ``voucherId``.

    :raises files.storing.Unacceptable: the file is refused
    """
    return intake.receive(state, organization, name, content)


def edit(state: State, organization: Organization, voucher_id: str, changes: Json) -> Record:
    """
    Change members of a voucher, which keeps its files and its status; None takes a member away.

    :raises LookupError: there is no such voucher
    :raises changing.Invalid: the result breaks rules
    :raises shaping.Malformed: a member has the wrong type
    """
    record = _found(state, organization, voucher_id)
    return changing.replace(state, organization, record, _draft(record, changes))


def book(state: State, organization: Organization, voucher_id: str, changes: Json | None = None) -> Record:
    """
    Check an unchecked voucher, with what is still missing in ``changes``, and book it.

    :raises LookupError: there is no such voucher
    :raises changing.Invalid: the result breaks rules, or the voucher is not unchecked
    :raises shaping.Malformed: a member has the wrong type
    """
    record = _found(state, organization, voucher_id)
    draft = _draft(record, changes or {}) | {"voucherStatus": "open"}
    return changing.replace(state, organization, record, draft)


def pay(
    state: State,
    organization: Organization,
    voucher_id: str,
    amount: Decimal | None = None,
    *,
    on: date | None = None,
    kind: str = "manualPayment",
) -> Record:
    """
    Note a payment: of all that is open, today, by hand, if nothing else is said.

    :raises LookupError: there is no such voucher
    :raises ValueError: it is not open, or more would be paid than is
    """
    record = _found(state, organization, voucher_id)
    left = paying.open_amount(record)
    if record.document["voucherStatus"] not in {"open", "sepadebit"} or not left:
        raise ValueError("only what is open can be paid")
    if not Decimal(0) < (amount or left) <= left:
        raise ValueError(f"more than 0 and at most {left} can be paid")
    before = record.document["voucherStatus"]
    day, now = on or state.clock.today(), state.clock.stamp()
    record = organization.shelf("vouchers").put(paying.with_payment(record, amount or left, day, kind, now))
    telling.paid(state, organization, voucher_id, status=record.document["voucherStatus"] != before)
    return record


def archive(state: State, organization: Organization, voucher_id: str, *, archived: bool = True) -> Record:
    """
    Put a voucher away, or take it back. Only the voucher list shows it.

    :raises LookupError: there is no such voucher
    """
    record = _found(state, organization, voucher_id).changed({}, state.clock.stamp()).with_hidden(archived=archived)
    organization.shelf("vouchers").put(record)
    telling.changed(state, organization, voucher_id, status=False)
    return record


def _found(state: State, organization: Organization, voucher_id: str) -> Record:
    record = recognition.settle(state, organization).get(voucher_id)
    if record is None:
        raise LookupError(voucher_id)
    return record


def _draft(record: Record, changes: Json) -> Json:
    body = {name: value for name, value in (record.document | changes).items() if name not in READ_ONLY}
    return shape.shaped(body)
