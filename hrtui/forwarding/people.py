"""Whom a month concerns: who is in service in it, and who has something of it to be sent all the same."""

from __future__ import annotations

from hrtui.domain.month import Month
from hrtui.store.messages import DRAFT
from hrtui.store.people import person_ids
from hrtui.store.store import Store
from hrtui.store.transmissions import forwarded_ids

_PAID_OR_TOLD = """
SELECT c.person_id FROM pay_component c
WHERE c.employer_id = ?1 AND c.first_month <= ?2 AND c.last_month >= ?2
UNION SELECT person_id FROM provider_message
WHERE employer_id = ?1 AND month = ?2 AND state = ?3 AND person_id IS NOT NULL
"""


def people_of(store: Store, employer_id: int, month: Month) -> list[int]:
    """The people with a contract in the month, in the grid's order, and after them those without.

    Of these it concerns who was forwarded in it, who has pay of it (a bonus after leaving), and whom a
    message to the provider is about. Pay without an end does not go on after the last contract.
    """
    ids = person_ids(store, employer_id, month)
    found = store.con.execute(_PAID_OR_TOLD, (employer_id, str(month), DRAFT))
    others = forwarded_ids(store, employer_id, month).union(id_ for (id_,) in found)
    return [*ids, *sorted(others.difference(ids))]
