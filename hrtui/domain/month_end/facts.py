"""What the rules of the month's check look at, gathered by the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hrtui.domain.day import Day, Holiday
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.month import Month
from hrtui.domain.sickness.case import Spell


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A payroll provider that the employer sends to."""

    id: int
    provider: str
    client_number: str


@dataclass(frozen=True, slots=True)
class ContractFact:
    """A contract that runs in the month, and what is known of its Dimona declaration.

    A freelancer's contract is not `declared`.
    """

    id: int
    start: date
    end: date | None
    dimona: str = ""
    declared: bool = True


@dataclass(frozen=True, slots=True)
class ComponentFact:
    """A pay component of the month; `active` is its type's."""

    id: int
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Overdrawn:
    """More taken of a leave type than there is: minutes, or thousandths of a day where `in_days`."""

    leave_type_id: int
    over: int
    in_days: bool


@dataclass(frozen=True, slots=True)
class MessageFact:
    """A message of an earlier month that never went to the provider."""

    id: int
    person_id: int | None
    month: Month


@dataclass(frozen=True, slots=True)
class MissingDate:
    """A date that is wanted and was not given; without a `link_id` the layout wants it."""

    name: str
    link_id: int | None = None
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Stays:
    """Days of a type at the provider whose file cannot take them back: how many, from which on."""

    person_id: int
    leave_type_id: int
    first: date
    days: int


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person's month.

    `touched` says whether anything was ever entered in it. `rest` are minutes taken as rest in lieu since the
    first day of the month. `spells` is None where the clerk may not see cases of sickness, or none are kept.
    Without a `provider_number` the employer's own `number` goes to the provider. `planned_from` is the day on
    which the first work schedule begins, if there is any.
    """

    id: int
    days: tuple[Day, ...]
    link_id: int | None = None
    provider_number: str = ""
    number: str = ""
    contracts: Sequence[ContractFact] = ()
    components: Sequence[ComponentFact] = ()
    overdrawn: Sequence[Overdrawn] = ()
    spells: Sequence[Spell] | None = None
    rest: int = 0
    checked: bool = False
    touched: bool = False
    planned_from: date | None = None


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """The month of those who would be forwarded.

    `provider` is the one that the layout is for (empty: any), `unmapped` are the leave types in use for which
    the layout has no code, with how many people have them. `earlier` are earlier months that were forwarded
    and changed since, with how many people did. `holidays` are everybody's, of the year. `missing` are dates
    that are wanted with it, `stays` what a correction cannot take back, `sent_to` the provider to which the
    month of each person goes: where it was sent before, it stays.
    """

    month: Month
    country: str
    kinds: Mapping[int, LeaveType]
    people: Sequence[PersonFacts]
    links: Sequence[LinkFact] = ()
    provider: str = ""
    unmapped: Mapping[int, int] = field(default_factory=dict)
    holidays: Sequence[Holiday] = ()
    unsent: Sequence[MessageFact] = ()
    earlier: Mapping[Month, int] = field(default_factory=dict)
    missing: Sequence[MissingDate] = ()
    stays: Sequence[Stays] = ()
    sent_to: Mapping[int, str] = field(default_factory=dict)
