"""What falls outside every contract of a person when one gets other days: found first, deleted on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hrtui import i18n
from hrtui.domain.contract import ContractPeriod, in_contract
from hrtui.domain.month import Month
from hrtui.store import checks, rows
from hrtui.store.changes import Change, DayChange, locked_months
from hrtui.store.entries import Entries, current
from hrtui.store.moments import moment
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class OutsideDay:
    """A day with entries; those of a locked month cannot be deleted."""

    date: date
    entries: Entries
    locked: bool


@dataclass(frozen=True, slots=True)
class OutsideSchedule:
    """A change of schedule on a day that no contract covers any more."""

    assignment_id: int
    valid_from: date
    name: str


@dataclass(frozen=True, slots=True)
class OutsideComponent:
    """A pay component outside; one that began before is not deleted but cut after the month `cut_after`."""

    component_id: int
    name: str
    first_month: str
    last_month: str | None
    cents: int
    cut_after: str | None


@dataclass(frozen=True, slots=True)
class Outside:
    """All that falls outside; false where nothing does."""

    days: tuple[OutsideDay, ...] = ()
    schedules: tuple[OutsideSchedule, ...] = ()
    components: tuple[OutsideComponent, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.days or self.schedules or self.components)


def outside(
    store: Store, person_id: int, before: Sequence[ContractPeriod], after: Sequence[ContractPeriod]
) -> Outside:
    """What a person's contracts covered with the days `before` and cover no longer with the days `after`."""
    return Outside(
        _days(store, person_id, before, after),
        _schedules(store, person_id, before, after),
        _components(store, person_id, before, after),
    )


def deletions(store: Store, employer_id: int, person_id: int, found: Outside) -> list[Change]:
    """The changes that delete (or cut) all of it but the entries and pay components of locked months."""
    changes: list[Change] = [
        DayChange(person_id, day.date, day.entries, ()) for day in found.days if not day.locked
    ]
    for schedule in found.schedules:
        changes.append(rows.removal(store, employer_id, "schedule_assignment", schedule.assignment_id))
    for component in found.components:
        row = rows.row_of(store, employer_id, "pay_component", component.component_id)
        paid = [rows.deletion("pay_component", component.component_id, row)]
        if component.cut_after is not None:
            cut = {"last_month": component.cut_after}
            paid = rows.update("pay_component", component.component_id, row, cut)
        changes += [change for change in paid if not checks.changes_locked_month(store.con, change, moment())]
    return changes


def _days(
    store: Store, person_id: int, before: Sequence[ContractPeriod], after: Sequence[ContractPeriod]
) -> tuple[OutsideDay, ...]:
    found = store.con.execute(
        "SELECT DISTINCT date FROM calendar_entry WHERE person_id = ? ORDER BY date", (person_id,)
    )
    dates = [
        day
        for day in (date.fromisoformat(text) for (text,) in found.fetchall())
        if in_contract(before, day) and not in_contract(after, day)
    ]
    if not dates:
        return ()
    entries = current(store.con, ((person_id, day) for day in dates))
    locked = locked_months(store.con, {(person_id, str(Month.of(day))) for day in dates})
    return tuple(
        OutsideDay(day, entries[person_id, day], (person_id, str(Month.of(day))) in locked) for day in dates
    )


def _schedules(
    store: Store, person_id: int, before: Sequence[ContractPeriod], after: Sequence[ContractPeriod]
) -> tuple[OutsideSchedule, ...]:
    """Changes of schedule that no contract reaches: a later contract still goes by an earlier change."""
    found = store.con.execute(
        "SELECT a.id, a.valid_from, w.name FROM schedule_assignment a"
        " JOIN work_schedule w ON w.id = a.schedule_id WHERE a.person_id = ? ORDER BY a.valid_from",
        (person_id,),
    )
    return tuple(
        OutsideSchedule(id_, day, name)
        for id_, day, name in ((id_, date.fromisoformat(text), name) for id_, text, name in found)
        if in_contract(before, day) and not any(period.end is None or period.end >= day for period in after)
    )


def _components(
    store: Store, person_id: int, before: Sequence[ContractPeriod], after: Sequence[ContractPeriod]
) -> tuple[OutsideComponent, ...]:
    """Pay components of months before the first or after the last contract; a month that is begun counts."""
    _, last = span = _months(after)
    language = i18n.language()
    found = store.con.execute(
        f"SELECT c.id, coalesce(nullif(t.name_{language}, ''), t.code), c.first_month, c.last_month, c.cents"
        " FROM pay_component c JOIN pay_component_type t ON t.id = c.type_id WHERE c.person_id = ?"
        " ORDER BY c.first_month, c.id",
        (person_id,),
    )
    components: list[OutsideComponent] = []
    for id_, name, begins, ends, cents in found:
        if _beyond(begins, ends, _months(before)):
            continue
        gone = _beyond(begins, ends, span)
        if gone or (last is not None and (ends is None or ends > last)):
            components.append(OutsideComponent(id_, name, begins, ends, cents, None if gone else last))
    return tuple(components)


def _months(periods: Sequence[ContractPeriod]) -> tuple[str, str | None]:
    """The first and last month of the contracts; the last is None where one has no end."""
    ends = [period.end for period in periods if period.end is not None]
    last = str(Month.of(max(ends))) if len(ends) == len(periods) else None
    return str(Month.of(min(period.start for period in periods))), last


def _beyond(begins: str, ends: str | None, span: tuple[str, str | None]) -> bool:
    """Whether the months from `begins` to `ends` lie wholly outside the span."""
    first, last = span
    return (last is not None and begins > last) or (ends is not None and ends < first)
