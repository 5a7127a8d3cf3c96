"""Where a month is forwarded, and who may unlock one."""

from __future__ import annotations

import pytest

from hrtui.domain.roles import Area
from hrtui.forwarding.layouts import layouts_of, proposed_layout, usable_layouts
from hrtui.forwarding.local import LocalForward
from hrtui.forwarding.ports import may_unlock, port_of
from hrtui.forwarding.remote import RemoteForward
from hrtui.forwarding.report import read_report
from hrtui.store.employer_records import set_role
from hrtui.store.employers import create_employer
from hrtui.store.errors import StoreError
from hrtui.store.provider_links import save_provider
from hrtui.store.roles import set_own_roles
from hrtui.store.store import Store
from tests.forwarding.conftest import Desk
from tests.store.conftest import Office


def connected(office: Office) -> Store:
    """Another terminal on the profile once it has a backend."""
    office.store.con.execute("INSERT OR REPLACE INTO setting VALUES ('backend', 'https://example.test')")
    return office.open_again()


def test_without_a_backend_everybody_forwards_and_unlocks_here(desk: Desk) -> None:
    port = port_of(desk.office.store, desk.office.employer_id, layouts_of(None), desk.folder)
    assert isinstance(port, LocalForward)
    assert may_unlock(desk.office.store, desk.office.employer_id)


def test_with_a_backend_it_decides(office: Office) -> None:
    store = connected(office)
    assert isinstance(port_of(store, office.employer_id, layouts_of(None), None), RemoteForward)
    store.close()


def test_an_employer_of_before_stays_on_this_computer(office: Office) -> None:
    store = connected(office)
    there = create_employer(store, "Voorbeeld Noord BV", "NL", "nl", 2026)
    store.con.execute(
        "INSERT INTO sync_state (employer_id, device_id, chain, witness_chain, durable_chain, limits, notes)"
        " VALUES (?, 'one', '', '', '', '{}', '[]')",
        (there,),
    )
    assert isinstance(port_of(store, there, layouts_of(None), None), RemoteForward)
    assert isinstance(port_of(store, office.employer_id, layouts_of(None), None), LocalForward)
    assert may_unlock(store, office.employer_id)
    store.close()


@pytest.mark.parametrize(
    ("roles", "may"), [([], False), (["clerk"], False), (["manager"], True), (["administrator"], True)]
)
def test_with_a_backend_managers_unlock(office: Office, roles: list[str], may: bool) -> None:
    store = connected(office)
    set_own_roles(store, office.employer_id, roles)
    assert may_unlock(store, office.employer_id) is may
    store.close()


def test_the_layout_of_the_provider_is_proposed(desk: Desk) -> None:
    office = desk.office
    assert proposed_layout(office.store, office.employer_id, None) == "generic"
    values = {
        "provider": "partena", "client_number": "123456", "contact": "", "cutoff_day": None, "active": 1,
    }  # fmt: skip
    link = save_provider(office.store, office.employer_id, values)
    office.store.con.execute("UPDATE person SET provider_link_id = ?", (link,))
    assert proposed_layout(office.store, office.employer_id, None).startswith("partena")
    keys = [layout.key for layout in usable_layouts(None, frozenset({"partena"}))]
    assert keys[0].startswith("partena")
    assert "generic" in keys
    assert not [key for key in keys if key.startswith("acerta")]
    desk.folder.mkdir()
    desk.forward(layout="workbook")
    assert proposed_layout(office.store, office.employer_id, None) == "workbook"


def test_who_may_not_see_pay_sees_no_report(desk: Desk) -> None:
    office = desk.office
    desk.folder.mkdir()
    done = desk.forward()
    set_role(office.store, office.employer_id, "payroll", [Area.PAY_COMPONENTS])
    store = connected(office)
    with pytest.raises(StoreError, match="may not see"):
        read_report(store, office.employer_id, done.transmission_id)
    set_own_roles(store, office.employer_id, ["payroll"])
    assert read_report(store, office.employer_id, done.transmission_id).sent.people == 3
    store.close()
