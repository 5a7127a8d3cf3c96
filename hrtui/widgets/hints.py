"""The line of keys at the bottom of the month grid, from the key map and the employer's own leave types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from hrtui.domain.leave_type import Category, LeaveType
from hrtui.i18n import N_, language, t
from hrtui.keybindings import KeyMap
from hrtui.widgets.lines import Line, Piece, cut, fitted

_WORDS = {
    "app.help": (1, N_("help")),
    "find.filter": (3, N_("find")),
    "app.screens": (1, N_("menu")),
    "edit.undo": (2, N_("undo")),
    "app.quit": (1, N_("quit")),
}
"""What the grid's hints call an action, and how soon each is left out for want of room (highest first)."""
_SHORTEST, _LONGEST = 10, 40
"""A leave type's name is cut to as little as this, and takes as much as this where there is room."""

Hint = tuple[int, str]
"""How soon a hint is left out for want of room (highest first), and its text."""


def grid_hints(keymap: KeyMap, kinds: Iterable[LeaveType], width: int, forwarded: Sequence[str] = ()) -> Line:
    """The keys that a new clerk needs first, in one line of at most `width` columns.

    `forwarded` is how far the month's forwarding is; as much of it as there is room for stands with its key.
    """
    named = _named(list(kinds))
    actions = action_hints(keymap, _WORDS)
    if forwarded:
        key = keymap.label("month.forward")
        told = [f"{key} {', '.join(forwarded[:n])}" for n in range(len(forwarded), 0, -1)]
        state = next((text for text in told if cell_len(text) < width), cut(told[-1], width - 1))
        actions = [(0, state), *actions]
    lines = [_grid_hints(named, actions, room, width) for room in range(_LONGEST, _SHORTEST - 1, -1)]
    # The one with the most hints in it, and among those the one with the longest names.
    return fitting(max(lines, key=len), width)


def _grid_hints(named: list[LeaveType], actions: list[Hint], room: int, width: int) -> list[Hint]:
    pieces = [(2 + 2 * place, _kind_hint(kind, room)) for place, kind in enumerate(named)]
    pieces += [(3, t("5{letter} 5 days", letter=kind.letter)) for kind in named[:1]]
    return _kept(pieces + actions, width)


def action_hints(keymap: KeyMap, words: dict[str, Hint]) -> list[Hint]:
    """A hint for each action that has a key; `words` gives each one's place and (untranslated) word."""
    return [
        (order, f"{label} {t(word)}")
        for action_id, (order, word) in words.items()
        if (label := keymap.label(action_id))
    ]


def fitting(hints: Sequence[Hint], width: int) -> Line:
    """The hints that fit, in their order."""
    return ((_joined(_kept(hints, width)), "dim"),)


def room_beside(note: Piece, width: int) -> int:
    """The columns that a note at the end of a line leaves."""
    return width - cell_len(note[0]) - 3 if note[0] else width


def beside(line: Line, note: Piece, width: int) -> Line:
    """A line with a note at its end, before which it is cut."""
    if not note[0]:
        return line
    text = "".join(piece for piece, _ in line)
    return (
        (fitted(text, room_beside(note, width)), line[0][1] if line else "dim"),
        (f"  {note[0]}", note[1]),
    )


def _kept(hints: Sequence[Hint], width: int) -> list[Hint]:
    kept = list(hints)
    while kept and len(_joined(kept)) > width:
        kept.remove(max(reversed(kept), key=lambda hint: hint[0]))
    return kept


def _joined(hints: Sequence[Hint]) -> str:
    return " " + "  ".join(text for _, text in hints)


def _kind_hint(kind: LeaveType, room: int) -> str:
    name = kind.name(language()).partition(",")[0].partition("(")[0].strip()
    return f"{kind.letter} {cut(name, room)}"


def _named(kinds: list[LeaveType]) -> list[LeaveType]:
    """The first leave and the first illness: the two that are entered most."""
    leave = [kind for kind in kinds if kind.category is Category.ABSENCE and not kind.sickness]
    return leave[:1] + [kind for kind in kinds if kind.sickness][:1]
