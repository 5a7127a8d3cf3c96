"""The year overview: the people of the grid down, the twelve months across, each with its days of absence."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Offset

from hrtui.domain.day import Day
from hrtui.domain.leave_type import Category
from hrtui.domain.money import decimal_sign
from hrtui.domain.month import FIRST_YEAR, LAST_YEAR, Month
from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import Outcome
from hrtui.editor.position import Cursor
from hrtui.i18n import N_, language, month_names, t, tn
from hrtui.screens.base import KeyScreen
from hrtui.screens.session import Session
from hrtui.widgets.cells import OUTSIDE, UNSCHEDULED
from hrtui.widgets.hints import Hint, action_hints, fitting
from hrtui.widgets.lines import Line, Lines, Piece, title_line
from hrtui.widgets.names import name_text
from hrtui.widgets.status_line import StatusLine
from hrtui.wording import month_name

NAME = 18
WIDEST_CELL = 5
TOTAL = 7
FRAME = 4
"""Lines that are not people: title, heads and two at the bottom."""
_WORDS: dict[str, Hint] = {
    "year.open": (1, N_("open the month")),
    "year.prev": (2, N_("year before")),
    "year.next": (2, N_("year after")),
    "app.help": (3, N_("help")),
    "app.back": (1, N_("back")),
}


class YearScreen(KeyScreen):
    """Days of absence by person and month; Enter shows that month in the grid, through `show`.

    It lists whom the grid lists. `grid` is the grid's editor; it is moved only by Enter.
    """

    scopes: ClassVar[tuple[str, ...]] = ("year",)

    def __init__(self, session: Session, grid: MonthEditor, show: Callable[[Outcome], None]) -> None:
        super().__init__(session)
        self.grid = grid
        self.show = show
        self.people = list(grid.people)
        self.year = grid.month.year
        self.row = grid.cursor.row
        self.number = grid.month.number
        self.top = 0
        self.message = ""
        self.lines = Lines(session.palette)
        self.status = StatusLine(session.palette)
        self._days: dict[tuple[int, int, int], float | None] = {}
        self._names: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """The overview, and two lines under it."""
        yield self.lines
        yield self.status

    def on_resize(self, event: Resize) -> None:
        """Lay out for the new size."""
        self.draw()

    @property
    def cell(self) -> int:
        """Columns of a month."""
        return min(WIDEST_CELL, (self.size.width - NAME) // 12)

    @property
    def has_total(self) -> bool:
        """Whether there is room for the sum of the year."""
        return self.size.width >= NAME + 12 * WIDEST_CELL + TOTAL

    @property
    def room(self) -> int:
        """How many people fit."""
        return max(1, self.size.height - FRAME)

    # -- reading

    def _read(self, people: list[int]) -> None:
        """Read the year of those people that are not known yet."""
        for number in range(1, 13):
            missing = [person for person in people if (person, self.year, number) not in self._days]
            rows = self.grid.rows_of(missing, Month(self.year, number)) if missing else {}
            for person in missing:
                row = rows.get(person)
                self._days[person, self.year, number] = self._absent(row.days) if row else None
                if row:
                    self._names[person] = row.name

    def _absent(self, days: tuple[Day, ...]) -> float | None:
        """Days of absence; None where nobody was employed on any day."""
        if not any(day.in_contract for day in days):
            return None
        kinds = self.grid.kinds
        return sum(
            entry.minutes / day.scheduled
            for day in days
            for entry in day.entries
            if day.scheduled and kinds[entry.leave_type_id].category is Category.ABSENCE
        )

    # -- drawing

    def draw(self) -> None:
        """All lines; those that look the same are not sent again."""
        if not self.top <= self.row < self.top + self.room:
            self.top = self.row - self.room // 2
        self.top = max(0, min(self.top, len(self.people) - self.room))
        shown = self.people[self.top : self.top + self.room]
        self._read(shown)
        width = self.size.width
        title = f"{t('Days absent in {year}', year=self.year)}  {self.session.employer.name}"
        lines = [title_line(title, width), self._heads()]
        lines += [self._person(person, row) for row, person in enumerate(shown, self.top)]
        if not shown:
            lines.append(((f" {t('There is nobody in this list.')}", "plain"),))
        self.lines.show([*lines, *[()] * (FRAME + self.room - len(lines))])
        if self.message:
            self.status.say(((f" {self._in_words()}", "plain"),), self.message, "warning")
        else:
            self.status.tell(self._in_words(), fitting(action_hints(self.session.keymap, _WORDS), width))
        self.app.cursor_position = Offset(NAME + (self.number - 1) * self.cell, 2 + self.row - self.top)

    def _heads(self) -> Line:
        pieces: list[Piece] = [(" " * NAME, "plain")]
        for number, name in enumerate(month_names(short=True), 1):
            pieces.append(
                (f"{name[: self.cell - 1]:>{self.cell}}", "bold" if number == self.number else "dim")
            )
        return tuple(pieces)

    def _person(self, person: int, row: int) -> Line:
        here = row == self.row
        name = name_text(self._names.get(person, ""), NAME, marked=False)
        pieces: list[Piece] = [(name, "bold" if here else "plain")]
        for number in range(1, 13):
            days = self._days[person, self.year, number]
            text = OUTSIDE if days is None else _days(days, self.cell - 1) if days else UNSCHEDULED
            slot = "cursor" if here and number == self.number else "plain" if days else "dim"
            pieces.append((f"{text:>{self.cell}}", slot))
        if self.has_total:
            known = [self._days[person, self.year, number] or 0 for number in range(1, 13)]
            pieces.append((f"{_days(sum(known)):>{TOTAL}}", "plain"))
        return tuple(pieces)

    def _in_words(self) -> str:
        if not self.people:
            return ""
        person = self.people[self.row]
        days = self._days[person, self.year, self.number]
        month = month_name(Month(self.year, self.number))
        name = self._names.get(person, "")
        if days is None:
            return t("{person}, {month}: no contract", person=name, month=month)
        return tn(
            "{person}, {month}: {days} day absent", "{person}, {month}: {days} days absent",
            1 if days == 1 else 2, person=name, month=month, days=_days(days),
        )  # fmt: skip

    def place_cursor(self) -> None:
        """At the month."""
        self.draw()

    # -- keys

    def say(self, text: str) -> None:
        """A sentence in the place of the keys, until the next key."""
        self.message = text
        self.draw()

    def _go(self, row: int, number: int) -> None:
        """To a person, or say at which end the list is; December is followed by January of the next year."""
        before, self.row = self.row, max(0, min(row, len(self.people) - 1))
        self.message = ""
        if row != before and self.row == before:
            self.message = t("This is the last person.") if row > before else t("This is the first person.")
        index = max(FIRST_YEAR * 12, min(self.year * 12 + number - 1, LAST_YEAR * 12 + 11))
        self.year, self.number = index // 12, index % 12 + 1
        self.draw()

    def action_year_left(self) -> None:
        """One month back."""
        self._go(self.row, self.number - 1)

    def action_year_right(self) -> None:
        """One month on."""
        self._go(self.row, self.number + 1)

    def action_year_up(self) -> None:
        """Previous person."""
        self._go(self.row - 1, self.number)

    def action_year_down(self) -> None:
        """Next person."""
        self._go(self.row + 1, self.number)

    def action_year_page_up(self) -> None:
        """One screen up."""
        self._go(self.row - self.room, self.number)

    def action_year_page_down(self) -> None:
        """One screen down."""
        self._go(self.row + self.room, self.number)

    def action_year_prev(self) -> None:
        """The year before."""
        self._go(self.row, self.number - 12)

    def action_year_next(self) -> None:
        """The year after."""
        self._go(self.row, self.number + 12)

    def action_year_open(self) -> None:
        """Show the month in the grid, with the cursor on the person."""
        if not self.people:
            return
        person, month = self.people[self.row], Month(self.year, self.number)
        if self._days[person, self.year, self.number] is None:
            self.say(self._in_words())
            return
        self.close()
        outcome = self.grid.show_month(month) if month != self.grid.month else Outcome(rows_changed=True)
        self.grid.drop_selection()
        row = self.grid.row_of.get(person)
        if row is not None:
            self.grid.cursor = Cursor(row, self.grid.cursor.day)
        self.show(outcome)

    def store_changed(self) -> None:
        """Another program wrote to the database."""
        self._days.clear()
        self.draw()


def _days(days: float, room: int = WIDEST_CELL) -> str:
    """Days with at most one decimal, as the language writes it; without one where there is no room."""
    text = f"{days:.1f}".removesuffix(".0")
    if len(text) > room:
        text = f"{days:.0f}"
    return text.replace(".", decimal_sign(language()))
