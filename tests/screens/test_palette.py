"""The palette finds actions by name and does them, or says why it cannot."""

from __future__ import annotations

import pytest

from hrtui.actions import ACTIONS
from hrtui.i18n import t
from hrtui.screens.help import HelpScreen
from hrtui.screens.palette import LEFT_OUT, PaletteScreen, ranked
from hrtui.store.errors import StoreError
from tests.screens.conftest import Start, screen_text

LABELS = ["Undo", "Fill right", "Previous month", "Next month", "Filter people…", "Précédent", "Page up"]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("undo", "Undo"),
        ("month", "Previous month"),
        ("next", "Next month"),
        ("month next", "Next month"),
        ("precedent", "Précédent"),
        ("fil", "Fill right"),
        ("filter", "Filter people…"),
        ("fitler", "Filter people…"),
        ("PAGE", "Page up"),
    ],
)
def test_the_best_match_comes_first(query: str, best: str) -> None:
    assert LABELS[ranked(query, LABELS)[0][0]] == best


def test_nothing_typed_keeps_every_action_and_nonsense_keeps_none() -> None:
    assert ranked("  ", LABELS) == (list(range(len(LABELS))), [])
    assert ranked("qqqq", LABELS) == ([], [])


def test_what_a_label_is_about_is_found_after_labels_that_say_it() -> None:
    texts = [*LABELS[:-1], "Page up As undo, of a page"]
    assert ranked("undo", LABELS, texts) == ([0], [6])
    assert ranked("fitler", LABELS, texts) == ranked("fitler", LABELS)


@pytest.mark.parametrize("words", ["decide", "conflict", "refused", "offline"])
async def test_what_is_to_decide_is_found_by_the_words_for_it(start: Start, words: str) -> None:
    async with start() as pilot:
        await pilot.press("colon", *words)
        assert "Sync" in screen_text(pilot.app).splitlines()[1]
        assert "Ctrl+T y" in screen_text(pilot.app).splitlines()[1]


async def test_enter_does_the_action_that_was_typed(start: Start) -> None:
    async with start() as pilot:
        cursor = pilot.app.month.editor.cursor  # type: ignore[attr-defined]
        assert cursor.day == 10
        await pilot.press("colon", *"last day")
        assert "Last day" in screen_text(pilot.app).splitlines()[1]
        assert "End" in screen_text(pilot.app).splitlines()[1]
        await pilot.press("enter")
        assert not isinstance(pilot.app.screen, PaletteScreen)
        assert pilot.app.month.editor.cursor.day == 30  # type: ignore[attr-defined]


async def test_escape_does_nothing(start: Start) -> None:
    async with start() as pilot:
        before = screen_text(pilot.app)
        await pilot.press("ctrl+p", *"last day", "escape")
        assert screen_text(pilot.app) == before


async def test_an_action_of_another_screen_says_where_it_works(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+p", *"history", "enter")
        assert isinstance(pilot.app.screen, PaletteScreen)
        assert "! This works in: Person's calendar." in screen_text(pilot.app).splitlines()[-1]
        await pilot.press("backspace")
        assert "This works" not in screen_text(pilot.app).splitlines()[-1]


async def test_the_cursor_walks_through_all_actions_and_enter_takes_the_one_it_is_on(start: Start) -> None:
    async with start((60, 15)) as pilot:
        await pilot.press("ctrl+p")
        seen: set[str] = set()
        for _ in range(15):
            seen.update(screen_text(pilot.app).splitlines()[1:-3])
            await pilot.press("pagedown")
        wanted = {a.label for a in ACTIONS.values() if a.scope not in LEFT_OUT and a.id != "app.palette"}
        assert {line[1:31].strip() for line in seen} - {""} == wanted
        await pilot.press("home", "enter")
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_what_the_database_refuses_is_told_on_the_screen_below(start: Start) -> None:
    def run(action_id: str) -> None:
        raise StoreError(f"The database is busy with {action_id}.")

    async with start() as pilot:
        month = pilot.app.month  # type: ignore[attr-defined]
        await pilot.app.push_screen(PaletteScreen(month.session, ("grid",), run))
        await pilot.press(*"undo", "enter")
        assert pilot.app.screen is month
        assert "The database is busy with edit.undo." in screen_text(pilot.app).splitlines()[-1]


async def test_keys_typed_ahead_of_the_palette_reach_it(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+p", *"first day", "enter", "ctrl+p", *"last day", "enter")
        assert pilot.app.month.editor.cursor.day == 30  # type: ignore[attr-defined]


async def test_what_can_be_done_here_comes_before_better_matches_that_cannot(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+p", *"month")
        lines = screen_text(pilot.app).splitlines()
        assert "Ctrl+T 1" in lines[1]
        assert "Show the month before" in lines[2]
        assert "Month or year" in "".join(lines)
        assert "Month or year" not in "".join(lines[1:3])


async def test_a_screen_with_two_scopes_offers_the_actions_of_both(start: Start) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+t", "2", "ctrl+p", *"last line", "enter")
        below = pilot.app.screen
        assert not isinstance(below, PaletteScreen)
        assert below.current == below.ids[-1]  # type: ignore[attr-defined]
        await pilot.press("home", "ctrl+p", *t(ACTIONS["table.mark"].label).lower(), "enter")
        assert below.marks  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
async def test_what_an_action_does_or_what_is_in_its_way_is_whole_at_80_columns(
    start: Start, language: str
) -> None:
    async with start(language=language) as pilot:
        await pilot.press("colon")
        palette = pilot.app.screen
        assert isinstance(palette, PaletteScreen)
        obstacles = set()
        for _ in ACTIONS:
            told = " ".join(line.strip() for line in screen_text(pilot.app).splitlines()[-3:-1]).strip()
            row = palette._found[palette._cursor]
            obstacle = palette.obstacle(row.action_id)
            assert told == (obstacle or row.help)
            obstacles.add(obstacle)
            palette.action_list_down()
        assert len(obstacles) > 5
