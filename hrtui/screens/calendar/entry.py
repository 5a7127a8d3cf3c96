"""What the screens share on which days are entered: a status line with messages, questions and prompts."""

from __future__ import annotations

from dataclasses import replace

from textual.events import Resize

from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import NOTHING, Level, Message, Outcome, Question
from hrtui.i18n import t
from hrtui.key_names import key_label
from hrtui.screens.base import KeyScreen
from hrtui.screens.calendar.prompt import Prompt
from hrtui.screens.session import Session
from hrtui.screens.sync.note import keys_to_conflicts, sync_news, sync_note
from hrtui.widgets.hints import room_beside
from hrtui.widgets.lines import Line, Piece
from hrtui.widgets.status_line import StatusLine, fits_beside

_IN_PROMPTS = ("app.help", "app.quit", "app.redraw")
"""What still works while a prompt is open."""


class EntryScreen(KeyScreen):
    """A screen with a MonthEditor behind it and a status line below.

    A key goes to the open prompt, else to the open question, else to the registry's action. What came of it
    is shown by `done`.
    """

    def __init__(self, session: Session, editor: MonthEditor) -> None:
        super().__init__(session)
        self.editor = editor
        editor.conflict_keys = keys_to_conflicts(session)
        self.status = StatusLine(session.palette)
        self.prompt: Prompt | None = None
        self.question: Question | None = None
        self.message: Message | None = None
        self.hints: Line = ()
        self._narrow: tuple[object, Line] = (None, ())

    @property
    def takes_text(self) -> bool:
        """In a prompt."""
        return self.prompt is not None

    @property
    def words_may_spill(self) -> bool:
        """Whether the cell in words takes the line of keys too, where one line is not enough."""
        return True

    def draw(self, outcome: Outcome) -> None:
        """Bring everything above the status line up to date."""
        raise NotImplementedError

    def hints_for(self, width: int) -> Line:
        """The line of keys, for so many columns."""
        raise NotImplementedError

    def cell_in_words(self) -> str:
        """What the upper line says."""
        return self.editor.status()

    def pasted(self, text: str) -> None:
        """Text was pasted while no prompt was open."""

    def on_resize(self, event: Resize) -> None:
        """As many hints as the new width has room for."""
        self.hints = self.hints_for(event.size.width)
        self.show_status()

    def on_key_typed(self, key: str, character: str | None) -> None:
        """Prompt and question come before the actions."""
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
            self.done(self.editor.unknown(key_label(key), self.session.keymap.label("app.help")))

    def take_paste(self, text: str) -> None:
        """Pasted text goes into an open prompt; it never enters anything by itself."""
        if self.prompt is not None:
            self.done(self.prompt.paste(text))
        else:
            self.pasted(text)

    def _key_to_prompt(self, prompt: Prompt, key: str, character: str | None) -> None:
        types = character is not None and character.isprintable()
        action_id = None if types else self.session.keymap.action("app", key)
        ending = None if types else self.session.keymap.action(self.scopes[0], key)
        if action_id == "app.back":
            self.prompt = None
            self.done(prompt.cancel())
        elif action_id in _IN_PROMPTS:
            self.run_action_id(action_id)
        elif key == "enter" or ending in prompt.ends_with:
            prompt.problem = ""
            outcome = prompt.accept()
            if prompt.problem:
                outcome = replace(outcome, message=None)
            elif not prompt.goes_on:
                self.prompt = None
            self.done(outcome)
            if self.prompt is None and ending in prompt.ends_with:
                self.run_action_id(ending)
        else:
            self.done(prompt.take(key, character))

    def _answer(self, question: Question, key: str) -> None:
        self.question = None
        if self.session.keymap.says_yes(key, self.editor.letters):
            self.done(question.confirm())
        else:
            self.say(t("Nothing was changed."))

    def open(self, prompt: Prompt) -> None:
        """Ask for a line of text."""
        self.prompt = prompt
        self.done(NOTHING)

    def done(self, outcome: Outcome) -> None:
        """Show what a key brought about; the database has it already."""
        self.message = outcome.message or self.message
        self.question = outcome.question
        self.draw(outcome)
        self.show_status()

    def say(self, text: str) -> None:
        """Show a warning that no outcome carries."""
        self.tell(text, "warning")

    def tell(self, text: str, level: Level = "info") -> None:
        """Show a sentence that no outcome carries."""
        self.message = Message(text, level)
        self.show_status()

    def elsewhere(self, outcome: Outcome) -> None:
        """Show what another program changed; an open question, prompt or message stays."""
        self.hints = self.hints_for(self.size.width)
        self.draw(outcome)
        if not (self.message or self.prompt or self.question) and (news := sync_news(self.session)):
            self.message = Message(news, "warning")
        self.show_status()

    def show_status(self) -> None:
        """Draw the two lines at the bottom, as far as they changed."""
        if (prompt := self.prompt) is not None:
            edit = prompt.edit
            place = self.status.ask(
                prompt.above(), prompt.caption(), edit.text, edit.cursor, chosen=edit.chosen
            )
            self.app.cursor_position = place
            return
        if (question := self.question) is not None:
            yes = self.session.keymap.yes_label(self.editor.letters)
            self.status.question(question.text, t("{key} = yes, any other key = no", key=yes))
            return
        words = self.cell_in_words()
        if self.message:
            self.status.say(((f" {words}", "plain"),), self.message.text, self.message.level)
        else:
            note = sync_note(self.session, self.size.width)
            if self.words_may_spill and not fits_beside(words, note, self.size.width):
                # The words about the day come before the keys about the sync.
                note = sync_note(self.session)
            self.status.tell(words, self._hints_beside(note), spill=self.words_may_spill, note=note)

    def _hints_beside(self, note: Piece) -> Line:
        """The keys that leave room for how the sync stands, where the profile has a backend."""
        if not note[0]:
            return self.hints
        room = room_beside(note, self.size.width)
        if self._narrow[0] != (room, self.hints):
            self._narrow = (room, self.hints), self.hints_for(room)
        return self._narrow[1]
