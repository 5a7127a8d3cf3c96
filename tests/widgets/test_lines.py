"""Lines of styled text: exact widths, and hints that fit in every language."""

from __future__ import annotations

from typing import Any, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Region, Size

from hrtui import i18n, keybindings
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.starter_types import STARTER
from hrtui.widgets.colours import Palette
from hrtui.widgets.hints import grid_hints
from hrtui.widgets.lines import Lines, cut, fitted, strip_of


@given(st.text(), st.integers(1, 60))
def test_a_fitted_text_has_exactly_the_columns_asked_for(text: str, width: int) -> None:
    printable = "".join(sign for sign in text if sign.isprintable())
    assert cell_len(fitted(printable, width)) == width
    assert cell_len(cut(printable, width)) <= width


def test_neighbours_of_one_style_become_one_segment() -> None:
    style = Palette().style
    strip = strip_of([("a", style("dim")), ("b", style("dim")), ("c", style("bold"))], 5)
    assert [segment.text for segment in strip][:2] == ["ab", "c"]
    assert strip.cell_length == 5


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("country", ["BE", "NL"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_hints_fit_and_name_help_and_quit_first(language: str, country: str, width: int) -> None:
    i18n.set_language(language)
    try:
        kinds: list[LeaveType] = [kind for kind in STARTER[country] if kind.letter]  # type: ignore[index]
        ((text, _),) = grid_hints(keybindings.load(), kinds, width)
    finally:
        i18n.set_language("en")
    assert cell_len(text) <= width
    assert "F1 " in text
    assert "Ctrl+T " in text
    assert "Ctrl+Q " in text
    assert " v " in text


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, "> 3 to send again, forwarded 6/6, delivered, 3 unlocked"),
        (50, "> 3 to send again, forwarded 6/6, delivered"),
        (40, "> 3 to send again"),
        (12, "> 3 to sen…"),
    ],
)
def test_as_much_of_the_forwarding_is_told_as_there_is_room_for(width: int, shown: str) -> None:
    facts = ("3 to send again", "forwarded 6/6, delivered", "3 unlocked")
    ((text, _),) = grid_hints(keybindings.load(), STARTER["BE"], width, facts)
    assert text.split("  ")[0] == f" {shown}"
    assert cell_len(text) <= width


class Recorded(Lines):
    """Lines of 10 columns that note from which column each is drawn again."""

    size = Size(10, 2)

    def __init__(self) -> None:
        super().__init__(Palette())
        self.columns: list[int] = []

    def refresh(self, *regions: Region, **options: Any) -> Self:
        for region in regions:
            self.columns.append(region.x)
            assert region.right == 10
        return self


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("Peeters An", "Peeters An: 7:36", 9),  # the ellipsis takes the place of the last letter
        ("Peeters", "Peeters 7", 7),
        ("Zoë", "Zoé", 2),
        ("張偉 v", "張偉 z", 5),
        ("Zoe v", "Zoe\u0308 v", 2),
        ("Peeters", "Peeters   ", None),
    ],
)
def test_a_line_is_drawn_again_from_its_first_change(old: str, new: str, column: int | None) -> None:
    lines = Recorded()
    lines.show([((old, "plain"),)])
    lines.columns.clear()
    lines.show([((new, "plain"),)])
    if column is None:
        assert lines.columns == []
    else:
        assert column - 2 <= lines.columns[0] <= column
