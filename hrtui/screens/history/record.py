"""Who changed what in a record, and when; any change can be taken back from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrtui.i18n import t
from hrtui.screens.history.changes_table import ChangesScreen, changes_columns
from hrtui.screens.history.wording import HistoryWords, moment_short
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Row
from hrtui.store.record_history import RecordChange, What, record_history
from hrtui.store.record_history import Row as StoredRow


class RecordHistoryScreen(ChangesScreen):
    """The changes of the rows of `of_rows` (`(table, id)` pairs, asked anew each time), newest first."""

    columns = changes_columns(11, 21)

    def __init__(self, session: Session, name: str, of_rows: Callable[[], Sequence[StoredRow]]) -> None:
        super().__init__(session)
        self.name_of_record = name
        self._of_rows = of_rows
        self._changes: list[RecordChange] = []
        self._texts: list[Sequence[str]] = []

    def heading(self) -> str:
        """Whose history."""
        return t("History of {name}", name=self.name_of_record)

    def nothing(self) -> str:
        """A record that came with the start and was never touched."""
        if self.edit.text or self.foot():
            return super().nothing()
        return t("Nothing was changed here since it was made.")

    def begins_here(self) -> bool:
        """Whether the first change is the making."""
        return bool(self._changes) and self._changes[-1].what is What.CREATED

    def find(self, text: str) -> Sequence[int]:
        """The changes in which the text occurs."""
        self._changes = record_history(self.session.store, self._of_rows())
        words = HistoryWords(self.session, self._changes)
        self._texts = [
            (moment_short(one.at), one.actor, words.what(one), words.before(one), words.after(one))
            for one in self._changes
        ]
        fits = finder(text)
        return [i for i, texts in enumerate(self._texts) if fits(" ".join(texts))]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """When, who, what, before and after; what does not hold any more is dim."""
        return {i: Row(self._texts[i], dim=not self._changes[i].current) for i in ids}

    def in_words(self) -> str:
        """The whole change and the step that it was part of, and whether it still holds."""
        if self.current is None:
            return ""
        change = self._changes[self.current]
        *_, before, after = self._texts[self.current]
        values = f"{before} → {after}" if change.what is What.CHANGED else before or after
        since = "" if change.current else t("changed again since")
        return "  ".join(filter(None, (values, f"({change.label})", since)))

    def open_row(self, row_id: int) -> None:
        """Ask, and take the change back."""
        change = self._changes[row_id]
        if not change.current:
            self.say_changed_since()
            return
        self.ask_to_take_back(t("Take “{label}” back?", label=change.label), change, change.column)
