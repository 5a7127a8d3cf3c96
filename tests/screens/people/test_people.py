"""The people screen: finding, filtering, marking, and changing many at once."""

from __future__ import annotations

from hrtui.domain.identity.problem import Value
from hrtui.screens.people.people import PeopleScreen
from hrtui.store.changes import RowChange, write
from hrtui.store.provider_links import provider_links, save_provider
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office


def names(text: str) -> list[str]:
    """The names in the list, top to bottom."""
    return [line[2:20].split("  ")[0].strip() for line in text.splitlines()[2:-2] if line.strip()]


async def test_the_menu_opens_the_list_of_who_is_in_service(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "2")
        assert isinstance(pilot.app.screen, PeopleScreen)
        text = screen_text(pilot.app)
        assert names(text)[:2] == ["Aerts-Voorbeeld An", "Baeten Bob"]
        assert "101" in text.splitlines()[2]
        assert "Bakery" in text.splitlines()[2]
        await pilot.press("escape")
        assert pilot.app.screen is pilot.app.month  # type: ignore[attr-defined]


async def test_people_are_found_while_typing_with_slips_and_without_accents(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", *"evrard")
        assert names(screen_text(pilot.app)) == ["Évrard Zoé"]
        await pilot.press("ctrl+u", *"dubios")
        assert names(screen_text(pilot.app)) == ["Dubois Eva"]
        await pilot.press("ctrl+u", *"shop 103")
        assert names(screen_text(pilot.app)) == ["Claes Cem"]
        await pilot.press("ctrl+u", *"qqqq")
        assert "Nothing here is called “qqqq”." in screen_text(pilot.app)
        await pilot.press("escape")
        assert len(names(screen_text(pilot.app))) == 8


async def test_who_left_is_listed_on_request(start: Start, world: Office) -> None:
    con = world.store.con
    person_id = con.execute("SELECT id FROM person WHERE last_name = 'Hoax'").fetchone()[0]
    change = RowChange("person", person_id, {"archived": 0}, {"archived": 1})
    write(world.store, world.employer_id, "Archived", [change])
    async with start() as pilot:
        await pilot.press("ctrl+t", "2")
        assert "Hoax Han" not in names(screen_text(pilot.app))
        await pilot.press("f9")
        assert "Hoax Han" in names(screen_text(pilot.app))
        assert "out of service too" in screen_text(pilot.app).splitlines()[0]


async def test_the_list_is_sorted_by_the_next_column_and_filtered_by_team(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", "f7", "f7")
        assert names(screen_text(pilot.app))[0] == "Aerts-Voorbeeld An"
        await pilot.press("f5", *"shop", "enter", "enter")
        text = screen_text(pilot.app)
        assert "Shop" in text.splitlines()[0]
        assert len(names(text)) == 4


async def test_marked_people_go_to_a_payroll_provider_together(start: Start, world: Office) -> None:
    values: dict[str, Value] = {
        "provider": "acerta", "client_number": "1234567", "contact": "", "cutoff_day": None, "active": 1,
    }  # fmt: skip
    save_provider(world.store, world.employer_id, values)
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", "f6", "f4", "enter", "enter", *"acer", "enter")
        assert "8 people are changed." in screen_text(pilot.app)
        assert [(one.provider, one.people) for one in provider_links(world.store, world.employer_id)] == [
            ("acerta", 8)
        ]
        await pilot.press("ctrl+z")
        assert [one.people for one in provider_links(world.store, world.employer_id)] == [0]


async def test_marked_people_get_a_team_and_a_schedule_together(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", "space", "space")
        assert "2 marked" in screen_text(pilot.app)
        await pilot.press("f4")
        assert "Change 2 people" in screen_text(pilot.app)
        await pilot.press(*"shop", "enter", *"schedule 103", "enter", *"01102026", "enter")
        assert isinstance(pilot.app.screen, PeopleScreen)
        con = world.store.con
        teams = con.execute(
            "SELECT t.name FROM person p JOIN team t ON t.id = p.team_id WHERE p.number IN ('101', '102')"
        ).fetchall()
        assert teams == [("Shop",), ("Shop",)]
        assigned = con.execute(
            "SELECT w.name FROM schedule_assignment a JOIN work_schedule w ON w.id = a.schedule_id"
            " WHERE a.valid_from = '2026-10-01'"
        ).fetchall()
        assert assigned == [("schedule 103",), ("schedule 103",)]
        await pilot.press("ctrl+z", "ctrl+z")
        assert con.execute(
            "SELECT count(*) FROM schedule_assignment WHERE valid_from = '2026-10-01'"
        ).fetchone() == (0,)


async def test_space_is_typed_in_a_search_and_marks_after_moving(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", *"goos gil")
        assert names(screen_text(pilot.app)) == ["Goos Gil"]
        await pilot.press("down", "space")
        assert "1 marked" in screen_text(pilot.app)
        await pilot.press("escape", "escape")
        assert "1 marked" not in screen_text(pilot.app)


async def test_the_palette_opens_a_screen_and_the_month_comes_back(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+p", *"people", "enter")
        assert isinstance(pilot.app.screen, PeopleScreen)
        await pilot.press("ctrl+t", "1")
        assert pilot.app.screen is pilot.app.month  # type: ignore[attr-defined]


async def test_marks_of_the_grid_get_a_schedule(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "space", "space", "ctrl+w")
        assert "Change 2 people" in screen_text(pilot.app)
        await pilot.press("tab", *"schedule 103", "enter", *"01092026", "enter")
        assert pilot.app.screen is pilot.app.month  # type: ignore[attr-defined]
        row = next(line for line in screen_text(pilot.app).splitlines() if "Aerts" in line)
        assert "·" in row[24:27], "Wednesdays are free in that schedule"


async def test_the_filter_of_the_grid_has_the_schedules(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("slash", "up", "enter")
        text = screen_text(pilot.app)
        assert "schedule 108" in text.splitlines()[0]
        assert "Hoax" in text
        assert "Goos" not in text
