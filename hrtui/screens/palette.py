"""The palette: type what you want to do, see its key, and do it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import ClassVar

from hrtui.actions import ACTIONS, SCOPES
from hrtui.i18n import N_, t
from hrtui.keybindings import KeyRow, key_table
from hrtui.screens.places import why_kept
from hrtui.screens.searching import SearchScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.store.people import fold
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, fitted

LEFT_OUT = frozenset({"list", "dialog"})
"""The scopes whose actions are offered only on a screen that has them."""

_NEAR = 70.0
"""How alike (of 100) a label and a mistyped text must be."""
_LABEL = 30
_KEYS = 18
_FOOT = 2
"""Lines for the whole explanation of one action."""
_READABLE = 20
"""With less room than this for it, what an action does is left out."""


class PaletteScreen(SearchScreen):
    """Every action by its name in the interface language; Enter does it on the screen below.

    `below` are that screen's scopes, and `run` does an action there by its id.
    """

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("do it")),
        "app.back": (1, N_("back")),
        "app.help": (2, N_("help")),
    }

    def __init__(self, session: Session, below: tuple[str, ...], run: Callable[[str], None]) -> None:
        super().__init__(session, below)
        self._run = run
        rows = [row for row in key_table(session.keymap) if self._offered(row.action_id)]
        self._rows = sorted(rows, key=self._is_elsewhere)
        self._found: Sequence[KeyRow] = self._rows
        self._cursor = 0

    def heading(self) -> str:
        """The top line, before the text."""
        return t("Find an action")

    def obstacle(self, action_id: str) -> str:
        """Why the action cannot be done on the screen below, as a sentence; '' where it can."""
        if kept := why_kept(self.session, action_id):
            return kept
        scope = ACTIONS[action_id].scope
        return (
            ""
            if scope in (*self.below, "app", "screens")
            else t("This works in: {place}.", place=t(SCOPES[scope]))
        )

    def search(self) -> None:
        """Rank the actions by how well they fit the typed text, those that can be done here first.

        Those whose name fits come before those whose explanation does.
        """
        labels = [row.label for row in self._rows]
        beside = [f"{row.label} {row.help} {_words(row.action_id)}" for row in self._rows]
        order = ranked(self.edit.text, labels, beside)
        self._found = [
            row for tier in order for row in sorted((self._rows[i] for i in tier), key=self._is_elsewhere)
        ]
        self.scroll_by(-len(self._rows))

    def body(self) -> list[Line]:
        """The found actions, the one under the cursor reversed."""
        if not self._found:
            return self.nothing_found()
        return [self._line(index, row) for index, row in enumerate(self._found)]

    def foot(self) -> list[Line]:
        """The whole of what the action under the cursor does, or why it cannot: its line may have cut it."""
        texts: list[str] = []
        if self._found:
            row = self._found[self._cursor]
            texts = textwrap.wrap(self.obstacle(row.action_id) or row.help, max(20, self.size.width - 2))
        return [((f" {text}", "plain"),) for text in (*texts, "", "")[:_FOOT]]

    def action_app_help(self) -> None:
        """Open the help for the screen below."""
        from hrtui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.session, self.below))

    def action_app_palette(self) -> None:
        """The key that opened the palette closes it."""
        self.close()

    def action_list_choose(self) -> None:
        """Close, and do the action under the cursor; where that cannot be, say why and stay."""
        if not self._found:
            return
        action_id = self._found[self._cursor].action_id
        if obstacle := self.obstacle(action_id):
            self.say(obstacle)
            return
        self.close()
        try:
            self._run(action_id)
        except StoreError as error:
            self.on_top.say(error.text)

    def scroll_by(self, lines: int) -> None:
        """Move the cursor, and the list only as far as the cursor needs it."""
        self._cursor = max(0, min(self._cursor + lines, len(self._found) - 1))
        self.message = ""
        self.top = max(self._cursor - self.room + 1, min(self.top, self._cursor))
        self.draw()

    def _offered(self, action_id: str) -> bool:
        scope = ACTIONS[action_id].scope
        return action_id != "app.palette" and (scope not in LEFT_OUT or scope in self.below)

    def _is_elsewhere(self, row: KeyRow) -> bool:
        return bool(self.obstacle(row.action_id))

    def _line(self, index: int, row: KeyRow) -> Line:
        obstacle = self.obstacle(row.action_id)
        slot = "cursor" if index == self._cursor else "dim" if obstacle else "plain"
        keys = "  ".join(row.keys)
        if ACTIONS[row.action_id].scope == "screens":
            keys = f"{self.session.keymap.label('app.screens')} {keys}"
        text = f" {fitted(row.label, _LABEL)}  {fitted(keys, _KEYS)}"
        if self.size.width - len(text) > _READABLE:
            text += f"  {obstacle or row.help}"
        return ((fitted(text, self.size.width), slot),)


def ranked(query: str, labels: Sequence[str], texts: Sequence[str] = ()) -> tuple[list[int], list[int]]:
    """The indexes of the labels that fit `query`, and then those whose text does; each best first.

    What holds every typed word fits: what begins with the text before what has a word that does. For an
    empty query that is all of them; where there is none, the nearest labels, for slips of the finger.
    """
    wanted = fold(query)
    if not wanted:
        return list(range(len(labels))), []
    names = [fold(label) for label in labels]
    named = _holding(wanted, names)
    told = [index for index in _holding(wanted, [fold(text) for text in texts]) if index not in named]
    if not named and not told:
        named = _nearest(wanted, names)
    return named, told


def _holding(wanted: str, texts: list[str]) -> list[int]:
    holding = [index for index, text in enumerate(texts) if all(word in text for word in wanted.split())]
    return sorted(
        holding, key=lambda index: (not texts[index].startswith(wanted), f" {wanted}" not in texts[index])
    )


def _words(action_id: str) -> str:
    words = ACTIONS[action_id].words
    return t(words) if words else ""


def _nearest(wanted: str, names: list[str]) -> list[int]:
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, names, scorer=fuzz.partial_ratio, limit=None, score_cutoff=_NEAR)
    return [index for _, _, index in found]
