"""Fetching the files of what is to be reviewed before anybody asks, one request at a time."""

import functools

import structlog
from django.db.models import Exists, F, OuterRef

from lexweb.clients import troubles
from lexweb.clients.gateway import Office
from lexweb.clients.models import Connection
from lexweb.clients.steps import Step, Storing
from lexweb.files import fetching, store
from lexweb.files import mirror as files
from lexweb.files.models import File
from lexweb.lexware import errors
from lexweb.vouchers import selectors
from lexweb.vouchers.backfill import must_answer
from lexweb.vouchers.models import TO_REVIEW, Voucher

log = structlog.get_logger(__name__)


def next_step(connection: Connection) -> Step | None:
    """
    Return the next file to fetch, None if all that can be had is here. The newest documents come first.

    Details of what is open or new go before, as they name the files; old ones can wait.
    """
    wanted = selectors.wanted_most(connection)
    if wanted is not None and wanted.wanted > Voucher.Wanted.OLD:
        return None
    file = _next_file(connection)
    return functools.partial(_fetch, file) if file is not None else None


def _next_file(connection: Connection) -> File | None:
    """Return a file of what is to be reviewed: an uploaded one, as drafts of sales documents have none."""
    missing = files.missing(connection).filter(rendered="")
    to_review = Voucher.objects.filter(
        Exists(missing.filter(voucher_id=OuterRef("lexware_id"))),
        connection=connection, archived=False, status__in=TO_REVIEW, file_count__gt=0,
    )  # fmt: skip
    newest = to_review.order_by(F("listed_on").desc(), F("id").desc()).values_list("lexware_id", flat=True).first()
    if newest is None:
        return None
    return missing.filter(voucher_id=newest).select_related("connection").order_by("position").first()


def _fetch(file: File, office: Office, storing: Storing) -> None:
    try:
        fetched = fetching.fetch(office, file)
    except store.TooLarge:
        _pass_over(file, "too_large", storing)
    except (errors.NotFound, errors.Forbidden, errors.PlanRequired, errors.Rejected, errors.Unexpected) as error:
        _pass_over(file, "missing" if isinstance(error, errors.NotFound) else troubles.code_of(error), storing)
    except troubles.Trouble:  # storage or workshop: ours alone, so all else of the client goes on
        _pass_over(file, "unavailable", storing)
    except errors.Unavailable:
        must_answer(office)
        _pass_over(file, "unavailable", storing)
        raise  # so that the worker takes a rest before the next one
    else:
        with storing():
            fetching.keep(file, fetched)


def _pass_over(file: File, problem: str, storing: Storing) -> None:
    log.warning("images.file_skipped", problem=problem)
    with storing():
        files.pass_over(file, problem)
