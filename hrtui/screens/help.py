"""The help screen: keys in force, leave types and signs, made from the registry and the store."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar, NamedTuple

from hrtui.actions import ACTIONS, ENTRY_SCOPES, SCOPES
from hrtui.i18n import N_, language, t
from hrtui.keybindings import KeyRow, key_table
from hrtui.screens.searching import SearchScreen, finder
from hrtui.screens.session import Session
from hrtui.store.leave_types import leave_types, roles_in_force
from hrtui.store.roles import own_roles
from hrtui.widgets.cells import LEGEND
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, fitted

_LEAVE_TYPES = N_("Leave types")
_WIDEST_KEYS = 24
_COLUMN = 38
"""A column of leave types has at least this width."""


class Entry(NamedTuple):
    """One thing the help explains: what to press or see, its name, and what it does."""

    group: str
    sign: str
    name: str
    text: str


class HelpScreen(SearchScreen):
    """Help for a screen: its keys first, then those that work everywhere, the signs, and all other keys."""

    words: ClassVar[dict[str, Hint]] = {"app.back": (1, N_("back")), "list.page_down": (2, N_("more"))}

    def __init__(self, session: Session, below: tuple[str, ...]) -> None:
        super().__init__(session, below)
        self._entries = list(self._all())
        self._found = self._entries

    def heading(self) -> str:
        """The top line, before the text."""
        return t("Help")

    def search(self) -> None:
        """Keep the entries that hold every typed word."""
        fits = finder(self.edit.text)
        self._found = [entry for entry in self._entries if fits(" ".join(entry))]
        self.top = 0
        self.draw()

    def body(self) -> list[Line]:
        """The found entries under the titles of their groups."""
        if not self._found:
            return self.nothing_found()
        lines: list[Line] = []
        width = self.size.width
        keys = min(_WIDEST_KEYS, max(len(entry.sign) for entry in self._entries))
        for group, entries in groupby(self._found, key=lambda entry: entry.group):
            lines += [*([()] if lines else []), ((f" {group}", "title"),)]
            if group == t(_LEAVE_TYPES):
                lines += _columns(list(entries), width)
            else:
                lines += [line for entry in entries for line in _wrapped(entry, keys, width)]
        return lines

    def action_app_help(self) -> None:
        """The key that opened the help closes it."""
        self.close()

    def action_app_palette(self) -> None:
        """There is nothing to run from here."""

    def _all(self) -> Iterator[Entry]:
        """Everything there is to explain, the most needed first."""
        rows = key_table(self.session.keymap)
        by_scope = {scope: [row for row in rows if ACTIONS[row.action_id].scope == scope] for scope in SCOPES}
        if not ENTRY_SCOPES.isdisjoint(self.below):
            yield from self._letters()
            yield from (Entry(t("Signs in the grid"), sign, t(text), "") for sign, text in LEGEND)
        for scope in dict.fromkeys((*self.below, "app")):
            yield from map(_entry, by_scope.pop(scope))
        for others in by_scope.values():
            yield from map(_entry, others)

    def _letters(self) -> Iterator[Entry]:
        store, employer_id = self.session.store, self.session.employer.id
        kinds = self.session.rights.kinds(leave_types(store, employer_id))
        roles = roles_in_force(store, employer_id, kinds, self.session.roles | own_roles(store, employer_id))
        for kind in kinds.values():
            if kind.active and kind.letter and kind.role_needed in {"", *roles}:
                yield Entry(t(_LEAVE_TYPES), kind.letter, kind.name(language()), kind.key)
        text = t("Digits before a letter: so many working days from here")
        yield Entry(t("Counts"), "5v", t("Five working days"), text)


def _entry(row: KeyRow) -> Entry:
    return Entry(row.group, "  ".join(row.keys), row.label, row.help)


def _wrapped(entry: Entry, keys: int, width: int) -> list[Line]:
    """An entry as one or more lines: keys, name, and text that goes on below itself."""
    before = f"  {fitted(entry.sign, keys)}  "
    whole = f"{entry.name} – {entry.text}" if entry.text else entry.name
    first, *rest = textwrap.wrap(whole, max(20, width - len(before))) or [""]
    name, text = first[: len(entry.name)], first[len(entry.name) :]
    lines: list[Line] = [((before, "plain"), (name, "bold"), (text, "plain"))]
    lines += [((" " * len(before) + line, "plain"),) for line in rest]
    return lines


def _columns(entries: list[Entry], width: int) -> list[Line]:
    """Leave types side by side, in reading order from top to bottom: letter, name, code."""
    count = max(1, width // _COLUMN)
    height = -(-len(entries) // count)
    lines: list[Line] = []
    for y in range(height):
        pieces: list[tuple[str, str]] = []
        for entry in entries[y::height]:
            name = fitted(f"{entry.name} ({entry.text})", width // count - 6)
            pieces += [(f"  {entry.sign}  ", "bold"), (f"{name} ", "plain")]
        lines.append(tuple(pieces))
    return lines
