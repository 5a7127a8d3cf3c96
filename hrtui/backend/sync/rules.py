"""What the backend asks of a value before it takes it: shape, size, and what a day can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from hrtui.domain.day import Part, Status
from hrtui.domain.sync import values
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES, SERVER_ENTITIES, Entity
from hrtui.domain.sync.values import NUMBERS, is_text
from hrtui.domain.sync.wire import Op, Reason

MOST_LINES = 24
MINUTES_OF_DAY = 24 * 60
_PARTS = frozenset(part.value for part in Part)
_STATUSES = frozenset(status.value for status in Status)

LeaveTypes = Callable[[int], Mapping[str, Value] | None]
"""The units of a leave type, None where there is none."""


def refused(op: Op, tenant_id: int) -> Reason | None:
    """Why an operation can never be applied as it is, whatever the rows say; None where nothing is wrong."""
    entity = ENTITIES.get(op["e"])
    if entity is None:
        return "invalid" if op["e"] in SERVER_ENTITIES else "unknown"
    units = op.get("units", {})
    if any(unit not in entity.units for unit in units):
        return "unknown"
    if not _fits_kind(op) or (entity.name == DAY) != is_date(op.get("d", "")):
        return "invalid"
    if entity.name == "employer" and (op["id"] != tenant_id or op["k"] == "del"):
        return "invalid"
    for unit, change in units.items():
        base, new = cast("Value", change["base"]), cast("Value", change["new"])
        if entity.name != DAY and any(_is_wider(value, entity.units[unit]) for value in (base, new)):
            return "unknown"
        if entity.name == DAY:
            fits = is_day(base) and is_day(new)
        else:
            fits = _is_unit(base, len(entity.units[unit])) and (op["k"] == "del" or _holds(entity, unit, new))
        if not fits:
            return "invalid"
    return None


def is_whole(entity: Entity, units: Mapping[str, Value]) -> bool:
    """Whether a row has all that the tables of others need, with what is usual for what was not said."""
    columns = entity.to_columns(entity.completed(units))
    return all(_fits(entity, name, columns.get(name)) for names in entity.units.values() for name in names)


def day_reason(old: Value, new: Value, roles: frozenset[str], leave_type: LeaveTypes) -> Reason | None:
    """Why a day may not become `new`: a leave type that is gone, or that another role enters."""
    assert isinstance(new, list)
    known = old if isinstance(old, list) else []
    for line in new:
        if line in known:
            continue
        assert isinstance(line, list)
        assert isinstance(line[0], int)
        found = leave_type(line[0])
        if found is None:
            return "deleted"
        needed = found.get("role_needed")
        if needed and str(needed).casefold() not in roles:
            return "role"
    return None


def is_day(value: object) -> bool:
    """Whether this is the value of a day: well-formed lines of at most 24 hours in all."""
    if not isinstance(value, list) or len(value) > MOST_LINES:
        return False
    return all(_is_line(line) for line in value) and sum(line[1] for line in value) <= MINUTES_OF_DAY


def is_date(text: str) -> bool:
    """Whether this is an ISO date of the years that the calendar knows."""
    return values.is_date(text) and 1900 <= int(text[:4]) <= 2200


def _is_line(line: object) -> bool:
    if not (isinstance(line, list) and len(line) == 5):
        return False
    leave_type_id, minutes, part, status, source = line
    return (
        type(leave_type_id) is int
        and leave_type_id > 0
        and leave_type_id in NUMBERS
        and type(minutes) is int
        and 0 <= minutes <= MINUTES_OF_DAY
        and part in _PARTS
        and status in _STATUSES
        and is_text(source, 40)
    )


def _is_scalar(value: object) -> bool:
    return value is None or (type(value) is int and value in NUMBERS) or is_text(value)


def _is_wider(value: Value, names: tuple[str, ...]) -> bool:
    """Whether a group has columns that are not known here (yet)."""
    return len(names) > 1 and isinstance(value, list) and len(value) > len(names)


def _is_unit(value: object, width: int) -> bool:
    if width == 1 or value is None:
        return _is_scalar(value)
    return isinstance(value, list) and len(value) == width and all(_is_scalar(one) for one in value)


def _holds(entity: Entity, unit: str, value: Value) -> bool:
    """Whether the columns of a unit can hold this value."""
    names = entity.units[unit]
    if len(names) == 1:
        return _fits(entity, names[0], value)
    if not isinstance(value, list) or len(value) != len(names):
        return False
    return all(_fits(entity, name, part) for name, part in zip(names, value, strict=True))


def _fits(entity: Entity, column: str, value: Value) -> bool:
    return values.fits(entity.kinds.get(column, "text"), value)


def _fits_kind(op: Op) -> bool:
    """Whether the parts of the operation go with its kind."""
    units, kind = op.get("units", {}), op["k"]
    if op["e"] == DAY:
        return kind in ("set", "resolve") and set(units) == ({ENTRIES} if units or kind == "set" else set())
    if kind == "ins":
        return bool(units) and all(change["base"] is None for change in units.values())
    if kind == "del":
        return bool(units) and all(change["new"] is None for change in units.values())
    return bool(units) if kind == "set" else True
