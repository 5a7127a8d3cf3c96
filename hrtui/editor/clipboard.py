"""Copy and paste of blocks of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrtui.store.changes import DayChange


@dataclass(frozen=True, slots=True)
class PasteLine:
    """One cell of a paste: whose day, what it holds, what it will hold, or why it stays as it is."""

    person: str
    date: date
    old: str
    new: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class PastePreview:
    """What a paste will do, cell by cell; cells that stay the same are left out.

    `summary` is one sentence; without `changes` there is nothing to paste and it says why.
    """

    lines: tuple[PasteLine, ...] = ()
    changes: tuple[DayChange, ...] = ()
    summary: str = ""
