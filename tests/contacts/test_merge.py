"""Three versions of a contact become one: nothing that anybody changed is lost."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lexweb.contacts import fields, merge

NAMES = [field.name for field in fields.FIELDS]
VALUE = st.sampled_from(["", "a", "b", "c"])
VERSION = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUE))
FEW = st.fixed_dictionaries(dict.fromkeys(NAMES[:6], VALUE))


def _three(before: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> merge.Merge:
    return merge.three_way(before=before, mine=mine, theirs=theirs)


def _collisions(merged: merge.Merge) -> set[str]:
    return {difference.name for difference in merged.collisions}


@given(VERSION, VERSION, VERSION)
def test_no_change_is_lost(before: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = _three(before, mine, theirs)

    for name in NAMES:
        if mine[name] != before[name]:
            assert merged.values[name] == mine[name]
        else:
            assert merged.values[name] == theirs[name]
        both = before[name] not in (mine[name], theirs[name])
        assert (name in _collisions(merged)) == (both and mine[name] != theirs[name])


@given(VERSION, st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)))
def test_changes_of_different_fields_never_collide(before: dict[str, Any], some: set[str], others: set[str]) -> None:
    mine = before | dict.fromkeys(some, "mine")
    theirs = before | dict.fromkeys(others - some, "theirs")

    merged = _three(before, mine, theirs)

    assert not merged.collisions
    assert merged.values == before | dict.fromkeys(some, "mine") | dict.fromkeys(others - some, "theirs")
    assert {d.name for d in merged.taken} == others - some


@given(VERSION, VERSION, VERSION)
def test_both_sides_see_the_same_collisions(
    before: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one, other = _three(before, mine, theirs), _three(before, theirs, mine)

    assert _collisions(one) == _collisions(other)
    same = set(NAMES) - _collisions(one)
    assert {name: one.values[name] for name in same} == {name: other.values[name] for name in same}


@given(VERSION, VERSION)
def test_the_same_change_on_both_sides_is_no_difference_to_decide(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    merged = _three(before, after, after)

    assert merged.values == after
    assert not merged.collisions
    assert not merged.taken


@given(VERSION, VERSION)
def test_without_a_change_of_mine_theirs_is_the_result(before: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = _three(before, before, theirs)

    assert merged.values == theirs
    assert {d.name for d in merged.taken} == {name for name in NAMES if before[name] != theirs[name]}


@given(VERSION, VERSION)
def test_without_a_change_of_theirs_mine_is_the_result(before: dict[str, Any], mine: dict[str, Any]) -> None:
    merged = _three(before, mine, before)

    assert merged.values == mine
    assert not merged.collisions
    assert not merged.taken


@given(FEW, VERSION)
def test_fields_of_the_other_kind_stay_theirs(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = _three({}, mine, theirs)

    assert {name: merged.values[name] for name in NAMES[6:]} == {name: theirs[name] for name in NAMES[6:]}


@given(VERSION, VERSION)
def test_without_a_before_everything_that_differs_is_offered(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = _three({}, mine, theirs)

    assert _collisions(merged) == {name for name in NAMES if mine[name] != theirs[name]}
    assert merged.values == mine
    assert not merged.taken


def test_the_collision_tells_all_three_and_comes_first() -> None:
    before = {"note": "alt", "company_name": "Ahrens", "vendor": False}
    mine = {"note": "meins", "company_name": "Ahrens", "vendor": True}
    theirs = {"note": "deren", "company_name": "Ahrens GmbH", "vendor": False}

    merged = _three(before, mine, theirs)

    first, *others = merged.differences
    assert (first.name, first.collides) == ("note", True)
    assert (first.before, first.mine, first.theirs) == ("alt", "meins", "deren")
    assert {d.name: d.collides for d in others} == {"vendor": False, "company_name": False}
    assert merged.values == {"note": "meins", "company_name": "Ahrens GmbH", "vendor": True}
    assert [d.name for d in merged.taken] == ["company_name"]
