"""The help screen shows what the keys, leave types and signs are, and finds among them."""

from __future__ import annotations

from hrtui import keybindings
from hrtui.actions import ACTIONS
from hrtui.i18n import t
from hrtui.screens.help import HelpScreen
from hrtui.widgets.cells import LEGEND
from tests.screens.conftest import Start, screen_text


async def test_help_begins_with_the_leave_types_and_the_keys_of_the_grid(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("f1")
        text = screen_text(pilot.app)
        assert isinstance(pilot.app.screen, HelpScreen)
        assert text.splitlines()[0].startswith(" Help  Type to search:")
        assert " Leave types" in text
        assert "  v  " in text
        assert "Esc back" in text.splitlines()[-1]


async def test_the_signs_come_right_after_the_leave_types(start: Start) -> None:
    async with start((80, 44)) as pilot:
        await pilot.press("f1")
        text = screen_text(pilot.app)
        assert "several types" in text
        assert text.index(" Leave types") < text.index(" Signs in the grid") < text.index(" Moving")


async def test_help_explains_every_action_with_its_keys_in_force_and_every_sign(start: Start) -> None:
    async with start((60, 15)) as pilot:
        await pilot.press("question_mark")
        pages = [screen_text(pilot.app)]
        for _ in range(60):
            await pilot.press("pagedown")
            pages.append(screen_text(pilot.app))
            if pages[-1] == pages[-2]:
                break
        lines = [line for page in pages for line in page.splitlines()]
        for row in keybindings.key_table(pilot.app.session.keymap):  # type: ignore[attr-defined]
            assert any(all(part in line for part in (*row.keys, row.label)) for line in lines), row
        for sign, meaning in LEGEND:
            assert any(line.lstrip().startswith(sign) and t(meaning)[:20] in line for line in lines), sign
        assert max(map(len, lines)) <= 60


async def test_typing_narrows_the_help_down_and_escape_closes_it(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("f1", *"undo step")
        lines = [line for line in screen_text(pilot.app).splitlines()[1:-1] if line]
        assert lines[0] == " Undo and copy"
        assert "Ctrl+Z  Ctrl+_" in lines[1]
        assert not any("Fill right" in line for line in lines)
        await pilot.press(*"xyz")
        assert "Nothing here is called “undo stepxyz”." in screen_text(pilot.app)
        await pilot.press("backspace", "ctrl+u", *"?")
        assert "F1  ?" in screen_text(pilot.app)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, HelpScreen)


async def test_scrolling_stays_within_the_help(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("f1")
        first = screen_text(pilot.app)
        await pilot.press("up")
        assert screen_text(pilot.app) == first
        await pilot.press("down")
        assert screen_text(pilot.app).splitlines()[1] == first.splitlines()[2]
        await pilot.press("end")
        last = screen_text(pilot.app)
        assert t(ACTIONS["dialog.no"].label) in last.splitlines()[-2]
        await pilot.press("down")
        assert screen_text(pilot.app) == last
        await pilot.press("home")
        assert screen_text(pilot.app) == first


async def test_the_key_that_opened_the_help_closes_it(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("f1", "f1")
        assert not isinstance(pilot.app.screen, HelpScreen)


async def test_the_help_of_a_list_begins_with_all_keys_of_the_list(start: Start) -> None:
    async with start((80, 60)) as pilot:
        await pilot.press("ctrl+t", "2", "f1")
        _, text = screen_text(pilot.app).split("\n", 1)
        places = [text.find(t(ACTIONS[one].label)) for one in ("table.mark", "list.page_down", "app.help")]
        assert -1 not in places
        assert places == sorted(places)
