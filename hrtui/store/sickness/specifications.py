"""Benefit specifications of an employer: kept with their file, newest first, and months without one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hrtui import clock
from hrtui.domain.month import Month
from hrtui.domain.sickness.benefit import BenefitLine, Specification, months_without, paid_by
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, Values
from hrtui.store.errors import StoreError
from hrtui.store.moments import day_of
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.documents import IMPORTED, Folder, take_in
from hrtui.store.sickness.records import stored_cases
from hrtui.store.sickness.terms import holidays_between
from hrtui.store.sickness.vault import Progress

TABLE = "benefit_specification"
MAX_LINES = 5_000


@dataclass(frozen=True, slots=True)
class StoredSpecification:
    """A specification with its id and file; `paid_by` is None where it pays nothing."""

    id: int
    specification: Specification
    paid_by: date | None
    document_id: int | None


def specifications(desk: Desk) -> list[StoredSpecification]:
    """The specifications, newest first: by month, then by the day they came."""
    found = desk.store.con.execute(
        "SELECT id, month, received_on, policy_number, insurer, policy, lines, cents, currency, document_id"
        f" FROM {TABLE} WHERE employer_id = ? ORDER BY month DESC, received_on DESC, id",
        (desk.employer_id,),
    ).fetchall()
    if not found:
        return []
    received = [date.fromisoformat(row[2]) for row in found]
    free = holidays_between(desk, min(received), max(received) + timedelta(days=31))
    return [_stored(row, free) for row in found]


def add_specification(
    desk: Desk, specification: Specification, file: Path | None = None, progress: Progress | None = None
) -> int:
    """Keep a specification, with its file where there is one, as one undo step; returns its id.

    Raises StoreError where the same one is there, FileRefusedError for a file that cannot be taken.
    """
    values = _values(desk, specification)
    same = desk.store.con.execute(
        f"SELECT 1 FROM {TABLE} WHERE employer_id = ? AND month = ? AND received_on = ? AND cents = ?"
        " AND policy_number = ?",
        (desk.employer_id, values["month"], values["received_on"], values["cents"], values["policy_number"]),
    ).fetchone()
    if same:
        raise StoreError(t("This specification is there already."))
    changes: list[Change] = []
    if file is not None:
        taken = take_in(desk, None, Folder.SPECIFICATION, file, origin=IMPORTED, progress=progress)
        changes.append(taken)
        values["document_id"] = taken.id
    change = rows.insertion(TABLE, values)
    label = t("Benefit specification of {month}", month=specification.month)
    rows.carry_out(desk.store, desk.employer_id, label, [*changes, change])
    return change.id


def remove_specification(desk: Desk, specification_id: int) -> int | None:
    """Take a specification away; its file stays among the employer's."""
    values = rows.row_of(desk.store, desk.employer_id, TABLE, specification_id)
    changes = [rows.deletion(TABLE, specification_id, values)]
    return rows.carry_out(desk.store, desk.employer_id, t("Benefit specification removed"), changes)


def months_to_come(desk: Desk) -> list[Month]:
    """Past months with absence of which no specification came, since the first that did; oldest first.

    One comes for every month with absence, also where nothing is paid.
    """
    came = [one.specification.month for one in specifications(desk)]
    if not came:
        return []
    today = clock.today()
    last = Month.of(today).shift(-1)
    absent: set[Month] = set()
    for one in stored_cases(desk.store, "employer_id = ?", (desk.employer_id,)):
        spell = one.case.spell
        month = max(Month.of(spell.first_day), min(came))
        end = min(Month.of(spell.last_day or today), last)
        while month <= end:
            absent.add(month)
            month = month.shift(1)
    return months_without(absent, came, last)


def _stored(row: tuple[object, ...], free: frozenset[date]) -> StoredSpecification:
    id_, month, received, policy_number, insurer, policy, lines, cents, currency, document_id = row
    received_on, amount = date.fromisoformat(str(received)), int(str(cents))
    specification = Specification(
        Month.parse(str(month)),
        received_on,
        str(policy_number),
        str(insurer),
        {str(name): str(value) for name, value in json.loads(str(policy)).items()},
        tuple(_line(one) for one in json.loads(str(lines))),
        amount,
        str(currency),
    )
    document = None if document_id is None else int(str(document_id))
    return StoredSpecification(int(str(id_)), specification, paid_by(received_on, amount, free), document)


def _line(values: list[object]) -> BenefitLine:
    person, first, last, days, cents = values
    return BenefitLine(
        str(person),
        day_of(str(first or "")),
        day_of(str(last or "")),
        None if days is None else int(str(days)),
        int(str(cents)),
    )


def _values(desk: Desk, specification: Specification) -> Values:
    if len(specification.lines) > MAX_LINES:
        raise StoreError(t("The specification has more than {n} lines: split it.", n=MAX_LINES))
    lines = [
        [
            line.person,
            line.first_day.isoformat() if line.first_day else None,
            line.last_day.isoformat() if line.last_day else None,
            line.days,
            line.cents,
        ]
        for line in specification.lines
    ]
    return {
        "employer_id": desk.employer_id,
        "month": str(specification.month),
        "received_on": specification.received_on.isoformat(),
        "policy_number": specification.policy_number,
        "insurer": specification.insurer,
        "policy": json.dumps(dict(specification.policy), ensure_ascii=False),
        "lines": json.dumps(lines, ensure_ascii=False),
        "cents": specification.cents,
        "currency": specification.currency,
        "document_id": None,
    }
