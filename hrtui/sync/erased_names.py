"""Taking the name of somebody who was erased out of the words about steps: others may have a part in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from hrtui.domain.sync.names import names_in, without
from hrtui.store.database import Connection
from hrtui.sync import notes
from hrtui.sync.rows import RowKey

_NAMES = ("first_name", "last_name", "name_prefix")


def forget(con: Connection, employer_id: int, person_id: int, keys: Iterable[RowKey]) -> None:
    """Let no step, refused edit or note name the person; call it while rows and history still do.

    Steps about the person lose single names too; others may be about somebody of the same name.
    """
    whole, single = names_in(_rows(con, person_id))
    about = {
        step_id
        for key in keys
        for (step_id,) in con.execute(
            "SELECT DISTINCT step_id FROM operation WHERE entity = ? AND row_id = ? AND date IS ?",
            (key.entity, key.id, key.date or None),
        )
    }
    for table, column, step in (("step", "id", "id"), ("refused", "uid", "step_id")):
        found = con.execute(
            f"SELECT {column}, {step}, label FROM {table} WHERE employer_id = ?", (employer_id,)
        ).fetchall()
        for id_, step_id, label in found:
            told = without(label, [*whole, *single] if step_id in about else whole)
            if told != label:
                con.execute(f"UPDATE {table} SET label = ? WHERE {column} = ?", (told, id_))
    notes.rename(con, employer_id, lambda label: without(label, [*whole, *single]))


def _rows(con: Connection, person_id: int) -> list[dict[str, Any]]:
    """The person's row, and what the history has of its names."""
    columns = ", ".join(_NAMES)
    found = con.execute(f"SELECT {columns} FROM person WHERE id = ?", (person_id,)).fetchall()
    rows = [dict(zip(_NAMES, row, strict=True)) for row in found]
    for values in con.execute(
        "SELECT old, new FROM operation WHERE entity = 'person' AND row_id = ?", (person_id,)
    ):
        rows += [json.loads(text) or {} for text in values if text]
    return rows
