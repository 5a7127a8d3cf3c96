"""Every action of a screen's scopes does something on that screen: none is a key that fails."""

from __future__ import annotations

import pytest

from hrtui.actions import ACTIONS
from hrtui.editor.editor import ACTIONS as OF_THE_EDITOR
from hrtui.screens.account import AccountScreen
from hrtui.screens.allowances import AllowancesScreen, LedgerScreen
from hrtui.screens.base import KeyScreen
from hrtui.screens.calendar import CalendarScreen
from hrtui.screens.devices import DevicesScreen
from hrtui.screens.entitlements import EntitlementsScreen
from hrtui.screens.help import HelpScreen
from hrtui.screens.history import HistoryScreen
from hrtui.screens.holidays import HolidaysScreen
from hrtui.screens.leave_exceptions import LeaveExceptionsScreen
from hrtui.screens.leave_type import ActivateScreen, LeaveTypeScreen, NewLeaveType
from hrtui.screens.leave_types import LeaveTypesScreen
from hrtui.screens.log_in import LogInScreen
from hrtui.screens.month import MonthScreen
from hrtui.screens.palette import PaletteScreen
from hrtui.screens.paste_preview import PastePreviewScreen
from hrtui.screens.record_history import RecordHistoryScreen
from hrtui.screens.roll_over import RollOverScreen
from hrtui.screens.second_step import BackupCodesScreen
from hrtui.screens.too_small import TooSmallScreen
from hrtui.screens.year import YearScreen

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
