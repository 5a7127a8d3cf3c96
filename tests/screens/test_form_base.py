"""Forms: what is typed, what is refused, what is kept, and what reaches the store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from hrtui.domain.identity.problem import Value
from hrtui.screens.form_base import FlowScreen, RecordScreen
from hrtui.store.changes import RowChange, write
from hrtui.widgets.form_field import (
    Choice,
    amount_field,
    choice_field,
    date_field,
    lines_field,
    number_field,
    text_field,
    yes_no_field,
)
from tests.screens.conftest import Start, screen_text

FRUIT = (Choice("a", "Apple"), Choice("b", "Banana", "BAN"), Choice("p", "Blue pear"))


def fields() -> list[Any]:
    return [
        text_field("name", "Name", section="First", required=True, longest=10, hint="What it is called"),
        date_field("day", "Day", section="First"),
        choice_field("fruit", "Fruit", lambda: FRUIT, section="First"),
        number_field("number", "Number", section="Second", most=20),
        amount_field("amount", "Amount", section="Second"),
        yes_no_field("sure", "Sure", section="Second"),
        text_field("why", "Why", section="Second", when=lambda values: values["sure"] == 1),
        lines_field("note", "Note", section="Third"),
        text_field(
            "secret", "Secret", section="Third", hidden=lambda value: "•" * len(str(value)), hint="Hidden"
        ),
    ]


START = {"name": "Old", "fruit": "b", "secret": "12345", "sure": 0}


class Flow(FlowScreen):
    done: dict[str, Value] | None = None

    def heading(self) -> str:
        return "A form"

    def fields(self) -> Any:
        return fields()

    def values(self) -> Any:
        return START

    def warn(self, values: Any) -> dict[str, str]:
        return {"number": "Thirteen is unlucky."} if values["number"] == 13 else {}

    def submit(self, values: dict[str, Value]) -> None:
        Flow.done = values
        self.close()


class Record(RecordScreen):
    def heading(self) -> str:
        return "A team"

    def fields(self) -> Any:
        return [text_field("name", "Name", required=True, longest=10), text_field("more", "More")]

    def _row(self) -> tuple[int, str]:
        return self.session.store.con.execute("SELECT id, name FROM team ORDER BY name LIMIT 1").fetchone()  # type: ignore[no-any-return]

    def values(self) -> Any:
        return {"name": self._row()[1]}

    def save_field(self, name: str, value: Value) -> str:
        row_id, old = self._row()
        change = RowChange("team", row_id, {"name": old}, {"name": value})
        written = write(self.session.store, self.session.employer.id, f"Team {value}", [change])
        return "" if written.step_id else "It was changed elsewhere."


@asynccontextmanager
async def opened(start: Start, kind: Any, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    Flow.done = None
    async with start(size=size) as pilot:
        await pilot.app.push_screen(kind(pilot.app.session))  # type: ignore[attr-defined]
        await pilot.pause()
        yield pilot


def line_of(pilot: Pilot[None], label: str) -> str:
    return next(line for line in screen_text(pilot.app).splitlines() if label in line[:30])


def bottom(pilot: Pilot[None]) -> str:
    return "\n".join(screen_text(pilot.app).splitlines()[-2:])


async def test_a_form_is_filled_in_from_top_to_bottom_and_handed_over(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        await pilot.press(*"New", "enter", *"31122026", "enter", *"appl", "enter", *"13", "enter")
        await pilot.press(*"1250,5", "enter", "y", "enter", *"so", "tab")
        await pilot.press(*"one", "enter", *"two", "tab", "enter")
        assert Flow.done == {
            "name": "New",
            "day": "2026-12-31",
            "fruit": "a",
            "number": 13,
            "amount": 125050,
            "sure": 1,
            "why": "so",
            "note": "one\ntwo",
            "secret": "12345",
        }


async def test_a_problem_is_told_under_the_field_and_the_text_stays(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        await pilot.press("tab", *"31/02/2026", "tab")
        assert "31/02/2026" in line_of(pilot, "Day")
        assert "! There is no such date: 31/02/2026." in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        assert Flow.done is None
        assert "There is no such date" in bottom(pilot)
        await pilot.press("backspace", "backspace", "backspace", "backspace", *"2027", "home", "delete")
        await pilot.press("delete", *"28", "ctrl+s")
        assert Flow.done is not None
        assert Flow.done["day"] == "2027-02-28"


async def test_a_warning_does_not_stand_in_the_way(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        await pilot.press("tab", "tab", "tab", *"13", "tab")
        assert "? Thirteen is unlucky." in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        assert Flow.done is not None


async def test_a_field_appears_when_another_asks_for_it(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        assert "Why" not in screen_text(pilot.app)
        await pilot.press(*["tab"] * 5, "space", "tab")
        assert line_of(pilot, "Sure").split() == ["Sure", "Yes"]
        assert "Why" in screen_text(pilot.app)


async def test_a_choice_is_found_by_typing_by_code_and_with_the_arrows(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        await pilot.press("tab", "tab")
        assert "Apple  Banana  Blue pear" in bottom(pilot) or "Banana" in bottom(pilot)
        await pilot.press(*"pe")
        assert "→ Blue pear" in line_of(pilot, "Fruit")
        await pilot.press("ctrl+u", *"ban", "tab")
        assert "Banana" in line_of(pilot, "Fruit")
        await pilot.press("shift+tab", "right", "tab")
        assert "Blue pear" in line_of(pilot, "Fruit")
        await pilot.press("shift+tab", *"kiwi", "tab")
        assert "! None of the choices is called “kiwi”." in screen_text(pilot.app)
        await pilot.press("shift+tab")
        assert "Apple  Banana" in bottom(pilot)
        await pilot.press(*"ban", "tab")
        assert "Banana" in line_of(pilot, "Fruit")


async def test_escape_asks_before_typing_is_lost(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        await pilot.press("x", "escape")
        assert "This form is not saved. Leave without it?" in bottom(pilot)
        await pilot.press("n")
        assert "x" in line_of(pilot, "Name")
        await pilot.press("escape", "y")
        assert "A form" not in screen_text(pilot.app)
    async with opened(start, Flow) as pilot:
        await pilot.press("tab", "escape")
        assert "A form" not in screen_text(pilot.app)


async def test_a_hidden_value_shows_on_request_only_and_is_replaced_whole(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        await pilot.press("pagedown", "pagedown", "tab")
        assert "12345" not in screen_text(pilot.app)
        assert "•••••" in line_of(pilot, "Secret")
        await pilot.press("left")
        assert "F4 shows what is hidden here." in bottom(pilot)
        await pilot.press("f4")
        assert "12345" in line_of(pilot, "Secret")
        await pilot.press("f4", "9", "ctrl+s")
        assert Flow.done is not None
        assert Flow.done["secret"] == "9"


async def test_pasted_text_is_cleaned_and_never_a_key(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        pilot.app.screen.take_paste("a\tb\u202ec\x1b[31m\nsecond")  # type: ignore[attr-defined]
        assert "a bc [31m" in line_of(pilot, "Name")
        await pilot.press("ctrl+u", *"x" * 11, "tab")
        assert "! This is too long: at most 10" in screen_text(pilot.app)
        assert "x" * 11 in line_of(pilot, "Name")


async def test_a_text_longer_than_the_line_keeps_its_cursor_in_view(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        pilot.app.screen.take_paste("very long " * 40 + "end")  # type: ignore[attr-defined]
        assert line_of(pilot, "Name").endswith("end")
        await pilot.press("home")
        assert "very long very" in line_of(pilot, "Name")
        assert max(map(len, screen_text(pilot.app).splitlines())) <= 80


async def test_a_record_stores_each_field_when_it_is_left_and_undo_takes_it_back(start: Start) -> None:
    async with opened(start, Record) as pilot:
        team = "SELECT name FROM team ORDER BY name LIMIT 1"
        con = pilot.app.session.store.con  # type: ignore[attr-defined]
        await pilot.press(*"Alfa", "tab")
        assert con.execute(team).fetchone() == ("Alfa",)
        await pilot.press("ctrl+z")
        assert con.execute(team).fetchone() == ("Bakery",)
        assert "Undone: Team Alfa" in bottom(pilot)
        assert "Bakery" in line_of(pilot, "Name")
        await pilot.press("ctrl+y")
        assert con.execute(team).fetchone() == ("Alfa",)


async def test_undo_takes_back_typing_before_it_takes_back_a_step(start: Start) -> None:
    async with opened(start, Record) as pilot:
        await pilot.press(*"Zz", "ctrl+z")
        assert "Bakery" in line_of(pilot, "Name")
        assert "Undone" not in bottom(pilot)


async def test_a_record_keeps_a_text_that_cannot_be_stored_until_the_clerk_says_otherwise(
    start: Start,
) -> None:
    async with opened(start, Record) as pilot:
        await pilot.press("ctrl+u", "tab", "escape")
        assert "“Name” is not saved. Leave without it?" in bottom(pilot)
        await pilot.press("n")
        assert "A team" in screen_text(pilot.app)
        await pilot.press("ctrl+t", "1")
        assert "“Name” is not saved. Close this first." in bottom(pilot)
        await pilot.press("escape", "y")
        assert "A team" not in screen_text(pilot.app)


async def test_leaving_a_record_stores_what_was_typed_last(start: Start) -> None:
    async with opened(start, Record) as pilot:
        con = pilot.app.session.store.con  # type: ignore[attr-defined]
        await pilot.press(*"Alfa", "escape")
        assert "A team" not in screen_text(pilot.app)
        assert con.execute("SELECT count(*) FROM team WHERE name = 'Alfa'").fetchone() == (1,)


async def test_a_form_scrolls_with_its_cursor_on_a_small_terminal(start: Start) -> None:
    async with opened(start, Flow, (60, 15)) as pilot:
        for _ in range(12):
            await pilot.press("tab")
            assert pilot.app.screen.form.current.field.label in screen_text(pilot.app)  # type: ignore[attr-defined]
        assert "Secret" in screen_text(pilot.app)


async def test_up_and_down_walk_through_the_lines_of_a_longer_text(start: Start) -> None:
    async with opened(start, Flow) as pilot:
        await pilot.press("pagedown", "pagedown")
        pilot.app.screen.take_paste("first words " * 8 + "\nsecond")  # type: ignore[attr-defined]
        edit = pilot.app.screen.form.current.edit  # type: ignore[attr-defined]
        await pilot.press("up", "up", "home", "X")
        assert edit.text.startswith("X")
        await pilot.press("up")
        assert pilot.app.screen.form.current.field.name == "sure"  # type: ignore[attr-defined]
