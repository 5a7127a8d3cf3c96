"""The Textual application: opens the month screen, hands keys to the screen on top, and guards the size."""

from __future__ import annotations

from textual import events
from textual.app import App

from hrtui import clock
from hrtui.keybindings import KeyMap
from hrtui.screens.base import KeyScreen, ScreenReady
from hrtui.screens.month import MonthScreen
from hrtui.screens.session import Session
from hrtui.screens.too_small import TooSmallScreen, is_too_small
from hrtui.store.employers import Employer
from hrtui.store.store import Store
from hrtui.widgets.colours import Palette

POLL = 0.5
"""Seconds between two looks at whether another program wrote to the database."""

THEME = "ansi-dark"
"""The terminal's own colours: readable on its background, in 16 colours, and few bytes over a slow line."""


class HrtuiApp(App[None]):
    """hrtui on one terminal, with one employer of an open store."""

    TITLE = "hrtui"
    CSS_PATH = "hrtui.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(
        self,
        store: Store,
        employer: Employer,
        keymap: KeyMap,
        *,
        roles: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(watch_css=False)
        self.animation_level = "none"
        self.theme = THEME
        many = self.console.color_system in ("256", "truecolor")
        palette = Palette(colour=not self.no_color, many=many)
        self.session = Session(store, employer, keymap, clock.today(), roles, palette)
        self.month = MonthScreen(self.session)
        self._ahead: list[events.Key] = []

    def get_default_screen(self) -> MonthScreen:
        """The month is the first screen, and the last."""
        return self.month

    def on_mount(self) -> None:
        """Look for other programs' changes from now on."""
        self.set_interval(POLL, self._look_elsewhere)

    def _look_elsewhere(self) -> None:
        if self.session.store.changed_elsewhere():
            for screen in self.screen_stack:
                if isinstance(screen, KeyScreen) and screen.takes_keys:
                    screen.store_changed()

    # -- keys

    async def on_event(self, event: events.Event) -> None:
        """Keys and pasted text go straight to the screen on top; keys wait until it can take them."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(screen, KeyScreen) and isinstance(event, events.Key) and not event.is_forwarded:
            self._ahead.append(event)
            self._hand_over()
        elif isinstance(screen, KeyScreen) and isinstance(event, events.Paste) and not event.is_forwarded:
            if screen.takes_keys:
                screen.take_paste(event.text)
        else:
            await super().on_event(event)

    def on_screen_ready(self, message: ScreenReady) -> None:
        """A screen opened: it gets the keys that were typed before it was there."""
        message.stop()
        self._hand_over()

    def _hand_over(self) -> None:
        while self._ahead and isinstance(screen := self.screen, KeyScreen) and screen.takes_keys:
            event = self._ahead.pop(0)
            screen.take_key(event.key, event.character)

    # -- size

    def on_resize(self, event: events.Resize) -> None:
        """Below the smallest size, say so; above it, go on where the user was."""
        small = isinstance(self.screen, TooSmallScreen)
        if is_too_small(event.size) and not small:
            self.push_screen(TooSmallScreen(self.session))
        elif small and not is_too_small(event.size):
            self.pop_screen()
