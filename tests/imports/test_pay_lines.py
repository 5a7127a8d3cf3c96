"""Amounts from a spreadsheet: a pasted column, a block with people, and files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrtui import i18n
from hrtui.domain.money import parse_cents
from hrtui.imports.pay_lines import file_lines, pasted_lines
from hrtui.store.pay_bulk_plan import PastedLine


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("nl")
    yield
    i18n.set_language(before)


def test_a_column_is_amounts_in_order() -> None:
    assert pasted_lines("10\r\n1.234,50\r\n\r\n30\r\n") == [
        PastedLine(1, "", "10"),
        PastedLine(2, "", "1.234,50"),
        PastedLine(3, "", ""),
        PastedLine(4, "", "30"),
    ]


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_a_block_says_who(separator: str) -> None:
    text = separator.join(("1001", "10,50")) + "\n" + separator.join(("1002", "Testman Bob", "20"))
    assert pasted_lines(text) == [PastedLine(1, "1001", "10,50"), PastedLine(2, "1002", "20")]


def test_a_block_of_units_has_an_amount_and_a_number() -> None:
    assert pasted_lines("1001\t0,4297\t120", units=True) == [PastedLine(1, "1001", "0,4297", "120")]


def test_titles_say_which_column_is_which() -> None:
    text = "Bedrag\tNaam\tTeam\tNummer\n10\tTestman Ann\tNoord\t1001\n20\tTestman Bob\t\t"
    assert pasted_lines(text) == [PastedLine(2, "1001", "10"), PastedLine(3, "Testman Bob", "20")]


def test_a_file_says_who_and_how_much(tmp_path: Path) -> None:
    path = tmp_path / "bonus.csv"
    path.write_text("number;montant;quantité\n1001;1.234,50;\n;5;\n1003;7;2\n", encoding="utf-8")
    lines, problems = file_lines(path)
    assert lines == [PastedLine(2, "1001", "1.234,50"), PastedLine(4, "1003", "7", "2")]
    assert [problem.line for problem in problems] == [3]


def test_a_spreadsheets_number_is_never_read_as_thousands(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("Nummer", "Bedrag"), (1001, 12.5), (1002, 0.1 + 0.2), (1003, 1234), (1004, 12.125)):
        book.active.append(row)
    path = tmp_path / "bonus.xlsx"
    book.save(path)
    lines, problems = file_lines(path)
    assert problems == []
    assert [(line.who, line.amount) for line in lines] == [
        ("1001", "12,5"),
        ("1002", "0,3"),
        ("1003", "1234"),
        ("1004", "12,125"),
    ]
    assert not isinstance(parse_cents(lines[3].amount), int) or parse_cents(lines[3].amount) != 1212500


@pytest.mark.parametrize("content", ["", "1001;10\n", "number;name\n1001;Ann\n", 'number;amount\n"1001;5\n'])
def test_a_file_without_titles_or_amounts_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bonus.csv"
    path.write_text(content, encoding="utf-8")
    lines, problems = file_lines(path)
    assert (lines, len(problems)) == ([], 1)
    assert file_lines(tmp_path / "missing.csv")[1][0].text
