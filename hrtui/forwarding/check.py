"""The check of a month before it is forwarded, as the store has it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from hrtui import clock
from hrtui.domain.month import Month
from hrtui.domain.month_end.check import Check, check_month
from hrtui.domain.month_end.facts import Stays
from hrtui.forwarding.dates import missing_dates
from hrtui.forwarding.plan import PersonPlan, earlier_corrections, plan_people
from hrtui.payroll.layouts.records import Group, staying
from hrtui.payroll.layouts.rendering import missing_codes
from hrtui.payroll.layouts.types import Header, Layout
from hrtui.store.month_end import month_facts
from hrtui.store.store import Store
from hrtui.store.transmissions import forwarded_months


def check(
    store: Store,
    employer_id: int,
    month: Month,
    person_ids: Sequence[int],
    layout: Layout,
    given: Collection[str] | None = None,
) -> Check:
    """Everything found in the month of these people, for this layout.

    `given` are the names of the dates that go with it; None where nobody was asked for them yet.
    """
    plans = plan_people(store, employer_id, month, person_ids)
    mine = [plan for plan in plans.values() if layout.provider in ("", plan.snapshot.person.provider)]
    earlier = earlier_corrections(store, employer_id, month, forwarded_months(store, employer_id))
    missing = [] if given is None else missing_dates(store, employer_id, layout, person_ids, given)
    return check_month(
        month_facts(
            store,
            employer_id,
            month,
            person_ids,
            provider=layout.provider,
            unmapped={
                one.kind.id: one.people for one in missing_codes(layout, [plan.snapshot for plan in mine])
            },
            earlier={one: len(people) for one, people in earlier.items()},
            missing=missing,
            sent_to={id_: plan.snapshot.person.provider for id_, plan in plans.items()},
            stays=_stays(layout, month, [plan for plan in mine if plan.to_send and plan.held is not None]),
        )
    )


def _stays(layout: Layout, month: Month, plans: Sequence[PersonPlan]) -> list[Stays]:
    """What the corrections cannot take back, by person and type."""
    previous = {plan.person_id: plan.held for plan in plans if plan.held is not None}
    group = Group(Header("", month, clock.now()), [plan.snapshot for plan in plans], previous)
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    for one in staying(layout, group):
        days[one.person_id, one.kind.id].append(one.date)
    return [Stays(person_id, kind_id, min(some), len(some)) for (person_id, kind_id), some in days.items()]
