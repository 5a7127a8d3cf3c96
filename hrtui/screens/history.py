"""Who changed a day, when, and from what to what."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from hrtui.domain.typed_cell import cell_text
from hrtui.i18n import N_, moment_text, short_day_text, t
from hrtui.screens.listing import ListScreen
from hrtui.screens.session import Session
from hrtui.store.history import HistoryLine, day_history
from hrtui.store.leave_types import leave_types
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, fitted

_KINDS = {"edit": N_("entered"), "undo": N_("undone"), "redo": N_("redone")}


class HistoryScreen(ListScreen):
    """The changes of one person's day, newest first."""

    words: ClassVar[dict[str, Hint]] = {"app.back": (1, N_("back")), "list.down": (2, N_("more"))}

    def __init__(self, session: Session, person_id: int, person: str, day: date) -> None:
        super().__init__(session)
        self.person, self.person_id, self.day = person, person_id, day

    def heading(self) -> str:
        """Whose day it is."""
        return t(
            "History: {person}, {day}", person=self.person, day=f"{short_day_text(self.day)} {self.day.year}"
        )

    def body(self) -> list[Line]:
        """Two lines for each change: when and who, and what."""
        changes = day_history(self.session.store, self.person_id, self.day)
        if not changes:
            return [((" " + t("Nothing was ever entered on this day."), "plain"),)]
        kinds = leave_types(self.session.store, self.session.employer.id)
        lines: list[Line] = []
        for change in changes:
            old = cell_text(change.old, kinds) or t("empty")
            new = cell_text(change.new, kinds) or t("empty")
            lines += [((_head(change), "plain"),), ((f"    {old} → ", "plain"), (new, "bold"))]
        return lines

    def store_changed(self) -> None:
        """Another program may have changed this day."""
        self.draw()


def _head(change: HistoryLine) -> str:
    kind = t(_KINDS[change.kind]) if change.kind in _KINDS else change.kind
    return f" {moment_text(change.at)}  {fitted(change.actor, 20)}  {kind}: {change.label}"
