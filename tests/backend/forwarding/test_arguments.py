"""Commands with arguments that no client of ours sends: refused, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.backend.forwarding.channels.port import Setup
from hrtui.forwarding.contents import content_hashes
from hrtui.sync import state
from hrtui.sync.forward_api import CommandRefused
from tests.backend.forwarding.desk import SEPTEMBER, Desk, Office
from tests.sync.world import PEOPLE, TENANT

COMMANDS = ("forward", "deliver", "reopen", "lock", "answer", "drop")
REFUSALS = (
    "bad_request", "not_found", "basis_changed", "not_locked", "already_decided", "already_forwarded",
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["11", "0" * 64]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def good(desk: Desk, name: str) -> dict[str, Any]:
    """Arguments that are of the right form."""
    known: dict[str, dict[str, Any]] = {
        "forward": {
            "id": "77", "period": "2026-09", "number": 1, "kind": "first", "provider": "",
            "layout": "generic", "resend": "replace", "wage_payment_date": None, "meal_voucher_date": None,
            "people": {str(PEOPLE[0]): ["1", "Ann", "a" * 64, "b" * 64]}, "messages": [],
            "beside": {str(PEOPLE[0]): ["2026-10-01"]},
            "files": [["entries.csv", "c" * 64, 12]], "bundle": "d" * 64, "basis": 1,
        },
        "reopen": {"period": "2026-09", "people": [str(PEOPLE[0])], "reason": "late", "hours": 2},
        "lock": {"period": "2026-09", "people": [str(PEOPLE[0])]},
        "answer": {"transmission": "77", "rejected": {str(PEOPLE[0]): "no"}, "note": ""},
        "deliver": {"transmission": "77"},
        "drop": {"correction": "77"},
    }  # fmt: skip
    return known[name]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(COMMANDS), place=st.integers(0, 20), value=VALUES)
def test_strange_arguments_are_refused(ann: Desk, name: str, place: int, value: Any) -> None:
    args = good(ann, name)
    key = list(args)[place % len(args)]
    try:
        answer = ann.api.command(name, {**args, key: value})
    except CommandRefused as refused:
        assert refused.code in REFUSALS  # noqa: PT017  (what is valid by chance is answered)
    else:
        assert (name, answer) == ("lock", {"people": []})


def test_a_transmission_is_only_taken_with_its_files(office: Office, ann: Desk) -> None:
    args = good(ann, "forward")
    hashes = content_hashes(ann.store, SEPTEMBER, PEOPLE)
    now = state.load(ann.store, TENANT)
    assert now is not None
    args["people"] = {str(id_): ["1", "Ann", "a" * 64, hashes[id_]] for id_ in PEOPLE}
    with pytest.raises(CommandRefused, match="bad_request"):
        ann.api.command("forward", {**args, "basis": now.rev})
    assert office.server.records("transmission") == {}
    bundle = ann.api.put(b'{"files": [], "transmission": "77"}', "x")
    ann.api.command("forward", {**args, "basis": now.rev, "bundle": bundle})
    office.add_channel("Provider", Setup("folder", {"path": str(office.folder / "out")}))
    assert office.worker().once() == 1
    ann.sync()
    assert ann.transmission(77) == ("failed", "The files are not those that were forwarded.")
