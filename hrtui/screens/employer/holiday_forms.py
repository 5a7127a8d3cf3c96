"""Forms of the holidays: one holiday, the proposal of replacement days, and what a change touches."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from hrtui.domain.day import Entry, Holiday
from hrtui.domain.identity.problem import Value
from hrtui.domain.typed_cell import cell_text
from hrtui.i18n import LANGUAGES, N_, day_text, language, t, tn, weekday_names
from hrtui.screens.base import KeyScreen
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.record_fields import linked
from hrtui.screens.session import Session
from hrtui.store.changes import RowChange
from hrtui.store.changes import Values as Columns
from hrtui.store.holiday_records import (
    MAX_NAME,
    HolidayLine,
    HolidayPlan,
    TouchedEntry,
    plan_add,
    plan_edit,
    plan_replacements,
    save_plan,
)
from hrtui.store.leave_types import leave_types
from hrtui.widgets.form_field import (
    FormField,
    Reading,
    Values,
    choice_field,
    date_field,
    text_field,
    whole_of,
    yes_no_field,
)

Saved = Callable[[HolidayPlan, int | None], None]
"""Told what was saved, and the row to show."""
_NAMES = {"nl": N_("Name in Dutch"), "fr": N_("Name in French"), "en": N_("Name in English")}
_WITHOUT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}|\d{4}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1950, 2150
_WEEK = range(6)
"""Monday to Saturday: nobody's usual working day is a Sunday."""


def save_or_ask(here: KeyScreen, plan: HolidayPlan, saved: Saved, row_id: int | None = None) -> None:
    """Save a change of holidays; where it touches entries or needs a look, show those first and ask.

    `here` is the screen that asks; `saved` is called once it is stored.
    """
    session = here.session

    def save() -> None:
        save_plan(session.store, session.employer.id, plan)
        saved(plan, row_id)

    if not plan.touched and not plan.warnings:
        save()
        return
    stay = t("The entries stay as they are") if plan.touched else ""
    items = [
        Item(t("Save it"), stay, save),
        Item(t("Leave everything as it is"), "", lambda: here.say(t("Nothing was changed."))),
    ]
    about = [*plan.warnings, *([""] if plan.warnings else []), *_touched_lines(session, plan.touched)]
    title = plan.label
    if plan.touched:
        title = tn("{label}: {n} entry on these days", "{label}: {n} entries on these days",
                   len(plan.touched), label=plan.label)  # fmt: skip
    here.app.push_screen(MenuScreen(session, title, items, about))


def new_rows(plan: HolidayPlan) -> list[Columns]:
    """The columns that the plan's changes set, by change."""
    return [change.new for change in plan.changes if isinstance(change, RowChange) and change.new]


def _ids(plan: HolidayPlan) -> list[int]:
    return [change.id for change in plan.changes if isinstance(change, RowChange)]


def _touched_lines(session: Session, touched: Sequence[TouchedEntry]) -> list[str]:
    """A line for each entry, to look at after the change."""
    kinds = session.rights.kinds(leave_types(session.store, session.employer.id))
    lines = []
    for one in touched:
        locked = f"  ({t('locked month')})" if one.locked else ""
        entry = cell_text((Entry(one.leave_type_id, one.minutes),), kinds)
        lines.append(f"{day_text(one.date, 'EEE d MMM y')}  {one.name} {one.number}  {entry}{locked}")
    return lines


class HolidayForm(FlowScreen):
    """A holiday: its date, names, half or whole day, and the team it is for."""

    def __init__(self, session: Session, line: HolidayLine | None, year: int, saved: Saved) -> None:
        super().__init__(session)
        self.line = line
        self.year = year
        self._saved = saved

    def heading(self) -> str:
        """Which holiday, and the day it stands for."""
        if self.line is None:
            return t("New holiday")
        name = self.line.holiday.name(language())
        replaced = self.line.holiday.replaces
        if replaced is None:
            return f"{t('Holiday')}  {name}"
        return t("{name}, instead of {day}", name=name, day=day_text(replaced, "EEE d MMM y"))

    def fields(self) -> Sequence[FormField]:
        """Date, half day, team, names: a day that only moves is done after the first field."""
        day = date_field("date", N_("Date"), first=FIRST_YEAR, last=LAST_YEAR, required=True,
                         hint=N_("As on the form: 31/12/2026, or 31/12 of this year"))  # fmt: skip
        own = language()
        languages = [own, *(one for one in LANGUAGES if one != own)]
        names = [
            text_field(f"name_{one}", _NAMES[one], longest=MAX_NAME, required=one == own,
                       hint=N_("The other languages get this name where theirs is empty"))
            for one in languages
        ]  # fmt: skip
        return (
            replace(day, read=self._read_day),
            *names,
            yes_no_field("half", N_("Half day")),
            choice_field("team_id", N_("Only for the team"), lambda: linked(self.session, "team"),
                         hint=N_("Empty: for everybody")),
        )  # fmt: skip

    def _read_day(self, text: str, values: Values) -> Reading:
        """A date; one without a year is in the year of the list."""
        plain = text.strip()
        if _WITHOUT_YEAR.fullmatch(plain):
            plain = f"{plain}{'/' if not plain.isdigit() else ''}{self.year}"
        return date_field("date", "", first=FIRST_YEAR, last=LAST_YEAR).read(plain, values)

    def values(self) -> Values:
        """As it is stored."""
        if self.line is None:
            return {"half": 0, "team_id": None}
        holiday = self.line.holiday
        names = {f"name_{one}": name for one, name in holiday.names}
        day = holiday.date.isoformat()
        return {"date": day, "half": int(holiday.half), "team_id": self.line.team_id, **names}

    def submit(self, values: dict[str, Value]) -> None:
        """Plan the change; show what it touches, and save it."""
        session = self.session
        store, employer_id = session.store, session.employer.id
        day = date.fromisoformat(str(values["date"]))
        names = {one: str(values[f"name_{one}"] or "") for one in LANGUAGES}
        team_id = whole_of(values["team_id"])
        half = bool(values["half"])
        if self.line is None:
            plan = plan_add(store, employer_id, day, names, half=half, team_id=team_id)
        else:
            holiday = Holiday(day, tuple(names.items()), self.line.holiday.replaces, half)
            new = replace(self.line, holiday=holiday, team_id=team_id)
            plan = plan_edit(store, employer_id, self.line, new)
        row_id = self.line.id if self.line else next(iter(_ids(plan)), None)
        if plan.changes:
            # The form stays below the question, so that Esc there loses nothing that was typed.
            save_or_ask(self, plan, self._close_saved, row_id)
        else:
            self.close()

    def _close_saved(self, plan: HolidayPlan, row_id: int | None) -> None:
        self.close()
        self._saved(plan, row_id)


class ReplacementsForm(FlowScreen):
    """Asks for whom replacement days are proposed, and on which weekdays these people work."""

    only_writes = True

    def __init__(self, session: Session, year: int, saved: Saved) -> None:
        super().__init__(session)
        self.year = year
        self._saved = saved

    def heading(self) -> str:
        """Of which year."""
        return t("Replacement days of {year}", year=self.year)

    def fields(self) -> Sequence[FormField]:
        """The team, and a yes or no for each weekday."""
        team = choice_field("team_id", N_("Only for the team"), lambda: linked(self.session, "team"),
                            hint=N_("Empty: for everybody"))  # fmt: skip
        hint = N_("Whether it is a working day: y or n")
        section = N_("Working days")
        days = [yes_no_field(f"day_{day}", weekday_names()[day], hint=hint, section=section) for day in _WEEK]
        return (team, *days)

    def values(self) -> Values:
        """Everybody, Monday to Friday."""
        return {"team_id": None} | {f"day_{day}": int(day < 5) for day in _WEEK}

    def may_leave(self) -> str:
        """Nothing is lost: it is filled in again in no time."""
        return ""

    def submit(self, values: dict[str, Value]) -> None:
        """Show the days that are proposed, and save them when that is confirmed."""
        session = self.session
        weekdays = {day for day in _WEEK if values[f"day_{day}"]}
        plan = plan_replacements(
            session.store, session.employer.id, self.year, weekdays, whole_of(values["team_id"])
        )
        if not plan.changes:
            self.say(t("No replacement day is missing."))
            return
        self.close()
        self._propose(self.on_top, plan)

    def _propose(self, here: KeyScreen, plan: HolidayPlan) -> None:
        session = self.session

        def save() -> None:
            save_plan(session.store, session.employer.id, plan)
            self._saved(plan, None)

        days = [
            t("{day} instead of {holiday}", day=_iso_text(row["date"]), holiday=_iso_text(row["replaces"]))
            for row in new_rows(plan)
        ]
        touched = _touched_lines(session, plan.touched)
        entries = [t("Entries on these days, which stay as they are:"), *touched] if touched else []
        items = [
            Item(t("Save these days"), t("Each can be moved afterwards"), save),
            Item(t("Leave everything as it is"), "", lambda: here.say(t("Nothing was changed."))),
        ]
        here.app.push_screen(
            MenuScreen(session, self.heading(), items, [*days, "", *plan.warnings, *entries])
        )


def _iso_text(text: str) -> str:
    return day_text(date.fromisoformat(text), "EEE d MMM y")
