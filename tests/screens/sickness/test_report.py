"""Reporting sick on the screen: finding, adding, the form, what is refused, and taking it back."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.day import Entry
from hrtui.domain.sickness.reporting import Report
from hrtui.store.changes import DayChange, write
from hrtui.store.entries import current
from hrtui.store.sickness.course import recover
from tests.screens.conftest import told
from tests.screens.sickness.employers import TODAY, Ward, belgian, dutch, office, opened, today, typed

__all__ = ["belgian", "dutch", "office", "today"]


async def test_the_person_under_the_cursor_is_reported_from_the_grid_and_taken_back(dutch: Ward) -> None:
    async with opened(dutch) as pilot:
        await pilot.press("slash", *"bae", "enter", "percent_sign")
        assert "Report sick Baeten Bob" in told(pilot.app)
        await pilot.press("ctrl+s")
        assert "Baeten Bob is ill from Mon 14 Sep on. 35 days of the calendar are filled." in told(pilot.app)
        assert dutch.cases() == [("2026-09-14", None)]
        await pilot.press("ctrl+z")
        assert dutch.cases() == []
    day = (dutch.people["Baeten"], TODAY)
    assert current(dutch.office.store.con, [day])[day] == ()


async def test_the_calendar_reports_from_its_day(dutch: Ward) -> None:
    async with opened(dutch) as pilot:
        await pilot.press("ctrl+home", "ctrl+o", "left", "left", "left", "percent_sign", "ctrl+s")
        assert "Aerts-Voorbeeld Ann is ill from Fri 11 Sep on." in told(pilot.app)
    assert dutch.cases() == [("2026-09-11", None)]


async def test_three_letters_find_the_person_who_left_too(dutch: Ward) -> None:
    async with opened(dutch) as pilot:
        await pilot.press("ctrl+t", "r", *"dub")
        assert "Nobody is called “dub”: F9 looks out of service too" in told(pilot.app)
        await pilot.press("f9")
        assert "Dubois Eva" in told(pilot.app)
        await pilot.press("enter", "ctrl+s")
        assert "Dubois Eva 204 Shop ill since 14 Sep 2026, 100 %" in told(pilot.app)
    assert dutch.cases() == [("2026-09-14", None)]


async def test_everything_that_was_typed_is_stored(dutch: Ward) -> None:
    async with opened(dutch, (120, 40)) as pilot:
        await pilot.press("ctrl+t", "r", *"cla", "enter")
        await pilot.press(*"work", "enter", *typed("10092026"), "enter", *"40", "enter", *"phys", "enter")
        await pilot.press(*"2:00", "enter", *"30092026", "enter", *"Proefpad", "enter", *"7", "enter")
        await pilot.press("ctrl+s")
        text = told(pilot.app)
    assert "40 % ill occupational physician" in text
    assert "Worked on the first day 2:00" in text
    row = dutch.office.store.con.execute(
        "SELECT classification, first_day, minutes_worked, expected_end, nursing_street, work_accident"
        " FROM sickness_case"
    ).fetchone()
    assert row == ("work_accident", "2026-09-10", 120, "2026-09-30", "Proefpad", 1)
    step = dutch.office.store.con.execute("SELECT percent, source FROM sickness_progress").fetchone()
    assert step == (40, "physician")


async def test_a_belgian_report_asks_for_the_certificate_and_not_for_what_is_dutch(belgian: Ward) -> None:
    async with opened(belgian, (120, 40)) as pilot:
        await pilot.press("percent_sign")
        text = told(pilot.app)
    assert "First day, no certificate" in text
    assert "Safety net" not in text
    assert "Waiting days" not in text


async def test_planned_leave_in_the_way_is_named_before_saving(dutch: Ward) -> None:
    leave = (Entry(dutch.office.kind("v"), 456),)
    days = [date(2026, 9, 15), date(2026, 9, 16)]
    changes = [DayChange(dutch.people["Aerts"], day, (), leave) for day in days]
    write(dutch.office.store, dutch.office.employer_id, "Leave", changes)
    async with opened(dutch) as pilot:
        await pilot.press("ctrl+home", "1", "4", "enter", "percent_sign")
        assert "Planned leave gives way: Tue 15 Sep, Wed 16 Sep." in told(pilot.app)
        await pilot.press("ctrl+s")
        assert "Report sick all the same?" in told(pilot.app)
        assert dutch.cases() == []
        await pilot.press("n", "ctrl+s", "y")
        assert dutch.cases() == [("2026-09-14", None)]


async def test_a_second_open_case_leads_into_the_first(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(date(2026, 9, 7)))
    async with opened(dutch) as pilot:
        await pilot.press("ctrl+home", "percent_sign")
        assert "Aerts-Voorbeeld Ann is reported ill already: open that case." in told(pilot.app)
        await pilot.press("enter")
        assert "ill since 7 Sep 2026, 100 %" in told(pilot.app)
    assert len(dutch.cases()) == 1


async def test_a_case_of_the_same_days_that_came_meanwhile_leads_there_too(dutch: Ward) -> None:
    async with opened(dutch) as pilot:
        await pilot.press("ctrl+home", "percent_sign")
        dutch.ill("Aerts", Report(date(2026, 9, 7)))
        await pilot.press("ctrl+s")
        assert "is reported ill already" in told(pilot.app)
        await pilot.press("enter")
        assert "ill since 7 Sep 2026" in told(pilot.app)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (("tab", *"16092026", "ctrl+s"), "The first sick day can be tomorrow at the latest."),
        (("tab", "tab", *"0", "ctrl+s"), "This is too little: at least 1."),
        (("tab", "tab", "tab", *"9:00", "ctrl+s"), "cannot have worked longer than planned"),
        (("tab",) * 4 + (*"13092026", "ctrl+s"), "The expected end is before the first sick day."),
    ],
)
async def test_what_cannot_be_is_told_and_nothing_is_stored(
    dutch: Ward, keys: tuple[str, ...], sentence: str
) -> None:
    async with opened(dutch) as pilot:
        await pilot.press("ctrl+home", "percent_sign", *keys)
        assert sentence in told(pilot.app)
    assert dutch.cases() == []


async def test_the_days_between_linked_cases_are_explained_before_saving(dutch: Ward) -> None:
    case_id = dutch.ill("Aerts", Report(date(2026, 8, 3)))
    recover(dutch.desk, case_id, date(2026, 8, 24))
    async with opened(dutch, (120, 40)) as pilot:
        await pilot.press("ctrl+home", "percent_sign")
        text = told(pilot.app)
        assert "21 sick days from Mon 3 Aug" in text
        assert "counts on: 21 days in between, fewer than 28" in text


async def test_an_unknown_person_is_added_with_what_a_report_needs_and_no_more(dutch: Ward) -> None:
    async with opened(dutch, (80, 40)) as pilot:
        await pilot.press("ctrl+t", "r", *"xyz", "ctrl+n")
        text = told(pilot.app)
        labels = (
            "Surname",
            "Prefix",
            "Given name",
            "Initials",
            "Sex",
            "Street",
            "Postcode",
            "Town",
            "Private mobile number",
        )
        assert all(
            label in text
            for label in (*labels, "Start of the contract", "Type of employment", "No-risk policy")
        )
        assert "Citizen service number" not in text
        assert "IBAN" not in text
        await pilot.press("enter", "enter", *"Xandra", "ctrl+s")
        assert "Start of the contract" in told(pilot.app)
        await pilot.press(*"01092026", "ctrl+s")
        assert "Report sick Xyz Xandra" in told(pilot.app)
        await pilot.press("ctrl+s")
        assert "Xyz Xandra 206 ill since 14 Sep 2026" in told(pilot.app)
    assert dutch.cases() == [("2026-09-14", None)]


async def test_a_self_insurer_is_asked_for_bsn_and_iban(dutch: Ward) -> None:
    dutch.office.store.con.execute("UPDATE employer SET zw_self_insured = 1")
    async with opened(dutch, (80, 40)) as pilot:
        await pilot.press("ctrl+t", "r", *"xyz", "ctrl+n")
        text = told(pilot.app)
    assert "Citizen service number" in text
    assert "IBAN" in text


async def test_a_no_risk_mark_is_refused_before_it_may_be_asked(dutch: Ward) -> None:
    async with opened(dutch, (80, 40)) as pilot:
        await pilot.press(
            "ctrl+t", "r", *"xyz", "ctrl+n", "enter", "enter", *"Xandra", "pagedown", "pagedown"
        )
        await pilot.press(*"01092026", "enter", "enter", "enter", *"told", "ctrl+s")
        assert "An employer may ask for it after two months of employment only." in told(pilot.app)
    assert dutch.office.store.con.execute("SELECT count(*) FROM person WHERE number = '206'").fetchone() == (
        0,
    )


async def test_an_open_case_goes_on_in_the_calendar_when_the_program_starts(
    dutch: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    dutch.ill("Baeten", Report(TODAY))
    monkeypatch.setenv("HRTUI_TODAY", "2026-11-02")
    day = (dutch.people["Baeten"], date(2026, 12, 31))
    assert current(dutch.office.store.con, [day])[day] == ()
    async with opened(dutch) as pilot:
        await pilot.pause()
    assert current(dutch.office.store.con, [day])[day] != ()


async def test_a_long_reason_is_told_whole_above_the_form(dutch: Ward) -> None:
    dutch.office.add_person("Bartholomeus", "Van de Proefnaam", number="299", start=date(2026, 9, 10))
    async with opened(dutch) as pilot:
        await pilot.press("ctrl+t", "r", *"proef", "enter", "tab", *"09092026", "enter")
        assert "no contract that began by then: check the first sick day." in told(pilot.app)
