"""The account of a leave type: what was granted, adjusted, taken and lost, with the balance after each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrtui.domain.allowance import Bucket, draw
from hrtui.domain.leave_year import LeaveYear

Use = tuple[date, int]
"""A date and what is taken on it, in the unit of the account."""


class Posting(StrEnum):
    """What a line of the account is."""

    OPENING = "opening"
    LAPSE = "lapse"
    GRANT = "grant"
    ADJUSTMENT = "adjustment"
    USE = "use"


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave granted (or, below 0, taken off) for a year; one with a reason is an adjustment.

    `amount` is minutes or thousandths of a day, as all of the account.
    """

    year: int
    label: str
    amount: int
    valid_from: date
    expires: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line: `amount` is signed, `balance` what is left after it; `text` is a label or reason."""

    date: date
    posting: Posting
    amount: int
    balance: int
    text: str = ""


def buckets_of(grants: Iterable[Grant]) -> tuple[list[Bucket], list[Use]]:
    """The buckets that grants and their adjustments make together.

    Adjustments that take off more than there is (the grant was taken back since) count as leave taken on the
    bucket's first day, so that the balance stays true.
    """
    sums: dict[tuple[int, str, date, date | None], int] = {}
    for grant in grants:
        key = (grant.year, grant.label, grant.valid_from, grant.expires)
        sums[key] = sums.get(key, 0) + grant.amount
    buckets = [
        Bucket(year, label, max(0, amount), start, end) for (year, label, start, end), amount in sums.items()
    ]
    taken = [(start, -amount) for (_, _, start, _), amount in sums.items() if amount < 0]
    return buckets, taken


def ledger(grants: Sequence[Grant], uses: Sequence[Use], year: LeaveYear, today: date) -> list[LedgerLine]:
    """The account of `year` in date order; the last balance is what the balance of the year says is left.

    It opens with what earlier years left. Leave taken before the first grant is on no account; planned leave
    of the year is on it, and what lapses after `today` is not yet.
    """
    buckets, taken_off = buckets_of(grants)
    if not buckets:
        return []
    first, last = year.first, year.last
    start = min(bucket.valid_from for bucket in buckets)
    taken = [use for use in uses if start <= use[0] <= last]
    before = [use for use in (*taken, *taken_off) if use[0] < first]
    opened = draw(buckets, before, first)
    carried = sum(
        balance.left
        for balance in opened.buckets
        if balance.bucket.valid_from < first and not balance.bucket.lapsed_on(first)
    )
    postings = [
        (grant.valid_from, Posting.ADJUSTMENT if grant.reason else Posting.GRANT, grant.amount, _text(grant))
        for grant in grants
        if grant.valid_from >= first
    ]
    postings += [(day, Posting.USE, -amount, "") for day, amount in taken if day >= first]
    for balance in draw(buckets, [*taken, *taken_off], today).buckets:
        expires = balance.bucket.expires
        if balance.lapsed and expires is not None and expires > first:
            postings.append((expires, Posting.LAPSE, -balance.lapsed, balance.bucket.kind))
    order = list(Posting)
    postings.sort(key=lambda posting: (posting[0], order.index(posting[1])))
    total = carried - opened.overdrawn
    lines = [LedgerLine(first, Posting.OPENING, total, total)] if start < first else []
    for day, posting, amount, text in postings:
        total += amount
        lines.append(LedgerLine(day, posting, amount, total, text))
    return lines


def _text(grant: Grant) -> str:
    return grant.reason or grant.label
