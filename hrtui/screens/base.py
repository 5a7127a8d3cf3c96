"""What all screens share: each key does its action of the registry at once, in the order of typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.message import Message
from textual.screen import Screen

from hrtui import failures
from hrtui.actions import ACTIONS
from hrtui.editor.outcome import Level
from hrtui.i18n import t
from hrtui.key_names import key_label
from hrtui.screens.session import Session
from hrtui.store.changes import last_step
from hrtui.store.errors import StoreError
from hrtui.terminal.output import ChangedCellsOutput


class ScreenReady(Message):
    """A screen can take keys now."""


class KeyScreen(Screen[None]):
    """A screen whose keys are actions of the registry.

    The app calls `take_key` for each key, directly: no key waits in a widget's queue, so that keys typed
    ahead of a screen that opens or closes still go where they were meant to. The action `calendar.left`
    runs the method `action_calendar_left`; a key without an action goes to `other_key`. A screen that
    closes itself with `close` has used up the key: the screen below never sees it.
    """

    scopes: ClassVar[tuple[str, ...]] = ("dialog",)
    """The registry's scopes in which a key is looked up, the first match counting (`app` is in each)."""
    waits_below: ClassVar[bool] = False
    """Whether it stays open below a screen that makes what it can choose from."""
    AUTO_FOCUS = ""
    ALLOW_SELECT = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.takes_keys = False
        self.begin: Callable[[], None] | None = None
        """What to do before the first key, once the screen has what it shows."""
        self._seen = 0

    def on_mount(self) -> None:
        """From here on the screen can act on keys; the app hands over those that were typed ahead."""
        begin, self.begin = self.begin, None
        if begin is not None:
            begin()
        self.takes_keys = True
        self._seen = last_step(self.session.store)
        self.app.post_message(ScreenReady())

    @property
    def takes_text(self) -> bool:
        """Whether a character is typed into a text now, rather than doing something at once."""
        return False

    def on_screen_resume(self) -> None:
        """The screen above has closed: the terminal's cursor belongs here again."""
        if self.takes_keys:
            self.place_cursor()

    def place_cursor(self) -> None:
        """Put the terminal's cursor where the user is; screen readers and magnifiers follow it."""

    def take_key(self, key: str, character: str | None) -> None:
        """Do what `key` means on this screen; what the database refuses is told in a sentence.

        So is any other failure: the next key still works, and the database holds whole steps only.
        """
        try:
            self.on_key_typed(key, character)
        except StoreError as error:
            self.say(error.text)
        except Exception as error:
            self.say(failures.told(error, self.session.store.folder))

    def on_key_typed(self, key: str, character: str | None) -> None:
        """Run the key's action; a screen with a state of its own for keys (a prompt) looks at that first."""
        action_id = self.action_of(key)
        if action_id is None:
            self.other_key(key, character)
        else:
            self.run_action_id(action_id)

    def action_of(self, key: str) -> str | None:
        """The id of the action that `key` does on this screen, or None."""
        action = self.session.keymap.action
        for scope in self.scopes:
            if (found := action(scope, key)) is not None:
                return found
        return None

    def run_action_id(self, action_id: str) -> None:
        """Do the action with this id; the palette and the help screen run actions through this, too."""
        if ACTIONS[action_id].scope == "screens":
            from hrtui.screens.places import open_place

            open_place(self, action_id)
            return
        getattr(self, _method(action_id))()

    def does(self, action_id: str) -> bool:
        """Whether this screen has a method for the action."""
        return hasattr(self, _method(action_id))

    def other_key(self, key: str, character: str | None) -> None:
        """A key without an action says so, unless the screen has a use for it."""
        help_key = self.session.keymap.label("app.help")
        self.say(t("“{key}” does nothing here. {help} lists the keys.", key=key_label(key), help=help_key))

    def take_paste(self, text: str) -> None:
        """Text pasted into the terminal: it is never typed; most screens have no use for it."""

    def say(self, text: str) -> None:
        """Warn in one sentence; a screen with a status line shows it there."""
        self.notify(text, markup=False)

    def tell(self, text: str, level: Level = "info") -> None:
        """Tell in one sentence what was done; a screen without a line for that says it as a warning."""
        self.say(text)

    @property
    def on_top(self) -> KeyScreen:
        """The screen that the clerk is on now: this one, or the one that is left once it has closed."""
        top = self.app.screen
        return top if isinstance(top, KeyScreen) else self

    def store_changed(self) -> None:
        """Another program wrote to the database: show what it says now."""

    def close(self) -> None:
        """Leave this screen for the one below it, which shows what was written meanwhile."""
        self.app.pop_screen()
        if isinstance(below := self.app.screen, KeyScreen):
            below.shown_again()

    def close_telling(self, text: str) -> None:
        """Close, and let the screen below tell what was done."""
        self.close()
        self.on_top.tell(text)

    def close_saying(self, text: str) -> None:
        """Close, also below others, and let the screen on top say why."""
        while self in self.app.screen_stack:
            self.app.pop_screen()
        self.on_top.say(text)

    def shown_again(self) -> None:
        """The screen above has closed; the next key comes here, so what it wrote has to be known by now."""
        step = last_step(self.session.store)
        if step != self._seen and self.takes_keys:
            self._seen = step
            self.store_changed()

    def may_leave(self) -> str:
        """'' or a sentence about what would be lost if this screen were closed without asking."""
        return ""

    def action_app_back(self) -> None:
        """Close the screen."""
        self.close()

    def action_app_quit(self) -> None:
        """Leave the program, unless this screen or one below has to ask first what becomes of typed text."""
        screens = [screen for screen in reversed(self.app.screen_stack) if isinstance(screen, KeyScreen)]
        if all(screen.ready_to_quit() for screen in screens):
            self.app.exit()

    def ready_to_quit(self) -> bool:
        """Whether the program may end now; a screen that would lose something asks, and says no."""
        return True

    def action_app_redraw(self) -> None:
        """Send the whole screen again, whatever stands on it."""
        if isinstance(self.app, ChangedCellsOutput):
            self.app.redraw_terminal()

    def action_app_screens(self) -> None:
        """Open the menu of screens."""
        from hrtui.screens.places_menu import PlacesMenu

        self.app.push_screen(PlacesMenu(self.session))

    def action_app_help(self) -> None:
        """Open the help for this screen."""
        from hrtui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.session, self.scopes))

    def action_app_palette(self) -> None:
        """Open the list of actions to search in."""
        from hrtui.screens.palette import PaletteScreen

        self.app.push_screen(PaletteScreen(self.session, self.scopes, self.run_action_id))


def _method(action_id: str) -> str:
    return "action_" + action_id.replace(".", "_")
