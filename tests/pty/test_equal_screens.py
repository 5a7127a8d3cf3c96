"""On all screens of the demo, changed-cells output shows exactly what Textual's own does."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.day import Entry, Part
from hrtui.store.changes import DayChange, write
from hrtui.store.keys import read_key
from hrtui.store.profile import find_profile
from hrtui.store.store import Store
from tests.pty.conftest import Start
from tests.pty.pair import Pair, walk
from tests.pty.test_equal_output import COLOURS

pytestmark = pytest.mark.pty

BURSTS = 100
SIZES = [(80, 24), (120, 40), (60, 15), (200, 60), (40, 10), (100, 30), (80, 24)]
GRID = [
    *("<up>", "<down>", "<left>", "<right>", "<home>", "<end>", "<pgup>", "<pgdn>", "<tab>", "<S-tab>"),
    *("<C-home>", "<C-end>", "v", "z", "5v", "-", "<delete>", ".", "+", "<C-d>", "<C-r>", "<S-right>"),
    *("<S-down>", "<space>", "<f6>", "<C-z>", "<C-y>", "<C-c>", "<f7>", "<f9>", "<enter>", "<C-n>", "<f3>"),
    *("<C-l>", "<esc>", "3", "y", "*", "x"),
]
PLACES = [
    *("<f1>", "<C-p>", "<C-p>clear<down>", "/an", "/<enter>", "<f5>14", "=4", "<C-e>", "<C-o>", "<C-o><f3>"),
    *("<C-o><tab>", "<C-o><f6>", "<C-o><f8>", "<C-v>", "<f6>v", "<f6><delete>", "<C-t>", "&", "!"),
    *(f"<C-t>{digit}" for digit in "1234567890"),
]
LISTS = [
    *("<down>", "<down>", "<up>", "<pgdn>", "<pgup>", "<home>", "<end>", "<left>", "<right>", "<tab>"),
    *("<space>", "<f7>", "<f4>", "<C-n>", "<enter>", "<esc>", "a", "é", "1", "<backspace>", "<f3>", "<f2>"),
]


def random_bursts(seed: int, count: int) -> list[str]:
    """Bursts of keys, the same for the same seed: in the grid, and on every other screen."""
    choose = random.Random(seed)
    bursts = []
    for number in range(count):
        if number % 5 < 2:
            bursts.append("".join(choose.choices(GRID, k=choose.randint(4, 20))))
        elif number % 5 == 2:
            bursts.append("<esc>" + choose.choice(PLACES))
        else:
            bursts.append("".join(choose.choices(LISTS, k=choose.randint(2, 12))))
    return bursts


def write_elsewhere(homes: list[Path], seed: int) -> None:
    """Another program clears or fills a few days of September in each database, the same days in all."""
    for home in homes:
        choose = random.Random(seed)
        profile = find_profile("demo", home / "data")
        store = Store.open(profile, read_key(profile, None), actor="Somebody")
        try:
            (employer,) = store.con.execute("select id from employer").fetchone()
            query = "select person_id, date, leave_type_id, minutes, part from calendar_entry where slot = 0"
            rows = sorted(store.con.execute(f"{query} and date like '2026-09-%'"))
            changes = []
            for person, day, kind, minutes, part in choose.sample(rows, 8):
                old = (Entry(kind, minutes, Part(part)),)
                changes.append(DayChange(person, date.fromisoformat(day), old, ()))
            write(store, employer, "Cleared", changes)
        finally:
            store.close()


@pytest.fixture
def pair(demo: Start) -> Callable[..., Pair]:
    """Starts the demo twice on equal data."""

    def starter(**env: str) -> Pair:
        env |= {"ESCDELAY": "40"}
        return Pair(
            demo(name="stock", **env, HRTUI_OUTPUT="stock"), demo(name="changed", **env, HRTUI_OUTPUT="")
        )

    return starter


@pytest.mark.parametrize("colours", COLOURS)
def test_all_screens_are_the_same(pair: Callable[..., Pair], colours: str, tmp_path: Path):
    both = pair(**COLOURS[colours])
    homes = [tmp_path / "stock", tmp_path / "changed"]

    def between(number: int) -> str:
        if number % 8 == 7:
            size = SIZES[number // 8 % len(SIZES)]
            both.resize(*size)
            return f"the size {size}"
        if number % 12 == 5:
            write_elsewhere(homes, number)
            return "somebody else's changes"
        return ""

    walk(both, random_bursts(len(colours), BURSTS), between)
    assert both.keys_pressed > 750
    assert len(both.changed.output) < len(both.stock.output) / 2
