"""Menus: keys that go to a line, and the lines to read below."""

from __future__ import annotations

from hrtui.screens.menu import Item, MenuScreen
from tests.screens.conftest import Start


async def test_home_and_end_go_to_the_first_and_the_last_thing_to_do(start: Start) -> None:
    done: list[str] = []
    items = [Item(name, "", lambda name=name: done.append(name)) for name in ("Bake", "Sell", "Sweep")]  # type: ignore[misc]
    async with start() as pilot:
        for keys in (("end",), ("end", "home"), ("down", "home", "down")):
            menu = MenuScreen(pilot.app.session, "The shop", items, ["To read"])  # type: ignore[attr-defined]
            await pilot.app.push_screen(menu)
            await pilot.press(*keys, "enter")
    assert done == ["Sweep", "Bake", "Sell"]
