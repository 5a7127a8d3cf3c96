"""One mutation meets the rows: written, kept as conflict or correction, or parked; never dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hrtui.backend.sync import checks, erased, positions, rules, unseen
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.records import (
    conflict_key,
    conflicts_of,
    correction_key,
    keep_conflict,
    keep_correction,
)
from hrtui.backend.sync.scope import Scope
from hrtui.backend.sync.writing import Key, Stored, Writing
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.merge import Author, Merged, Row, intended, merge
from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES, locked_spans, person_of
from hrtui.domain.sync.values import is_text
from hrtui.domain.sync.wire import Mutation, Op, OpResult, Reason, UnitSet


def key_of(op: Op) -> Key:
    """The row that an operation is about."""
    return op["e"], op["id"], op.get("d", "")


def apply_mutation(writing: Writing, scope: Scope, mutation: Mutation) -> list[OpResult]:
    """Let every operation of a mutation meet its row; an `all` mutation is applied whole or parked whole."""
    applying = Applying(writing, scope, mutation)
    if mutation["atom"] == "each":
        return [applying.meet(op) for op in mutation["ops"]]
    point = writing.savepoint()
    results = [applying.meet(op) for op in mutation["ops"]]
    if all(result["outcome"] in ("applied", "noop") for result in results):
        return results
    writing.back_to(point)
    reasons = [result.get("reason", "stale") for result in results]
    return [{"outcome": "parked", "reason": reason} for reason in reasons]


class Applying:
    """The operations of one mutation, one after the other."""

    def __init__(self, writing: Writing, scope: Scope, mutation: Mutation) -> None:
        self.writing = writing
        self.scope = scope
        self.mutation = mutation
        self.uid = mutation["uid"]
        actor = writing.actor
        # What is taken out of a correction has its moment already.
        at = positions.made(mutation.get("made_at", ""), writing.at)
        self.author = Author(self.uid, actor.name, actor.device_id, at)
        self.made = {key_of(op) for op in mutation["ops"] if op["k"] == "ins"}
        self.gone = {key_of(op) for op in mutation["ops"] if op["k"] == "del"}

    def meet(self, op: Op) -> OpResult:
        """What becomes of one operation."""
        op = self._widened(op)
        reason = rules.refused(op, self.writing.tenant_id)
        if reason is not None:
            return self._park(op, reason)
        own, hidden = unseen.parted(self.scope, op)
        if not self.scope.may_write(own["e"], own.get("units", {})):
            return self._park(op, "role")
        whole = unseen.completed(self.writing, self.mutation, own, hidden)
        if whole is None:
            return self._park(op, "role")
        return self._meet(whole)

    def _widened(self, op: Op) -> Op:
        """The operation of an older program with what it does not know of groups, as that stands."""
        known = ENTITIES.get(op["e"])
        if known is None or op["e"] == DAY:
            return op
        short = {
            unit: change
            for unit, change in op.get("units", {}).items()
            if _is_short(change, known.units.get(unit, ()))
        }
        if not short:
            return op
        now = self.writing.get(key_of(op)).units
        wide: dict[str, UnitSet] = {
            unit: {
                **change,
                "base": known.widened(unit, cast("Value", change["base"]), now.get(unit)),
                "new": known.widened(unit, cast("Value", change["new"]), now.get(unit)),
            }
            for unit, change in short.items()
        }
        return op | {"units": {**op.get("units", {}), **wide}}

    def _meet(self, op: Op) -> OpResult:
        """What becomes of an operation that its author may make."""
        stored = self.writing.get(key_of(op))
        # Nobody brings back what was erased, and no conflict may keep a value of it.
        if erased.is_about_erased(self.writing, op):
            return self._park(op, "deleted")
        row = stored.row
        wanted = intended(op, row)
        if wanted.live and not row.live and not rules.is_whole(ENTITIES[op["e"]], wanted.units):
            return self._park(op, "invalid" if op["k"] == "ins" else "deleted")
        spans = locked_spans(*key_of(op), _columns(op, row), _columns(op, wanted))
        if spans and checks.is_locked(self.writing, spans):
            return self._correct(op, row, wanted, spans)
        reason = self._reason(op, stored, wanted)
        if reason is not None:
            return self._park(op, reason)
        return self._merge(op, stored, row)

    def _merge(self, op: Op, stored: Stored, row: Row) -> OpResult:
        key, writing = key_of(op), self.writing
        closes = self._closes(op)
        if closes is None:
            return self._park(op, "invalid")
        known = conflicts_of(writing, key, op, row, closes)
        merged = merge(op, row, known, self.author, closes)
        result: OpResult = {"outcome": merged.outcome}
        if merged.live and merged.changed:
            taken = checks.taken(writing, key, {**stored.units, **merged.changed})
            if taken is not None:
                if ENTITIES[op["e"]].mark:
                    return {"outcome": "noop"}
                if not self._yield_number(op, merged, stored):
                    return self._park(op, "duplicate")
                result = {"outcome": merged.outcome}
        self._write(op, key, stored, merged)
        if len(set(merged.outcomes.values())) > 1:
            result["units"] = merged.outcomes
        touched = [conflict_key(key, unit)[1] for unit, fate in merged.outcomes.items() if fate == "conflict"]
        if touched:
            result["conflicts"] = touched
        return result

    def _write(self, op: Op, key: Key, stored: Stored, merged: Merged) -> None:
        writing = self.writing
        if merged.live:
            self.gone.discard(key)
        for unit, candidates in merged.conflicts.items():
            keep_conflict(writing, key, unit, stored, merged.live, candidates)
        before = {unit: stored.units.get(unit) for unit in merged.changed} if stored.live else None
        if stored.live and not merged.live:
            writing.delete(key)
            self._tell(op, "delete", stored, stored.units, None)
        elif merged.changed:
            writing.put(key, merged.changed)
            self._tell(op, "set" if stored.live else "insert", writing.get(key), before, merged.changed)
        if merged.conflicts:
            values = {unit: cast("Value", change["new"]) for unit, change in op.get("units", {}).items()}
            self._tell(op, "conflict" if merged.outcome == "conflict" else "decide", stored, None, values)

    def _yield_number(self, op: Op, merged: Merged, stored: Stored) -> bool:
        """Give a person a free number beside the taken one, and keep the wanted one as a conflict."""
        if op["e"] != "person" or "number" not in merged.changed:
            return False
        number = str(merged.changed["number"])
        units = {**stored.units, **merged.changed}
        # Where many want one number, each would try all that those before got.
        count = self.writing.given.get(number, 1) + 1
        while checks.taken(self.writing, key_of(op), {**units, "number": f"{number}-{count}"}) is not None:
            count += 1
        self.writing.given[number], free = count, f"{number}-{count}"
        merged.outcomes["number"] = "conflict"
        merged.conflicts["number"] = [
            *merged.conflicts.get("number", []),
            self.author.candidate(number, stored.row.value("number")),
        ]
        if stored.live:
            del merged.changed["number"]
        else:
            merged.changed["number"] = free
        return True

    def _correct(self, op: Op, row: Row, wanted: Row, spans: list[Any]) -> OpResult:
        """Keep a change of a forwarded month beside it; one that takes an earlier one back ends that one."""
        writing, key = self.writing, key_of(op)
        own = {change.get("after") for change in op.get("units", {}).values()} - {None}
        earlier = [
            found
            for uid in sorted(str(uid) for uid in own)
            if writing.get(found := correction_key(uid, key)).live
        ]
        for found in earlier:
            writing.put(found, {"state": "withdrawn"})
        if wanted == row:
            return {"outcome": "noop"}
        first = writing.get(earlier[0]).units["op"] if earlier else None
        number = keep_correction(
            writing, key, op, self.author, spans, cast("Mapping[str, Any] | None", first)
        )
        self._tell(
            op, "correction", Stored(dict(row.units), row.live, 0), dict(row.units), dict(wanted.units)
        )
        return {"outcome": "correction", "correction": number}

    def _reason(self, op: Op, stored: Stored, wanted: Row) -> Reason | None:
        """Why an operation cannot be applied to the rows as they stand."""
        key = key_of(op)
        if op["e"] == DAY:
            if op["id"] and not checks.is_live(self.writing, ("person", op["id"], ""), self.made):
                return "deleted"
            new = wanted.units.get(ENTRIES)
            return rules.day_reason(
                stored.units.get(ENTRIES),
                new,
                self.scope.roles,
                lambda id_: self._live(("leave_type", id_, "")),
            )
        if op["k"] != "ins" and not stored.known:
            return "deleted"
        if op["k"] == "del":
            return "in_use" if stored.live and checks.is_needed(self.writing, key, self.gone) else None
        columns = ENTITIES[op["e"]].to_columns(
            {unit: cast("Value", change["new"]) for unit, change in op.get("units", {}).items()}
        )
        for column, entity in ENTITIES[op["e"]].references.items():
            named = columns.get(column)
            if named is not None and not checks.is_live(self.writing, (entity, named, ""), self.made):
                return "deleted"
        return None

    def _live(self, key: Key) -> Mapping[str, Value] | None:
        stored = self.writing.get(key)
        return stored.units if stored.live else None

    def _closes(self, op: Op) -> str | None:
        """The unit of the conflict that is decided, empty for none; None where it is not theirs to decide."""
        number = op.get("conflict")
        if number is None:
            return ""
        stored = self.writing.get(("conflict", number, ""))
        subject = (stored.units.get("e"), stored.units.get("row"), stored.units.get("d"))
        if not stored.live or subject != key_of(op):
            return None
        unit = str(stored.units["unit"])
        return unit if self.scope.may_write(op["e"], (unit,)) else None

    def _park(self, op: Op, reason: Reason) -> OpResult:
        self.made.discard(key_of(op))
        self.gone.discard(key_of(op))
        self.writing.deeds.append(
            Deed(self.uid, f"parked:{reason}", _shown(op["e"]), op["id"], _shown(op.get("d", "")))
        )
        return {"outcome": "parked", "reason": reason}

    def _tell(
        self,
        op: Op,
        action: str,
        stored: Stored,
        before: Mapping[str, Value] | None,
        after: Mapping[str, Value] | None,
    ) -> None:
        """Add a record to the audit trail."""
        person_id = (
            op["id"] if op["e"] == DAY else person_of(op["e"], op["id"], _columns(op, stored.row)) or 0
        )
        deed = Deed(self.uid, action, *key_of(op), person_id, before, after)
        self.writing.deeds.append(deed)


def _is_short(change: UnitSet, names: Sequence[str]) -> bool:
    """Whether an older program wrote this, to which the group has fewer columns."""
    lengths = {len(value) for value in (change["base"], change["new"]) if isinstance(value, list)}
    return len(lengths) == 1 and lengths.pop() < len(names)


def _shown(name: str) -> str:
    """A name that a client made up, where it can be written down at all."""
    return name if is_text(name) else "?"


def _columns(op: Op, row: Row) -> Mapping[str, Value]:
    """The columns of a row, none where it is not there."""
    if op["e"] == DAY:
        return row.units
    return ENTITIES[op["e"]].to_columns(row.units) if row.live else {}
