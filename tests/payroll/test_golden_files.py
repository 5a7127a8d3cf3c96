"""Every layout of the package against a file that was written and checked by hand."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from hrtui.domain.snapshot import Snapshot
from hrtui.payroll.layouts import File, layout_files, load_layout, render
from hrtui.payroll.layouts.texts import SHIPPED_TEXTS
from tests.payroll.june import HEADER, day, snapshot, whole

GOLDEN = Path(__file__).parent / "golden"
MADE = "20250701_093005"


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def written(name: str, *snapshots: Snapshot) -> list[File]:
    """The files of a layout; a second time they must be the same."""
    layout = load_layout(name)
    files = render(layout, snapshots, HEADER)
    assert render(layout, snapshots, HEADER) == files
    return files


@pytest.mark.parametrize(
    ("layout", "provider", "file", "name"),
    [
        ("acerta", "acerta", "acerta.txt", f"ACERTA_1111111_202506_{MADE}_KLX.txt"),
        ("acerta-zeros", "acerta", "acerta-zeros.txt", f"ACERTA_1111111_202506_{MADE}_KLX.txt"),
        ("partena", "partena", "partena.csv", f"CLOCK_hrtui_111111_{MADE}.csv"),
        ("partena-compact", "partena", "partena-compact.csv", f"CLOCK_hrtui_111111_{MADE}.csv"),
    ],
)
def test_a_provider_file_is_byte_for_byte_as_checked(
    layout: str, provider: str, file: str, name: str
) -> None:
    assert written(layout, snapshot(provider=provider)) == [File(name, golden(file))]


def test_the_generic_files_have_calendar_pay_and_messages() -> None:
    assert written("generic", whole()) == [
        File(f"voorbeeld-nv-2025-06-12-{part}.csv", golden(f"generic-{part}.csv"))
        for part in ("entries", "components", "messages")
    ]


def test_a_generic_correction_has_what_differs_with_plus_and_minus() -> None:
    old = whole()
    new = snapshot((day(2, ("VAK", 456)), day(3, ("KV", 200)), day(4), day(9, holiday=True)),
                   components=old.components)  # fmt: skip
    files = render(load_layout("generic"), [new], HEADER, {42: old})
    assert files[0].content == golden("generic-correction.csv")
    assert [len(file.content.splitlines()) for file in files[1:]] == [1, 1]


def test_the_workbook_says_the_same_in_cells() -> None:
    (file,) = written("workbook", whole())
    assert file.name == "voorbeeld-nv-2025-06-12.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    shown = [
        " | ".join([sheet.title, *("" if cell is None else str(cell) for cell in row)]).replace("\n", "\\n")
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    assert shown == golden("workbook.txt").decode().splitlines()


def test_the_report_prints_the_same() -> None:
    (file,) = written("report", whole())
    assert file.name == "voorbeeld-nv-2025-06-12.pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    assert text.split() == golden("report.txt").decode().split()


def test_what_people_read_of_the_layouts_can_be_translated() -> None:
    shown: set[str] = set()
    for name in layout_files():
        layout = load_layout(name)
        shown.add(layout.title)
        if layout.kind == "workbook":
            shown |= {file.title for file in layout.files}
            shown |= {field.title for file in layout.files for field in file.fields}
    assert shown <= set(SHIPPED_TEXTS)
