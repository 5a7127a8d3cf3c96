"""On all screens of the demo, changed-cells output shows exactly what Textual's own does."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from hrtui import failures
from hrtui.domain.day import Entry, Part
from hrtui.store.changes import DayChange, write
from hrtui.store.keys import read_key
from hrtui.store.profile import find_profile
from hrtui.store.store import Store
from tests.pty.conftest import Start
from tests.pty.pair import Pair, walk
from tests.pty.test_equal_output import COLOURS

pytestmark = pytest.mark.pty

SIZES = [(80, 24), (120, 40), (60, 15), (200, 60), (40, 10), (100, 30), (80, 24)]
GRID = [
    *("<up>", "<down>", "<left>", "<right>", "<home>", "<end>", "<pgup>", "<pgdn>", "<tab>", "<S-tab>"),
    *("<C-home>", "<C-end>", "v", "z", "5v", "-", "<delete>", ".", "+", "<C-d>", "<C-r>", "<S-right>"),
    *("<S-down>", "<space>", "<f6>", "<C-z>", "<C-y>", "<C-c>", "<f7>", "<f9>", "<enter>", "<C-n>", "<f3>"),
    *("<C-l>", "<esc>", "3", "y", "*", "x"),
]
PASTED = "\x1b[200~v\t4 v 3:36 z\n\x1b[201~"
PLACES = [
    *("<f1>", "<C-p>", "<C-p>clear<down>", "/an", "/<enter>", "<f5>14", "=4", "<C-e>", "<C-v>", "<f6>v"),
    *("<f6><delete>", "<C-t>", "<C-t>1", "&", "&<C-n>", "!", "<C-o>", "<C-o><f3>", "<C-o><tab>"),
    *("<C-o><f6>", "<C-o><f6><enter>", "<C-o><f6><C-n>", "<C-o><f6><f4>", "<C-o><f6><f2>"),
    *("<C-o><f6><f2><enter>", "<C-o><f6><f2><down><enter>", "<C-o><f6><f3>", "<C-o><f8>", "<C-o><C-n>"),
    *("<C-o><C-f>", "<C-o><f5>", "<C-t>2", "<C-t>2<C-n>", "<C-t>2<f5>", "<C-t>2<f6><f4>", "<C-t>2<f2>"),
    *("<C-t>2<enter>", "<C-t>2<enter><f3>", "<C-t>2<enter><f2>", "<C-t>2<enter><f2><enter>"),
    *("<C-t>2<enter><f2><enter><enter>", "<C-t>2<enter><f2><enter><C-n>", "<C-t>2<enter><f2><down><enter>"),
    *("<C-t>2<enter><f2><down><down><enter>", "<C-t>3", "<C-t>3<C-n>", "<C-t>3<enter>", "<C-t>3<f9>"),
    *(
        "<C-t>3<f9><end><enter>",
        "<C-t>3<f2>",
        "<C-t>3<f2><enter>",
        "<C-t>3<f2><down><enter>",
        "<C-t>3<f2><down><down><enter>",
    ),
    *("<C-t>4", "<C-t>4<C-n>", "<C-t>4<C-n>Bonus<C-s>", "<C-t>4<enter>", "<C-t>4<f2>", "<C-t>4<f4>"),
    *("<C-t>5", "<C-t>5<C-n>", "<C-t>6", "<C-t>6<C-n>", "<C-t>6<enter>", "<C-t>6<f2>", "<C-t>6<f2><enter>"),
    *("<C-t>7", "<C-t>7<C-n>", "<C-t>7<enter>", "<C-t>7<f4>", "<C-t>8", "<C-t>8<C-n>", "<C-t>8<enter>"),
    *("<C-t>8<f4>", "<C-t>9", "<C-t>9<f3>", "<C-t>9<f2>", "<C-t>9<f2><enter>", "<C-t>9<f2><down><enter>"),
    *("<C-t>9<f2><enter><C-n>", "<C-t>9<f2><down><enter><C-n>", "<C-t>0", "<C-t>0<C-n>"),
    *(PASTED, f"<f6>{PASTED}", f"<C-t>2{PASTED}", f"<C-t>4<f4>{PASTED}"),
]
"""Ways from the grid to all other screens."""
OTHERS = [
    *("<down>", "<down>", "<up>", "<pgdn>", "<pgup>", "<home>", "<end>", "<left>", "<right>", "<tab>"),
    *("<space>", "<f7>", "<f4>", "<C-n>", "<enter>", "<enter>", "<esc>", "a", "é", "1", "y", "<backspace>"),
    *("<f2>", "<f3>", "<f5>", "<f6>", "<f9>", "<C-s>", "<delete>", "<C-z>", "<C-y>", "<S-tab>"),
]
LEAVE = ("<esc>", "y")
"""Out of a screen, typed text or not: Escape alone, as with a key close behind it, it means Alt."""


def random_bursts(seed: int, places: Sequence[str]) -> list[str]:
    """Bursts of keys, the same for the same seed: in the grid, and on the way to each of these places."""
    choose = random.Random(seed)
    bursts = []
    for place in choose.sample(places, len(places)):
        bursts += [*LEAVE * 3, place]
        bursts += ["".join(choose.choices(OTHERS, k=choose.randint(2, 12))) for _ in range(2)]
        bursts += [*LEAVE * 2, "".join(choose.choices(GRID, k=choose.randint(4, 20)))]
    return bursts


def write_elsewhere(homes: list[Path], seed: int) -> None:
    """Another program clears or fills a few days of September in each database, the same days in all."""
    for home in homes:
        choose = random.Random(seed)
        profile = find_profile("demo", home / "data")
        store = Store.open(profile, read_key(profile, None), actor="Somebody")
        try:
            (employer,) = store.con.execute("select distinct employer_id from person").fetchone()
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

    part = PLACES[list(COLOURS).index(colours) :: len(COLOURS)]
    heads = walk(both, random_bursts(len(colours), part), between)
    assert both.keys_pressed > 350
    assert len({head[:12] for head in heads}) > len(part) / 2, "the way to most screens leads nowhere"
    assert len(both.changed.output) < len(both.stock.output) / 2
    assert not list(tmp_path.rglob(failures.FILE))
