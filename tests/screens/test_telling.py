"""What the two lines at the bottom tell is there in full, also in a small window and a long language."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Start, screen_text, told


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
