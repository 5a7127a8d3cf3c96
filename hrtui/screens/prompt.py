"""The one-line prompts at the bottom of the month grid: filter, go to, and a day's hours.

A prompt is part of the grid's screen and takes its keys at once, so that `/jan`, Enter, `14`, Enter, `5v`
typed in one go does what it would do typed slowly.
"""

from __future__ import annotations

from collections.abc import Callable

from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import NOTHING, Outcome
from hrtui.i18n import N_, hours, language, t
from hrtui.store.people import Filter, Team, teams
from hrtui.widgets.lines import Line


class LineEdit:
    """A line of text being typed; `cursor` is the place (from 0) where the next character goes.

    A text that it starts with is `chosen`: the first typed character replaces it, and any key that moves in
    it or erases keeps it for editing.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.cursor = len(text)
        self.chosen = bool(text)

    def take(self, key: str, character: str | None) -> bool:
        """Edit the line with one key; says whether the key had a meaning."""
        if key in _EDITS:
            self.chosen = False
            _EDITS[key](self)
        elif character and character.isprintable():
            self.insert(character)
        else:
            return False
        return True

    def insert(self, text: str) -> None:
        """Put text at the cursor; of several lines only the first."""
        if self.chosen:
            self.text, self.cursor, self.chosen = "", 0, False
        line = text.splitlines()[0] if text else ""
        line = "".join(sign if sign.isprintable() else " " for sign in line)
        self.text = self.text[: self.cursor] + line + self.text[self.cursor :]
        self.cursor += len(line)

    def move(self, to: int) -> None:
        """Place the cursor, within the line."""
        self.cursor = max(0, min(to, len(self.text)))

    def erase(self, first: int, last: int) -> None:
        """Remove the characters between two places."""
        first, last = max(0, first), min(last, len(self.text))
        self.text = self.text[:first] + self.text[last:]
        self.cursor = first


_EDITS: dict[str, Callable[[LineEdit], None]] = {
    "left": lambda edit: edit.move(edit.cursor - 1),
    "right": lambda edit: edit.move(edit.cursor + 1),
    "home": lambda edit: edit.move(0),
    "end": lambda edit: edit.move(len(edit.text)),
    "backspace": lambda edit: edit.erase(edit.cursor - 1, edit.cursor) if edit.cursor else None,
    "delete": lambda edit: edit.erase(edit.cursor, edit.cursor + 1),
    "ctrl+u": lambda edit: edit.erase(0, edit.cursor),
    "ctrl+k": lambda edit: edit.erase(edit.cursor, len(edit.text)),
}


class Prompt:
    """A line to fill in: Enter accepts it, Escape leaves everything as it was.

    `problem` says why the last Enter was refused; the text stays, to be put right.
    """

    label = ""
    hint = ""

    def __init__(self, editor: MonthEditor, text: str = "") -> None:
        self.editor = editor
        self.edit = LineEdit(text)
        self.problem = ""

    def take(self, key: str, character: str | None) -> Outcome:
        """Edit the text with one key."""
        if self.edit.take(key, character):
            self.problem = ""
            return self.changed()
        return NOTHING

    def paste(self, text: str) -> Outcome:
        """Insert pasted text as if it were typed."""
        self.edit.insert(text)
        return self.changed()

    def caption(self) -> str:
        """What stands before the text."""
        return t(self.label)

    def above(self) -> Line:
        """The line above the prompt: what is wrong, or what can be typed."""
        return ((f" ! {self.problem}", "error"),) if self.problem else ((f" {t(self.hint)}", "dim"),)

    def changed(self) -> Outcome:
        """Called after each change of the text."""
        return NOTHING

    def accept(self) -> Outcome:
        """What Enter does; sets `problem` where the text will not do."""
        raise NotImplementedError

    def cancel(self) -> Outcome:
        """What Escape does."""
        return NOTHING

    def _refused(self, outcome: Outcome) -> Outcome:
        """Keep the prompt open with the reason when nothing was done; the outcome stays as it is."""
        if outcome.message is not None and outcome.message.level != "info" and not outcome.cells:
            self.problem = outcome.message.text
        return outcome


class GoToPrompt(Prompt):
    """Go to a day or to a person."""

    label = N_("Go to:")
    hint = N_("14, 14/9, +7, today, or part of a name; Enter goes there, Esc stays here")

    def accept(self) -> Outcome:
        """Move the cursor there."""
        return self._refused(self.editor.go_to(self.edit.text))


class HoursPrompt(Prompt):
    """Type what a day holds."""

    label = N_("Day:")
    hint = N_("4 (hours), 1/2 VAK, 4 AD 4 KV; empty clears; Enter saves, Esc leaves it")

    def __init__(self, editor: MonthEditor) -> None:
        super().__init__(editor, editor.cell_text())

    def accept(self) -> Outcome:
        """Write it to the day, or to the selection."""
        return self._refused(self.editor.type_cell(self.edit.text))


class FilterPrompt(Prompt):
    """Show only some of the people, while the text is being typed.

    Up and Down go through ready choices: everyone, people without entries first, each team.
    """

    label = N_("Filter:")

    def __init__(self, editor: MonthEditor) -> None:
        super().__init__(editor, editor.filter.text)
        self.before = editor.filter
        self.choices = _choices(teams(editor.store, editor.employer_id))
        filters = [choice for _, choice in self.choices]
        self.choice = filters.index(self.before) if self.before and self.before in filters else -1

    def take(self, key: str, character: str | None) -> Outcome:
        """Up and Down choose; any other key edits the text."""
        if key not in ("up", "down"):
            return super().take(key, character)
        step = 1 if key == "down" else -1
        last = len(self.choices) - 1
        self.choice = max(0, min(self.choice + step, last)) if self.choice >= 0 else (0 if step > 0 else last)
        self.edit = LineEdit()
        return self.editor.set_filter(self.choices[self.choice][1])

    def changed(self) -> Outcome:
        """Filter by what is typed so far."""
        self.choice = -1
        return self.editor.set_filter(Filter(self.edit.text))

    def accept(self) -> Outcome:
        """Keep the filter; it applies already."""
        return NOTHING

    def cancel(self) -> Outcome:
        """Show the people that were shown before."""
        return self.editor.set_filter(self.before) if self.editor.filter != self.before else NOTHING

    def above(self) -> Line:
        """The choices from the chosen one on; without a choice, all of them."""
        first = max(0, self.choice)
        line: list[tuple[str, str]] = [(" ↑↓ ", "dim")]
        for place, (name, _) in enumerate(self.choices[first:], first):
            line += [(name, "cursor" if place == self.choice else "dim"), ("  ", "plain")]
        return tuple(line)


def _choices(all_teams: list[Team]) -> list[tuple[str, Filter]]:
    return [
        (t("Everyone"), Filter()),
        (t("Without entries first"), Filter(without_entries_first=True)),
        *((team.name, Filter(team_id=team.id)) for team in all_teams),
    ]


def filter_name(editor: MonthEditor) -> str:
    """The filter in force as the title shows it; empty without one."""
    wanted = editor.filter
    names = [wanted.text.strip()] if wanted.text.strip() else []
    if wanted.team_id is not None:
        names += [team.name for team in teams(editor.store, editor.employer_id) if team.id == wanted.team_id]
    if wanted.without_entries_first:
        names.append(t("Without entries first"))
    return ", ".join(names)


class AddPrompt(Prompt):
    """Add an entry to a day: Up and Down choose the type, the text says how much of it.

    Text with a code in it (`4 AD 4 KV`) replaces the whole day, as in the grid.
    """

    def __init__(self, editor: MonthEditor) -> None:
        day = editor.day
        free = max(0, day.available - sum(entry.minutes for entry in day.entries)) if day else 0
        super().__init__(editor, hours(free) if free else "")
        self.kinds = [kind for kind in editor.kinds.values() if kind.active]
        self.choice = 0

    def caption(self) -> str:
        """The chosen type."""
        kind = self.kinds[self.choice]
        return t("Hours of {key} {name}:", key=kind.key, name=kind.name(language()))

    def above(self) -> Line:
        """What is wrong, or the types from the chosen one on."""
        if self.problem:
            return super().above()
        names = [(f"{kind.key} {kind.name(language())}", "dim") for kind in self.kinds[self.choice :]]
        line: list[tuple[str, str]] = [(" ↑↓ ", "dim"), (names[0][0], "cursor")]
        for name in names[1:]:
            line += [("  ", "plain"), name]
        return tuple(line)

    def take(self, key: str, character: str | None) -> Outcome:
        """Up and Down choose the type; any other key edits the amount."""
        if key not in ("up", "down"):
            return super().take(key, character)
        step = 1 if key == "down" else -1
        self.choice = max(0, min(self.choice + step, len(self.kinds) - 1))
        self.problem = ""
        return NOTHING

    def accept(self) -> Outcome:
        """Write the day with the new entry behind those that it has."""
        text = self.edit.text.strip()
        if text.lower() not in ("am", "pm") and any(sign.isalpha() and sign not in "uhm" for sign in text):
            return self._refused(self.editor.type_cell(text))
        added = f"{self.editor.cell_text()} {text} {self.kinds[self.choice].key}"
        return self._refused(self.editor.type_cell(added.strip()))
