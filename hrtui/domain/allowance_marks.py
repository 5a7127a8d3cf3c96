"""The rows of allowances that the program words itself: what several clerks write of them counts once."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.allowance_measure import Held, Measure

LIMIT = ":limit"
"""The label of a yearly limit that is written down as a grant."""
PROPOSED = ":proposed"
"""The label of all leave of a year as it was proposed: it takes the place of the yearly limit."""
_KEPT = ":kept:"


def kept_mark(year: int) -> str:
    """The reason of rows that keep leave longer at the end of a leave year: all that is kept then."""
    return f"{_KEPT}{year}"


def kept_year(reason: str) -> int | None:
    """The leave year that such a reason names, None of another reason."""
    number = reason.removeprefix(_KEPT)
    return int(number) if number != reason and number.isdigit() else None


def counted_once(held: Sequence[tuple[int, Held]], measure: Measure) -> list[tuple[int, Held]]:
    """The rows (id and row) without those that say the same as another one: the largest of them counts.

    So each clerk writes and takes back own rows, also without having seen the others'. All leave of a year as
    it was proposed is also that of the limit. Both come first: other grants come on top of them.
    """
    largest: dict[object, tuple[int, int]] = {}
    for row_id, one in held:
        if (key := _key(one)) is not None:
            size = abs(measure.granted(one.valid_from, one.minutes, one.days))
            largest[key] = max(largest.get(key, (0, 0)), (size, row_id))
    if not largest:
        return list(held)
    for one in [one for _, one in held if one.label == PROPOSED and not one.reason]:
        largest[LIMIT, one.year] = (0, 0)
    counted = [row for row in held if (key := _key(row[1])) is None or largest[key][1] == row[0]]
    return sorted(counted, key=lambda row: row[1].label not in (LIMIT, PROPOSED))


def _key(one: Held) -> object:
    """What rows have in common that say the same; None for one that counts by itself."""
    if one.label in (LIMIT, PROPOSED) and not one.reason:
        return one.label, one.year
    if one.reason.startswith(_KEPT):
        return one.year, one.label, one.valid_from, one.expires, one.reason
    return None
