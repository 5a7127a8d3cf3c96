"""The guided flow for a new person: to the end, left and gone on with, and who is there already."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from hrtui.i18n import LANGUAGES, text_in
from hrtui.screens.people.drafts import _STATES, PersonDraftsScreen
from hrtui.screens.people.people import PeopleScreen
from hrtui.store.drafts import (
    ANSWERED,
    INVITATION,
    drafts,
    invitations,
    move_invitation,
    prepare_invitation,
    take_answer,
)
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office

NEW = ("ctrl+t", "2", "ctrl+n")


def strip(pilot: Pilot[None]) -> str:
    return "\n".join(screen_text(pilot.app).splitlines()[1:3])


async def to(pilot: Pilot[None], name: str) -> None:
    """Go on field by field, as a clerk does, until the field of that name."""
    for _ in range(80):
        if pilot.app.screen.form.current.field.name == name:  # type: ignore[attr-defined]
            return
        await pilot.press("tab")
    raise AssertionError(f"no field {name}")


async def test_a_person_with_contract_and_schedule_is_one_step(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, "enter", *"Testpersoon", "enter", *"Tess", "enter", "pagedown", "pagedown")
        await pilot.press(*"Voorbeeldstraat", "enter", "1", "enter", "enter", "enter", *"9000", "enter")
        await to(pilot, "national_number")
        await pilot.press(*"85073003328", "enter")
        form = pilot.app.screen.form  # type: ignore[attr-defined]
        assert form.values["birth_date"] == "1985-07-30"
        assert form.values["sex"] == "m"
        await to(pilot, "start_date")
        await pilot.press(*"01102026", "enter")
        await to(pilot, "worker_status")
        await pilot.press(*"white", "enter")
        assert form.values["worker_type"] == "OTH"
        await to(pilot, "joint_committee")
        await pilot.press(*"200", "enter")
        assert "! Employer" in strip(pilot)
        await to(pilot, "schedule_id")
        await pilot.press(*"schedule 101", "ctrl+s")
        assert isinstance(pilot.app.screen, PeopleScreen)
        assert "Testpersoon Tess is created." in screen_text(pilot.app)
        con = world.store.con
        row = con.execute(
            "SELECT p.id, p.number, p.street, p.national_number, c.start_date, c.worker_status,"
            " c.joint_committee, w.name, a.valid_from FROM person p JOIN contract c ON c.person_id = p.id"
            " JOIN schedule_assignment a ON a.person_id = p.id JOIN work_schedule w ON w.id = a.schedule_id"
            " WHERE p.last_name = 'Testpersoon'"
        ).fetchone()
        assert row[1:] == (
            *("109", "Voorbeeldstraat", "85073003328", "2026-10-01", "employee", "200"),
            *("schedule 101", "2026-10-01"),
        )
        await pilot.press("ctrl+z")
        assert con.execute("SELECT count(*) FROM person WHERE last_name = 'Testpersoon'").fetchone() == (0,)


async def test_the_strip_says_what_still_blocks_the_declaration(start: Start) -> None:
    async with start() as pilot:
        await pilot.press(*NEW)
        assert "! Name" in strip(pilot)
        assert "Name: Last name is missing" in strip(pilot)
        await pilot.press("enter", *"Testpersoon", "enter", *"Tess", "enter")
        assert "✓ Name" in strip(pilot)
        await to(pilot, "national_number")
        assert "! Address" in strip(pilot)
        await pilot.press(*"85073003328", "enter")
        assert "✓ Personal" in strip(pilot)
        assert "✓ Address" in strip(pilot)


async def test_a_form_that_was_left_goes_on_where_it_was(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, "enter", *"Testpersoon", "enter", *"Tess", "enter")
        await to(pilot, "birth_place")
        await pilot.press(*"Gen7", "tab")
        assert "“7” cannot be used here" in screen_text(pilot.app)
        await pilot.press("escape")
        (draft,) = drafts(world.store, world.employer_id)
        assert draft.title == "Testpersoon Tess"
        await pilot.press("ctrl+n", "down", "enter")
        form = pilot.app.screen.form  # type: ignore[attr-defined]
        assert form.current.field.name == "birth_country"
        assert form.values["last_name"] == "Testpersoon"
        assert "Gen7" in screen_text(pilot.app)
        assert "“7” cannot be used here" in screen_text(pilot.app)
        await pilot.press("escape", "ctrl+n", "down", "delete", "y")
        assert drafts(world.store, world.employer_id) == []


async def test_where_schedules_and_teams_are_made_is_told_while_there_is_none(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        with world.store.transaction():
            world.store.con.execute("UPDATE person SET team_id = NULL")
            world.store.con.execute("DELETE FROM team")
        await pilot.press(*NEW)
        await to(pilot, "team_id")
        assert "There is nothing to choose yet: Ctrl+T 8 makes one." in screen_text(pilot.app)


async def test_an_untouched_form_leaves_nothing_behind(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, "escape")
        assert drafts(world.store, world.employer_id) == []


async def test_leaving_the_program_keeps_the_form(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, "enter", *"Testpersoon", "ctrl+q")
    assert len(drafts(world.store, world.employer_id)) == 1


async def test_somebody_who_may_be_there_already_is_shown_before_creating(
    start: Start, world: Office
) -> None:
    con = world.store.con
    async with start() as pilot:
        await pilot.press(*NEW, "enter", *"Dubois", "enter", *"Eva", "enter")
        assert "? This may be somebody who is there already: Dubois Eva, 104." in told(pilot.app)
        await to(pilot, "start_date")
        await pilot.press(*"01102026", "ctrl+s")
        assert "Dubois Eva, 104 may be the same person. Create all the same?" in screen_text(pilot.app)
        await pilot.press("n")
        assert con.execute("SELECT count(*) FROM person WHERE last_name = 'Dubois'").fetchone() == (1,)
        await pilot.press("ctrl+s", "y")
        assert con.execute("SELECT count(*) FROM person WHERE last_name = 'Dubois'").fetchone() == (2,)


async def test_a_number_that_is_taken_is_told_and_nothing_is_lost(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, *"104", "enter", *"Testpersoon", "enter", *"Tess", "enter")
        await to(pilot, "start_date")
        await pilot.press(*"01102026", "ctrl+s", "y")
        assert "Dubois Eva has this employee number already." in screen_text(pilot.app)
        assert "Testpersoon" in screen_text(pilot.app)


async def test_the_employee_is_invited_to_fill_in_the_rest(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, "enter", *"Testpersoon", "enter", *"Tess", "enter", *"employee", "enter")
        assert "Street" not in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        assert "! The invitation goes to this address: fill it in." in told(pilot.app)
        await pilot.press(*"tess@example.org", "ctrl+s")
        (letter,) = drafts(world.store, world.employer_id, INVITATION)
        assert letter.data["email"] == "tess@example.org"
        assert letter.title == "Testpersoon Tess"
        await pilot.press("ctrl+n")
        assert "Invited; sent once a backend is connected" in screen_text(pilot.app)
        await pilot.press("down", "enter")
        assert "tess@example.org is invited; Del withdraws it." in told(pilot.app)
        await pilot.press("delete", "y")
        assert drafts(world.store, world.employer_id, INVITATION) == []


async def test_an_answered_invitation_is_checked_and_completed_in_the_form(
    start: Start, world: Office
) -> None:
    form = {"values": {"number": "150", "last_name": "Testpersoon", "first_name": "Tess", "who": "employee"}}
    prepare_invitation(world.store, world.employer_id, "Testpersoon Tess", "t@example.org", "nl", form=form)
    (letter,) = invitations(world.store, world.employer_id)
    answer = {"birth_date": "1985-07-30", "national_number": "85073003328", "city": "Gent", "country": "BE"}
    letter = move_invitation(world.store, world.employer_id, letter, ANSWERED, answer=answer)
    take_answer(world.store, world.employer_id, letter)
    async with start() as pilot:
        await pilot.press("ctrl+t", "2")
        assert "1 form filled in" in told(pilot.app)
        await pilot.press("ctrl+n")
        assert "Testpersoon Tess Filled in by the employee: check it" in told(pilot.app)
        await pilot.press("down", "enter")
        values = pilot.app.screen.form.values  # type: ignore[attr-defined]
        assert (values["who"], values["city"], values["first_name"]) == ("myself", "Gent", "Tess")
        await to(pilot, "start_date")
        await pilot.press(*"01102026", "ctrl+s")
        assert "Testpersoon Tess is created." in screen_text(pilot.app)
    find = "SELECT number, city, national_number FROM person WHERE last_name = 'Testpersoon'"
    assert world.store.con.execute(find).fetchall() == [("150", "Gent", "85073003328")]
    assert drafts(world.store, world.employer_id) == []


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
async def test_a_narrow_strip_has_all_steps_that_block(start: Start, language: str) -> None:
    async with start((60, 15), language) as pilot:
        await pilot.press("ctrl+t", "2", "ctrl+n")
        line = screen_text(pilot.app).splitlines()[1]
        assert line.count("!") == 5
        assert "…" not in line
        assert "✓" not in line


async def test_half_a_field_is_kept_while_the_clerk_looks_away(
    start: Start, world: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrtui.screens.people.new_person._PAUSE", 0.01)
    async with start() as pilot:
        await pilot.press(*NEW, "enter", *"Testper")
        for _ in range(500):
            if kept := drafts(world.store, world.employer_id):
                break
            await pilot.pause(0.01)
        assert kept[-1].data["texts"] == {"last_name": "Testper"}


async def test_a_schedule_that_is_made_meanwhile_can_be_chosen_on_coming_back(start: Start) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, "tab", *"Testpersoon", "tab", *"Tess", "tab")
        await to(pilot, "schedule_id")
        await pilot.press(*"x", *("backspace",))
        await pilot.press("ctrl+t", "7", "ctrl+n", *"Nieuw rooster", "ctrl+s", "escape")
        assert "New person  Testpersoon Tess" in screen_text(pilot.app).splitlines()[0]
        await pilot.press(*"nieuw roo", "tab")
        form = pilot.app.screen.form  # type: ignore[attr-defined]
        assert form.cell("schedule_id").edit.text == "Nieuw rooster"


async def test_what_the_employer_lacks_is_filled_in_without_leaving_the_form(start: Start) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, "tab", *"Testpersoon")
        assert "! Employer" in strip(pilot)
        await pilot.press("ctrl+t", "9")
        for _ in range(20):
            if pilot.app.screen.form.current.field.name == "enterprise_number":  # type: ignore[attr-defined]
                break
            await pilot.press("tab")
        await pilot.press(*"0403019261", "tab")
        for _ in range(20):
            if pilot.app.screen.form.current.field.name == "nsso_number":  # type: ignore[attr-defined]
                break
            await pilot.press("tab")
        await pilot.press("escape")
        assert "The enterprise number of the employer is missing" not in strip(pilot)
        assert "Testpersoon" in screen_text(pilot.app)


async def test_leaving_tells_where_the_form_is(start: Start) -> None:
    async with start() as pilot:
        await pilot.press(*NEW, "tab", *"Testpersoon", "tab", "escape")
        assert "“Testpersoon” is kept as far as it is; Ctrl+N goes on with it." in told(pilot.app)
        assert "1 form begun" in screen_text(pilot.app).splitlines()[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_far_an_invitation_is_has_room_in_the_list(language: str) -> None:
    room = PersonDraftsScreen.columns[1].width
    assert [text for text in _STATES.values() if cell_len(text_in(language, text)) > room] == []
