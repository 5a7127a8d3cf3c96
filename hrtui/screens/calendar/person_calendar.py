"""A person's own calendar: month and year, entering by type and hours, balances, the history of a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Offset

from hrtui.domain.day import Day
from hrtui.domain.month import FIRST_YEAR, LAST_YEAR, Month
from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import NOTHING, Outcome
from hrtui.editor.position import Cursor
from hrtui.i18n import N_, t
from hrtui.screens.calendar.add_prompt import AddPrompt
from hrtui.screens.calendar.entry import EntryScreen
from hrtui.screens.calendar.month_extra import MonthExtra, month_extra, month_extra_lines
from hrtui.screens.calendar.prompt import HoursPrompt, Prompt
from hrtui.screens.places import why_kept
from hrtui.screens.session import Session
from hrtui.screens.sickness.wage import WageOfPerson
from hrtui.store.balances import balances
from hrtui.store.leave_years import leave_year_of
from hrtui.store.month_view import PersonRow
from hrtui.widgets.hints import Hint, action_hints, fitting
from hrtui.widgets.lines import Line, Lines, title_line
from hrtui.widgets.months import month_text
from hrtui.widgets.person_calendar import Scene, balance_lines, month_lines, year_lines
from hrtui.wording import month_name

_WORDS: dict[str, Hint] = {
    "calendar.add": (1, N_("add")),
    "calendar.clear": (4, N_("clear")),
    "calendar.toggle": (2, N_("month or year")),
    "calendar.pay_add": (3, N_("pay")),
    "calendar.message_add": (3, N_("message")),
    "calendar.history": (4, N_("history")),
    "calendar.allowances": (4, N_("allowances")),
    "calendar.undo": (5, N_("undo")),
    "app.help": (2, N_("help")),
    "app.back": (1, N_("back")),
}
STATUS_HEIGHT = 2
MONTH_LINES = 13
"""Heads and six weeks of two lines, or heads and twelve months."""
TALL = 32
"""From so many lines on, each week has a line more."""


class CalendarScreen(EntryScreen):
    """The calendar of one person of the grid's list, opened on the day under the grid's cursor.

    It has an editor of its own, so that marks and selection of the grid never widen what is entered here.
    """

    scopes: ClassVar[tuple[str, ...]] = ("calendar",)

    def __init__(self, session: Session, grid: MonthEditor, person_id: int) -> None:
        editor = session.editor(grid.month)
        super().__init__(session, editor)
        editor.last = grid.last
        editor.approval_key = session.keymap.label("calendar.approve")
        self.people = list(grid.people)
        self.person_id = person_id
        self.date = grid.month.day(max(1, min(grid.cursor.day, grid.month.length)))
        self.yearly = False
        self.lines = Lines(session.palette)
        self._wage = WageOfPerson(session)
        self._years: dict[int, dict[int, tuple[Day, ...]]] = {}
        self._place(self.date)

    def compose(self) -> ComposeResult:
        """The calendar, and two lines under it."""
        yield self.lines
        yield self.status

    # -- drawing

    def on_resize(self, event: Resize) -> None:
        """Lay out for the new size."""
        super().on_resize(event)
        self.draw(NOTHING)

    def hints_for(self, width: int) -> Line:
        """The calendar's keys."""
        return fitting(action_hints(self.session.keymap, _WORDS), width)

    def cell_in_words(self) -> str:
        """The day in words; for a month without a contract, that."""
        if not self._is_listed():
            return self._no_contract()
        wage = self._wage.in_words(self.person_id, self.date)
        return f"{wage}; {self.editor.status()}" if wage else self.editor.status()

    def done(self, outcome: Outcome) -> None:
        """The editor moves on after an entry, and the calendar with it."""
        if self._is_listed() and self.editor.person_id == self.person_id:
            self.date = self.editor.month.day(max(1, self.editor.cursor.day))
        super().done(outcome)

    def draw(self, outcome: Outcome) -> None:
        """All lines; those that look the same are not sent again."""
        if outcome.cells or outcome.rows_changed:
            self._years.clear()
        width, height = self.size.width, self.size.height - STATUS_HEIGHT
        scene = Scene(self.editor.kinds, self.date, self.session.today, width)
        row = self.editor.rows_of([self.person_id], self.editor.month).get(self.person_id)
        if self.yearly:
            middle = year_lines(self._months(self.date.year), scene)
        else:
            middle = month_lines(row.days, scene, 2 if height < TALL else 3) if row else []
        store, employer_id = self.session.store, self.session.employer.id
        year = leave_year_of(store, employer_id, self.date)
        own = balances(store, employer_id, self.person_id, year.number, self.session.today)
        key = self.session.keymap.label("calendar.allowances")
        wage = [] if self.yearly else self._wage.lines(self.person_id, Month.of(self.date))
        extra = month_extra_lines(self._extra(), width)
        below = [*wage, *extra, *balance_lines(year.label, own, width, key)]
        if len(middle) >= height:  # the heads go first
            middle = middle[1:]
        elif height > MONTH_LINES:  # the balances stay where they are in every month
            middle += [()] * (MONTH_LINES - len(middle))
        self.lines.show([self._title(row, width), *middle, *below][:height])
        self.app.cursor_position = Offset(0, 0)

    def _extra(self) -> MonthExtra:
        """What else there is of the person in the month."""
        return month_extra(self.session, self.person_id, Month.of(self.date))

    def _title(self, row: PersonRow | None, width: int) -> Line:
        period = str(self.date.year) if self.yearly else month_text(Month.of(self.date))
        facts = (row.name, row.number, row.team, t("locked") if row.locked else "") if row else ()
        who = "  ".join(fact for fact in facts if fact)
        return title_line(f"{period}  {who}", width)

    def _months(self, year: int) -> dict[int, tuple[Day, ...]]:
        """The days of each month of a year, by its number."""
        if year not in self._years:
            months = [Month(year, number) for number in range(1, 13)]
            rows = [self.editor.rows_of([self.person_id], month) for month in months]
            self._years[year] = {
                month.number: found[self.person_id].days
                for month, found in zip(months, rows, strict=True)
                if self.person_id in found
            }
        return self._years[year]

    # -- moving

    def _is_listed(self) -> bool:
        """Whether the person has a contract in the month, so that something can be entered."""
        return self.person_id in self.editor.row_of

    def _no_contract(self) -> str:
        return t("No contract in {month}.", month=month_name(Month.of(self.date)))

    def _place(self, day: date) -> Outcome:
        """Put the editor's cursor on a day of the person."""
        outcome = NOTHING
        if day not in self.editor.month:
            outcome = self.editor.show_month(Month.of(day))
        self.date = day
        self.editor.drop_selection()
        row = self.editor.row_of.get(self.person_id)
        if row is not None:
            self.editor.cursor = Cursor(row, day.day)
        return outcome

    def _go(self, day: date) -> None:
        self.editor.count = None
        self.editor.forget_entered()
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            outcome = self._place(day)
            self.done(Outcome(rows_changed=outcome.rows_changed))

    def _by_months(self, months: int) -> None:
        index = self.date.year * 12 + self.date.month - 1 + months
        year, number = index // 12, index % 12 + 1
        self._go(date(year, number, min(self.date.day, monthrange(year, number)[1])))

    def _by_people(self, step: int) -> None:
        place = self.people.index(self.person_id) + step
        if 0 <= place < len(self.people):
            self.person_id = self.people[place]
            self._years.clear()
            self._go(self.date)
        else:
            self.say(t("There is nobody further in this list."))

    def action_calendar_left(self) -> None:
        """One day back."""
        self._go(self.date - timedelta(days=1))

    def action_calendar_right(self) -> None:
        """One day on."""
        self._go(self.date + timedelta(days=1))

    def action_calendar_up(self) -> None:
        """One week back, or one month in the year view."""
        if self.yearly:
            self._by_months(-1)
        else:
            self._go(self.date - timedelta(days=7))

    def action_calendar_down(self) -> None:
        """One week on, or one month in the year view."""
        if self.yearly:
            self._by_months(1)
        else:
            self._go(self.date + timedelta(days=7))

    def action_calendar_first_day(self) -> None:
        """The first day of the month."""
        self._go(Month.of(self.date).first)

    def action_calendar_last_day(self) -> None:
        """The last day of the month."""
        self._go(Month.of(self.date).last)

    def action_calendar_month_prev(self) -> None:
        """The month before; in the year view the year before."""
        self._by_months(-12 if self.yearly else -1)

    def action_calendar_month_next(self) -> None:
        """The month after; in the year view the year after."""
        self._by_months(12 if self.yearly else 1)

    def action_calendar_person_prev(self) -> None:
        """The person before, in the grid's order."""
        self._by_people(-1)

    def action_calendar_person_next(self) -> None:
        """The person after."""
        self._by_people(1)

    def action_calendar_toggle(self) -> None:
        """Switch between the month and the year."""
        self.yearly = not self.yearly
        self.done(NOTHING)

    # -- entering

    def other_key(self, key: str, character: str | None) -> None:
        """Figures and letters enter, as in the grid."""
        if self._is_listed():
            super().other_key(key, character)
        else:
            self.say(self._no_contract())

    def action_calendar_add(self) -> None:
        """Ask for a type and hours; after digits go to that day, as in the grid."""
        if self.editor.count is not None:
            self._enter("go.enter")
        else:
            self._ask(AddPrompt)

    def action_calendar_hours(self) -> None:
        """Ask what the day holds."""
        self._ask(HoursPrompt)

    def _ask(self, prompt: type[Prompt]) -> None:
        if not self._is_listed():
            self.say(self._no_contract())
        elif closed := self.editor.why_closed():
            self.say(closed)
        else:
            self.open(prompt(self.editor))

    def action_calendar_half(self) -> None:
        """Halve the entry just made, or the day's."""
        self._enter("entry.half")

    def action_calendar_clear(self) -> None:
        """Empty the day."""
        self._enter("entry.clear")

    def action_calendar_clear_back(self) -> None:
        """Empty the entry just made, or the day, and step back."""
        self._enter("entry.clear_back")

    def action_calendar_repeat(self) -> None:
        """Enter the last entry once more."""
        self._enter("entry.repeat")

    def _enter(self, action_id: str) -> None:
        """Do to the day what the grid's action does."""
        if self._is_listed():
            self.done(self.editor.act(action_id))
        else:
            self.say(self._no_contract())

    def action_calendar_undo(self) -> None:
        """Take back the last step, whoever's day it was."""
        self._step("edit.undo")

    def action_calendar_redo(self) -> None:
        """Do the step again that was taken back."""
        self._step("edit.redo")

    def _step(self, action_id: str) -> None:
        outcome = self.editor.act(action_id)
        if self.editor.person_id != self.person_id:
            self._place(self.date)
        self.done(Outcome(rows_changed=True, message=outcome.message, question=outcome.question))

    def action_calendar_pay(self) -> None:
        """The person's pay components of the month."""
        from hrtui.screens.pay.person_pay import PersonPayScreen

        if self._may("calendar.pay"):
            self.app.push_screen(PersonPayScreen(self.session, self.person_id, Month.of(self.date)))

    def action_calendar_pay_add(self) -> None:
        """Pay the person something beside the wage."""
        from hrtui.screens.pay.form import NewPay

        if self._may("calendar.pay_add"):
            self.app.push_screen(NewPay(self.session, self.person_id, Month.of(self.date)))

    def action_calendar_messages(self) -> None:
        """The messages about the person in the month."""
        from hrtui.screens.messages import MessagesScreen

        if self._may("calendar.messages"):
            self.app.push_screen(MessagesScreen(self.session, self.person_id, Month.of(self.date)))

    def action_calendar_message_add(self) -> None:
        """Write to the provider about the person."""
        from hrtui.screens.messages import About, MessageForm

        if self._may("calendar.message_add"):
            about = About(Month.of(self.date), self.person_id)
            self.app.push_screen(MessageForm(self.session, about))

    def action_calendar_approve(self) -> None:
        """Approve or refuse what waits on the day."""
        from hrtui.editor.approving import waiting
        from hrtui.screens.leave.approval import open_approval

        if self._is_listed():
            open_approval(self, self.session, self.editor, waiting(self.editor), self.done)
        else:
            self.say(self._no_contract())

    def action_calendar_unlock(self) -> None:
        """Unlock the forwarded month of the person."""
        from hrtui.screens.forwarding.unlock_month import open_unlock

        open_unlock(self, self.session, Month.of(self.date), [self.person_id])

    def action_calendar_sick(self) -> None:
        """Report the person sick, from the day under the cursor on."""
        if self._may("calendar.sick"):
            from hrtui.screens.sickness.report import open_report

            open_report(self, self.person_id, self.date)

    def _may(self, action_id: str) -> bool:
        if kept := why_kept(self.session, action_id):
            self.say(kept)
        return not kept

    def action_calendar_history(self) -> None:
        """Show who changed the day."""
        from hrtui.screens.history.day import HistoryScreen

        rows = self.editor.rows_of([self.person_id], self.editor.month)
        name = rows[self.person_id].name if self.person_id in rows else ""
        self.app.push_screen(HistoryScreen(self.session, self.person_id, name, self.date))

    def action_calendar_allowances(self) -> None:
        """Show what the person was granted and took of each type this year."""
        from hrtui.screens.leave.allowances import AllowancesScreen

        year = leave_year_of(self.session.store, self.session.employer.id, self.date).number
        self.app.push_screen(AllowancesScreen(self.session, self.person_id, year))

    def action_app_back(self) -> None:
        """Drop a pending count, else go back to the grid."""
        if self.editor.count is not None:
            self.editor.count = None
            self.done(NOTHING)
            return
        self.close()

    def store_changed(self) -> None:
        """Another program wrote to the database."""
        outcome = self.editor.refresh()
        self._place(self.date)
        self.elsewhere(outcome)

    def place_cursor(self) -> None:
        """At the day."""
        self.draw(NOTHING)
        self.show_status()
