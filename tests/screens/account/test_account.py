"""The account on the screen, against a real backend: activating, logging in, devices, second steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from hrtui.backend.accounts import letters
from hrtui.i18n import text_in
from hrtui.screens.account.account import AccountScreen
from hrtui.screens.account.second_step import AppScreen
from hrtui.store import keys
from hrtui.sync.session import Link, code_due, keep_login, link_of, logged_in
from hrtui.widgets.colours import Palette
from tests.backend.accounts.fixtures import backend, moment, quick_hashes
from tests.backend.accounts.phone import Active, Moment, activated, app_code, changing
from tests.backend.accounts.service import NUMBER, PASSWORD, Service
from tests.pictures import half_block_picture, read_code, write_png
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office

__all__ = ["backend", "moment", "quick_hashes"]

NEW = "groene fietsbel zwemt"
ACCOUNT = ("ctrl+t", "a")


async def until(pilot: Pilot[None], text: str) -> str:
    """The screen once a text is on it; what the backend answers arrives by itself."""
    while text not in (shown := told(pilot.app)):
        await pilot.pause(0.01)
    return shown


async def typed(pilot: Pilot[None], text: str, *then: str) -> None:
    """Type a text, and keys after it."""
    await pilot.press(*text, *then)


async def pasted(pilot: Pilot[None], text: str, *then: str) -> None:
    """Paste a text, and press keys after it."""
    pilot.app.post_message(Paste(text))
    await pilot.pause()
    await pilot.press(*then)


@pytest.fixture
def member(backend: Service, moment: Moment, world: Office) -> Active:
    """The clerk of this profile, logged in."""
    with backend.api() as api:
        active = activated(backend, api, moment)
    keep_login(world.store, Link(backend.url, "an.peeters"), active.tokens)
    return active


async def test_an_account_is_activated_with_the_code_on_the_screen(
    start: Start, world: Office, backend: Service, moment: Moment, tmp_path: Path
) -> None:
    token = backend.invite()
    async with start() as pilot:
        await pilot.press(*ACCOUNT, "2")
        await pasted(pilot, backend.url, "enter")
        await pasted(pilot, token, "enter", "enter")
        assert "Your user name is “an.peeters”" in await until(pilot, "Choose a password")
        await typed(pilot, "Bakkerij2026!!")
        assert "It is mostly a name" in told(pilot.app)
        assert "Bakkerij2026" not in told(pilot.app)
        await pilot.press("ctrl+u")
        await pasted(pilot, PASSWORD, "enter")
        assert "Strength: strong" in told(pilot.app)
        await pasted(pilot, PASSWORD + "!", "enter")
        await until(pilot, "The two passwords differ.")
        await pilot.press("tab", "ctrl+u")
        await pasted(pilot, PASSWORD, "enter")
        await until(pilot, "Authenticator app")
        await pilot.press("1")
        await until(pilot, "Then type the six digits")
        await pilot.resize_terminal(70, 20)
        await until(pilot, "this window must have at least 80×24.")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        rows = [line[:41] for line in screen_text(pilot.app).splitlines()[1:22]]
        write_png(half_block_picture([row.ljust(41) for row in rows]), tmp_path / "code.png")
        uri = read_code(tmp_path / "code.png")
        found = re.search(r"secret=(\w+)", uri)
        assert found is not None
        assert uri.startswith("otpauth://totp/HRTUI:an.peeters?")
        parts = re.findall(r"\b[A-Z2-7]{4}\b", screen_text(pilot.app))
        assert found[1] == "".join(parts)
        assert isinstance(pilot.app.screen, AppScreen)
        style = pilot.app.screen.lines.palette.style("qr")
        assert style.color is not None
        assert style.bgcolor is not None
        assert (style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex) == ("#000000", "#ffffff")
        await typed(pilot, "000000", "enter")
        await until(pilot, "That code is not right")
        await typed(pilot, app_code(found[1], moment.now), "enter")
        await until(pilot, "No other second step")
        await pilot.press("2")
        shown = await until(pilot, "Type y once you have saved them.")
        assert len(re.findall(r"\d\d-[0-9A-Z]{5}-[0-9A-Z]{5}", shown)) == 10
        await pilot.press("enter")
        assert not logged_in(world.store)
        await pilot.press("y")
        await until(pilot, "You are logged in.")
    link = link_of(world.store)
    assert link is not None
    assert (link.url, link.user, logged_in(world.store)) == (backend.url, "an.peeters", True)


async def test_logging_in_with_a_wrong_code_and_then_with_sms(
    start: Start, world: Office, backend: Service, moment: Moment, member: Active
) -> None:
    with backend.api() as api:
        change = changing(api, member, moment)
        api.new_sms(change, NUMBER)
        api.confirm_sms(change, backend.post.code())
    async with start() as pilot:
        await pilot.press(*ACCOUNT, "4")
        await until(pilot, "You are logged out.")
        assert not logged_in(world.store)
        await pilot.press(*ACCOUNT, "1")
        await pasted(pilot, "not the password", "enter")
        await until(pilot, "type `hrtui --profile test login --reset`.")
        await pasted(pilot, PASSWORD, "enter")
        await until(pilot, "a code is sent to +32 … 56")
        await pilot.press("1")
        await typed(pilot, "000000", "enter")
        await until(pilot, "That code is not right")
        await pilot.press("f2", "2")
        await until(pilot, "An SMS with a code is on its way to +32 … 56.")
        await typed(pilot, backend.post.code(), "enter")
        await until(pilot, "You are logged in.")
    assert logged_in(world.store)


async def test_the_account_tells_who_and_where_and_another_device_is_logged_out(
    start: Start, backend: Service, moment: Moment, member: Active
) -> None:
    with backend.api() as api:
        begun = api.login("an.peeters", PASSWORD)
        laptop = api.login_code(begun.challenge, "app", app_code(member.secret, moment.now), "laptop")
    async with start() as pilot:
        await pilot.press(*ACCOUNT)
        shown = await until(pilot, "Backup codes left: 10")
        assert "Second steps: Authenticator app" in shown
        assert "Bakkerij De Korst: clerk" in shown
        await pilot.press("1")
        await until(pilot, "desk (this one)")
        assert "laptop, from 127.0.0.1" in told(pilot.app)
        await pilot.press("delete")
        assert "Log “laptop” out?" in told(pilot.app)
        await pilot.press("y")
        await until(pilot, "“laptop” is logged out.")
    with backend.api() as api:
        assert [one.name for one in api.devices(member.tokens.access)] == ["desk"]
        assert laptop.session_id


async def test_fresh_backup_codes_ask_for_the_password_once_more_and_a_code(
    start: Start, backend: Service, moment: Moment, member: Active
) -> None:
    async with start() as pilot:
        await pilot.press(*ACCOUNT, "3")
        await pasted(pilot, "not the password", "enter")
        await until(pilot, "That is not the password of this account.")
        await pasted(pilot, PASSWORD, "enter")
        shown = await until(pilot, "type the six digits for HRTUI")
        assert "Enter go on" in shown
        assert "F2 another way Esc" in shown
        await typed(pilot, "000000", "enter")
        await until(pilot, "That code is not right")
        await pilot.press("f2")
        await until(pilot, "when the phone is lost")
        await pilot.press("1")
        await typed(pilot, app_code(member.secret, moment.now), "enter")
        await until(pilot, "Set up now: Authenticator app")
        await pilot.press("2")
        await until(pilot, "Type y once you have saved them.")
        await pilot.press("y")
        await until(pilot, "as you set them up.")
    assert text_in("nl", letters.FACTORS_CHANGED, name="an.peeters") in backend.post.body()


async def test_a_code_that_is_due_is_asked_for_and_given_on_the_screen(
    start: Start, world: Office, backend: Service, moment: Moment, member: Active
) -> None:
    moment.later(12 * 3600)
    async with start() as pilot:
        await pilot.press(*ACCOUNT)
        shown = await until(pilot, "The backend asks for a code again.")
        assert "the password is not needed" in shown
        assert code_due(world.store)
        await pilot.press("1")
        await until(pilot, "type the six digits for HRTUI")
        await typed(pilot, app_code(member.secret, moment.now), "enter")
        await until(pilot, "You are logged in.")
        assert not code_due(world.store)
        moment.later(31 * 24 * 3600)
        await pilot.press(*ACCOUNT)
        await until(pilot, "You are not logged in.")
        await pilot.press("1")
        assert "Password:" in told(pilot.app)


@pytest.mark.parametrize("seconds", [0, 3600])
async def test_a_device_that_was_logged_out_elsewhere_says_which_keys_log_in(
    start: Start, backend: Service, moment: Moment, member: Active, seconds: int
) -> None:
    async with start() as pilot:
        await pilot.press(*ACCOUNT)
        await until(pilot, "Backup codes left: 10")
        with backend.api() as api:
            api.revoke(member.tokens.access, member.tokens.session_id)
        moment.later(seconds)
        await pilot.press("1")
        await until(pilot, "This device is logged out; log in with Ctrl+T a.")


async def test_a_new_password_is_that_of_account_and_profile(
    start: Start, world: Office, backend: Service, member: Active
) -> None:
    keys.change_password(world.profile, world.key, PASSWORD)
    async with start() as pilot:
        await pilot.press(*ACCOUNT, "2")
        await pasted(pilot, PASSWORD, "enter")
        await pasted(pilot, NEW, "enter")
        await pasted(pilot, NEW, "enter")
        await until(pilot, "Account and profile have the new password.")
    assert keys.read_key(world.profile, NEW) == world.key
    with backend.api() as api:
        assert api.login("an.peeters", NEW).methods


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 15)])
async def test_a_backend_that_is_away_is_told_and_nothing_is_lost(
    start: Start, world: Office, size: tuple[int, int]
) -> None:
    async with start(size=size) as pilot:
        await pilot.press(*ACCOUNT, "1")
        await pasted(pilot, "http://127.0.0.1:9", "enter")
        await pasted(pilot, "an.peeters", "enter")
        await pasted(pilot, PASSWORD, "enter", "enter")
        await until(pilot, "The backend does not answer.")
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, AccountScreen)
    assert link_of(world.store) is None


def test_without_colours_the_code_is_at_least_dark_on_light_where_the_terminal_is_dark() -> None:
    assert Palette(colour=False).style("qr").reverse
    assert Palette(many=False).style("qr").bgcolor != Palette(many=False).style("plain").bgcolor


async def test_an_sms_that_cannot_be_sent_again_yet_leaves_the_code_of_the_one_before(
    start: Start, world: Office, backend: Service, moment: Moment
) -> None:
    token = backend.invite()
    async with start() as pilot:
        await pilot.press(*ACCOUNT, "2")
        await pasted(pilot, backend.url, "enter")
        await pasted(pilot, token, "enter", "enter")
        await until(pilot, "Choose a password")
        await pasted(pilot, PASSWORD, "enter")
        await pasted(pilot, PASSWORD, "enter")
        await until(pilot, "Authenticator app")
        await pilot.press("2")
        await pasted(pilot, NUMBER, "enter")
        await until(pilot, "on its way")
        await typed(pilot, "000000", "enter")
        assert "000000" not in await until(pilot, "That code is not right")
        await pilot.press("f2")
        await until(pilot, "Mobile number:")
        await pilot.press("enter")
        assert "Code:" in await until(pilot, "seconds before the next SMS")
        await typed(pilot, backend.post.code(), "enter")
        await until(pilot, "No other second step")
    assert len(backend.post.texts) == 1
