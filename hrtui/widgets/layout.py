"""How the month grid divides its width: the name, the days, the totals."""

from __future__ import annotations

from dataclasses import dataclass

from hrtui.i18n import N_

NAME = 18
DAYS = 31
TOTAL = 8
TOTALS = {"scheduled": N_("Sched."), "worked": N_("Worked"), "absent": N_("Absent")}
"""The totals by attribute of `hrtui.store.month_view.Totals`, with the head of their column."""
_WORTH = ("absent", "worked", "scheduled")


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of the grid: `name` wide, then `days` of `cell` each, then `totals` of TOTAL each."""

    width: int
    name: int
    cell: int
    days: int
    totals: tuple[str, ...]

    @property
    def totals_x(self) -> int:
        """Where the totals begin."""
        return self.name + self.days * self.cell


def layout(width: int) -> Layout:
    """The best division of `width` columns: a whole month where it fits, then wider days, totals, names."""
    cell = next((cell for cell in (4, 3) if width >= NAME + DAYS * cell + (cell - 3) * 3 * TOTAL + 2), 2)
    days = min(DAYS, max(1, (width - NAME) // cell))
    left = width - NAME - days * cell
    count = min(len(TOTALS), left // TOTAL) if days == DAYS else 0
    totals = tuple(name for name in TOTALS if name in _WORTH[:count])
    left -= count * TOTAL
    return Layout(width, NAME + min(left, 12) if count == len(TOTALS) else NAME, cell, days, totals)
