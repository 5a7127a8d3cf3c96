"""The employer's settings, its providers and roles, and going from one employer to another."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from hrtui.domain.roles import Area
from hrtui.store.employer_records import employer_settings, roles_of
from hrtui.store.employers import create_employer, employer_in_use, employers
from hrtui.store.provider_links import provider_links
from tests.screens.calendar.test_month import entered
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office


async def shown(pilot: Pilot[None], *keys: str) -> str:
    """The screen after these keys."""
    await pilot.press(*keys)
    await pilot.pause()
    return screen_text(pilot.app)


def settings(world: Office) -> dict[str, object]:
    return dict(employer_settings(world.store, world.employer_id))


@pytest.fixture
def second(world: Office) -> int:
    return create_employer(world.store, "Zweite BV", "NL", "nl", 2026)


async def test_settings_are_saved_field_by_field_and_the_title_follows(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "9", *"Nieuw NV", "tab", "tab", *"0403.019.261", "tab")
        assert settings(world)["enterprise_number"] == "0403019261"
        assert "Belgium" in text
        text = await shown(pilot, "tab", *"200, 322.01", "tab", "escape")
        assert settings(world)["joint_committees"] == "200, 322.01"
        assert text.startswith(" September 2026  Nieuw NV")


async def test_a_wrong_number_is_told_and_not_lost_without_asking(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "9", "tab", "tab", *"0403.019.262", "escape")
        assert "! The last two figures of this enterprise" in text
        assert "Leave without it?" in text
        assert settings(world)["enterprise_number"] == ""


async def test_a_doubtful_nsso_number_is_told_and_saved(start: Start, world: Office) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "9", *("tab",) * 3, *"199999933", "tab")
        assert "The last two figures of the NSSO number look wrong: check the number." in told(pilot.app)
        assert settings(world)["nsso_number"] == "199999933"
        text = await shown(pilot, "shift+tab", *"199999934", "tab")
        assert "look wrong" not in text


async def test_the_leave_year_starts_in_a_month_by_name(start: Start, world: Office) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "9", *("tab",) * 5, *"april", "tab")
        assert settings(world)["leave_year_start"] == 4


async def test_a_provider_with_its_client_number(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "9", "f2", "1", "ctrl+n", *"acerta", "enter", *"12345", "ctrl+s")
        assert provider_links(world.store, world.employer_id) == []
        assert "!" in text.splitlines()[-1]
        text = await shown(pilot, *"67", "ctrl+s")
        (link,) = provider_links(world.store, world.employer_id)
        assert (link.provider, link.client_number) == ("acerta", "1234567")
        assert "Acerta" in text
        await shown(pilot, "delete")
        assert provider_links(world.store, world.employer_id) == []


async def test_who_may_see_what(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "9", "f2", "2")
        assert "Everyone may see everything" in text
        text = await shown(pilot, "ctrl+n", *"manager", "tab", "y", "ctrl+s")
        (role,) = roles_of(world.store, world.employer_id)
        assert (role.name, role.areas) == ("manager", frozenset({Area.NATIONAL_NUMBERS}))
        assert "manager                National numbers" in text
        text = await shown(pilot, "ctrl+n", *"boss", "enter")
        assert "None of the choices is called “boss”." in text
        text = await shown(pilot, "shift+tab", *["backspace"] * 4, *"manager", "enter", "y", "ctrl+s")
        assert "“manager” is listed already: change it there." in text
        text = await shown(pilot, "escape", "y", "ctrl+n", *"case", "enter", "y", "ctrl+s")
        assert {role.name for role in roles_of(world.store, world.employer_id)} == {"manager", "case_manager"}
        assert "case manager           National numbers" in text


async def test_two_keys_go_to_another_employer_and_nothing_crosses_over(
    start: Start, world: Office, second: int
) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "space", "slash", *"a", "enter", "f7", "ampersand", "2")
        assert text.startswith(" August 2026  Zweite BV")
        assert "marked" not in text
        assert "filter" not in text
        remembered = employer_in_use(world.store)
        assert remembered is not None
        assert remembered.id == second
        text = await shown(pilot, "ctrl+t", "0", "1")
        assert text.startswith(" August 2026  Voorbeeld NV")
        assert "marked" not in text
        assert "of 7 people" in text


async def test_keys_typed_ahead_reach_the_employer_that_was_chosen(
    start: Start, world: Office, second: int
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+home", "1", "0", "enter", "ampersand", "2", "v", "v", "ctrl+z")
        assert entered(world, "Aerts", 10) == []
        text = await shown(pilot, "ctrl+t", "4")
        assert "There is no type yet" in text
        assert text.startswith(" Pay components  September 2026")


async def test_an_employer_is_found_by_name(start: Start, world: Office, second: int) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ampersand", *"zwei", "enter")
        assert "Zweite BV" in text.splitlines()[0]


async def test_another_employer_is_made_and_opened(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ampersand", "ctrl+n", *"Derde BV", "enter", *"NL", "ctrl+s")
        assert text.startswith(" September 2026  Derde BV")
        made = next(one for one in employers(world.store) if one.name == "Derde BV")
        assert (made.country, made.language) == ("NL", "en")
        text = await shown(pilot, "ctrl+t", "9")
        assert "Policy number" in text
        assert "NSSO" not in text


@pytest.mark.parametrize("name", ["Voorbeeld NV", "x" * 61, "🎉", "=1+1", "\u202eVN"])
async def test_a_name_that_will_not_do_is_told(start: Start, world: Office, name: str) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ampersand", "ctrl+n", *name, "ctrl+s")
        assert [one.name for one in employers(world.store)] in (["Voorbeeld NV"], ["VN", "Voorbeeld NV"])
        if name != "\u202eVN":
            assert text.splitlines()[-1].startswith(" ! ")


async def test_months_are_checked_off_in_the_grid(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "1", "0", "enter", "exclamation_mark")
        assert text.splitlines()[3].startswith(" =Aerts")
        assert "1 checked" in text.splitlines()[0]
        assert "checked by Clerk One" in text
        text = await shown(pilot, "slash", "down", "down", "down", "enter")
        assert "filter: Not yet checked" in text
        assert "Aerts" not in "\n".join(text.splitlines()[1:])
        text = await shown(pilot, "escape", "ctrl+home", "1", "0", "enter", "v")
        assert text.splitlines()[3].startswith("  Aerts")
        assert "checked" not in text.splitlines()[0]
        assert entered(world, "Aerts", 10) == [("v", 456)]
