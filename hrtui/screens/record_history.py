"""Who changed what in a record, and when; any change can be taken back from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from hrtui.i18n import N_, moment_text, t
from hrtui.record_wording import shown
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.people import fold
from hrtui.store.record_history import RecordChange, What, link_names, record_history, take_back
from hrtui.store.record_history import Row as StoredRow
from hrtui.widgets.hints import Hint

_WHATS = {What.CREATED: N_("made"), What.DELETED: N_("deleted"), What.CHANGED: ""}
_TABLES = {
    "person": N_("Person"),
    "contract": N_("Contract"),
    "schedule_assignment": N_("Work schedule"),
    "team": N_("Team"),
    "work_schedule": N_("Work schedule"),
}
_KINDS = {"edit": "", "undo": N_("undone"), "redo": N_("redone")}


class RecordHistoryScreen(TableScreen):
    """The changes of the rows of `of_rows` (`(table, id)` pairs, asked anew each time), newest first."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("take back")),
        "table.undo": (2, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("When"), 19),
        Column(N_("Who"), 12),
        Column(N_("What"), 22),
        Column(N_("Before")),
        Column(N_("After")),
    )

    def __init__(self, session: Session, name: str, of_rows: Callable[[], Sequence[StoredRow]]) -> None:
        super().__init__(session)
        self.name_of_record = name
        self._of_rows = of_rows
        self._changes: list[RecordChange] = []
        self._links: dict[int, str] = {}

    def heading(self) -> str:
        """Whose history."""
        return t("History of {name}", name=self.name_of_record)

    def find(self, text: str) -> Sequence[int]:
        """The changes in which the text occurs."""
        store = self.session.store
        self._changes = record_history(store, self._of_rows())
        self._links = link_names(store, self.session.employer.id)
        wanted = fold(text)
        return [i for i, one in enumerate(self._changes) if wanted in fold(" ".join(self._texts(one)))]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """When, who, what, before and after."""
        return {i: Row(self._texts(self._changes[i]), dim=not self._changes[i].current) for i in ids}

    def in_words(self) -> str:
        """The step that the change was part of, and whether it still holds."""
        if self.current is None:
            return ""
        change = self._changes[self.current]
        return change.label if change.current else f"{change.label}  ({t('changed again since')})"

    def open_row(self, row_id: int) -> None:
        """Ask, and take the change back."""
        change = self._changes[row_id]
        if not change.current:
            self.say(t("This was changed again since: take the later change back first."))
            return

        def yes() -> None:
            take_back(self.session.store, self.session.employer.id, change.step_id, change.seq, change.column)
            self.reload()
            self.tell(t("Taken back: {label}", label=change.label))

        self.ask(t("Take “{label}” back?", label=change.label), yes)

    def _texts(self, change: RecordChange) -> Sequence[str]:
        field = change.field
        table = t(_TABLES.get(change.row[0], ""))
        label = t(field.label) if field else change.column or table or change.label
        what = " ".join(filter(None, (label, t(_WHATS[change.what]), t(_KINDS.get(change.kind, "")))))
        if change.what is not What.CHANGED:
            before = after = ""
        else:
            before, after = self._value(change, change.old), self._value(change, change.new)
        return (moment_text(change.at), change.actor, what, before, after)

    def _value(self, change: RecordChange, value: object) -> str:
        if value is None or value == "":
            return t("empty")
        if change.field is not None and isinstance(value, str | int):
            return shown(change.field, value, links=self._links)
        return str(value)
