"""Employers as records: settings, providers, roles, and that one never sees what is another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.domain.employer_fields import joint_committees
from hrtui.domain.identity.problem import Given, Problem, Value
from hrtui.domain.leave_type import Limit
from hrtui.domain.money import PayValue
from hrtui.domain.month import Month
from hrtui.domain.roles import Area
from hrtui.store import (
    allowances,
    check_off,
    entitlements,
    holiday_records,
    leave_exceptions,
    leave_type_records,
    messages,
    pay_bulk,
    pay_component_types,
    pay_components,
    roll_over,
)
from hrtui.store.employer_records import (
    employer_settings,
    find_employers,
    new_employer,
    roles_of,
    save_settings,
    set_role,
)
from hrtui.store.employers import employer_in_use, use_employer
from hrtui.store.errors import StoreError
from hrtui.store.leave_types import leave_types
from hrtui.store.people import teams
from hrtui.store.provider_links import delete_provider, provider_links, save_provider
from hrtui.store.roles import kept_areas
from hrtui.store.rows import StaleError
from hrtui.store.undo import undo
from tests.store.conftest import Office
from tests.store.test_pay_components import BONUS

MAY = Month(2026, 5)
LINK: dict[str, Value] = {
    "provider": "securex", "client_number": "12345", "contact": "", "cutoff_day": 25, "active": 1,
}  # fmt: skip


def test_settings_are_saved_as_one_step(office: Office) -> None:
    before = employer_settings(office.store, office.employer_id)
    after = before | {
        "name": "Voorbeeld Groep", "language": "fr", "enterprise_number": "0403019261",
        "joint_committees": "200, 124", "leave_year_start": 4,
    }  # fmt: skip
    save_settings(office.store, office.employer_id, before, after)
    assert employer_settings(office.store, office.employer_id) == after
    undo(office.store, office.employer_id)
    assert employer_settings(office.store, office.employer_id) == before
    assert "policy_number" not in before


def test_the_fields_follow_the_country(dutch_office: Office) -> None:
    found = employer_settings(dutch_office.store, dutch_office.employer_id)
    assert {"policy_number", "zw_self_insured"} <= found.keys()
    assert not {"enterprise_number", "joint_committees", "nsso_number"} & found.keys()


@pytest.mark.parametrize(
    "bad",
    [{"name": ""}, {"name": "x" * 61}, {"name": "\u202eabc"}, {"language": "de"}, {"country": "NL"},
     {"enterprise_number": "0403019260"}, {"joint_committees": "20"}, {"leave_year_start": 13},
     {"nsso_number": "1"}, {"name": "voorbeeld bv"}],
)  # fmt: skip
def test_what_a_field_refuses_is_not_saved(
    office: Office, dutch_office: Office, bad: dict[str, Value]
) -> None:
    before = employer_settings(office.store, office.employer_id)
    with pytest.raises(StoreError) as refused:
        save_settings(office.store, office.employer_id, before, before | bad)
    assert refused.value.text.isprintable()
    assert employer_settings(office.store, office.employer_id) == before


def test_settings_that_changed_elsewhere_are_told(office: Office) -> None:
    before = employer_settings(office.store, office.employer_id)
    save_settings(office.store, office.employer_id, before, before | {"leave_year_start": 4})
    with pytest.raises(StaleError):
        save_settings(office.store, office.employer_id, before, before | {"leave_year_start": 5})


def test_joint_committees_are_a_list() -> None:
    given_ = Given(date(2026, 1, 1))
    assert joint_committees("200 322.01;200", given_) == "200, 322.01"
    assert isinstance(joint_committees("200 x", given_), Problem)
    assert isinstance(joint_committees(" ".join(str(n) for n in range(100, 130)), given_), Problem)


def test_the_employer_used_last_opens_again(office: Office, dutch_office: Office) -> None:
    use_employer(office.store, dutch_office.employer_id)
    again = office.open_again()
    found = employer_in_use(again)
    assert found is not None
    assert found.id == dutch_office.employer_id
    again.close()
    with pytest.raises(StoreError):
        use_employer(office.store, 12)


def test_a_new_employer_is_made_and_used(office: Office) -> None:
    made = new_employer(office.store, "Derde  Werkgever", "NL", "fr", 2026)
    found = employer_in_use(office.store)
    assert found is not None
    assert (found.id, found.name, found.country) == (made, "Derde Werkgever", "NL")
    assert [one.name for one in find_employers(office.store, "werkg")] == ["Derde Werkgever"]
    for bad in ("", "  ", "x" * 61, "\x1b[2J", "derde werkgever", "🏭"):
        with pytest.raises(StoreError):
            new_employer(office.store, bad, "BE", "nl", 2026)
    assert len(find_employers(office.store)) == 2


def test_an_area_is_kept_to_the_roles_that_are_named_for_it(office: Office) -> None:
    named = frozenset({"payroll"})
    assert kept_areas(office.store, office.employer_id) == {}
    set_role(office.store, office.employer_id, " Payroll ", [Area.WAGES, Area.BANK])
    assert kept_areas(office.store, office.employer_id) == {Area.WAGES: named, Area.BANK: named}
    set_role(office.store, office.employer_id, "payroll", [Area.BANK])
    assert kept_areas(office.store, office.employer_id) == {Area.BANK: named}
    set_role(office.store, office.employer_id, "payroll", [])
    assert roles_of(office.store, office.employer_id) == []
    undo(office.store, office.employer_id)
    assert [(role.name, role.areas) for role in roles_of(office.store, office.employer_id)] == [
        ("payroll", frozenset({Area.BANK}))
    ]
    with pytest.raises(StoreError):
        set_role(office.store, office.employer_id, "x" * 31, [Area.BANK])


def test_providers_are_added_changed_and_only_removed_unused(office: Office) -> None:
    link = save_provider(office.store, office.employer_id, LINK)
    with pytest.raises(StoreError, match="Securex"):
        save_provider(office.store, office.employer_id, LINK)
    (one,) = provider_links(office.store, office.employer_id)
    save_provider(office.store, office.employer_id, one.values | {"cutoff_day": 20}, one)
    assert provider_links(office.store, office.employer_id)[0].cutoff_day == 20
    ann = office.add_person("Ann", "Testman")
    office.store.con.execute("UPDATE person SET provider_link_id = ? WHERE id = ?", (link, ann))
    with pytest.raises(StoreError, match="switch it off"):
        delete_provider(office.store, office.employer_id, link)
    office.store.con.execute("UPDATE person SET provider_link_id = NULL")
    delete_provider(office.store, office.employer_id, link)
    assert provider_links(office.store, office.employer_id) == []


@pytest.mark.parametrize(
    "bad",
    [{"provider": "nobody"}, {"provider": "acerta", "client_number": "123"}, {"cutoff_day": 32},
     {"client_number": "x" * 21}, {"client_number": "\u202e1"}, {"contact": "\x1b[2J"}],
)  # fmt: skip
def test_a_provider_that_cannot_be_is_refused(office: Office, bad: dict[str, Value]) -> None:
    with pytest.raises(StoreError):
        save_provider(office.store, office.employer_id, LINK | bad)
    assert provider_links(office.store, office.employer_id) == []


def _fill(office: Office) -> dict[str, int]:
    """One of everything for an employer; the ids by what they are of."""
    store, own = office.store, office.employer_id
    person = office.add_person("Ann", "Testman", number="1")
    kind = next(one.id for one in leave_types(store, own).values() if one.limit is not Limit.UNLIMITED)
    allowances.grant(store, own, kind, 2026, {person: 600})
    leave_exceptions.set_exception(store, own, kind, [person], Limit.MINUTES, 600)
    pay = pay_component_types.save_pay_type(store, own, BONUS | {"for_everyone": 0})
    pay_component_types.set_people(store, own, pay, [person])
    plan = pay_bulk.plan_bulk(store, own, pay, MAY, [person])
    plan.set_all("10")
    batch = pay_bulk.save_bulk(store, own, plan)
    message = messages.add_message(store, own, MAY, "text", person)
    check_off.check(store, own, [person], MAY)
    set_role(store, own, "payroll", [Area.BANK])
    link = save_provider(store, own, LINK)
    component = pay_components.components(store, own, person, MAY)[0].id
    exception = leave_exceptions.exceptions_of(store, own, kind)[0].id
    assert batch is not None
    return {
        "person": person, "kind": kind, "pay": pay, "batch": batch, "message": message, "link": link,
        "component": component, "exception": exception,
    }  # fmt: skip


def _listed(office: Office, ids: dict[str, int]) -> set[int]:
    """Every id that the lists of an employer give, asked with the ids of `ids` where they need one."""
    store, own = office.store, office.employer_id
    found = set(leave_types(store, own))
    found |= {line.kind.id for line in leave_type_records.type_lines(store, own, inactive=True)}
    found |= {line.id for line in leave_exceptions.exceptions_of(store, own, ids["kind"])}
    found |= {line.id for line in holiday_records.holiday_lines(store, own, 2026)}
    found |= {
        one.person_id for one in holiday_records.touched_entries(store, own, [date(2026, 5, 4)], [None])
    }
    found |= {one.id for one in pay_component_types.pay_types(store, own, inactive=True)}
    found |= pay_component_types.people_of(store, own, ids["pay"])
    found |= {one.id for one in pay_components.components(store, own, ids["person"], MAY)}
    found |= {one.id for one in pay_components.batch_of(store, own, ids["batch"])}
    found |= set(pay_components.of_type(store, own, ids["pay"], MAY))
    found |= {one.id for one in messages.messages(store, own)}
    found |= {one.id for one in messages.messages(store, own, None, ids["person"])}
    found |= {one.id for one in roles_of(store, own)} | {one.id for one in provider_links(store, own)}
    found |= {one.id for one in teams(store, own)}
    found |= {line.person_id for line in roll_over.plan_roll_over(store, own, 2026).lines}
    own_kind = next(one.id for one in leave_types(store, own).values() if one.key in {"VAK", "WV"})
    found |= {one.person_id for one in entitlements.propose(store, own, own_kind, 2026)}
    asked = entitlements.propose(store, own, own_kind, 2026, [ids["person"]])
    return found | {one.person_id for one in asked}


def test_no_list_of_one_employer_holds_anything_of_another(office: Office, dutch_office: Office) -> None:
    belgian, dutch = _fill(office), _fill(dutch_office)
    lists = {
        (one.employer_id, number): _listed(one, ids)
        for one, (number, ids) in product((office, dutch_office), enumerate((belgian, dutch)))
    }
    first = set.union(*(found for (own, _), found in lists.items() if own == office.employer_id))
    second = set.union(*(found for (own, _), found in lists.items() if own == dutch_office.employer_id))
    assert first.isdisjoint(second)
    for ids, found in ((belgian, first), (dutch, second)):
        assert set(ids.values()) - {ids["batch"], ids["person"]} <= found


Command = Callable[[Office, dict[str, int]], object]
COMMANDS: dict[str, Command] = {
    "activate": lambda o, i: leave_type_records.activate(
        o.store, o.employer_id, i["kind"], self_service=True, approval_needed=True
    ),
    "deactivate": lambda o, i: leave_type_records.deactivate(o.store, o.employer_id, i["kind"]),
    "reorder": lambda o, i: leave_type_records.reorder(o.store, o.employer_id, i["kind"], 0),
    "exception": lambda o, i: leave_exceptions.remove_exceptions(o.store, o.employer_id, [i["exception"]]),
    "grant": lambda o, i: allowances.grant(o.store, o.employer_id, i["kind"], 2026, {i["person"]: 60}),
    "adjust": lambda o, i: allowances.adjust(o.store, o.employer_id, i["kind"], 2026, {i["person"]: 6}, "x"),
    "ledger": lambda o, i: allowances.ledger(
        o.store, o.employer_id, i["person"], i["kind"], 2026, date(2026, 5, 4)
    ),
    "pay": lambda o, i: pay_components.add_component(
        o.store, o.employer_id, i["person"], i["pay"], MAY, PayValue(1)
    ),
    "unpay": lambda o, i: pay_components.delete_components(o.store, o.employer_id, [i["component"]]),
    "bulk": lambda o, i: pay_bulk.plan_bulk(o.store, o.employer_id, i["pay"], MAY, [i["person"]]),
    "batch": lambda o, i: pay_bulk.plan_batch(o.store, o.employer_id, i["batch"]),
    "people": lambda o, i: pay_component_types.set_people(o.store, o.employer_id, i["pay"], []),
    "message": lambda o, i: messages.add_message(o.store, o.employer_id, MAY, "text", i["person"]),
    "unmessage": lambda o, i: messages.delete_message(o.store, o.employer_id, i["message"]),
    "check": lambda o, i: check_off.check(o.store, o.employer_id, [i["person"]], MAY),
    "provider": lambda o, i: delete_provider(o.store, o.employer_id, i["link"]),
}


@pytest.fixture
def dutch_ids(dutch_office: Office) -> dict[str, int]:
    return _fill(dutch_office)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(COMMANDS)), min_size=1, max_size=6))
def test_no_command_of_one_employer_reaches_another(
    office: Office, dutch_ids: dict[str, int], names: list[str]
) -> None:
    before = _everything(office)
    for name in names:
        with pytest.raises(StoreError):
            COMMANDS[name](office, dutch_ids)
    assert _everything(office) == before


def _everything(office: Office) -> list[object]:
    tables = ("leave_type", "pay_component", "provider_message", "provider_link", "pay_component_type")
    return [
        office.store.con.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        for table in (*tables, "leave_exception", "allowance", "month_check", "pay_component_person")
    ]
