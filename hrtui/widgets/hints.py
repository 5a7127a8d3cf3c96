"""The line of keys at the bottom of the month grid, from the key map and the employer's own leave types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hrtui.domain.leave_type import Category, LeaveType
from hrtui.i18n import N_, language, t
from hrtui.keybindings import KeyMap
from hrtui.widgets.lines import Line, cut

_WORDS = {
    "app.help": (1, N_("help")),
    "find.filter": (3, N_("find")),
    "edit.undo": (2, N_("undo")),
    "app.quit": (1, N_("quit")),
}
"""What the grid's hints call an action, and how soon each is left out for want of room (highest first)."""
_NAME = 10
"""A leave type's name is cut to this where the line would get too long."""

Hint = tuple[int, str]
"""How soon a hint is left out for want of room (highest first), and its text."""


def grid_hints(keymap: KeyMap, kinds: Iterable[LeaveType], width: int) -> Line:
    """The keys that a new clerk needs first, in one line of at most `width` columns."""
    named = _named(list(kinds))
    actions = action_hints(keymap, _WORDS)
    for room in (width, _NAME):
        pieces = [(2 + 2 * place, _kind_hint(kind, room)) for place, kind in enumerate(named)]
        pieces += [(3, t("5{letter} five days", letter=kind.letter)) for kind in named[:1]]
        if len(_joined(pieces + actions)) <= width:
            break
    return fitting(pieces + actions, width)


def action_hints(keymap: KeyMap, words: dict[str, Hint]) -> list[Hint]:
    """A hint for each action that has a key; `words` gives each one's place and (untranslated) word."""
    return [
        (order, f"{label} {t(word)}")
        for action_id, (order, word) in words.items()
        if (label := keymap.label(action_id))
    ]


def fitting(hints: Sequence[Hint], width: int) -> Line:
    """The hints that fit, in their order."""
    kept = list(hints)
    while kept and len(_joined(kept)) > width:
        kept.remove(max(reversed(kept), key=lambda hint: hint[0]))
    return ((_joined(kept), "dim"),)


def _joined(hints: Sequence[Hint]) -> str:
    return " " + "  ".join(text for _, text in hints)


def _kind_hint(kind: LeaveType, room: int) -> str:
    return f"{kind.letter} {cut(kind.name(language()), room)}"


def _named(kinds: list[LeaveType]) -> list[LeaveType]:
    """The first leave and the first illness: the two that are entered most."""
    leave = [kind for kind in kinds if kind.category is Category.ABSENCE and not kind.sickness]
    return leave[:1] + [kind for kind in kinds if kind.sickness][:1]
