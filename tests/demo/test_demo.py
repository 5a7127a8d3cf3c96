"""The demo: always the same, true to the rules, and nobody in it exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from stdnum import iban
from stdnum.be import nn

from hrtui.demo.build import MAX_PEOPLE, NAME, build_demo
from hrtui.demo.people import people_rows, table
from hrtui.domain.entering import is_inside
from hrtui.domain.leave_type import Category
from hrtui.domain.month import Month
from hrtui.domain.pay_fields import PayInput
from hrtui.payroll.export import export_month
from hrtui.payroll.lists import ListKind, list_csv, read_list
from hrtui.store import keys
from hrtui.store.balances import balances
from hrtui.store.employers import employers
from hrtui.store.leave_types import leave_types
from hrtui.store.messages import messages
from hrtui.store.month_view import MonthView, PersonRow
from hrtui.store.pay_batches import batches, month_by_type
from hrtui.store.pay_component_types import pay_types
from hrtui.store.people import person_ids
from hrtui.store.profile import find_profile
from hrtui.store.store import Store
from hrtui.store.undo import undo

TODAY = date(2026, 9, 15)
AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)


def new_store(folder: Path) -> Store:
    profile = find_profile("demo", folder)
    profile.prepare()
    return Store.open(profile, keys.create_file_key(profile), actor="Clerk One")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = new_store(tmp_path_factory.mktemp("demo"))
    build_demo(store, 300, TODAY)
    yield store
    store.close()


def employer_of(store: Store) -> int:
    (employer,) = employers(store)
    assert (employer.name, employer.country) == (NAME, "BE")
    return employer.id


def rows_of(store: Store, month: Month) -> list[PersonRow]:
    ids = person_ids(store, employer_of(store), month)
    return list(MonthView(store, employer_of(store), month, ids).rows_by_id(ids).values())


def contents(store: Store) -> list[object]:
    """All that shows of the demo, without the ids, which are random."""
    people = store.con.execute(
        "SELECT p.number, p.last_name, p.name_prefix, p.first_name, p.birth_date, p.sex, p.national_number,"
        " p.email, p.iban, t.name, c.start_date, c.end_date, c.worker_status, s.name, s.weeks FROM person p"
        " JOIN team t ON t.id = p.team_id JOIN contract c ON c.person_id = p.id"
        " JOIN schedule_assignment a ON a.person_id = p.id JOIN work_schedule s ON s.id = a.schedule_id"
        " ORDER BY p.number"
    ).fetchall()
    allowances = store.con.execute(
        "SELECT p.number, a.year, a.label, a.days, a.valid_from, a.expires FROM allowance a"
        " JOIN person p ON p.id = a.person_id ORDER BY 1, 2"
    ).fetchall()
    months = [export_month(store, employer_of(store), month, "csv", None) for month in (AUGUST, SEPTEMBER)]
    return [people, allowances, *months, *(lists_of(store, month) for month in (AUGUST, SEPTEMBER))]


def lists_of(store: Store, month: Month) -> list[bytes]:
    """The lists beside the entries of a month."""
    kinds: tuple[ListKind, ...] = ("people", "components", "messages")
    return [list_csv(read_list(store, employer_of(store), kind, month)) for kind in kinds]


def test_two_demos_of_one_size_and_month_are_equal(demo: Store, tmp_path: Path) -> None:
    second = new_store(tmp_path)
    build_demo(second, 300, TODAY)
    assert contents(second) == contents(demo)
    second.close()


def test_the_first_people_are_the_same_in_every_size() -> None:
    few, many = people_rows(20, SEPTEMBER), people_rows(200, SEPTEMBER)
    assert [next(many) for _ in range(20)] == list(few)


@pytest.mark.parametrize("people", [1, 7])
def test_small_demos_have_that_many_people(tmp_path: Path, people: int) -> None:
    store = new_store(tmp_path)
    build_demo(store, people, TODAY)
    assert store.con.execute("SELECT count(*) FROM person").fetchone() == (people,)
    store.close()


@pytest.mark.parametrize("people", [0, -1, MAX_PEOPLE + 1])
def test_other_sizes_are_refused(tmp_path: Path, people: int) -> None:
    store = new_store(tmp_path)
    with pytest.raises(ValueError):
        build_demo(store, people, TODAY)
    assert employers(store) == []
    store.close()


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2031, 12, 31)])
def test_any_day_will_do(tmp_path: Path, today: date) -> None:
    store = new_store(tmp_path)
    build_demo(store, 40, today)
    month = Month.of(today)
    assert any(day.entries for row in rows_of(store, month.shift(-1)) for day in row.days)
    assert all(not day.entries for row in rows_of(store, month) for day in row.days if day.date > today)
    store.close()


@pytest.mark.parametrize("month", [AUGUST, SEPTEMBER])
def test_every_day_keeps_to_the_rules(demo: Store, month: Month) -> None:
    kinds = leave_types(demo, employer_of(demo))
    for row in rows_of(demo, month):
        for day in row.days:
            inside = sum(entry.minutes for entry in day.entries if is_inside(entry, kinds))
            assert inside <= day.available
            assert not day.entries or (day.in_contract and day.is_working_day)
            assert sum(entry.minutes for entry in day.entries) <= 1440
            assert day.date <= TODAY or not day.entries


def test_the_months_have_all_that_a_clerk_meets(demo: Store) -> None:
    august = rows_of(demo, AUGUST)
    kinds = leave_types(demo, employer_of(demo))
    entries = [entry for row in august for day in row.days for entry in day.entries]
    assert len(august) > 280
    assert {kinds[entry.leave_type_id].key for entry in entries} >= {"VAK", "ZGL", "KV", "ADV", "OVU", "TW"}
    assert {entry.part.value for entry in entries} == {"full", "am", "pm", "hours"}
    assert {kinds[entry.leave_type_id].category for entry in entries} == set(Category)
    assert any(len(day.entries) > 1 for row in august for day in row.days)
    assert len({row.team for row in august}) >= 5
    assert any(not row.days[0].in_contract and row.days[-1].in_contract for row in august)
    assert any(row.days[0].in_contract and not row.days[-1].in_contract for row in august)
    assert any(row.days[2].scheduled != row.days[9].scheduled for row in august if row.days[2].in_contract)
    assert len({row.totals.scheduled for row in august}) > 8
    assert any(not any(day.entries for day in row.days) for row in august)
    # 15 August 2026 is a Saturday, so that Monday the 17th replaces it.
    assert all(row.days[16].holiday and row.days[16].holiday.replaces == date(2026, 8, 15) for row in august)


def test_everybody_has_leave_and_some_of_it_lapses_soon(demo: Store) -> None:
    lapsing = 0
    for row in rows_of(demo, SEPTEMBER)[:60]:
        found = balances(demo, employer_of(demo), row.id, 2026, TODAY)
        (leave,) = [balance for balance in found if balance.kind.key == "VAK"]
        assert leave.report is not None
        assert leave.report.granted > 0
        lapsing += sum(bucket.bucket.expires == date(2026, 11, 1) for bucket in leave.report.buckets)
    assert lapsing > 5


def test_no_list_begins_empty(demo: Store) -> None:
    employer_id = employer_of(demo)
    types = {kind.id: kind for kind in pay_types(demo, employer_id)}
    assert {kind.input for kind in types.values()} == {PayInput.TOTAL, PayInput.UNITS}
    last, now = (month_by_type(demo, employer_id, month) for month in (AUGUST, SEPTEMBER))
    assert last.keys() == types.keys() > now.keys() > set()
    assert all(batches(demo, employer_id, AUGUST, kind) for kind in types if types[kind].code == "3110")
    assert all(messages(demo, employer_id, month) for month in (AUGUST, SEPTEMBER))
    checked = [row.checked is not None for row in rows_of(demo, AUGUST)]
    assert 0.8 < sum(checked) / len(checked) < 0.95
    assert not any(row.checked for row in rows_of(demo, SEPTEMBER))


def test_undo_does_not_take_the_demo_away(demo: Store) -> None:
    assert undo(demo, employer_of(demo)) is None


def test_numbers_are_valid_and_nobody_has_them_twice() -> None:
    rows = list(people_rows(8000, SEPTEMBER))
    numbers = [row[6] for row in rows]
    assert all(nn.is_valid(number) for number in numbers)
    assert all(int(nn.compact(number)[6:9]) > 900 for number in numbers)
    assert len({row[0] for row in rows}) == len(set(numbers)) == len({row[8] for row in rows}) == 8000
    assert all(iban.is_valid(row[8], check_country=False) for row in rows)
    for row in rows[:500]:
        day, month, year = map(int, row[4].split("/"))
        assert nn.get_birth_date(row[6]) == date(year, month, day)
        assert {"M": "m", "F": "v"}[nn.get_gender(row[6])] == row[5]


def test_names_are_all_different_and_all_from_the_invented_lists() -> None:
    rows = list(people_rows(8000, SEPTEMBER))
    assert len({(row[1], row[3]) for row in rows}) == 8000
    last_names = {row["naam"] for row in table("last_names.csv")}
    assert len(last_names) == len(table("last_names.csv"))
    assert all(set(row[1].split("-")) <= last_names for row in rows)
