"""A text to read: a title, and sentences that are wrapped to the width of the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import ClassVar

from hrtui.i18n import N_
from hrtui.screens.listing import ListScreen
from hrtui.screens.session import Session
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line


class ReadingScreen(ListScreen):
    """Shows `texts` under a title, each from a line of its own."""

    words: ClassVar[dict[str, Hint]] = {"app.back": (1, N_("back")), "list.page_down": (2, N_("more"))}

    def __init__(self, session: Session, title: str, texts: Sequence[str]) -> None:
        super().__init__(session)
        self._title = title
        self._texts = texts

    def heading(self) -> str:
        """The top line."""
        return self._title

    def body(self) -> list[Line]:
        """The texts; what goes on below is set in."""
        lines: list[Line] = []
        for text in self._texts:
            first, *rest = textwrap.wrap(text, max(20, self.size.width - 4)) or [""]
            lines += [((f" {first}", "plain"),), *(((f"   {part}", "plain"),) for part in rest)]
        return lines
