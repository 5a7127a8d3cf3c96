"""What lists and forms share at the bottom: two lines that tell, ask yes or no, and take one line of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.events import Resize

from hrtui.editor.outcome import Level
from hrtui.i18n import t
from hrtui.screens.base import KeyScreen, ScreenReady
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.store.roles import refuse_writing
from hrtui.widgets.hints import Hint, action_hints, fitting
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line
from hrtui.widgets.status_line import StatusLine

_NARROW = 80
"""On a screen with fewer columns a line that is too long goes on in the place of the keys."""


@dataclass(slots=True)
class Asked:
    """A line to fill in: `accept` gets the text on Enter and gives '' or the sentence why it will not do."""

    label: str
    hint: str
    accept: Callable[[str], str]
    edit: LineEdit
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question for yes or no; `answers` says which key is which."""

    text: str
    yes: Callable[[], None]
    answers: str


class AskingScreen(KeyScreen):
    """A screen with a status line below, in which it tells and asks.

    `ask` puts a question that the `dialog.yes` key answers with yes and any other key with no; `ask_line`
    takes one line of text. `say` and `tell` show a sentence until the next key. A screen overrides `typed`
    for its keys, `in_words` for the upper of the two lines and `hints` for the lower.
    """

    words: ClassVar[dict[str, Hint]] = {}
    """The actions that the lower line names: how soon each is left out for want of room, and its word."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.status = StatusLine(session.palette)
        self.asked: Asked | None = None
        self.message = ""
        self.level: Level = "info"
        self._question: Question | None = None

    @property
    def takes_text(self) -> bool:
        """In a line that is asked for."""
        return self.asked is not None

    # -- for the screens

    def draw(self) -> None:
        """Bring everything up to date; ends with `show_status`."""
        raise NotImplementedError

    def typed(self, key: str, character: str | None) -> None:
        """A key while nothing is asked; runs the key's action unless overridden."""
        super().on_key_typed(key, character)

    def in_words(self) -> str:
        """The upper of the two lines at the bottom."""
        return ""

    def upper_line(self) -> Line:
        """The upper line as it is drawn."""
        return ((f" {self.in_words()}", "plain"),)

    def hints(self) -> dict[str, Hint]:
        """What the lower line names now."""
        return self.words

    # -- telling and asking

    def say(self, text: str) -> None:
        """Show a warning until the next key."""
        self.tell(text, "warning")

    def tell(self, text: str, level: Level = "info") -> None:
        """Show a sentence until the next key."""
        self.message, self.level = text, level
        self.show_status()

    def work(self, text: str, do: Callable[[], None]) -> None:
        """Say what goes on, then do it: keys typed meanwhile wait, and what the database refuses is told."""

        def done() -> None:
            self.takes_keys = True
            self.message = ""
            self.app.post_message(ScreenReady())
            try:
                do()
            except StoreError as problem:
                self.say(problem.text)

        self.tell(text)
        self.takes_keys = False
        self.app.call_after_refresh(done)

    def ask(self, text: str, yes: Callable[[], None], answers: str = "") -> None:
        """Ask a question; `yes` is called when it is answered so. `answers` says how, where not as usual."""
        self._question = Question(text, yes, answers or self._yes_or_no())
        self.show_status()

    def _yes_or_no(self) -> str:
        return t("{key} = yes, any other key = no", key=self.session.keymap.yes_label())

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its yes."""
        return self._question is not None

    def ask_to_write(self, text: str, yes: Callable[[], None]) -> None:
        """Ask before something is changed; raises StoreError for whoever may change nothing."""
        refuse_writing(self.session.store, self.session.employer.id)
        self.ask(text, yes)

    def ask_line(self, label: str, hint: str, accept: Callable[[str], str], text: str = "") -> None:
        """Ask for a line of text; Enter gives it to `accept`, Escape leaves everything as it is.

        It takes the place of a question.
        """
        self._question = None
        self.asked = Asked(label, hint, accept, LineEdit(text))
        self.show_status()

    def ready_to_quit(self) -> bool:
        """Ask where something would be lost, with this screen in view."""
        unsaved = self.may_leave()
        if unsaved:
            while self.app.screen is not self:
                self.app.pop_screen()
            self.ask(f"{unsaved} {t('Leave without it?')}", self.app.exit)
        return not unsaved

    # -- keys

    def on_key_typed(self, key: str, character: str | None) -> None:
        """An open line or question comes first."""
        if self.asked is not None:
            self._key_to_line(self.asked, key, character)
        elif self._question is not None:
            self._answer(self._question, key)
        else:
            self.message = ""
            self.typed(key, character)

    def take_paste(self, text: str) -> None:
        """Pasted text goes into an open line."""
        if self.asked is not None:
            self.asked.edit.insert(text)
            self.show_status()
        elif self._question is None:
            self.pasted(text)

    def pasted(self, text: str) -> None:
        """Text was pasted while nothing is asked."""

    def _key_to_line(self, asked: Asked, key: str, character: str | None) -> None:
        if key == "escape":
            self.asked = None
            self.draw()
        elif key == "enter":
            try:
                asked.problem = asked.accept(asked.edit.text)
            except StoreError as error:
                asked.problem = error.text
            if not asked.problem and self.asked is asked:
                self.asked = None
            if self.is_current:
                self.draw()
        else:
            asked.edit.take(key, character)
            asked.problem = ""
            self.show_status()

    def _answer(self, question: Question, key: str) -> None:
        self._question = None
        if self.session.keymap.says_yes(key):
            self.message = ""
            question.yes()
            if self.is_current:
                self.draw()
        else:
            self.tell(t("Nothing was changed."))

    # -- drawing

    def on_resize(self, event: Resize) -> None:
        """Lay out for the new size."""
        self.draw()

    def show_status(self) -> None:
        """Draw the two lines at the bottom, as far as they changed."""
        if (asked := self.asked) is not None:
            above = f" ! {asked.problem}" if asked.problem else f" {asked.hint}"
            slot = "error" if asked.problem else "dim"
            edit = asked.edit
            place = self.status.ask(((above, slot),), asked.label, edit.text, edit.cursor, chosen=edit.chosen)
            self.app.cursor_position = place
            return
        if (question := self._question) is not None:
            self.status.question(question.text, question.answers, self._yes_or_no())
        elif self.message:
            self.status.say(self.upper_line(), self.message, self.level)
        else:
            hints = fitting(action_hints(self.session.keymap, self.hints()), self.size.width)
            words = self.upper_line()
            width = self.size.width
            if width < _NARROW and len(words) == 1 and cell_len(words[0][0].rstrip()) > width:
                # What the keys do is in the help; the rest of this is nowhere else.
                self.status.tell(words[0][0].strip(), hints, spill=True)
            else:
                self.status.show([words, hints])
