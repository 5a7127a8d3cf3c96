"""What a paste will do, cell by cell, before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from hrtui.editor.clipboard import PasteLine, PastePreview
from hrtui.i18n import N_, short_day_text, t
from hrtui.screens.listing import ListScreen
from hrtui.screens.session import Session
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, fitted

_NAME = 24
_DAY = 11


class PastePreviewScreen(ListScreen):
    """Lists each cell with what it holds and what it will hold, or why it stays; `y` calls `apply`."""

    scopes: ClassVar[tuple[str, ...]] = ("dialog", "list")
    words: ClassVar[dict[str, Hint]] = {
        "dialog.yes": (1, N_("paste")),
        "app.back": (1, N_("leave everything as it is")),
        "list.down": (2, N_("more")),
    }

    def __init__(self, session: Session, preview: PastePreview, apply: Callable[[], None]) -> None:
        super().__init__(session)
        self.preview = preview
        self.apply = apply

    def heading(self) -> str:
        """What will happen in all."""
        return f"{t('Paste?')}  {self.preview.summary}"

    def body(self) -> list[Line]:
        """A line for each cell."""
        return [_line(line) for line in self.preview.lines]

    def action_dialog_yes(self) -> None:
        """Paste, and go back to the grid."""
        if not self.preview.changes:
            self.say(t("There is nothing that can be pasted here."))
            return
        self.close()
        self.apply()

    def action_dialog_no(self) -> None:
        """Leave everything as it is."""
        self.close()

    def action_list_choose(self) -> None:
        """Enter is not yes: it may be the key that was held a moment too long."""
        yes = self.session.keymap.label("dialog.yes")
        self.say(t("{key} pastes.", key=yes))


def _line(line: PasteLine) -> Line:
    day = short_day_text(line.date)
    where = f" {fitted(line.person, _NAME)}  {fitted(day, _DAY)}  "
    if line.refusal:
        rest = line.refusal.removeprefix(day).lstrip()
        reason = rest[1:].lstrip() if rest.startswith(":") else line.refusal
        return ((where, "plain"), (f"{t('skipped:')} {reason}", "dim"))
    old, new = line.old or t("empty"), line.new or t("empty")
    return ((where, "plain"), (f"{old} → ", "plain"), (new, "bold"))
