"""
Thousands of edits of receipts against a Lexware Office that breaks off, slows down, and has other people at work.

In full size: `make soak`, or SOAK=2000 with this test alone.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from lexweb.activity.models import Entry
from lexweb.clients.troubles import Trouble
from lexweb.outbox import services
from lexweb.outbox.models import Item
from lexweb.vouchers import mirror
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import acts, editing, fields, merge
from lexweb.vouchers.writing.wishes import Wish
from tests.outbox.worker import NOW, Worker
from tests.vouchers.receipts import Receipts, category, filled, line, version

MOST_TRIES = 40


class Soak:
    """People and the worker edit the same receipts; `expected` is what has to be there in the end."""

    def __init__(self, receipts: Receipts, worker: Worker, count: int, seed: int = 1) -> None:
        self.receipts, self.worker, self.count = receipts, worker, count
        self.dice = random.Random(seed)  # noqa: S311 — the same edits every time
        self.vouchers = [receipts.unchecked(images=self.dice.randint(1, 3)) for _ in range(max(6, count // 40))]
        self.images = {voucher.pk: list(receipts.there(voucher)["files"]) for voucher in self.vouchers}
        self.remarks: dict[int, str] = {}
        self.read: list[tuple[dict[str, Any], datetime]] = []  # by the back-fill, and not stored yet
        self.met: Counter[str] = Counter()
        self.edits = 0

    def run(self) -> None:
        """Do all edits."""
        doing: list[Callable[[Voucher], None]] = [
            self.edit, self.edit, self.edit, self.in_bulk, self.stranger, self.back_fill,
        ]  # fmt: skip
        while self.edits < self.count:
            self.dice.choice(doing)(self.dice.choice(self.vouchers))
        self.worker.run_to_the_end(most=self.count * 20)

    def edit(self, voucher: Voucher) -> None:
        """A person types, and goes on until it is saved."""
        self.edits += 1
        voucher = self.receipts.again(voucher)
        before = fields.read(voucher.detail.raw)
        remark, rate = f"z{self.edits:05d}", self.dice.choice(["19", "7"])
        amount = {"19": ("119.00", "19.00"), "7": ("107.00", "7.00")}[rate]
        typed = before | filled(f"R-{voucher.pk}", remark=remark, lines=[line(amount[0], rate, amount[1])])
        book = voucher.status == "unchecked" and self.dice.random() < 0.2
        for _ in range(MOST_TRIES):
            try:
                editing.update(voucher, values=typed, version=version(voucher), by=self.receipts.by, book=book)
            except editing.Conflict as conflict:
                self.met["conflict"] += 1
                theirs = fields.read(conflict.voucher.detail.raw)
                typed = merge.three_way(before=before, mine=typed, theirs=theirs).values | {"remark": remark}
                voucher, before = conflict.voucher, theirs
                book = book and voucher.status == "unchecked"
            except editing.Locked as locked:
                if locked.reason != "booked":
                    raise
                voucher, book = self.receipts.again(voucher), False
            except editing.Unconfirmed:
                self.met["unconfirmed"] += 1
            except Trouble as trouble:
                self.met[trouble.code] += 1
            else:
                self.remarks[voucher.pk] = remark
                return
        raise AssertionError("never saved")

    def in_bulk(self, voucher: Voucher) -> None:
        """Several at once through the outbox, some steps of which are done now, the rest later."""
        self.edits += 1
        chosen = category(contactRequired=False, splitAllowed=self.dice.random() < 0.5)
        wish = Wish("category", chosen) if self.dice.random() < 0.7 else Wish("book")
        wanted = [services.Wanted(voucher.target, "x")]
        act = acts.BOOK if wish.change == "book" else acts.CHANGE
        services.put(
            self.receipts.connection, act, wanted, wish=wish.stored, by=self.receipts.by, batch_id=uuid4(), hold=NOW
        )  # fmt: skip
        for _ in range(self.dice.randint(0, 4)):
            try:
                self.worker.step()
            except Trouble as trouble:
                self.met[trouble.code] += 1

    def stranger(self, voucher: Voucher) -> None:
        """Somebody works on it in the web application: types, or adds an image."""
        if self.dice.random() < 0.5:
            number = f"W-{voucher.pk}-{self.dice.randint(1, 9)}"
            self.receipts.change(voucher, voucherNumber=number)
            return
        self.images[voucher.pk].append(self.receipts.add_image(voucher))

    def back_fill(self, voucher: Voucher) -> None:
        """The mirror is told what was read a while ago, and reads anew."""
        for payload, asked_at in self.read:
            mirror.store_detail(self.receipts.connection, "", payload, asked_at=asked_at)
        self.read = []
        try:
            asked_at = timezone.now()
            payload = self.receipts.books.ask(lambda office: office.vouchers.get(voucher.lexware_id).payload())
        except Trouble as trouble:
            self.met[trouble.code] += 1
        else:
            self.read.append((payload, asked_at))

    def wrong(self) -> Iterator[str]:
        """Say what is not as it should be, once the back-fill has seen everything."""
        for voucher in self.vouchers:
            there, here = self.receipts.there(voucher), self.receipts.mirror(str(voucher.lexware_id))
            if there["files"] != self.images[voucher.pk]:
                yield f"{len(self.images[voucher.pk])} images were there, {len(there['files'])} are"
            gone = [
                each for each in self.images[voucher.pk] if self.receipts.organization.shelf("files").get(each) is None
            ]
            if gone:
                yield f"{len(gone)} files are deleted"
            if here.images_lost:
                yield "a false alarm"
            if here.images_owed is not None and here.detail.version > here.owed_version:
                yield "a debt that nobody settled"
            if self.remarks.get(voucher.pk, "") != there.get("remark", ""):
                yield f"remark {there.get('remark')} instead of {self.remarks.get(voucher.pk)}"
        alarms = Entry.objects.filter(kind__in=["voucher.images_lost", "voucher.images_fewer"])
        yield from (f"a false alarm: {entry.kind}" for entry in alarms)
        refused = Item.objects.exclude(state="done").exclude(state="refused", reason__in=["rejected", "booked"])
        yield from (f"an item is {item.state} ({item.reason})" for item in refused)


def misbehave(receipts: Receipts, probability: float) -> None:
    """Break off before and after the deed, slow down, fail to read, let others be faster: each now and then."""
    for kind in ("504_after", "504", "reset", "garbage", "500_after", "429", "foreign_edit"):
        changes: dict[str, Any] = {"shippingDate": None} if kind == "foreign_edit" else {}
        receipts.sandbox.fault(
            kind, path="/v1/vouchers*", method="PUT", probability=probability, count=None, changes=changes
        )  # fmt: skip
    for kind in ("503", "reset", "429"):
        receipts.sandbox.fault(kind, path="/v1/vouchers*", method="GET", probability=probability, count=None)
