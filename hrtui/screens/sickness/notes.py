"""The notes that the case manager of the occupational service wrote: read, and taken over from its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from hrtui.i18n import N_, t, tn
from hrtui.imports.case_notes import read_notes
from hrtui.imports.tables import TableError
from hrtui.screens.reading import ReadingScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import SickTable, day_long, desk_of
from hrtui.screens.sickness.picker import PickerScreen
from hrtui.screens.table import Column, Row
from hrtui.store.sickness.notes import Note, notes_of, take_over_notes
from hrtui.store.sickness.records import case_record
from hrtui.widgets.hints import Hint


class NotesScreen(SickTable):
    """The notes of a case, newest first; nobody types any here."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("read")),
        "table.new": (1, N_("take over from a file")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Date"), 12),
        Column(N_("Author"), 18),
        Column(N_("Note")),
    )

    def __init__(self, session: Session, case_id: int) -> None:
        super().__init__(session)
        self.case_id = case_id
        self._who = case_record(desk_of(session), case_id).name
        self._notes: list[Note] | None = None

    def heading(self) -> str:
        """Whose notes."""
        return f"{t('Notes of the service')}  {self._who}"

    def nothing(self) -> str:
        """No notes came yet."""
        if self.edit.text.strip():
            return super().nothing()
        key = self.session.keymap.label("table.new")
        return t("No notes came yet; {key} takes them over from the service's file.", key=key)

    def find(self, text: str) -> Sequence[int]:
        """The notes with the words in them."""
        if self._notes is None:
            self._notes = notes_of(self.desk, self.case_id)
        fits = finder(text)
        return [place for place, note in enumerate(self._notes) if fits(f"{note.author} {note.body}")]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Date, author, how it begins."""
        notes = self._notes or []
        return {
            id_: Row((day_long(notes[id_].written_on), notes[id_].author, notes[id_].body.splitlines()[0]))
            for id_ in ids
        }

    def open_row(self, row_id: int) -> None:
        """The whole note."""
        note = (self._notes or [])[row_id]
        title = f"{day_long(note.written_on)}  {note.author}"
        self.app.push_screen(ReadingScreen(self.session, title, note.body.splitlines()))

    def action_table_new(self) -> None:
        """Choose the overview that the service sent."""
        title = t("Overview of notes (CSV or XLSX)")
        self.app.push_screen(PickerScreen(self.session, title, self._picked, several=False))

    def _picked(self, paths: list[Path]) -> None:
        try:
            count = take_over_notes(self.desk, self.case_id, read_notes(paths[0]))
        except TableError as problem:
            self.say(problem.text)
            return
        self._notes = None
        self.reload()
        self.tell(tn("{n} new note.", "{n} new notes.", count))
