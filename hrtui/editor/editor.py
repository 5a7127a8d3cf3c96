"""The month editor: the one object that the grid asks what a key does, and what it draws from."""

from __future__ import annotations

from collections.abc import Callable

from hrtui import wording
from hrtui.domain.approval import waits
from hrtui.domain.entering import Full
from hrtui.domain.month import Month
from hrtui.editor import (
    checking,
    clipboard,
    entering,
    filling,
    finding,
    moving,
    problems,
    selecting,
    undoing,
)
from hrtui.editor.clipboard import PastePreview
from hrtui.editor.outcome import NOTHING, Outcome, refuses
from hrtui.editor.state import EditorState
from hrtui.i18n import t, tn
from hrtui.store.history import last_change
from hrtui.store.people import Filter

ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {
    **moving.ACTIONS,
    **selecting.ACTIONS,
    **entering.ACTIONS,
    **filling.ACTIONS,
    **undoing.ACTIONS,
    **clipboard.ACTIONS,
    **finding.ACTIONS,
    **problems.ACTIONS,
    **checking.ACTIONS,
}
"""What each grid action does; `MonthEditor.act` knows these."""

_AFTER_AN_ENTRY = frozenset({"entry.half", "entry.clear_back"})
"""Actions that, right after an entry, are about what was just entered."""


class MonthEditor(EditorState):
    """The month grid of one employer, without a screen.

    The screen forwards keys to the methods below and shows the `Outcome` of each. Cursor, selection,
    marks and count are read from the attributes after every call.
    """

    def act(self, action: str) -> Outcome:
        """Do the grid action with this id (`go.left`, `edit.undo` ...); raises KeyError for any other."""
        if action not in _AFTER_AN_ENTRY:
            self.forget_entered()
        return ACTIONS[action](self)

    def enter(self, letter: str) -> Outcome:
        """Enter the leave type with this letter on the selection, the marked people or the cursor's cell."""
        kind = self.letters.get(letter)
        if kind is None:
            return self.unknown(letter)
        self.forget_entered()
        return entering.enter_kind(self, kind, Full(), self.take_count())

    def digit(self, figure: str) -> Outcome:
        """Add a figure to the pending count; above 366 it is refused."""
        self.forget_entered()
        return moving.digit(self, figure)

    def unknown(self, key: str, help_key: str = "F1") -> Outcome:
        """Say that this key (as the keyboard names it) does nothing here."""
        self.count = None
        if len(key) > 1:
            return refuses(t("“{key}” does nothing here. {help} lists the keys.", key=key, help=help_key))
        if key.lower() in self.letters:
            return refuses(t("“{key}”: leave types are small letters. Is Caps Lock on?", key=key))
        return refuses(t("“{key}” is no leave type here. {help} lists the keys.", key=key, help=help_key))

    def cancel(self) -> Outcome | None:
        """Drop the count, else the selection, else the marks, else the filter; None with nothing to drop."""
        self.forget_entered()
        return moving.cancel(self)

    def cell_text(self) -> str:
        """What is entered on the (first) target cell, as one types it: `4 AD 4 KV`."""
        return entering.text_of_cell(self)

    def why_closed(self) -> str:
        """Why nothing at all can be typed into the target cell; empty where something can."""
        return entering.why_closed(self)

    def type_cell(self, text: str) -> Outcome:
        """Replace the target cells by typed text; empty text clears them. A refused text keeps the count."""
        self.forget_entered()
        outcome = entering.type_cell(self, text, self.count)
        if not outcome.refused:
            self.count = None
        return outcome

    def go_to(self, text: str) -> Outcome:
        """Move to a date (`14`, `14/9`, `+7`, `today`, empty for today) or to the next matching person."""
        self.forget_entered()
        return finding.go_to(self, text)

    def set_filter(self, filter: Filter) -> Outcome:  # noqa: A002  (the word of the interface)
        """Show only the people that match, keeping the cursor on its person where possible."""
        return moving.set_filter(self, filter)

    def show_month(self, month: Month) -> Outcome:
        """Show another month, keeping person and day."""
        return moving.show_month(self, month)

    def paste_preview(self, text: str | None) -> PastePreview:
        """What pasting at the cursor would do; `text` is tab-separated, None is the block last copied."""
        return clipboard.preview(self, text)

    def paste(self, preview: PastePreview) -> Outcome:
        """Do what the preview showed."""
        return clipboard.paste(self, preview)

    def copied_text(self) -> str:
        """The block last copied, as tab-separated text; empty if nothing was copied."""
        return clipboard.copied_text(self)

    def status(self) -> str:
        """The cell under the cursor in words; a pending count, marks and selection come before it."""
        parts = []
        if self.count is not None:
            parts.append(tn("{n} day", "{n} days", self.count))
        if self.selection is not None:
            people, days = len(self.selection.rows), len(self.selection.days)
            parts.append(t("{people} × {days} selected", people=people, days=days))
        if self.marks:
            parts.append(tn("{n} marked", "{n} marked", len(self.marks)))
        parts.append(self._cell_in_words())
        return " · ".join(part for part in parts if part)

    def _cell_in_words(self) -> str:
        row, day = self.row, self.day
        if row is None:
            return ""
        if day is None:
            return wording.person_in_words(row, self.month)
        checked = f"; {t('checked by {actor}', actor=row.checked.actor)}" if row.checked else ""
        seen = day.entries and not day.hides_something
        last = last_change(self.store, row.id, day.date) if seen else None
        backend = self.store.backend(self.employer_id)
        words = wording.day_in_words(row.name, day, self.kinds, backend=backend, last=last)
        key = self.approval_key if waits(day.entries) else ""
        decided = f"; {t('{key} approves or refuses it', key=key)}" if key else ""
        return words + decided + checked

    def refresh(self) -> Outcome:
        """Show what other programs wrote, keeping the person and day under the cursor."""
        before = self.people
        self.load_kinds()
        self.load_people()
        if self.people != before:
            self.drop_selection()
        return NOTHING if not (before or self.people) else Outcome(rows_changed=True)
