"""Reading the notes overview that an occupational service sends: a table of date, author and text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hrtui.domain.identity.dates import read_day
from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.i18n import t
from hrtui.imports.headers import by_name, cells_of, places_of
from hrtui.imports.tables import Cell, TableError, read_table
from hrtui.store.sickness.notes import Note

MAX_LENGTH = 4_000
_FIELDS = by_name(
    {
        "date": "datum / date",
        "author": "auteur / author / door / by / casemanager / case manager",
        "text": "notitie / note / tekst / text / omschrijving",
    }
)


def read_notes(path: Path) -> list[Note]:
    """The notes of a CSV or XLSX file; raises TableError for a file or a line that holds none."""
    header, *lines = read_table(path)
    places = places_of(header, _FIELDS)
    if len(places) < len(set(_FIELDS.values())):
        raise TableError(t("The first line has to name the columns: date, author, text."), header.line)
    notes: list[Note] = []
    for line in lines:
        cells = cells_of(line, places)
        day, author, body = (cells.get(field, "") for field in ("date", "author", "text"))
        written_on = day if isinstance(day, date) else read_day(_text(day))
        if isinstance(written_on, Problem):
            raise TableError(t("This is no date: {text}.", text=_text(day)), line.line)
        notes.append(Note(written_on, _line(author, line.line)[:80], _body(body, line.line)))
    return notes


def _body(cell: Cell, line: int) -> str:
    """The text of a note, its lines cleaned of what a screen cannot show."""
    body = "\n".join(_line(one, line) for one in _text(cell).splitlines()).strip()
    if not body:
        raise TableError(t("The note is empty."), line)
    if len(body) > MAX_LENGTH:
        raise TableError(t("The note has more than {n} characters.", n=MAX_LENGTH), line)
    return body


def _line(cell: Cell, line: int) -> str:
    plain = clean(_text(cell).replace("\t", " "))
    if isinstance(plain, Problem):
        raise TableError(t("The note has signs that cannot be shown."), line)
    return plain


def _text(cell: Cell) -> str:
    return str(cell).strip()
