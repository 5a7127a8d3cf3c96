"""The list of cases as its screen has it: the ids, and the lines of those that it shows."""

from __future__ import annotations

from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.lists import CaseLine, Which, case_ids, case_lines


def case_list(desk: Desk, which: Which = Which.OPEN, *, person_id: int | None = None) -> list[CaseLine]:
    """All lines of the list."""
    ids = case_ids(desk, which, person_id=person_id)
    lines = case_lines(desk, ids)
    return [lines[id_] for id_ in ids]
