"""What the two lines at the bottom tell is there in full, also in a small window and a long language."""

from __future__ import annotations

import pytest
from textual import events

from hrtui.domain.month import Month
from hrtui.store.people import Filter, person_ids
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office
from tests.store.locking import lock_month


async def test_a_message_too_long_for_its_line_takes_both(start: Start) -> None:
    async with start((60, 15)) as pilot:
        await pilot.press("3", "enter", "shift+right", "shift+down", "shift+down", "shift+down", "v")
        lines = screen_text(pilot.app).splitlines()[-2:]
        assert lines[0].startswith(" ! Legal holiday leave: ")
        assert "…" not in " ".join(lines)
        assert lines[1].endswith(".")
        await pilot.press("down")
        assert screen_text(pilot.app).splitlines()[-2].startswith(" Évrard Zoé, Fri 4 Sep: ")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
async def test_a_question_and_the_key_for_yes_fit_the_smallest_window(start: Start, language: str) -> None:
    async with start((60, 15), language) as pilot:
        pilot.app.screen.editor.page_rows = 2  # type: ignore[attr-defined]
        await pilot.press("1", "7", "enter", "f6", "5", "z")
        shown = told(pilot.app)
        assert "…" not in shown.rsplit("!", 1)[1]
        assert shown.endswith(
            {
                "nl": "Doorgaan? y = ja, elke andere toets = nee",
                "fr": "Continuer ? y = oui, toute autre touche = non",
                "en": "Go on? y = yes, any other key = no",
            }[language]
        )


async def test_a_paste_says_of_each_cell_what_was_meant_and_the_whole_reason(start: Start) -> None:
    async with start((60, 15)) as pilot:
        await pilot.press("ctrl+home", "1", "1", "enter")
        await pilot.app.on_event(events.Paste("12 EV\tVAK"))
        await pilot.pause()
        lines = screen_text(pilot.app).splitlines()
        assert lines[0].startswith(" Nothing will change; 2 are skipped.")
        assert lines[1].startswith(" Aerts-Voorbeeld Ann  Fri 11 Sep  12 EV skipped: that does")
        assert " ".join(told(pilot.app).split()).count("7:36 of 7:36 is free.") == 1
        assert any("Sat 12 Sep  VAK skipped: no work" in line for line in lines)


@pytest.mark.parametrize("key", ["equals_sign", "f2"])
async def test_nothing_is_asked_about_a_day_that_takes_nothing(start: Start, world: Office, key: str) -> None:
    september = Month(2026, 9)
    people = person_ids(world.store, world.employer_id, september, Filter("Goos"))
    lock_month(world.store, people, september)
    async with start() as pilot:
        await pilot.press("slash", *"goos", "enter", "1", "1", "enter", key)
        assert "September 2026: locked on" in screen_text(pilot.app).splitlines()[-1]
        await pilot.press("ctrl+o", key)
        assert "September 2026: locked on" in screen_text(pilot.app).splitlines()[-1]


async def test_typing_what_the_day_holds_already_closes_the_prompt(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "1", "enter", "equals_sign", *"7,6 vak", "enter")
        assert "Tue 1 Sep holds that already." in screen_text(pilot.app).splitlines()[-1]
        await pilot.press("right")
        assert ", Wed 2 Sep: " in screen_text(pilot.app).splitlines()[-2]
