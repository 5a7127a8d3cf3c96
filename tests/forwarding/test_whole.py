"""What holds of every transmission, whatever was entered: sums, who is in it, and messages once."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.domain.day import Entry, Part
from hrtui.domain.hours import hundredths
from hrtui.forwarding.port import UnlockOrder
from hrtui.payroll.layouts import render
from hrtui.payroll.layouts.loading import load_layout
from hrtui.payroll.layouts.types import Header
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store.messages import add_message
from hrtui.store.transmissions import file_content, files
from tests.forwarding.conftest import MOMENT, SEPTEMBER, Desk

SCHEDULED = 456
PARTS = st.lists(st.integers(1, 200), max_size=2)
"""Minutes of absence on one day, of at most two types; together less than the schedule."""


@pytest.fixture(autouse=True)
def folder(desk: Desk) -> None:
    desk.folder.mkdir()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([1, 2, 3, 4, 7, 8]), PARTS, max_size=6), st.integers(0, 300))
def test_the_hundredths_of_a_day_add_up_to_its_schedule(
    desk: Desk, days: dict[int, list[int]], overtime: int
) -> None:
    """A file's hours are what the schedule says, however the minutes were split (domain: rounded once)."""
    ann = desk.people[0]
    kinds = [desk.office.kind("v"), desk.office.kind("z")]
    for number in (1, 2, 3, 4, 7, 8):
        entries = [
            Entry(kind, minutes, Part.HOURS)
            for kind, minutes in zip(kinds, days.get(number, ()), strict=False)
        ]
        if overtime and number == 8:
            entries.append(Entry(desk.office.kind("o"), overtime, Part.HOURS))
        desk.enter(ann, number, *entries)
    made = snapshots(desk.office.store, desk.office.employer_id, SEPTEMBER, [ann])[ann]
    sums: dict[str, int] = defaultdict(int)
    for line in _entries(made):
        if line["category"] != "overtime":
            sums[line["date"]] += round(float(line["hours"]) * 100)
    assert set(sums.values()) == {hundredths(SCHEDULED)}
    assert len(sums) == sum(date(2026, 9, day).weekday() < 5 for day in range(1, 31))


def _entries(*made: object) -> Sequence[dict[str, str]]:
    layout = load_layout("generic")
    header = Header("Voorbeeld NV", SEPTEMBER, MOMENT)
    file = next(one for one in render(layout, made, header) if one.name.endswith("-entries.csv"))  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, 2)), st.sampled_from(["generic", "workbook"]))
def test_nobody_goes_who_did_not_change(desk: Desk, who: set[int], layout: str) -> None:
    if desk.prepared(layout=layout).plans:
        desk.forward(layout=layout)
    changed = [desk.people[place] for place in sorted(who)]
    if changed:
        order = UnlockOrder(desk.office.employer_id, SEPTEMBER, changed, "a good reason", 2)
        desk.port.unlock(order)
    day = date(2026, 9, 9)
    now = snapshots(desk.office.store, desk.office.employer_id, SEPTEMBER, desk.people)
    for person_id in changed:
        had = any(one.date == day and len(one.lines) > 1 for one in now[person_id].days)
        desk.enter(person_id, 9, *(() if had else (desk.leave(100),)))
    prepared = desk.prepared(layout=layout)
    assert [*prepared.plans] == changed
    assert prepared.same == len(desk.people) - len(changed)
    if layout == "generic":
        numbers = {("101", "102", "103")[place] for place in who}
        told = b"".join(file.content for file in prepared.files)
        assert {number for number in ("101", "102", "103") if f";{number};".encode() in told} == numbers
    if changed:
        desk.port.forward(prepared.order)


def test_a_message_goes_once(desk: Desk) -> None:
    ann = desk.people[0]
    store, employer_id = desk.office.store, desk.office.employer_id
    add_message(store, employer_id, SEPTEMBER, "Ann moves to the shop.", ann)
    add_message(store, employer_id, SEPTEMBER, "We moved.")
    sent = [desk.forward().transmission_id]
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, desk.people, "a good reason", 2))
    desk.enter(ann, 9, desk.leave())
    sent.append(desk.forward().transmission_id)
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [ann], "a good reason", 2))
    add_message(store, employer_id, SEPTEMBER, "And once more.", ann)
    sent.append(desk.forward().transmission_id)
    told = [b"".join(file_content(store, one, file.place) for file in files(store, one)) for one in sent]
    for text in (b"Ann moves to the shop.", b"We moved."):
        assert [content.count(text) for content in told] == [1, 0, 0]
    assert [content.count(b"And once more.") for content in told] == [0, 0, 1]
