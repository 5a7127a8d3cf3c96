"""Reading work schedules and who works by which."""

from __future__ import annotations

import json
from datetime import date

from hrtui.domain.schedule import WorkSchedule
from hrtui.store.store import Store


def work_schedules(store: Store, employer_id: int) -> dict[int, WorkSchedule]:
    """The employer's work schedules by id, in name order."""
    rows = store.con.execute(
        "SELECT id, name, cycle_start, weeks FROM work_schedule WHERE employer_id = ? ORDER BY name",
        (employer_id,),
    )
    return {
        id_: WorkSchedule(id_, name, date.fromisoformat(start), weeks_of(weeks))
        for id_, name, start, weeks in rows
    }


def weeks_of(text: str) -> tuple[tuple[int, ...], ...]:
    """The weeks of the `weeks` column: JSON `[[7 minutes], …]`."""
    return tuple(tuple(week) for week in json.loads(text))
