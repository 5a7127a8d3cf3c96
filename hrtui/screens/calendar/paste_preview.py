"""What a paste will do, cell by cell, before it is done."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.cells import cell_len

from hrtui.editor.clipboard import PasteLine, PastePreview
from hrtui.i18n import N_, short_day_text, t
from hrtui.screens.listing import ListScreen
from hrtui.screens.session import Session
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, fitted

_COLON = ": \u00a0"
_NAME = 24
_NARROWEST = 20
"""The least width in which a reason is wrapped."""


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
        asks = f"{t('Paste?')}  " if self.preview.changes else ""
        return f"{asks}{self.preview.summary}"

    def body(self) -> list[Line]:
        """A line for each cell, and more below it where a reason is long."""
        names = min(_NAME, max((cell_len(line.person) for line in self.preview.lines), default=0))
        days = max((cell_len(short_day_text(line.date)) for line in self.preview.lines), default=0)
        width = self.size.width
        return [line for cell in self.preview.lines for line in _lines(cell, names, days, width)]

    def hints(self, more: bool) -> dict[str, Hint]:
        """Moving on is told where there is more."""
        return {id_: hint for id_, hint in self.words.items() if more or id_ != "list.down"}

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


def _lines(line: PasteLine, names: int, days: int, width: int) -> Iterator[Line]:
    """Who and when in so many columns each, and what changes or why nothing does."""
    day = short_day_text(line.date)
    where = f" {fitted(line.person, names)}  {fitted(day, days)}  "
    if not line.refusal:
        old, new = line.old or t("empty"), line.new or t("empty")
        yield ((where, "plain"), (f"{old} → ", "plain"), (new, "bold"))
        return
    rest = line.refusal[len(day) :] if line.refusal.casefold().startswith(day.casefold()) else line.refusal
    # French sets a blank before the colon.
    text = f"{line.new} {t('skipped:')} {rest.lstrip(_COLON)}"
    for row in textwrap.wrap(text, max(_NARROWEST, width - cell_len(where))):
        yield ((where, "plain"), (row, "dim"))
        where = " " * cell_len(where)
