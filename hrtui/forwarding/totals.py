"""What a set of snapshots adds up to, and how that differs from another month's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hrtui.domain.leave_type import Category
from hrtui.domain.snapshot import Kind, Snapshot

_ORDER = {Category.WORKED: 0, Category.ABSENCE: 1, Category.OVERTIME: 2}


@dataclass(frozen=True, slots=True)
class TypeSum:
    """What all together have of a leave type."""

    kind: Kind
    people: int
    days: int
    minutes: int
    hundredths: int


@dataclass(frozen=True, slots=True)
class PaySum:
    """What all together are paid of a pay component."""

    code: str
    name: str
    people: int
    cents: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a transmission."""

    people: int
    types: Sequence[TypeSum]
    pay: Sequence[PaySum]
    messages: int

    @property
    def cents(self) -> int:
        """All pay components together."""
        return sum(one.cents for one in self.pay)


def totals(snapshots: Iterable[Snapshot], language: str) -> Totals:
    """The sums of these people's months, types in the order worked, absent, overtime, then by key."""
    listed = list(snapshots)
    kinds: dict[str, Kind] = {}
    sums: dict[str, list[int]] = {}
    holders: dict[str, set[int]] = {}
    pay: dict[str, tuple[str, set[int], int]] = {}
    for snapshot in listed:
        person_id = snapshot.person.id
        for _, line in snapshot.lines():
            key = line.kind.key
            kinds[key] = line.kind
            one = sums.setdefault(key, [0, 0, 0])
            one[0] += 1
            one[1] += line.minutes
            one[2] += line.hundredths
            holders.setdefault(key, set()).add(person_id)
        for part in snapshot.components:
            name, people, cents = pay.get(part.code, (part.name(language), set(), 0))
            pay[part.code] = name, people | {person_id}, cents + part.cents
    order = sorted(kinds, key=lambda key: (_ORDER[kinds[key].category], key))
    return Totals(
        len(listed),
        [TypeSum(kinds[key], len(holders[key]), *sums[key]) for key in order],
        [PaySum(code, name, len(people), cents) for code, (name, people, cents) in sorted(pay.items())],
        sum(len(snapshot.messages) for snapshot in listed),
    )


def compared(now: Totals, before: Totals) -> list[tuple[Kind, int, int]]:
    """The types of either, with the minutes before and now."""
    was = {one.kind.key: one for one in before.types}
    is_ = {one.kind.key: one for one in now.types}
    kinds = {key: one.kind for key, one in {**was, **is_}.items()}
    return [
        (
            kinds[key],
            was[key].minutes if key in was else 0,
            is_[key].minutes if key in is_ else 0,
        )
        for key in sorted(kinds, key=lambda key: (_ORDER[kinds[key].category], key))
    ]
