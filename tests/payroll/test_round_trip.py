"""Any calendar that can be typed survives the CSV file: exported and imported, it is the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.domain.day import Day, Entry, Part, Refusal, Status
from hrtui.domain.entering import Amount, Full, Half, Minutes, put
from hrtui.domain.hours import hundredths
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.schedule import DAY_MINUTES
from hrtui.payroll.month_data import day_hundredths
from hrtui.store.changes import DayChange, write
from hrtui.store.month_view import MonthView
from hrtui.store.people import person_ids
from tests.imports.office import SEPTEMBER, Office, open_office
from tests.payroll.conftest import twin
from tests.payroll.test_export import calendar_of, exported

CODES = ("VAK", "KV", "ZGL", "TW", "OPL", "GF", "OVU", "BEV", "AD")
AMOUNTS: st.SearchStrategy[Amount] = st.one_of(
    st.just(Full()),
    st.sampled_from([Half(Part.MORNING), Half(Part.AFTERNOON)]),
    st.builds(Minutes, st.integers(1, 500)),
)
KEYSTROKES = st.lists(
    st.tuples(
        st.sampled_from("1234"), st.integers(1, 30), st.sampled_from(CODES), AMOUNTS, st.sampled_from(Status)
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    with open_office(tmp_path_factory.mktemp("offices")) as office:
        office.fill()
        yield office, twin(office)


@settings(max_examples=60, deadline=None)
@given(keystrokes=KEYSTROKES)
def test_export_and_import_reproduce_the_calendar(
    pair: tuple[Office, Office], keystrokes: list[tuple[str, int, str, Amount, Status]]
) -> None:
    filled, empty = pair
    for office in pair:
        office.store.con.execute("DELETE FROM calendar_entry")
    kinds = filled.kinds()
    by_key = {kind.key: kind for kind in kinds.values()}
    rows = filled.rows()
    days: dict[tuple[int, int], Day] = {}
    for number, day_number, code, amount, status in keystrokes:
        place = rows[number].id, day_number
        day = days.get(place, rows[number].days[day_number - 1])
        entered = put(day, by_key[code], amount, kinds, frozenset())
        if not isinstance(entered, Refusal):
            entries = tuple(replace(one, status=status) if one not in day.entries else one for one in entered)
            days[place] = replace(day, entries=entries)
    write(
        filled.store,
        filled.employer_id,
        "typed",
        [DayChange(person, day.date, (), day.entries) for (person, _), day in days.items()],
    )
    report = empty.take("entries", exported(filled, "csv"))
    assert (report.problems, report.new) == ((), len(days))
    assert calendar_of(empty) == calendar_of(filled)
    assert exported(empty, "csv").replace(b"Leeg NV", b"Voorbeeld NV") == exported(filled, "csv")
    for office in pair:
        _totals_hold(office)


def _totals_hold(office: Office) -> None:
    ids = person_ids(office.store, office.employer_id, SEPTEMBER)
    for row in MonthView(office.store, office.employer_id, SEPTEMBER, ids).rows_by_id(ids).values():
        assert row.totals.worked + row.totals.absent == row.totals.scheduled


@given(data=st.data(), scheduled=st.integers(1, DAY_MINUTES))
def test_hundredths_of_a_filled_day_add_up_to_the_day(data: st.DataObject, scheduled: int) -> None:
    cuts = data.draw(st.lists(st.integers(1, scheduled), max_size=3, unique=True))
    edges = sorted({0, scheduled, *cuts})
    minutes = [end - start for start, end in pairwise(edges)]
    categories = data.draw(
        st.lists(
            st.sampled_from([Category.ABSENCE, Category.WORKED]), min_size=len(minutes), max_size=len(minutes)
        )
    )
    kinds = {n: LeaveType(n, str(n), "", {}, category) for n, category in enumerate(categories)}
    kinds[99] = LeaveType(99, "OVU", "", {}, Category.OVERTIME)
    entries = (*(Entry(n, amount) for n, amount in enumerate(minutes)), Entry(99, 20))
    parts = day_hundredths(Day(date(2026, 9, 7), True, scheduled, entries=entries), kinds)
    assert sum(parts[:-1]) == hundredths(scheduled)
    assert parts[-1] == 33
    assert all(abs(part * 0.6 - entry.minutes) < 2 for part, entry in zip(parts, entries, strict=True))


def test_the_rounding_goes_to_the_worked_line_or_else_the_longest() -> None:
    def parts(*lines: tuple[int, Category]) -> tuple[int, ...]:
        kinds = {n: LeaveType(n, str(n), "", {}, category) for n, (_, category) in enumerate(lines)}
        entries = tuple(Entry(n, minutes) for n, (minutes, _) in enumerate(lines))
        total = sum(entry.minutes for entry in entries)
        return day_hundredths(Day(date(2026, 9, 7), True, total, entries=entries), kinds)

    absence, worked = Category.ABSENCE, Category.WORKED
    assert parts((200, absence), (256, absence)) == (333, 427)
    # 1:40, 1:40 and 4:16 round to 167 + 167 + 427, one hundredth above 7.60.
    assert parts((100, absence), (100, absence), (256, absence)) == (167, 167, 426)
    assert parts((100, worked), (100, absence), (256, absence)) == (166, 167, 427)
