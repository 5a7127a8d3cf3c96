"""A short list of things to do: a sign, or Enter on a line, does one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from textwrap import wrap
from typing import ClassVar

from hrtui.i18n import N_
from hrtui.screens.listing import ItemLine, ListScreen, item_lines
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line

_LABEL = 34
_SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do, in the interface language; `run` is called once the menu has closed."""

    label: str
    help: str
    run: Callable[[], object]


class MenuScreen(ListScreen):
    """Asks which of `items` to do, under a title; `about` are lines to read below them."""

    words: ClassVar[dict[str, Hint]] = {"list.choose": (1, N_("choose")), "app.back": (1, N_("back"))}

    def __init__(
        self, session: Session, title: str, items: Sequence[Item], about: Sequence[str] = ()
    ) -> None:
        super().__init__(session)
        self._title = title
        self.items = items
        self.about = about
        self.cursor = 0

    def heading(self) -> str:
        """The top line."""
        return self._title

    def body(self) -> list[Line]:
        """A line for each item, the one under the cursor reversed, and what there is to read."""
        items = [
            ItemLine(f"{sign}  ", item.label, item.help)
            for sign, item in zip(chain(_SIGNS, repeat(" ")), self.items, strict=False)
        ]
        lines = item_lines(items, self.cursor, _LABEL, self.size.width)
        if self.about:
            room = max(20, self.size.width - 2)
            told = [line for text in self.about for line in wrap(text, room) or [""]]
            lines += [(), *(((f" {text}", "plain"),) for text in told)]
        return lines

    def scroll_by(self, lines: int) -> None:
        """Move the cursor among the items; past them, scroll what there is to read."""
        wanted = self.cursor + lines
        self.cursor = max(0, min(wanted, len(self.items) - 1))
        super().scroll_by(wanted - self.cursor)

    def other_key(self, key: str, character: str | None) -> None:
        """A sign chooses its item."""
        place = _SIGNS.find(character) if character else -1
        if 0 <= place < len(self.items):
            self.cursor = place
            self.action_list_choose()
        else:
            super().other_key(key, character)

    def action_list_choose(self) -> None:
        """Close, and do it; the screen that is left tells what is refused."""
        item = self.items[self.cursor]
        self.close()
        try:
            item.run()
        except StoreError as error:
            self.on_top.say(error.text)
