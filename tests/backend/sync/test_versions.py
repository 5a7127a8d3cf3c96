"""Programs of different versions at one backend: what one does not know is no conflict and is never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.units import ENTITIES
from tests.backend.sync.office import TENANT, Office, op

TEAM = 301


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the backend know two more columns of teams from now on."""

    def upgrade() -> None:
        known = ENTITIES["team"]
        units = {**known.units, "colour": ("colour",), "hours": ("first_hour", "last_hour")}
        defaults: dict[str, Value] = {"colour": "", "first_hour": 8}
        kinds = {**known.kinds, "first_hour": "number", "last_hour": "number?"}
        grown = replace(known, units=units, defaults=defaults, kinds=kinds)
        monkeypatch.setitem(ENTITIES, "team", grown)

    return upgrade


def test_a_row_of_an_older_program_meets_a_newer_one_without_a_conflict(at_work: Office, newer: Any) -> None:
    old, new = at_work.clerk(), at_work.clerk()
    old.push(op("team", TEAM, "ins", name=(None, "Oven"), manager_id=(None, None)))
    newer()
    change = op("team", TEAM, colour=("", "red"), hours=([8, None], [6, 14]))
    assert new.push(change) == [{"outcome": "applied"}]
    old.push(op("team", TEAM + 1, "ins", name=(None, "Shop"), manager_id=(None, None)))
    gone = op("team", TEAM + 1, "del", name=("Shop", None), manager_id=(None, None), colour=("", None),
              hours=([8, None], None))  # fmt: skip
    assert new.push(gone) == [{"outcome": "applied"}]
    assert new.of_kind("conflict") == []
    assert new.rows["team", TEAM, ""]["colour"] == "red"


def test_an_older_program_leaves_what_it_does_not_know(at_work: Office, newer: Any) -> None:
    newer()
    old, new = at_work.clerk(), at_work.clerk()
    new.push(op("team", TEAM, "ins", name=(None, "Oven"), colour=(None, "red"), hours=(None, [6, 14])))
    assert old.push(op("team", TEAM, name=("Oven", "Bakery"))) == [{"outcome": "applied"}]
    assert new.pull_all()["team", TEAM, ""] == {"name": "Bakery", "colour": "red", "hours": [6, 14]}
    assert old.push(op("team", TEAM, "del", name=("Bakery", None))) == [{"outcome": "applied"}]


@pytest.fixture
def wider(monkeypatch: pytest.MonkeyPatch, newer: Any) -> Any:
    """Lets the backend know a third column of the hours of teams from now on."""
    newer()

    def upgrade() -> None:
        known = ENTITIES["team"]
        units = {**known.units, "hours": ("first_hour", "last_hour", "pause")}
        defaults, kinds = {**known.defaults, "pause": 0}, {**known.kinds, "pause": "number"}
        grown = replace(known, units=units, defaults=defaults, kinds=kinds)
        monkeypatch.setitem(ENTITIES, "team", grown)

    return upgrade


def test_a_program_that_knows_less_of_a_group_leaves_the_rest(at_work: Office, wider: Any) -> None:
    old, new = at_work.clerk(), at_work.clerk()
    old.push(op("team", TEAM, "ins", name=(None, "Oven"), hours=(None, [6, 14])))
    wider()
    assert new.push(op("team", TEAM, hours=([6, 14, 0], [6, 14, 30]))) == [{"outcome": "applied"}]
    assert old.push(op("team", TEAM, hours=([6, 14], [7, 14]))) == [{"outcome": "applied"}]
    assert old.push(op("team", TEAM + 1, "ins", name=(None, "Shop"), hours=(None, [8, 16])))
    rows = new.pull_all()
    assert [rows["team", id_, ""]["hours"] for id_ in (TEAM, TEAM + 1)] == [[7, 14, 30], [8, 16, 0]]
    assert old.push(op("team", TEAM, hours=([5, 14], [4, 14])))[0]["outcome"] == "conflict"
    (conflict,) = new.of_kind("conflict")
    assert conflict["candidates"][0]["value"] == [4, 14, 30]
    gone = op("team", TEAM + 1, "del", name=("Shop", None), hours=([8, 16], None))
    assert old.push(gone) == [{"outcome": "applied"}]


def test_a_group_of_which_a_newer_program_knows_more_waits_for_the_backend(
    at_work: Office, wider: Any
) -> None:
    new = at_work.clerk()
    new.push(op("team", TEAM, "ins", name=(None, "Oven"), hours=(None, [6, 14])))
    change = op("team", TEAM, hours=([6, 14, 0], [6, 14, 30]))
    assert new.push(change) == [{"outcome": "parked", "reason": "unknown"}]
    wider()
    assert new.push(change) == [{"outcome": "applied"}]


def test_a_newer_program_at_an_older_backend_keeps_its_edit_for_later(at_work: Office, newer: Any) -> None:
    new = at_work.clerk()
    new.push(op("team", TEAM, "ins", name=(None, "Oven"), manager_id=(None, None)))
    change = op("team", TEAM, colour=("", "red"))
    rename = op("team", TEAM, name=("Oven", "Bakery"))
    assert new.push(change, rename) == [
        {"outcome": "parked", "reason": "unknown"},
        {"outcome": "applied"},
    ]
    with at_work.database.transaction(TENANT, read_only=True) as con:
        (kept,) = con.all("SELECT op FROM parked WHERE tenant_id = ?", TENANT)
    assert "red" in kept[0]
    newer()
    assert new.push(change) == [{"outcome": "applied"}]
    assert new.of_kind("conflict") == []
