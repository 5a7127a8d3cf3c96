"""How far the forwarding of a month is, for the line below the month grid."""

from __future__ import annotations

from hrtui.domain.month import Month
from hrtui.forwarding.arrival import state_text
from hrtui.forwarding.plan import open_corrections
from hrtui.i18n import t, tn
from hrtui.store.locks import unlocks
from hrtui.store.people import person_ids
from hrtui.store.store import Store
from hrtui.store.transmissions import forwarded_ids, transmissions


def month_state(store: Store, employer_id: int, month: Month) -> tuple[tuple[str, ...], frozenset[int]]:
    """The state in words, what a clerk has to do first, and who must be sent again.

    Both are empty for a month that never was forwarded.
    """
    last = next(iter(transmissions(store, employer_id, month)), None)
    if last is None:
        return (), frozenset()
    sent = forwarded_ids(store, employer_id, month)
    people = len(sent.union(person_ids(store, employer_id, month)))
    again = frozenset(open_corrections(store, employer_id, month))
    status = state_text(store, employer_id, last)
    facts = [tn("{n} to send again", "{n} to send again", len(again))] if again else []
    facts.append(t("forwarded {n}/{all}, {status}", n=len(sent), all=people, status=status))
    if open_now := len(unlocks(store, list(sent), month)):
        facts.append(tn("{n} unlocked", "{n} unlocked", open_now))
    return tuple(facts), again
