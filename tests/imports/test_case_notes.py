"""Reading the notes overview of an occupational service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hrtui.imports.case_notes import read_notes
from hrtui.imports.tables import TableError
from hrtui.store.sickness.notes import Note


def test_an_overview(tmp_path: Path) -> None:
    path = tmp_path / "overzicht-pb.csv"
    path.write_text(
        'Datum;Casemanager;Notitie\n15-09-2026;J. Voorbeeld;"Gebeld.\nNieuwe afspraak."\n', encoding="utf-8"
    )
    assert read_notes(path) == [Note(date(2026, 9, 15), "J. Voorbeeld", "Gebeld.\nNieuwe afspraak.")]


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        ("a;b;c\n1;2;3\n", "name the columns", 1),
        ("Datum;Auteur;Notitie\nmorgen;X;Y\n", "no date: morgen", 2),
        ("Datum;Auteur;Notitie\n15-09-2026;X\n", "note is empty", 2),
        ("Datum;Auteur;Notitie\n15-09-2026;X;\x1b[2J\n", "signs that cannot be shown", 2),
        ("Datum;Auteur;Notitie\n15-09-2026;X;" + "y" * 4001, "more than 4000", 2),
    ],
)
def test_files_that_hold_no_notes(tmp_path: Path, text: str, sentence: str, line: int) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=sentence) as refusal:
        read_notes(path)
    assert refusal.value.line == line
