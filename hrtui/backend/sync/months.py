"""What the backend holds of people's months, in the form that a clerk's program hashes before it forwards."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from hrtui.backend.database import Connection, marks
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.content import Columns, month_hash
from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES

_PORTION = 200


@dataclass(slots=True)
class PersonMonth:
    """The rows of one person that may count for a month; components of other months may be among them."""

    days: dict[str, Value] = field(default_factory=dict)
    components: dict[int, Columns] = field(default_factory=dict)
    messages: dict[int, Columns] = field(default_factory=dict)

    def hash(self, month: str) -> str:
        """The hash by which client and backend compare `month` (YYYY-MM)."""
        return month_hash(month, self.days, self.components, self.messages)


def months_of(con: Connection, tenant_id: int, people: Iterable[int], month: str) -> dict[int, PersonMonth]:
    """What is committed of these people for `month` (YYYY-MM); a person without any rows is there too.

    Call it before the same transaction writes such rows: what is not committed is not seen.
    """
    ids = sorted(set(people))
    found = {person_id: PersonMonth() for person_id in ids}
    for start in range(0, len(ids), _PORTION):
        portion = ids[start : start + _PORTION]
        rows = con.all(
            "SELECT person_id, entity, row_id, date, units FROM row_state WHERE tenant_id = ? AND deleted = 0"
            f" AND person_id IN ({marks(len(portion))}) AND (entity IN ('pay_component', 'provider_message')"
            " OR (entity = 'day' AND date >= ? AND date <= ?))",
            tenant_id, *portion, f"{month}-01", f"{month}-31",
        )  # fmt: skip
        for person_id, entity, row_id, date, text in rows:
            _keep(found[person_id], entity, row_id, date, json.loads(text))
    return found


def _keep(held: PersonMonth, entity: str, row_id: int, date: str, units: dict[str, Value]) -> None:
    if entity == DAY:
        held.days[date] = units[ENTRIES]
    elif entity == "pay_component":
        held.components[row_id] = ENTITIES[entity].to_columns(units)
    else:
        held.messages[row_id] = units
