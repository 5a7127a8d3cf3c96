"""The month screen as a clerk uses it: keys in, text on the screen and entries in the database out."""

from __future__ import annotations

from datetime import date

import pytest
from textual import events
from textual.pilot import Pilot
from textual.strip import Strip

from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.screens.calendar.month import MonthScreen
from hrtui.store.month_view import MonthView
from hrtui.store.people import Filter, person_ids
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office

SEPTEMBER = Month(2026, 9)


def entered(world: Office, name: str, day: int, month: Month = SEPTEMBER) -> list[tuple[str, int]]:
    """What the database holds on a day: letters and minutes."""
    people = person_ids(world.store, world.employer_id, month, Filter(name))
    view = MonthView(world.store, world.employer_id, month, people)
    entries = view.row(0).days[day - 1].entries
    return [(view.kinds[entry.leave_type_id].letter, entry.minutes) for entry in entries]


def text_of(pilot: Pilot[None]) -> str:
    return screen_text(pilot.app)


def row_of(pilot: Pilot[None], name: str) -> str:
    """The line of a person's row."""
    return next(line for line in text_of(pilot).splitlines()[3:-2] if name in line)


def bottom(pilot: Pilot[None]) -> str:
    return text_of(pilot).splitlines()[-1]


def editor_of(pilot: Pilot[None]) -> MonthEditor:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MonthScreen)
    return screen.editor


async def test_a_letter_enters_the_day_and_the_next_working_day_is_next(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "1", "enter", "v", "v")
        assert entered(world, "Aerts", 11) == [("v", 456)]
        assert entered(world, "Aerts", 12) == []
        assert entered(world, "Aerts", 14) == [("v", 456)]
        assert row_of(pilot, "Aerts")[18 + 10 * 2 :].startswith("v · · v ")


async def test_digits_before_a_letter_count_working_days(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "down", "down", "1", "4", "enter", "5", "v")
        days = [day for day in range(14, 24) if entered(world, "Claes", day)]
        assert days == [14, 15, 17, 18, 21]  # Wednesdays and weekends are free


async def test_the_status_line_says_the_cell_in_words(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "3", "enter")
        above = text_of(pilot).splitlines()[-2]
        assert "Aerts-Voorbeeld Ann" in above
        assert "Thu 3 Sep" in above
        assert "3:48" in above


async def test_a_key_without_meaning_says_so_and_enters_nothing(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "0", "enter", "V", "^")
        assert "^" in bottom(pilot)
        assert "F1" in bottom(pilot)
        assert entered(world, "Aerts", 10) == []


async def test_the_hints_come_back_with_the_next_key(start: Start) -> None:
    async with start() as pilot:
        assert "F1 help" in bottom(pilot)
        await pilot.press("^")
        assert "F1 help" not in bottom(pilot)
        await pilot.press("down")
        assert "F1 help" in bottom(pilot)


async def test_undo_and_redo(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "4", "enter", "5", "v", "ctrl+z")
        assert entered(world, "Aerts", 14) == []
        assert "v v v" not in row_of(pilot, "Aerts")[30:]
        await pilot.press("ctrl+y")
        assert entered(world, "Aerts", 18) == [("v", 456)]
        assert "v v v v v " in row_of(pilot, "Aerts")


async def test_keys_typed_in_one_burst_do_what_they_do_typed_slowly(start: Start, world: Office) -> None:
    async with start() as pilot:
        for key in ("slash", *"goos", "enter", "1", "4", "enter", "5", "v", "escape", "escape"):
            pilot.app.post_message(events.Key(key, "/" if key == "slash" else key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert [day for day in range(1, 31) if entered(world, "Goos", day)] == [14, 15, 16, 17, 18]


async def test_keys_typed_ahead_of_a_screen_go_to_that_screen(start: Start, world: Office) -> None:
    async with start() as pilot:
        keys = ("ctrl+home", "1", "0", "enter", "ctrl+o", "right", "v", "escape", "down", "v")
        for key in keys:
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(5):
            await pilot.pause()
        assert entered(world, "Aerts", 11) == [("v", 456)]
        assert entered(world, "Baeten", 10) == [("v", 456)]


async def test_the_filter_works_while_it_is_typed(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("slash", "e", "v", "r")
        assert "Name, number or team: evr" in bottom(pilot)
        assert "Évrard" in text_of(pilot)
        assert "Aerts" not in text_of(pilot)
        await pilot.press("escape")
        assert "Aerts" in text_of(pilot)
        await pilot.press("slash", "e", "v", "r", "enter")
        assert "filter: evr" in text_of(pilot).splitlines()[0]
        assert "F1 help" in bottom(pilot)


async def test_the_filter_offers_everyone_those_without_entries_and_each_team(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("slash", "down", "down")
        first = text_of(pilot).splitlines()[3]
        assert "Aerts" not in first
        assert "Baeten" not in first
        await pilot.press("down", "down", "down")
        assert "Shop" in text_of(pilot).splitlines()[-2]
        assert "Claes" in text_of(pilot)
        assert "Goos" not in text_of(pilot)
        await pilot.press("enter")
        assert "filter: Shop" in text_of(pilot).splitlines()[0]
        await pilot.press("slash", "up", "up", "up", "up", "enter")
        assert "filter" not in text_of(pilot).splitlines()[0]


async def test_go_to_takes_a_date_or_a_name_and_keeps_what_was_mistyped(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "f5", *"14/10", "enter")
        assert "October 2026" in text_of(pilot).splitlines()[0]
        await pilot.press("f5", *"hoax", "enter")
        assert "Hoax Han, Wed 14 Oct" in text_of(pilot)
        await pilot.press("f5", *"32/10", "enter")
        assert "Go to: 32/10" in bottom(pilot)
        await pilot.press("escape")
        assert "Hoax Han, Wed 14 Oct" in text_of(pilot)


async def test_the_hours_prompt_starts_with_the_day_and_keeps_a_mistake(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "2", "enter", "equals_sign")
        assert "am VAK" in bottom(pilot)
        await pilot.press("ctrl+u", *"4 nope", "enter")
        assert "nope" in bottom(pilot)
        assert "!" in text_of(pilot).splitlines()[-2]
        await pilot.press("ctrl+u", *"3:00 vak", "enter")
        assert entered(world, "Aerts", 2) == [("v", 180)]
        assert "v:" in row_of(pilot, "Aerts")


async def test_a_change_for_more_people_than_a_screen_shows_is_asked_once(
    start: Start, world: Office
) -> None:
    async with start(size=(60, 15)) as pilot:
        editor_of(pilot).page_rows = 5
        await pilot.press("ctrl+home", "1", "0", "enter", "f6", "v")
        assert "7 people" in text_of(pilot).splitlines()[-2]
        assert "y = yes, any other key = no" in bottom(pilot)
        assert entered(world, "Aerts", 10) == []
        await pilot.press("enter")
        assert entered(world, "Aerts", 10) == []
        assert "Nothing was changed" in bottom(pilot)
        await pilot.press("v", "y")
        assert entered(world, "Aerts", 10) == [("v", 456)]
        assert entered(world, "Hoax", 10) == [("v", 456)]


async def test_a_letter_that_enters_leave_never_answers_a_question(start: Start, world: Office) -> None:
    async with start(size=(60, 15), language="nl") as pilot:
        editor = editor_of(pilot)
        editor.page_rows = 5
        assert "j" in editor.letters
        await pilot.press("ctrl+home", "1", "0", "enter", "f6", "v")
        assert "y = ja, elke andere toets = nee" in bottom(pilot)
        await pilot.press("j")
        assert entered(world, "Aerts", 10) == []


async def test_pasted_text_never_types_and_is_shown_first(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "0", "enter")
        pilot.app.post_message(events.Paste("VAK\tnonsense\nZIE"))
        for _ in range(3):
            await pilot.pause()
        assert entered(world, "Aerts", 10) == []
        assert "Paste?" in text_of(pilot)
        assert "Thu 10 Sep" in text_of(pilot)
        assert "nonsense" in text_of(pilot)
        await pilot.press("n")
        assert entered(world, "Aerts", 10) == []
        pilot.app.post_message(events.Paste("VAK"))
        for _ in range(3):
            await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert entered(world, "Aerts", 10) == [("v", 456)]
        assert row_of(pilot, "Aerts")[18 + 9 * 2] == "v"


async def test_a_preview_names_the_keys_that_do_something_and_leaves_no_old_message(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("A")
        assert "Caps Lock" in bottom(pilot)
        pilot.app.post_message(events.Paste("VAK"))
        for _ in range(3):
            await pilot.pause()
        assert ("paste" in bottom(pilot), "more" in bottom(pilot)) == (True, False)
        await pilot.press("escape")
        assert "Caps Lock" not in bottom(pilot)
        pilot.app.post_message(events.Paste("VAK\t" * 30))
        for _ in range(3):
            await pilot.pause()
        assert "more" in bottom(pilot)


async def test_text_pasted_into_a_prompt_is_typed_there(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("slash")
        pilot.app.post_message(events.Paste("goos\nv"))
        await pilot.pause()
        assert "Name, number or team: goos" in bottom(pilot)
        assert "Aerts" not in text_of(pilot)


async def test_what_another_terminal_writes_appears_under_an_unmoved_cursor(
    start: Start, world: Office
) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "down", "1", "0", "enter")
        other = world.open_again("Clerk Two")
        editor = MonthEditor(other, world.employer_id, SEPTEMBER, today=date(2026, 9, 10), roles=frozenset())
        editor.act("go.first_person")
        editor.go_to("21")
        editor.enter("z")
        other.close()
        await pilot.pause(1.2)
        assert row_of(pilot, "Aerts")[18 + 20 * 2] == "z"
        assert "Baeten Bob, Thu 10 Sep" in text_of(pilot)


async def test_marks_and_selection_can_be_seen_without_colour(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "space")
        assert row_of(pilot, "Aerts").startswith("»")
        assert "1 marked" in text_of(pilot).splitlines()[0]
        await pilot.press("1", "0", "enter", "shift+right", "shift+down")
        strips = pilot.app.screen._compositor.render_strips()
        underlined = [
            segment.text
            for strip in strips[3:-2]
            for segment in strip
            if segment.style and segment.style.underline
        ]
        assert sum(map(len, underlined)) == 2 * 2 * 2


async def test_the_terminals_own_cursor_stands_on_the_cell(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "0", "enter")
        assert tuple(pilot.app.cursor_position) == (18 + 9 * 2, 3)
        await pilot.press("down", "right")
        assert tuple(pilot.app.cursor_position) == (18 + 10 * 2, 4)
        await pilot.press("slash", "a", "b")
        assert tuple(pilot.app.cursor_position) == (len(" Name, number or team: ab"), 23)


async def test_too_small_a_terminal_says_so_and_comes_back(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "down")
        await pilot.resize_terminal(59, 24)
        await pilot.pause(0.1)
        assert "60×15" in text_of(pilot)
        await pilot.press("v", "y", "n", "ctrl+t")
        await pilot.resize_terminal(60, 15)
        await pilot.pause(0.1)
        assert "Baeten Bob, Thu 10 Sep: 7:36 scheduled" in text_of(pilot)


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40), (200, 60)])
async def test_no_line_is_ever_wider_than_the_terminal(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as pilot:
        await pilot.press("ctrl+home", "end", "5", "f9")
        lines = text_of(pilot).splitlines()
        assert len(lines) == size[1]
        assert max(map(len, lines)) <= size[0]


async def test_enter_on_a_name_opens_that_persons_calendar(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "home", "left", "enter")
        await pilot.pause()
        assert "Aerts-Voorbeeld Ann  101  Bakery" in text_of(pilot).splitlines()[0]
        await pilot.press("escape")
        await pilot.pause()
        assert "1 of 8 people" in text_of(pilot).splitlines()[0]


async def test_a_day_with_several_types_is_entered_in_one_line(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "0", "enter", "f2", *"4 vak 3:36 z", "enter")
        assert entered(world, "Aerts", 10) == [("v", 240), ("z", 216)]
        assert row_of(pilot, "Aerts")[18 + 9 * 2 :].startswith("v+")


async def test_escape_alone_tells_how_to_leave(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("escape")
        assert "Ctrl+Q" in bottom(pilot)
        await pilot.press("ctrl+q")
        assert pilot.app.return_code == 0


async def test_half_days_and_repeat_draw_what_the_database_holds(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "0", "enter", "v", "minus", "full_stop")
        assert entered(world, "Aerts", 10) == [("v", 228)]
        assert row_of(pilot, "Aerts")[18 + 9 * 2 :].startswith("v<v<")


async def test_without_colour_nothing_coloured_is_drawn(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "4", "enter", "v")
        assert "v v<v>v:" in row_of(pilot, "Aerts")
        strips = pilot.app.screen._compositor.render_strips()
        styles = [segment.style for strip in strips for segment in strip if segment.style]
        assert all(style.color is None or style.color.is_default for style in styles)
        assert any(style.reverse for style in styles)


async def test_an_amount_alone_is_of_the_type_that_is_there(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "enter", "equals_sign", "4", "enter")
        assert entered(world, "Aerts", 1) == [("v", 240)]
        await pilot.press("1", "enter", "equals_sign", "enter")
        assert "F1 help" in bottom(pilot) or "entered by" in text_of(pilot)
        assert entered(world, "Aerts", 1) == [("v", 240)]


async def test_only_lines_that_changed_are_drawn_again(start: Start) -> None:
    async with start() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, MonthScreen)
        await pilot.press("ctrl+home", "1", "4", "enter")
        drawn: list[int] = []
        render_line = screen.grid.render_line

        def counted(y: int) -> Strip:
            drawn.append(y)
            return render_line(y)

        screen.grid.render_line = counted  # type: ignore[method-assign]
        await pilot.press("v")
        await pilot.pause()
        assert set(drawn) == {1, 3}  # the day numbers, for the cursor's day, and the person
        drawn.clear()
        await pilot.press("down")
        await pilot.pause()
        assert set(drawn) == {0, 3, 4}


async def test_the_view_moves_by_half_a_page_when_the_cursor_leaves_it(start: Start, world: Office) -> None:
    for number in range(40):
        world.add_person("Ivo", f"Ipsum{number:02}", number=f"2{number:02}")
    async with start() as pilot:
        await pilot.press("ctrl+home", *["down"] * 18)
        assert "Aerts" in text_of(pilot).splitlines()[3]
        await pilot.press("down")
        top = text_of(pilot).splitlines()[3]
        assert "Ipsum02" in top  # nine people further
        await pilot.press("up")
        assert text_of(pilot).splitlines()[3] == top


async def test_a_narrow_terminal_says_which_days_it_shows(start: Start) -> None:
    async with start(size=(60, 15)) as pilot:
        await pilot.press("ctrl+home", "home")
        assert "days 1–21" in text_of(pilot).splitlines()[0]
        await pilot.press("end")
        assert "days 10–30" in text_of(pilot).splitlines()[0]
        assert "W" in text_of(pilot).splitlines()[2]


async def test_the_rest_of_a_torn_key_sequence_enters_nothing(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "0", "enter")
        for key in ("left_square_bracket", "1", "semicolon", "2", "v"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert entered(world, "Aerts", 10) == []


@pytest.mark.parametrize("key", ["f6", "ctrl+a"])
async def test_everyone_that_is_found_is_marked_from_the_filter(start: Start, key: str) -> None:
    async with start() as pilot:
        await pilot.press("slash", *"aerts", key)
        assert "1 person is marked." in bottom(pilot)
        assert "filter: aerts" in text_of(pilot)
        await pilot.press("f5", *"1", key)
        assert "Go to: 1" in bottom(pilot)


async def test_a_prompt_takes_every_letter_of_a_fast_typist(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "0", "enter", "equals_sign")
        for character in "1 OVU":
            pilot.app.post_message(events.Key("space" if character == " " else character, character))
        await pilot.pause()
        assert "Day: 1 OVU" in bottom(pilot)
