"""What people and workers do with files: have them here."""

from contextlib import AbstractContextManager

from lexweb.clients import gateway, troubles
from lexweb.files import fetching, mirror, store
from lexweb.files.models import Blob, File

PASSING = (gateway.NotFound,)


class Gone(Exception):
    """Lexware Office no longer has the file."""


def held(file: File, *, door: gateway.Door | None = None) -> Blob:
    """
    Return the content of a file, read from Lexware Office if it is not here; `file` is as new as it then is.

    What is in it (type, size, hash, pages, e-invoice) is noted. Two at once read it twice, and keep it once. Never
    inside a transaction.

    :param door: to read many files through
    :raises Trouble: it cannot be read now; what is about this file alone is noted as its `problem`
    :raises Gone: it is not there any more
    """
    if file.blob is None:
        try:
            _fetch(file, door)
        except gateway.NotFound as error:
            mirror.pass_over(file, "missing")
            raise Gone from error
        except troubles.Trouble as trouble:
            if trouble.code in mirror.OF_FILES:
                mirror.pass_over(file, trouble.code)
            raise
        _renew(file)
    if file.blob is None:  # it was looked at, and forgotten at once: `lost`
        raise troubles.Trouble("unavailable", file.connection)
    return file.blob


def lost(file: File) -> None:
    """Forget a content that cannot be read here any more (`store.Lost`): `held` reads it anew."""
    File.objects.filter(pk=file.pk, blob=file.blob_id).update(blob=None)
    file.blob = None


def _fetch(file: File, door: gateway.Door | None) -> None:
    opened: AbstractContextManager[gateway.Office] = (
        door.calls(*PASSING) if door else gateway.open_office(file.connection, passing=PASSING)
    )
    with opened as office:
        try:
            fetched = fetching.fetch(office, file)
        except store.TooLarge as error:
            raise troubles.Trouble("too_large", file.connection) from error
    fetching.keep(file, fetched)


def _renew(file: File) -> None:
    """Read the row again: somebody else may have been faster."""
    try:
        file.refresh_from_db()
    except File.DoesNotExist as error:
        raise Gone from error
