"""The one form in which a snapshot is kept, hashed and read back: JSON with sorted keys and no spaces."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hrtui.domain.leave_type import Category
from hrtui.domain.month import Month
from hrtui.domain.snapshot.types import (
    RULES,
    Component,
    Contract,
    Kind,
    Line,
    Message,
    Person,
    Snapshot,
    SnapshotDay,
)


class SnapshotError(ValueError):
    """A text that is no snapshot, or one by rules that this version does not know."""


def canonical(snapshot: Snapshot) -> bytes:
    """The snapshot as UTF-8 JSON: equal snapshots give equal bytes, on every computer."""
    return json.dumps(
        _plain(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def sha256(snapshot: Snapshot) -> str:
    """The SHA-256 of the canonical form, in 64 hexadecimal figures."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def from_json(content: bytes | str) -> Snapshot:
    """The snapshot that `canonical` wrote; raises SnapshotError for anything else."""
    try:
        plain = json.loads(content)
        if plain["rules"] > RULES:
            raise SnapshotError(f"this snapshot has rules {plain['rules']}, newer than {RULES}")
        return _snapshot(plain)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        if isinstance(problem, SnapshotError):
            raise
        # The text holds personal data: nothing of it may reach a log.
        raise SnapshotError(f"this is no snapshot ({type(problem).__name__})") from None


def _plain(snapshot: Snapshot) -> dict[str, object]:
    person = snapshot.person
    kinds: dict[Kind, int] = {}
    days = [
        [day.date.isoformat(), day.scheduled, [_line(line, kinds) for line in day.lines]]
        for day in snapshot.days
    ]
    edges = {
        name: [kinds.setdefault(kind, len(kinds)) for kind in beyond]
        for name, beyond in (("before", snapshot.before), ("after", snapshot.after))
        if beyond is not None
    }
    return {
        **edges,
        "rules": snapshot.rules,
        "employer": snapshot.employer_id,
        "month": str(snapshot.month),
        "person": {name: getattr(person, name) for name in Person.__slots__},
        "contracts": [
            [_day(one.start), _day(one.end), one.worker_status, one.hours_per_week]
            for one in snapshot.contracts
        ],
        "types": [_kind(kind) for kind in kinds],
        "days": days,
        "components": [_component(one) for one in snapshot.components],
        "messages": [[one.id, one.body] for one in snapshot.messages],
    }


def _line(line: Line, kinds: dict[Kind, int]) -> list[int]:
    """A line as its type's place in the list of types, minutes, hundredths and (1) pending."""
    return [kinds.setdefault(line.kind, len(kinds)), line.minutes, line.hundredths, int(line.pending)]


def _kind(kind: Kind) -> dict[str, object]:
    return {
        "id": kind.id,
        "key": kind.key,
        "names": dict(kind.names),
        "category": kind.category.value,
        "dmfa": kind.dmfa,
        "sickness": kind.sickness,
        "codes": dict(kind.codes),
    }


def _component(one: Component) -> dict[str, object]:
    plain = {name: getattr(one, name) for name in Component.__slots__}
    return {**plain, "names": dict(one.names)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _snapshot(plain: Mapping[str, Any]) -> Snapshot:
    kinds = [
        Kind(**{**one, "names": _pairs(one["names"]), "category": Category(one["category"]),
                "codes": _pairs(one["codes"])})
        for one in plain["types"]
    ]  # fmt: skip
    return Snapshot(
        employer_id=plain["employer"],
        month=Month.parse(plain["month"]),
        person=Person(**plain["person"]),
        contracts=tuple(
            Contract(date.fromisoformat(start), date.fromisoformat(end) if end else None, status, hours)
            for start, end, status, hours in plain["contracts"]
        ),
        days=tuple(
            SnapshotDay(
                date.fromisoformat(day),
                scheduled,
                tuple(
                    Line(kinds[kind], minutes, hundredths, bool(pending))
                    for kind, minutes, hundredths, pending in lines
                ),
            )
            for day, scheduled, lines in plain["days"]
        ),
        components=tuple(Component(**{**one, "names": _pairs(one["names"])}) for one in plain["components"]),
        messages=tuple(Message(id_, body) for id_, body in plain["messages"]),
        before=_beyond(plain, "before", kinds),
        after=_beyond(plain, "after", kinds),
        rules=plain["rules"],
    )


def _beyond(plain: Mapping[str, Any], name: str, kinds: Sequence[Kind]) -> tuple[Kind, ...] | None:
    """What stands next to the month; the first rules did not look there."""
    return None if plain["rules"] == 1 else tuple(kinds[place] for place in plain[name])


def _pairs(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(texts.items()))
