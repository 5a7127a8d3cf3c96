"""The menu of screens: a digit, or Enter on a line, opens one."""

from __future__ import annotations

from typing import ClassVar

from hrtui.actions import ACTIONS
from hrtui.i18n import N_, t
from hrtui.screens.listing import ItemLine, ListScreen, item_lines
from hrtui.screens.places import why_kept
from hrtui.screens.session import Session
from hrtui.store.roles import KEPT
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, fitted

_LABEL = 22


class PlacesMenu(ListScreen):
    """The screens with their digits."""

    scopes: ClassVar[tuple[str, ...]] = ("screens", "list")
    words: ClassVar[dict[str, Hint]] = {"list.choose": (1, N_("open")), "app.back": (1, N_("back"))}

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.places = [action for action in ACTIONS.values() if action.scope == "screens"]
        self.cursor = 0

    def heading(self) -> str:
        """The top line."""
        return t("Screens")

    def body(self) -> list[Line]:
        """A line for each screen, the one under the cursor reversed."""
        items: list[ItemLine] = []
        for action in self.places:
            key = fitted(self.session.keymap.label(action.id), 3)
            kept = t(KEPT) if why_kept(self.session, action.id) else ""
            items.append(ItemLine(key, t(action.label), kept or t(action.help), "dim" if kept else "plain"))
        return item_lines(items, self.cursor, _LABEL, self.size.width)

    def scroll_by(self, lines: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(self.cursor + lines, len(self.places) - 1))
        self.top = max(self.cursor - self.room + 1, min(self.top, self.cursor))
        super().scroll_by(0)

    def run_action_id(self, action_id: str) -> None:
        """Opening a screen begins with closing the menu, so that what stands in the way is told below it."""
        if ACTIONS[action_id].scope == "screens":
            self.close()
            self.on_top.run_action_id(action_id)
        else:
            super().run_action_id(action_id)

    def action_list_choose(self) -> None:
        """Open the screen under the cursor."""
        self.run_action_id(self.places[self.cursor].id)

    def action_app_screens(self) -> None:
        """The key that opened the menu closes it."""
        self.close()
