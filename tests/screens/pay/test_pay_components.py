"""Pay components on the screen: types, amounts for many people, batches, and one person's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from hrtui.domain.identity.problem import Value
from hrtui.domain.money import PayValue
from hrtui.domain.month import Month
from hrtui.store.pay_component_types import pay_types, save_pay_type, set_people
from hrtui.store.pay_components import add_component, components
from hrtui.store.people import Filter, person_ids
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office

SEPTEMBER = Month(2026, 9)
BONUS: dict[str, Value] = {
    "code": "070", "name_nl": "", "name_fr": "", "name_en": "Bonus", "group_name": "", "input": "total",
    "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip
TRAVEL = {**BONUS, "code": "5000", "name_en": "Travel", "input": "units"}


@pytest.fixture
def bonus(world: Office) -> int:
    return save_pay_type(world.store, world.employer_id, BONUS)


@pytest.fixture
def travel(world: Office) -> int:
    return save_pay_type(world.store, world.employer_id, TRAVEL)


async def shown(pilot: Pilot[None], *keys: str) -> str:
    """The screen after these keys."""
    await pilot.press(*keys)
    await pilot.pause()
    return screen_text(pilot.app)


async def paste(pilot: Pilot[None], text: str) -> str:
    """The screen after this text was pasted into the terminal."""
    await pilot.app.on_event(Paste(text))
    return await shown(pilot)


def who(world: Office, name: str) -> int:
    return person_ids(world.store, world.employer_id, SEPTEMBER, Filter(name))[0]


def stored(world: Office, name: str, month: Month = SEPTEMBER) -> list[int]:
    """The cents of a person's components."""
    return [one.value.cents for one in components(world.store, world.employer_id, who(world, name), month)]


def all_stored(world: Office, month: Month = SEPTEMBER) -> int:
    people = person_ids(world.store, world.employer_id, month, Filter())
    found = (one for id_ in people for one in components(world.store, world.employer_id, id_, month))
    return sum(one.value.cents for one in found)


def line_with(text: str, word: str) -> str:
    return next(line for line in text.splitlines() if word in line)


async def test_a_type_is_made_and_found_again(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "4")
        assert "There is no type yet; Ctrl+N makes one" in text
        text = await shown(pilot, "ctrl+n", *"070", "enter", *"Bonus", "ctrl+s")
        assert "Bonus" in line_with(text, "070")
        (kind,) = pay_types(world.store, world.employer_id)
        assert (kind.code, kind.name, kind.for_everyone, kind.active) == ("070", "Bonus", True, True)


async def test_a_type_is_changed_field_by_field_and_undone(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "f4", "tab", *"Premium", "tab")
        assert pay_types(world.store, world.employer_id)[0].names["en"] == "Premium"
        await shown(pilot, "ctrl+z")
        assert pay_types(world.store, world.employer_id)[0].names["en"] == "Bonus"


async def test_amounts_are_typed_down_the_column_and_saved_as_one_step(
    start: Start, world: Office, bonus: int
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter", *"500", "enter", *"1,234.50", "enter", "enter", *"-20")
        text = await shown(pilot, "down")
        assert "Total 1,714.50" in text
        assert "3 of 8 people" in text
        text = await shown(pilot, "ctrl+s")
        assert "Bonus: 1,714.50 for 3 people." in text
        assert (stored(world, "Aerts"), stored(world, "Baeten"), stored(world, "Claes")) == (
            [50000], [123450], [],
        )  # fmt: skip
        await shown(pilot, "ctrl+z")
        assert all_stored(world) == 0


async def test_the_marked_people_get_the_same_amount(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "space", "space", "ctrl+t", "4", "enter")
        assert "2 marked people" in text
        await shown(pilot, *"250", "f6", "ctrl+s")
        assert (stored(world, "Aerts"), stored(world, "Baeten")) == ([25000], [25000])
        assert all_stored(world) == 50000


async def test_a_filter_of_the_month_chooses_the_people(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        text = await shown(pilot, "slash", *"bakery", "enter", "ctrl+t", "4", "enter")
        assert "of 4 people" in text
        assert "Claes" not in text


async def test_people_are_chosen_by_team_and_from_the_list_and_amounts_stay(
    start: Start, world: Office, bonus: int
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter", *"100", "enter", "f5", "tab", "tab")
        text = await shown(pilot, *"Bakery", "ctrl+s")
        assert "0 of 4 people" not in text
        assert "1 of 4 people" in text
        assert "Claes" not in text
        await shown(pilot, "f5", "tab", "tab", *"Choose", "ctrl+s")
        text = await shown(pilot, "escape", *"claes", "space", "enter")
        assert "1 chosen person" in text
        assert "Claes" in text


async def test_another_month_and_every_month_until_an_end(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+home", "space", "ctrl+t", "4", "enter", *"100", "f5")
        text = await shown(pilot, *"10/2026", "tab", *"until", "ctrl+s")
        assert "This must be filled in." in text
        text = await shown(pilot, *"9/2026", "ctrl+s")
        assert "This month lies before the first." in text
        text = await shown(pilot, "ctrl+u", *"122026", "ctrl+s")
        assert "monthly 10/2026 – 12/2026" in text
        await shown(pilot, "ctrl+s")
        assert [stored(world, "Aerts", SEPTEMBER.shift(n)) for n in range(5)] == [
            [],
            [10000],
            [10000],
            [10000],
            [],
        ]


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("1.234.567,89", 123456789), ("1,234,567.89", 123456789), ("€ 12,5", 1250), ("12,-", 1200)],
)
async def test_amounts_are_read_as_clerks_write_them(
    start: Start, world: Office, bonus: int, typed: str, cents: int
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter", *typed, "ctrl+s")
        assert stored(world, "Aerts") == [cents]


@pytest.mark.parametrize(
    "typed",
    ["1e9", "9" * 60, "12.345,678", "abc", "١٢٣", "🎉", "1/2", "=1+1", "0", "10000000", "--5"],
)
async def test_what_is_no_amount_is_told_and_nothing_is_saved(
    start: Start, world: Office, bonus: int, typed: str
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter")
        await paste(pilot, typed)
        text = await shown(pilot, "ctrl+s")
        assert text.splitlines()[-1].startswith(" ! ")
        assert text.splitlines()[2].startswith("!")
        assert all_stored(world) == 0


async def test_marks_that_cannot_be_seen_spoil_no_amount(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter")
        await paste(pilot, "\u202e12\u200b\x07")
        await shown(pilot, "ctrl+s")
        assert stored(world, "Aerts") == [1200]


async def test_a_line_with_a_problem_is_found_and_put_right(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter", *"10", "enter", *"x1", "enter", *"30", "enter")
        text = await shown(pilot, "f3")
        assert "“x1” is not an amount" in text
        assert "1 problem" in text
        await shown(pilot, *"20", "ctrl+s")
        assert all_stored(world) == 6000


async def test_what_somebody_has_already_is_in_the_difference_before_anything_is_typed(
    start: Start, world: Office, bonus: int
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter", *"250", "ctrl+s")
        text = await shown(pilot, "enter", "1")
        assert text.splitlines()[2].endswith("+250.00")
        text = await shown(pilot, *"10", "enter")
        assert text.splitlines()[2].endswith("+260.00")


async def test_a_column_of_a_spreadsheet_is_pasted_from_the_cursor_down(
    start: Start, world: Office, bonus: int
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter", "down")
        text = await paste(pilot, "100,00\n\n300\n")
        assert "Total 400.00" in text
        await shown(pilot, "ctrl+s")
        assert (stored(world, "Baeten"), stored(world, "Claes"), stored(world, "Dubois")) == (
            [10000],
            [],
            [30000],
        )


async def test_a_pasted_block_finds_its_people_and_names_the_lines_that_are_wrong(
    start: Start, world: Office, bonus: int
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter")
        text = await paste(pilot, "103\t75\nGoos Gil\tx\nNobody\t5\n")
        assert "2 lines have a problem" in text.splitlines()[0]
        assert "line 2:" in text
        assert "line 3: “Nobody” is not among the chosen people." in text
        text = await shown(pilot, "escape")
        assert "Total 75.00" in text
        await shown(pilot, "ctrl+z")
        assert "Total 0.00" in screen_text(pilot.app)


async def test_amounts_come_from_a_file(start: Start, world: Office, bonus: int, tmp_path: Path) -> None:
    file = tmp_path / "amounts.csv"
    file.write_text("number;amount\n101;12,50\n108;7,50\n", encoding="utf-8")
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "4", "enter", "f2", *"/nowhere.csv", "enter")
        assert text.splitlines()[-2].startswith(" !")
        await shown(pilot, "ctrl+u")
        await paste(pilot, str(file))
        text = await shown(pilot, "enter")
        assert "2 lines are taken." in text
        await shown(pilot, "ctrl+s")
        assert (stored(world, "Aerts"), stored(world, "Hoax")) == ([1250], [750])


async def test_saved_amounts_are_adjusted_afterwards(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+home", "space", "space", "ctrl+t", "4", "enter", *"250", "f6", "ctrl+s")
        text = await shown(pilot, "enter")
        assert "Adjust 500.00 of 2 people" in text
        text = await shown(pilot, "2")
        assert "saved amounts" in text
        await shown(pilot, *"300", "enter", "delete", "ctrl+s")
        assert (stored(world, "Aerts"), stored(world, "Baeten")) == ([30000], [])
        await shown(pilot, "ctrl+z")
        assert (stored(world, "Aerts"), stored(world, "Baeten")) == ([25000], [25000])


async def test_saved_amounts_gain_people_in_one_step(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+home", "space", "space", "ctrl+t", "4", "enter", *"250", "f6", "ctrl+s")
        text = await shown(pilot, "enter", "2")
        assert "F5 add people" in text
        await shown(pilot, *"300", "f5", *"hoax")
        text = await shown(pilot, "enter")
        assert "1 person is added." in text
        assert "Total 550.00" in text
        text = await shown(pilot, "f5", *"hoax", "enter")
        assert "These people are here already." in text
        await shown(pilot, *"75", "ctrl+s")
        assert (stored(world, "Aerts"), stored(world, "Hoax")) == ([30000], [7500])
        text = await shown(pilot, "enter")
        assert "Adjust 625.00 of 3 people" in text
        await shown(pilot, "escape", "ctrl+z")
        assert (stored(world, "Aerts"), stored(world, "Hoax")) == ([25000], [])


async def test_people_chosen_twice_keep_what_was_typed(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+home", "space", "ctrl+t", "4", "enter", *"10", "enter")
        await shown(pilot, "f5", "tab", "tab", *"every", "enter", "enter")
        text = await shown(pilot, "down", *"20", "enter")
        assert "Total 30.00" in text
        await shown(pilot, "f5", "enter", "enter", "enter")
        assert "Total 30.00" in screen_text(pilot.app)


async def test_the_difference_to_last_month_is_shown(start: Start, world: Office, bonus: int) -> None:
    august = SEPTEMBER.shift(-1)
    add_component(world.store, world.employer_id, who(world, "Aerts"), bonus, august, PayValue(40000))
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "4", "enter", *"500", "enter")
        assert line_with(text, "Aerts").split()[-3:] == ["400.00", "500", "+100.00"]
        assert "last month 400.00 (+100.00)" in text


async def test_units_are_typed_in_two_cells(start: Start, world: Office, travel: int) -> None:
    async with start() as pilot:
        text = await shown(
            pilot, "ctrl+t", "4", "enter", *"20", "tab", *"3", "tab", *"0,4297", "tab", *"12", "enter"
        )
        assert line_with(text, "Aerts").split()[-2:] == ["60.00", "+60.00"]
        await shown(pilot, "ctrl+s")
        (one,) = components(world.store, world.employer_id, who(world, "Aerts"), SEPTEMBER)
        assert one.value == PayValue(6000, 200000, 300)
        assert stored(world, "Baeten") == [516]


async def test_somebody_who_may_not_have_it_is_left_out(start: Start, world: Office, bonus: int) -> None:
    some = {**BONUS, "for_everyone": 0}
    save_pay_type(world.store, world.employer_id, some, pay_types(world.store, world.employer_id)[0])
    set_people(world.store, world.employer_id, bonus, [who(world, "Aerts")])
    async with start() as pilot:
        text = await shown(pilot, "ctrl+home", "f6", "ctrl+t", "4", "enter")
        assert line_with(text, "Baeten").startswith("-")
        text = await shown(pilot, *"10", "f6")
        assert "1 person gets 10.00." in text
        text = await shown(pilot, "down", *"5", "enter")
        assert "Bonus is not meant for this person." in await shown(pilot, "up")


async def test_escape_drops_the_cell_and_asks_before_amounts_are_lost(
    start: Start, world: Office, bonus: int
) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter", *"10", "enter", *"99", "escape")
        text = await shown(pilot, "escape")
        assert "The amounts are not saved. Leave without it?" in text
        text = await shown(pilot, "n")
        assert "Total 10.00" in text
        text = await shown(pilot, "ctrl+t", "1")
        assert "Total 10.00" in text
        assert "Close this first." in text
        text = await shown(pilot, "escape", "y")
        assert "Pay components" in text.splitlines()[0]
        assert all_stored(world) == 0


async def test_somebody_is_found_by_number(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        await shown(pilot, "ctrl+t", "4", "enter", "f7", *"107", "enter", *"42", "ctrl+s")
        assert stored(world, "Goos") == [4200]


async def test_the_months_before_and_after(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+t", "4", "left")
        assert "August 2026" in text.splitlines()[0]
        await shown(pilot, "right", "right", "enter", *"10", "ctrl+s")
        assert stored(world, "Aerts", SEPTEMBER.shift(1)) == [1000]


OPEN = ("ctrl+home", "1", "0", "enter", "ctrl+o")


async def test_without_a_type_the_form_says_where_to_make_one(start: Start, world: Office) -> None:
    async with start() as pilot:
        text = await shown(pilot, "ctrl+o", "ctrl+n")
        assert "There is no pay component to choose yet: Ctrl+T 4 makes one." in text


async def test_one_person_gets_something_from_the_calendar(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "ctrl+n", *"bon", "enter", *"500", "ctrl+s")
        assert stored(world, "Aerts") == [50000]
        assert line_with(text, "Pay components").split()[-1] == "500.00"
        assert line_with(text, "070 Bonus").split()[-1] == "500.00"
        text = await shown(pilot, "f7")
        assert "070 Bonus" not in text


async def test_it_is_changed_ended_and_removed_from_the_person_s_list(
    start: Start, world: Office, bonus: int
) -> None:
    person = who(world, "Aerts")
    add_component(world.store, world.employer_id, person, bonus, SEPTEMBER, PayValue(10000), endless=True)
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "f9", "f8")
        assert "October 2026" in text.splitlines()[0]
        assert "monthly from 09/2026" in text
        await shown(pilot, "enter", *"150", "tab", "tab", *"11/2026", "ctrl+s")
        months = [stored(world, "Aerts", SEPTEMBER.shift(n)) for n in range(4)]
        assert months == [[10000], [15000], [15000], []]
        text = await shown(pilot, "delete")
        assert "Removed, in all its months; Ctrl+Z brings it back." in text
        assert stored(world, "Aerts", SEPTEMBER.shift(1)) == []
        await shown(pilot, "ctrl+z")
        assert stored(world, "Aerts", SEPTEMBER.shift(1)) == [15000]


async def test_a_person_s_units_and_usual_amount(start: Start, world: Office, travel: int) -> None:
    save_pay_type(
        world.store,
        world.employer_id,
        {**TRAVEL, "default_cents": 43},
        pay_types(world.store, world.employer_id)[0],
    )
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "ctrl+n", *"travel", "enter")
        assert line_with(text, "Per unit").split()[-1] == "0.43"
        await shown(pilot, "enter", *"10", "ctrl+s")
        (one,) = components(world.store, world.employer_id, who(world, "Aerts"), SEPTEMBER)
        assert one.value == PayValue(430, 4300, 1000)


async def test_an_amount_of_0_is_refused_and_stays_typed(start: Start, world: Office, bonus: int) -> None:
    async with start() as pilot:
        text = await shown(pilot, *OPEN, "ctrl+n", *"bon", "enter", *"0", "ctrl+s")
        assert "An amount of 0 is not paid" in text
        text = await shown(pilot, "escape")
        assert "not saved" in text
        assert stored(world, "Aerts") == []
