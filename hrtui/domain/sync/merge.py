"""What becomes of an operation that meets a row: written, the same already, or kept as a visible conflict.

A unit is clean when its value is the one that the author saw. Values are compared and nothing else: one that
went away and came back merges, and after a restore numbers may mean other things. The first committed value
stays; a later one that did not see it becomes a candidate of a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.units import WHOLE_ROW
from hrtui.domain.sync.wire import Candidate, Op, OutcomeName, UnitSet

Conflicts = Mapping[str, Sequence[Candidate]]
"""The candidates of a row's conflicts by unit, closed ones too."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands; one that is deleted keeps its last values in `units`."""

    units: Mapping[str, Value]
    live: bool = True

    def value(self, unit: str) -> Value:
        """What stands in a unit: nothing where the row is deleted."""
        return self.units.get(unit) if self.live else None


@dataclass(frozen=True, slots=True)
class Author:
    """Whose operation it is: the mutation, the clerk's name, the device and the moment."""

    uid: str
    by: str
    device_id: str
    at: str

    def candidate(self, value: Value, base: Value) -> Candidate:
        """This author's value for a conflict, waiting to be decided; `base` is what the author saw."""
        return {
            "uid": self.uid,
            "value": value,
            "base": base,
            "by": self.by,
            "device_id": self.device_id,
            "at": self.at,
            "closed_by": None,
        }


@dataclass(slots=True)
class Merged:
    """The result: an outcome per unit, the units to write, whether the row lives, the touched conflicts."""

    live: bool
    outcomes: dict[str, OutcomeName] = field(default_factory=dict)
    changed: dict[str, Value] = field(default_factory=dict)
    conflicts: dict[str, list[Candidate]] = field(default_factory=dict)

    @property
    def outcome(self) -> OutcomeName:
        """The outcome of the operation as a whole: the one that needs most attention."""
        fates = set(self.outcomes.values())
        return "conflict" if "conflict" in fates else "applied" if "applied" in fates else "noop"

    @property
    def clean(self) -> bool:
        """Whether nothing of it became a conflict."""
        return self.outcome != "conflict"


def merge(op: Op, row: Row, conflicts: Conflicts, author: Author, closes: str = "") -> Merged:
    """Let `op` meet `row`; `closes` is the unit of the conflict that it resolves, empty for none.

    The same arguments give the same result, and nothing is changed in place.
    """
    meeting = _Meeting(op, row, conflicts, author)
    kind = op["k"]
    if kind == "del":
        meeting.delete()
    elif not row.live and (kind == "ins" or (kind == "resolve" and meeting.would_restore())):
        meeting.write_all(dict(row.units))
    else:
        meeting.set_units()
    if closes:
        meeting.close(closes, op.get("seen", []))
    return meeting.result


def intended(op: Op, row: Row) -> Row:
    """The row as the author wants it, whatever else happened to it."""
    if op["k"] == "del":
        return Row(row.units, False)
    new = {unit: cast("Value", change["new"]) for unit, change in _units(op).items()}
    restores = op["k"] == "ins" or (op["k"] == "resolve" and any(value is not None for value in new.values()))
    return Row({**row.units, **new}, row.live or restores) if new else row


def open_candidates(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that still wait for somebody's decision."""
    return [candidate for candidate in candidates if candidate["closed_by"] is None]


def _units(op: Op) -> Mapping[str, UnitSet]:
    return op.get("units", {})


def _taken_back(unit: str, undone: Mapping[str, Value] | None, earlier: Candidate | None) -> list[Value]:
    """The values by which the author only undoes an own change that had not come through."""
    values = [] if undone is None else [undone.get(unit)]
    return values if earlier is None else [*values, earlier["base"]]


class _Meeting:
    """One operation and one row while they are merged."""

    def __init__(self, op: Op, row: Row, conflicts: Conflicts, author: Author) -> None:
        self.op = op
        self.row = row
        self.known = conflicts
        self.author = author
        self.result = Merged(row.live)

    def delete(self) -> None:
        """Delete the row if it is what the author saw; every earlier candidate of the author's is over."""
        units = _units(self.op)
        for unit, change in units.items():
            self._supersede(unit, change)
        if not self.row.live:
            self.result.outcomes[WHOLE_ROW] = "noop"
        elif units and all(self.row.value(unit) == change["base"] for unit, change in units.items()):
            self.result.outcomes[WHOLE_ROW] = "applied"
            self.result.live = False
        else:
            seen: Value = {unit: cast("Value", change["base"]) for unit, change in units.items()}
            self._add(WHOLE_ROW, None, seen)

    def write_all(self, kept: dict[str, Value]) -> None:
        """Bring a row to life: what the operation does not mention is as it was when it was deleted."""
        for unit, change in _units(self.op).items():
            self._supersede(unit, change)
            kept[unit] = cast("Value", change["new"])
            self.result.outcomes[unit] = "applied"
        self.result.changed = kept
        self.result.live = True

    def would_restore(self) -> bool:
        """Whether a decision about a deleted row keeps the change, and knew that the row is deleted."""
        changes = _units(self.op).values()
        return any(change["new"] is not None for change in changes) and all(
            change["base"] is None for change in changes
        )

    def set_units(self) -> None:
        """Write the clean units, keep the others as candidates."""
        undone = self._undone_deletion()
        for unit, change in _units(self.op).items():
            now, new = self.row.value(unit), cast("Value", change["new"])
            earlier = self._supersede(unit, change)
            if now == new:
                self.result.outcomes[unit] = "noop"
            elif now == change["base"] and self.row.live:
                self.result.outcomes[unit] = "applied"
                self.result.changed[unit] = new
            elif new in _taken_back(unit, undone, earlier):
                self.result.outcomes[unit] = "noop"
            else:
                self._add(unit, new, cast("Value", earlier["base"] if earlier else change["base"]))

    def close(self, unit: str, seen: Sequence[str]) -> None:
        """Close the candidates that the author had seen, where the decision itself met no conflict."""
        if self.result.outcomes.get(unit, self.result.outcome) == "conflict":
            return
        for candidate in open_candidates(self._candidates(unit)):
            if candidate["uid"] in seen:
                self._replace(unit, candidate)

    def _undone_deletion(self) -> Mapping[str, Value] | None:
        """What the author's own deletion saw, where this insertion takes back one that became a candidate."""
        if self.op["k"] != "ins":
            return None
        for change in _units(self.op).values():
            found = self._supersede(WHOLE_ROW, change)
            if found is not None:
                base = found["base"]
                return base if isinstance(base, dict) else {}
        return None

    def _supersede(self, unit: str, change: UnitSet) -> Candidate | None:
        """Close the candidate that the author's own earlier mutation left, and return it."""
        after = change.get("after")
        for candidate in open_candidates(self._candidates(unit)) if after else []:
            if candidate["uid"] == after:
                self._replace(unit, candidate)
                return candidate
        return None

    def _replace(self, unit: str, candidate: Candidate) -> None:
        """Mark a candidate as closed by this mutation."""
        self.result.conflicts[unit] = [
            {**one, "closed_by": self.author.uid} if one is candidate else one
            for one in self._candidates(unit)
        ]

    def _add(self, unit: str, value: Value, base: Value) -> None:
        self.result.outcomes[unit] = "conflict"
        self.result.conflicts[unit] = [*self._candidates(unit), self.author.candidate(value, base)]

    def _candidates(self, unit: str) -> list[Candidate]:
        return self.result.conflicts.get(unit) or list(self.known.get(unit, ()))
