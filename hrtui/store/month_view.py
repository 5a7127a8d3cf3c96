"""The month of many people, read a block at a time as the screen asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui import clock
from hrtui.domain.contract import ContractPeriod, in_contract
from hrtui.domain.day import Day, Entry, Holiday, Lock, Unlock, ordinary_day
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month import Month
from hrtui.domain.schedule import ScheduleAssignment, scheduled_minutes
from hrtui.store import checks
from hrtui.store import holidays as holiday_table
from hrtui.store import leave_types as type_table
from hrtui.store.by_ids import portions, select
from hrtui.store.entries import entry_of
from hrtui.store.locks import locks, unlocks
from hrtui.store.moments import day_of
from hrtui.store.people import full_name
from hrtui.store.roles import Rights, rights
from hrtui.store.schedules import work_schedules
from hrtui.store.store import Store

BLOCK = 64
KEPT_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Totals:
    """Minutes of a month: `scheduled` is `worked` plus `absent` (with holidays); overtime comes on top."""

    scheduled: int = 0
    worked: int = 0
    absent: int = 0
    overtime: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """Who checked a person's month off, and when (UTC text)."""

    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's month: `days[0]` is the first of the month."""

    id: int
    number: str
    name: str
    team: str
    days: tuple[Day, ...]
    locked: Lock | None
    totals: Totals
    checked: Checked | None = None
    unlocked: Unlock | None = None


Spans = tuple[tuple[str, str | None], ...]
Assigned = tuple[tuple[str, int], ...]


class MonthView:
    """The rows of the given people in one month; rows are kept until `forget`.

    Entries that the clerk may not see for what they are come as a plain absence (`day.HIDDEN_TYPE`); `given`
    are other rights than the clerk's, for what nobody reads on the screen.
    """

    def __init__(
        self,
        store: Store,
        employer_id: int,
        month: Month,
        person_ids: Sequence[int],
        given: Rights | None = None,
    ) -> None:
        self.store = store
        self.employer_id = employer_id
        self.month = month
        self.person_ids = person_ids
        self._rights = given or rights(store, employer_id)
        self._own_kinds = type_table.leave_types(store, employer_id)
        self.kinds: dict[int, LeaveType] = self._rights.kinds(self._own_kinds)
        self._schedules = work_schedules(store, employer_id)
        self._holidays = holiday_table.holidays(store, employer_id, month.first, month.last)
        self._dates = month.dates()
        self._replaced = holiday_table.replaced(store, employer_id, month.first, month.last, self._holidays)
        self._first, self._last = month.first.isoformat(), month.last.isoformat()
        self._rows: dict[int, PersonRow] = {}
        self._empty_months: dict[tuple[object, ...], tuple[Day, ...]] = {}

    def __len__(self) -> int:
        return len(self.person_ids)

    def row(self, index: int) -> PersonRow:
        """The row at `index` (from 0); raises IndexError outside the list."""
        person_id = self.person_ids[index]
        found = self._rows.get(person_id)
        if found is None or _locked_again(found):
            start = index - index % BLOCK
            self._read(self.person_ids[start : start + BLOCK])
            found = self._rows[person_id]
        return found

    def rows_by_id(self, person_ids: Iterable[int]) -> dict[int, PersonRow]:
        """The rows of these people, in the order asked for, whether the list holds them or not."""
        wanted = list(person_ids)
        found = {person_id: self._rows[person_id] for person_id in wanted if person_id in self._rows}
        missing = [person_id for person_id in wanted if person_id not in found]
        for portion in portions(missing):
            self._read(portion)
            found |= {person_id: self._rows[person_id] for person_id in portion if person_id in self._rows}
        return {person_id: found[person_id] for person_id in wanted if person_id in found}

    def forget(self, person_ids: Iterable[int] | None = None) -> None:
        """Read these people (all, for None) anew when they are asked for next."""
        if person_ids is None:
            self._rows.clear()
        else:
            for person_id in person_ids:
                self._rows.pop(person_id, None)

    def _read(self, person_ids: Sequence[int]) -> None:
        if len(self._rows) > KEPT_ROWS:
            self._rows.clear()
        people = select(
            self.store.con,
            "SELECT p.id, p.number, p.first_name, p.last_name, p.name_prefix, p.team_id, t.name FROM person p"
            " LEFT JOIN team t ON t.id = p.team_id WHERE p.id IN ({marks})",
            person_ids,
        )
        contracts = self._contracts(person_ids)
        assigned = self._assignments(person_ids)
        entries = self._entries(person_ids)
        flagged = self._flags(person_ids)
        locked = locks(self.store, person_ids, self.month)
        unlocked = unlocks(self.store, person_ids, self.month)
        checked = checks.checked(self.store.con, person_ids, self.month)
        for id_, number, first_name, last_name, prefix, team_id, team in people:
            lock = locked.get(id_)
            days = self._empty_month(contracts.get(id_, ()), assigned.get(id_, ()), team_id, lock)
            own = entries.get(id_)
            marked = flagged.get(id_)
            if own or marked:
                days = _filled(days, own or {}, marked or {})
            self._rows[id_] = PersonRow(
                id_, number, full_name(first_name, last_name, prefix), team or "", days, lock,
                totals_of(days, self.kinds), Checked(*checked[id_]) if id_ in checked else None,
                unlocked.get(id_),
            )  # fmt: skip

    def _contracts(self, person_ids: Sequence[int]) -> dict[int, Spans]:
        query = (
            "SELECT person_id, start_date, end_date FROM contract WHERE person_id IN ({marks})"
            " AND start_date <= ? AND (end_date IS NULL OR end_date >= ?) ORDER BY start_date"
        )
        rows = select(self.store.con, query, person_ids, self._last, self._first)
        found: dict[int, Spans] = {}
        for person_id, start, end in rows:
            found[person_id] = (*found.get(person_id, ()), (start, end))
        return found

    def _assignments(self, person_ids: Sequence[int]) -> dict[int, Assigned]:
        query = (
            "SELECT person_id, valid_from, schedule_id FROM schedule_assignment WHERE person_id IN ({marks})"
            " AND valid_from <= ? ORDER BY valid_from"
        )
        rows = select(self.store.con, query, person_ids, self._last)
        found: dict[int, Assigned] = {}
        for person_id, valid_from, schedule_id in rows:
            found[person_id] = (*found.get(person_id, ()), (valid_from, schedule_id))
        return found

    def _entries(self, person_ids: Sequence[int]) -> dict[int, dict[int, tuple[Entry, ...]]]:
        query = (
            "SELECT person_id, date, leave_type_id, minutes, part, status, source FROM calendar_entry"
            " WHERE person_id IN ({marks}) AND date BETWEEN ? AND ? ORDER BY person_id, date, slot"
        )
        rows = select(self.store.con, query, person_ids, self._first, self._last)
        found: dict[int, dict[int, tuple[Entry, ...]]] = {}
        for person_id, text, *columns in rows:
            days = found.setdefault(person_id, {})
            number = int(text[8:])
            days[number] = (*days.get(number, ()), entry_of(*columns))
        if not self._rights.sees_all_entries:
            for days in found.values():
                for number, entries in days.items():
                    days[number] = self._rights.entries(entries, self._own_kinds)
        return found

    def _flags(self, person_ids: Sequence[int]) -> dict[int, dict[int, set[str]]]:
        """Days with an open conflict, and with edits that the backend does not have yet."""
        found: dict[int, dict[int, set[str]]] = {}
        queries = {
            "conflict": "SELECT row_id, date FROM conflict WHERE entity = 'day' AND open = 1"
            " AND row_id IN ({marks}) AND date BETWEEN ? AND ?"
        }
        if self.store.backend(self.employer_id):
            queries["unsynced"] = (
                "SELECT o.row_id, o.date FROM outbox x JOIN operation o ON o.step_id = x.step_id"
                " WHERE x.state <> 'acknowledged' AND o.entity = 'day'"
                " AND o.row_id IN ({marks}) AND o.date BETWEEN ? AND ?"
            )
        for flag, query in queries.items():
            for person_id, text in select(self.store.con, query, person_ids, self._first, self._last):
                found.setdefault(person_id, {}).setdefault(int(text[8:]), set()).add(flag)
        return found

    def _empty_month(
        self, spans: Spans, assigned: Assigned, team_id: int | None, lock: Lock | None
    ) -> tuple[Day, ...]:
        """The days before anything is entered; people with the same work in the month share them."""
        own_team = team_id if team_id in self._holidays else None
        ordinary = self._ordinary(spans, assigned, team_id) if self._replaced else frozenset[date]()
        spans, assigned = self._within_month(spans), self._in_force(assigned)
        key = (spans, assigned, own_team, ordinary, lock)
        days = self._empty_months.get(key)
        if days is None:
            periods, schedule = self._work(spans, assigned)
            free = self._holidays.get(None, {}) | (self._holidays[own_team] if own_team else {})
            free = {day: holiday for day, holiday in free.items() if day not in ordinary}
            days = tuple(self._empty_day(day, periods, schedule, free, lock) for day in self._dates)
            self._empty_months[key] = days
        return days

    def _ordinary(self, spans: Spans, assigned: Assigned, team_id: int | None) -> frozenset[date]:
        """Which holidays are none for a person, who works on them and on the other day of the pair."""
        periods, schedule = self._work(spans, assigned)
        return frozenset(
            ordinary_day(*pair)
            for team, *pair in self._replaced
            if team in (None, team_id)
            and all(in_contract(periods, day) and scheduled_minutes(schedule, day) for day in pair)
        )

    def _work(
        self, spans: Spans, assigned: Assigned
    ) -> tuple[list[ContractPeriod], list[ScheduleAssignment]]:
        periods = [ContractPeriod(date.fromisoformat(start), day_of(end)) for start, end in spans]
        schedule = [
            ScheduleAssignment(date.fromisoformat(valid_from), self._schedules[schedule_id])
            for valid_from, schedule_id in assigned
        ]
        return periods, schedule

    def _within_month(self, spans: Spans) -> Spans:
        """The parts of contracts that lie in the month: what is before and after it changes no day."""
        return tuple((max(start, self._first), min(end or self._last, self._last)) for start, end in spans)

    def _in_force(self, assigned: Assigned) -> Assigned:
        """The assignment in force on the first day, from that day on, and those that follow (all by date)."""
        earlier = [schedule_id for valid_from, schedule_id in assigned if valid_from <= self._first]
        later = tuple(one for one in assigned if one[0] > self._first)
        return ((self._first, earlier[-1]), *later) if earlier else later

    @staticmethod
    def _empty_day(
        day: date,
        periods: Sequence[ContractPeriod],
        schedule: Sequence[ScheduleAssignment],
        free: dict[date, Holiday],
        lock: Lock | None,
    ) -> Day:
        employed = in_contract(periods, day)
        return Day(day, employed, scheduled_minutes(schedule, day) if employed else 0, free.get(day), lock)


def _locked_again(row: PersonRow) -> bool:
    """Whether the row was read while its month was unlocked, which is over."""
    return row.unlocked is not None and row.unlocked.until <= clock.now()


def _filled(
    days: tuple[Day, ...], entries: dict[int, tuple[Entry, ...]], flags: dict[int, set[str]]
) -> tuple[Day, ...]:
    changed = list(days)
    for number in entries.keys() | flags.keys():
        day = days[number - 1]
        marks = flags.get(number, ())
        changed[number - 1] = Day(
            day.date, day.in_contract, day.scheduled, day.holiday, day.locked,
            entries.get(number, ()), "conflict" in marks, "unsynced" in marks,
        )  # fmt: skip
    return tuple(changed)


def totals_of(days: Iterable[Day], kinds: dict[int, LeaveType]) -> Totals:
    """The month's minutes; a holiday counts as absent, except for what was worked on it."""
    scheduled = absent = overtime = 0
    for day in days:
        scheduled += day.scheduled
        off = day.scheduled - day.available
        for entry in day.entries:
            category = kinds[entry.leave_type_id].category
            if category is Category.OVERTIME:
                overtime += entry.minutes
            elif category is Category.ABSENCE:
                absent += entry.minutes
            elif off:
                off -= min(off, entry.minutes)
        absent += off
    return Totals(scheduled, scheduled - absent, absent, overtime)
