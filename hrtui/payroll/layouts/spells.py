"""Days without work inside a spell that a provider wants with no time (Acerta: illness and the like)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from hrtui.domain.snapshot import Kind, Snapshot
from hrtui.domain.snapshot.edges import is_free
from hrtui.payroll.layouts.types import FileLayout, Layout

_DAY = timedelta(days=1)


def code_of(layout: Layout, snapshot: Snapshot, kind: Kind) -> str:
    """The code under which a leave type goes to the provider; empty where it has none."""
    return layout.codes.get(kind.key) or kind.code(layout.provider or snapshot.person.provider)


def spell_days(layout: Layout, file: FileLayout, snapshot: Snapshot) -> dict[date, list[Kind]]:
    """The days of the month without work inside a spell of a code that goes on over them, with its type.

    A spell goes from one day with the code to the next one as long as nothing but holidays stands between,
    also to and from the months beside this one; the days between go under the type that it came from.
    """
    days = {day.date: day for day in snapshot.days}
    spells: dict[str, list[tuple[date, Kind]]] = {}
    for one, kind in _with_edges(snapshot):
        if (code := code_of(layout, snapshot, kind)) in file.zero_codes:
            spells.setdefault(code, []).append((one, kind))
    found: dict[date, list[Kind]] = {}
    for dates in spells.values():
        for (start, kind), (end, _) in pairwise(dates):
            between = [start + _DAY * number for number in range(1, (end - start).days)]
            if all(is_free(days.get(one)) for one in between):
                for one in between:
                    if (one not in days or not days[one].scheduled) and _employed(snapshot, one):
                        found.setdefault(one, []).append(kind)
    return found


def _with_edges(snapshot: Snapshot) -> Iterator[tuple[date, Kind]]:
    """Every type of the month with its day, between what stands before and after the month."""
    for kind in snapshot.before or ():
        yield snapshot.month.first - _DAY, kind
    for day, line in snapshot.lines():
        yield day.date, line.kind
    for kind in snapshot.after or ():
        yield snapshot.month.last + _DAY, kind


def _employed(snapshot: Snapshot, day: date) -> bool:
    contracts = snapshot.contracts
    return not contracts or any(one.start <= day and (one.end is None or day <= one.end) for one in contracts)
