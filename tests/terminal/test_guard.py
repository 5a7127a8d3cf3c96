"""The rest of a torn sequence makes no entry; what a person types does."""

from __future__ import annotations

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from hrtui.terminal.guard import KeyGuard


def through(keys: list[str], gap: float = 0.0) -> list[str]:
    """The keys that the guard lets through, typed with a gap in seconds."""
    guard = KeyGuard()
    return [key for n, key in enumerate(keys) if not guard.swallow(key, 100 + n * gap)]


def named(text: str) -> list[str]:
    """The Textual names of the keys for a text."""
    return [event.key for event in XTermParser().feed(text) if isinstance(event, Key)]


@pytest.mark.parametrize(
    "rest",
    ["[A", "[1;2C", "[15~", "[99;99X", "[[A", "[<0;10;10M", "[118;;118u", "[?2026;2$y", "[200~", "[I", "[O"],
)
@pytest.mark.parametrize("gap", [0.0, 0.1, 1.0])
def test_the_rest_of_a_sequence_is_swallowed_and_the_next_key_is_not(rest, gap):
    keys = named(rest)
    assert through(keys, gap) == []
    if rest != "[200~":
        assert through([*keys, "v"], gap) == ["v"]


@pytest.mark.parametrize("rest", ["Oz", "O2A", "O1;5z"])
@pytest.mark.parametrize("gap", [0.1, 0.4, 0.8])
def test_a_sequence_torn_after_its_escape_enters_nothing(rest, gap):
    keys = named(rest)
    assert through(["escape", *keys], gap) == ["escape", "O"]
    assert through(["escape", *keys, "v"], gap) == ["escape", "O", "v"]


@pytest.mark.parametrize("gap", [0.0, 0.1, 1.0])
def test_the_rest_of_a_paste_is_swallowed_to_its_end(gap):
    assert through(named("[200~vz 5v\r[201~v"), gap) == ["v"]


def test_a_paste_that_never_ends_is_over_after_a_silence():
    guard = KeyGuard()
    for key in named("[200~vz"):
        assert guard.swallow(key, 1.0)
    assert not guard.swallow("v", 3.0)


@pytest.mark.parametrize("start", ["]11;", "]0;"])
@pytest.mark.parametrize("end", ["\x07", "\\"])
def test_the_rest_of_a_string_is_swallowed(start, end):
    assert through([*named(f"{start}rgb:vz/v{end}"), "v"], 0.1) == ["v"]


@pytest.mark.parametrize(
    "keys", [["alt+O", "A"], ["alt+shift+o", "2", "A"], ["alt+P", "1", "v", "alt+backslash"]]
)
def test_what_another_driver_types_out_is_swallowed(keys):
    assert through([*keys, "v"], 0.2) == ["v"]


def test_a_keypad_letter_after_o_is_swallowed_only_in_one_breath():
    assert through(["O", "j", "v"], 0.001) == ["O", "v"]
    assert through(["O", "j"], 0.1) == ["O", "j"]


@pytest.mark.parametrize("gap", [0.0, 0.05, 0.5])
def test_typing_is_left_alone(gap):
    keys = [*named("5v3z-v..14\r++v*v=7:36\rv/peeters\r()? v"), "escape", "v", "down", "v", "ctrl+z", "f5"]
    assert through(keys, gap) == keys


def test_a_key_that_no_sequence_holds_ends_the_wait():
    assert through(["left_square_bracket", "1", "down", "v"], 0.1) == ["down", "v"]


def test_a_torn_sequence_is_over_after_a_silence():
    guard = KeyGuard()
    assert guard.swallow("left_square_bracket", 1.0)
    assert not guard.swallow("v", 2.5)
