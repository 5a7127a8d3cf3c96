"""CPU time of opening every screen, and of a key of finding: python -m tests.bench.screens [PEOPLE]."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from textual.pilot import Pilot

from hrtui import clock, keybindings
from hrtui.app import HrtuiApp, Opened
from hrtui.demo.build import build_demo
from hrtui.store.employers import employers
from hrtui.store.keys import create_file_key
from hrtui.store.profile import find_profile
from hrtui.store.store import Store

ROUNDS = 7
FIND = "vandenberghe"
WAYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "help": ((), ("f1",)),
    "palette": ((), ("ctrl+p",)),
    "menu of screens": ((), ("ctrl+t",)),
    "year overview": ((), ("ctrl+e",)),
    "person's calendar": ((), ("ctrl+o",)),
    "person's year": (("ctrl+o",), ("tab",)),
    "history of a day": (("ctrl+o",), ("f3",)),
    "allowances of a person": (("ctrl+o",), ("f6",)),
    "pay of a person": (("ctrl+o",), ("f8",)),
    "add pay to a person": (("ctrl+o",), ("ctrl+n",)),
    "messages of a person": (("ctrl+o",), ("ctrl+f",)),
    "the month before": ((), ("f7",)),
    "marked: everyone": ((), ("f6",)),
    "team or schedule of one": ((), ("ctrl+w",)),
    "employers": ((), ("ampersand",)),
    "forward": ((), ("greater_than_sign",)),
    "check list": (("greater_than_sign",), ("f4",)),
    "transmissions": (("greater_than_sign",), ("f3",)),
    **{
        name: ((), ("ctrl+t", key))
        for name, key in {
            "people": "2", "leave types": "3", "pay components": "4", "messages": "5", "holidays": "6",
            "work schedules": "7", "teams": "8", "report sick": "r", "cases": "s", "agenda": "g",
            "sync": "y", "employer": "9", "account": "a",
        }.items()
    },
    "record of a person": (("ctrl+t", "2"), ("enter",)),
    "history of a person": (("ctrl+t", "2"), ("f3",)),
    "new person": (("ctrl+t", "2"), ("ctrl+n",)),
    "filter of people": (("ctrl+t", "2"), ("f5",)),
    "people by team": (("ctrl+t", "2"), ("f7",)),
    "out of service too": (("ctrl+t", "2"), ("f9",)),
    "marked: all people": (("ctrl+t", "2"), ("f6",)),
    "change all people": (("ctrl+t", "2", "f6"), ("f4",)),
    "contracts of a person": (("ctrl+t", "2", "enter", "f2"), ("2",)),
    "change of a contract": (("ctrl+t", "2", "enter", "f2"), ("1",)),
    "end of a contract": (("ctrl+t", "2"), ("delete",)),
    "leave type": (("ctrl+t", "3"), ("enter",)),
    "new leave type": (("ctrl+t", "3"), ("ctrl+n",)),
    "holiday": (("ctrl+t", "6"), ("enter",)),
    "schedule": (("ctrl+t", "7"), ("enter",)),
    "team": (("ctrl+t", "8"), ("enter",)),
    "new message": (("ctrl+t", "5"), ("ctrl+n",)),
    "pay of everyone": (("ctrl+t", "4"), ("enter",)),
}  # fmt: skip
"""By name: the keys that lead there (untimed), and those that are timed."""


def report(name: str, spent: list[float], limit: float) -> None:
    """The first, the median of the others and the worst of them, in milliseconds; `!` above the limit."""
    first, *again = spent
    middle = statistics.median(again)
    mark = "!" if middle > limit else " "
    times = "   ".join(
        f"{word} {one * 1000:6.0f}"
        for word, one in zip(("first", "again", "worst"), (first, middle, max(again)), strict=True)
    )
    print(f"{mark} {name:<26} {times}")


async def timed(pilot: Pilot[None], *keys: str) -> float:
    """The CPU seconds of some keys, until everything is shown."""
    began = time.process_time()
    await pilot.press(*keys)
    await pilot.pause()
    return time.process_time() - began


async def back(pilot: Pilot[None], screens: int) -> None:
    """Close everything above the month, which is the top of so many screens."""
    while len(pilot.app.screen_stack) > screens:
        await pilot.press("escape")
    await pilot.press("escape", "escape")


async def measure(app: HrtuiApp) -> None:
    """Open every screen some times, then find people letter by letter."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        screens = len(pilot.app.screen_stack)
        for name, (way, keys) in WAYS.items():
            spent = []
            for _ in range(ROUNDS):
                await pilot.press(*way)
                spent.append(await timed(pilot, *keys))
                await back(pilot, screens)
            report(name, spent, 0.15)
        for name, way in {"month": ("slash",), "people": ("ctrl+t", "2"), "go to": ("f5",)}.items():
            await pilot.press(*way)
            await pilot.pause()
            spent = [await timed(pilot, sign) for sign in (FIND[0], *FIND, *("backspace",) * 6)]
            report(f"a key of finding: {name}", spent, 0.05)
            await pilot.press("escape", "escape", "escape")
            await back(pilot, screens)


def main(people: int) -> None:
    """Make a demo of so many people, and open everything."""
    with tempfile.TemporaryDirectory(prefix="hrtui-bench-") as folder:
        profile = find_profile("bench", Path(folder))
        profile.prepare()
        store = Store.open(profile, create_file_key(profile), actor="bench")
        build_demo(store, people, clock.today())
        app = HrtuiApp(Opened(store, employers(store)[0], keybindings.load(None)))
        asyncio.run(measure(app))
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
