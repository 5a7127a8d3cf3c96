"""The screen of a case: course, timeline, certificates and messages, as a case manager goes through it."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest

from hrtui import i18n
from hrtui.domain.sickness.case import Progress
from hrtui.domain.sickness.certificates import Certificate
from hrtui.domain.sickness.guaranteed_wage import Band, WageDay
from hrtui.domain.sickness.message import Telling
from hrtui.domain.sickness.reporting import Report
from hrtui.screens.sickness.case_lines import wage_spans
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness.contacts import contacts_of
from hrtui.store.sickness.course import recover, set_percentage
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.marks import add_certificate, certificates_of, marks_of
from hrtui.store.sickness.people import no_risk
from tests.screens.conftest import screen_text, told
from tests.screens.sickness.employers import Ward, belgian, dutch, office, opened, today, typed

__all__ = ["belgian", "dutch", "office", "today"]

TO_CASE = ("ctrl+t", "s", "enter")
FIRST = date(2026, 9, 1)


async def test_partial_recovery_and_relapse_are_steps_of_the_course(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "ctrl+n", *"10092026", "tab", *"40", "tab", *"phys", "ctrl+s")
        assert "40 % ill from Thu 10 Sep on." in told(pilot.app)
        await pilot.press("f2", "1", *"12092026", "tab", *"100", "ctrl+s")
        text = told(pilot.app)
    assert "Thu 10 Sep 2026 40 % ill occupational physician" in text
    assert "Sat 12 Sep 2026 fully ill reported by the employer" in text


async def test_a_step_is_changed_and_removed_from_its_line(dutch: Ward) -> None:
    case_id = dutch.ill("Aerts", Report(FIRST))
    set_percentage(dutch.desk, case_id, Progress(date(2026, 9, 10), 40))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "down", "enter", "1", "tab", *"60", "ctrl+s")
        assert "Thu 10 Sep 2026 60 % ill" in told(pilot.app)
        await pilot.press("enter", "2")
        assert "60 % ill" not in told(pilot.app)


async def test_recovery_frees_the_calendar_and_the_service_is_told_of_it(dutch: Ward) -> None:
    case_id = dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "f2", "2", "ctrl+s")
        text = told(pilot.app)
        assert "Recovered from Mon 14 Sep on. 35 days of the calendar are free." in text
        assert "recovered from 14 Sep 2026" in text
        assert "Tell the occupational service of the recovery" in text
        await pilot.press("home", "enter", "1")
        text = told(pilot.app)
        assert "To: Arbodienst Proef <meld@example.org> +31201234567" in text
        assert "is hersteld" in text or "weer aan het werk" in text or "hersteld" in text
        await pilot.press("1")
        text = told(pilot.app)
        assert "It is recorded that the occupational service was told." in text
        assert "Tell the occupational service of the recovery" not in text
    (contact,) = contacts_of(dutch.desk, case_id)
    assert (contact.kind, contact.channel, contact.state) == (Telling.RECOVERY, "phone", "told")


async def test_the_e_mail_is_prepared_as_a_file_and_marked_once_it_went(dutch: Ward) -> None:
    case_id = dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "f2", "4", "1", "2", "enter")
        assert "Written to" in told(pilot.app)
        await pilot.press("end", "up", "enter")
        assert "Did the e-mail to meld@example.org go out?" in told(pilot.app)
        await pilot.press("y")
        assert "e-mail sent" in told(pilot.app)
    mail = message_from_bytes((Path.home() / "hrtui" / "report-201.eml").read_bytes())
    assert mail["To"] == "meld@example.org"
    assert "Ann Aerts-Voorbeeld" in str(mail["Subject"])
    assert [mark.step for mark in marks_of(dutch.desk, case_id)] == ["service_report"]


async def test_with_a_backend_the_e_mail_waits_for_it_and_no_file_is_made(dutch: Ward) -> None:
    case_id = dutch.ill("Aerts", Report(FIRST))
    store = dutch.office.store
    store.con.execute("INSERT INTO setting VALUES ('backend', 'https://127.0.0.1')")
    set_own_roles(store, dutch.office.employer_id, ["case_manager"])
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "f2", "4", "1", "2")
        assert "The backend sends the e-mail" in told(pilot.app)
    assert not list(Path.home().rglob("*.eml"))
    (contact,) = contacts_of(case_desk(store, dutch.office.employer_id), case_id)
    assert (contact.channel, contact.state) == ("email", "waiting")


async def test_a_closed_case_is_opened_again_and_a_relapse_is_a_linked_report(dutch: Ward) -> None:
    case_id = dutch.ill("Aerts", Report(FIRST))
    recover(dutch.desk, case_id, date(2026, 9, 8))
    async with opened(dutch, (120, 40)) as pilot:
        await pilot.press("ctrl+t", "s", "f9", "enter", "f2", "1")
        assert "The case is open again." in told(pilot.app)
        await pilot.press("ctrl+z", "f2", "2", "ctrl+s")
        text = told(pilot.app)
    assert "Count of sick days" in text
    assert "7 sick days from Tue 1 Sep" in text
    assert "counts on: 6 days in between, fewer than 28" in text


async def test_a_correction_moves_the_calendar_and_is_in_the_history(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch, (120, 40)) as pilot:
        await pilot.press(*TO_CASE, "f4", "tab", *"03092026", "ctrl+s")
        assert "The report is corrected. 2 days of the calendar are free." in told(pilot.app)
        await pilot.press("f3")
        text = told(pilot.app)
        assert "First sick day" in text
        await pilot.press("enter")
        assert "Correct the case itself: then the calendar follows." in told(pilot.app)
    assert dutch.cases() == [("2026-09-03", None)]


async def test_a_step_of_the_timeline_is_done_late_not_needed_or_open_again(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "down")
        assert "! Mon 7 Sep 2026 Report to the occupational service (late)" in told(pilot.app)
        await pilot.press("enter", "enter")
        assert "✓ Mon 7 Sep 2026 Report to the occupational service (done late 14 Sep 2026)" in told(
            pilot.app
        )
        await pilot.press("enter", "ctrl+u", *"15092026", "enter")
        assert "A step cannot be done in the future." in told(pilot.app)
        await pilot.press("ctrl+u", *"-", "enter")
        assert "(not needed)" in told(pilot.app)
        await pilot.press("enter", "ctrl+u", "enter")
        assert "Report to the occupational service (late)" in told(pilot.app)


async def test_the_whole_timeline_is_shown_on_request(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch, (120, 60)) as pilot:
        await pilot.press(*TO_CASE)
        assert "WIA application" not in told(pilot.app)
        await pilot.press("down", "down", "down", "down", "enter")
        text = told(pilot.app)
    assert "42nd week's notice to UWV" in text
    assert "End of the wage obligation" in text


async def test_a_self_insurer_sees_the_terms_of_uwv(dutch: Ward) -> None:
    dutch.office.store.con.execute("UPDATE employer SET zw_self_insured = 1")
    dutch.ill("Dubois", Report(date(2026, 9, 10)))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE)
        assert "Thu 22 Oct 2026 Report illness to UWV (to do)" in told(pilot.app)
        await pilot.press("enter", "enter")
        assert "Report illness to UWV" not in told(pilot.app)


async def test_belgian_cases_show_who_pays_and_ask_for_certificates(belgian: Ward) -> None:
    case_id = belgian.ill("Aerts", Report(FIRST))
    async with opened(belgian) as pilot:
        await pilot.press(*TO_CASE)
        text = told(pilot.app)
        assert "Who pays (14 of 30 days used)" in text
        assert "Tue 1 Sep – Wed 30 Sep guaranteed wage 100 % 30/30" in text
        assert "From Thu 1 Oct on: health fund" in text
        assert "! Thu 3 Sep 2026 Certificate (late)" in text
        assert "Timeline" not in text
        await pilot.press("enter", "tab", *"30092026", "ctrl+s")
        text = told(pilot.app)
        assert "Tue 1 Sep – Wed 30 Sep received Mon 14 Sep" in text
        assert "Certificate (late)" not in text
    assert len(certificates_of(belgian.desk, case_id)) == 1


async def test_the_count_is_explained_whole_in_french_too(belgian: Ward) -> None:
    recover(belgian.desk, belgian.ill("Aerts", Report(date(2026, 8, 3))), date(2026, 8, 31))
    belgian.ill("Aerts", Report(date(2026, 9, 14)))
    async with opened(belgian, language="fr") as pilot:
        await pilot.press(*TO_CASE)
        assert "14 jours entre les deux, moins de 56 " in told(pilot.app)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_who_pays_is_never_cut(language: str) -> None:
    """The longest stretch stands whole in the 80 columns, in the languages with the longest words."""
    i18n.set_language(language)
    days = [WageDay(date(2026, 9, day), Band.SUPPLEMENT, day - 1, 31 - day) for day in range(23, 31)]
    (line,) = wage_spans(days)
    i18n.set_language("en")
    assert line.endswith("29/30")
    assert len(f"   {line}") <= 80


async def test_an_announced_certificate_comes_in(belgian: Ward) -> None:
    case_id = belgian.ill("Aerts", Report(FIRST))
    add_certificate(belgian.desk, case_id, Certificate(FIRST, date(2026, 9, 30), None))
    async with opened(belgian) as pilot:
        await pilot.press(*TO_CASE, "down", "down")
        await pilot.press("enter", "enter")
        assert "received Mon 14 Sep" in told(pilot.app)


async def test_the_calendar_of_a_belgian_says_who_pays_the_day(belgian: Ward) -> None:
    belgian.ill("Aerts", Report(FIRST))
    async with opened(belgian) as pilot:
        await pilot.press("ctrl+home", "ctrl+o")
        assert "guaranteed wage 100 % (14 of 30 days used)" in told(pilot.app)
        await pilot.press("f9")
        assert "health fund (30 of 30 days used)" in told(pilot.app)


async def test_taking_a_report_back_is_one_step_that_undo_brings_back(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "delete", "y")
        assert dutch.cases() == []
        assert "The report is taken back." in told(pilot.app)
        await pilot.press("ctrl+z")
        assert dutch.cases() == [("2026-09-01", None)]


async def test_a_case_that_undo_takes_away_closes_its_screen(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "ctrl+z")
        assert "Undone: Absence of Aerts-Voorbeeld Ann" in told(pilot.app)
        assert "Sick reports" in screen_text(pilot.app)


async def test_the_no_risk_mark_needs_a_ground(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch, (120, 40)) as pilot:
        await pilot.press(*TO_CASE, "f2", *("down",) * 9, "enter", *typed("proof"), "ctrl+s")
        assert "No-risk policy proof of UWV" in told(pilot.app)
    assert no_risk(dutch.desk, dutch.people["Aerts"]).basis == "proof"


async def test_the_overview_is_written_as_pdf(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "f2", "7", "enter")
        assert "Written to" in told(pilot.app)
    (written,) = (Path.home() / "hrtui").iterdir()
    assert written.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40)])
async def test_every_line_that_can_be_acted_on_is_reached(dutch: Ward, size: tuple[int, int]) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch, size) as pilot:
        await pilot.press(*TO_CASE, *("down",) * 12)
        assert "None yet" in screen_text(pilot.app)
        await pilot.press("enter")
        assert "No files yet" in told(pilot.app)
        await pilot.press("escape", *("up",) * 14)
        assert "fully ill" in screen_text(pilot.app)


async def test_each_line_of_a_long_menu_has_a_sign_that_chooses_it(dutch: Ward) -> None:
    dutch.ill("Aerts", Report(FIRST))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE, "f2")
        assert " a  No-risk policy…" in screen_text(pilot.app)
        await pilot.press("b")
        assert "Export absence histories" in told(pilot.app)


@pytest.mark.parametrize(
    ("who", "first", "said"),
    [
        ("Aerts", FIRST, "Wage is paid until 28 Aug 2028"),
        ("Dubois", date(2026, 8, 20), "Wage is paid until 1 Sep 2026"),
        ("Dubois", date(2026, 9, 10), "104 weeks of illness until 6 Sep 2028"),
    ],
)
async def test_wage_is_paid_as_long_as_the_service_lasts(
    dutch: Ward, who: str, first: date, said: str
) -> None:
    dutch.ill(who, Report(first))
    async with opened(dutch) as pilot:
        await pilot.press(*TO_CASE)
        assert said in told(pilot.app)


async def test_the_text_for_the_service_is_read_whole_also_without_an_address(dutch: Ward) -> None:
    dutch.office.store.con.execute(
        "UPDATE employer SET occupational_email = '', occupational_phone = '',"
        " occupational_service = 'Arbodienst voor de uitzendbranche in het oosten des lands, vestiging Proef'"
    )
    dutch.ill("Evers", Report(FIRST))
    async with opened(dutch, (60, 24)) as pilot:
        await pilot.press(*TO_CASE, "f2", "4", "1")
        text = told(pilot.app)
    assert "To: Arbodienst voor de uitzendbranche in het oosten des lands, vestiging Proef Subject:" in text
    assert "no number in the employer's settings" in text
