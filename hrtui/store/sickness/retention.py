"""Cases that may be kept no longer: the list, and erasing them with all that belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrtui import clock
from hrtui.domain.sickness import retention
from hrtui.i18n import t, tn
from hrtui.store.by_ids import marks
from hrtui.store.changes import Change, RowChange, write
from hrtui.store.errors import StoreError
from hrtui.store.rows import StaleError, row_of
from hrtui.store.sickness.calendar import DISPLACED
from hrtui.store.sickness.desk import Desk, log_access
from hrtui.store.sickness.lists import all_cases, by_person, people_with_cases
from hrtui.store.sickness.records import CASE, chains_of, stored_case
from hrtui.store.sickness.report import CHILDREN, child_ids
from hrtui.store.sickness.vault import vault_of
from hrtui.store.store import Store

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case that must go: since the day after `keep_until`; `files` belong to it."""

    case_id: int
    person_id: int
    name: str
    first_day: date
    last_day: date
    keep_until: date
    files: int


@dataclass(frozen=True, slots=True)
class Proof:
    """That cases were erased: when, by whom, and what, without saying whose they were."""

    at: str
    actor: str
    detail: str


def due_for_deletion(desk: Desk) -> list[DueCase]:
    """The cases that may be kept no longer, the longest overdue first."""
    today = clock.today()
    people = people_with_cases(desk, "", None, None)
    files = dict(
        desk.store.con.execute(
            "SELECT case_id, count(*) FROM sickness_document WHERE employer_id = ? GROUP BY case_id",
            (desk.employer_id,),
        ).fetchall()
    )
    found: list[DueCase] = []
    for cases in by_person(all_cases(desk, None)):
        for chain in chains_of(desk, cases):
            until = retention.keep_until(chain, self_insured=desk.self_insured)
            if until is None or today <= until:
                continue
            for spell in chain.spells:
                assert spell.last_day is not None
                person = people[cases[0].person_id]
                found.append(
                    DueCase(
                        spell.id, person.id, person.name, spell.first_day, spell.last_day, until,
                        files.get(spell.id, 0),
                    )
                )  # fmt: skip
    return sorted(found, key=lambda one: (one.keep_until, one.name, one.first_day))


def erase(desk: Desk, case_ids: list[int]) -> list[Proof]:
    """Erase cases that are due, their files and their history, for good; undo does not bring them back.

    The calendar keeps its days, which wages are paid by. Returns the proofs, which the access log keeps.
    Raises StoreError for a case that may still be kept, StaleError.
    """
    due = {one.case_id: one for one in due_for_deletion(desk)}
    if set(case_ids) - due.keys():
        raise StoreError(t("Only cases whose time is over can be erased: look at the list again."))
    for case_id in case_ids:
        _erase(desk, case_id)
    return proofs(desk)[: len(case_ids)]


def proofs(desk: Desk) -> list[Proof]:
    """Every erasure so far, newest first."""
    found = desk.store.con.execute(
        "SELECT at, actor, detail FROM access_log WHERE employer_id = ? AND what = ? ORDER BY at DESC, id",
        (desk.employer_id, ERASED),
    )
    return [Proof(*row) for row in found]


def _erase(desk: Desk, case_id: int) -> None:
    store = desk.store
    stored_case(store, desk.employer_id, case_id)
    changes: list[Change] = []
    contents: set[str] = set()
    counts: list[str] = []
    for table in (DISPLACED, *CHILDREN, CASE):
        ids = [case_id] if table == CASE else child_ids(desk, table, case_id)
        for row_id in ids:
            values = row_of(store, desk.employer_id, table, row_id)
            contents |= {values["sha256"]} if table == "sickness_document" else set()
            changes.append(RowChange(table, row_id, values, None))
        counts.append(f"{table}={len(ids)}")
    # Before the step: where the line cannot be kept nothing is erased.
    log_access(desk, ERASED, CASE, case_id, ", ".join(counts))
    store.con.execute("PRAGMA secure_delete = ON")
    written = write(store, desk.employer_id, t("Retention: erased"), changes, undoable=False)
    if written.stale:
        raise StaleError(t("The case was changed elsewhere meanwhile: look at the list again."))
    vault = vault_of(store)
    for sha256 in contents:
        if not _used(store, sha256):
            vault.remove(sha256)
    forget_erased(store)


def forget_erased(store: Store) -> int:
    """Empty the history of erased cases, where the backend has what it needs of it; returns the operations.

    Called after erasing, and after each exchange with a backend, which must hear of the deletion first. Costs
    one short question where nothing was erased.
    """
    erased = "SELECT row_id FROM access_log WHERE what = ? AND entity = ?"
    if not store.con.execute(f"SELECT EXISTS ({erased})", (ERASED, CASE)).fetchone()[0]:
        return 0
    tables = (DISPLACED, *CHILDREN, CASE)
    unsent = (
        "SELECT step_id FROM outbox WHERE state <> 'acknowledged'" if store.backend() else "SELECT 0 WHERE 0"
    )
    case_of = "json_extract(coalesce(old, new), '$.case_id')"
    with store.transaction():
        rows_of_cases = store.con.execute(
            f"SELECT DISTINCT entity, row_id FROM operation WHERE entity IN ({marks(len(tables))})"
            f" AND (row_id IN ({erased}) OR {case_of} IN ({erased}))"
            " AND (coalesce(old, '{}') <> '{}' OR coalesce(new, '{}') <> '{}')",
            (*tables, ERASED, CASE, ERASED, CASE),
        ).fetchall()
        return sum(_forget(store, entity, row_id, unsent) for entity, row_id in rows_of_cases)


def _forget(store: Store, entity: str, row_id: int, unsent: str) -> int:
    """Empty what was kept of one erased row; its steps can no longer be undone."""
    of_row = (entity, row_id)
    store.con.execute(
        "UPDATE step SET state = 'gone' WHERE id IN"
        " (SELECT step_id FROM operation WHERE entity = ? AND row_id = ?)",
        of_row,
    )
    for table in ("sync_base", "conflict"):
        store.con.execute(f"DELETE FROM {table} WHERE entity = ? AND row_id = ?", of_row)
    return int(
        store.con.execute(
            "UPDATE operation SET old = CASE WHEN old IS NULL THEN NULL ELSE '{}' END,"
            " new = CASE WHEN new IS NULL THEN NULL ELSE '{}' END"
            f" WHERE entity = ? AND row_id = ? AND step_id NOT IN ({unsent})",
            of_row,
        ).rowcount
    )


def _used(store: Store, sha256: str) -> bool:
    row = store.con.execute(
        "SELECT EXISTS (SELECT 1 FROM sickness_document WHERE sha256 = ?)", (sha256,)
    ).fetchone()
    return bool(row[0])


def erased_sentence(count: int) -> str:
    """How many cases went."""
    return tn("{n} case and its files are erased.", "{n} cases and their files are erased.", count)
