"""A Dutch and a Belgian employer with people to be ill, and the app on one of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from textual.pilot import Pilot

from hrtui import i18n, keybindings
from hrtui.app import HrtuiApp, Opened
from hrtui.domain.sickness.reporting import Report
from hrtui.store.changes import RowChange, write
from hrtui.store.employers import create_employer, employers
from hrtui.store.ids import new_id
from hrtui.store.sickness.desk import Desk, case_desk
from hrtui.store.sickness.report import report_sick
from tests.store.conftest import Office, office

__all__ = ["office"]

TODAY = date(2026, 9, 14)
LANGUAGE = "en"
"""The language of these tests' sentences; `tests/pty/test_flows_sick.py` plays in Dutch."""


@dataclass
class Ward:
    """An office with people by last name."""

    office: Office
    people: dict[str, int]

    @property
    def desk(self) -> Desk:
        """Its cases."""
        return case_desk(self.office.store, self.office.employer_id)

    def ill(self, who: str, report: Report) -> int:
        """Report somebody sick; returns the case."""
        return report_sick(self.desk, self.people[who], report).case_id

    def cases(self) -> list[tuple[str, str | None]]:
        """First and last day of every case."""
        query = "SELECT first_day, last_day FROM sickness_case WHERE employer_id = ? ORDER BY first_day"
        return list(self.office.store.con.execute(query, (self.office.employer_id,)).fetchall())


def ward(office: Office, country: Literal["BE", "NL"]) -> Ward:
    """An employer of a country with a service to be told, and five people in two teams."""
    store = office.store
    name = {"NL": "Proef BV", "BE": "Proef NV"}[country]
    own = Office(store, office.profile, office.key, create_employer(store, name, country, "nl", 2026))
    store.con.execute(
        "UPDATE employer SET occupational_service = 'Arbodienst Proef', policy_number = 'P-1',"
        " occupational_email = 'meld@example.org', occupational_phone = '+31201234567' WHERE id = ?",
        (own.employer_id,),
    )
    teams = {"Bakery": new_id(), "Shop": new_id()}
    rows = [
        RowChange("team", id_, None, {"employer_id": own.employer_id, "name": team})
        for team, id_ in teams.items()
    ]
    write(store, own.employer_id, "Teams", rows, undoable=False)
    bakery, shop = teams.values()
    people = {
        "Aerts": own.add_person("Ann", "Aerts-Voorbeeld", number="201", team_id=bakery),
        "Baeten": own.add_person("Bob", "Baeten", number="202", team_id=bakery),
        "Claes": own.add_person("Cem", "Claes", number="203", team_id=shop),
        "Dubois": own.add_person("Eva", "Dubois", number="204", team_id=shop, end=date(2026, 9, 1)),
        "Evers": own.add_person("Fien", "Evers-Langenaam-Zeerlang", number="205", team_id=shop),
    }
    return Ward(own, people)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A fixed day, and a home folder of the test's own."""
    monkeypatch.setenv("HRTUI_TODAY", TODAY.isoformat())
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))


@pytest.fixture
def dutch(office: Office) -> Ward:
    """A Dutch employer."""
    return ward(office, "NL")


@pytest.fixture
def belgian(office: Office) -> Ward:
    """A Belgian employer."""
    return ward(office, "BE")


@asynccontextmanager
async def opened(
    of: Ward, size: tuple[int, int] = (80, 24), language: str = LANGUAGE
) -> AsyncIterator[Pilot[None]]:
    """The app on the ward's employer."""
    i18n.set_language(language)
    store = of.office.store
    employer = next(one for one in employers(store) if one.id == of.office.employer_id)
    app = HrtuiApp(Opened(store, employer, keybindings.load(None)))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def typed(text: str) -> tuple[str, ...]:
    """A text as the keys that the pilot presses."""
    return tuple("space" if sign == " " else sign for sign in text)
