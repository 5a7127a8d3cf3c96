"""Steps of a log-in, one screen each: a text to read, lines to fill in, and what the backend said."""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Offset

from hrtui.i18n import N_, t
from hrtui.screens.base import KeyScreen, ScreenReady
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.sync.backend_errors import BackendError
from hrtui.widgets.hints import Hint, action_hints, fitting
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line, Lines, title_line

Result = TypeVar("Result")
HIDDEN = "•"


@dataclass(slots=True)
class Blank:
    """A line to fill in: its (translated) label, whether it is hidden, and whether it may stay empty."""

    label: str
    secret: bool = False
    optional: bool = False
    edit: LineEdit = field(default_factory=LineEdit)


def code_of(problem: StoreError) -> str:
    """The backend's word for what it refuses; '' for what this computer refuses."""
    return problem.code if isinstance(problem, BackendError) else ""


class StepScreen(KeyScreen):
    """One step; a screen gives `heading`, `explanation`, `blanks` and `submit`, and may give `note`.

    `ask` runs a request in a thread; meanwhile keys wait, and go to whatever the answer opens.
    """

    scopes: ClassVar[tuple[str, ...]] = ("form",)
    words: ClassVar[dict[str, Hint]] = {
        "form.enter": (1, N_("go on")),
        "form.reveal": (3, N_("show what is hidden")),
        "app.back": (1, N_("leave")),
    }

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lines = Lines(session.palette)
        self.at = 0
        self.message = ""
        self.revealed = False
        self.blanks = self.first_blanks()

    # -- for the steps

    def heading(self) -> str:
        """The top line."""
        raise NotImplementedError

    def explanation(self) -> list[str]:
        """What to read above the lines to fill in; long texts are wrapped."""
        return []

    def first_blanks(self) -> list[Blank]:
        """The lines to fill in."""
        return []

    def note(self) -> str:
        """What is said below the lines while they are typed."""
        return ""

    def hints(self) -> dict[str, Hint]:
        """The keys that the step names."""
        return self.words

    def submit(self) -> None:
        """Enter on the last line."""
        raise NotImplementedError

    def text(self, place: int) -> str:
        """What was typed in a line, without blanks around it where it is not hidden."""
        blank = self.blanks[place]
        return blank.edit.text if blank.secret else blank.edit.text.strip()

    def ask(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Run `work` in a thread; then `done` with its result, or tell why it failed."""
        self.takes_keys = False
        self.message = t("Asking the backend…")
        self.draw()
        self.run_worker(self._asked(work, done))

    def refused(self, problem: StoreError) -> None:
        """Tell what the backend refuses; the lines stay as they are typed."""
        self.message = problem.text

    def go_on(self, step: KeyScreen) -> None:
        """Open the next step in the place of this one."""
        self.app.pop_screen()
        self.app.push_screen(step)

    # -- keys

    @property
    def takes_text(self) -> bool:
        """In its lines."""
        return bool(self.blanks)

    def on_mount(self) -> None:
        """Show the step before keys come."""
        self.draw()
        super().on_mount()

    def on_key_typed(self, key: str, character: str | None) -> None:
        """Characters go into the line, other keys do their action, or else edit the line."""
        self.message = ""
        typed = character is not None and character.isprintable()
        if self.blanks and typed:
            self.blanks[self.at].edit.take(key, character)
        elif self.action_of(key) is not None:
            super().on_key_typed(key, character)
        elif not (self.blanks and self.blanks[self.at].edit.take(key, character)):
            self.other_key(key, character)
        if self.is_current:
            self.draw()

    def take_paste(self, text: str) -> None:
        """Pasted text goes into the line."""
        if self.blanks:
            self.blanks[self.at].edit.insert(text.strip())
            self.draw()

    def say(self, text: str) -> None:
        """A sentence below the lines, until the next key."""
        self.message = text
        self.draw()

    def action_form_enter(self) -> None:
        """The next line; on the last one, go on."""
        if self.blanks and not self.text(self.at) and not self.blanks[self.at].optional:
            self.message = t("This must be filled in.")
        elif self.at + 1 < len(self.blanks):
            self.at += 1
        else:
            self.action_form_save()

    def action_form_save(self) -> None:
        """Go on, if nothing is missing."""
        for place, blank in enumerate(self.blanks):
            if not self.text(place) and not blank.optional:
                self.at, self.message = place, t("This must be filled in.")
                return
        self.submit()

    def action_form_next(self) -> None:
        """The next line."""
        self.at = min(self.at + 1, max(0, len(self.blanks) - 1))

    def action_form_previous(self) -> None:
        """The line before."""
        self.at = max(0, self.at - 1)

    def action_form_page_down(self) -> None:
        """As for the next line."""
        self.action_form_next()

    def action_form_page_up(self) -> None:
        """As for the line before."""
        self.action_form_previous()

    def action_form_reveal(self) -> None:
        """Show what is hidden, or hide it again."""
        self.revealed = not self.revealed

    def action_form_more(self) -> None:
        """What else can be done here."""
        self.message = t("There is nothing else to do here.")

    def action_form_history(self) -> None:
        """There is none."""
        self.message = t("There is no history here.")

    def action_form_undo(self) -> None:
        """Empty the line."""
        if self.blanks:
            self.blanks[self.at].edit = LineEdit()

    def action_form_redo(self) -> None:
        """There is nothing."""
        self.message = t("There is nothing to do again.")

    async def _asked(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        try:
            result = await asyncio.to_thread(work)
        except StoreError as problem:
            self.message = ""
            self.refused(problem)
        else:
            self.message = ""
            done(result)
        self.takes_keys = True
        if self.is_current:
            self.draw()
        self.app.post_message(ScreenReady())

    # -- drawing

    def compose(self) -> ComposeResult:
        """One text."""
        yield self.lines

    def on_resize(self, event: Resize) -> None:
        """Lay out for the new size."""
        self.draw()

    def place_cursor(self) -> None:
        """In the line."""
        self.draw()

    def body(self) -> list[Line]:
        """What stands above the lines to fill in."""
        width = max(20, self.size.width - 2)
        wrapped = [line for text in self.explanation() for line in (textwrap.wrap(text, width) or [""])]
        return [(), *(((f" {line}", "plain"),) for line in wrapped), *([()] if wrapped else [])]

    def draw(self) -> None:
        """Show everything; where there is little room, the text above the lines goes first."""
        below, column, at = self._blanks_drawn()
        for text, slot in ((self.note(), "plain"), (self.message, "warning")):
            if text:
                wrapped = textwrap.wrap(text, max(20, self.size.width - 2))
                below += [(), *(((f" {line}", slot),) for line in wrapped)]
        above = self.body()[: max(0, self.size.height - 2 - len(below))]
        self.show_lines(above + below, column=column, row=1 + len(above) + at)

    def _blanks_drawn(self) -> tuple[list[Line], int, int]:
        """The lines to fill in, and column and line of the cursor among them."""
        drawn: list[Line] = []
        column = 0
        for number, blank in enumerate(self.blanks):
            label, edit = f" {blank.label} ", blank.edit
            hidden = blank.secret and not self.revealed
            text = HIDDEN * len(edit.text) if hidden else edit.text
            if number == self.at:
                column = cell_len(label + text[: edit.cursor])
                at, rest = text[edit.cursor : edit.cursor + 1] or " ", text[edit.cursor + 1 :]
                drawn.append(
                    ((label, "bold"), (text[: edit.cursor], "plain"), (at, "cursor"), (rest, "plain"))
                )
            else:
                drawn.append(((label, "plain"), (text, "plain")))
        return drawn, column, self.at

    def show_lines(self, shown: list[Line], *, column: int, row: int) -> None:
        """Show these lines between the title and the keys, with the terminal's cursor at that place."""
        width, height = self.size.width, self.size.height
        title = title_line(self.heading(), width)
        kept = shown[: max(0, height - 2)]
        hints = fitting(action_hints(self.session.keymap, self.hints()), width)
        self.lines.show([title, *kept, *([()] * (height - 2 - len(kept))), hints])
        self.app.cursor_position = Offset(min(column, width - 1), min(row, height - 1))
