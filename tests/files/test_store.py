"""Bytes at rest: what goes in comes out, or nothing does."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from lexweb.clients.models import Connection
from lexweb.files import sealing, store, tidying
from lexweb.files.models import Blob, File
from lexweb.uploads.models import Upload
from lexweb.vouchers.models import Submission

pytestmark = pytest.mark.django_db
CHUNK = sealing.CHUNK


def _content(blob: Blob, receipts: Path) -> Path:
    return receipts / blob.key / "content"


def _everything(receipts: Path) -> list[Path]:
    return [path for path in receipts.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 5 * 1024 * 1024])
def test_what_goes_in_comes_out_and_is_not_readable_between(connection: Connection, receipts: Path, size: int) -> None:
    content = (b"Rechnung " * (size // 9 + 1))[:size]

    blob = store.put(connection, [content[at : at + 7000] for at in range(0, size, 7000)], media_type="application/pdf")

    fresh = Blob.objects.get(pk=blob.pk)
    assert store.read(fresh) == content
    assert (fresh.size, fresh.media_type) == (size, "application/pdf")
    assert b"Rechnung" not in _content(blob, receipts).read_bytes()


def test_nobody_else_on_the_machine_may_look(connection: Connection, receipts: Path) -> None:
    path = _content(store.put(connection, [b"x"]), receipts)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent, receipts)} == {0o700}


def _cut(sealed: bytes) -> bytes:
    return sealed[:-1]


def _cut_chunk(sealed: bytes) -> bytes:
    return sealed[: 17 + 2 * (CHUNK + 16)]


def _reordered(sealed: bytes) -> bytes:
    one = 17 + CHUNK + 16
    two = one + CHUNK + 16
    return sealed[:17] + sealed[one:two] + sealed[17:one] + sealed[two:]


def _extended(sealed: bytes) -> bytes:
    return sealed + sealed[-(CHUNK // 2) :]


def _flipped(sealed: bytes) -> bytes:
    return sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:]


def _emptied(sealed: bytes) -> bytes:
    return b""


def _other_version(sealed: bytes) -> bytes:
    return b"\x02" + sealed[1:]


@pytest.mark.parametrize(
    "change",
    [_cut, _cut_chunk, _reordered, _extended, _flipped, _emptied, _other_version],
    ids=lambda each: each.__name__,
)
def test_what_was_altered_is_lost(connection: Connection, receipts: Path, change: Callable[[bytes], bytes]) -> None:
    blob = store.put(connection, [os.urandom(3 * CHUNK)])
    path = _content(blob, receipts)
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(store.Lost):
        store.read(blob)


def test_contents_cannot_be_exchanged(connection: Connection, receipts: Path) -> None:
    one, two = (store.put(connection, [name * 10]) for name in (b"eins", b"zwei"))
    store.derived(one, "text", lambda content: b"eins" * 10)

    shutil.copy(_content(two, receipts), _content(one, receipts))
    with pytest.raises(store.Lost):
        store.read(one)

    shutil.copy(receipts / one.key / "text", _content(one, receipts))  # another object of the same blob
    with pytest.raises(store.Lost):
        store.read(one)

    two.key = one.key  # another row
    with pytest.raises(store.Lost):
        store.read(two)


def test_what_is_missing_is_lost(connection: Connection, receipts: Path) -> None:
    blob = store.put(connection, [b"x"])
    _content(blob, receipts).unlink()

    with pytest.raises(store.Lost):
        store.read(blob)


def test_too_much_leaves_nothing(connection: Connection, receipts: Path) -> None:
    assert store.put(connection, [b"12345"], most=5).size == 5

    with pytest.raises(store.TooLarge):
        store.put(connection, [b"123", b"456"], most=5)

    assert Blob.objects.count() == len(_everything(receipts)) == 1


def test_what_breaks_off_leaves_nothing(
    connection: Connection, receipts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn() -> Iterator[bytes]:
        yield b"x" * 2 * store.IN_MEMORY
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(connection, torn())
    assert not Blob.objects.exists()
    assert not _everything(receipts)

    def refuse(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Blob, "save", refuse)
    with pytest.raises(RuntimeError):
        store.put(connection, [b"x"])
    assert not _everything(receipts)


def test_the_object_is_complete_before_there_is_a_row(
    connection: Connection, receipts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[int] = []
    saved = Blob.save

    def watch(blob: Blob, *args: object, **kwargs: object) -> None:
        there.append(_content(blob, receipts).stat().st_size)
        saved(blob)

    monkeypatch.setattr(Blob, "save", watch)
    store.put(connection, [b"x" * CHUNK * 2])

    assert there == [17 + 2 * (CHUNK + 16)]


def test_drop_takes_all_of_it_on_commit_only(
    connection: Connection, receipts: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    blob = store.put(connection, [b"x"])
    store.derived(blob, "text", lambda content: b"made")

    with django_capture_on_commit_callbacks(execute=True):
        store.drop(blob)
        assert len(_everything(receipts)) == 2
    assert not Blob.objects.exists()
    assert not (receipts / blob.key).exists()

    with django_capture_on_commit_callbacks(execute=True):
        store.drop(blob)


def test_what_is_derived_is_made_once_and_again_if_it_is_lost(connection: Connection, receipts: Path) -> None:
    blob = store.put(connection, [b"abc"])
    asked: list[bytes] = []

    def make(content: bytes) -> bytes:
        asked.append(content)
        return content.upper()

    assert [store.derived(blob, "text", make) for _ in range(2)] == [b"ABC"] * 2
    assert asked == [b"abc"]
    assert b"ABC" not in (receipts / blob.key / "text").read_bytes()

    (receipts / blob.key / "text").write_bytes(b"half a fi")
    assert [store.derived(blob, "text", make) for _ in range(2)] == [b"ABC"] * 2
    assert asked == [b"abc"] * 2
    assert len(_everything(receipts)) == 2


def test_keys_are_rotated_without_touching_the_bytes(
    connection: Connection, receipts: Path, settings: LazySettings
) -> None:
    blob = store.put(connection, [b"abc"])
    before = _content(blob, receipts).read_bytes()
    old, new = settings.TOKEN_KEYS[0], Fernet.generate_key().decode()

    settings.TOKEN_KEYS = [new, old]
    assert store.read(Blob.objects.get()) == b"abc"
    call_command("reseal")

    settings.TOKEN_KEYS = [new]
    assert store.read(Blob.objects.get()) == b"abc"
    assert _content(blob, receipts).read_bytes() == before

    settings.TOKEN_KEYS = [old]
    with pytest.raises(store.Lost):
        store.read(Blob.objects.get())


def test_what_is_looked_at_stays_and_is_noted_once_a_day(connection: Connection, receipts: Path) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=20)):
        blob = store.put(connection, [b"abc"])
    store.read(blob)

    assert timezone.now() - Blob.objects.get().used_at < timedelta(minutes=1)


def test_tidy_drops_what_can_be_fetched_again_and_nothing_else(
    connection: Connection, receipts: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        seen, waiting, of_form, alone = (store.put(connection, [b"x"]) for _ in range(4))
    young = store.put(connection, [b"x"])
    file = File.objects.create(connection=connection, lexware_id=UUID(int=1), voucher_id=UUID(int=2), blob=seen)
    Upload.objects.create(connection=connection, name="a.pdf", blob=waiting, size=1, sha256=waiting.sha256)
    Submission.objects.create(connection=connection, key=UUID(int=3), image=of_form)  # not at Lexware Office yet

    with django_capture_on_commit_callbacks(execute=True):
        assert tidying.tidy() == 2

    assert {*Blob.objects.all()} == {waiting, of_form, young}
    kept = {each.key.split("/")[1] for each in (waiting, of_form, young)}
    assert {path.parent.name for path in _everything(receipts)} == kept
    file.refresh_from_db()
    assert file.blob is None
    assert alone.key


def test_tidy_removes_what_no_row_knows_once_it_is_old(connection: Connection, receipts: Path) -> None:
    kept, lost, torn = (store.put(connection, [b"x"]) for _ in range(3))
    Blob.objects.filter(pk__in=[lost.pk, torn.pk]).delete()
    (receipts / torn.key / "content").unlink()
    assert tidying.tidy() == 0

    yesterday = (timezone.now() - timedelta(days=2)).timestamp()
    for blob in (kept, lost):
        os.utime(_content(blob, receipts), (yesterday, yesterday))
    os.utime(receipts / torn.key, (yesterday, yesterday))

    assert tidying.tidy() == 2
    assert [path.parent.name for path in _everything(receipts)] == [kept.key.split("/")[1]]
    assert not (receipts / torn.key).exists()


def test_another_kind_of_storage_will_do(connection: Connection, settings: LazySettings) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "receipts": memory}
    blob = store.put(connection, [b"abc"] * CHUNK)

    assert store.read(blob) == b"abc" * CHUNK
    assert store.derived(blob, "text", lambda content: content[:1]) == b"a"
    assert tidying.tidy() == 0
