"""The difference of two frames makes an emulated terminal show the second one, cell by cell."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.terminal.cells import cells_of, whole, written
from hrtui.terminal.screen_diff import Line, ScreenDiff
from tests.pty.emulator import Emulator, as_seen

WIDTH, HEIGHT = 24, 9
LOOKS = [
    "",
    "1",
    "1;31",
    "32;44",
    "2;38;5;208",
    "38;2;1;2;3;48;2;4;5;6",
    "7",
    "4;9;97;100",
    "3;48;5;17",
    "21;5",
]
WORDS = [
    "v",
    " ",
    "      ",
    "·",
    "Zoë",
    "張偉",
    "👍🏽",
    "e\u0301",
    "☃",
    "\u200bx",
    "abcdefgh",
    "\x1b[H",
    "00000000",
]
Segment = tuple[str, str]

segments = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(LOOKS)), max_size=12)
frames = st.lists(
    st.one_of(
        st.dictionaries(st.integers(0, HEIGHT - 1), segments, max_size=3),
        st.lists(segments, min_size=HEIGHT, max_size=HEIGHT).map(lambda lines: dict(enumerate(lines))),
        st.integers(-4, 4),  # all lines go up or down
    ),
    max_size=6,
)


def line_of(screen: ScreenDiff, parts: list[Segment]) -> Line:
    """A full line of the screen with these texts and styles."""
    text = style = ""
    for word, codes in parts:
        cells = cells_of(word)
        text += cells
        style += screen.pens.styles(cells, codes)
    fill = screen.pens.number("48;5;17")
    return whole(text[:WIDTH].ljust(WIDTH)), style[:WIDTH].ljust(WIDTH, fill)


def plainly(screen: ScreenDiff) -> Emulator:
    """A terminal to which every line was sent whole."""
    emulator = Emulator(WIDTH, HEIGHT, print)
    codes = {number: codes for codes, number in screen.pens.numbers.items()}
    out = "\x1b[?7l"
    for row, (text, style) in enumerate(screen.lines):
        for column, (cell, pen) in enumerate(zip(text, style, strict=True)):
            if written(cell):
                out += f"\x1b[0;{codes[pen]}m\x1b[{row + 1};{column + 1}H{written(cell)}"
    emulator.feed(out.encode())
    return emulator


def picture(emulator: Emulator) -> list[list[Any]]:
    """The cells that a terminal shows."""
    return [[as_seen(emulator.screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


@settings(max_examples=300, deadline=None)
@given(frames, st.booleans())
def test_every_frame_is_shown_as_if_sent_whole(changes, erases_in_colour):
    screen = ScreenDiff(WIDTH, HEIGHT, erases_in_colour=erases_in_colour)
    emulator = Emulator(WIDTH, HEIGHT, print)
    emulator.feed(b"\x1b[?7lwhatever was there\x1b[5;7r\x1b[7m")
    for change in changes:
        if isinstance(change, int):
            lines = screen.lines[-change:] + screen.lines[:-change] if change else list(screen.lines)
            changed = dict(enumerate(lines))
        else:
            changed = {row: line_of(screen, parts) for row, parts in change.items()}
        emulator.feed(screen.frame(changed, (3, 2)).encode())
        assert picture(emulator) == picture(plainly(screen))
        assert (emulator.screen.cursor.x, emulator.screen.cursor.y) == (3, 2)


def shown(*lines: str) -> ScreenDiff:
    """A screen that shows these lines, the cursor at its top left."""
    screen = ScreenDiff(WIDTH, HEIGHT, erases_in_colour=True)
    screen.frame({row: line_of(screen, [(line, "")]) for row, line in enumerate(lines)}, (0, 0))
    return screen


def test_nothing_changed_sends_nothing():
    screen = shown("abc")
    assert screen.frame({0: screen.lines[0]}, (0, 0)) == ""


def test_one_changed_cell_is_one_move_and_one_letter():
    screen = shown("abc")
    assert screen.frame({0: line_of(screen, [("abX", "")])}, (3, 0)) == "\x1b[2C\x1b[mX"


def test_a_moved_block_is_moved_by_the_terminal():
    names = [f"{n} name number {n}" for n in range(HEIGHT)]
    screen = shown(*names)
    moved = [line_of(screen, [(name, "")]) for name in [*names[1:], "new"]]
    output = screen.frame(dict(enumerate(moved)), (0, 0))
    assert "new" in output
    assert "name" not in output
    assert len(output) < 60


def test_lines_between_moved_ones_stay_where_they_are():
    names = [f"{n} name number {n}" for n in range(HEIGHT)]
    screen = ScreenDiff(WIDTH, HEIGHT, erases_in_colour=True)
    emulator = Emulator(WIDTH, HEIGHT, print)
    first = {row: line_of(screen, [(name, "")]) for row, name in enumerate(names)}
    emulator.feed(screen.frame(first, (0, 0)).encode())
    moved = {row: first[row + 1] for row in range(HEIGHT - 1) if row != 4}
    output = screen.frame(moved | {HEIGHT - 1: line_of(screen, [("new", "")])}, (0, 0))
    assert "\x1b[M" in output
    emulator.feed(output.encode())
    assert picture(emulator) == picture(plainly(screen))
    assert emulator.screen.display[4].startswith(names[4])


def test_forgetting_sends_all_again():
    screen = shown("abc", "def")
    screen.forget()
    output = screen.frame({}, (0, 0))
    assert "abc" in output
    assert "def" in output


def test_a_character_of_uncertain_width_is_followed_by_a_jump():
    screen = shown("")
    output = screen.frame({0: line_of(screen, [("☃ab", "")])}, (3, 0))
    assert "☃\x1b[2Gab" in output


def test_a_screen_of_gnu_screen_gets_blanks_for_coloured_ends_of_lines():
    screen = ScreenDiff(WIDTH, HEIGHT, erases_in_colour=False)
    assert "\x1b[K" not in screen.frame({0: line_of(screen, [("a", "")])}, (0, 0))


def test_a_blank_is_no_reason_to_change_the_style():
    screen = shown("")
    output = screen.frame(
        {0: line_of(screen, [("a", "1"), (" ", ""), ("b", "1"), ("  ", "32"), ("c", "1")])}, (6, 0)
    )
    assert output == "\x1b[0;1ma b  c"


def test_a_blank_that_shows_its_style_gets_it():
    screen = shown("")
    output = screen.frame({0: line_of(screen, [("a", "1"), (" ", "7"), ("b", "1"), (" ", "44")])}, (4, 0))
    assert output == "\x1b[0;1ma\x1b[0;7m \x1b[0;1mb\x1b[0;44m "
