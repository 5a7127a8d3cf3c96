"""Tables on paper: everything is printed once, long texts wrap, headings come again, pages are numbered."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from hrtui.payroll.paper import ROOM, Column, Table, printed, register_font, text_width, wrapped

COLUMNS = (Column("Number", 10), Column("Text", 70), Column("Amount", 20, right=True))


def pages(*tables: Table) -> list[str]:
    content = printed("Voorbeeld NV", [("Month", "June"), ("Note", "long " * 60)], tables)
    assert content == printed("Voorbeeld NV", [("Month", "June"), ("Note", "long " * 60)], tables)
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_many_rows_go_over_pages_with_the_heading_on_each() -> None:
    rows = [(f"n{number:03d}", "text", "1,00") for number in range(200)]
    found = pages(Table("People", COLUMNS, rows))
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert page.count("Amount") == 1
    assert [sum(page.count(row[0]) for page in found) for row in rows] == [1] * 200


def test_a_row_longer_than_a_page_is_printed_whole() -> None:
    words = [f"w{number:04d}" for number in range(1500)]
    found = pages(Table("Messages", COLUMNS, [("1", " ".join(words), ""), ("2", "last", "")]))
    printed_words = " ".join(found).split()
    assert [word for word in printed_words if word.startswith("w")] == words
    assert "last" in printed_words


def test_a_table_without_rows_is_left_out_or_says_so() -> None:
    (page,) = pages(Table("Gone", COLUMNS, ()), Table("People", COLUMNS, (), "Nobody."))
    assert "Gone" not in page
    assert "Nobody." in page


@pytest.mark.parametrize("text", ["", "word", "a b  c", "x" * 900, "line\nline", "Kőszegi Țepeș " * 30])
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    register_font()
    room = ROOM / 4
    lines = wrapped(text, room)
    assert all(text_width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) >= 1
