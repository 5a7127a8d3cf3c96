"""What cases make of the calendar: the days that change when the cases of a person do.

Cases are filled in up to a day (`filled_until`), the end of the month after today's; `top_up` moves it on
when the program starts and when an employer is opened. Only days that a change of the cases makes different
are touched, so that what somebody entered over an illness by hand stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrtui.domain.day import Day
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.month import Month
from hrtui.domain.sickness import filling
from hrtui.domain.sickness.case import Case
from hrtui.domain.sickness.filling import Portion
from hrtui.domain.sickness.guaranteed_wage import WageDay, wage_days
from hrtui.domain.sickness.leave_types import belgian_type, dutch_type
from hrtui.store import entries as day_entries
from hrtui.store import rows
from hrtui.store.changes import Change, DayChange, RowChange, Values
from hrtui.store.entries import Entries
from hrtui.store.leave_types import leave_types
from hrtui.store.month_view import MonthView
from hrtui.store.sickness.desk import Desk, stable_id
from hrtui.store.sickness.records import StoredCase, cases_of_person, chains_of
from hrtui.store.sickness.terms import contracts_of, holidays_between, team_of, terms_on

DISPLACED = "sickness_displaced"
_Rows = dict[int, Values]
"""Rows of what was displaced on one day, by id."""


@dataclass(frozen=True, slots=True)
class Displaced:
    """Leave that gave way to an illness, or came back."""

    date: date
    entries: Entries


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """The changes of the calendar, and what is to be told about them.

    `displaced` gave way, `restored` came back, `kept_away` could have; `locked` months and `conflicts` stay
    as they are. `filled` and `freed` count days. `without_type` says that no leave type of illness is there,
    `without_schedule` that the person was to work on none of the days, `out_of_service` that there was no
    contract on any of them.
    """

    changes: tuple[Change, ...] = ()
    filled: int = 0
    freed: int = 0
    displaced: tuple[Displaced, ...] = ()
    restored: tuple[Displaced, ...] = ()
    kept_away: tuple[Displaced, ...] = ()
    locked: tuple[Month, ...] = ()
    conflicts: tuple[date, ...] = ()
    without_type: bool = False
    without_schedule: bool = False
    out_of_service: bool = False


@dataclass(frozen=True, slots=True)
class _Sick:
    """The illness of a day: of which case, and its portion."""

    case_id: int
    portion: Portion


def plan(
    desk: Desk,
    person_id: int,
    before: Sequence[StoredCase],
    after: Sequence[StoredCase],
    *,
    give_back: bool = True,
    anew: bool = False,
) -> CalendarPlan:
    """The changes of a person's calendar when their cases `before` become those `after`.

    With `give_back` displaced leave returns to days that are no longer ill. `anew` looks at every day of the
    cases, also those that do not change (after a month was unlocked).
    """
    kinds = leave_types(desk.store, desk.employer_id)
    was = {} if anew else _illness(desk, person_id, before, kinds)
    becomes = _illness(desk, person_id, after, kinds)
    if was is None or becomes is None:
        # Without a leave type nothing can be filled, but days that are no longer ill are still freed.
        dates = sorted(_covered(before) - _covered(after))
    else:
        unsure = _covered_twice(before)
        dates = sorted(
            day for day in was.keys() | becomes.keys() if day in unsure or was.get(day) != becomes.get(day)
        )
    without_type = becomes is None and bool(after)
    becomes = becomes or {}
    if not dates:
        return CalendarPlan(without_type=without_type)
    earlier = _displaced_rows(desk, person_id)
    made = _Made(kinds, give_back, without_type)
    for day in _days(desk, person_id, dates):
        made.add(desk, person_id, day, becomes.get(day.date), earlier.get(day.date, {}))
    return made.plan()


class _Made:
    """The plan as it grows, day by day."""

    def __init__(self, kinds: Mapping[int, LeaveType], give_back: bool, without_type: bool) -> None:
        self.kinds = kinds
        self.give_back = give_back
        self.without_type = without_type
        self.changes: list[Change] = []
        self.rows: list[Change] = []
        self.filled = self.freed = 0
        self.told: dict[str, list[Displaced]] = {"displaced": [], "restored": [], "kept_away": []}
        self.locked: dict[Month, None] = {}
        self.conflicts: list[date] = []
        self.employed = self.scheduled = self.sick = False

    def add(self, desk: Desk, person_id: int, day: Day, sick: _Sick | None, rows_there: _Rows) -> None:
        """What one day becomes; the rows hold what it was before an illness took its place."""
        self.employed |= day.in_contract
        self.scheduled |= day.scheduled > 0
        self.sick |= sick is not None
        if day.locked:
            self.locked[Month.of(day.date)] = None
            return
        if day.conflict:
            self.conflicts.append(day.date)
            return
        held = filling.has_case(day.entries)
        row = next(iter(rows_there.values()), None)
        earlier = day_entries.from_json(row["entries"]) if row else ()
        back = sick is not None or self.give_back
        base = _without_illness(day.entries, earlier if held and back else None)
        result = filling.fill(replace(day, entries=base), sick.portion if sick else None, self.kinds)
        if result.entries != day.entries:
            self.changes.append(DayChange(person_id, day.date, day.entries, result.entries))
            self.filled += filling.has_case(result.entries)
            self.freed += held and not filling.has_case(result.entries)
        self._tell(day.date, result.displaced, earlier, sick is None and held)
        wanted = base if result.displaced and sick else None
        self._keep(desk, person_id, day.date, sick, wanted, rows_there)

    def _tell(self, day: date, gone: Entries, earlier: Entries, freed: bool) -> None:
        leave = self._leave(gone)
        if leave and not self._leave(earlier):
            self.told["displaced"].append(Displaced(day, leave))
        if freed and self._leave(earlier):
            told = "restored" if self.give_back else "kept_away"
            self.told[told].append(Displaced(day, self._leave(earlier)))

    def _leave(self, entries: Entries) -> Entries:
        """Those that are leave or work, and no illness that was entered by hand."""
        return tuple(
            entry for entry in entries
            if (kind := self.kinds.get(entry.leave_type_id)) is None or not kind.sickness
        )  # fmt: skip

    def _keep(
        self,
        desk: Desk,
        person_id: int,
        day: date,
        sick: _Sick | None,
        base: Entries | None,
        rows_there: _Rows,
    ) -> None:
        """Store what the day held, or drop what was stored of it."""
        values: Values | None = None
        if base is not None and sick is not None:
            values = {
                "employer_id": desk.employer_id,
                "case_id": sick.case_id,
                "person_id": person_id,
                "date": day.isoformat(),
                "entries": day_entries.to_json(base),
            }
        row_id = stable_id(DISPLACED, values["case_id"], values["date"]) if values else None
        for id_, row in rows_there.items():
            if values and id_ == row_id:
                self.rows += rows.update(DISPLACED, id_, row, values)
            else:
                self.rows.append(RowChange(DISPLACED, id_, row, None))
        if values and row_id and row_id not in rows_there:
            self.rows.append(RowChange(DISPLACED, row_id, None, values))

    def plan(self) -> CalendarPlan:
        """All of it."""
        return CalendarPlan(
            (*self.changes, *self.rows),
            self.filled,
            self.freed,
            tuple(self.told["displaced"]),
            tuple(self.told["restored"]),
            tuple(self.told["kept_away"]),
            tuple(self.locked),
            tuple(self.conflicts),
            self.without_type,
            self.sick and self.employed and not self.scheduled,
            self.sick and not self.employed,
        )


def _without_illness(now: Entries, earlier: Entries | None) -> Entries:
    """What the day holds beside the case: what it held before, and what was added to that since."""
    own = filling.without_case(now)
    if not earlier:
        return own
    kinds_before = {entry.leave_type_id for entry in earlier}
    return (*earlier, *(entry for entry in own if entry.leave_type_id not in kinds_before))


def _illness(
    desk: Desk, person_id: int, cases: Sequence[StoredCase], kinds: Mapping[int, LeaveType]
) -> dict[date, _Sick] | None:
    """The illness of every day that the cases fill; None where there is no leave type for it."""
    if not cases:
        return {}
    if desk.dutch:
        kind = dutch_type(kinds.values())
        if kind is None:
            return None
        return {
            day: _Sick(one.id, _portion(one.case, day, kind.id))
            for one in cases
            for day in _dates(one.case.spell.first_day, one.filled_until)
        }
    found: dict[date, _Sick] = {}
    # A holiday takes no illness, and what it leaves of a day is paid as other days are.
    for one, paid in _paid(desk, person_id, cases, holidays=False):
        belgian = belgian_type(kinds.values(), paid.band, work_accident=one.case.work_accident)
        if belgian is None:
            return None
        found[paid.date] = _Sick(one.id, _portion(one.case, paid.date, belgian.id))
    return found


def _paid(
    desk: Desk, person_id: int, cases: Sequence[StoredCase], *, holidays: bool = True
) -> Iterator[tuple[StoredCase, WageDay]]:
    """Every day that the cases fill with who pays it (Belgium), the `holidays` among them or the illness."""
    by_id = {one.id: one for one in cases}
    contracts = contracts_of(desk.store, [person_id]).get(person_id, [])
    team = team_of(desk.store, person_id)
    for chain in chains_of(desk, cases):
        group = [by_id[spell.id] for spell in chain.spells]
        until = group[-1].filled_until
        first = chain.spells[0].first_day
        free = holidays_between(desk, first, until, team) if holidays else frozenset[date]()
        for paid in wage_days([one.case for one in group], terms_on(contracts, first), until, free):
            yield next(one for one in group if paid.date in one.case.spell), paid


def guaranteed_wage(desk: Desk, cases: Sequence[StoredCase], person_id: int) -> list[WageDay]:
    """Who pays each day of illness that the calendar holds, in date order (Belgium)."""
    return sorted((paid for _, paid in _paid(desk, person_id, cases)), key=lambda paid: paid.date)


def wage_by_day(desk: Desk, person_id: int) -> dict[date, WageDay]:
    """The same of all of a person's cases, by day; empty at a Dutch employer."""
    if desk.dutch:
        return {}
    cases = cases_of_person(desk.store, person_id)
    return {paid.date: paid for paid in guaranteed_wage(desk, cases, person_id)}


def _portion(case: Case, day: date, leave_type_id: int) -> Portion:
    step = case.on(day) or case.course[0]
    return Portion(leave_type_id, step.percent, case.minutes_worked if day == case.spell.first_day else 0)


def _days(desk: Desk, person_id: int, dates: Iterable[date]) -> Iterator[Day]:
    """These days of the person with what is really entered, whoever looks."""
    wanted = list(dates)
    entered = day_entries.current(desk.store.con, ((person_id, day) for day in wanted))
    months: dict[Month, tuple[Day, ...]] = {}
    for day in wanted:
        month = Month.of(day)
        if month not in months:
            view = MonthView(desk.store, desk.employer_id, month, [person_id])
            months[month] = view.row(0).days
        yield replace(months[month][day.day - 1], entries=entered[person_id, day])


def _displaced_rows(desk: Desk, person_id: int) -> dict[date, _Rows]:
    """What was displaced by date; of two cases for the same days each has its row."""
    columns = ("employer_id", "case_id", "person_id", "date", "entries")
    found = desk.store.con.execute(
        f"SELECT id, {', '.join(columns)} FROM {DISPLACED} WHERE person_id = ? ORDER BY id", (person_id,)
    )
    by_date: dict[date, _Rows] = {}
    for id_, *values in found:
        row = dict(zip(columns, values, strict=True))
        by_date.setdefault(date.fromisoformat(row["date"]), {})[id_] = row
    return by_date


def _covered(cases: Iterable[StoredCase]) -> set[date]:
    """Every day that the cases fill."""
    return {day for one in cases for day in _dates(one.case.spell.first_day, one.filled_until)}


def _covered_twice(cases: Iterable[StoredCase]) -> set[date]:
    """The days that two of the cases fill: what stands there may be of either."""
    found = Counter(day for one in cases for day in _dates(one.case.spell.first_day, one.filled_until))
    return {day for day, times in found.items() if times > 1}


def _dates(first: date, last: date) -> Iterator[date]:
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)
