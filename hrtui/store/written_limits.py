"""Yearly limits that are written down as grants, after the limit itself was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrtui import clock
from hrtui.domain.allowance_marks import LIMIT, PROPOSED
from hrtui.domain.leave_type import LeaveType
from hrtui.i18n import language, t
from hrtui.store import rows
from hrtui.store.allowance_accounts import holdings
from hrtui.store.changes import Change, RowChange
from hrtui.store.leave_years import leave_year_of
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class Outdated:
    """What was written down as the limit of this leave year or later ones and is another limit now.

    `people` are those it was written down for; `changes` write the present limit instead.
    """

    people: frozenset[int]
    changes: Sequence[Change]


def outdated(store: Store, employer_id: int, kind: LeaveType) -> Outdated:
    """The limits of a type that follow neither it nor an own limit now; past years stay as they were."""
    present = leave_year_of(store, employer_id, clock.today()).number
    found = store.con.execute(
        "SELECT a.id, a.person_id, a.minutes, a.days FROM allowance a JOIN person p ON p.id = a.person_id"
        " WHERE p.employer_id = ? AND a.leave_type_id = ? AND a.label = ? AND a.reason = '' AND a.year >= ?"
        " AND NOT EXISTS (SELECT 1 FROM allowance w WHERE w.person_id = a.person_id AND w.year = a.year"
        " AND w.leave_type_id = a.leave_type_id AND w.label = ?) ORDER BY a.id",
        (employer_id, kind.id, LIMIT, present, PROPOSED),
    ).fetchall()
    held = holdings(store, {person_id for _, person_id, _, _ in found})
    people: set[int] = set()
    changes: list[Change] = []
    for id_, person_id, minutes, days in found:
        amount = held.yearly(person_id, kind)
        if not amount:
            continue
        in_days = held.measure(person_id, kind).in_days
        old = {"minutes": minutes, "days": days}
        new = {"minutes": 0, "days": amount} if in_days else {"minutes": amount, "days": None}
        if old != new:
            people.add(person_id)
            changes.append(RowChange("allowance", id_, old, new))
    return Outdated(frozenset(people), changes)


def write_anew(store: Store, employer_id: int, kind: LeaveType) -> int | None:
    """Write the present limits down in place of the earlier ones, as one step; raises StaleError."""
    label = t("Limit of {type} written anew", type=kind.name(language()))
    return rows.carry_out(store, employer_id, label, outdated(store, employer_id, kind).changes)
