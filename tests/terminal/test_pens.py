"""The way from one style to another is short and complete."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hrtui.terminal.pens import PLAIN, Pens
from tests.pty.emulator import Emulator

ATTRIBUTES = st.lists(st.sampled_from("134579"), unique=True)
COLOURS = st.sampled_from(["", "31", "97", "38;5;208", "38;2;1;2;3"])
BACKGROUNDS = st.sampled_from(["", "41", "107", "48;5;17", "48;2;9;8;7"])
STYLES = st.builds(
    lambda attributes, *colours: ";".join([*attributes, *filter(None, colours)]),
    ATTRIBUTES,
    COLOURS,
    BACKGROUNDS,
)


def drawn(*codes: str) -> object:
    """A letter as a terminal shows it after these outputs."""
    emulator = Emulator(2, 1, print)
    emulator.feed(("".join(codes) + "x").encode())
    return emulator.screen.buffer[0][0]


@given(STYLES, STYLES)
def test_a_change_of_style_ends_in_the_new_style(old, new):
    pens = Pens()
    first, second = pens.number(old), pens.number(new)
    change = pens.change(first, second)
    assert drawn(pens.change(PLAIN, first), change) == drawn(f"\x1b[0;{new}m")
    assert len(change) <= len(f"\x1b[0;{new}m")


def test_a_change_names_only_what_differs():
    pens = Pens()
    red, bold_red = pens.number("31;48;5;17"), pens.number("1;31;48;5;17")
    assert pens.change(red, bold_red) == "\x1b[1m"
    assert pens.change(bold_red, red) == "\x1b[22m"
    assert pens.change(red, PLAIN) == "\x1b[m"


def test_dim_stays_when_bold_goes():
    pens = Pens()
    assert pens.change(pens.number("1;2"), pens.number("2")) in ("\x1b[22;2m", "\x1b[0;2m")


def test_only_a_style_without_lines_looks_erased():
    pens = Pens()
    assert pens.blank(pens.number("31"), erases_in_colour=False)
    assert pens.blank(pens.number("48;5;17"), erases_in_colour=True)
    assert not pens.blank(pens.number("48;5;17"), erases_in_colour=False)
    assert not pens.blank(pens.number("4"), erases_in_colour=True)
    assert not pens.blank(pens.number("7"), erases_in_colour=True)
