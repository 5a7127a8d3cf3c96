"""The keys of lists of lines: they scroll, or move a cursor where the screen has one."""

from __future__ import annotations

from hrtui.widgets.lines import Line


class ScrollKeys:
    """Scrolls a screen that has a `body` of lines, of which `room` fit."""

    @property
    def room(self) -> int:
        """How many lines fit."""
        raise NotImplementedError

    def body(self) -> list[Line]:
        """All lines."""
        raise NotImplementedError

    def scroll_by(self, lines: int) -> None:
        """Show the lines so many further down (or up, for a negative number)."""
        raise NotImplementedError

    def action_list_up(self) -> None:
        """One line up."""
        self.scroll_by(-1)

    def action_list_down(self) -> None:
        """One line down."""
        self.scroll_by(1)

    def action_list_page_up(self) -> None:
        """One screen up."""
        self.scroll_by(-self.room)

    def action_list_page_down(self) -> None:
        """One screen down."""
        self.scroll_by(self.room)

    def action_list_first(self) -> None:
        """To the top."""
        self.scroll_by(-len(self.body()))

    def action_list_last(self) -> None:
        """To the end."""
        self.scroll_by(len(self.body()))

    def action_list_choose(self) -> None:
        """Reading on."""
        self.scroll_by(self.room)
