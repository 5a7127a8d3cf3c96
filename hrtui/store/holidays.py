"""Reading an employer's holidays, and filling a year that has none yet."""

from __future__ import annotations

from datetime import date

from hrtui.domain.day import Holiday
from hrtui.store.changes import RowChange
from hrtui.store.ids import new_id
from hrtui.store.store import Store


def holidays(
    store: Store, employer_id: int, first: date, last: date
) -> dict[int | None, dict[date, Holiday]]:
    """The holidays from `first` to `last` by team; None holds those of everybody."""
    rows = store.con.execute(
        "SELECT date, name_nl, name_fr, name_en, replaces, half, team_id FROM holiday"
        " WHERE employer_id = ? AND date BETWEEN ? AND ? ORDER BY date",
        (employer_id, first.isoformat(), last.isoformat()),
    )
    found: dict[int | None, dict[date, Holiday]] = {}
    for text, nl, fr, en, replaces, half, team_id in rows:
        day = date.fromisoformat(text)
        found.setdefault(team_id, {})[day] = Holiday(
            day,
            (("nl", nl), ("fr", fr), ("en", en)),
            date.fromisoformat(replaces) if replaces else None,
            bool(half),
        )
    return found


def insertion(employer_id: int, holiday: Holiday, team_id: int | None = None) -> RowChange:
    """The change that adds a holiday."""
    return RowChange(
        "holiday",
        new_id(),
        None,
        {
            "employer_id": employer_id,
            "date": holiday.date.isoformat(),
            "name_nl": holiday.name("nl"),
            "name_fr": holiday.name("fr"),
            "name_en": holiday.name("en"),
            "replaces": holiday.replaces.isoformat() if holiday.replaces else None,
            "half": int(holiday.half),
            "team_id": team_id,
        },
    )


def years_filled(store: Store, employer_id: int) -> set[int]:
    """The years that have holidays already."""
    rows = store.con.execute(
        "SELECT DISTINCT substr(date, 1, 4) FROM holiday WHERE employer_id = ?", (employer_id,)
    )
    return {int(row[0]) for row in rows}
