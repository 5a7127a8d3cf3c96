"""Bytes of the keyboard become the same keys as in stock Textual, and unknown sequences become none."""

from __future__ import annotations

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseEvent, Paste
from textual.message import Message

from hrtui.terminal.driver import messages_of
from hrtui.terminal.internals import KeyParser
from hrtui.terminal.sequences import Sequences


def safe(text: str) -> list[Message]:
    """The messages of the safe driver's way of reading."""
    sequences = Sequences(0.25)
    pieces = sequences.feed(text, 1.0) + sequences.tick(9.0)
    return list(messages_of(pieces, KeyParser()))


def keys(messages: list[Message]) -> list[str]:
    """The names of the keys among messages."""
    return [message.key for message in messages if isinstance(message, Key)]


@pytest.mark.parametrize(
    "sequence",
    # A doubled ESC, or one before a figure or sign, is two keys, and a sequence that ends in an intermediate
    # byte has no end to see.
    [
        s
        for s in ANSI_SEQUENCES_KEYS
        if len(s) > 1 and not s.startswith("\x1b\x1b") and not s.endswith("$")
        if len(s) > 2 or s[1] in "bf" or not s[1].isprintable()
    ],
)
def test_every_key_that_textual_knows_arrives(sequence):
    assert keys(safe(sequence)) == keys(list(XTermParser().feed(sequence)))


def test_typed_text_arrives_letter_by_letter():
    assert keys(safe("5vé€-")) == ["5", "v", "é", "euro_sign", "minus"]


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[99;99X",
        "\x1bO2A",
        "\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16v",
        "\x1b]11;rgb:vvvv/zzzz/vvvv\x07",
        "\x1bP1$r0mv\x1b\\",
        "\x1b[25;2~",
        "\x1b[118;1~",
        "\x1b[118;2~",
        "\x1b[118;1A",
        "\x1b[118~",
        "\x1b[27;1;118~",
        "\x1b[63;1~",
    ],
)
def test_an_unknown_sequence_is_no_key_and_harms_none_after_it(sequence):
    got = [key for key in keys(safe(sequence + "v")) if not key.startswith(("alt+", "ctrl+"))]
    assert got == ["v"]


def test_escape_and_the_figures_after_it_arrive_in_one_go():
    assert keys(safe("\x1b27\r")) == ["escape", "2", "7", "enter"]


def test_kitty_keys_arrive():
    assert keys(safe("\x1b[118;;118u\x1b[27u\x1b[57399u")) == ["v", "escape", "0"]
    assert keys(safe("\x1b[1;5C\x1b[3;2~\x1b[15;5~\x1b[1;2P")) == [
        "ctrl+right",
        "shift+delete",
        "ctrl+f5",
        "shift+f1",
    ]


def test_a_paste_is_an_event_of_its_own():
    (paste,) = safe("\x1b[200~v\x00z\x1b[201~")
    assert isinstance(paste, Paste)
    assert paste.text == "vz"


def test_a_mouse_report_is_understood():
    (mouse,) = safe("\x1b[<0;10;5M")
    assert isinstance(mouse, MouseEvent)
    assert (mouse.x, mouse.y) == (9, 4)
