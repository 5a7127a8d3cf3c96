"""The merge of one operation with one row, for any values and in any order."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.merge import Author, Merged, Row, intended, merge, open_candidates
from hrtui.domain.sync.units import WHOLE_ROW
from hrtui.domain.sync.wire import Candidate, Op

ANNA = Author("uid-anna", "Anna", "device-a", "2026-03-02T10:00:00Z")
BEN = Author("uid-ben", "Ben", "device-b", "2026-03-02T10:05:00Z")
VALUES = st.sampled_from([None, "", "x", "y", 0, 1, [], ["x", 1], [[5, 480, "full"]]])
UNITS = st.dictionaries(st.sampled_from("abc"), VALUES)
ROWS = st.builds(Row, UNITS, st.booleans())


def candidate(uid: str, value: Value = "z", base: Value = "o", closed_by: str | None = None) -> Candidate:
    where: dict[str, str] = {"by": "Eve", "device_id": "d", "at": "t"}
    return {"uid": uid, "value": value, "base": base, "closed_by": closed_by, **where}  # type: ignore[typeddict-item]


@st.composite
def ops(draw: st.DrawFn) -> Op:
    made: dict[str, Any] = {
        "e": "team",
        "id": 1,
        "k": draw(st.sampled_from(["ins", "set", "del", "resolve"])),
    }
    after = st.sampled_from([None, "uid-0", "uid-1"])
    change = st.fixed_dictionaries({"base": VALUES, "new": VALUES, "after": after})
    made["units"] = draw(st.dictionaries(st.sampled_from("abc"), change, max_size=3))
    made["seen"] = draw(st.lists(st.sampled_from(["uid-0", "uid-1"]), unique=True))
    return cast("Op", made)


CANDIDATES = st.lists(
    st.builds(candidate, st.sampled_from(["uid-0", "uid-1"]), VALUES, VALUES, st.sampled_from([None, "c"])),
    unique_by=lambda one: one["uid"],
)
CONFLICTS = st.dictionaries(st.sampled_from(["a", "b", WHOLE_ROW]), CANDIDATES)


def edit(k: str = "set", **units: tuple[Value, Value] | tuple[Value, Value, str]) -> Op:
    changes = {
        unit: {"base": change[0], "new": change[1], **({"after": change[2]} if len(change) == 3 else {})}
        for unit, change in units.items()
    }
    return {"e": "team", "id": 1, "k": k, "units": changes}  # type: ignore[typeddict-item]


def after(row: Row, merged: Merged) -> Row:
    return Row({**row.units, **merged.changed}, merged.live)


@given(ops(), ROWS, CONFLICTS, st.sampled_from(["", "a", WHOLE_ROW]))
def test_nothing_is_overwritten_that_its_author_had_not_seen(
    op: Op, row: Row, conflicts: dict[str, list[Candidate]], closes: str
) -> None:
    merged = merge(op, row, conflicts, ANNA, closes)
    for unit, value in merged.changed.items():
        change = op["units"].get(unit)
        assert change is None or (value == change["new"] and row.value(unit) in (change["base"], None))
        assert change is not None or row.units[unit] == value
    if row.live and not merged.live:
        assert all(row.value(unit) == change["base"] for unit, change in op["units"].items())


@given(ops(), ROWS, CONFLICTS, st.sampled_from(["", "a", WHOLE_ROW]))
def test_every_unit_has_a_fate_and_no_candidate_vanishes(
    op: Op, row: Row, conflicts: dict[str, list[Candidate]], closes: str
) -> None:
    merged = merge(op, row, conflicts, ANNA, closes)
    wanted = {WHOLE_ROW} if op["k"] == "del" else set(op["units"])
    assert set(merged.outcomes) == wanted
    for unit, outcome in merged.outcomes.items():
        waiting = [one["uid"] for one in open_candidates(merged.conflicts.get(unit, []))]
        assert (outcome == "conflict") == (ANNA.uid in waiting)
    for unit, before in conflicts.items():
        now = {one["uid"]: one for one in merged.conflicts.get(unit, before)}
        assert set(now) >= {one["uid"] for one in before}
        own = {change.get("after") for change in op["units"].values()}
        for one in open_candidates(before):
            if now[one["uid"]]["closed_by"]:
                assert one["uid"] in own or (unit == closes and one["uid"] in op["seen"])


@given(ops(), ROWS)
def test_sent_again_it_changes_nothing_more(op: Op, row: Row) -> None:
    first = merge(op, row, {}, ANNA)
    again = merge(op, after(row, first), {}, ANNA)
    if first.outcome == "applied" and op["k"] != "resolve":
        assert again.changed == {}


@given(st.builds(Row, st.fixed_dictionaries(dict.fromkeys("abc", VALUES))), UNITS)
def test_an_edit_of_what_stands_always_arrives(row: Row, new: dict[str, Value]) -> None:
    op = edit("set", **{unit: (row.value(unit), value) for unit, value in new.items()})
    merged = merge(op, row, {}, ANNA)
    assert merged.clean
    assert after(row, merged) == intended(op, row)


@given(
    UNITS, st.dictionaries(st.sampled_from("abc"), VALUES), st.dictionaries(st.sampled_from("def"), VALUES)
)
def test_edits_that_do_not_touch_merge_in_either_order(
    units: dict[str, Value], first: dict[str, Value], second: dict[str, Value]
) -> None:
    row = Row(units)
    one = edit("set", **{unit: (row.value(unit), value) for unit, value in first.items()})
    two = edit("set", **{unit: (row.value(unit), value) for unit, value in second.items()})
    there = after(
        after(row, merge(one, row, {}, ANNA)), merge(two, after(row, merge(one, row, {}, ANNA)), {}, BEN)
    )
    back = after(
        after(row, merge(two, row, {}, BEN)), merge(one, after(row, merge(two, row, {}, BEN)), {}, ANNA)
    )
    assert there == back


def test_the_first_value_stays_and_the_later_one_waits() -> None:
    row = Row({"a": "ben", "b": 1})
    merged = merge(edit(a=("old", "anna"), b=(1, 2)), row, {}, ANNA)
    assert merged.outcomes == {"a": "conflict", "b": "applied"}
    assert merged.changed == {"b": 2}
    assert merged.conflicts["a"][0]["value"] == "anna"
    assert (merged.conflicts["a"][0]["by"], merged.outcome) == ("Anna", "conflict")


def test_typing_on_replaces_the_own_candidate() -> None:
    mine = candidate("uid-0", "first", "old")
    merged = merge(edit(a=("first", "second", "uid-0")), Row({"a": "ben"}), {"a": [mine]}, ANNA)
    assert [(one["value"], one["closed_by"]) for one in merged.conflicts["a"]] == [
        ("first", "uid-anna"),
        ("second", None),
    ]
    assert merged.conflicts["a"][1]["base"] == "old"


def test_undoing_the_own_candidate_withdraws_it() -> None:
    mine = candidate("uid-0", "first", "old")
    merged = merge(edit(a=("first", "old", "uid-0")), Row({"a": "ben"}), {"a": [mine]}, ANNA)
    assert merged.outcome == "noop"
    assert open_candidates(merged.conflicts["a"]) == []


def test_a_deletion_of_what_was_changed_waits_and_its_undo_takes_it_back() -> None:
    row = Row({"a": "ben", "b": 1})
    gone = merge(edit("del", a=("old", None), b=(1, None)), row, {}, ANNA)
    assert gone.live
    assert gone.outcome == "conflict"
    back = edit("ins", a=(None, "old", "uid-anna"), b=(None, 1, "uid-anna"))
    undone = merge(back, row, gone.conflicts, Author("uid-2", "Anna", "device-a", "t"))
    assert undone.outcomes == {"a": "noop", "b": "noop"}
    assert open_candidates(undone.conflicts[WHOLE_ROW]) == []


def test_a_change_of_a_deleted_row_waits_until_somebody_restores_it() -> None:
    row = Row({"a": "old", "b": 1}, live=False)
    late = merge(edit(a=("old", "anna")), row, {}, ANNA)
    assert (late.outcome, late.live) == ("conflict", False)
    decision = edit("resolve", a=(None, "anna"))
    decision["seen"] = ["uid-anna"]
    restored = merge(decision, row, late.conflicts, BEN, "a")
    assert (restored.outcome, restored.live) == ("applied", True)
    assert restored.changed == {"a": "anna", "b": 1}
    assert open_candidates(restored.conflicts["a"]) == []
    decision["units"]["a"]["new"] = None
    left = merge(decision, row, late.conflicts, BEN, "a")
    assert (left.outcome, left.live) == ("noop", False)
    assert open_candidates(left.conflicts["a"]) == []


@pytest.mark.parametrize(
    ("base", "still_open"), [("ben", ["uid-1"]), ("older", ["uid-0", "uid-1", "uid-anna"])]
)
def test_a_decision_closes_what_was_seen_and_only_when_it_fits(base: str, still_open: list[str]) -> None:
    waiting = {"a": [candidate("uid-0"), candidate("uid-1")]}
    op = edit("resolve", a=(base, "chosen"))
    op["seen"] = ["uid-0"]
    merged = merge(op, Row({"a": "ben"}), waiting, ANNA, "a")
    assert [one["uid"] for one in open_candidates(merged.conflicts["a"])] == still_open


def test_what_stands_can_be_kept_without_a_value() -> None:
    op: Op = {"e": "team", "id": 1, "k": "resolve", "seen": ["uid-0"]}
    merged = merge(op, Row({"a": "ben"}), {WHOLE_ROW: [candidate("uid-0", None)]}, ANNA, WHOLE_ROW)
    assert merged.outcome == "noop"
    assert open_candidates(merged.conflicts[WHOLE_ROW]) == []


def test_a_row_comes_back_with_what_its_author_could_not_see() -> None:
    row = Row({"a": "old", "secret": "kept"}, live=False)
    merged = merge(edit("ins", a=(None, "old")), row, {}, ANNA)
    assert merged.changed == {"a": "old", "secret": "kept"}
