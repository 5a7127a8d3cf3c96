"""What stands in the exported files, and that each says the same as the calendar."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from hrtui.domain.month import Month
from hrtui.i18n import LANGUAGES, hours, set_language
from hrtui.payroll.export import LAYOUTS, Layout, export_month
from hrtui.payroll.paper import FONT
from hrtui.store.errors import StoreError
from tests.imports.office import SEPTEMBER, Office, shown
from tests.payroll.conftest import Offices


def exported(office: Office, layout: Layout, month: Month = SEPTEMBER) -> bytes:
    content = export_month(office.store, office.employer_id, month, layout, None)
    assert isinstance(content, bytes)
    return content


def test_csv_line_by_line(offices: Offices) -> None:
    assert exported(offices.filled, "csv").decode().split("\r\n") == [
        "employer;number;name;date;code;leave_type_name;part;minutes;hours;status",
        "Voorbeeld NV;3;Specimen Cyrelle;2026-09-10;TW;Telework;hours;200;3.33;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-01;VAK;Legal holiday leave;full;456;7.60;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-02;VAK;Legal holiday leave;full;456;7.60;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-03;VAK;Legal holiday leave;full;456;7.60;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-04;VAK;Legal holiday leave;full;456;7.60;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-07;KV;Short leave;hours;240;4.00;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-07;VAK;Legal holiday leave;hours;216;3.60;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-07;OVU;Overtime;hours;75;1.25;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-08;ZGL;Illness, guaranteed wage;am;228;3.80;approved",
        "Voorbeeld NV;1;Testman Adelro;2026-09-08;VAK;Legal holiday leave;pm;228;3.80;pending",
        "Voorbeeld NV;2;Voorbeeld Bixana;2026-09-14;ZGL;Illness, guaranteed wage;full;228;3.80;approved",
        "Voorbeeld NV;2;Voorbeeld Bixana;2026-09-15;ZGL;Illness, guaranteed wage;full;228;3.80;approved",
        "Voorbeeld NV;2;Voorbeeld Bixana;2026-09-16;ZGL;Illness, guaranteed wage;full;228;3.80;approved",
        "",
    ]


def test_an_empty_month_has_a_header_only(offices: Offices) -> None:
    assert len(exported(offices.empty, "csv").decode().splitlines()) == 1
    assert "Total of 4 people" in pdf_text(exported(offices.empty, "pdf"))


def rename(office: Office, last_name: str) -> None:
    """Give the first person a name, also one that no file may bring in."""
    office.store.con.execute("UPDATE person SET last_name = ? WHERE number = '1'", (last_name,))


def test_a_name_that_a_colleagues_program_let_in_is_no_formula(offices: Offices) -> None:
    rename(offices.filled, "=HYPERLINK(A1)")
    (name, *_) = {
        line.split(";")[2] for line in exported(offices.filled, "csv").decode().split("\r\n") if ";1;" in line
    }
    assert name == "'=HYPERLINK(A1) Adelro"


def test_names_with_separators_and_quotes_stay_one_cell(offices: Offices) -> None:
    rename(offices.filled, 'Dubois; "Le Test"')
    rows = list(csv.DictReader(io.StringIO(exported(offices.filled, "csv").decode()), delimiter=";"))
    assert {row["name"] for row in rows if row["number"] == "1"} == {'Dubois; "Le Test" Adelro'}


def test_reading_the_csv_into_an_empty_calendar_gives_the_same_calendar(offices: Offices) -> None:
    report = offices.empty.take("entries", exported(offices.filled, "csv"))
    assert (report.problems, report.warnings) == ((), ())
    assert calendar_of(offices.empty) == calendar_of(offices.filled)
    again = exported(offices.empty, "csv").replace(b"Leeg NV", b"Voorbeeld NV")
    assert again == exported(offices.filled, "csv")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_spreadsheet_can_be_read_back_in_every_language(offices: Offices, spoken: str) -> None:
    set_language(spoken)
    path = export_month(
        offices.filled.store,
        offices.filled.employer_id,
        SEPTEMBER,
        "xlsx",
        offices.filled.folder / "month.xlsx",
    )
    assert isinstance(path, Path)
    assert offices.empty.take("entries", path).problems == ()
    assert calendar_of(offices.empty) == calendar_of(offices.filled)


def calendar_of(office: Office) -> dict[tuple[str, str], list[tuple[str, int, str, str]]]:
    return {
        (row.number, day.date.isoformat()): [(*shown(e, office.kinds()), e.status.value) for e in day.entries]
        for row in office.rows().values()
        for day in row.days
        if day.entries
    }


def test_spreadsheet_has_real_dates_and_numbers_and_equal_totals(offices: Offices) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(offices.filled, "xlsx")))
    entries, totals, types = book.worksheets
    assert [sheet.title for sheet in book.worksheets] == ["Entries", "Totals", "Leave types"]
    assert {sheet.freeze_panes for sheet in book.worksheets} == {"A2"}
    assert [cell.value for cell in entries[2]] == [
        "3", "Specimen Cyrelle", datetime(2026, 9, 10), "TW", "Telework", "Hours", 200, 3.33, "Approved",
    ]  # fmt: skip
    assert entries["C2"].number_format == "dd/mm/yyyy"
    by_person = {row[0].value: row for row in totals.iter_rows(min_row=2)}
    for number, row in offices.filled.rows().items():
        amounts = row.totals
        expected = [amounts.scheduled, amounts.worked, amounts.absent, amounts.overtime]
        assert [round(float(cell.value) * 60) for cell in by_person[number][3:7]] == expected
    hours_of = {row[0].value: row[5].value for row in types.iter_rows(min_row=2)}
    summed: dict[object, float] = {}
    for line in entries.iter_rows(min_row=2, values_only=True):
        summed[line[3]] = summed.get(line[3], 0) + float(str(line[7]))
    assert hours_of == pytest.approx(summed)
    assert [cell.value for cell in totals[1]][7:] == list(hours_of)


def test_pdf_shows_everybody_their_totals_and_the_key_to_the_codes(offices: Offices) -> None:
    text = pdf_text(exported(offices.filled, "pdf"))
    for row in offices.filled.rows().values():
        assert row.name in text
        assert hours(row.totals.scheduled) in text
    assert "Voorbeeld NV · September 2026" in text
    assert "Legal holiday leave" in text
    assert "Page 2 of 2" in text


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("name", ["Kőszegi", "Wałęsa Żółć", "Brâncuși Țepeș", "D’Été Çelik", "Šimůnková"])
def test_pdf_has_the_letters_of_names_from_elsewhere(offices: Offices, name: str) -> None:
    rename(offices.filled, name)
    content = exported(offices.filled, "pdf")
    assert f"{name} Adelro" in pdf_text(content)
    fonts: set[str] = set()

    def see(text: str, _place: object, _line: object, font: dict[str, object] | None, _size: float) -> None:
        if text.strip() and font:
            fonts.add(str(font["/BaseFont"]))

    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=see)
    assert fonts
    assert all("DejaVu" in font for font in fonts)
    # Text is found again also where the page shows an empty box: the font must have a shape for each letter.
    shapes = pdfmetrics.getFont(FONT).face.charToGlyph
    assert all(ord(letter) in shapes for letter in name)


def test_pdf_of_many_people_has_each_once_on_numbered_pages(offices: Offices) -> None:
    names = [f"Specimen{chr(97 + n // 10)}{chr(97 + n % 10)}" for n in range(100)]
    lines = "".join(f"{n};{name};Ada;01/01/2020;Full-time 38\n" for n, name in enumerate(names, 100))
    offices.empty.take("people", "number;last name;first name;contract start;schedule\n" + lines)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(exported(offices.empty, "pdf"))).pages]
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert all(sum(f"{name} Ada" in page for page in pages) == 1 for name in names)
    assert len(pages) > 3


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_month_gives_the_same_bytes(offices: Offices, layout: Layout) -> None:
    assert exported(offices.filled, layout) == exported(offices.filled, layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_is_private_complete_and_named_after_employer_and_month(
    offices: Offices, tmp_path: Path, layout: Layout
) -> None:
    office = offices.filled
    folder = tmp_path / "out"
    folder.mkdir()
    for _ in range(2):
        path = export_month(office.store, office.employer_id, SEPTEMBER, layout, folder)
    assert path == folder / f"voorbeeld-nv-2026-09.{layout}"
    assert list(folder.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == exported(office, layout)


def test_a_folder_that_is_not_there_is_refused_in_words(offices: Offices, tmp_path: Path) -> None:
    office = offices.filled
    with pytest.raises(StoreError, match="cannot be written"):
        export_month(office.store, office.employer_id, SEPTEMBER, "csv", tmp_path / "none" / "month.csv")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_folder_is_made_and_holds_every_layout(offices: Offices, tmp_path: Path, layout: Layout) -> None:
    office, out = offices.filled, tmp_path / "payroll"
    for _ in range(2):
        written = export_month(office.store, office.employer_id, SEPTEMBER, layout, out)
        assert written == out / f"voorbeeld-nv-2026-09.{layout}"
    assert [file.name for file in out.iterdir()] == [f"voorbeeld-nv-2026-09.{layout}"]


def test_spreadsheet_holds_no_formula_whatever_the_data_say(offices: Offices) -> None:
    offices.filled.store.con.execute("UPDATE person SET last_name = '=1+1' WHERE number = '1'")
    with zipfile.ZipFile(io.BytesIO(exported(offices.filled, "xlsx"))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)
