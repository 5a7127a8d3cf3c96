"""The Textual application: opens the month screen, hands keys to the screen on top, and guards the size."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen

from hrtui import clock, failures
from hrtui.editor.outcome import Message
from hrtui.keybindings import KeyMap, bound_letters
from hrtui.screens.base import KeyScreen, ScreenReady
from hrtui.screens.calendar.month import MonthScreen
from hrtui.screens.calendar.too_small import TooSmallScreen, is_too_small
from hrtui.screens.session import Session
from hrtui.store.employers import Employer, employer_of, employers, use_employer
from hrtui.store.store import Store
from hrtui.terminal import hangup
from hrtui.terminal.environment import OUTPUT_NOTE
from hrtui.terminal.guard import KeyGuard
from hrtui.terminal.short_path import ShortPath
from hrtui.widgets.colours import Palette

if TYPE_CHECKING:
    from hrtui.screens.unlock import UnlockScreen
    from hrtui.sync.engine import Engine

POLL = 0.5
"""Seconds between two looks at whether another program wrote to the database."""

THEME = "ansi-dark"
"""The terminal's own colours: readable on its background, in 16 colours, and few bytes over a slow line."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store and the employer to show.

    `roles` says which restricted types the clerk may enter, `notice` is what the first screen has to tell.
    `another` opens the same database once more, for the thread that keeps it in sync with a backend.
    """

    store: Store
    employer: Employer
    keymap: KeyMap
    roles: frozenset[str] = frozenset()
    notice: str = ""
    another: Callable[[], Store] | None = None


class HrtuiApp(ShortPath, App[None]):
    """hrtui on one terminal: the month of one employer, after the log-in screen where one is given."""

    session: Session
    month: MonthScreen

    TITLE = "hrtui"
    CSS_PATH = "hrtui.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(self, start: Opened | UnlockScreen[Opened]) -> None:
        super().__init__(watch_css=False, ansi_color=True)
        self.animation_level = "none"
        self.theme = THEME
        self._guard = KeyGuard()
        self._ahead: list[events.Key] = []
        self.sync: Engine | None = None
        self._another: Callable[[], Store] | None = None
        self._lock = None if isinstance(start, Opened) else start
        if isinstance(start, Opened):
            self._take(start)

    def _take(self, opened: Opened) -> None:
        many = self.console.color_system in ("256", "truecolor")
        palette = Palette(colour=not self.no_color, many=many)
        self.session = Session(
            opened.store,
            opened.employer,
            opened.keymap,
            clock.today(),
            opened.roles,
            palette,
            self._open_employer,
        )
        opened.store.bound_letters = bound_letters(opened.keymap)
        to_account = ("app.screens", "screens.account")
        opened.store.logs_in_with = " ".join(map(opened.keymap.label, to_account))
        self._another = opened.another
        self.month = MonthScreen(self.session)
        if opened.notice:
            self.month.message = Message(opened.notice, "warning")

    def get_default_screen(self) -> Screen[Any]:
        """The month is the first screen, and the last; the log-in screen comes before it."""
        return Screen() if self._lock else self.month

    def on_mount(self) -> None:
        """Ask the password first where there is one; then look for other programs' changes."""
        hangup.watch(self)
        self.call_after_refresh(_look_for_garbage)
        if self._lock:
            self.push_screen(self._lock, self._unlocked)
        else:
            self.set_interval(POLL, self._look_elsewhere)

    def _unlocked(self, opened: Opened | None) -> None:
        self._lock = None
        if opened is None:
            self.exit()
            return
        self._take(opened)
        self.push_screen(self.month)
        self.set_interval(POLL, self._look_elsewhere)
        self._fit(self.size)

    def _open_employer(self, employer_id: int) -> None:
        """Close what is open above the month, and begin that anew with another employer."""
        store = self.session.store
        use_employer(store, employer_id)
        employer = employer_of(store, employer_id)
        self.session = replace(self.session, employer=employer)
        while self.screen is not self.month:
            self.pop_screen()
        self.month.open_employer(self.session)

    def _start_sync(self) -> None:
        """Keep the profile the same as its backend from now on, where it has one."""
        if self.sync is None and self._another is not None and self.session.store.backend():
            from hrtui.sync.engine import Engine

            self.sync = Engine(self._another, self._news)
            self.sync.start()

    def _news(self) -> None:
        # From the engine's thread, which may outlive the app by a request.
        with contextlib.suppress(RuntimeError):
            self.call_later(self._look_elsewhere)

    def stop_sync(self) -> None:
        """End the sync with the program, which does not wait for the network."""
        if self.sync is not None:
            self.sync.stop()

    def _look_elsewhere(self) -> None:
        self._start_sync()
        another_day = self.session.today != clock.today()
        if self.session.store.changed_elsewhere() or another_day:
            self._look_at_session()
            for screen in self.screen_stack:
                if isinstance(screen, KeyScreen) and screen.takes_keys:
                    screen.store_changed()

    def _look_at_session(self) -> None:
        """What screens are given follows the clock and other programs: terminals stay open for weeks."""
        session = self.session
        session.today = clock.today()
        known = {employer.id: employer for employer in employers(session.store)}
        session.employer = known.get(session.employer.id, session.employer)

    # -- keys

    async def on_event(self, event: events.Event) -> None:
        """Keys and pasted text go straight to the screen on top; keys wait until it can take them."""
        screen = self._keyed()
        if screen is None or event.is_forwarded or not isinstance(event, (events.Key, events.Paste)):
            await super().on_event(event)
        elif isinstance(event, events.Key):
            self.take_key_now(event)
        elif screen.takes_keys:
            screen.take_paste(event.text)

    def take_key_now(self, event: events.Key) -> bool:
        """Hand a key to the screen on top; False where that has no keys of this kind."""
        screen = self._keyed()
        if screen is None:
            return False
        # A text may hold what elsewhere is the rest of a torn sequence, and shows it before it counts.
        if screen.takes_text or not self._guard.swallow(event.key):
            self._ahead.append(event)
            self.at_once(self._hand_over)
        return True

    def on_screen_ready(self, message: ScreenReady) -> None:
        """A screen opened: it gets the keys that were typed before it was there."""
        message.stop()
        self._hand_over()

    def _hand_over(self) -> None:
        while self._ahead and (screen := self._keyed()) is not None and screen.takes_keys:
            event = self._ahead.pop(0)
            screen.take_key(event.key, event.character)

    def _keyed(self) -> KeyScreen | UnlockScreen[Opened] | None:
        """The screen on top, where it takes its keys from here."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        return screen if isinstance(screen, KeyScreen) else self._lock if screen is self._lock else None

    # -- size

    def on_resize(self, event: events.Resize) -> None:
        """Below the smallest size, say so; above it, go on where the user was."""
        if not self._lock:
            self._fit(event.size)

    def _fit(self, size: Size) -> None:
        small = isinstance(self.screen, TooSmallScreen)
        if is_too_small(size) and not small:
            self.push_screen(TooSmallScreen(self.session))
        elif small and not is_too_small(size):
            self.pop_screen()

    # -- a failure

    def output_failed(self, problem: str) -> None:
        """Leave a note for `hrtui doctor`."""
        if not self._lock:
            with contextlib.suppress(OSError):
                note = self.session.store.folder / OUTPUT_NOTE
                note.write_text(f"{clock.today()} {problem}\n", encoding="utf-8")

    def _fatal_error(self) -> None:
        """End with one sentence: what Textual would show are values, and those are about people."""
        from rich.text import Text

        error = self._exception or RuntimeError()
        opened = self._lock is None
        self._exit_renderables.append(Text(failures.told(error, self._folder() if opened else None)))
        self._close_messages_no_wait()

    def _folder(self) -> Path | None:
        try:
            return self.session.store.folder
        except Exception:  # the database itself may be what failed
            return None


def _look_for_garbage() -> None:
    """Where the start went without garbage collection: begin with it, past everything that the start made."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
