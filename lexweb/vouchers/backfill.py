"""Reading what the voucher list does not say, one request at a time, when nothing else is due."""

import functools
from datetime import datetime

import structlog
from django.utils import timezone

from lexweb.clients import mirroring
from lexweb.clients.gateway import Office
from lexweb.clients.models import Connection
from lexweb.clients.steps import Step, Storing
from lexweb.lexware import errors
from lexweb.vouchers import mirror, reading, selectors
from lexweb.vouchers.models import Voucher

log = structlog.get_logger(__name__)


def next_step(connection: Connection) -> Step | None:
    """Return the next detail or payment to read, None if all is here; old details come last of all."""
    detail = selectors.wanted_most(connection)
    if detail is None or detail.wanted == Voucher.Wanted.OLD:
        payment = selectors.payment_wanted(connection)
        if payment is not None:
            return functools.partial(_read_payment, payment)
    return functools.partial(_read_detail, detail) if detail is not None else None


def _read_detail(voucher: Voucher, office: Office, storing: Storing) -> None:
    asked_at = timezone.now()
    try:
        payload = reading.detail(office, voucher.kind, voucher.lexware_id)
    except errors.NotFound:
        with storing():
            mirror.forget(voucher.connection, voucher.lexware_id)
    except (errors.Forbidden, errors.PlanRequired) as error:
        log.warning("backfill.kind_skipped", kind=voucher.kind, error=type(error).__name__)
        with storing():
            mirror.pass_over_kind(voucher)
    except (errors.Rejected, errors.Unexpected, errors.NotReady) as error:
        log.warning("backfill.detail_skipped", kind=voucher.kind, error=type(error).__name__)
        with storing():
            mirror.pass_over(voucher)
    except errors.Unavailable:
        must_answer(office)
        with storing():
            mirror.put_behind(voucher)
        raise  # so that the worker takes a rest before the next one
    else:
        with storing():
            _store(voucher, payload, asked_at)


def _read_payment(voucher: Voucher, office: Office, storing: Storing) -> None:
    asked_at = timezone.now()
    try:
        payload = reading.payment(office, voucher.lexware_id)
    except errors.NotFound:
        with storing():
            mirror.doubt(voucher)
    except (errors.Forbidden, errors.PlanRequired) as error:
        log.warning("backfill.payments_skipped", error=type(error).__name__)
        with storing():
            mirror.pass_over_payments(voucher.connection)
    except (errors.Rejected, errors.Unexpected, errors.NotReady) as error:
        log.warning("backfill.payment_skipped", kind=voucher.kind, error=type(error).__name__)
        with storing():
            mirror.pass_over_payment(voucher)
    except errors.Unavailable:
        must_answer(office)
        with storing():
            mirror.pass_over_payment(voucher)
        raise
    else:
        with storing():
            mirror.store_payment(voucher, payload, asked_at=asked_at)


def _store(voucher: Voucher, payload: mirroring.Payload, asked_at: datetime) -> None:
    try:
        stored = mirror.store_detail(voucher.connection, voucher.kind, payload, asked_at=asked_at)
    except mirroring.Foreign:  # the connection has moved, and the row goes with what it held before
        mirror.pass_over(voucher)
    else:
        if stored.wanted and stored.wanted_at == voucher.wanted_at:  # an old state, or clocks that differ
            mirror.put_behind(voucher)


def must_answer(office: Office) -> None:
    """
    Find out whether a single record breaks, or all of Lexware Office.

    :raises LexwareError: all of it
    """
    office.profile.get()
