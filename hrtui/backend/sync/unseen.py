"""What an operation on a whole row leaves alone: the units that its author may not see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from hrtui.backend.sync.scope import Scope
from hrtui.backend.sync.writing import Writing
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.units import WHOLE_ROW
from hrtui.domain.sync.wire import Mutation, Op, UnitSet

Units = dict[str, UnitSet]


def parted(scope: Scope, op: Op) -> tuple[Op, Units]:
    """The operation as far as its author sees the row, and the rest where it makes or deletes the row.

    A client knows nothing of what is hidden from its clerk, and sends it as empty. Other operations stay as
    they are: whoever sets a hidden unit is refused for it.
    """
    units = op.get("units", {})
    if scope.shows_all(op["e"]) or op["k"] not in ("ins", "del") or not scope.sees(op["e"], WHOLE_ROW):
        return op, {}
    hidden = {unit: change for unit, change in units.items() if not scope.sees(op["e"], unit)}
    if not hidden:
        return op, {}
    return op | {"units": {unit: units[unit] for unit in units if unit not in hidden}}, hidden


def completed(writing: Writing, mutation: Mutation, op: Op, hidden: Units) -> Op | None:
    """The operation with the hidden units of a row that it makes; None where it sets one of its own accord.

    A version of a contract keeps what the version has that the same step closed the day before; any other
    row begins without. A row that comes back has them as they were when it was deleted.
    """
    if op["k"] != "ins" or not hidden or writing.get((op["e"], op["id"], "")).known:
        return op
    before = _closed_version(writing, mutation, op) if op["e"] == "contract" else {}
    units = dict(op.get("units", {}))
    for unit, change in hidden.items():
        sent = cast("Value", change["new"])
        if not _is_blank(sent) and sent != before.get(unit):
            return None
        units[unit] = {"base": None, "new": before.get(unit, sent)}
    return op | {"units": units}


def _closed_version(writing: Writing, mutation: Mutation, op: Op) -> Mapping[str, Value]:
    """The units of the contract that the mutation ends the day before the one that it begins."""
    new = {unit: change["new"] for unit, change in op.get("units", {}).items()}
    eve = _day_before(str(new.get("start_date")))
    for other in mutation["ops"]:
        if other["e"] != "contract" or other["k"] != "set" or "end_date" not in other.get("units", {}):
            continue
        stored = writing.get(("contract", other["id"], ""))
        same = stored.units.get("person_id") == new.get("person_id")
        if stored.live and same and eve and stored.units.get("end_date") == eve:
            return stored.units
    return {}


def _day_before(text: str) -> str:
    try:
        return (date.fromisoformat(text) - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _is_blank(value: Value) -> bool:
    parts = value if isinstance(value, list) else [value]
    return all(part in (None, "") for part in parts)
