"""The check of a month before it is forwarded, as the store has it now."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.month import Month
from hrtui.domain.month_end.check import Check, check_month
from hrtui.forwarding.plan import earlier_corrections
from hrtui.payroll.layouts.rendering import missing_codes
from hrtui.payroll.layouts.types import Layout
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store.month_end import month_facts
from hrtui.store.store import Store
from hrtui.store.transmissions import forwarded_months


def check(store: Store, employer_id: int, month: Month, person_ids: Sequence[int], layout: Layout) -> Check:
    """Everything found in the month of these people, for this layout."""
    made = snapshots(store, employer_id, month, person_ids)
    mine = [one for one in made.values() if not layout.provider or one.person.provider == layout.provider]
    earlier = earlier_corrections(store, employer_id, month, forwarded_months(store, employer_id))
    return check_month(
        month_facts(
            store,
            employer_id,
            month,
            person_ids,
            provider=layout.provider,
            unmapped={one.kind.id: one.people for one in missing_codes(layout, mine)},
            earlier={one: len(people) for one, people in earlier.items()},
        )
    )
