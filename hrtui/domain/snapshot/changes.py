"""What differs between two snapshots of a person's month, as far as it makes a correction.

A correction is about what was sent for the month: under which number, the time, the pay. Names, national
number, contracts and the settings of leave types are told to a provider in other ways, and messages go once,
so that none of them marks months of the past as changed. Nor does another provider or client number: what the
one before got stays with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrtui.domain.snapshot.types import Component, Kind, Snapshot


class Changed(StrEnum):
    """What a difference is about."""

    NUMBER = "number"
    PROVIDER_NUMBER = "provider_number"
    SCHEDULED = "scheduled"
    TIME = "time"
    SPELL = "spell"
    COMPONENT = "component"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is no longer as it was.

    `old` and `new` are texts for numbers, minutes for SCHEDULED and TIME (0 where there was or
    is none) and pay components for COMPONENT (None where there was or is none). SCHEDULED, TIME and SPELL
    have their `date`, TIME and SPELL the leave type. SPELL is a day without work that illness goes on over,
    as far as a provider wants to know: 1 where it does, 0 where not.
    """

    what: Changed
    old: str | int | Component | None
    new: str | int | Component | None
    date: date | None = None
    kind: Kind | None = None


def differences(old: Snapshot, new: Snapshot) -> tuple[Difference, ...]:
    """What of `new` differs from `old`, both of the same person and month; empty where nothing counts.

    Numbers first, then days by date, then pay components by code. The order of entries within a day, and
    whether time was entered or follows from the schedule, make no difference.
    """
    return (*_identity(old, new), *_days(old, new), *_components(old, new))


def _identity(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    """The number under which a person goes, while they go to the same provider: a wrong one was mended."""
    before, after = old.person, new.person
    if before.provider != after.provider:
        return
    was, now = (one.provider_number or one.number for one in (before, after))
    if was != now:
        own = not (before.provider_number or after.provider_number)
        yield Difference(Changed.NUMBER if own else Changed.PROVIDER_NUMBER, was, now)


def _days(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    before, after = ({day.date: day for day in one.days} for one in (old, new))
    for one in sorted(before.keys() | after.keys()):
        was, now = before.get(one), after.get(one)
        if was == now:
            continue
        planned = (was.scheduled if was else 0, now.scheduled if now else 0)
        if planned[0] != planned[1]:
            yield Difference(Changed.SCHEDULED, *planned, one)
        lines_were, lines_are = (
            {(line.kind.id, line.kind.id or line.kind.key): line for line in (day.lines if day else ())}
            for day in (was, now)
        )
        for key in {**lines_were, **lines_are}:
            line_was, line_is = lines_were.get(key), lines_are.get(key)
            minutes = (line_was.minutes if line_was else 0, line_is.minutes if line_is else 0)
            if minutes[0] != minutes[1]:
                yield Difference(Changed.TIME, *minutes, one, (line_is or lines_were[key]).kind)


def _components(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    """Components by their id; one that was deleted and entered again with the same value is no change."""
    before = {one.id: one for one in old.components}
    after = {one.id: one for one in new.components}
    gone = [one for id_, one in before.items() if id_ not in after]
    added: list[Component] = []
    for id_, one in after.items():
        if id_ in before:
            continue
        twin = next((other for other in gone if _value(other) == _value(one)), None)
        if twin is None:
            added.append(one)
        else:
            gone.remove(twin)
    changed = [
        (one, after[id_]) for id_, one in before.items() if id_ in after and _value(one) != _value(after[id_])
    ]
    found = [
        *((now.code, now.id, Difference(Changed.COMPONENT, was, now)) for was, now in changed),
        *((one.code, one.id, Difference(Changed.COMPONENT, one, None)) for one in gone),
        *((one.code, one.id, Difference(Changed.COMPONENT, None, one)) for one in added),
    ]
    for _, _, difference in sorted(found, key=lambda one: one[:2]):
        yield difference


def _value(one: Component) -> tuple[object, ...]:
    return one.code, one.cents, one.unit_amount, one.quantity, one.currency, one.note, one.provider
