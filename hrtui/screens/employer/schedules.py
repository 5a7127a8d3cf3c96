"""The library of work schedules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import ClassVar

from hrtui.i18n import N_, hours, t
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.errors import StoreError
from hrtui.store.record_history import Row as StoredRow
from hrtui.store.schedule_records import ScheduleLine, delete_schedule, schedule_library
from hrtui.widgets.hints import Hint


class SchedulesScreen(TableScreen):
    """The list of schedules; Enter opens the weeks of one, F4 gives it to people."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open")),
        "table.new": (2, N_("new schedule")),
        "table.edit": (3, N_("give to people")),
        "table.delete": (4, N_("delete")),
        "table.undo": (5, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Schedule")),
        Column(N_("Weeks"), 6, right=True),
        Column(N_("A week"), 7, right=True),
        Column(N_("People"), 9, right=True),
        Column(N_("First week"), 22),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._lines: dict[int, ScheduleLine] = {}

    def heading(self) -> str:
        """Whose schedules."""
        return f"{t('Work schedules')}  {self.session.employer.name}"

    def find(self, text: str) -> Sequence[int]:
        """The schedules with the text in their name."""
        found = schedule_library(self.session.store, self.session.employer.id, self.session.today)
        fits = finder(text)
        self._lines = {line.id: line for line in found if fits(line.draft.name)}
        return list(self._lines)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, weeks in the cycle, hours, people, and the hours of the first week."""

        def row(line: ScheduleLine) -> Row:
            draft = line.draft
            weeks, average = str(len(draft.weeks)), hours(draft.average_minutes)
            return Row((draft.name, weeks, average, str(line.people), week_in_short(draft.weeks[0])))

        return {id_: row(self._lines[id_]) for id_ in ids}

    def open_row(self, row_id: int) -> None:
        """The weeks of the schedule."""
        from hrtui.screens.employer.schedule_weeks import ScheduleScreen

        self.app.push_screen(ScheduleScreen(self.session, self._lines[row_id]))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The schedule's own row."""
        return [("work_schedule", row_id)]

    def action_table_new(self) -> None:
        """A new schedule."""
        from hrtui.screens.employer.schedule_weeks import ScheduleScreen

        self.app.push_screen(ScheduleScreen(self.session, None))

    def action_table_edit(self) -> None:
        """Choose people to give the schedule to."""
        from hrtui.screens.people.people import PeopleScreen

        if self.current is not None:
            self.app.push_screen(PeopleScreen(self.session, schedule_id=self.current))

    def action_table_delete(self) -> None:
        """Delete a schedule that nobody ever worked by."""
        if self.current is None:
            return
        name = self._lines[self.current].draft.name
        try:
            delete_schedule(self.session.store, self.session.employer.id, self.current)
        except StoreError as problem:
            self.say(problem.text)
            return
        self.reload()
        self.tell(t("{name} is deleted.", name=name))


def week_in_short(week: Sequence[int | None]) -> str:
    """The hours of a week with equal days taken together: `4×7:36 4:00`; days off at its end are left out."""
    parts: list[str] = []
    for minutes, days in groupby(week):
        count = len(list(days))
        text = hours(minutes) if minutes else "-"
        parts.append(f"{count}×{text}" if count > 1 else text)
    if not week[-1] and len(parts) > 1:
        parts.pop()
    return " ".join(parts)
