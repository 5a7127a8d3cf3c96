"""Only a manager or an administrator says who may see what; others are told at once, and whom to ask."""

from __future__ import annotations

import pytest

from hrtui.domain.roles import ADMINISTRATOR, AUDITOR, CASE_MANAGER, CLERK, MANAGER, Area
from hrtui.screens.employer.roles import RoleForm
from hrtui.store.employer_records import roles_of, set_role
from hrtui.store.errors import StoreError
from hrtui.store.roles import set_own_roles
from hrtui.store.undo import undo
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office

OPEN = ("ctrl+t", "9", "f2", "2")
SENTENCE = "Only a manager or administrator says who may see what: ask them."


@pytest.fixture
def shared(world: Office) -> Office:
    """The world on a backend, where one area is kept to managers."""
    set_role(world.store, world.employer_id, "manager", [Area.BANK])
    world.store.con.execute("INSERT INTO setting VALUES ('backend', 'https://127.0.0.1')")
    return world


@pytest.mark.parametrize("key", ["ctrl+n", "enter", "delete"])
@pytest.mark.parametrize("role", [CLERK, CASE_MANAGER, AUDITOR])
async def test_a_clerk_is_told_before_anything_is_filled_in(
    start: Start, shared: Office, role: str, key: str
) -> None:
    set_own_roles(shared.store, shared.employer_id, [role])
    async with start() as pilot:
        await pilot.press(*OPEN)
        assert "Bank account" in screen_text(pilot.app)
        await pilot.press(key)
        told = "Your role is auditor" if role == AUDITOR else SENTENCE
        assert told in screen_text(pilot.app)
        assert not isinstance(pilot.app.screen, RoleForm)
    assert [role.areas for role in roles_of(shared.store, shared.employer_id)] == [{Area.BANK}]


@pytest.mark.parametrize("role", [MANAGER, ADMINISTRATOR])
async def test_a_manager_decides(start: Start, shared: Office, role: str) -> None:
    set_own_roles(shared.store, shared.employer_id, [role])
    async with start() as pilot:
        await pilot.press(*OPEN, "delete")
        assert "Removed" in screen_text(pilot.app)
    assert roles_of(shared.store, shared.employer_id) == []


def test_no_other_way_leads_there(shared: Office) -> None:
    store, employer_id = shared.store, shared.employer_id
    set_own_roles(store, employer_id, [CLERK])
    with pytest.raises(StoreError, match="Only a manager or administrator"):
        set_role(store, employer_id, "clerk", [Area.WAGES])
    with pytest.raises(StoreError, match="Only a manager or administrator"):
        undo(store, employer_id)


def test_a_profile_without_a_backend_is_free(world: Office) -> None:
    set_role(world.store, world.employer_id, "payroll", [Area.WAGES])
    assert [role.name for role in roles_of(world.store, world.employer_id)] == ["payroll"]
