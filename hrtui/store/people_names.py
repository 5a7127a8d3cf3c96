"""The names of some people, for lists that are about something else."""

from __future__ import annotations

from collections.abc import Iterable

from hrtui.store.by_ids import select
from hrtui.store.people import full_name
from hrtui.store.store import Store


def names_of(store: Store, person_ids: Iterable[int]) -> dict[int, str]:
    """The names as lists show them, by id; who is not there is left out."""
    query = "SELECT id, first_name, last_name, name_prefix FROM person WHERE id IN ({marks})"
    found = select(store.con, query, list(person_ids))
    return {id_: full_name(first, last, prefix) for id_, first, last, prefix in found}
