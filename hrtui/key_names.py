"""The names of keys: which exist, how they are shown, and which of them a terminal can be trusted to send.

The names are those of Textual's `keys.py` as its terminal parser delivers them; a test compares the two. What
terminals do to each chord was measured over SSH, tmux, screen and PuTTY.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

from hrtui.i18n import N_, t

CHARACTERS = {
    "space": " ",
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "asterisk": "*",
    "plus": "+",
    "comma": ",",
    "minus": "-",
    "full_stop": ".",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "less_than_sign": "<",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "question_mark": "?",
    "at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "left_curly_bracket": "{",
    "vertical_line": "|",
    "right_curly_bracket": "}",
    "tilde": "~",
    "section_sign": "§",
    "degree_sign": "°",
    "pound_sign": "£",
    "euro_sign": "€",
    "diaeresis": "¨",
    "acute_accent": "´",
}
"""The keys that type a mark, by name; the last six are on Belgian and Dutch keyboards."""

_NAMES_OF_CHARACTERS = {character: name for name, character in CHARACTERS.items()}
_LETTERS_AND_DIGITS = frozenset(string.ascii_letters + string.digits + "éèçàùµ²³")
_CURSOR = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown", "insert", "delete")
_FUNCTION = tuple(f"f{number}" for number in range(1, 25))
_CONTROL = (*string.ascii_lowercase, *string.digits, "@", "space", "backslash", "underscore")
_BRACKETS = ("left_square_bracket", "right_square_bracket", "circumflex_accent")

NAMES = frozenset(
    (
        *_LETTERS_AND_DIGITS,
        *CHARACTERS,
        *("escape", "shift+escape", "enter", "tab", "shift+tab", "backspace"),
        *_CURSOR,
        *_FUNCTION,
        *(f"ctrl+{name}" for name in (*_CONTROL, *_BRACKETS, *_CURSOR, *_FUNCTION)),
        *(f"shift+{name}" for name in _CURSOR),
        *(f"ctrl+shift+{name}" for name in (*_CURSOR, *string.digits)),
    )
)
"""Every name that a key of the keys file may have; `reason_never` tells which of them cannot be used."""

_ALIASES = {
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "return": "enter",
    "cr": "enter",
    "newline": "enter",
    "pgup": "pageup",
    "page_up": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "page_down": "pagedown",
    "backtab": "shift+tab",
    "bksp": "backspace",
    "spacebar": "space",
    "period": "full_stop",
    "dot": "full_stop",
    "hyphen": "minus",
    "dash": "minus",
    "star": "asterisk",
    "equal": "equals_sign",
    "equals": "equals_sign",
    "question": "question_mark",
    "pipe": "vertical_line",
    "ctrl+_": "ctrl+underscore",
    "ctrl+[": "ctrl+left_square_bracket",
    "ctrl+]": "ctrl+right_square_bracket",
    "ctrl+\\": "ctrl+backslash",
    "ctrl+^": "ctrl+circumflex_accent",
    "ctrl+at": "ctrl+@",
    "ctrl+ ": "ctrl+space",
}

_ARRIVES_AS = {
    "decimal": "full_stop",
    "separator": "comma",
    "divide": "slash",
    "multiply": "asterisk",
    "subtract": "minus",
    "add": "plus",
    "equal": "equals_sign",
    "ctrl+slash": "ctrl+underscore",
    "ctrl+minus": "ctrl+underscore",
    "ctrl+shift+minus": "ctrl+underscore",
    "ctrl+at": "ctrl+@",
}
"""What a terminal with the kitty keyboard protocol sends for a key, and the name that other terminals use."""

_SAME_BYTE = N_("the terminal sends the same as for {other}")
_NOT_SENT = N_("most terminals do not send it")
_BROKEN_SEQUENCE = N_("it can be the rest of a cursor key that a slow line broke in two")

_NEVER = {
    "ctrl+h": (_SAME_BYTE, "backspace"),
    "ctrl+i": (_SAME_BYTE, "tab"),
    "ctrl+m": (_SAME_BYTE, "enter"),
    "ctrl+left_square_bracket": (_SAME_BYTE, "escape"),
    "ctrl+j": (N_("some terminals send it for Ctrl+Enter or for pasted lines"), ""),
    "left_square_bracket": (_BROKEN_SEQUENCE, ""),
    "semicolon": (_BROKEN_SEQUENCE, ""),
    "less_than_sign": (_BROKEN_SEQUENCE, ""),
    "tilde": (N_("SSH keeps it for itself, and it can end a broken cursor key"), ""),
    "f10": (N_("terminals open their menu with it"), ""),
    "f11": (N_("terminals switch to full screen with it"), ""),
    "f12": (N_("drop-down terminals open and close with it"), ""),
    "shift+insert": (N_("terminals paste with it"), ""),
    "shift+escape": (_NOT_SENT, ""),
}

_NEVER_PATTERNS = (
    (
        r".*(alt|super|hyper|meta)\+.+",
        N_("Alt and the like get lost on the way from many terminals"),
    ),
    (r"f(1[3-9]|2[0-4])|.*shift\+f\d+", _NOT_SENT),
    (r"ctrl\+(shift\+)?\d|(ctrl\+|shift\+)+(enter|tab|backspace|escape|space)", _NOT_SENT),
    (r"(ctrl\+shift|shift\+ctrl)\+[a-zA-Z]", N_("the terminal sends the same as without Shift")),
)
_EXCEPTIONS = frozenset({"shift+tab", "ctrl+space"})

_FRAGILE_PATTERNS = (
    (r"shift\+(left|right|up|down)", N_("PuTTY, screen and the Linux console lose the Shift")),
    (r"ctrl\+(left|right|up|down)", N_("PuTTY and others send the plain cursor key instead")),
    (r"ctrl\+page(up|down)", N_("terminals and browsers change tabs with it")),
    (r"ctrl\+(home|end|insert|delete)", N_("some terminals lose the Ctrl")),
    (r"shift\+(home|end|pageup|pagedown)", N_("terminals scroll with it")),
    (r"shift\+delete|ctrl\+shift\+.+|ctrl\+f\d+", N_("many terminals do not send it")),
    (r"ctrl\+(space|@)", N_("input methods and some terminals take it")),
    (r"ctrl\+a", N_("screen waits for its commands after it")),
    (r"ctrl\+b", N_("tmux waits for its commands after it")),
    (r"ctrl\+[sq]", N_("screen and some gateways stop and start the line with it")),
    (r"ctrl\+[wt]", N_("browsers close and open tabs with it")),
    (r"ctrl\+(backslash|right_square_bracket|circumflex_accent)", N_("telnet and mosh keep it")),
    (r"f1", N_("some terminals open their own help with it")),
    (r"insert", N_("many laptops have no such key")),
    (
        r"apostrophe|quotation_mark|circumflex_accent|grave_accent|diaeresis|acute_accent",
        N_("it waits for a letter on many keyboards (dead key)"),
    ),
    (
        r"right_square_bracket|(left|right)_curly_bracket|at|number_sign|vertical_line|backslash",
        N_("it needs AltGr on Belgian keyboards"),
    ),
)

_LABELS = {
    "escape": N_("Esc"),
    "enter": N_("Enter"),
    "tab": N_("Tab"),
    "space": N_("Space"),
    "backspace": N_("Backspace"),
    "delete": N_("Del"),
    "insert": N_("Ins"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "ctrl": N_("Ctrl"),
    "shift": N_("Shift"),
}


def canonical(name: str) -> str:
    """The name that Textual gives a key which is written as its own mark: `*` is `asterisk`."""
    return _NAMES_OF_CHARACTERS.get(name, name)


def arrived(key: str) -> str:
    """The name in the keys file of a key as Textual delivers it, whatever protocol the terminal speaks."""
    return _ARRIVES_AS.get(key, key)


def is_known(name: str) -> bool:
    """Whether `name` (canonical) is the name of a key."""
    return name in NAMES


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of `known` that was probably meant by `name`, or '' where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.strip().lower(), sorted(known), n=1, cutoff=0.6)), "")


def nearest_key(name: str) -> str:
    """The usable key that was probably meant by `name`, or '' where none is near: `esc` is `escape`."""
    wanted = name.strip().lower().replace("control", "ctrl").replace(" ", "_")
    wanted = _ALIASES.get(wanted, wanted)
    *modifiers, key = wanted.split("+")
    if modifiers and wanted not in NAMES:
        wanted = "+".join((*sorted(modifiers), _ALIASES.get(key, key)))
    usable = {known for known in NAMES if not reason_never(known)}
    return wanted if wanted in usable else nearest(wanted, usable)


def reason_never(name: str) -> str:
    """Why the key `name` (canonical) cannot be used at all, as a translated clause; '' where it can."""
    text, other = _NEVER.get(name, ("", ""))
    if not text and name not in _EXCEPTIONS:
        text = next((reason for pattern, reason in _NEVER_PATTERNS if re.fullmatch(pattern, name)), "")
    return t(text, other=key_label(other)) if other else t(text)


def reason_fragile(name: str) -> str:
    """Why some terminals do not deliver `name` (canonical), as a translated clause; '' where all do."""
    return t(next((reason for pattern, reason in _FRAGILE_PATTERNS if re.fullmatch(pattern, name)), ""))


def key_label(key: str) -> str:
    """A key as people read it, in the interface language: `Ctrl+Z`, `F5`, `(`, `←`."""
    *modifiers, last = key.split("+")
    shown = t(_LABELS[last]) if last in _LABELS else CHARACTERS.get(last, last)
    if (modifiers and len(shown) == 1) or last in _FUNCTION:
        shown = shown.upper()
    return "+".join((*(t(_LABELS.get(modifier, modifier)) for modifier in modifiers), shown))
