"""Checking months off: marking many people's month as looked over, taking that back, and the counts."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.month import Month
from hrtui.i18n import t, tn
from hrtui.store import rows
from hrtui.store.moments import moment
from hrtui.store.month_words import in_words
from hrtui.store.store import Store


def check(store: Store, employer_id: int, ids: Sequence[int], month: Month) -> int:
    """Mark the month of these people as checked by this clerk, as one step; returns how many were not yet."""
    rows.check_people(store, employer_id, ids)
    marked = _marks(store, employer_id, month)
    new = [person_id for person_id in dict.fromkeys(ids) if person_id not in marked]
    values = {"month": str(month), "actor": store.actor, "at": moment()}
    changes = [rows.insertion("month_check", {"person_id": person_id, **values}) for person_id in new]
    label = tn(
        "{month} checked for {n} person", "{month} checked for {n} people", len(new), month=in_words(month)
    )
    rows.carry_out(store, employer_id, label, changes)
    return len(new)


def uncheck(store: Store, employer_id: int, ids: Sequence[int], month: Month) -> int:
    """Take the mark from the month of these people, as one step; returns how many had it."""
    marked = _marks(store, employer_id, month)
    gone = [marked[person_id] for person_id in dict.fromkeys(ids) if person_id in marked]
    changes = [rows.removal(store, employer_id, "month_check", id_) for id_ in gone]
    label = tn(
        "{month} no longer checked for {n} person", "{month} no longer checked for {n} people",
        len(gone), month=in_words(month),
    )  # fmt: skip
    rows.carry_out(store, employer_id, label, changes)
    return len(gone)


def toggle(store: Store, employer_id: int, ids: Sequence[int], month: Month) -> str:
    """Check these people, or uncheck them where all of them are checked; returns what was done, in words."""
    marked = _marks(store, employer_id, month)
    if ids and all(person_id in marked for person_id in ids):
        n = uncheck(store, employer_id, ids, month)
        return tn("{n} person is no longer checked.", "{n} people are no longer checked.", n)
    n = check(store, employer_id, ids, month)
    return tn("{n} person is checked.", "{n} people are checked.", n) if n else t("There is nobody to check.")


def count_checked(store: Store, employer_id: int, month: Month) -> int:
    """How many of the employer's people are checked in a month."""
    found = store.con.execute(
        "SELECT count(*) FROM month_check k JOIN person p ON p.id = k.person_id"
        " WHERE p.employer_id = ? AND k.month = ?",
        (employer_id, str(month)),
    )
    return int(found.fetchone()[0])


def _marks(store: Store, employer_id: int, month: Month) -> dict[int, int]:
    """The marks of the month by person."""
    found = store.con.execute(
        "SELECT k.person_id, k.id FROM month_check k JOIN person p ON p.id = k.person_id"
        " WHERE p.employer_id = ? AND k.month = ?",
        (employer_id, str(month)),
    )
    return dict(found.fetchall())
