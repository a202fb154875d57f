"""
Documents that are perhaps there twice.

Candidates come from three indexes, so that it takes the same time with a million documents; likeness.py decides.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from lexweb.clients.models import Connection
from lexweb.einvoice import Invoice
from lexweb.files.models import File
from lexweb.firm.models import Staff
from lexweb.vouchers.duplicates import likeness, matching, names, numbers
from lexweb.vouchers.duplicates.likeness import CREDITS, ISSUED, NEAR_DAYS, PURCHASES, SALES, Facts, Reason
from lexweb.vouchers.models import TO_REVIEW, Distinct, Voucher

__all__ = ["Reason", "Twin", "of_file", "of_voucher"]
DEAD = ("voided",)
MOST = 100  # candidates; what there is more of is usual anyway
COMPARED = (
    "kind", "status", "number", "voucher_on", "contact_id", "contact_name", "total_amount", "currency", "archived",
)  # fmt: skip


@dataclass(frozen=True)
class Twin:
    """A document that is perhaps the same as the one asked about; the strongest reason first."""

    voucher: Voucher
    reasons: tuple[Reason, ...]


def of_voucher(voucher: Voucher) -> list[Twin]:
    """Return what a document is perhaps a duplicate of, the likeliest first; never what a person said is distinct."""
    found = _twins(voucher.connection, _facts(voucher), but=voucher)
    distinct = _distinct_from(voucher) if found else set()
    return [twin for twin in found if twin.voucher.lexware_id not in distinct]


def of_file(connection: Connection, sha256: str, invoice: Invoice | None = None) -> list[Twin]:
    """Return the documents that a new file is perhaps already at, by its content or by the invoice in it."""
    known = Facts(kinds=frozenset(), hashes=frozenset({sha256}) if sha256 else frozenset())
    if invoice is None:
        return _twins(connection, known)
    gross = invoice.totals.gross
    known = replace(
        known, number=invoice.number, amount=abs(gross) if gross else gross, currency=invoice.currency,
        on=invoice.issued_on, credit=matching.is_credit(invoice),
    )  # fmt: skip
    bought = replace(known, kinds=PURCHASES, supplier=names.fold(invoice.seller.name or invoice.seller.legal_name))
    buyer = names.fold(invoice.buyer.name or invoice.buyer.legal_name)
    sold = replace(known, kinds=SALES, supplier=buyer, hashes=frozenset())
    found: dict[int, Twin] = {}
    for twin in (*_twins(connection, bought), *_twins(connection, sold)):
        reasons = {*twin.reasons, *(found[twin.voucher.pk].reasons if twin.voucher.pk in found else ())}
        found[twin.voucher.pk] = Twin(twin.voucher, tuple(reason for reason in Reason if reason in reasons))
    return _best(found.values())


def judge(connection: Connection, vouchers: Collection[Voucher]) -> None:
    """Keep `Voucher.suspect`: true for what is to be reviewed and perhaps a duplicate."""
    for voucher in vouchers:
        voucher.connection = connection
        _note(voucher, suspect=to_review(voucher) and bool(of_voucher(voucher)))


def touched(connection: Connection, vouchers: Iterable[Voucher]) -> None:
    """Judge documents that have changed (or whose files were looked into), and those to review that look like them."""
    for voucher in vouchers:
        voucher.connection = connection
        found = of_voucher(voucher)
        _note(voucher, suspect=to_review(voucher) and bool(found))
        judge(connection, reviewed(found))


def follow(earlier: Voucher | None, voucher: Voucher) -> None:
    """
    Judge a document that was stored anew, and what is to be reviewed and looks like it, or did before.

    :param earlier: as it was before, None if it is new
    """
    changed = earlier is None or any(getattr(earlier, name) != getattr(voucher, name) for name in COMPARED)
    if not changed and not to_review(voucher):
        return  # as most of the millions that the back-fill reads
    resembled = reviewed(of_voucher(earlier)) if earlier and changed else []
    touched(voucher.connection, [voucher])
    judge(voucher.connection, resembled)


def reviewed(twins: Iterable[Twin]) -> list[Voucher]:
    """Return those of the documents that are in the review queue."""
    return [twin.voucher for twin in twins if to_review(twin.voucher)]


def to_review(voucher: Voucher) -> bool:
    """Say whether it is in the review queue."""
    return voucher.status in TO_REVIEW and not voucher.archived


def set_distinct(a: Voucher, b: Voucher, *, by: Staff) -> bool:
    """Remember that two documents of an account are not the same; say whether that is new."""
    with transaction.atomic():
        _pair, new = Distinct.objects.get_or_create(**_pair_of(a, b), defaults={"staff": by})
        judge(a.connection, [a, b])
    return new


def unset_distinct(a: Voucher, b: Voucher) -> bool:
    """Take `set_distinct` back; say whether there was anything to take back."""
    with transaction.atomic():
        gone = Distinct.objects.filter(**_pair_of(a, b)).delete()[0]
        judge(a.connection, [a, b])
    return bool(gone)


def are_distinct(a: Voucher, b: Voucher) -> Distinct | None:
    """Return what a person has said about the two, None if nobody has."""
    return Distinct.objects.select_related("staff").filter(**_pair_of(a, b)).first()


def reasons(a: Voucher, b: Voucher) -> tuple[Reason, ...]:
    """Return why two documents look like the same, whatever a person said about it."""
    return next((twin.reasons for twin in _twins(a.connection, _facts(a), but=a) if twin.voucher.pk == b.pk), ())


def _facts(voucher: Voucher) -> Facts:
    kinds: frozenset[str] = PURCHASES if voucher.kind in PURCHASES else SALES if voucher.kind in SALES else frozenset()
    files = File.objects.filter(connection=voucher.connection_id, voucher_id=voucher.lexware_id).exclude(sha256="")
    if voucher.status in DEAD:
        kinds = frozenset()
    return Facts(
        kinds=kinds - ISSUED if voucher.kind in ISSUED else kinds,
        number=voucher.number,
        amount=voucher.total_amount,
        currency=voucher.currency,
        on=voucher.voucher_on,
        contact_id=voucher.contact_id,
        supplier=likeness.supplier_of(voucher),
        credit=voucher.kind in CREDITS,
        hashes=frozenset(files.values_list("sha256", flat=True)),
    )


def _twins(connection: Connection, facts: Facts, but: Voucher | None = None) -> list[Twin]:
    all_of_it = Voucher.objects.filter(connection=connection)
    if but is not None:
        all_of_it = all_of_it.exclude(pk=but.pk)
    same_file = {voucher.pk: voucher for voucher in _with_files(all_of_it, connection, facts.hashes)}
    others = _candidates(all_of_it.exclude(status__in=DEAD), facts) if facts.kinds else {}
    usual = likeness.usual_at(facts, others.values())
    found = []
    for pk, other in (others | same_file).items():
        why = [Reason.HASH] if pk in same_file else []
        why += likeness.reasons(facts, other, usual) if pk in others else []
        if why:
            found.append(Twin(other, tuple(why)))
    return _best(found)


def _best(twins: Iterable[Twin]) -> list[Twin]:
    order = list(Reason)
    return sorted(twins, key=lambda twin: (order.index(twin.reasons[0]), -len(twin.reasons), -twin.voucher.pk))


def _with_files(among: QuerySet[Voucher], connection: Connection, hashes: frozenset[str]) -> Iterable[Voucher]:
    if not hashes:
        return ()
    owners = File.objects.filter(connection=connection, sha256__in=hashes).values_list("voucher_id", flat=True)
    ids = set(owners[:MOST])
    return among.filter(lexware_id__in=ids) if ids else ()


def _candidates(among: QuerySet[Voucher], facts: Facts) -> dict[int, Voucher]:
    """Return what has a number that looks alike, or the same amount at about the same time."""
    among, found = among.filter(kind__in=facts.kinds), dict[int, Voucher]()
    key = numbers.key(facts.number)
    if key:
        found |= {voucher.pk: voucher for voucher in among.filter(number_key=key)[:MOST]}
    if facts.amount and facts.on:
        first, last = facts.on - NEAR_DAYS, facts.on + NEAR_DAYS
        same = among.filter(total_amount=facts.amount, voucher_on__range=(first, last))
        found |= {voucher.pk: voucher for voucher in same[:MOST]}
    return found


def _note(voucher: Voucher, *, suspect: bool) -> None:
    if voucher.suspect != suspect:
        Voucher.objects.filter(pk=voucher.pk).update(suspect=suspect)
        voucher.suspect = suspect


def _distinct_from(voucher: Voucher) -> set[UUID]:
    mine = Q(first_id=voucher.lexware_id) | Q(second_id=voucher.lexware_id)
    pairs = Distinct.objects.filter(mine, connection=voucher.connection_id).values_list("first_id", "second_id")
    return {each for pair in pairs for each in pair} - {voucher.lexware_id}


def _pair_of(a: Voucher, b: Voucher) -> dict[str, object]:
    first, second = sorted((a.lexware_id, b.lexware_id))
    return {"connection_id": a.connection_id, "first_id": first, "second_id": second}
