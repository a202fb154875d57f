"""Fetching the files of what is to be reviewed before anybody asks."""

import errno
from datetime import date
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import transaction

from lexweb.clients import gateway
from lexweb.files import services
from lexweb.files.models import Blob, File
from lexweb.lexware import errors
from lexweb.sync import engine
from lexweb.vouchers import images
from lexweb.vouchers.models import Voucher
from tests.files.failing import Breakdown
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def to_review(books: Books) -> Books:
    """The books with two documents to review that have an image, their details read, and one that is booked."""
    books.list_all()
    books.store(books.rows(status="unchecked"))  # which ones have an image is different every day
    newest = Voucher.objects.filter(status="unchecked").order_by("-listed_on", "-id")
    waiting = [each for each in newest if _has_image(books, each)][:2]
    booked = books.one("purchaseinvoice", status="open")
    assert len(waiting) == 2
    books.keep_only(*waiting, booked)
    assert books.fill(10) < 10
    return books


def _has_image(books: Books, voucher: Voucher) -> bool:
    record = books.organization.shelf("vouchers").get(str(voucher.lexware_id))
    return bool(record and record.document["files"])


def fetch(books: Books, steps: int = 20) -> int:
    """Do so many steps; return how many there were to do."""
    for done in range(steps):
        step = images.next_step(books.connection)
        if step is None:
            return done
        with gateway.open_office(books.connection, background=True, passing=(errors.LexwareError,)) as office:
            step(office, transaction.atomic)
    return steps


def downloads(books: Books) -> list[str]:
    """Return the paths of the downloads."""
    return [path for path in books.asked() if path.startswith("/v1/files/")]


def held() -> set[str]:
    """Return the states of the documents whose files are here."""
    ids = File.objects.filter(blob__isnull=False).values("voucher_id")
    return set(Voucher.objects.filter(lexware_id__in=ids).values_list("status", flat=True))


def test_only_what_is_to_be_reviewed_is_fetched_one_request_each(to_review: Books) -> None:
    count = File.objects.filter(voucher_id__in=Voucher.objects.filter(status="unchecked").values("lexware_id")).count()
    assert count >= 2

    steps = fetch(to_review)

    assert steps == count == len(downloads(to_review))
    assert held() == {"unchecked"}
    assert not File.objects.filter(blob__isnull=False, media_type="").exists()


def test_the_newest_comes_first(to_review: Books) -> None:
    _first, second = Voucher.objects.filter(status="unchecked").order_by("pk")[:2]
    Voucher.objects.filter(pk=second.pk).update(listed_on=date(2031, 1, 1))

    fetch(to_review, 1)

    assert File.objects.get(blob__isnull=False).voucher_id == second.lexware_id


def test_details_of_what_is_open_go_first_and_old_ones_wait(to_review: Books) -> None:
    booked = to_review.one("purchaseinvoice", status="open")
    for wanted, goes in ((Voucher.Wanted.OPEN, False), (Voucher.Wanted.OLD, True)):
        Voucher.objects.filter(pk=booked.pk).update(wanted=wanted)
        assert (images.next_step(to_review.connection) is not None) is goes


def test_what_is_gone_is_asked_for_once(to_review: Books) -> None:
    for file in File.objects.all():
        to_review.organization.shelf("files").remove(str(file.lexware_id))

    steps = fetch(to_review)

    assert steps == len(downloads(to_review)) >= 2
    assert set(File.objects.exclude(problem="").values_list("problem", flat=True)) == {"missing"}
    assert fetch(to_review) == 0


@pytest.mark.parametrize(("fault", "problem"), [("plan_402", "plan"), ("forbidden_403", "forbidden")])
def test_what_is_forbidden_is_asked_for_once_for_all(to_review: Books, fault: str, problem: str) -> None:
    to_review.sandbox.fault(fault, path="/v1/files/*", count=None)

    assert fetch(to_review) == 1
    assert set(File.objects.filter(rendered="").values_list("problem", flat=True)) == {problem}


def test_a_file_that_breaks_is_left_alone_but_an_outage_is_not_held_against_it(to_review: Books) -> None:
    to_review.sandbox.fault("503", path="/v1/files/*", count=None)
    with pytest.raises(errors.Unavailable):
        fetch(to_review, 1)
    assert File.objects.filter(problem="unavailable").count() == 1

    to_review.sandbox.fault("503", count=None)
    with pytest.raises(errors.Unavailable):
        fetch(to_review, 1)
    assert File.objects.filter(problem="unavailable").count() == 1


def test_nothing_is_kept_when_the_work_is_no_longer_ours(to_review: Books) -> None:
    class Lost(Exception):
        pass

    def storing() -> transaction.Atomic:
        raise Lost

    step = images.next_step(to_review.connection)
    assert step is not None
    with pytest.raises(Lost), gateway.open_office(to_review.connection, background=True) as office:
        step(office, storing)  # type: ignore[arg-type]

    assert not File.objects.filter(blob__isnull=False).exists()


def test_the_worker_does_it_by_itself(to_review: Books) -> None:
    assert "images" in [name for name, _ in engine.SOURCES]
    document = Voucher.objects.filter(status="unchecked")[0].lexware_id
    made_there = File.objects.create(
        connection=to_review.connection, lexware_id=uuid4(), voucher_id=document, rendered="dunnings"
    )

    assert engine.run(to_review.connection.pk, only=["images"])

    assert held() == {"unchecked"}
    made_there.refresh_from_db()
    assert (made_there.blob, made_there.problem) == (None, "")


def test_a_storage_that_fails_holds_up_nothing_else(
    to_review: Books, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    breakdown = Breakdown(settings, monkeypatch)
    breakdown.begin(OSError(errno.ENOSPC, "full"))

    fetch(to_review)

    assert images.next_step(to_review.connection) is None  # until tomorrow, or until somebody opens one
    assert set(File.objects.exclude(problem="").values_list("problem", flat=True)) == {"unavailable"}
    assert not Blob.objects.exists()
    breakdown.mend()
    services.held(File.objects.filter(problem="unavailable").select_related("connection").latest("pk"))
    assert Blob.objects.count() == 1
