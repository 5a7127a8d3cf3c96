"""Rows of the synced tables as units: reading what the clerk sees, and writing what it becomes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES, Entity
from hrtui.store.by_ids import marks
from hrtui.store.changes import RowChange
from hrtui.store.database import Connection
from hrtui.store.people import search_text, sort_name
from hrtui.store.rows import update

Units = dict[str, Any]
Columns = dict[str, Any]
_ENTRY = "leave_type_id, minutes, part, status, source"


class RowKey(NamedTuple):
    """What is kept of one row or of one person's day; `date` is '' but for days."""

    entity: str
    id: int
    date: str = ""


class Rows:
    """The synced rows of one employer in an open database."""

    def __init__(self, con: Connection, employer_id: int) -> None:
        self.con = con
        self.employer_id = employer_id
        self._columns: dict[str, Columns] = {}

    def defaults(self, table: str) -> Columns:
        """The columns of a table but its id, with what they hold where nothing is given."""
        found = self._columns.get(table)
        if found is None:
            info = self.con.execute(f"PRAGMA table_info({table})").fetchall()
            found = {name: _default(default) for _, name, _, _, default, _ in info if name != "id"}
            self._columns[table] = found
        return found

    def columns(self, key: RowKey) -> Columns | None:
        """All columns of a row but its id, None where there is none; a day has its entries."""
        if key.entity == DAY:
            return {ENTRIES: self._entries(key)}
        names = list(self.defaults(key.entity))
        row = self.con.execute(
            f"SELECT {', '.join(names)} FROM {key.entity} WHERE id = ?", (key.id,)
        ).fetchone()
        return dict(zip(names, row, strict=True)) if row else None

    def read(self, key: RowKey) -> Units | None:
        """The units of a row, None where there is none; a day always has its entries."""
        columns = self.columns(key)
        return None if columns is None else ENTITIES[key.entity].to_units(columns)

    def write(self, key: RowKey, units: Units | None) -> Columns | None:
        """Put a row in place of what is there, None deletes it; returns its columns.

        Units that are missing get the table's defaults. Raises IntegrityError where it clashes with another.
        """
        if key.entity == DAY:
            entries = (units or {}).get(ENTRIES) or []
            self._put_entries(key, entries)
            return {ENTRIES: entries}
        if units is None:
            self.con.execute(f"DELETE FROM {key.entity} WHERE id = ?", (key.id,))
            return None
        columns = self.completed(key.entity, units)
        names = list(columns)
        sets = ", ".join(f"{name} = excluded.{name}" for name in names)
        self.con.execute(
            f"INSERT INTO {key.entity} (id, {', '.join(names)}) VALUES ({marks(1 + len(names))})"
            f" ON CONFLICT (id) DO UPDATE SET {sets}",
            (key.id, *columns.values()),
        )
        return columns

    def completed(self, entity: str, units: Units) -> Columns:
        """The columns of a row with these units: its own, the employer's id and those made from others."""
        columns = self.defaults(entity) | _without_unknown(ENTITIES[entity], units)
        if "employer_id" in columns:
            columns["employer_id"] = self.employer_id
        if entity == "person":
            first, last = columns["first_name"] or "", columns["last_name"] or ""
            columns["sort_name"] = sort_name(first, last)
            columns["search_text"] = search_text(
                columns["number"] or "", first, last, columns["name_prefix"] or ""
            )
        return columns

    def change(self, key: RowKey, now: Columns, units: Units) -> RowChange | None:
        """The change that gives a row, which holds `now`, these units; None where it has them."""
        wanted = self.completed(key.entity, ENTITIES[key.entity].to_units(now) | units)
        return next(iter(update(key.entity, key.id, now, wanted)), None)

    def insert_many(self, entity: str, staged: Sequence[tuple[RowKey, Units]]) -> None:
        """Add many rows of one kind where there are none."""
        rows = [(key.id, self.completed(entity, units)) for key, units in staged]
        names = list(rows[0][1])
        self.con.executemany(
            f"INSERT INTO {entity} (id, {', '.join(names)}) VALUES ({marks(1 + len(names))})",
            [(id_, *columns.values()) for id_, columns in rows],
        )

    def all_units(self, entity: str) -> dict[RowKey, Units]:
        """The units of all rows of one kind, which is not days, that are the employer's."""
        names = list(self.defaults(entity))
        whose = "id = ?" if entity == "employer" else self._whose(entity)
        found = self.con.execute(
            f"SELECT id, {', '.join(names)} FROM {entity} WHERE {whose}", (self.employer_id,)
        )
        known = ENTITIES[entity]
        return {
            RowKey(entity, id_): known.to_units(dict(zip(names, row, strict=True))) for id_, *row in found
        }

    def _whose(self, entity: str) -> str:
        if "employer_id" in self.defaults(entity):
            return "employer_id = ?"
        return "person_id IN (SELECT id FROM person WHERE employer_id = ?)"

    def _entries(self, key: RowKey) -> list[list[Any]]:
        rows = self.con.execute(
            f"SELECT {_ENTRY} FROM calendar_entry WHERE person_id = ? AND date = ? ORDER BY slot",
            (key.id, key.date),
        )
        return [list(row) for row in rows]

    def _put_entries(self, key: RowKey, entries: list[list[Any]]) -> None:
        self.con.execute("DELETE FROM calendar_entry WHERE person_id = ? AND date = ?", (key.id, key.date))
        self.con.executemany(
            "INSERT INTO calendar_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(key.id, key.date, slot, *entry) for slot, entry in enumerate(entries)],
        )

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each kind of row, so that what others refer to comes before them."""
        return {name: place for place, name in enumerate((*(e for e in ENTITIES if e != DAY), DAY))}


def _without_unknown(entity: Entity, units: Units) -> Columns:
    return entity.to_columns({unit: value for unit, value in units.items() if unit in entity.units})


def _default(text: str | None) -> Any:
    """The value of a default as the table's definition spells it."""
    if text is None or text == "NULL":
        return None
    return text[1:-1].replace("''", "'") if text.startswith("'") else json.loads(text)
