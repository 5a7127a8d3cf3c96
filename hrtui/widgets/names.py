"""A person in the name column."""

from __future__ import annotations

from hrtui.widgets.cells import CHECKED, CONFLICT, LOCKED, MARKED
from hrtui.widgets.lines import fitted

_AROUND = 3
"""Columns beside the name: the mark, the state of the month, and a space behind."""


def name_text(
    name: str, width: int, *, marked: bool, locked: bool, conflict: bool, checked: bool = False
) -> str:
    """A mark, the state of the month, and the name cut to fit, in `width` columns; it ends in a space."""
    state = CONFLICT if conflict else LOCKED if locked else CHECKED if checked else " "
    return f"{MARKED if marked else ' '}{state}{fitted(name, width - _AROUND)} "
