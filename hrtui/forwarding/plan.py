"""What would go to the provider now: each person's month against what the provider holds of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from hrtui.domain.month import Month
from hrtui.domain.snapshot import Difference, Snapshot, differences, from_json, sha256
from hrtui.forwarding.spells import Spells
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store.corrections import touched_since
from hrtui.store.store import Store
from hrtui.store.transmissions import (
    NOT_HELD,
    SentPerson,
    Status,
    held_by_provider,
    latest_sent,
    rejected_ids,
)

_LOOKED_BACK = 12
"""Months after which a change of a forwarded month is no longer looked for by itself."""


class State(StrEnum):
    """How a person's month stands to what was sent of it."""

    NEW = "new"
    CHANGED = "changed"
    REJECTED = "rejected"
    NOT_ARRIVED = "not_arrived"
    SAME = "same"


@dataclass(frozen=True)
class PersonPlan:
    """One person's month as it is, what the provider holds of it (None: nothing), and how they differ.

    `reason` is the provider's, for a person that it rejected. `unread` says that the provider holds something
    which was not fetched from the backend yet, so that nobody can tell how it differs. `base` is the
    transmission that brought what the provider holds (0: none).
    """

    snapshot: Snapshot
    state: State
    held: Snapshot | None = None
    differences: tuple[Difference, ...] = ()
    reason: str = ""
    unread: bool = False
    base: int = 0

    @property
    def person_id(self) -> int:
        """Whose month it is."""
        return self.snapshot.person.id

    @cached_property
    def sha256(self) -> str:
        """The hash of the month as it is; the check of a month that was never sent needs none."""
        return sha256(self.snapshot)

    @property
    def to_send(self) -> bool:
        """Whether the provider needs it."""
        return self.state is not State.SAME


def plan_people(
    store: Store, employer_id: int, month: Month, person_ids: Sequence[int]
) -> dict[int, PersonPlan]:
    """The plan of these people in their order; who was sent before is compared, whoever changed it."""
    sent = latest_sent(store, employer_id, month, person_ids)
    held = held_by_provider(store, employer_id, month, person_ids)
    spells = Spells(store, employer_id, month)
    return {
        id_: _planned(snapshot, sent.get(id_), held.get(id_), spells)
        for id_, snapshot in snapshots(store, employer_id, month, person_ids).items()
    }


def _planned(
    snapshot: Snapshot, sent: SentPerson | None, held: SentPerson | None, spells: Spells
) -> PersonPlan:
    before = from_json(held.snapshot) if held is not None and held.snapshot else None
    if before is not None:
        snapshot = _where_it_is(snapshot, before)
    if sent is None:
        return PersonPlan(snapshot, State.NEW)
    if held is not None and held == sent and held.sha256 == sha256(snapshot):
        return PersonPlan(snapshot, State.SAME)
    unread = held is not None and not held.snapshot
    base = held.transmission_id if held is not None else 0
    changed: tuple[Difference, ...] = ()
    if held is not None and before is not None:
        beyond = spells.differences(held.transmission_id, before, snapshot)
        changed = (*differences(before, snapshot), *beyond)
    if sent.status in NOT_HELD and (before is None or changed or snapshot.messages):
        why = State.REJECTED if sent.status is Status.REJECTED else State.NOT_ARRIVED
        return PersonPlan(snapshot, why, before, changed, sent.reason, unread, base)
    state = State.CHANGED if changed or snapshot.messages or unread else State.SAME
    return PersonPlan(snapshot, state, before, changed, unread=unread, base=base)


def _where_it_is(snapshot: Snapshot, held: Snapshot) -> Snapshot:
    """The month as it goes to the provider that holds it: somebody who changed has their past months there.

    A month of nobody's goes to whoever the person goes to now.
    """
    there = held.person
    if there.provider in ("", snapshot.person.provider):
        return snapshot
    person = replace(
        snapshot.person,
        provider=there.provider,
        client_number=there.client_number,
        provider_number=there.provider_number,
    )
    return replace(snapshot, person=person)


def open_corrections(store: Store, employer_id: int, month: Month) -> dict[int, PersonPlan]:
    """Those forwarded in the month who must be sent again: changed since, or rejected.

    Only whom a step since then touched is compared, so that asking costs little.
    """
    ids = sorted(touched_since(store, employer_id, month) | rejected_ids(store, employer_id, month))
    if not ids:
        return {}
    return {id_: one for id_, one in plan_people(store, employer_id, month, ids).items() if one.to_send}


def earlier_corrections(
    store: Store, employer_id: int, month: Month, months: Sequence[Month]
) -> Mapping[Month, dict[int, PersonPlan]]:
    """The open corrections of those of `months` in the year before `month`; months without are left out."""
    found = {}
    for one in months:
        if month.shift(-_LOOKED_BACK) <= one < month and (
            changed := open_corrections(store, employer_id, one)
        ):
            found[one] = changed
    return found
