"""The month screen: keys go to the month editor, and what came of them to the grid and the status line."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize

from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import NOTHING, Message, Outcome, Question
from hrtui.i18n import t
from hrtui.screens.base import KeyScreen
from hrtui.screens.prompt import FilterPrompt, GoToPrompt, HoursPrompt, Prompt, filter_name
from hrtui.screens.session import Session
from hrtui.widgets.hints import grid_hints
from hrtui.widgets.lines import Line
from hrtui.widgets.month_grid import MonthGrid
from hrtui.widgets.status_line import StatusLine, message_line


class MonthScreen(KeyScreen):
    """The month of all people; it stays at the bottom of the screen stack for as long as the program runs."""

    scopes = ("grid",)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.editor = MonthEditor(
            session.store,
            session.employer.id,
            Month.of(session.today),
            today=session.today,
            roles=session.roles,
        )
        self.grid = MonthGrid(self.editor, session.palette, session.employer.name)
        self.status = StatusLine(session.palette)
        self.prompt: Prompt | None = None
        self.question: Question | None = None
        self.message: Message | None = None
        self.hints: Line = ()

    def compose(self) -> ComposeResult:
        """The grid, and two lines under it."""
        yield self.grid
        yield self.status

    def on_resize(self, event: Resize) -> None:
        """As many hints as the new width has room for."""
        self.hints = grid_hints(self.session.keymap, self.editor.letters.values(), event.size.width)
        self.show_status()

    # -- keys

    def on_key_typed(self, key: str, character: str | None) -> None:
        """A key goes to the open prompt, to the open question, or to the grid."""
        if self.prompt is not None:
            self._key_to_prompt(self.prompt, key, character)
        elif self.question is not None:
            self._answer(self.question, key)
        else:
            self.message = None
            super().on_key_typed(key, character)

    def other_key(self, key: str, character: str | None) -> None:
        """Figures count, a leave type's letter enters it, and any other key says that it does nothing."""
        if character and character.isascii() and character.isdigit():
            self.done(self.editor.digit(character))
        elif character in self.editor.letters:
            self.done(self.editor.enter(character))
        else:
            self.done(self.editor.unknown(key))

    def run_action_id(self, action_id: str) -> None:
        """Actions that need the screen are methods here; all others are the editor's."""
        if hasattr(self, "action_" + action_id.replace(".", "_")):
            super().run_action_id(action_id)
        else:
            self.done(self.editor.act(action_id))

    def take_paste(self, text: str) -> None:
        """Pasted text never types: it goes into an open prompt, or is shown cell by cell first."""
        if self.prompt is not None:
            self.done(self.prompt.paste(text))
        else:
            self._preview(text)

    def _key_to_prompt(self, prompt: Prompt, key: str, character: str | None) -> None:
        if key == "escape":
            self.prompt = None
            self.done(prompt.cancel())
        elif key == "enter":
            outcome = prompt.accept()
            if not prompt.problem:
                self.prompt = None
            self.done(outcome)
        else:
            self.done(prompt.take(key, character))

    def _answer(self, question: Question, key: str) -> None:
        self.question = None
        if self.session.keymap.action("dialog", key) == "dialog.yes":
            self.done(question.confirm())
        else:
            self.say(t("Nothing was changed."))

    # -- what came of a key

    def done(self, outcome: Outcome) -> None:
        """Show what a key brought about; the database has it already."""
        self.message = outcome.message or self.message
        self.question = outcome.question
        if outcome.rows_changed:
            self.grid.filter_name = filter_name(self.editor)
        self.grid.show(outcome)
        self.show_status()

    def say(self, text: str) -> None:
        """Show a sentence that no outcome carries."""
        self.message = Message(text, "warning")
        self.show_status()

    def show_status(self) -> None:
        """Draw the two lines at the bottom, as far as they changed."""
        if self.prompt is not None:
            prompt = self.prompt
            place = self.status.ask(prompt.above(), t(prompt.label), prompt.edit.text, prompt.edit.cursor)
            self.app.cursor_position = place
            return
        below = self.hints
        if self.question is not None:
            below = message_line(
                t("{question}  y = yes, any other key = no", question=self.question.text), "warning"
            )
        elif self.message is not None:
            below = message_line(self.message.text, self.message.level)
        self.status.tell(self.editor.status(), below)

    def store_changed(self) -> None:
        """Another program wrote to the database."""
        self.done(self.editor.refresh())

    # -- actions that need the screen

    def _open(self, prompt: Prompt) -> None:
        self.prompt = prompt
        self.done(NOTHING)

    def action_go_prompt(self) -> None:
        """Ask for a day or a name to go to."""
        self._open(GoToPrompt(self.editor))

    def action_find_filter(self) -> None:
        """Ask whom to show."""
        self._open(FilterPrompt(self.editor))

    def action_entry_hours(self) -> None:
        """Ask for the day's hours; on a name, open the person's calendar."""
        if self.editor.on_name:
            self.action_view_calendar()
        else:
            self._open(HoursPrompt(self.editor))

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
        from hrtui.screens.paste_preview import PastePreviewScreen

        preview = self.editor.paste_preview(text)
        if preview.lines:
            self.app.push_screen(
                PastePreviewScreen(self.session, preview, lambda: self.done(self.editor.paste(preview)))
            )
        else:
            self.say(preview.summary)

    def action_view_year(self) -> None:
        """Open the year overview."""
        from hrtui.screens.year import YearScreen

        self.app.push_screen(YearScreen(self.session, self.editor, self.done))

    def action_view_calendar(self) -> None:
        """Open the calendar of the person under the cursor."""
        from hrtui.screens.calendar import CalendarScreen

        if self.editor.person_id is not None:
            self.app.push_screen(CalendarScreen(self.session, self.editor, self.done))

    def action_app_back(self) -> None:
        """Drop the count, the selection, the marks or the filter; with none of them, say how to leave."""
        outcome = self.editor.cancel()
        if outcome is None:
            self.say(t("{key} leaves the program.", key=self.session.keymap.label("app.quit")))
        else:
            self.done(outcome)
