"""What somebody's roles may see and write at one employer; the backend's word on it is the last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hrtui.backend.database import Connection, Query, Row
from hrtui.domain.roles import DECIDED, Area, decides
from hrtui.domain.sync.canonical import Value, digest
from hrtui.domain.sync.units import DAY, ENTITIES, WHOLE_ROW

WRITERS = frozenset({"clerk", "case_manager", "manager", "administrator"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The roles, the areas that they do not open, and a name that changes when either does."""

    roles: frozenset[str]
    hidden: frozenset[Area]
    settings: bool
    version: str

    @property
    def writes(self) -> bool:
        """Whether these roles write anything at all (an auditor only reads)."""
        return not WRITERS.isdisjoint(self.roles)

    def sees(self, entity: str, unit: str) -> bool:
        """Whether a unit of a row may be seen; rows of kinds that only the backend writes always may."""
        known = ENTITIES.get(entity)
        return not self.hidden or known is None or known.area_of(unit) not in self.hidden

    def may_write(self, entity: str, units: Iterable[str]) -> bool:
        """Whether these units of a row may be written."""
        known = ENTITIES[entity]
        if not self.writes or (known.guard is Area.SETTINGS and not self.settings):
            return False
        if entity == DECIDED and not decides(self.roles):
            return False
        return all(self.sees(entity, unit) for unit in (WHOLE_ROW, *units))

    def visible(self, entity: str, units: Mapping[str, Value]) -> dict[str, Value] | None:
        """What may be seen of a row or of a change of it; None where nothing is left."""
        if not self.hidden:
            return dict(units)
        if entity in ("conflict", "correction"):
            return dict(units) if self._sees_subject(entity, units) else None
        shown = {unit: value for unit, value in units.items() if self.sees(entity, unit)}
        return shown if shown or not units else None

    def shows_all(self, entity: str) -> bool:
        """Whether nothing of any row of this kind is hidden, so that it can be passed on unread."""
        if not self.hidden or entity == DAY:
            return True
        known = ENTITIES.get(entity)
        if known is None:
            return entity not in ("conflict", "correction")
        return self.hidden.isdisjoint(known.areas.values())

    def _sees_subject(self, entity: str, units: Mapping[str, Value]) -> bool:
        """Whether the row that a conflict or correction is about may be seen."""
        if entity == "conflict":
            subject, named = str(units.get("e")), [str(units.get("unit"))]
            if named == [WHOLE_ROW]:
                named = [*ENTITIES[subject].units] if subject in ENTITIES else []
        else:
            op: Any = units.get("op") or {}
            subject, named = str(op.get("e")), [*op.get("units", {})]
        return all(self.sees(subject, unit) for unit in (WHOLE_ROW, *named))


UNLIMITED = Scope(WRITERS, frozenset(), True, "")
"""Of what the backend carries out for somebody whose roles it has looked at before."""


def scope_of(con: Connection, tenant_id: int, roles: frozenset[str]) -> Scope:
    """The scope of these roles by the employer's rows `employer_role`.

    An area is open to everyone until a role is named for it. Cases of illness are for case managers only, an
    auditor sees everything else, and an administrator always reaches the settings.
    """
    sql, values = scope_query(tenant_id)
    return scope_in(con.all(sql, *values), roles)


def scope_query(tenant_id: int) -> Query:
    """The query for the employer's rows `employer_role`; `scope_in` reads what it finds."""
    sql = "SELECT units FROM row_state WHERE tenant_id = ? AND entity = 'employer_role' AND deleted = 0"
    return sql, (tenant_id,)


def scope_in(rows: Iterable[Row], roles: frozenset[str]) -> Scope:
    """The scope of these roles by the rows of `scope_query`."""
    named: dict[Area, set[str]] = {}
    for (text,) in rows:
        units = json.loads(text)
        for area in _areas(units.get("areas")):
            named.setdefault(area, set()).add(str(units.get("role")).casefold())
    closed = {area for area, names in named.items() if names.isdisjoint(roles)}
    settings = Area.SETTINGS not in closed or "administrator" in roles
    hidden = (set() if "auditor" in roles else closed) - {Area.SETTINGS, Area.SICKNESS}
    if "case_manager" not in roles:
        hidden.add(Area.SICKNESS)
    version = digest([sorted(roles), sorted(hidden), settings])[:16]
    return Scope(roles, frozenset(hidden), settings, version)


def _areas(text: object) -> list[Area]:
    try:
        found = json.loads(str(text))
    except ValueError:
        return []
    return [Area(one) for one in found if one in set(Area)] if isinstance(found, list) else []
