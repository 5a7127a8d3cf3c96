"""The holidays of the employer by year: added, moved, made half days, and replaced where nobody works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from hrtui.i18n import N_, language, short_day_text, t, tn
from hrtui.screens.employer.holiday_forms import HolidayForm, ReplacementsForm, new_rows, save_or_ask
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row
from hrtui.screens.years import YearTable
from hrtui.store.holiday_records import (
    HolidayLine,
    HolidayPlan,
    holiday_lines,
    plan_delete,
    plan_replacements,
)
from hrtui.store.record_history import Row as StoredRow
from hrtui.store.record_history import rows_with
from hrtui.widgets.hints import Hint


class HolidaysScreen(YearTable):
    """The holidays of a year in date order; Enter changes one, F2 proposes replacement days."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("change or move")),
        "table.new": (2, N_("new")),
        "table.delete": (3, N_("delete")),
        "table.more": (2, N_("replacement days…")),
        "table.next": (3, N_("next year")),
        "table.history": (5, N_("history")),
        "table.undo": (4, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Date"), 11),
        Column(N_("Name")),
        Column(N_("Day"), 6),
        Column(N_("For team"), 14, least=70),
        Column(N_("Instead of"), 11),
    )

    def __init__(self, session: Session, year: int | None = None) -> None:
        super().__init__(session, year or session.today.year)
        self._lines: dict[int, HolidayLine] = {}
        self._missing = 0

    def heading(self) -> str:
        """Whose holidays, of which year."""
        return f"{t('Holidays {year}', year=self.year)}  {self.session.employer.name}"

    def find(self, text: str) -> Sequence[int]:
        """The holidays with the words in their date, name or team."""
        found = holiday_lines(self.session.store, self.session.employer.id, self.year)
        self._missing = len(
            plan_replacements(self.session.store, self.session.employer.id, self.year).changes
        )
        fits = finder(text)
        self._lines = {
            line.id: line for line in found if fits(f"{_day(line.holiday.date)} {_names(line)} {line.team}")
        }
        return list(self._lines)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Date, name, half or whole, team, and the day it stands for."""
        return {id_: _row(self._lines[id_]) for id_ in ids}

    def in_words(self) -> str:
        """How many holidays still lack a replacement, or that a holiday lies on a free day."""
        missing = self._missing
        texts = []
        if missing:
            key = self.session.keymap.label("table.more")
            texts.append(tn("{n} replacement day is missing: {key} proposes it.",
                            "{n} replacement days are missing: {key} proposes them.",
                            missing, key=key))  # fmt: skip
        if self.current is not None:
            line = self._lines[self.current]
            own = [one for one in self._lines.values() if one.holiday.replaces == line.holiday.date]
            texts += [t("Replaced on {day}.", day=_day(one.holiday.date)) for one in own]
        return " ".join(texts)

    def row_of(self, day: date) -> int | None:
        """The row of everybody's holiday on a day; None where there is none."""
        found = (line for line in self._lines.values() if line.holiday.date == day and not line.team)
        return next((line.id for line in found), None)

    def open_row(self, row_id: int) -> None:
        """Change it, or move it."""
        self.app.push_screen(HolidayForm(self.session, self._lines[row_id], self.year, self._saved))

    def action_table_new(self) -> None:
        """A holiday of this employer or of a team."""
        self.app.push_screen(HolidayForm(self.session, None, self.year, self._saved))

    def action_table_delete(self) -> None:
        """Take it away; ask in any case, with what is entered on the day."""
        if self.current is None:
            return
        line = self._lines[self.current]
        plan = plan_delete(self.session.store, self.session.employer.id, line)
        name = line.holiday.name(language())
        if plan.touched or plan.warnings:
            save_or_ask(self, plan, self._saved)
        else:
            self.ask(t("Delete {name}?", name=name), lambda: save_or_ask(self, plan, self._saved))

    def action_table_more(self) -> None:
        """Replacement days, and the history of all holidays."""
        session = self.session

        def propose() -> None:
            self.app.push_screen(ReplacementsForm(session, self.year, self._saved))

        items = [Item(t("All changes of holidays"), t("Also of those that were deleted"), self._all_changes)]
        if session.employer.country == "BE":
            help_text = t("For holidays on a free day")
            items.insert(0, Item(t("Propose replacement days…"), help_text, propose))
        self.app.push_screen(MenuScreen(session, self.heading(), items))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The holiday itself."""
        return [("holiday", row_id)]

    def _all_changes(self) -> None:
        from hrtui.screens.history.record import RecordHistoryScreen

        store, whose = self.session.store, {"employer_id": self.session.employer.id}
        self.app.push_screen(
            RecordHistoryScreen(self.session, t("all holidays"), lambda: rows_with(store, "holiday", whose))
        )

    def _saved(self, plan: HolidayPlan, row_id: int | None) -> None:
        """Show what was saved, and that entries were left as they are."""
        day = next((row["date"] for row in new_rows(plan) if "date" in row), None)
        if day is not None:
            self.year = date.fromisoformat(day).year
        self.reload(keep=row_id)
        stays = len(plan.touched)
        left = tn("{n} entry stays as it is.", "{n} entries stay as they are.", stays) if stays else ""
        self.tell(f"{plan.label}. {left}".strip())


def _row(line: HolidayLine) -> Row:
    holiday = line.holiday
    half = t("half") if holiday.half else t("whole")
    replaces = _day(holiday.replaces) if holiday.replaces else ""
    return Row((_day(holiday.date), holiday.name(language()), half, line.team, replaces))


def _day(day: date) -> str:
    return short_day_text(day)


def _names(line: HolidayLine) -> str:
    return " ".join(name for _, name in line.holiday.names)
