"""Allowances: leave granted in buckets that lapse, and which bucket each leave day is taken from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bucket:
    """Leave granted for a year under a label, such as statutory: minutes or thousandths of a day.

    They can be taken from `valid_from` on, and lapse at the start of the day `expires` (None: never).
    Raises ValueError for an amount below 0.
    """

    year: int
    kind: str
    amount: int
    valid_from: date
    expires: date | None

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"an allowance cannot be below 0: {self.amount}")

    def valid_on(self, day: date) -> bool:
        """Whether leave on `day` can be taken from it."""
        return self.valid_from <= day and not self.lapsed_on(day)

    def lapsed_on(self, day: date) -> bool:
        """Whether what is left of it is lost by `day`."""
        return self.expires is not None and self.expires <= day


@dataclass(frozen=True, slots=True)
class BucketBalance:
    """A bucket with what is used from it, lapsed and left; the three add up to what was granted."""

    bucket: Bucket
    used: int
    lapsed: int
    left: int

    @property
    def granted(self) -> int:
        """What was granted."""
        return self.bucket.amount


@dataclass(frozen=True, slots=True)
class BalanceReport:
    """The balance of each bucket, in the order given, and what was taken that none of them covered."""

    buckets: tuple[BucketBalance, ...]
    overdrawn: int

    @property
    def granted(self) -> int:
        """What was granted in all."""
        return sum(balance.granted for balance in self.buckets)

    @property
    def used(self) -> int:
        """What was taken in all, also what no bucket covers."""
        return sum(balance.used for balance in self.buckets) + self.overdrawn

    @property
    def lapsed(self) -> int:
        """What is lost."""
        return sum(balance.lapsed for balance in self.buckets)

    @property
    def left(self) -> int:
        """What is left; below 0 where more was taken than the buckets had."""
        return sum(balance.left for balance in self.buckets) - self.overdrawn


def draw(buckets: Sequence[Bucket], uses: Sequence[tuple[date, int]], today: date) -> BalanceReport:
    """Take the uses (day and amount, planned ones too) from the buckets; tell what is left today.

    All amounts are in one unit. Each use is taken from the buckets valid on its day, the earliest to lapse
    first, so that as little as possible is lost. What is left of a bucket that has lapsed by `today` is
    reported as lapsed. Raises ValueError for a use below 0.
    """
    left = [bucket.amount for bucket in buckets]
    order = sorted(range(len(buckets)), key=lambda index: _urgency(buckets[index]))
    overdrawn = 0
    for day, wanted in sorted(uses):
        if wanted < 0:
            raise ValueError(f"leave taken cannot be below 0: {wanted} on {day}")
        for index in order:
            if buckets[index].valid_on(day):
                taken = min(wanted, left[index])
                left[index] -= taken
                wanted -= taken
        overdrawn += wanted
    balances = (_balance(bucket, rest, today) for bucket, rest in zip(buckets, left, strict=True))
    return BalanceReport(tuple(balances), overdrawn)


def _urgency(bucket: Bucket) -> tuple[date, int, date]:
    return bucket.expires or date.max, bucket.year, bucket.valid_from


def _balance(bucket: Bucket, rest: int, today: date) -> BucketBalance:
    lapsed = rest if bucket.lapsed_on(today) else 0
    return BucketBalance(bucket, bucket.amount - rest, lapsed, rest - lapsed)
