"""The prompt that adds an entry to a day of a person's calendar: a leave type, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.leave_type import Category, LeaveType
from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import NOTHING, Outcome
from hrtui.i18n import N_, hours, language, t
from hrtui.screens.calendar.prompt import DayPrompt, is_amount
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line


class AddPrompt(DayPrompt):
    """Choose a type by Up and Down or by its letter, code or name, then say how much of it.

    Text with figures and a code in it (`4 AD 4 KV`) replaces the whole day, as in the grid. The cursor stays
    on the day.
    """

    again = N_("Changed elsewhere meanwhile: {text}. Enter again adds to it.")

    def __init__(self, editor: MonthEditor) -> None:
        day = editor.day
        free = max(0, day.available - sum(entry.minutes for entry in day.entries)) if day else 0
        self.free = hours(free) if free else ""
        super().__init__(editor, self.free)
        self.kinds = [kind for kind in editor.kinds.values() if kind.active]
        self.choices = self.kinds
        absences = (place for place, kind in enumerate(self.kinds) if kind.category is Category.ABSENCE)
        self.choice = next(absences, 0)
        self.settled = self.kind

    @property
    def kind(self) -> LeaveType:
        """The chosen type."""
        return self.choices[self.choice]

    def caption(self) -> str:
        """The chosen type, or that one is looked for."""
        if self._is_word():
            return t("Leave type:")
        return t("Hours of {key} {name}:", key=self.kind.key, name=self.kind.name(language()))

    def above(self) -> Line:
        """What is wrong, or the types from the chosen one on."""
        if self.problem:
            return super().above()
        names = [(f"{kind.key} {kind.name(language())}", "dim") for kind in self.choices[self.choice :]]
        line: list[tuple[str, str]] = [(" ↑↓ ", "dim"), (names[0][0], "cursor")]
        for name in names[1:]:
            line += [("  ", "plain"), name]
        return tuple(line)

    def take(self, key: str, character: str | None) -> Outcome:
        """Up and Down choose the type; any other key edits the text."""
        if key not in ("up", "down"):
            return super().take(key, character)
        step = 1 if key == "down" else -1
        self.choice = max(0, min(self.choice + step, len(self.choices) - 1))
        if not self._is_word():
            self.settled = self.kind
        self.problem = ""
        return NOTHING

    def changed(self) -> Outcome:
        """A word leaves only the types that it may mean, until it turns out to be an amount."""
        word = self.edit.text.strip()
        if not self._is_word():
            self._choose_from(self.kinds, self.settled)
        elif found := matching(self.kinds, word):
            self._choose_from(found, found[0])
        else:
            self.problem = t("No leave type has “{text}” as its letter, code or name.", text=word)
        return NOTHING

    def accept(self) -> Outcome:
        """After a word, ask for the amount; then write the day with the new entry behind the others."""
        text = self.edit.text.strip()
        self.goes_on = self._is_word()
        if self.goes_on:
            self._take_word(text)
            return NOTHING
        if not text:
            self.problem = t("Type the hours: 3:48, 1/2 or am.")
            return NOTHING
        here = self.editor.cursor
        if is_amount(text):
            text = f"{self.editor.cell_text()} {text} {self.kind.key}".strip()
        outcome = self.write(text)
        self.editor.cursor = here
        return outcome

    def _take_word(self, word: str) -> None:
        """Keep the type that was found, and ask how much of it."""
        if not matching(self.kinds, word):
            self.changed()
            return
        self.settled = self.kind
        self.edit = LineEdit(self.free)
        self._choose_from(self.kinds, self.settled)

    def _is_word(self) -> bool:
        """Whether the text names a type, rather than an amount or a whole day."""
        text = self.edit.text.strip()
        return bool(text) and not is_amount(text) and not any(sign.isdigit() for sign in text)

    def _choose_from(self, kinds: list[LeaveType], kind: LeaveType) -> None:
        self.choices, self.choice = kinds, kinds.index(kind)


def matching(kinds: Sequence[LeaveType], word: str) -> list[LeaveType]:
    """The types that a word may mean: those with this letter or code first, then by part of code or name."""
    word = word.casefold()

    def rank(kind: LeaveType) -> int:
        key, name = kind.key.casefold(), kind.name(language()).casefold()
        if word in (key, kind.letter):
            return 0
        if key.startswith(word) or name.startswith(word):
            return 1
        return 2 if word in name else 3

    return sorted((kind for kind in kinds if rank(kind) < 3), key=rank)
