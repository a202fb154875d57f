"""The storage is full, read-only, or away: nothing is taken for lost."""

import errno
from pathlib import Path

import pytest
from django.conf import LazySettings
from pytest_django import DjangoCaptureOnCommitCallbacks

from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.files import store
from lexweb.files.models import Blob
from tests.files.failing import Breakdown

pytestmark = pytest.mark.django_db
each_way = pytest.mark.parametrize(
    "problem",
    [OSError(errno.ENOSPC, "full"), PermissionError(errno.EACCES, "no"), RuntimeError("bucket")],
    ids=["full", "read-only", "away"],
)


@pytest.fixture
def breakdown(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Breakdown:
    """A storage that can fail."""
    return Breakdown(settings, monkeypatch)


@each_way
def test_what_cannot_be_stored_leaves_nothing(connection: Connection, breakdown: Breakdown, problem: Exception) -> None:
    breakdown.begin(problem)

    with pytest.raises(Trouble) as caught:
        store.put(connection, [b"x"])

    assert caught.value.code == "storage"
    assert not Blob.objects.exists()


@each_way
def test_what_cannot_be_reached_is_not_lost(connection: Connection, breakdown: Breakdown, problem: Exception) -> None:
    blob = store.put(connection, [b"x"])
    breakdown.begin(problem)

    with pytest.raises(store.Unavailable):
        store.read(blob)
    with pytest.raises(store.Unavailable):
        store.derived(blob, "text", lambda content: content)

    breakdown.mend()
    assert store.read(blob) == b"x"


@each_way
def test_what_cannot_be_erased_now_goes_later(
    connection: Connection,
    breakdown: Breakdown,
    problem: Exception,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    blob = store.put(connection, [b"x"])
    breakdown.begin(problem)

    with django_capture_on_commit_callbacks(execute=True):
        store.drop(blob)

    assert not Blob.objects.exists()


def test_a_disk_that_answers_nonsense(connection: Connection, receipts: Path) -> None:
    blob = store.put(connection, [b"x"])
    content = receipts / blob.key / "content"
    content.unlink()
    content.mkdir()

    with pytest.raises(store.Unavailable):
        store.read(blob)
