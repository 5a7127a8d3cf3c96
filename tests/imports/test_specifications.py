"""Reading benefit specifications from tables and from the text of PDF files."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.month import Month
from hrtui.imports.specification_lines import lines_and_total
from hrtui.imports.specifications import read_specification
from hrtui.imports.tables import TableError

FIRST = [
    "Uitkeringsspecificatie",
    "Verzekeraar: Voorbeeldverzekeraar",
    "Polisnummer: AB-123",
    "Periode: september 2026",
    "Datum: 06-10-2026",
]
SECOND = [
    "Werknemer Van Tot en met Dagen Bedrag",
    "12 Testman 01-09-2026 30-09-2026 22 1.234,50",
    "13 van den Fictief 15-09-2026 30-09-2026 12 € 600,00",
    "Totaal 1.834,50",
]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_TODAY", "2026-10-07")


def pdf(path: Path, *pages: list[str]) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(50, 800 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    path.write_bytes(buffer.getvalue())
    return path


def test_a_pdf_of_two_pages(tmp_path: Path) -> None:
    found = read_specification(pdf(tmp_path / "s.pdf", FIRST, SECOND))
    said = found.specification
    assert found.doubts == ()
    assert (said.month, said.received_on) == (Month(2026, 9), date(2026, 10, 6))
    assert (said.policy_number, said.insurer, said.cents) == ("AB-123", "Voorbeeldverzekeraar", 183450)
    assert said.policy["Periode"] == "september 2026"
    assert [(line.person, line.first_day, line.last_day, line.days, line.cents) for line in said.lines] == [
        ("12 Testman", date(2026, 9, 1), date(2026, 9, 30), 22, 123450),
        ("13 van den Fictief", date(2026, 9, 15), date(2026, 9, 30), 12, 60000),
    ]


def test_a_month_without_payment(tmp_path: Path) -> None:
    found = read_specification(
        pdf(tmp_path / "s.pdf", FIRST, ["Geen uitkering in deze maand", "Totaal 0,00"])
    )
    assert (found.specification.cents, found.specification.lines, found.doubts) == (0, (), ())


def test_what_is_not_found_is_for_the_clerk(tmp_path: Path) -> None:
    found = read_specification(pdf(tmp_path / "s.pdf", ["Overzicht"], [SECOND[1], "Totaal 9,00"]))
    assert found.specification.month == Month(2026, 9)
    assert found.specification.received_on == date(2026, 10, 7)
    assert found.doubts == (
        "The lines do not add up to the total: check the amount.",
        "Check the day of receipt.",
    )
    without = read_specification(pdf(tmp_path / "t.pdf", ["Overzicht"], ["Iets 12,00"]))
    assert "No total was found: check the amount." in without.doubts
    assert "Check the month." in without.doubts


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\nnonsense", "damaged or protected"),
        (b"person;days\n12;3\n", "no column with amounts"),
        (b"person;amount\n12;much\n", "This is no amount: much"),
        (b"person;amount\n", "The file is empty"),
        (b"", "The file is empty"),
    ],
)
def test_files_that_hold_none(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(content)
    with pytest.raises(TableError, match=sentence):
        read_specification(path)
    with pytest.raises(TableError, match="picture without text"):
        read_specification(pdf(tmp_path / "empty.pdf", []))
    with pytest.raises(TableError, match="cannot be read"):
        read_specification(tmp_path / "nothing.pdf")


def test_a_table(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text(
        "Maand;Ontvangen op;Polisnummer;Werknemer;Van;Tot en met;Dagen;Bedrag\n"
        "2026-08;07-09-2026;AB-123;12;01-08-2026;31-08-2026;21;1.000,25\n"
        ";;;13;;;;0,00\n",
        encoding="utf-8",
    )
    said = read_specification(path).specification
    assert (said.month, said.received_on, said.policy_number) == (Month(2026, 8), date(2026, 9, 7), "AB-123")
    assert said.cents == 100025
    assert [(line.person, line.days, line.cents) for line in said.lines] == [
        ("12", 21, 100025),
        ("13", None, 0),
    ]


def test_what_a_table_has_beside_is_told(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text(
        "Maand;Persoon;Loonheffing;Bedrag\n2026-08;Testbos C;12,00;100,00\n2026-09;Testbos C;;50,00\n",
        encoding="utf-8",
    )
    found = read_specification(path)
    assert [line.person for line in found.specification.lines] == ["Testbos C", "Testbos C"]
    assert found.doubts[:2] == (
        "These columns are not read: Loonheffing.",
        "The file holds several months: make a file of each.",
    )


NARROW, FIXED = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("lines", "read", "total"),
    [
        (["A 1 234,56", "B 843,21", "Totaal 2 077,77"], [("A", None, 123456), ("B", None, 84321)], 207777),
        (
            ["Naam Dagen Bedrag", "A 11 1 234,56", "B 11 843,21", "Totaal 2 077,77"],
            [("A", 11, 123456), ("B", 11, 84321)],
            207777,
        ),
        (["A 11 843,21", "Totaal 843,21"], [("A", 11, 84321)], 84321),
        (["A 11 843,21", "Totaal 11 843,21"], [("A", None, 1184321)], 1184321),
        ([f"A 11 1{FIXED}234,56", f"Totaal 1{NARROW}234,56"], [("A", 11, 123456)], 123456),
        (["A 11 € 1 234,56", "Totaal € 1 234,56"], [("A", 11, 123456)], 123456),
        (["A 11 dagen 1 234,56", "Totaal 1 234,56"], [("A", 11, 123456)], 123456),
        (["A -1 234,56", "Totaal -1 234,56"], [("A", None, -123456)], -123456),
        (["A 5 1 234,56-", "Totaal -1 234,56"], [("A", 5, -123456)], -123456),
        (["A 1 234 567,89", "Totaal EUR 1 234 567,89"], [("A", None, 123456789)], 123456789),
        (["A 22 1.234,50 €", "Totaal 1.234,50"], [("A", 22, 123450)], 123450),
        (["Dagen", "A 12 234,56"], [("A", 12, 23456)], None),
        (["A 12 234,56"], [("A", None, 1223456)], None),
        (["A 12 34,56", "Totaal 34,56"], [("A", 12, 3456)], 3456),
        ([f"A{FIXED}11{FIXED}843,21", f"Totaal{FIXED}843,21"], [("A", 11, 84321)], 84321),
        (["201 843,21", "Totaal 843,21"], [("201", None, 84321)], 84321),
        (["geen bedrag 12", "nog iets 1,2"], [], None),
    ],
)
def test_amounts_whose_thousands_are_grouped_by_a_space(
    lines: list[str], read: list[tuple[str, int | None, int]], total: int | None
) -> None:
    found, end = lines_and_total("\n".join(lines))
    assert [(line.person, line.days, line.cents) for line in found] == read
    assert end == total


def test_a_pdf_with_narrow_spaces_and_one_with_plain_ones(tmp_path: Path) -> None:
    for number, space in enumerate((" ", FIXED)):
        page = [SECOND[0], SECOND[1].replace("1.234", f"1{space}234"), SECOND[2], f"Totaal 1{space}834,50"]
        found = read_specification(pdf(tmp_path / f"{number}.pdf", FIRST, page))
        assert found.doubts == ()
        assert [line.cents for line in found.specification.lines] == [123450, 60000]
