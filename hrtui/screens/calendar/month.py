"""The month screen: keys go to the month editor, and what came of them to the grid and the status line."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.geometry import Region

from hrtui.actions import ACTIONS
from hrtui.domain.month import Month
from hrtui.editor.outcome import Message, Outcome
from hrtui.i18n import t
from hrtui.keybindings import bound_letters
from hrtui.screens.calendar.entry import EntryScreen
from hrtui.screens.calendar.prompt import FilterPrompt, GoToPrompt, HoursPrompt, filter_name
from hrtui.screens.places import why_kept
from hrtui.screens.session import Session
from hrtui.store.changes import last_step
from hrtui.store.errors import StoreError
from hrtui.store.locks import was_forwarded
from hrtui.store.sickness.filled import behind
from hrtui.widgets.hints import grid_hints
from hrtui.widgets.lines import Line
from hrtui.widgets.month_grid import MonthGrid


class MonthScreen(EntryScreen):
    """The month of all people; it stays at the bottom of the screen stack for as long as the program runs."""

    scopes: ClassVar[tuple[str, ...]] = ("grid",)

    def __init__(self, session: Session) -> None:
        editor = session.editor(Month.of(session.today))
        super().__init__(session, editor)
        editor.approval_key = session.keymap.label("month.approve")
        self._forwarded: tuple[str, ...] = ()
        self._forwarding_seen: tuple[Month, int, int] | None = None
        self.grid = MonthGrid(editor, session.palette, session.employer.name)
        keys = " ".join(map(session.keymap.label, ("app.screens", "screens.people")))
        self.grid.nobody = (
            t("Nobody has a contract in this month."),
            t("{key} adds people; from a file: hrtui import people FILE", key=keys),
        )

    def open_employer(self, session: Session) -> None:
        """Show another employer's people in the same month: no mark, filter or copied block crosses over."""
        before = self.editor
        self.session = session
        self.editor = session.editor(before.month)
        self.editor.page_rows = before.page_rows
        self.editor.conflict_keys = before.conflict_keys
        self.editor.approval_key = before.approval_key
        self.prompt = self.question = None
        self.message = self._hidden_letters()
        self.hints = self.hints_for(self.size.width)
        self.grid.take(self.editor, session.employer.name)
        self.show_status()
        self.call_after_refresh(self._fill_cases)

    def _hidden_letters(self) -> Message | None:
        """A warning where the clerk's keys take letters that enter leave at this employer."""
        bound = bound_letters(self.session.keymap)
        hidden = [f"{letter} = {kind.key}" for letter, kind in self.editor.letters.items() if letter in bound]
        if not hidden:
            return None
        text = t("Your keys file takes letters of leave types here: {letters}.", letters=", ".join(hidden))
        return Message(text, "warning")

    def compose(self) -> ComposeResult:
        """The grid, and two lines under it."""
        yield self.grid
        yield self.status

    def hints_for(self, width: int) -> Line:
        """How far the month's forwarding is, and the keys that a new clerk needs first."""
        return grid_hints(self.session.keymap, self.editor.letters.values(), width, self._forwarded)

    @property
    def words_may_spill(self) -> bool:
        """Not over how far the month's forwarding is."""
        return not self._forwarded

    def on_mount(self) -> None:
        """Look at how far the month is once it is on the screen."""
        super().on_mount()
        self.call_after_refresh(self._look_at_forwarding)
        self.call_after_refresh(self._fill_cases)

    def _fill_cases(self) -> None:
        """Fill open cases of illness on to the end of next month, where time went on since."""
        if not behind(self.session.store, self.session.employer.id):
            return
        from hrtui.store.sickness.topping_up import top_up  # most days it has nothing to do

        try:
            filled = top_up(self.session.store, self.session.employer.id)
        except StoreError:
            return  # nothing waits for it: the next start or employer tries again
        if filled:
            self.elsewhere(self.editor.refresh())

    def _look_at_forwarding(self) -> None:
        """Mark who changed since the month was forwarded, where it was; asked again after each step."""
        seen = self.editor.month, self.session.employer.id, last_step(self.session.store)
        self._forwarding_seen = seen
        told, resend = tuple[str, ...](), frozenset[int]()
        if was_forwarded(self.session.store, self.session.employer.id, self.editor.month):
            from hrtui.forwarding.state import month_state  # most months are open

            told, resend = month_state(self.session.store, self.session.employer.id, self.editor.month)
        if resend != self.grid.resend:
            self.grid.resend = resend
            self.grid.redraw()
        if told != self._forwarded:
            self._forwarded = told
            self.hints = self.hints_for(self.size.width)
            self.show_status()

    def draw(self, outcome: Outcome) -> None:
        """The grid draws what the outcome names."""
        seen = self.editor.month, self.session.employer.id, last_step(self.session.store)
        if self._forwarding_seen is not None and seen != self._forwarding_seen:
            self._look_at_forwarding()
        if outcome.rows_changed:
            self.grid.filter_name = filter_name(self.editor)
        self.grid.show(outcome)

    def run_action_id(self, action_id: str) -> None:
        """Actions that need the screen are methods here; all others are the editor's."""
        if ACTIONS[action_id].scope == "grid" and not self.does(action_id):
            self.done(self.editor.act(action_id))
        else:
            super().run_action_id(action_id)

    def pasted(self, text: str) -> None:
        """Show what pasting this text would do to each cell."""
        self._preview(text)

    def store_changed(self) -> None:
        """Another program, or a screen above, wrote to the database; or another day has begun."""
        self.grid.employer = self.session.employer.name
        if self.editor.today != self.session.today:
            self.editor.today = self.session.today
            self._fill_cases()
        self._look_at_forwarding()
        self.elsewhere(self.editor.refresh())

    def place_cursor(self) -> None:
        """On the cell, or in the prompt."""
        self.grid.place_terminal_cursor()
        self.show_status()

    def on_month_grid_resized(self) -> None:
        """The grid has put the cursor on its cell, where it need not belong."""
        if self.is_current:
            self.place_cursor()
            self.grid.refresh(Region(0, 0, 1, 1))  # the cursor moves with the next frame

    # -- actions that need the screen

    def action_go_prompt(self) -> None:
        """Ask for a day or a name to go to."""
        self.open(GoToPrompt(self.editor))

    def action_find_filter(self) -> None:
        """Ask whom to show."""
        self.open(FilterPrompt(self.editor))

    def action_entry_hours(self) -> None:
        """Ask for the day's hours; on a name, open the person's calendar."""
        if self.editor.on_name:
            self.action_view_calendar()
        elif closed := self.editor.why_closed():
            self.say(closed)
        else:
            self.open(HoursPrompt(self.editor))

    def action_go_enter(self) -> None:
        """Next person or day; on a name, open the person's calendar."""
        if self.editor.on_name and self.editor.count is None:
            self.action_view_calendar()
        else:
            self.done(self.editor.act("go.enter"))

    def action_edit_copy(self) -> None:
        """Copy in the program, and to the clipboard of terminals that take it (OSC 52)."""
        outcome = self.editor.act("edit.copy")
        if text := self.editor.copied_text():
            self.app.copy_to_clipboard(text)
        self.done(outcome)

    def action_edit_paste(self) -> None:
        """Show what pasting the last copied block would do."""
        self._preview(None)

    def _preview(self, text: str | None) -> None:
        from hrtui.screens.calendar.paste_preview import PastePreviewScreen

        preview = self.editor.paste_preview(text)
        if not preview.lines:
            self.say(preview.summary)
            return
        self.message = None

        def apply() -> None:
            self.done(self.editor.paste(preview))

        self.app.push_screen(PastePreviewScreen(self.session, preview, apply))

    def action_view_year(self) -> None:
        """Open the year overview."""
        from hrtui.screens.calendar.year import YearScreen

        self.app.push_screen(YearScreen(self.session, self.editor, self.done))

    def action_month_forward(self) -> None:
        """Open the months to forward."""
        self.run_action_id("screens.forward")

    def action_month_unlock(self) -> None:
        """Unlock the forwarded month of the marked people, or of the one under the cursor."""
        from hrtui.screens.forwarding.unlock_month import open_unlock

        open_unlock(self, self.session, self.editor.month, self._people_meant())

    def _people_meant(self) -> list[int]:
        """The marked people that the list shows, else the one under the cursor."""
        here = [] if self.editor.person_id is None else [self.editor.person_id]
        return [person for person in self.editor.people if person in self.editor.marks] or here

    def action_month_approve(self) -> None:
        """Approve or refuse what waits: on the cell or the selection; on a name, of the whole month."""
        from hrtui.editor.approving import waiting
        from hrtui.screens.leave.approval import open_approval

        open_approval(self, self.session, self.editor, waiting(self.editor), self.done)

    def action_sick_report(self) -> None:
        """Report the person under the cursor sick, from the day under it on."""
        person_id, cursor = self.editor.person_id, self.editor.cursor
        if kept := why_kept(self.session, "sick.report"):
            self.say(kept)
        elif person_id is None:
            self.say(t("There is nobody in this list."))
        else:
            from hrtui.screens.sickness.report import open_report

            open_report(self, person_id, None if self.editor.on_name else self.editor.month.day(cursor.day))

    def action_view_employers(self) -> None:
        """Choose another employer."""
        self.run_action_id("screens.employers")

    def action_view_calendar(self) -> None:
        """Open the calendar of the person under the cursor."""
        from hrtui.screens.calendar.person_calendar import CalendarScreen

        if (person_id := self.editor.person_id) is None:
            self.say(t("There is nobody in this list."))
        else:
            self.app.push_screen(CalendarScreen(self.session, self.editor, person_id))

    def action_view_people(self) -> None:
        """Give the marked people, or the one under the cursor, a team or a schedule from a day on."""
        from hrtui.screens.people.forms import PeopleChange

        if people := self._people_meant():
            self.app.push_screen(PeopleChange(self.session, people))
        else:
            self.say(t("There is nobody in this list."))

    def action_app_back(self) -> None:
        """Drop the count, the selection, the marks or the filter; with none of them, say how to leave."""
        outcome = self.editor.cancel()
        if outcome is None:
            self.say(t("{key} leaves the program.", key=self.session.keymap.label("app.quit")))
        else:
            self.done(outcome)
