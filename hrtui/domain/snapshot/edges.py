"""What of an illness goes on over the edges of a month, for providers who want the days between too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from hrtui.domain.snapshot.build import REPLACEMENT_KEYS
from hrtui.domain.snapshot.types import Kind, Snapshot, SnapshotDay

REACH = timedelta(days=14)
"""How far beyond a month is looked: so long nobody is without a working day, in a cycle of two weeks."""
_SPANNING_CODES = frozenset({50, 51, 60, 61})
"""DmfA codes of illness, maternity, accidents at work and occupational disease (NSSO, working-time codes)."""


def spans(sickness: bool, dmfa: int) -> bool:
    """Whether a type is of illness or the like, which goes on over days without work."""
    return sickness or dmfa in _SPANNING_CODES


def is_free(day: SnapshotDay | None) -> bool:
    """Whether nobody was expected to work on the day."""
    return not (day and day.scheduled) or all(line.kind.key in REPLACEMENT_KEYS for line in day.lines)


def open_edges(snapshot: Snapshot) -> tuple[bool, bool]:
    """Whether an illness may go on over the month's first and last day, with days without work in the month.

    So it is where the month begins or ends with such days and illness stands next to them. A month in which
    nobody was expected to work at all has no such edge.
    """
    days = {day.date: day for day in snapshot.days}
    dates = snapshot.month.dates()
    return _is_open(dates, days), _is_open(dates[::-1], days)


def beyond(days: Iterable[SnapshotDay], edge: date) -> tuple[Kind, ...]:
    """The types of illness on the working day nearest to `edge`, the month's first or last day.

    `days` are those of the month beside it, the nearest first.
    """
    for day in days:
        if abs(day.date - edge) > REACH:
            break
        if not is_free(day):
            return _spanning(day)
    return ()


def _is_open(dates: Sequence[date], days: Mapping[date, SnapshotDay]) -> bool:
    unscheduled = False
    for one in dates:
        day = days.get(one)
        if day is not None and not is_free(day):
            return unscheduled and bool(_spanning(day))
        unscheduled = unscheduled or not (day and day.scheduled)
    return False


def _spanning(day: SnapshotDay) -> tuple[Kind, ...]:
    return tuple(line.kind for line in day.lines if spans(line.kind.sickness, line.kind.dmfa))
