"""A small employer on the real store, and the app on it without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from hrtui import i18n, keybindings
from hrtui.app import HrtuiApp, Opened
from hrtui.domain.day import Entry, Part
from hrtui.store.changes import DayChange, RowChange, write
from hrtui.store.employers import employers
from hrtui.store.ids import new_id
from tests.store.conftest import Office, office

__all__ = ["office"]

PART_TIME = [[456, 456, 0, 456, 456, 0, 0]]
TODAY = "2026-09-10"

Start = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture(autouse=True)
def fixed_surroundings(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("HRTUI_TODAY", TODAY)
    monkeypatch.delenv("NO_COLOR", raising=False)
    yield
    i18n.set_language("en")


@pytest.fixture(autouse=True)
def failures_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program would tell in a sentence and go on fails the test."""

    def told(error: BaseException, folder: object) -> str:
        raise error

    monkeypatch.setattr("hrtui.screens.base.failures", SimpleNamespace(told=told))


@pytest.fixture
def world(office: Office) -> Office:
    """Eight invented people in two teams, with something of every kind entered in September 2026."""
    teams = {"Bakery": new_id(), "Shop": new_id()}
    rows = [
        RowChange("team", team_id, None, {"employer_id": office.employer_id, "name": name})
        for name, team_id in teams.items()
    ]
    write(office.store, office.employer_id, "Teams", rows, undoable=False)
    bakery, shop = teams.values()
    people = {
        "Aerts": office.add_person("Ann", "Aerts-Voorbeeld", number="101", team_id=bakery),
        "Baeten": office.add_person("Bob", "Baeten", number="102", team_id=bakery),
        "Claes": office.add_person("Cem", "Claes", number="103", team_id=shop, weeks=PART_TIME),
        "Dubois": office.add_person("Eva", "Dubois", number="104", team_id=shop, start=date(2026, 9, 14)),
        "Évrard": office.add_person("Zoé", "Évrard", number="105", team_id=shop, end=date(2026, 9, 18)),
        "Fake": office.add_person("Fien", "Fakenaam-Langenaam-Zeerlang", number="106", team_id=shop),
        "Goos": office.add_person("Gil", "Goos", number="107", team_id=bakery),
        "Hoax": office.add_person("Han", "Hoax", number="108", team_id=bakery),
    }
    vacation, illness = office.kind("v"), office.kind("z")
    entered = {
        ("Aerts", 1): [Entry(vacation, 456)],
        ("Aerts", 2): [Entry(vacation, 228, Part.MORNING)],
        ("Aerts", 3): [Entry(vacation, 228, Part.AFTERNOON)],
        ("Aerts", 4): [Entry(vacation, 120, Part.HOURS)],
        ("Baeten", 7): [Entry(vacation, 228, Part.MORNING), Entry(illness, 228, Part.AFTERNOON)],
        **{("Baeten", day): [Entry(illness, 456)] for day in (14, 15, 16, 17, 18)},
    }
    changes = [
        DayChange(people[who], date(2026, 9, day), (), tuple(entries))
        for (who, day), entries in entered.items()
    ]
    write(office.store, office.employer_id, "Start", changes, undoable=False)
    return office


@pytest.fixture
def start(world: Office) -> Start:
    """Opens the app on the world in a terminal of the given size and language."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (80, 24), language: str = "en", keys: Path | None = None, **options: Any
    ) -> AsyncIterator[Pilot[None]]:
        i18n.set_language(language)
        employer = employers(world.store)[0]
        app = HrtuiApp(Opened(world.store, employer, keybindings.load(keys), **options))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return run


def screen_text(app: App[Any]) -> str:
    """What the terminal shows, as lines without trailing spaces."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def told(app: App[Any]) -> str:
    """What the terminal shows as one line, so that sentences are found wherever they are broken."""
    return " ".join(screen_text(app).split())
