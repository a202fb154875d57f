"""
A ZIP of files that is never whole in memory: each file is read when its turn comes, and fetched if it is not here.

What cannot be had does not end the archive: the index, which comes last, says why.
"""

from collections.abc import Generator, Iterable

import structlog
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from zipstream import ZIP_STORED, ZipStream

from lexweb.clients import gateway, troubles
from lexweb.clients.models import Connection
from lexweb.files import naming, services, store
from lexweb.files.mirror import OF_FILES, REFUSED
from lexweb.files.models import Blob, File
from lexweb.vouchers.files.index import Index
from lexweb.vouchers.files.listing import Entry
from lexweb.vouchers.kinds import kind_text

log = structlog.get_logger(__name__)

MOST = 2_000  # files in one archive: at two a second, a quarter of an hour
PER_SECOND = 2  # of what has to be fetched
TRIES = 3  # in a row that fail, before nobody is asked any more
ALL = "*"


class Unreadable(Exception):
    """A file that cannot be had; the text says why."""


def stream(connection: Connection, entries: Iterable[Entry], *, language: str) -> Generator[bytes]:
    """Yield the archive bit by bit; it is stored, not compressed, as PDF and pictures are that already."""
    archive, names, index = ZipStream(compress_type=ZIP_STORED), naming.Names(), Index()
    reader = Reader(connection)
    try:
        for entry in entries:
            with translation.override(language):
                name = _take(archive, names, index, reader, entry)
            if name:
                yield from archive.file()
    finally:
        reader.close()
    with translation.override(language):
        archive.add(index.content(), names.unique(_("Index"), ".csv"))
    yield from archive.finalize()
    log.info("archive.sent", connection=connection.pk, files=index.count, missing=index.missing)


def seconds(absent: int) -> int:
    """Return how long it takes to fetch so many files."""
    return -(-absent // PER_SECOND)


def file_name(connection: Connection) -> str:
    """Return the name of the archive."""
    client = connection.client
    return f"{naming.part(client.name) or client.slug}_{timezone.localdate().isoformat()}.zip"


def stem(entry: Entry) -> str:
    """Return what a file is called in the archive, without its ending: 2026-03-14_RE-104_Muster-GmbH_119,00."""
    voucher = entry.voucher
    total = voucher.total_amount
    parts = [
        voucher.listed_on.isoformat(),
        naming.part(voucher.number, most=40) or naming.part(kind_text(voucher.kind), most=40),
        naming.part(voucher.contact_name, most=50),
        formats.number_format(total, decimal_pos=2, use_l10n=True) if total is not None else "",
    ]
    return naming.safe("_".join(part for part in parts if part))


def _take(archive: ZipStream, names: naming.Names, index: Index, reader: "Reader", entry: Entry) -> str:
    """Put a file into the archive and the index; return its name, "" if it is not in the archive."""
    try:
        content = reader.read(entry.file)
    except Unreadable as problem:
        index.add(entry, "", str(problem))
        return ""
    name = names.unique(stem(entry), naming.ending(entry.file.media_type))
    archive.add(content, name)
    index.add(entry, name)
    return name


class Reader:
    """Reads one file after the other; asks Lexware Office no more once that makes no sense."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._door: gateway.Door | None = None
        self._failures = 0
        self._reasons: dict[str, str] = {}  # why no more files that this resource renders are fetched; ALL: none at all

    def read(self, file: File) -> bytes:
        """
        Return the content.

        :raises Unreadable: it cannot be had
        """
        file.connection = self._connection
        for _again in range(2):
            blob = file.blob or self._fetched(file)
            try:
                return store.read(blob)
            except store.Lost:
                services.lost(file)
            except store.Unavailable as trouble:
                raise Unreadable(str(trouble.words.title)) from trouble
        raise Unreadable(_("Its content cannot be read here."))

    def close(self) -> None:
        """Close the connections."""
        if self._door is not None:
            self._door.close()

    def _fetched(self, file: File) -> Blob:
        if reason := self._reasons.get(ALL) or self._reasons.get(file.rendered):
            raise Unreadable(reason)
        try:
            if self._door is None:
                self._door = gateway.Door(self._connection, background=True)
            blob = services.held(file, door=self._door)
        except services.Gone:
            raise Unreadable(_("Lexware Office no longer has it.")) from None
        except troubles.Trouble as trouble:
            self._note(trouble, file)
            raise Unreadable(str(trouble.words.title)) from trouble
        self._failures = 0
        return blob

    def _note(self, trouble: troubles.Trouble, file: File) -> None:
        """Give up when it will not pass, or does not."""
        title = str(trouble.words.title)
        if trouble.code in REFUSED:
            self._reasons[file.rendered] = title
        elif trouble.code in OF_FILES:
            self._failures = 0
        elif not trouble.words.passes or self._failures + 1 >= TRIES:
            self._reasons[ALL] = title
        else:
            self._failures += 1
