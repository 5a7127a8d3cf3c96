"""Cases that count as one, and how many sick days there were: gaps of less than a window are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hrtui.domain import legal
from hrtui.domain.sickness.case import Linking, Spell

Window = Callable[[date], int]
"""For the first day of a case: the days from which on a gap before it breaks the count."""


def dutch_window(first_day: date) -> int:
    """Four weeks, whatever the cause (NL, Burgerlijk Wetboek 7:629 lid 10; Ziektewet art. 29 lid 5)."""
    return legal.value(legal.NL_LINKING_DAYS, first_day)


def belgian_window(first_day: date) -> int:
    """14 days, eight weeks since 2026, by the day on which the relapse begins (BE, Employment Contracts Act,
    art. 52 § 2 and 73): a relapse is presumed unless the certificate says otherwise."""
    return legal.value(legal.RELAPSE_WINDOW_DAYS, first_day)


def gap_days(last_day: date, first_day: date) -> int:
    """The days of work between two cases: 0 where one follows the other at once."""
    return (first_day - last_day).days - 1


@dataclass(frozen=True, slots=True)
class Chain:
    """Cases in date order that count as one; at least one."""

    spells: tuple[Spell, ...]

    def counted(self, day: date) -> int:
        """How many sick days there were up to and with `day`; gaps are not counted."""
        total = 0
        for spell in self.spells:
            last = min(spell.last_day or day, day)
            total += max(0, (last - spell.first_day).days + 1)
        return total

    def date_of(self, number: int) -> date:
        """The day that is the `number`th sick day (from 1), as if the last case goes on without end."""
        return self.dates()(number)

    def dates(self) -> Callable[[int], date]:
        """`date_of` for many days of one chain."""
        *earlier, last = self.spells
        before = sum(_length(spell) for spell in earlier)
        # A long agenda asks this tens of thousands of times; adding a timedelta takes twice as long.
        from_ordinal, start = date.fromordinal, last.first_day.toordinal() - before - 1
        if not before:
            return lambda number: from_ordinal(start + number)

        def day(number: int) -> date:
            if number > before:
                return from_ordinal(start + number)
            for spell in earlier:
                if number <= _length(spell):
                    break
                number -= _length(spell)
            return spell.first_day + timedelta(days=number - 1)

        return day

    def until(self, spell_id: int) -> Chain:
        """The chain up to and with a case: what was known when it began."""
        place = next(index for index, spell in enumerate(self.spells) if spell.id == spell_id)
        return Chain(self.spells[: place + 1])

    @property
    def last_day(self) -> date | None:
        """The last day of the last case; None where it goes on."""
        return self.spells[-1].last_day


def chains(spells: Iterable[Spell], window: Window) -> list[Chain]:
    """One person's cases as chains in date order.

    A case counts on where the gap before it is shorter than `window` says (27 days are linked under a window
    of 28, 28 are not), unless it says itself whether it does. Cases of one person do not overlap.
    """
    found: list[list[Spell]] = []
    for spell in sorted(spells, key=lambda one: one.first_day):
        if found and _linked(found[-1][-1], spell, window):
            found[-1].append(spell)
        else:
            found.append([spell])
    return [Chain(tuple(group)) for group in found]


def each_with_chain(spells: Sequence[Spell], window: Window) -> Iterator[tuple[Spell, Chain]]:
    """One person's cases, each with the chain up to and with it."""
    if len(spells) == 1:  # nearly always: lists ask for thousands
        yield spells[0], Chain((spells[0],))
        return
    for chain in chains(spells, window):
        for place, spell in enumerate(chain.spells, 1):
            yield spell, Chain(chain.spells[:place])


def chain_of(all_chains: Iterable[Chain], spell_id: int) -> Chain:
    """The chain that holds a case; raises LookupError where none does."""
    for chain in all_chains:
        if any(spell.id == spell_id for spell in chain.spells):
            return chain
    raise LookupError(f"no chain holds case {spell_id}")


@dataclass(frozen=True, slots=True)
class CountLine:
    """One case of a chain in words to be: its days, those before it, and the gap before (None: the first)."""

    spell: Spell
    days: int
    before: int
    gap: int | None
    window: int


def explain(chain: Chain, today: date, window: Window) -> list[CountLine]:
    """How the count of a chain comes about, case by case, up to `today` where one goes on."""
    lines: list[CountLine] = []
    before = 0
    previous: Spell | None = None
    for spell in chain.spells:
        days = max(0, ((spell.last_day or max(today, spell.first_day)) - spell.first_day).days + 1)
        gap = gap_days(previous.last_day, spell.first_day) if previous and previous.last_day else None
        lines.append(CountLine(spell, days, before, gap, window(spell.first_day)))
        before += days
        previous = spell
    return lines


def week_of(counted_days: int) -> int:
    """The week of illness of a counted day: days 7(n-1)+1 to 7n are week n."""
    return (counted_days + 6) // 7


def wage_ends(chain: Chain) -> date:
    """The last day that a Dutch employer pays: that of 104 counted weeks (Burgerlijk Wetboek 7:629 lid 1)."""
    return chain.date_of(legal.value(legal.NL_WAGE_DAYS, chain.spells[0].first_day))


def _length(spell: Spell) -> int:
    """The days of a case that has ended."""
    assert spell.last_day is not None
    return (spell.last_day - spell.first_day).days + 1


def _linked(previous: Spell, spell: Spell, window: Window) -> bool:
    if previous.last_day is None:
        return False
    if spell.linking is not Linking.BY_RULE:
        return spell.linking is Linking.LINKED
    return gap_days(previous.last_day, spell.first_day) < window(spell.first_day)
