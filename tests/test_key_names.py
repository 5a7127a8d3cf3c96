"""The names of keys: those that Textual delivers for what terminals send, and how people read them."""

from __future__ import annotations

import pytest

from hrtui.actions import ACTIONS
from hrtui.key_names import CHARACTERS, NAMES, canonical, key_label, reason_never
from hrtui.keybindings import load


class TestNamesOfKeys:
    def test_are_those_of_textual(self) -> None:
        from textual.keys import Keys, _character_to_key

        textual = {str(key.value) for key in Keys} | {_character_to_key(mark) for mark in CHARACTERS.values()}
        ours = {name for name in NAMES if len(name) > 1 and not reason_never(name)}
        # Only the kitty protocol tells Ctrl+Space from Ctrl+@, and its name is put together, not listed.
        assert ours - textual == {"ctrl+space"}

    @pytest.mark.parametrize(("name", "mark"), CHARACTERS.items())
    def test_of_marks_are_those_that_textual_delivers(self, name: str, mark: str) -> None:
        assert delivered(mark) == [name]
        assert canonical(mark) == name

    @pytest.mark.parametrize("key", sorted({key for action in ACTIONS for key in load().keys(action)}))
    def test_of_the_defaults_are_delivered_by_textual_for_some_bytes(self, key: str) -> None:
        assert key in legacy_keys()

    @pytest.mark.parametrize(
        ("sent", "action_id"),
        [
            ("\x1b[57410u", "find.filter"),
            ("\x1b[57411u", "select.extend"),
            ("\x1b[57412u", "entry.half"),
            ("\x1b[57413u", "entry.fill_right"),
            ("\x1b[57409u", "entry.repeat"),
            ("\x1b[57416u", "entry.repeat"),
            ("\x1b[57415u", "entry.hours"),
            ("\x1b[57414u", "go.enter"),
            ("\x1b[57399u", None),
            ("\x1b[122;5u", "edit.undo"),
            ("\x1b[47;5u", "edit.undo"),
            ("\x1f", "edit.undo"),
            ("\x1b[45;6u", "edit.undo"),
            ("\x1b[57;2;40u", "go.month_prev"),
            ("\x1b[9;2u", "go.prev_day"),
            ("\x1bOj", "select.extend"),
            ("\x1bOM", "go.enter"),
        ],
    )
    def test_of_the_number_pad_and_the_kitty_protocol_are_understood(
        self, sent: str, action_id: str | None
    ) -> None:
        (key,) = delivered(sent)
        assert load().action("grid", key) == action_id

    @pytest.mark.parametrize(
        ("key", "label"),
        [
            ("ctrl+z", "Ctrl+Z"),
            ("f5", "F5"),
            ("left_parenthesis", "("),
            ("pageup", "PgUp"),
            ("shift+left", "Shift+←"),
            ("ctrl+underscore", "Ctrl+_"),
            ("space", "Space"),
            ("y", "y"),
            ("escape", "Esc"),
            ("shift+tab", "Shift+Tab"),
        ],
    )
    def test_are_shown_as_people_read_them(self, key: str, label: str) -> None:
        assert key_label(key) == label


def delivered(sent: str) -> list[str]:
    """The keys that Textual's parser makes of these bytes."""
    from textual._xterm_parser import XTermParser
    from textual.events import Key

    return [event.key for event in XTermParser().feed(sent) if isinstance(event, Key)]


def legacy_keys() -> set[str]:
    """Every key that Textual's parser delivers for the bytes of a terminal without the kitty protocol."""
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

    singles = [key for sent in map(chr, range(32, 127)) for key in delivered(sent)]
    keys = [keys[0] for keys in ANSI_SEQUENCES_KEYS.values() if isinstance(keys, tuple) and len(keys) == 1]
    return {*singles, *(str(key.value) for key in keys)}
