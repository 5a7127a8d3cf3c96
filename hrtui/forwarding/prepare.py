"""Everything of a transmission before it goes: who as what, the messages, the files as they will be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hrtui.domain.month import Month
from hrtui.domain.pay_dates import DateFault, date_fault
from hrtui.domain.snapshot import Message, Snapshot
from hrtui.forwarding.dates import date_sentence, missing_dates
from hrtui.forwarding.plan import PersonPlan, plan_people
from hrtui.forwarding.port import Order
from hrtui.i18n import t
from hrtui.payroll.layouts.rendering import DATES, render
from hrtui.payroll.layouts.types import File, Header, Layout, RenderError, RenderProblem
from hrtui.payroll.month_snapshot import employer_messages
from hrtui.store.employers import employer_of
from hrtui.store.errors import StoreError
from hrtui.store.roles import refuse_handing_on
from hrtui.store.store import Store
from hrtui.store.transmissions import CORRECTION, FIRST, transmissions

Layouts = Callable[[str], Layout]
"""Finds a layout by its key; raises StoreError where there is none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the clerk chose; `at` (UTC) dates the files."""

    month: Month
    layout: str
    people: Sequence[int]
    at: datetime
    wage_payment_date: date | None = None
    meal_voucher_date: date | None = None

    @property
    def dates(self) -> tuple[str, ...]:
        """The names of the dates that are given."""
        return tuple(name for name in DATES if getattr(self, name))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transmission before it goes.

    `plans` are those who go along, `same` how many of the chosen are with the provider as they are,
    `elsewhere` how many go to another provider. `messages` are those about the employer; the others are in
    the snapshots. Where there are `problems` there are no `files`.
    """

    employer_id: int
    wanted: Wanted
    layout: Layout
    header: Header
    plans: Mapping[int, PersonPlan]
    same: int
    elsewhere: int
    messages: Sequence[Message]
    files: Sequence[File]
    problems: Sequence[RenderProblem]

    @property
    def kind(self) -> str:
        """Whether it is the month's first, or corrects what the provider holds."""
        return CORRECTION if self.previous else FIRST

    @property
    def previous(self) -> dict[int, Snapshot]:
        """What the provider holds of those who go along."""
        return {id_: plan.held for id_, plan in self.plans.items() if plan.held is not None}

    @property
    def order(self) -> Order:
        """The order that the clerk confirms."""
        of_people = [message.id for plan in self.plans.values() for message in plan.snapshot.messages]
        return Order(
            self.employer_id,
            self.wanted.month,
            self.header.number,
            self.layout.key,
            {id_: plan.sha256 for id_, plan in self.plans.items()},
            (*(message.id for message in self.messages), *of_people),
            self.wanted.at,
            self.wanted.wage_payment_date,
            self.wanted.meal_voucher_date,
        )


def prepare(store: Store, employer_id: int, wanted: Wanted, layouts: Layouts) -> Prepared:
    """What would be sent now; raises StoreError for an unknown layout and for a clerk who may not."""
    refuse_handing_on(store, employer_id)
    layout = layouts(wanted.layout)
    all_plans = plan_people(store, employer_id, wanted.month, wanted.people)
    meant = {id_: plan for id_, plan in all_plans.items() if _goes_to(layout, plan.snapshot)}
    plans = {id_: plan for id_, plan in meant.items() if plan.to_send}
    if any(plan.unread for plan in plans.values()):
        raise StoreError(
            t("What was sent before is still on its way from the backend: try again in a moment.")
        )
    messages = employer_messages(store, employer_id, wanted.month)
    header = Header(
        employer_of(store, employer_id).name,
        wanted.month,
        wanted.at,
        next_number(store, employer_id, wanted.month),
        wanted.wage_payment_date,
        wanted.meal_voucher_date,
        tuple(message.body for message in messages),
    )
    files: Sequence[File] = ()
    problems: Sequence[RenderProblem] = ()
    if plans or messages:
        previous = {id_: plan.held for id_, plan in plans.items() if plan.held is not None}
        try:
            files = render(layout, [plan.snapshot for plan in plans.values()], header, previous)
        except RenderError as error:
            problems = error.problems
        wanting = missing_dates(store, employer_id, layout, wanted.people, wanted.dates)
        told = [RenderProblem.about(None, "", date_sentence(one)) for one in wanting if one.link_id]
        if told:
            files, problems = (), (*told, *problems)
    same, elsewhere = len(meant) - len(plans), len(all_plans) - len(meant)
    return Prepared(employer_id, wanted, layout, header, plans, same, elsewhere, messages, files, problems)


def _goes_to(layout: Layout, snapshot: Snapshot) -> bool:
    return not layout.provider or snapshot.person.provider == layout.provider


def next_number(store: Store, employer_id: int, month: Month) -> int:
    """The number of the month's next transmission."""
    return max((one.number for one in transmissions(store, employer_id, month)), default=0) + 1


def date_problem(day: date, today: date) -> str:
    """'' or the sentence why a date will not do."""
    fault = date_fault(day, today)
    if fault is DateFault.PAST:
        return t("This day is over: choose today or a day after it.")
    return t("This day is more than a year away.") if fault else ""
