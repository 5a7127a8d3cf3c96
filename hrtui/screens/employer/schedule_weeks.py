"""The weeks of a work schedule: a line of hours for each, typed as `7:36 7:36 7:36 7:36 7:36` or `5x7:36`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hrtui.domain.hours import HoursError, parse_minutes
from hrtui.domain.identity.problem import Value
from hrtui.domain.schedule import DAY_MINUTES, MAX_WEEKS
from hrtui.domain.week_editor import WeekDraft
from hrtui.i18n import N_, hours, t, weekday_names
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.store.schedule_records import MAX_NAME, ScheduleLine, change_schedule, create_schedule
from hrtui.widgets.form_field import (
    FormField,
    Reading,
    Values,
    date_field,
    day_of,
    fixed_field,
    text_field,
    yes_no_field,
)
from hrtui.widgets.lines import Line, fitted

_CELL = 6
_REPEATED = re.compile(r"([1-7])[x*×](\S+)", re.IGNORECASE)
_NONE = frozenset({"-", "–"})


class ScheduleScreen(FlowScreen):
    """A schedule of one to eight weeks; a week more is there as soon as the last one is filled in."""

    def __init__(self, session: Session, line: ScheduleLine | None) -> None:
        super().__init__(session)
        self.line = line

    def heading(self) -> str:
        """Which schedule, and its hours a week."""
        name = self.line.draft.name if self.line else t("New schedule")
        weeks = _weeks(self.form.values)
        average = sum(map(sum, weeks)) // len(weeks) if weeks else 0
        return f"{name}  {t('{hours} a week', hours=hours(average))}"

    def fields(self) -> Sequence[FormField]:
        """Name, weeks, when the cycle begins, and from when a change holds."""
        weeks = [week for number in range(MAX_WEEKS) for week in (_week_field(number), _starts_field(number))]
        return (
            text_field("name", N_("Name"), longest=MAX_NAME, required=True),
            yes_no_field("times", N_("With start times")),
            fixed_field("days", ""),
            *weeks,
            date_field(
                "cycle_start",
                N_("Week 1 begins"),
                required=True,
                when=lambda values: len(_weeks(values)) > 1,
                hint=N_("A day in the first week of a cycle"),
            ),
            date_field(
                "start",
                N_("Changes from"),
                when=self._differs,
                hint=N_("Who works by it keeps the old hours until the day before"),
            ),
        )

    def _differs(self, values: Values) -> bool:
        """Whether the hours of a schedule that is there already are to become others."""
        if self.line is None:
            return False
        draft = self.line.draft
        return _weeks(values) != draft.weeks or (
            len(draft.weeks) > 1 and values.get("cycle_start") != draft.cycle_start.isoformat()
        )

    def values(self) -> Values:
        """The schedule, or a full-time week to start from."""
        values: dict[str, Value] = {"days": "".join(fitted(name, _CELL) for name in weekday_names())}
        monday = self.session.today - timedelta(days=self.session.today.weekday())
        values |= {"cycle_start": monday.isoformat(), "week.0": _shown((456,) * 5 + (0, 0))}
        if self.line is not None:
            draft = self.line.draft
            values |= {"name": draft.name, "cycle_start": draft.cycle_start.isoformat()}
            values["times"] = int(any(time is not None for week in draft.starts for time in week))
            for number, (week, starts) in enumerate(zip(draft.weeks, draft.starts, strict=True)):
                values |= {f"week.{number}": _shown(week), f"starts.{number}": _shown(starts)}
        return values

    def submit(self, values: dict[str, Value]) -> None:
        """Store it; what stands in the way is told at its field."""
        weeks = _weeks(values)
        starts = [_parsed(str(values[f"starts.{number}"] or "")) for number in range(len(weeks))]
        given = [tuple(None if time == 0 else time for time in week) for week in starts]
        cycle_start = date.fromisoformat(str(values["cycle_start"]))
        draft = WeekDraft(str(values["name"]), cycle_start, weeks, tuple(given) if values["times"] else ())
        store, employer_id = self.session.store, self.session.employer.id
        start = day_of(values["start"])
        try:
            if self.line is None:
                create_schedule(store, employer_id, draft)
            else:
                change_schedule(store, employer_id, self.line.id, draft, start=start)
        except StoreError as problem:
            self.form.go("name" if start or not self._differs(values) else "start")
            self.form.current.problem = problem.text
        else:
            self.close_telling(t("{name} is saved.", name=draft.name))

    def upper_line(self) -> Line:
        """On a week, its total."""
        cell = self.form.current
        if not cell.field.name.startswith("week."):
            return super().upper_line()
        total = hours(sum(_parsed(cell.edit.text)))
        text = t(
            "{hours} this week.  Monday to Sunday: 7:36 8 7.6 - or 5x7:36; empty: no such week", hours=total
        )
        return ((f" {text}", "dim"),)


def _week_field(number: int) -> FormField:
    def there(values: Values) -> bool:
        return number == 0 or bool(values.get(f"week.{number - 1}"))

    return FormField(
        f"week.{number}",
        _WEEK_LABELS[number],
        required=number == 0,
        read=_reader(t("These are no hours; write 7:36, 7.6 or 5x7:36.")),
        when=there,
    )


def _starts_field(number: int) -> FormField:
    return FormField(
        f"starts.{number}",
        N_("begins at"),
        hint=N_("Monday to Sunday: 8:30 8:30 - or 5x8:30"),
        read=_reader(t("These are no times; write 8:30 or 5x8:30.")),
        when=lambda values: bool(values.get("times") and values.get(f"week.{number}")),
    )


_WEEK_LABELS = (
    *(N_("Week 1"), N_("Week 2"), N_("Week 3"), N_("Week 4")),
    *(N_("Week 5"), N_("Week 6"), N_("Week 7"), N_("Week 8")),
)


def _reader(sentence: str) -> Callable[[str, Values], Reading]:
    def read(text: str, values: Values) -> Reading:
        amounts = _amounts(text)
        if amounts is None:
            return Reading(problem=sentence)
        if len(amounts) > 7:
            return Reading(problem=t("A week has seven days; there are {n} here.", n=len(amounts)))
        if any(minutes > DAY_MINUTES for minutes in amounts):
            return Reading(problem=t("A day has 24 hours at most."))
        return Reading(_shown([*amounts, *[0] * (7 - len(amounts))]))

    return read


def _amounts(text: str) -> list[int] | None:
    """The minutes of a line of hours; None where a part of it is no amount of time."""
    found: list[int] = []
    for part in text.split():
        repeated = _REPEATED.fullmatch(part)
        times, amount = (int(repeated[1]), repeated[2]) if repeated else (1, part)
        try:
            found += [0 if amount in _NONE else parse_minutes(amount)] * times
        except HoursError:
            return None
    return found


def _parsed(text: str) -> list[int]:
    return _amounts(text) or [0] * 7


def _shown(minutes: Sequence[int | None]) -> str:
    """Seven amounts in columns."""
    return "".join(fitted(hours(one) if one else "-", _CELL) for one in minutes).rstrip()


def _weeks(values: Values) -> tuple[tuple[int, ...], ...]:
    """The weeks that are filled in, up to the first that is not."""
    weeks: list[tuple[int, ...]] = []
    for number in range(MAX_WEEKS):
        text = str(values.get(f"week.{number}") or "")
        if not text:
            break
        weeks.append(tuple(_parsed(text)))
    return tuple(weeks)
