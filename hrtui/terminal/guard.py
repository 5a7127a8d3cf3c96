"""The last defence of a one-letter grid: keys that are the rest of a sequence whose start was lost."""

from __future__ import annotations

from enum import Enum, auto
from time import monotonic

# Seconds of silence after which a sequence is over, finished or not.
_SILENCE = 1.2
# Keys closer together than this were not typed by hand.
_TOGETHER = 0.03

_OPENERS = {
    "left_square_bracket": "[",
    "alt+left_square_bracket": "[",
    "alt+O": "O",
    "alt+shift+o": "O",
    "alt+N": "O",
    "alt+shift+n": "O",
    "right_square_bracket": "]",
    "alt+right_square_bracket": "]",
    "alt+P": "]",
    "alt+shift+p": "]",
    "alt+underscore": "]",
    "alt+circumflex_accent": "]",
}
_STRING_ENDS = {"ctrl+g", "alt+backslash", "backslash"}
_NAMED = {
    *("space", "exclamation_mark", "quotation_mark", "number_sign", "dollar_sign", "percent_sign"),
    *("ampersand", "apostrophe", "left_parenthesis", "right_parenthesis", "asterisk", "plus", "comma"),
    *("minus", "full_stop", "slash", "colon", "semicolon", "less_than_sign", "equals_sign"),
    *("greater_than_sign", "question_mark"),
}
_NAMED_FINALS = {
    *("at", "left_square_bracket", "backslash", "right_square_bracket", "circumflex_accent", "underscore"),
    *("grave_accent", "left_curly_bracket", "vertical_line", "right_curly_bracket", "tilde"),
}
_PASTE_START = ["left_square_bracket", "2", "0", "0", "tilde"]
_PASTE_END = ["left_square_bracket", "2", "0", "1", "tilde"]


class _State(Enum):
    PLAIN = auto()
    CONTROL = auto()
    SHIFT = auto()
    STRING = auto()
    PASTE = auto()


class KeyGuard:
    """Tells keys apart that a person typed from those that a torn sequence left behind.

    The program's driver (`hrtui.terminal.driver`) keeps sequences whole. What still arrives as letters is a
    sequence that lost its ESC on the way, or one that another driver has typed out: `[`, perhaps numbers,
    and a last letter. Only a place that uses neither `[` nor `]` may put the guard before its keys.
    """

    def __init__(self) -> None:
        self._state = _State.PLAIN
        self._keys: list[str] = []
        self._last = 0.0

    def swallow(self, key: str, now: float | None = None) -> bool:
        """Whether a key, by its Textual name, belongs to such a residue; `now` is in seconds."""
        now = monotonic() if now is None else now
        gap, self._last = now - self._last, now
        if gap > _SILENCE:
            self._state = _State.PLAIN
        match self._state:
            case _State.PASTE:
                self._keys = [*self._keys[-4:], key]
                if self._keys == _PASTE_END:
                    self._state = _State.PLAIN
                return True
            case _State.STRING if _printable(key) or key in _STRING_ENDS:
                if key in _STRING_ENDS:
                    self._state = _State.PLAIN
                return True
            case _State.CONTROL | _State.SHIFT if _printable(key):
                return self._sequence(key)
            case _:
                return self._open(key, gap)

    def _sequence(self, key: str) -> bool:
        self._keys.append(key)
        goes_on = key.isdigit() or key in _NAMED
        if self._keys == ["left_square_bracket"] * 2:  # the Linux console's F1 to F5
            goes_on = True
        if not goes_on:
            self._state = _State.PASTE if self._keys == _PASTE_START else _State.PLAIN
        return True

    def _open(self, key: str, gap: float) -> bool:
        after_capital_o = self._keys == ["O"] and gap <= _TOGETHER
        after_escape = self._keys == ["escape"] and gap <= _SILENCE
        self._keys = [key]
        self._state = _State.PLAIN
        if key == "O" and after_escape:
            # A capital enters nothing; what follows one on Escape's heels may be the end of a torn SS3.
            self._state = _State.SHIFT
            return False
        kind = _OPENERS.get(key)
        if kind is not None:
            self._state = {"[": _State.CONTROL, "O": _State.SHIFT, "]": _State.STRING}[kind]
            self._keys = ["left_square_bracket"] if kind == "[" else [kind]
            return True
        if after_capital_o and len(key) == 1:
            self._state = _State.SHIFT if key.isdigit() else _State.PLAIN
            return True
        return False


def _printable(key: str) -> bool:
    return len(key) == 1 or key in _NAMED or key in _NAMED_FINALS
