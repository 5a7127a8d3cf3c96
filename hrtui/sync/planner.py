"""From a clerk's step to the mutation that travels: one operation per row, with base, new value and order."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrtui.domain.sync.units import WHOLE_ROW
from hrtui.sync.oplog import Kind, UnitOp
from hrtui.sync.rows import RowKey, Units

WHOLE_STEP = 50
"""A step of so many operations or fewer that rearranges contracts is taken as a whole or not at all."""

After = Callable[[RowKey, str], str | None]
"""The own mutation that a unit builds on, None where there is none."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a part of a step does to one row, all its operations on that row taken together."""

    key: RowKey
    kind: Kind
    old: Units
    new: Units


@dataclass(frozen=True, slots=True)
class Answer:
    """The conflict that a step decides, the row it is about, and the candidates that its author saw."""

    conflict: int
    key: RowKey
    seen: Sequence[str]


def folded(ops: Iterable[tuple[RowKey, UnitOp]]) -> list[Planned]:
    """The operations of one part, one for each row, in the order in which they can be applied.

    What is made and deleted again within the part, or changed back, is left out.
    """
    plans: dict[RowKey, Planned] = {}
    for key, op in ops:
        before = plans.pop(key, None) if op.kind == "del" else plans.get(key)
        plan = Planned(key, op.kind, op.old, op.new) if before is None else _both(before, op)
        if plan is None:
            plans.pop(key, None)
        else:
            plans[key] = plan
    return [plan for plan in map(_without_unchanged, plans.values()) if plan.kind != "set" or plan.new]


def _both(first: Planned, then: UnitOp) -> Planned | None:
    match first.kind, then.kind:
        case "ins", "del":
            return None
        case "ins", _:
            return Planned(first.key, "ins", {}, first.new | then.new)
        case "del", _:
            return Planned(first.key, "set", first.old, then.new)
        case _, "del":
            return Planned(first.key, "del", then.old | first.old, {})
    return Planned(first.key, "set", then.old | first.old, first.new | then.new)


def _without_unchanged(plan: Planned) -> Planned:
    if plan.kind != "set":
        return plan
    changed = [unit for unit in plan.new if plan.old.get(unit) != plan.new[unit]]
    return Planned(plan.key, "set", {u: plan.old.get(u) for u in changed}, {u: plan.new[u] for u in changed})


def wire_ops(plans: Sequence[Planned], after: After, answer: Answer | None = None) -> list[dict[str, Any]]:
    """The operations as they travel (`wire.Op`); `answer` closes a conflict by the operation on its row.

    Where the answer changes nothing (what stands is right) an operation of its own says so.
    """
    ops = [_wire(plan, after) for plan in plans]
    if answer is not None:
        at = next((place for place, plan in enumerate(plans) if plan.key == answer.key), None)
        if at is None:
            at = len(ops)
            ops.append({**_row(answer.key), "k": "resolve"})
        elif ops[at]["k"] in ("set", "ins"):
            ops[at]["k"] = "resolve"
        ops[at] |= {"conflict": answer.conflict, "seen": list(answer.seen)}
    return ops


def _wire(plan: Planned, after: After) -> dict[str, Any]:
    units: dict[str, dict[str, Any]] = {}
    for unit in plan.old | plan.new:
        units[unit] = {"base": plan.old.get(unit), "new": plan.new.get(unit)}
        if plan.kind == "set" and (uid := after(plan.key, unit)):
            units[unit]["after"] = uid
    if plan.kind == "del" and (uid := after(plan.key, WHOLE_ROW)):
        for one in units.values():
            one["after"] = uid
    return {**_row(plan.key), "k": plan.kind, "units": units}


def _row(key: RowKey) -> dict[str, Any]:
    return {"e": key.entity, "id": key.id} | ({"d": key.date} if key.date else {})


def key_of(op: Mapping[str, Any]) -> RowKey:
    """The row that an operation or change on the wire is about."""
    return RowKey(op["e"], op["id"], op.get("d", ""))


def atom_of(plans: Sequence[Planned]) -> str:
    """`all` for a step that rearranges contracts, since half of that is wrong pay; else `each`."""
    contracts = sum(plan.key.entity == "contract" for plan in plans)
    return "all" if contracts > 1 and len(plans) <= WHOLE_STEP else "each"


def parts(count: int, limit: int) -> list[tuple[int, int | None]]:
    """The first and last operation of each part of a step of `count`; the last part is open at its end."""
    starts = range(0, max(count, 1), limit)
    return [(start, start + limit - 1 if start + limit < count else None) for start in starts]


def part_uid(uid: str, part: int) -> str:
    """The mutation's id of a part of a step: the same whenever the step is divided again."""
    return uid if part == 0 else str(uuid.uuid5(uuid.UUID(uid), str(part)))
