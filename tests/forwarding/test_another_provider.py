"""Somebody who goes to another payroll provider from now on: past months stay with the one that has them."""

from __future__ import annotations

import json

import pytest

from hrtui.domain.identity.problem import Value
from hrtui.domain.month_end.finding import Rule
from hrtui.forwarding.check import check
from hrtui.forwarding.layouts import layouts_of
from hrtui.forwarding.plan import open_corrections
from hrtui.forwarding.port import AnswerOrder, UnlockOrder
from hrtui.store.leave_types import leave_types
from hrtui.store.provider_links import link_people, save_provider
from tests.forwarding.conftest import SEPTEMBER, Desk

CODES = json.dumps({"acerta": "0020", "partena": "0030"})


@pytest.fixture
def moved(desk: Desk) -> Desk:
    """September went to Acerta, and then Ann to Partena."""
    store, employer_id = desk.office.store, desk.office.employer_id
    numbers = {"acerta": "1111111", "partena": "222222"}
    links: dict[str, int] = {}
    for provider, number in numbers.items():
        values: dict[str, Value] = {"provider": provider, "client_number": number, "active": 1}
        links[provider] = save_provider(store, employer_id, values)
    for kind in leave_types(store, employer_id).values():
        store.con.execute("UPDATE leave_type SET provider_codes = ? WHERE id = ?", (CODES, kind.id))
    link_people(store, employer_id, desk.people, links["acerta"])
    desk.enter(desk.people[0], 7, desk.leave())
    desk.forward(layout="acerta")
    link_people(store, employer_id, desk.people[:1], links["partena"])
    return desk


def test_a_month_that_another_provider_has_is_not_said_to_be_with_the_new_one(moved: Desk) -> None:
    store, employer_id = moved.office.store, moved.office.employer_id
    assert open_corrections(store, employer_id, SEPTEMBER) == {}
    there = moved.prepared(layout="partena")
    assert (dict(there.plans), there.same, there.elsewhere) == ({}, 0, 3)
    found = check(store, employer_id, SEPTEMBER, moved.people, layouts_of(None)("partena")).findings
    told = [(one.person_id, one.text) for one in found if one.rule is Rule.ANOTHER_PROVIDER]
    assert told == [(moved.people[0], "acerta")]
    found = check(store, employer_id, SEPTEMBER, moved.people, layouts_of(None)("acerta")).findings
    assert Rule.ANOTHER_PROVIDER not in {one.rule for one in found}


def test_what_changes_of_it_goes_where_it_is(moved: Desk) -> None:
    ann = moved.people[0]
    moved.port.unlock(UnlockOrder(moved.office.employer_id, SEPTEMBER, [ann], "asked by phone", 2))
    moved.enter(ann, 8, moved.leave())
    assert not moved.prepared(layout="partena").plans
    again = moved.prepared(layout="acerta")
    assert list(again.plans) == [ann]
    assert again.files[0].content.startswith(b"KLX1111111")
    moved.forward(layout="acerta")
    assert not moved.prepared(layout="acerta").plans


def test_a_month_that_was_rejected_there_goes_to_the_new_one(moved: Desk) -> None:
    ann, store, employer_id = moved.people[0], moved.office.store, moved.office.employer_id
    (transmission_id,) = store.con.execute("SELECT id FROM transmission").fetchone()
    moved.port.answer(AnswerOrder(employer_id, transmission_id, {ann: "Not a client of ours"}, ""))
    assert list(moved.prepared(layout="partena").plans) == [ann]
    assert not moved.prepared(layout="acerta").plans
