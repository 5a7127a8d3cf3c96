"""The short path: what a key changes in widgets that draw by line is painted without Textual's rounds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from textual import events
from textual.geometry import Region
from textual.widget import Widget

from hrtui.terminal import internals
from hrtui.terminal.output import ChangedCellsOutput

if TYPE_CHECKING:
    from textual.app import App

    _Base = App[Any]
else:
    _Base = object


class ShortPath(ChangedCellsOutput, _Base):
    """Put before `App` in the bases of an app class whose widgets are `LineWidget`s.

    A key that is handled inside `at_once` marks regions of such widgets for painting. They are painted when
    the event loop is next idle: several keys that came together are one frame, and the compositor, which
    knows nothing of it, finds nothing left to send. Wherever this cannot be right (no frame yet, another
    screen on top, a message over the screen, stock output) the regions take the ordinary way.
    """

    _collecting = False
    _marked: dict[LineWidget, set[Region]]

    def take_key_now(self, event: events.Key) -> bool:
        """Do a key without waiting in a queue; False where that is not possible now."""
        return False

    def key_taken(self, event: events.Key) -> bool:
        """Called by the driver for each key: do it now, unless something waits that came before it."""
        if not internals.idle(self):
            return False
        try:
            return self.take_key_now(event)
        except Exception as error:
            internals.failed(self, error)
            return True

    def at_once(self, act: Callable[[], None]) -> None:
        """Run `act` and paint what it changes."""
        if self._shown is None or self.output_problem or not internals.painting(self):
            act()
            return
        if not hasattr(self, "_marked"):
            self._marked = {}
        self._collecting = True
        try:
            act()
        finally:
            self._collecting = False
            asyncio.get_running_loop().call_soon(self._paint_marked)

    def marks(self, widget: LineWidget, regions: tuple[Region, ...]) -> bool:
        """Whether the app paints these regions of a widget by itself; it does while `at_once` runs."""
        if self._collecting:
            self._marked.setdefault(widget, set()).update(regions or (widget.size.region,))
        return self._collecting

    def _paint_marked(self) -> None:
        marked, self._marked = self._marked, {}
        shown = self._shown
        if not self.screen_stack or not (marked or internals.cursor_moved(self)):
            return
        fits = shown is not None and (shown.width, shown.height) == tuple(self.size)
        if shown is None or not fits or self.output_problem or not internals.painting(self):
            self._leave_to_textual(marked)
            return
        same = self.screen is self._screen and not internals.covered(self)
        if not same or any(not internals.on_top(self, widget) for widget in marked):
            self._leave_to_textual(marked)
            return
        try:
            painted = [
                part for widget, regions in marked.items() for part in internals.lines_of(widget, regions)
            ]
            self._send(shown, self._changed(shown, painted))
        except Exception as error:  # whatever goes wrong, the user must see the screen
            self._give_up(error)
            self._leave_to_textual(marked)

    def _leave_to_textual(self, marked: dict[LineWidget, set[Region]]) -> None:
        for widget, regions in marked.items():
            widget.refresh(*regions)


class LineWidget(Widget):
    """A widget that draws by `render_line` and that nothing ever covers on its own screen."""

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Have these regions, or all, painted again."""
        if repaint and not (layout or recompose) and self.is_mounted:
            app = self.app
            if isinstance(app, ShortPath) and app.marks(self, regions):
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
