"""Text becomes one character for each cell, and comes out as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hrtui.terminal.cells import WIDE_REST, cells_of, uncertain, whole, written

WORDS = st.sampled_from(["a", " ", "é", "張", "e\u0301", "👨‍👩‍👧", "☃", "ß", "\U000f0000", "❤\ufe0f"])


@given(st.lists(WORDS, max_size=8).map("".join))
def test_there_are_as_many_characters_as_cells(text):
    assert len(cells_of(text)) == cell_len(text)


@pytest.mark.parametrize(
    "text", ["Peeters", "Düsterhöft", "張偉 x", "Nguye\u0302\u0303n", "👨‍👩‍👧 v", "\U000f0000"]
)
def test_what_is_written_is_what_came(text):
    assert written(cells_of(text)) == text


def test_control_characters_never_get_out():
    assert written(cells_of("a\x1b[2Jb\x07\x9b31mc\n")) == "a[2Jb31mc"


def test_half_a_wide_character_becomes_a_blank():
    cells = cells_of("a張b")
    assert whole(cells) == cells
    assert whole(cells[:2] + "x") == "a x"
    assert whole("x" + cells[2:]) == "x b"


def test_only_symbols_and_east_asian_text_are_uncertain():
    assert uncertain(cells_of("Zoë · ─│ 60×15 …")) == []
    assert uncertain(cells_of("a張b")) == [3]
    assert cells_of("張") == "張" + WIDE_REST
