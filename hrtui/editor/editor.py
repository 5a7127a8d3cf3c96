"""The month editor: the one object that the grid asks what a key does, and what it draws from."""

from __future__ import annotations

from collections.abc import Callable

from hrtui.domain.month import Month
from hrtui.editor.clipboard import PastePreview
from hrtui.editor.outcome import NOTHING, Outcome
from hrtui.editor.state import EditorState
from hrtui.store.people import Filter


class MonthEditor(EditorState):
    """The month grid of one employer, without a screen.

    The screen forwards keys to the methods below and shows the `Outcome` of each. Cursor, selection,
    marks and count are read from the attributes after every call.
    """

    def act(self, action: str) -> Outcome:
        """Do the grid action with this id (`go.left`, `edit.undo` ...); raises KeyError for one it has not."""
        return ACTIONS[action](self)

    def enter(self, letter: str) -> Outcome:
        """Enter the leave type with this letter on the selection, the marked people or the cursor's cell."""
        return NOTHING

    def digit(self, figure: str) -> Outcome:
        """Add a figure to the pending count; above 366 it is refused."""
        return NOTHING

    def unknown(self, key: str) -> Outcome:
        """Say that this key (as the keyboard names it) does nothing here."""
        return NOTHING

    def cancel(self) -> Outcome | None:
        """Drop the pending count, else the selection, else the marks, else the filter; None with nothing to drop."""
        return None

    def cell_text(self) -> str:
        """What is entered on the (first) target cell, as one types it: `4 AD 4 KV`."""
        return ""

    def type_cell(self, text: str) -> Outcome:
        """Replace the target cells by typed text; empty text clears them."""
        return NOTHING

    def go_to(self, text: str) -> Outcome:
        """Move to a date (`14`, `14/9`, `+7`, `today`, empty for today) or to the next person of that name."""
        return NOTHING

    def set_filter(self, filter: Filter) -> Outcome:  # noqa: A002  (the word of the interface)
        """Show only the people that match, keeping the cursor on its person where possible."""
        return NOTHING

    def show_month(self, month: Month) -> Outcome:
        """Show another month, keeping person and day."""
        return NOTHING

    def paste_preview(self, text: str | None) -> PastePreview:
        """What pasting at the cursor would do; `text` is tab-separated, None is the block last copied here."""
        return PastePreview()

    def paste(self, preview: PastePreview) -> Outcome:
        """Do what the preview showed."""
        return NOTHING

    def copied_text(self) -> str:
        """The block last copied, as tab-separated text; empty if nothing was copied."""
        return ""

    def status(self) -> str:
        """The cell under the cursor in words, with a pending count and the number of marked people before it."""
        return ""

    def refresh(self) -> Outcome:
        """Show what other programs wrote, keeping the person and day under the cursor."""
        return NOTHING


ACTIONS: dict[str, Callable[[MonthEditor], Outcome]] = {}
"""Every action id that `MonthEditor.act` knows."""
