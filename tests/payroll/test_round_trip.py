"""Any calendar that can be typed survives the CSV file: exported and imported, it is the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.domain.day import Day, Part, Refusal, Status
from hrtui.domain.entering import Amount, Full, Half, Minutes, put
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
