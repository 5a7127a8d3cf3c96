"""The names of some people, for lists that are about something else."""

from __future__ import annotations

from collections.abc import Iterable

from hrtui.store import rows
from hrtui.store.people import full_name
from hrtui.store.store import Store


def names_of(store: Store, person_ids: Iterable[int]) -> dict[int, str]:
    """The names as lists show them, by id; who is not there is left out."""
    found: dict[int, str] = {}
    for chunk in rows.chunks(list(person_ids)):
        query = f"SELECT id, first_name, last_name, name_prefix FROM person WHERE id IN ({rows.marks(chunk)})"
        for id_, first, last, prefix in store.con.execute(query, tuple(chunk)):
            found[id_] = full_name(first, last, prefix)
    return found
