"""CPU time of the lists over 5,000 cases: python -m tests.bench.sickness [CASES]."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Literal

from hrtui import clock, keybindings
from hrtui.app import HrtuiApp, Opened
from hrtui.store.employers import create_employer, employers
from hrtui.store.keys import create_file_key
from hrtui.store.profile import find_profile
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.due import what_is_due
from hrtui.store.sickness.lists import Which, case_ids, case_lines
from hrtui.store.store import Store
from tests.store.sickness.crowd import many_cases

ROUNDS = 9
KEYS = {"agenda": ("ctrl+t", "g"), "open cases": ("ctrl+t", "s")}


def report(name: str, spent: list[float]) -> None:
    """The median and the worst of some CPU times, in milliseconds."""
    print(f"{name:<34} {statistics.median(spent) * 1000:6.0f} ms CPU, worst {max(spent) * 1000:6.0f}")


def read(name: str, work: Callable[[], object]) -> None:
    """Time reading a list from the store."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    report(name, spent)


async def opened(app: HrtuiApp, name: str) -> None:
    """Time opening a list by its keys, up to what is shown; the first time imports the screen too."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        spent = []
        for _ in range(ROUNDS):
            start = time.process_time()
            await pilot.press(*KEYS[name])
            spent.append(time.process_time() - start)
            await pilot.press("escape")
        print(f"{name + ' by its keys, first time':<34} {spent[0] * 1000:6.0f} ms CPU")
        report(f"{name} by its keys, again", spent[1:])


def measure(country: Literal["BE", "NL"], cases: int) -> None:
    """All lists at an employer of a country."""
    with tempfile.TemporaryDirectory(prefix="hrtui-bench-") as folder:
        profile = find_profile("bench", Path(folder))
        profile.prepare()
        store = Store.open(profile, create_file_key(profile), actor="bench")
        employer_id = create_employer(store, "Proef", country, "nl", 2026)
        store.con.execute("UPDATE employer SET occupational_service = 'Arbo', zw_self_insured = 1")
        many_cases(store, employer_id, cases, clock.today())
        desk = case_desk(store, employer_id)
        print(f"{country}, {cases} cases")
        read("  agenda of eight weeks", lambda: what_is_due(desk))
        read("  agenda of a year", lambda: what_is_due(desk, until=clock.today() + timedelta(364)))
        read("  open cases", lambda: case_lines(desk, case_ids(desk)[:40]))
        read("  all cases", lambda: case_lines(desk, case_ids(desk, Which.ALL)[:40]))
        for name in KEYS:
            app = HrtuiApp(Opened(store, employers(store)[0], keybindings.load(None)))
            asyncio.run(opened(app, name))
        store.close()


if __name__ == "__main__":
    for place in ("NL", "BE"):
        measure(place, int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
