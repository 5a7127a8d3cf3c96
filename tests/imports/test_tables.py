"""Files as clerks have them: separators, encodings, quotes, spreadsheets, and what is none of these."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.imports import tables
from hrtui.imports.cells import parse_hours
from hrtui.imports.tables import Row, TableError, read_table


def refusal(path: Path) -> TableError:
    with pytest.raises(TableError) as caught:
        read_table(path)
    return caught.value


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_separator_and_encoding_gives_the_same_rows(
    tmp_path: Path, separator: str, encoding: str, line_end: str
) -> None:
    lines = [["nummer", "prénom", "équipe"], ["1", "Élise", 'Zuid, "oost"; west\there'], ["2", "Renée", ""]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(lines)
    path = tmp_path / "people.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    assert read_table(path) == [Row(number, tuple(cells)) for number, cells in enumerate(lines, 1)]


def test_windows_1252_keeps_its_own_signs(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("naam;team\nOeuvre “œ” €;½ Zuid\n".encode("cp1252"))
    assert read_table(path)[1].cells == ("Oeuvre “œ” €", "½ Zuid")


def test_line_numbers_count_empty_lines_and_lines_inside_quotes(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('\nnummer;naam\n\n1;"two\nlines"\n;\n2;last\n')
    assert [row.line for row in read_table(path)] == [2, 4, 7]


def test_separator_inside_quotes_does_not_decide(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('"a;b;c;d",naam\n1,x\n')
    assert read_table(path)[1].cells == ("1", "x")


@pytest.mark.parametrize(("text", "line"), [('a;b\n1;"open\n2;x\n', 2), ('a;b\n1;2\n"x"y;3\n', 3)])
def test_broken_quotes_name_the_line_where_they_begin(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text)
    problem = refusal(path)
    assert problem.line == line
    assert "quotation mark" in problem.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n \n;;\n", "empty"),
        (b"a\0b;c\n", "neither a CSV nor an Excel"),
        (b"a;b\n\x81\xff;c\n", "neither UTF-8 nor Windows-1252"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or password-protected"),
        (b"PK\x03\x04 no zip at all", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert words in refusal(path).text


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.csv").text
    assert "cannot be read" in refusal(tmp_path).text


def test_too_large_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.csv"
    path.write_text("a;b\n1;2\n3;4\n")
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    assert "more than 2 lines" in refusal(path).text
    monkeypatch.setattr(tables, "MAX_BYTES", 3)
    assert "split it" in refusal(path).text


def workbook(path: Path, *rows: Sequence[object], start: int = 1) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    book.save(path)
    return path


def test_spreadsheet_gives_dates_numbers_and_times_with_their_lines(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        ["nummer", "datum", "uren"],
        [],
        [7, date(2026, 9, 1), 7.6],
        ["007", datetime(2026, 9, 2), time(7, 36)],
        [None, "2026-09-03", timedelta(hours=26)],
        start=2,
    )
    rows = read_table(path)
    assert [row.line for row in rows] == [2, 4, 5, 6]
    assert rows[1].cells == (7.0, date(2026, 9, 1), 7.6)
    assert rows[2].cells == ("007", date(2026, 9, 2), timedelta(hours=7, minutes=36))
    assert rows[3].cells == ("", "2026-09-03", timedelta(hours=26))


def test_every_minute_of_a_day_survives_a_spreadsheet(tmp_path: Path) -> None:
    minutes = range(0, 1440, 7)
    path = workbook(tmp_path / "book.xlsx", ["uren"], *([time(*divmod(one, 60))] for one in minutes))
    assert [parse_hours(row.cells[0]) for row in read_table(path)[1:]] == list(minutes)


def test_stray_cell_far_away_is_refused_instead_of_filling_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "nummer", "x"
    book.save(tmp_path / "book.xlsx")
    assert "far from the others (row 1048576)" in refusal(tmp_path / "book.xlsx").text


def test_zip_without_workbook_and_damaged_workbook_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "no Excel file" in refusal(tmp_path / "other.xlsx").text
    path = workbook(tmp_path / "book.xlsx", ["nummer"], [1])
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as broken:
        for name in source.namelist():
            content = source.read(name)
            broken.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    assert "damaged" in refusal(tmp_path / "broken.xlsx").text


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)


@given(
    rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=6),
    separator=st.sampled_from([";", ",", "\t"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_any_cells_written_as_csv_are_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    separator: str,
    quoting: csv.QUOTE_MINIMAL,  # type: ignore[valid-type]
    encoding: str,
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=quoting)
    writer.writerows([["nummer", "naam", "team"], *rows])
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    expected = [tuple(cell.strip() for cell in row) for row in rows]
    assert [row.cells for row in read_table(path)[1:]] == [row for row in expected if any(row)]


@given(content=st.binary(max_size=60) | st.binary(max_size=60).map(lambda rest: b"PK\x03\x04" + rest))
def test_any_bytes_are_rows_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    with suppress(TableError):
        assert all(row.line >= 1 for row in read_table(path))
