"""The screens that the menu opens: one line each, imported only when opened.

To add a screen: an action `screens.<id>` in the registry, its digit in keybindings.toml, and its class here,
which is made with the session alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from hrtui.i18n import t

if TYPE_CHECKING:
    from hrtui.screens.base import KeyScreen

PLACES: dict[str, str] = {
    "screens.people": "hrtui.screens.people:PeopleScreen",
    "screens.leave_types": "hrtui.screens.leave_types:LeaveTypesScreen",
    "screens.components": "hrtui.screens.components:ComponentsScreen",
    "screens.messages": "hrtui.screens.messages:MessagesScreen",
    "screens.holidays": "hrtui.screens.holidays:HolidaysScreen",
    "screens.schedules": "hrtui.screens.schedules:SchedulesScreen",
    "screens.teams": "hrtui.screens.teams:TeamsScreen",
    "screens.employer": "hrtui.screens.employer:EmployerScreen",
    "screens.employers": "hrtui.screens.employers:EmployersScreen",
}
"""Where each screen is, by the id of the action that opens it; the month is always there below."""


def open_place(here: KeyScreen, action_id: str) -> None:
    """Close what is open above the month and open a screen over it, unless typing would be lost by that."""
    from hrtui.screens.base import KeyScreen

    app = here.app
    above = [screen for screen in app.screen_stack if isinstance(screen, KeyScreen)][1:]
    for screen in reversed(above):
        if unsaved := screen.may_leave():
            app.screen.say(f"{unsaved} {t('Close this first.')}") if isinstance(
                app.screen, KeyScreen
            ) else None
            return
    for screen in reversed(above):
        screen.close()
    if action_id in PLACES:
        module, _, name = PLACES[action_id].partition(":")
        app.push_screen(getattr(import_module(module), name)(here.session))
