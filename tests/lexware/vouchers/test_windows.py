"""More than 10,000 rows: all of them, each once, also while they move."""

from datetime import date, timedelta

import pytest

from lexweb.lexware import errors
from lexweb.lexware.office import ApiKey, NoPace, Office
from tests.lexware.vouchers.listing import Listing, moment, row, rows, serve


@pytest.fixture
def serving():
    opened = []

    def start(given, meddle=None):
        listing = Listing(given)
        server = serve(listing)
        server.__enter__()
        office = Office(listing.url, credentials=ApiKey("k"), pace=NoPace())
        opened.append((server, office))
        if meddle:
            listing.meddle = lambda number: meddle(listing, number)
        return office, listing

    yield start
    for server, office in opened:
        office.close()
        server.__exit__(None, None, None)


def read(windows):
    return [str(each.id) for page in windows for each in page]


def ids(given):
    return {each["id"] for each in given}


@pytest.mark.parametrize(
    ("per_day", "requests"),
    [
        ([], 1),
        ([3], 1),
        ([9_999], 40),
        ([2_500] * 5, 2 + 30 + 20),  # 12,500: the cut, three days, and two days more
        ([100, 9_000, 50, 9_000, 9_000], None),
        ([40] * 300, None),
    ],
)
def test_all_rows_come_once_oldest_first(serving, per_day, requests):
    office, listing = serving(rows(per_day))
    windows = office.voucherlist.everything("any", "any")
    found = read(windows)
    assert len(found) == len(set(found)) == windows.report.rows
    assert found == [each["id"] for each in listing.rows]
    assert windows.report.whole
    assert requests is None or len(listing.asked) == requests


def test_halving_would_ask_more_often(serving):
    """Two requests per cut are all that is lost: 28,000 rows are 112 pages."""
    office, listing = serving(rows([40] * 700))
    read(office.voucherlist.everything("any", "any"))
    assert len(listing.asked) <= 112 + 2 * 2 + 3


def test_the_filters_of_the_caller_stay(serving):
    given = rows([6_000] * 4)
    office, listing = serving(given)
    first, last = date(2026, 3, 21), date(2026, 3, 22)
    windows = office.voucherlist.everything(
        ["salesinvoice"], "open", created_date_from=first, created_date_to=last, archived=False
    )
    assert read(windows) == [each["id"] for each in given[6_000:18_000]]
    assert {query["archived"] for query in listing.asked} == {"false"}
    assert {query["voucherType"] for query in listing.asked} == {"salesinvoice"}
    assert {query["sort"] for query in listing.asked} == {"createdDate,ASC"}


def test_a_day_with_too_many_is_told_and_the_rest_comes(serving):
    given = rows([100, 10_400, 100])
    office, _ = serving(given)
    windows = office.voucherlist.everything("any", "any")
    found = read(windows)
    assert len(found) == len(set(found)) == 10_200
    assert ids(given[:100]) | ids(given[-100:]) <= set(found)
    assert windows.report.overfull == [date(2026, 3, 21)]
    assert not windows.report.whole


def test_only_one_day_and_too_many(serving):
    office, _ = serving(rows([12_000]))
    windows = office.voucherlist.everything("any", "any", created_date_to=date(2026, 3, 20))
    assert len(read(windows)) == 10_000
    assert windows.report.overfull == [date(2026, 3, 20)]


def test_a_row_that_leaves_takes_none_along(serving):
    given = rows([500, 500])
    kept = ids(given) - ids(given[5:6])
    office, _ = serving(given, lambda listing, number: listing.rows.remove(given[5]) if number == 2 else None)
    windows = office.voucherlist.everything("any", "any")
    found = read(windows)
    assert kept <= set(found)
    assert len(found) == len(set(found))
    assert windows.report.whole


def test_a_row_that_comes_in_between_is_met(serving):
    given = rows([500, 500])
    newer = row(moment(given[100]))
    office, _ = serving(given, lambda listing, number: listing.add(newer) if number == 2 else None)
    windows = office.voucherlist.everything("any", "any")
    found = read(windows)
    assert ids(given) | {newer["id"]} == set(found)
    assert len(found) == len(set(found))
    assert windows.report.repeats > 0


def test_rows_that_are_added_while_we_read_come_last(serving):
    given = rows([6_000, 6_000])
    later = row(moment(given[-1]) + timedelta(days=3))
    office, _ = serving(given, lambda listing, number: listing.add(later) if number == 9 else None)
    assert read(office.voucherlist.everything("any", "any"))[-1] == later["id"]


def test_rows_that_never_rest_are_told(serving):
    given = rows([700])
    office, listing = serving(given, lambda listing, number: listing.rows.pop(0))
    windows = office.voucherlist.everything("any", "any")
    read(windows)
    assert windows.report.restless == [(None, None)]
    assert len(listing.asked) == 9  # three readings of three pages, not for ever


def test_rows_that_cannot_be_read_are_counted(serving):
    given = rows([300])
    del given[7]["currency"]
    office, _ = serving(given)
    windows = office.voucherlist.everything("any", "any")
    assert len(read(windows)) == 299
    assert windows.report.misfits == 1
    assert not windows.report.whole


@pytest.mark.parametrize("ignored", ["createdDateFrom", "sort"])
def test_a_list_that_does_not_listen_is_not_walked_for_ever(serving, ignored):
    office, listing = serving(rows([6_000] * 3))
    answer = listing.answer

    def deaf(query):
        page = answer({name: value for name, value in query.items() if name != ignored})
        if ignored == "sort":
            page["content"].reverse()
            if query["page"] == "39":
                page["content"] = answer(query | {"page": "0"})["content"]
            elif query["page"] == "0":
                page["content"] = answer(query | {"page": "39"})["content"]
        return page

    listing.answer = deaf
    with pytest.raises(errors.Unexpected, match="ignores its filters" if ignored != "sort" else "not sorted"):
        read(office.voucherlist.everything("any", "any"))
