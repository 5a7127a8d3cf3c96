"""The dates that a provider wants: asked for in the form, and chosen with the employer's link to it."""

from __future__ import annotations

from pathlib import Path

from hrtui.domain.identity.problem import Value
from hrtui.screens.employer.providers import ProviderForm
from hrtui.screens.forwarding.check import CheckScreen
from hrtui.screens.forwarding.form import ForwardForm
from hrtui.store.provider_links import provider_links, save_provider
from tests.screens.conftest import Start, told
from tests.screens.forwarding.test_forwarding import folder
from tests.store.conftest import Office

__all__ = ["folder"]


async def test_securex_gets_no_month_without_its_dates(start: Start, world: Office, folder: Path) -> None:
    values: dict[str, Value] = {"provider": "securex", "client_number": "12345", "active": 1}
    link = save_provider(world.store, world.employer_id, values)
    world.store.con.execute("UPDATE person SET provider_link_id = ?", (link,))
    async with start((100, 40)) as pilot:
        await pilot.press("greater_than_sign", "enter", "tab", "tab", "tab", "ctrl+u", "tab", "ctrl+s")
        assert isinstance(pilot.app.screen, ForwardForm)
        assert "Securex wants the date on which the meal vouchers are ordered." in told(pilot.app)
        assert pilot.app.screen.form.current.field.name == "meal_voucher_date"
        await pilot.press(*"30/9", "ctrl+s")
        assert isinstance(pilot.app.screen, CheckScreen)
        await pilot.press("escape")
        assert "30/09/2026" in told(pilot.app), "the year that was meant is shown"


async def test_the_employer_says_otherwise_in_its_link(start: Start, world: Office, folder: Path) -> None:
    values: dict[str, Value] = {"provider": "securex", "client_number": "12345", "active": 1}
    save_provider(world.store, world.employer_id, values)
    async with start((100, 40)) as pilot:
        (before,) = provider_links(world.store, world.employer_id)
        await pilot.app.push_screen(ProviderForm(pilot.app.session, before))  # type: ignore[attr-defined]
        await pilot.press("tab", "tab", "tab", "tab")
        assert "As usual (Securex: both)" in told(pilot.app)
        await pilot.press(*"wages", "tab", "ctrl+s")
        await pilot.pause()
        (after,) = provider_links(world.store, world.employer_id)
        assert after.needed_dates == "wage_payment_date"
        await pilot.app.push_screen(ProviderForm(pilot.app.session, after))  # type: ignore[attr-defined]
        await pilot.press("tab", "tab", "tab", "tab", "ctrl+u", "ctrl+s")
        await pilot.pause()
    (emptied,) = provider_links(world.store, world.employer_id)
    assert emptied.needed_dates == ""
