"""What becomes of the leave that is left at the end of a year: carried on, kept longer, or lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hrtui.domain import legal
from hrtui.domain.allowance import Bucket, draw
from hrtui.domain.holidays import Country
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.leave_year import LeaveYear

EXTENDED = "extended"
"""The label of leave that was kept beyond its own expiry."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long after the leave year its rest can be taken: as a rule, and where it was kept (0: never).

    `first_month` is that of the leave year.
    """

    carry_over_months: int
    extension_months: int
    first_month: int = 1

    def first_day(self, year: int) -> date:
        """The first day of a leave year."""
        return LeaveYear(year, self.first_month).first

    def lapses(self, year: int) -> date:
        """The day on which the rest of a leave year is lost."""
        return self._after(year, self.carry_over_months)

    def kept_until(self, year: int) -> date:
        """The day on which leave of that year is lost that was kept."""
        return self._after(year, self.extension_months)

    def _after(self, year: int, months: int) -> date:
        index = self.first_month - 1 + months
        return date(year + 1 + index // 12, index % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a bucket at the end of the year.

    `left` is `carried` (it can be taken next year, until `expires`) or `lapsing`; of `left` so much is
    `kept` longer, which is counted in neither.
    """

    bucket: Bucket
    left: int
    expires: date
    carried: int
    lapsing: int
    kept: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The rest of every bucket, and what was taken that no bucket covered; `keepable` is the most to keep."""

    rests: tuple[Rest, ...]
    overdrawn: int
    keepable: int


def rule_of(kind: LeaveType, country: Country, year: int, first_month: int = 1) -> Rule:
    """The rule of a type for the leave of `year`: the type's own months, and those that the law adds.

    Belgium: leave that illness or the like blocked can be taken within 24 months after the holiday year,
    from 2024 on (Royal Decree of 30 March 1967; `legal.BE_CARRY_OVER_MONTHS`). Netherlands: statutory leave
    that somebody could not take, or was not warned about, lapses after five years like other leave
    (Burgerlijk Wetboek 7:640a and 7:642).
    """
    last = date(year, 12, 31)
    if country == "BE":
        extension = legal.value(legal.BE_CARRY_OVER_MONTHS, last)
    else:
        extension = 12 * legal.value(legal.NL_EXTRA_STATUTORY_YEARS, last)
    return Rule(kind.carry_over_months, extension, first_month)


def year_end(
    buckets: Sequence[Bucket], uses: Sequence[tuple[date, int]], year: int, rule: Rule, keep: int = 0
) -> YearEnd:
    """What is left of each bucket when `year` ends, and where it goes; leave of later days is not counted.

    A bucket without expiry gets the rule's; `keep` of what lapses before the extension would end are
    kept until then, those that lapse first before the others, as far as there are any.
    """
    last = LeaveYear(year, rule.first_month).last
    own = [bucket for bucket in buckets if bucket.year <= year and bucket.valid_from <= last]
    report = draw(own, [use for use in uses if use[0] <= last], last)
    left = {index: balance.left for index, balance in enumerate(report.buckets) if balance.left}
    ends = {index: own[index].expires or rule.lapses(own[index].year) for index in left}
    keepable = [
        index
        for index in sorted(left, key=lambda index: ends[index])
        if own[index].kind != EXTENDED and ends[index] < rule.kept_until(own[index].year)
    ]
    kept = dict.fromkeys(left, 0)
    wanted = keep
    for index in keepable:
        kept[index] = min(wanted, left[index])
        wanted -= kept[index]
    rests = []
    for index, rest in left.items():
        goes = rest - kept[index]
        lapsing = goes if ends[index] <= last + timedelta(days=1) else 0
        rests.append(Rest(own[index], rest, ends[index], goes - lapsing, lapsing, kept[index]))
    return YearEnd(tuple(rests), report.overdrawn, sum(left[index] for index in keepable))
