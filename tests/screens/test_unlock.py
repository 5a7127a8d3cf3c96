"""The log-in screen: the password opens the month, a wrong one is refused in a sentence, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.events import Key, Paste

from hrtui import keybindings
from hrtui.app import HrtuiApp, Opened
from hrtui.screens.calendar.month import MonthScreen
from hrtui.screens.unlock import UnlockScreen
from hrtui.store.employers import employers
from hrtui.store.errors import WrongPassword
from tests.screens.conftest import screen_text
from tests.store.conftest import Office

PASSWORD = "een goed wachtwoord"


@pytest.fixture
def unlock(world: Office) -> Callable[[str], Opened | None]:
    def opened(password: str) -> Opened | None:
        if password == "nothing to open":
            return None
        if password != PASSWORD:
            raise WrongPassword("That password does not open this profile. Try again.")
        return Opened(world.store, employers(world.store)[0], keybindings.load())

    return opened


async def test_a_wrong_password_is_refused_and_the_right_one_opens_the_month(
    unlock: Callable[[str], Opened | None],
) -> None:
    app = HrtuiApp(UnlockScreen("north", unlock))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"verkeerd")
        text = screen_text(app)
        assert "Password of the profile “north”:" in text
        assert "verkeerd" not in text
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "That password does not open this profile. Try again." in screen_text(app)
        await pilot.press(*PASSWORD, "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, MonthScreen)
        assert "September 2026" in screen_text(app)


async def test_keys_typed_after_the_password_reach_the_month(unlock: Callable[[str], Opened | None]) -> None:
    app = HrtuiApp(UnlockScreen("north", unlock))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in (*PASSWORD, "enter", "1", "4", "enter", "down", "down", "v"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        row = next(line for line in screen_text(app).splitlines() if "Claes" in line)
        assert row[18 + 2 * 13] == "v", row


async def test_a_password_may_be_pasted_and_corrected(unlock: Callable[[str], Opened | None]) -> None:
    app = HrtuiApp(UnlockScreen("north", unlock))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"wrong", "ctrl+u")
        app.post_message(Paste(PASSWORD + "\nrest"))
        await pilot.press("x", "backspace", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, MonthScreen)


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_the_clerk_can_leave_without_a_password(
    unlock: Callable[[str], Opened | None], key: str
) -> None:
    app = HrtuiApp(UnlockScreen("north", unlock))
    async with app.run_test() as pilot:
        await pilot.press(*"abc", key)
        await pilot.pause()
    assert app.return_code == 0
    assert not hasattr(app, "month")


async def test_a_profile_that_cannot_be_shown_ends_the_program(
    unlock: Callable[[str], Opened | None],
) -> None:
    app = HrtuiApp(UnlockScreen("north", unlock))
    async with app.run_test() as pilot:
        await pilot.press(*"nothing to open", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert app.return_code == 0


async def test_a_small_terminal_is_told_after_the_password(unlock: Callable[[str], Opened | None]) -> None:
    app = HrtuiApp(UnlockScreen("north", unlock))
    async with app.run_test(size=(50, 10)) as pilot:
        assert "Password of the profile" in screen_text(app)
        await pilot.press(*PASSWORD, "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "60" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert isinstance(app.screen, MonthScreen)
