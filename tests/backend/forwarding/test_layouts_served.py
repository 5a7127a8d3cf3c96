"""Every packaged layout goes through a backend and comes out as it was written, also as a correction."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hrtui.backend.forwarding.channels.port import Setup
from hrtui.domain.identity.problem import Value
from hrtui.forwarding.layouts import layouts_of
from hrtui.forwarding.plan import State, plan_people
from hrtui.forwarding.prepare import Wanted, prepare
from hrtui.payroll.layouts import layout_files, load_layout
from hrtui.store.leave_types import leave_types
from hrtui.store.provider_links import save_provider
from hrtui.store.transmissions import Status, transmission
from tests.backend.forwarding.desk import MOMENT, SEPTEMBER, Desk, Office
from tests.payroll.parsers import checked_sums
from tests.sync.world import PEOPLE, TENANT


def connect(desk: Desk, provider: str, codes: Callable[[str], str] | None = None) -> None:
    """Give the employer, its people and leave types what the provider knows them by.

    `codes` makes a leave type's codes of its key; without it all have the same one.
    """
    values: dict[str, Value] = {"provider": provider, "client_number": "1111111", "active": 1}
    link = save_provider(desk.store, TENANT, values)
    for place, person_id in enumerate(PEOPLE):
        desk.clerk.change("person", person_id, provider_link_id=link, provider_number=f"4{place}")
    for id_, kind in leave_types(desk.store, TENANT).items():
        given = codes(kind.key) if codes else json.dumps({provider: "0100"})
        desk.clerk.change("leave_type", id_, provider_codes=given)
    desk.sync()


def forward(desk: Desk, layout: str) -> tuple[int, dict[str, bytes]]:
    """Forward what is to be sent; returns the transmission and its files."""
    prepared = prepare(desk.store, TENANT, Wanted(SEPTEMBER, layout, list(PEOPLE), MOMENT), layouts_of(None))
    assert not prepared.problems
    done = desk.port.forward(prepared.order)
    return done.transmission_id, {one.name: one.content for one in prepared.files}


@pytest.mark.parametrize("layout", [key for key in layout_files() if key != "pay-and-messages"])
def test_a_layout_is_delivered_as_it_was_shown(
    office: Office, ann: Desk, bob: Desk, tmp_path: Path, layout: str
) -> None:
    office.add_channel("Provider", Setup("folder", {"path": str(tmp_path / "out")}))
    if provider := load_layout(layout).provider:
        connect(ann, provider)
    for number in (1, 2):
        ann.enter(PEOPLE[0], number, ann.leave())
        ann.sync()
        sent, shown = forward(ann, layout)
        assert office.worker().once() == 1
        (place,) = (tmp_path / "out").glob(f"*-{sent}")
        arrived = checked_sums(place)
        assert shown.items() <= {**arrived, "SHA256SUMS": shown.get("SHA256SUMS", b"")}.items()
        bob.sync()
        kept = transmission(bob.store, TENANT, sent)
        assert (kept.status, kept.people) == (Status.DELIVERED, 3 if number == 1 else 1)
        plans = plan_people(bob.store, TENANT, SEPTEMBER, PEOPLE).values()
        assert {plan.state for plan in plans} == {State.SAME}
        ann.unlock(PEOPLE[0])
        ann.sync()
