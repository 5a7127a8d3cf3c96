"""People whose limit for a leave type is another than the type's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrtui.domain.leave_type import Limit
from hrtui.domain.type_fields import MAX_DAYS
from hrtui.i18n import language, t, tn
from hrtui.store import rows
from hrtui.store.changes import Change
from hrtui.store.errors import Gone, StoreError
from hrtui.store.leave_types import leave_types
from hrtui.store.people import full_name
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class LeaveException:
    """A person's own limit: `amount` is hundredths of a day or minutes, by `limit`; None where unlimited."""

    id: int
    person_id: int
    number: str
    name: str
    limit: Limit
    amount: int | None


def exceptions_of(store: Store, employer_id: int, type_id: int) -> list[LeaveException]:
    """The exceptions to a type's limit, in name order."""
    found = store.con.execute(
        "SELECT x.id, p.id, p.number, p.first_name, p.last_name, p.name_prefix, x.limit_kind, x.limit_amount"
        " FROM leave_exception x JOIN person p ON p.id = x.person_id"
        " WHERE x.leave_type_id = ? AND p.employer_id = ? ORDER BY p.sort_name, p.id",
        (type_id, employer_id),
    )
    return [
        LeaveException(id_, person, number, full_name(first, last, prefix), Limit(kind), amount)
        for id_, person, number, first, last, prefix, kind, amount in found
    ]


def set_exception(
    store: Store, employer_id: int, type_id: int, person_ids: Sequence[int], limit: Limit, amount: int | None
) -> None:
    """Give these people a limit of their own, in place of one they had, as one step; raises StoreError."""
    kind = leave_types(store, employer_id).get(type_id)
    if kind is None:
        raise Gone
    rows.check_people(store, employer_id, person_ids)
    _check(limit, amount)
    now = {line.person_id: line for line in exceptions_of(store, employer_id, type_id)}
    new = {"limit_kind": limit.value, "limit_amount": amount}
    changes: list[Change] = []
    for person_id in dict.fromkeys(person_ids):
        if line := now.get(person_id):
            old = {"limit_kind": line.limit.value, "limit_amount": line.amount}
            changes += rows.update("leave_exception", line.id, old, new)
        else:
            values = {"person_id": person_id, "leave_type_id": type_id, **new}
            changes.append(rows.insertion("leave_exception", values))
    label = tn(
        "Limit of {type} for {n} person", "Limit of {type} for {n} people",
        len(changes), type=kind.name(language()),
    )  # fmt: skip
    rows.carry_out(store, employer_id, label, changes)


def remove_exceptions(store: Store, employer_id: int, exception_ids: Sequence[int]) -> None:
    """Give people the limit of the type again, as one step."""
    changes = [rows.removal(store, employer_id, "leave_exception", id_) for id_ in exception_ids]
    label = tn("{n} exception removed", "{n} exceptions removed", len(changes))
    rows.carry_out(store, employer_id, label, changes)


def _check(limit: Limit, amount: int | None) -> None:
    if limit is Limit.UNLIMITED:
        if amount is not None:
            raise StoreError(t("Without a limit there is no amount: leave it empty."))
    elif amount is None:
        raise StoreError(t("Type the limit."))
    elif not 0 <= amount <= MAX_DAYS * (100 if limit is Limit.DAYS else 1440):
        raise StoreError(t("The limit is 0 to 366 days; without a limit it stays empty."))
