"""Who changed a day, when, and from what to what; a change can be taken back from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hrtui.domain.leave_type import LeaveType
from hrtui.domain.month import Month
from hrtui.domain.typed_cell import cell_text
from hrtui.i18n import N_, day_with_year, t
from hrtui.screens.history.changes_table import ChangesScreen, changes_columns
from hrtui.screens.history.wording import moment_short
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Row
from hrtui.store.history import HistoryLine, day_history
from hrtui.store.leave_types import leave_types
from hrtui.store.locks import locks
from hrtui.store.roles import Rights
from hrtui.wording import told_of

_KINDS = {
    "edit": N_("entered"),
    "undo": N_("undone"),
    "redo": N_("redone"),
    "remote": N_("received"),
    "refused": N_("not taken"),
}


class HistoryScreen(ChangesScreen):
    """The changes of one person's day, newest first; Enter takes the newest back."""

    columns = changes_columns(12, 10)

    def __init__(self, session: Session, person_id: int, person: str, day: date) -> None:
        super().__init__(session)
        self.person, self.person_id, self.day = person, person_id, day
        self._changes: list[HistoryLine] = []
        self._kinds: dict[int, LeaveType] = {}

    def heading(self) -> str:
        """Whose day it is."""
        return t("History: {person}, {day}", person=self.person, day=day_with_year(self.day))

    def nothing(self) -> str:
        """A day that was never touched."""
        if self.edit.text or self.foot():
            return super().nothing()
        return t("Nothing was ever entered on this day.")

    def begins_here(self) -> bool:
        """Whether the first change found the day empty."""
        return bool(self._changes) and not self._changes[-1].old

    def find(self, text: str) -> Sequence[int]:
        """The changes in which the text occurs."""
        store = self.session.store
        rights, kinds = self.session.rights, leave_types(store, self.session.employer.id)
        changes = day_history(store, self.person_id, self.day)
        self._changes = [_as_seen(change, rights, kinds) for change in changes]
        self._kinds = rights.kinds(kinds)
        fits = finder(text)
        return [i for i, one in enumerate(self._changes) if fits(" ".join(self._texts(one)))]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """When, who, what, before and after; what was changed again since is dim."""
        return {i: Row(self._texts(self._changes[i]), dim=i > 0) for i in ids}

    def in_words(self) -> str:
        """The whole change, and the step that it was part of."""
        if self.current is None:
            return ""
        change = self._changes[self.current]
        *_, kind, before, after = self._texts(change)
        return f"{before} → {after}  ({told_of(kind, change.label)})"

    def open_row(self, row_id: int) -> None:
        """Ask, and take the change back."""
        change = self._changes[row_id]
        if row_id:
            self.say_changed_since()
            return
        if locks(self.session.store, [self.person_id], Month.of(self.day)):
            self.say(t("This month is locked: nothing can be changed in it."))
            return
        old = cell_text(change.old, self._kinds) or t("empty")
        self.ask_to_take_back(t("Make the day “{old}” again?", old=old), change)

    def _texts(self, change: HistoryLine) -> Sequence[str]:
        kind = t(_KINDS[change.kind]) if change.kind in _KINDS else change.kind
        old, new = (cell_text(entries, self._kinds) or t("empty") for entries in (change.old, change.new))
        return (moment_short(change.at), change.actor, kind, old, new)


def _as_seen(change: HistoryLine, rights: Rights, kinds: Mapping[int, LeaveType]) -> HistoryLine:
    """The change with what the clerk may not see as a plain absence, also in the name of its step."""
    old, new = rights.entries(change.old, kinds), rights.entries(change.new, kinds)
    hides = (old, new) != (change.old, change.new)
    return replace(change, old=old, new=new, label=t("Absent") if hides else change.label)
