"""The small office of the store's tests, with two people and their cases."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.sickness.case import Progress, Source
from hrtui.domain.sickness.reporting import Report
from hrtui.store.sickness.course import recover, set_percentage
from hrtui.store.sickness.desk import Desk, case_desk
from hrtui.store.sickness.report import report_sick
from tests.store.conftest import Office, dutch_office, office

__all__ = ["dutch_office", "office"]
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_TODAY", TODAY.isoformat())


@pytest.fixture
def desk(dutch_office: Office) -> Desk:
    """AFAS's example: ill 4 to 19 November, from the 11th on at work for 40 %; and an older, linked case."""
    person_id = dutch_office.add_person("Ann", "Testman", number="12")
    dutch_office.add_person("Bob", "Fictief", number="13")
    desk = case_desk(dutch_office.store, dutch_office.employer_id)
    earlier = report_sick(desk, person_id, Report(date(2026, 10, 5), minutes_worked=120)).case_id
    recover(desk, earlier, date(2026, 10, 8))
    case_id = report_sick(desk, person_id, Report(date(2026, 11, 4), safety_net=True)).case_id
    set_percentage(desk, case_id, Progress(date(2026, 11, 11), 60, Source.PHYSICIAN))
    recover(desk, case_id, date(2026, 11, 20))
    return desk
