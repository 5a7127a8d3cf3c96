"""The screens that the menu opens: one line each, imported only when opened.

To add a screen: an action `screens.<id>` in the registry, its digit in keybindings.toml, and its class here,
which is made with the session alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from hrtui.domain.roles import Area
from hrtui.i18n import t
from hrtui.store.roles import CASES_KEPT, READS_ONLY

if TYPE_CHECKING:
    from hrtui.screens.base import KeyScreen
    from hrtui.screens.session import Session

PLACES: dict[str, str] = {
    "screens.people": "hrtui.screens.people.people:PeopleScreen",
    "screens.leave_types": "hrtui.screens.leave.leave_types:LeaveTypesScreen",
    "screens.components": "hrtui.screens.pay.components:ComponentsScreen",
    "screens.messages": "hrtui.screens.messages:MessagesScreen",
    "screens.holidays": "hrtui.screens.employer.holidays:HolidaysScreen",
    "screens.schedules": "hrtui.screens.employer.schedules:SchedulesScreen",
    "screens.teams": "hrtui.screens.employer.teams:TeamsScreen",
    "screens.forward": "hrtui.screens.forwarding.months:ForwardScreen",
    "screens.sick_report": "hrtui.screens.sickness.find:FindSick",
    "screens.sick": "hrtui.screens.sickness.cases:CasesScreen",
    "screens.sick_agenda": "hrtui.screens.sickness.agenda:AgendaScreen",
    "screens.sync": "hrtui.screens.sync.status:SyncScreen",
    "screens.employer": "hrtui.screens.employer.employer:EmployerScreen",
    "screens.employers": "hrtui.screens.employer.employers:EmployersScreen",
    "screens.account": "hrtui.screens.account.account:AccountScreen",
}
"""Where each screen is, by the id of the action that opens it; the month is always there below."""

AREAS: dict[str, Area] = {
    "screens.components": Area.PAY_COMPONENTS,
    "screens.messages": Area.MESSAGES,
    "screens.employer": Area.SETTINGS,
    "calendar.pay": Area.PAY_COMPONENTS,
    "calendar.pay_add": Area.PAY_COMPONENTS,
    "calendar.messages": Area.MESSAGES,
    "calendar.message_add": Area.MESSAGES,
}
"""The actions that are about what an employer may keep to some roles."""


CASES = frozenset(
    {"screens.sick_report", "screens.sick", "screens.sick_agenda", "sick.report", "calendar.sick"}
)
"""The actions that are about cases of illness."""


WRITING = frozenset(
    {
        *("table.new", "table.delete", "calendar.pay_add", "calendar.message_add"),
        *("screens.sick_report", "sick.report", "calendar.sick"),
    }
)
"""The actions that only begin something new or take it away: whoever may change nothing is told before."""


def why_kept(session: Session, action_id: str) -> str:
    """'' or the sentence that the clerk's roles may not see what the action is about, or may not do it."""
    own, area = session.rights, AREAS.get(action_id)
    if action_id in CASES and not (own.cases and own.may(Area.SICKNESS)):
        return t(CASES_KEPT)
    if own.reads_only and action_id in WRITING:
        return t(READS_ONLY)
    return own.why_hidden(area) if area else ""


_SUPPLY = frozenset({"screens.schedules", "screens.teams", "screens.employer"})
"""Where the choices of forms are made, and what the strip of a new person asks of the employer."""


def open_place(here: KeyScreen, action_id: str) -> None:
    """Close what is open above the month and open a screen over it, unless typing would be lost by that.

    A form stays open below a screen that makes what it can choose from, so that Escape comes back to it.
    """
    from hrtui.screens.base import KeyScreen

    if kept := why_kept(here.session, action_id):
        here.say(kept)
        return
    app = here.app
    above = [screen for screen in app.screen_stack if isinstance(screen, KeyScreen)][1:]
    if (
        here.waits_below
        and action_id in _SUPPLY
        and not any(isinstance(one, _place(action_id)) for one in above)
    ):
        app.push_screen(_place(action_id)(here.session))
        return
    for screen in reversed(above):
        if unsaved := screen.may_leave():
            here.on_top.say(f"{unsaved} {t('Close this first.')}")
            return
    for screen in reversed(above):
        screen.close()
    if action_id in PLACES:
        app.push_screen(_place(action_id)(here.session))


def _place(action_id: str) -> type[KeyScreen]:
    module, _, name = PLACES[action_id].partition(":")
    found: type[KeyScreen] = getattr(import_module(module), name)
    return found
