"""Dates that must go with a month: what the providers of its people want, as the employer's links say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.domain.identity.problem import Value
from hrtui.domain.month_end.finding import Place, Rule
from hrtui.domain.providers import NEEDED_DATES, PROVIDERS, USUAL, needed_dates
from hrtui.forwarding.check import check
from hrtui.forwarding.layouts import layouts_of
from hrtui.forwarding.prepare import Wanted, prepare
from hrtui.payroll.layouts import load_layout
from hrtui.store.errors import StoreError
from hrtui.store.provider_links import provider_links, save_provider
from hrtui.store.transmissions import Status
from tests.forwarding.conftest import MOMENT, SEPTEMBER, Desk

BOTH = ("wage_payment_date", "meal_voucher_date")
DAY = date(2026, 9, 30)
CHOICE = st.sampled_from(["", USUAL, *NEEDED_DATES])
PROVIDER = st.sampled_from(["securex", "liantis", "sdworx"])


def link(desk: Desk, provider: str, choice: str, *people: int) -> int:
    """A link of the employer for these people."""
    office = desk.office
    links = provider_links(office.store, office.employer_id)
    before = next((one for one in links if one.provider == provider), None)
    values: dict[str, Value] = {
        "provider": provider, "client_number": "7", "contact": "", "cutoff_day": None,
        "needed_dates": choice, "active": 1,
    }  # fmt: skip
    id_ = save_provider(office.store, office.employer_id, values, before)
    for person in people:
        office.store.con.execute("UPDATE person SET provider_link_id = ? WHERE id = ?", (id_, person))
    return id_


def wanted(desk: Desk, given: Collection[str], people: Collection[int] = ()) -> Wanted:
    wages, vouchers = (DAY if name in given else None for name in BOTH)
    return Wanted(SEPTEMBER, "generic", list(people or desk.people), MOMENT, wages, vouchers)


def test_only_of_securex_it_is_known_that_it_wants_dates() -> None:
    assert {one: needed_dates(one) for one in PROVIDERS} == dict.fromkeys(PROVIDERS, ()) | {"securex": BOTH}
    assert needed_dates("securex", "a choice of a later version") == BOTH


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.tuples(PROVIDER, PROVIDER),
    st.tuples(CHOICE, CHOICE),
    st.sets(st.sampled_from(BOTH)),
    st.integers(1, 2),
)
def test_whoever_goes_decides_which_dates_are_wanted(
    desk: Desk, providers: tuple[str, str], choices: tuple[str, str], given: set[str], n: int
) -> None:
    """Check list, files and the order itself say the same."""
    said: dict[str, str] = {}
    for provider, choice, person in zip(providers, choices, desk.people, strict=False):
        said[provider] = "" if choice == USUAL else choice
        link(desk, provider, choice, person)
    going = desk.people[:n]
    usual = {"securex": "both"}
    want: set[str] = set()
    for provider in providers[:n]:
        want |= {*NEEDED_DATES[said[provider] or usual.get(provider, "none")]}
    office = desk.office
    found = check(office.store, office.employer_id, SEPTEMBER, going, load_layout("generic"), given)
    rules = {Rule.NO_WAGE_DATE: BOTH[0], Rule.NO_VOUCHER_DATE: BOTH[1]}
    blocked = [one for one in found.blocks if one.rule in rules]
    assert sorted(rules[one.rule] for one in blocked) == sorted(want - given)
    assert all((one.target.place, one.target.field) == (Place.PROVIDER, "needed_dates") for one in blocked)
    prepared = prepare(office.store, office.employer_id, wanted(desk, given, going), layouts_of(None))
    assert len(prepared.problems) == len(want - given)
    assert bool(prepared.files) != bool(want - given)
    unasked = check(office.store, office.employer_id, SEPTEMBER, going, load_layout("generic"))
    assert not [one for one in unasked.findings if one.rule in rules]


def test_nothing_goes_without_the_dates_that_securex_wants(desk: Desk) -> None:
    office = desk.office
    link(desk, "securex", "", *desk.people)
    desk.folder.mkdir()
    bare = prepare(office.store, office.employer_id, wanted(desk, ["wage_payment_date"]), layouts_of(None))
    assert [str(one) for one in bare.problems] == [
        "Securex wants the date on which the meal vouchers are ordered."
    ]
    with pytest.raises(StoreError, match="meal vouchers are ordered"):
        desk.port.forward(bare.order)
    whole = prepare(office.store, office.employer_id, wanted(desk, BOTH), layouts_of(None))
    desk.port.forward(whole.order)


def test_an_employer_without_meal_vouchers_says_so(desk: Desk) -> None:
    office = desk.office
    link(desk, "securex", "wage_payment_date", *desk.people)
    desk.folder.mkdir()
    made = prepare(office.store, office.employer_id, wanted(desk, ["wage_payment_date"]), layouts_of(None))
    assert desk.port.forward(made.order).status is Status.DELIVERED
