"""A line of text being typed: what prompts and form fields edit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


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
        """Put text at the cursor; of several lines only the first, and control characters as spaces."""
        if self.chosen:
            self.text, self.cursor, self.chosen = "", 0, False
        line = self.cleaned(text)
        self.text = self.text[: self.cursor] + line + self.text[self.cursor :]
        self.cursor += len(line)

    def cleaned(self, text: str) -> str:
        """What of `text` can stand in the line: its first line, as signs that can be seen."""
        return seen(text.splitlines()[0] if text else "")

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


def seen(text: str) -> str:
    """`text` without signs that turn its direction or join, and with control characters as spaces."""
    return "".join(sign if sign.isprintable() else " " for sign in text if unicodedata.category(sign) != "Cf")
