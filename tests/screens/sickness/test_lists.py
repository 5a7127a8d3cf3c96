"""The lists over all cases: cases, agenda, figures, exports, retention, classifications."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.sickness.case import Progress
from hrtui.domain.sickness.reporting import Report
from hrtui.store.sickness.classifications import offered_by
from hrtui.store.sickness.course import recover, set_percentage
from tests.screens.conftest import screen_text, told
from tests.screens.sickness.employers import Ward, dutch, office, opened, today

__all__ = ["dutch", "office", "today"]


@pytest.fixture
def busy(dutch: Ward) -> Ward:
    """One closed case, two open ones in two teams, one of them partly recovered."""
    closed = dutch.ill("Baeten", Report(date(2026, 3, 2)))
    recover(dutch.desk, closed, date(2026, 3, 16))
    dutch.ill("Aerts", Report(date(2026, 8, 3)))
    partly = dutch.ill("Claes", Report(date(2026, 9, 1)))
    set_percentage(dutch.desk, partly, Progress(date(2026, 9, 7), 50))
    return dutch


async def test_open_cases_are_listed_closed_ones_on_request(busy: Ward) -> None:
    async with opened(busy, (120, 40)) as pilot:
        await pilot.press("ctrl+t", "s")
        lines = screen_text(pilot.app).splitlines()
        assert "Claes Cem" in lines[2]
        assert "50 %*" in lines[2]
        assert "Aerts-Voorbeeld Ann" in lines[3]
        assert "43" in lines[3]
        assert "Baeten" not in told(pilot.app)
        await pilot.press("f9")
        assert "Baeten Bob Bakery Ill 2 Mar 2026 15 Mar 2026" in told(pilot.app)
        await pilot.press(*"baet")
        assert "Claes" not in told(pilot.app)


async def test_cases_are_filtered_by_team_and_state(busy: Ward) -> None:
    async with opened(busy) as pilot:
        await pilot.press("ctrl+t", "s", "f5", *"closed", "enter", *"bake", "ctrl+s")
        text = told(pilot.app)
    assert "Sick reports Proef BV closed cases Bakery" in text
    assert "Baeten Bob" in text
    assert "Aerts" not in text


async def test_the_agenda_is_sorted_by_day_and_a_line_is_done(busy: Ward) -> None:
    async with opened(busy) as pilot:
        await pilot.press("ctrl+t", "g")
        lines = screen_text(pilot.app).splitlines()
        assert lines[2].startswith("  ! Sun 9 Aug    Aerts-Voorb")
        assert lines[-2] == " Aerts-Voorbeeld Ann 201, Bakery"
        assert "late" in lines[2]
        assert lines[3].startswith("  ! Mon 7 Sep    Claes Cem")
        await pilot.press("f4")
        assert "Done today: Report to the occupational service" in told(pilot.app)
        assert screen_text(pilot.app).splitlines()[2].startswith("  ! Mon 7 Sep    Claes Cem")
        await pilot.press("ctrl+z")
        assert screen_text(pilot.app).splitlines()[2].startswith("  ! Sun 9 Aug ")
        await pilot.press("enter")
        assert "Aerts-Voorbeeld Ann 201" in told(pilot.app)


async def test_the_agenda_becomes_a_calendar_file_without_names(busy: Ward) -> None:
    async with opened(busy) as pilot:
        await pilot.press("ctrl+t", "g", "ctrl+s", "enter")
        assert "Written to" in told(pilot.app)
    (written,) = (Path.home() / "hrtui").iterdir()
    text = written.read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") >= 4
    assert "Aerts" not in text


async def test_how_long_cases_lasted_is_read_whole(busy: Ward) -> None:
    async with opened(busy, language="nl") as pilot:
        await pilot.press("ctrl+t", "s", "f2", "3")
        assert "43 dagen tot een jaar: 0 meer dan een jaar: 0 Enter" in told(pilot.app)


async def test_figures_per_team_and_a_bar_for_each_month(busy: Ward) -> None:
    async with opened(busy) as pilot:
        await pilot.press("ctrl+t", "s", "f2", "3")
        text = told(pilot.app)
        assert "Absence figures Proef BV 2026" in text
        assert "Everybody 5" in text
        assert "14.0 d" in text
        assert "up to 7 days: 0 8 to 42 days: 1" in text
        await pilot.press("enter")
        lines = screen_text(pilot.app).splitlines()
        bars = {line[1:17].strip(): line.count("█") for line in lines if "%" in line}
        assert bars["September 2026"] > bars["March 2026"] > bars["January 2026"] == 0
        await pilot.press("escape", "left")
        assert "Proef BV 2025" in told(pilot.app)
        await pilot.press("right", "f5")
        assert "2026, quarter 3" in told(pilot.app)


async def test_whole_histories_are_exported_for_everybody_or_one(busy: Ward) -> None:
    async with opened(busy) as pilot:
        await pilot.press("ctrl+t", "s", "f2", "4", *"afas", "ctrl+s")
        assert "Written to" in told(pilot.app)
        await pilot.press("enter", "f2", *("up",), *("down",) * 12, "enter", "ctrl+s")
        assert "Written to" in told(pilot.app)
    folder = Path.home() / "hrtui"
    afas = json.loads((folder / "proef-bv-absences-afas.json").read_bytes())
    assert len(afas["absences"]) == 3
    assert [step["PsPc"] for step in afas["absences"][2]["HrAbsIllnessProgress"]] == [0, 50]
    lines = (folder / "proef-bv-absences.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3
    assert all("Claes" in line for line in lines[1:])


async def test_cases_whose_time_is_over_are_erased_with_proof(
    busy: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRTUI_TODAY", "2028-03-16")
    async with opened(busy) as pilot:
        await pilot.press("ctrl+t", "s", "f2", "6")
        assert "Baeten Bob 2 Mar 2026 15 Mar 2026 15 Mar 2028" in told(pilot.app)
        await pilot.press("delete", "n")
        assert len(busy.cases()) == 3
        await pilot.press("delete", "y")
        assert "1 case and its files are erased." in told(pilot.app)
        assert "No case has to be erased now." in told(pilot.app)
        await pilot.press("f3")
        assert "Clerk One Case 1, Percentage 1" in told(pilot.app)
        assert "Baeten" not in told(pilot.app)
    assert len(busy.cases()) == 2


async def test_classifications_are_switched_moved_and_never_made(dutch: Ward) -> None:
    async with opened(dutch) as pilot:
        await pilot.press("ctrl+t", "s", "f2", "7", "enter")
        assert "Plain illness is always offered." in told(pilot.app)
        await pilot.press("down", "enter")
        assert [one.code for one in offered_by(dutch.desk)] == ["ill", "third_party"]
        await pilot.press("ctrl+z", "left")
        assert offered_by(dutch.desk)[0].code == "work_accident"
        await pilot.press("ctrl+n")
        assert "Nothing can be added to this list." in told(pilot.app)
