"""Deciding between two reports of one person for the same days, as two computers can make them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hrtui.domain.sickness.overlap import Overlap, end_of_first, overlapping
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, RowChange
from hrtui.store.errors import StoreError
from hrtui.store.sickness.course import recover
from hrtui.store.sickness.desk import Desk, stable_id
from hrtui.store.sickness.outcome import Outcome, carry_out
from hrtui.store.sickness.records import CASE, StoredCase, cases_of_person, stored_case
from hrtui.store.sickness.report import CHILDREN, child_ids

_STEP = "sickness_step"
_MOVED = ("sickness_document", "sickness_note", "sickness_contact", "sickness_certificate")
"""What of a report that goes belongs to the one that stays."""


def overlap_of(desk: Desk, case_id: int) -> Overlap | None:
    """The other report for the same days; None where there is none. Raises StoreError."""
    person_id = stored_case(desk.store, desk.employer_id, case_id).person_id
    spells = [one.case.spell for one in cases_of_person(desk.store, person_id)]
    return overlapping(spells).get(case_id)


def join(desk: Desk, keep_id: int, other_id: int) -> Outcome:
    """Take one of two reports back with its days in the calendar; its files and notes go to the other.

    One undo step. Raises StoreError where they are not two cases of one person.
    """
    kept = stored_case(desk.store, desk.employer_id, keep_id)
    other = stored_case(desk.store, desk.employer_id, other_id)
    if kept.id == other.id or kept.person_id != other.person_id:
        raise StoreError(t("These are not two reports of one person."))
    before = cases_of_person(desk.store, kept.person_id)
    after = [one for one in before if one.id != other_id]
    changes = [*_handed_over(desk, keep_id, other_id)]
    gone = rows.row_of(desk.store, desk.employer_id, CASE, other_id)
    return carry_out(
        desk, kept.person_id, other_id, [*changes, RowChange(CASE, other_id, gone, None)], before, after
    )


def keep_both(desk: Desk, case_id: int, other_id: int) -> Outcome:
    """End the earlier of two reports on the day before the later one begins; raises StoreError."""
    pair = [stored_case(desk.store, desk.employer_id, id_) for id_ in (case_id, other_id)]
    first, second = sorted(pair, key=_begins)
    if end_of_first(first.case.spell, second.case.spell) is None:
        raise StoreError(t("Both begin on the same day: keep one of them."))
    return recover(desk, first.id, second.case.spell.first_day)


def _begins(stored: StoredCase) -> date:
    return stored.case.spell.first_day


def _handed_over(desk: Desk, keep_id: int, other_id: int) -> Iterator[Change]:
    """What belongs to a case goes to another one, or goes; steps that were done stay done."""
    there = set(child_ids(desk, _STEP, keep_id))
    for table in CHILDREN:
        for row_id in child_ids(desk, table, other_id):
            row = rows.row_of(desk.store, desk.employer_id, table, row_id)
            if table in _MOVED:
                yield RowChange(table, row_id, {"case_id": other_id}, {"case_id": keep_id})
                continue
            yield RowChange(table, row_id, row, None)
            if table == _STEP:
                new_id = stable_id(_STEP, keep_id, row["step"], row["number"])
                if new_id not in there:
                    yield rows.insertion(_STEP, {**row, "case_id": keep_id}, new_id)
