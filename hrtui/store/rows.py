"""What the commands on records share: changes made from rows, and writing them or saying why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrtui.i18n import t
from hrtui.store.by_ids import PORTION, marks
from hrtui.store.changes import Change, RowChange, Values, write
from hrtui.store.errors import Gone, StoreError
from hrtui.store.ids import new_id
from hrtui.store.store import Store


class StaleError(StoreError):
    """Somebody else changed the same meanwhile; nothing was written and what was typed is still there."""


def carry_out(store: Store, employer_id: int, label: str, changes: Sequence[Change]) -> int | None:
    """Write the changes as one undo step called `label`; returns its id, None where there are none.

    Raises StaleError when something was changed elsewhere meanwhile, StoreError when a row clashes.
    """
    written = write(store, employer_id, label, changes)
    if written.stale:
        raise StaleError(
            t("This was changed elsewhere meanwhile. Nothing was saved: look at it and save again.")
        )
    return written.step_id


def insertion(table: str, values: Values, row_id: int | None = None) -> RowChange:
    """The change that adds a row."""
    return RowChange(table, row_id or new_id(), None, values)


def update(table: str, row_id: int, old: Values, new: Values) -> list[RowChange]:
    """The change of the columns that differ; empty where none does."""
    names = [name for name in new if new[name] != old[name]]
    if not names:
        return []
    return [RowChange(table, row_id, {n: old[n] for n in names}, {n: new[n] for n in names})]


def deletion(table: str, row_id: int, values: Values) -> RowChange:
    """The change that takes a whole row away; `values` as `row_of` gives them."""
    return RowChange(table, row_id, values, None)


def removal(store: Store, employer_id: int, table: str, row_id: int) -> RowChange:
    """`deletion` of a row as it is now; raises Gone."""
    return deletion(table, row_id, row_of(store, employer_id, table, row_id))


def row_of(store: Store, employer_id: int, table: str, row_id: int) -> Values:
    """All columns of one row but its id.

    Raises Gone.
    """
    values = row_now(store, table, row_id)
    if values is None or _employer_of(store, values) != employer_id:
        raise Gone
    del values["id"]
    return values


def row_now(store: Store, table: str, row_id: int) -> Values | None:
    """All columns of a row as it is now, whichever employer's it is; None where it is gone."""
    return next(select_all(store, table, "id = ?", row_id), None)


def select_all(store: Store, table: str, condition: str, *values: object) -> Iterator[Values]:
    """All columns of the rows of a table under a condition, which may end with an order."""
    found = store.con.execute(f"SELECT * FROM {table} WHERE {condition}", values)
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)


def check_people(store: Store, employer_id: int, person_ids: Sequence[int]) -> None:
    """Raise StoreError unless all these people are this employer's."""
    condition, values = among(employer_id, person_ids)
    found = store.con.execute(f"SELECT id FROM person WHERE {condition}", values)
    if not {id_ for (id_,) in found}.issuperset(person_ids):
        raise StoreError(t("Somebody in the list is no longer there: choose the people again."))


def among(employer_id: int, person_ids: Sequence[int]) -> tuple[str, list[int]]:
    """A condition on `person` that holds for these people, with its values.

    Where they are too many for a statement it holds for all of the employer's: that is still one query.
    """
    if len(person_ids) > PORTION:
        return "employer_id = ?", [employer_id]
    return f"employer_id = ? AND id IN ({marks(len(person_ids))})", [employer_id, *person_ids]


def _employer_of(store: Store, values: Values) -> int | None:
    if "employer_id" in values:
        return int(values["employer_id"])
    query = "SELECT employer_id FROM person WHERE id = ?"
    row = store.con.execute(query, (values.get("person_id"),)).fetchone()
    return int(row[0]) if row else None
