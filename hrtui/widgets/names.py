"""A person in the name column."""

from __future__ import annotations

from hrtui.widgets.cells import MARKED
from hrtui.widgets.lines import fitted

_AROUND = 3
"""Columns beside the name: the mark, the state of the month, and a space behind."""


def name_text(name: str, width: int, *, marked: bool, state: str = " ") -> str:
    """A mark, the sign of the month's state, and the name cut to fit: `width` columns that end in a space."""
    return f"{MARKED if marked else ' '}{state}{fitted(name, width - _AROUND)} "
