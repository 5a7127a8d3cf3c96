"""Which of an employer's leave types stands for an illness on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.sickness.guaranteed_wage import Band

# Codes of working time in the quarterly declaration (National Social Security Office, annex 8).
_DMFA: Mapping[Band, tuple[int, ...]] = {
    Band.DAILY_WAGE: (1,),
    Band.FULL: (1,),
    Band.REDUCED: (10, 1),
    Band.SUPPLEMENT: (11, 10, 50),
    Band.MUTUALITY: (50,),
    Band.HOLIDAY: (1,),
}
_WORK_ACCIDENT = 60


def dutch_type(kinds: Iterable[LeaveType]) -> LeaveType | None:
    """The first leave type of illness that is in use; None where the employer has none."""
    return next(iter(_of_illness(kinds)), None)


def belgian_type(kinds: Iterable[LeaveType], band: Band, *, work_accident: bool) -> LeaveType | None:
    """The leave type of illness for who pays the day, by the code that the quarterly declaration wants.

    A type that is not in use serves where no other has the code, so that payroll gets the right one.
    """
    of_illness = _of_illness(kinds)
    wanted = (_WORK_ACCIDENT, *_DMFA[band]) if work_accident else _DMFA[band]
    for code in wanted:
        if found := next((kind for kind in of_illness if kind.dmfa_code == code), None):
            return found
    return next(iter(of_illness), None)


def _of_illness(kinds: Iterable[LeaveType]) -> list[LeaveType]:
    """The absences that are illness, those in use first, then by their order."""
    found = [kind for kind in kinds if kind.sickness and kind.category is Category.ABSENCE]
    return sorted(found, key=lambda kind: (not kind.active, kind.order, kind.id))
