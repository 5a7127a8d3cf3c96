"""What a snapshot holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from hrtui.domain.leave_type import Category
from hrtui.domain.month import Month

RULES = 2
"""The version of the rules by which `build` makes days into lines; it goes up when they change.

1 did not look beyond the month: such snapshots stay as they are, without `before` and `after`.
"""

Texts = tuple[tuple[str, str], ...]
"""Pairs in the order of their first text: a language and a name, a provider and its code."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the month is of, as the provider knows people.

    `provider` is the identifier of the payroll provider (see `hrtui.domain.providers`), empty where the
    person goes to none; `client_number` is the employer's number there, `provider_number` the person's.
    """

    id: int
    number: str
    first_name: str
    last_name: str
    name_prefix: str = ""
    national_number: str = ""
    provider: str = ""
    client_number: str = ""
    provider_number: str = ""

    @property
    def name(self) -> str:
        """The name as lists show it: last name first, a Dutch prefix behind."""
        return " ".join(part for part in (self.last_name, self.first_name, self.name_prefix) if part)

    @property
    def label(self) -> str:
        """Name and number as problems name a person, safe to print."""
        return "".join(sign if sign.isprintable() else "?" for sign in f"{self.name} ({self.number})")


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that runs in the month; `hours_per_week` is in hundredths."""

    start: datetime.date
    end: datetime.date | None = None
    worker_status: str = ""
    hours_per_week: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A leave type as it was when the snapshot was made; `id` is 0 for one that the employer does not have.

    `codes` pairs a provider with its code of the type; `dmfa` is 0 where it has no code of working time.
    """

    id: int
    key: str
    names: Texts
    category: Category
    dmfa: int = 0
    sickness: bool = False
    codes: Texts = ()

    def name(self, language: str) -> str:
        """The name in `language` (nl, fr, en), or the nearest one there is."""
        names = dict(self.names)
        return names.get(language) or names.get("en") or names.get("nl") or self.key

    def code(self, provider: str) -> str:
        """The provider's code of the type; empty where it has none."""
        return dict(self.codes).get(provider, "")


@dataclass(frozen=True, slots=True)
class Line:
    """All time of one type on one day, also the time that is worked without being entered.

    `hundredths` are its hours × 100; those of the lines inside the schedule add up to the schedule's.
    `pending` says that some of it still waits for approval.
    """

    kind: Kind
    minutes: int
    hundredths: int
    pending: bool = False

    @property
    def inside(self) -> bool:
        """Whether it counts inside the schedule: all but overtime."""
        return self.kind.category is not Category.OVERTIME


@dataclass(frozen=True, slots=True)
class SnapshotDay:
    """One day with scheduled minutes or lines: worked time first, then absences, then overtime, by key."""

    date: datetime.date
    scheduled: int
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """Pay beside the wage in the month; `unit_amount` (ten-thousandths) × `quantity` (hundredths) where both.

    `provider` is the identifier of the provider that its type is meant for, empty for any.
    """

    id: int
    code: str
    names: Texts
    cents: int
    unit_amount: int | None = None
    quantity: int | None = None
    currency: str = "EUR"
    note: str = ""
    group: str = ""
    provider: str = ""

    def name(self, language: str) -> str:
        """The name in `language`, or the nearest one there is."""
        names = dict(self.names)
        return names.get(language) or next((name for name in names.values() if name), self.code)


@dataclass(frozen=True, slots=True)
class Message:
    """A message to the provider about the person."""

    id: int
    body: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One person's month: what was sent, or would be if it went now.

    `before` and `after` are the types of illness that stand on the working days next to the month, as far as
    days without work in the month lie between (see `edges`); None where the rules did not look.
    """

    employer_id: int
    month: Month
    person: Person
    contracts: tuple[Contract, ...]
    days: tuple[SnapshotDay, ...]
    components: tuple[Component, ...] = ()
    messages: tuple[Message, ...] = ()
    before: tuple[Kind, ...] | None = ()
    after: tuple[Kind, ...] | None = ()
    rules: int = RULES

    def lines(self) -> Iterator[tuple[SnapshotDay, Line]]:
        """Every line with its day, by date."""
        for day in self.days:
            for line in day.lines:
                yield day, line

    def kinds(self) -> tuple[Kind, ...]:
        """The leave types that occur, each once."""
        return tuple(dict.fromkeys(line.kind for _, line in self.lines()))

    def total(self, category: Category) -> int:
        """Minutes of all lines of a category."""
        return sum(line.minutes for _, line in self.lines() if line.kind.category is category)

    @property
    def scheduled(self) -> int:
        """Minutes of the work schedule in the month."""
        return sum(day.scheduled for day in self.days)
