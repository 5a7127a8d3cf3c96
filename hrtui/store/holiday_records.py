"""Holidays of an employer as records: a change is planned first, with the entries it touches, then saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hrtui.domain.day import Holiday
from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.i18n import LANGUAGES, language, short_day_text, t, tn
from hrtui.store import rows
from hrtui.store.by_ids import marks
from hrtui.store.changes import Change, RowChange, Values
from hrtui.store.employers import fill_holidays
from hrtui.store.entries import entry_of
from hrtui.store.errors import StoreError
from hrtui.store.holidays import country_of, holiday_of, insertion
from hrtui.store.leave_types import leave_types
from hrtui.store.lock_state import CLOSED
from hrtui.store.moments import moment
from hrtui.store.people import full_name
from hrtui.store.roles import rights
from hrtui.store.store import Store

MAX_NAME = 60
_MONDAY_TO_FRIDAY = frozenset(range(5))
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """A holiday in the list; `team` is empty where it is everybody's."""

    id: int
    holiday: Holiday
    team_id: int | None
    team: str


@dataclass(frozen=True, slots=True)
class TouchedEntry:
    """An entry on a date that a change is about; `locked` says that the person's month is closed."""

    person_id: int
    number: str
    name: str
    date: date
    leave_type_id: int
    minutes: int
    locked: bool


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """A change of holidays before it is saved.

    `touched` are the entries of the people concerned on the dates concerned: they stay as they are, and the
    clerk looks at them. `warnings` are translated sentences.
    """

    label: str
    changes: tuple[Change, ...]
    touched: tuple[TouchedEntry, ...]
    warnings: tuple[str, ...] = field(default=())


def holiday_lines(store: Store, employer_id: int, year: int) -> list[HolidayLine]:
    """The holidays of a year in date order; a year that has none yet gets those of the country first."""
    fill_holidays(store, employer_id, country_of(store, employer_id), year)
    found = store.con.execute(
        "SELECT h.id, h.date, h.name_nl, h.name_fr, h.name_en, h.replaces, h.half, h.team_id, t.name"
        " FROM holiday h LEFT JOIN team t ON t.id = h.team_id"
        " WHERE h.employer_id = ? AND h.date BETWEEN ? AND ? ORDER BY h.date, h.team_id, h.id",
        (employer_id, f"{year}-01-01", f"{year}-12-31"),
    )
    return [
        HolidayLine(id_, holiday_of(*columns), team_id, team or "") for id_, *columns, team_id, team in found
    ]


def plan_add(
    store: Store,
    employer_id: int,
    day: date,
    names: Mapping[str, str],
    *,
    half: bool = False,
    team_id: int | None = None,
) -> HolidayPlan:
    """A new holiday with its names by language; raises StoreError for a date that has one already."""
    holiday = Holiday(_checked_day(day), _checked_names(names), half=half)
    _check_team(store, employer_id, team_id)
    _refuse_second(store, employer_id, day, team_id, 0)
    label = t("Holiday {name} added", name=holiday.name(language()))
    return _plan(store, employer_id, label, [insertion(employer_id, holiday, team_id)], {day}, {team_id})


def plan_edit(store: Store, employer_id: int, line: HolidayLine, new: HolidayLine) -> HolidayPlan:
    """Another date, other names, half or whole, for another team: what differs between the two.

    A replacement day stays in the calendar year of the holiday it stands for (Belgian Holidays Act of 4
    January 1974, art. 6). A holiday that moves takes its replacement's reference along. Raises StoreError.
    """
    day = _checked_day(new.holiday.date)
    _check_team(store, employer_id, new.team_id)
    replaced = line.holiday.replaces
    if replaced is not None and day.year != replaced.year:
        raise StoreError(t("A replacement day stays in {year}, the year of its holiday.", year=replaced.year))
    if (day, new.team_id) != (line.holiday.date, line.team_id):
        _refuse_second(store, employer_id, day, new.team_id, line.id)
    names = _checked_names(dict(new.holiday.names))
    old, values = _columns(line), _columns(replace(new, holiday=replace(new.holiday, names=names)))
    rows.row_of(store, employer_id, "holiday", line.id)
    changes: list[Change] = [*rows.update("holiday", line.id, old, values)]
    if day != line.holiday.date:
        changes += _references(store, employer_id, line, day)
    label = t("Holiday {name} changed", name=new.holiday.name(language()))
    only_names = old | {name: values[name] for name in values if name.startswith("name_")} == values
    days = set() if only_names else {line.holiday.date, day}
    return _plan(store, employer_id, label, changes, days, {line.team_id, new.team_id}, placed=days & {day})


def plan_delete(store: Store, employer_id: int, line: HolidayLine) -> HolidayPlan:
    """Take a holiday away, and with it the replacement day that stands for it."""
    gone = [line, *_replacements_of(store, employer_id, line)]
    changes = [rows.removal(store, employer_id, "holiday", one.id) for one in gone]
    label = t("Holiday {name} removed", name=line.holiday.name(language()))
    days = {one.holiday.date for one in gone}
    plan = _plan(store, employer_id, label, changes, days, {line.team_id}, placed=())
    if len(gone) == 1:
        return plan
    return replace(plan, warnings=(t("Its replacement day goes too."), *plan.warnings))


def plan_replacements(
    store: Store,
    employer_id: int,
    year: int,
    weekdays: Collection[int] = _MONDAY_TO_FRIDAY,
    team_id: int | None = None,
) -> HolidayPlan:
    """The replacement days that are still missing, for people who work on `weekdays` (Monday is 0).

    Empty in the Netherlands, where a holiday on a free day is not replaced.
    """
    from hrtui.domain.holidays import replacement_days

    if country_of(store, employer_id) != "BE":
        return HolidayPlan("", (), ())
    _check_team(store, employer_id, team_id)
    lines = holiday_lines(store, employer_id, year)
    given = [line.holiday for line in lines if line.team_id in {None, team_id}]
    days = replacement_days(given, year, lambda day: day.weekday() in weekdays)
    changes = [insertion(employer_id, day, team_id) for day in days]
    label = tn(
        "{n} replacement day of {year} added", "{n} replacement days of {year} added", len(days), year=year
    )
    return _plan(store, employer_id, label, changes, {day.date for day in days}, {team_id})


def save_plan(store: Store, employer_id: int, plan: HolidayPlan) -> int | None:
    """Do what was planned, as one step; the touched entries stay. Raises StaleError."""
    return rows.carry_out(store, employer_id, plan.label, plan.changes)


def touched_entries(
    store: Store, employer_id: int, days: Collection[date], team_ids: Collection[int | None]
) -> list[TouchedEntry]:
    """What is entered on these days for the people of these teams (None: for everybody), in date order."""
    whose: list[object] = []
    condition = ""
    if None not in team_ids:
        whose = list(team_ids)
        condition = f" AND p.team_id IN ({marks(len(whose))})"
    texts = [day.isoformat() for day in sorted(days)]
    found = store.con.execute(
        "SELECT p.id, p.number, p.first_name, p.last_name, p.name_prefix, e.date, e.leave_type_id, e.minutes,"
        " e.part, e.status, e.source,"
        " EXISTS (SELECT 1 FROM month_lock k WHERE k.person_id = p.id AND k.month = substr(e.date, 1, 7)"
        f" AND {CLOSED})"
        " FROM person p JOIN calendar_entry e ON e.person_id = p.id"
        f" WHERE p.employer_id = ? AND e.date IN ({marks(len(texts))}){condition}"
        " ORDER BY e.date, p.sort_name, p.id, e.slot",
        (moment(), employer_id, *texts, *whose),
    )
    own, kinds = rights(store, employer_id), leave_types(store, employer_id)
    touched: list[TouchedEntry] = []
    for id_, number, first, last, prefix, day, *columns, locked in found:
        (entry,) = own.entries([entry_of(*columns)], kinds)
        name = full_name(first, last, prefix)
        day = date.fromisoformat(day)
        touched.append(TouchedEntry(id_, number, name, day, entry.leave_type_id, entry.minutes, bool(locked)))
    return touched


def _plan(
    store: Store,
    employer_id: int,
    label: str,
    changes: Sequence[Change],
    days: Collection[date],
    team_ids: Collection[int | None],
    *,
    placed: Collection[date] | None = None,
) -> HolidayPlan:
    """The plan; `placed` are those of the `days` on which a holiday comes to stand, else all of them."""
    touched = touched_entries(store, employer_id, days, team_ids) if days and changes else []
    sundays = [day for day in sorted(days if placed is None else placed) if day.weekday() == _SUNDAY]
    warnings = [t("{day} is a Sunday.", day=short_day_text(day)) for day in sundays]
    locked = len({entry.person_id for entry in touched if entry.locked})
    if locked:
        warnings.append(
            tn(
                "The month of {n} person with entries there is locked.",
                "The months of {n} people with entries there are locked.",
                locked,
            )
        )
    return HolidayPlan(label, tuple(changes), tuple(touched), tuple(warnings))


def _columns(line: HolidayLine) -> Values:
    holiday = line.holiday
    return {
        "date": holiday.date.isoformat(),
        "name_nl": holiday.name("nl"),
        "name_fr": holiday.name("fr"),
        "name_en": holiday.name("en"),
        "half": int(holiday.half),
        "team_id": line.team_id,
    }


def _references(store: Store, employer_id: int, line: HolidayLine, day: date) -> list[Change]:
    """Let the replacement of a holiday that moves stand for the new date."""
    old, new = {"replaces": line.holiday.date.isoformat()}, {"replaces": day.isoformat()}
    return [RowChange("holiday", one.id, old, new) for one in _replacements_of(store, employer_id, line)]


def _replacements_of(store: Store, employer_id: int, line: HolidayLine) -> list[HolidayLine]:
    lines = holiday_lines(store, employer_id, line.holiday.date.year)
    return [one for one in lines if one.holiday.replaces == line.holiday.date and one.team_id == line.team_id]


def _refuse_second(store: Store, employer_id: int, day: date, team_id: int | None, own_id: int) -> None:
    for line in holiday_lines(store, employer_id, day.year):
        if line.holiday.date == day and line.team_id == team_id and line.id != own_id:
            name = line.holiday.name(language())
            raise StoreError(t("{day} is {name} already.", day=short_day_text(day), name=name))


def _checked_day(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise StoreError(t("The year {year} cannot be right.", year=day.year))
    return day


def _checked_names(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The names in nl, fr and en; a language that has none gets the first that is there."""
    found: dict[str, str] = {}
    for one in LANGUAGES:
        plain = clean(names.get(one, ""))
        if isinstance(plain, Problem):
            raise StoreError(t("The name has characters that cannot be shown."))
        if len(plain) > MAX_NAME:
            raise StoreError(t("The name is longer than {n} characters.", n=MAX_NAME))
        found[one] = plain
    first = next((name for name in found.values() if name), "")
    if not first:
        raise StoreError(t("Type the name of the holiday."))
    return tuple((one, name or first) for one, name in found.items())


def _check_team(store: Store, employer_id: int, team_id: int | None) -> None:
    if team_id is not None:
        rows.row_of(store, employer_id, "team", team_id)
