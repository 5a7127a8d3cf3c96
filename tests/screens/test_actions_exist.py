"""Every action of a screen's scopes does something on that screen: none is a key that fails."""

from __future__ import annotations

import pytest

from hrtui.actions import ACTIONS
from hrtui.editor.editor import ACTIONS as OF_THE_EDITOR
from hrtui.screens.account.account import AccountScreen
from hrtui.screens.account.devices import DevicesScreen
from hrtui.screens.account.log_in import LogInScreen
from hrtui.screens.account.second_step import BackupCodesScreen
from hrtui.screens.base import KeyScreen
from hrtui.screens.calendar.month import MonthScreen
from hrtui.screens.calendar.paste_preview import PastePreviewScreen
from hrtui.screens.calendar.person_calendar import CalendarScreen
from hrtui.screens.calendar.too_small import TooSmallScreen
from hrtui.screens.calendar.year import YearScreen
from hrtui.screens.employer.holidays import HolidaysScreen
from hrtui.screens.help import HelpScreen
from hrtui.screens.history.day import HistoryScreen
from hrtui.screens.history.record import RecordHistoryScreen
from hrtui.screens.leave.allowances import AllowancesScreen, LedgerScreen
from hrtui.screens.leave.entitlements import EntitlementsScreen
from hrtui.screens.leave.exceptions import LeaveExceptionsScreen
from hrtui.screens.leave.leave_type import ActivateScreen, LeaveTypeScreen, NewLeaveType
from hrtui.screens.leave.leave_types import LeaveTypesScreen
from hrtui.screens.leave.roll_over import RollOverScreen
from hrtui.screens.palette import PaletteScreen

SCREENS = (
    MonthScreen,
    CalendarScreen,
    YearScreen,
    HelpScreen,
    PaletteScreen,
    HistoryScreen,
    PastePreviewScreen,
    TooSmallScreen,
    LeaveTypesScreen,
    LeaveTypeScreen,
    NewLeaveType,
    ActivateScreen,
    LeaveExceptionsScreen,
    AllowancesScreen,
    LedgerScreen,
    EntitlementsScreen,
    RollOverScreen,
    HolidaysScreen,
    RecordHistoryScreen,
    AccountScreen,
    DevicesScreen,
    LogInScreen,
    BackupCodesScreen,
)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_action_of_its_scopes_has_a_method_or_is_the_editors(screen: type[KeyScreen]) -> None:
    scopes = {*screen.scopes, "app"}
    for action in ACTIONS.values():
        if action.scope in scopes:
            method = hasattr(screen, "action_" + action.id.replace(".", "_"))
            editors = screen is MonthScreen and action.id in OF_THE_EDITOR
            assert method or editors, action.id
