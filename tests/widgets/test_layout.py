"""How the width is divided: a whole month from 80 columns on, and never more than there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.widgets.layout import TOTAL, layout


@pytest.mark.parametrize(
    ("width", "name", "cell", "days", "totals"),
    [
        (60, 18, 2, 21, ()),
        (80, 18, 2, 31, ()),
        (113, 18, 3, 31, ()),
        (120, 18, 3, 31, ("absent",)),
        (135, 18, 3, 31, ("scheduled", "worked", "absent")),
        (200, 30, 4, 31, ("scheduled", "worked", "absent")),
    ],
)
def test_the_usual_widths(width: int, name: int, cell: int, days: int, totals: tuple[str, ...]) -> None:
    found = layout(width)
    assert (found.name, found.cell, found.days, found.totals) == (name, cell, days, totals)


@given(st.integers(60, 400))
def test_it_always_fits(width: int) -> None:
    found = layout(width)
    assert found.totals_x + len(found.totals) * TOTAL <= width
    assert found.days == 31 or width < 80
