"""What else can be done with a leave type, or with the leave of people: the menus that open those screens."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.leave_type import LeaveType
from hrtui.i18n import language, t, tn
from hrtui.screens.base import KeyScreen
from hrtui.screens.menu import Item, MenuScreen


def type_menu(here: KeyScreen, kind: LeaveType) -> MenuScreen:
    """What concerns the people of a type."""
    from hrtui.screens.entitlements import EntitlementsScreen
    from hrtui.screens.leave_exceptions import LeaveExceptionsScreen
    from hrtui.screens.leave_type import LeaveTypeScreen
    from hrtui.screens.roll_over import RollOverScreen

    session, year = here.session, here.session.today.year

    def push(screen: KeyScreen) -> None:
        here.app.push_screen(screen)

    items = [
        Item(
            t("People with another limit"),
            t("Exceptions to the limit of the type"),
            lambda: push(LeaveExceptionsScreen(session, kind.id)),
        ),
        Item(
            t("Allowances of a year"),
            t("Proposed for everybody, granted in one step"),
            lambda: push(EntitlementsScreen(session, kind.id, year)),
        ),
        Item(
            t("Close a leave year"),
            t("What is carried on and what lapses"),
            lambda: push(RollOverScreen(session, year - 1 if session.today.month < 7 else year)),
        ),
    ]
    if not kind.active and not isinstance(here, LeaveTypeScreen):
        edit = Item(t("Edit the inactive type"), "", lambda: push(LeaveTypeScreen(session, kind)))
        items.insert(0, edit)
    return MenuScreen(session, f"{kind.key}  {kind.name(language())}", items)


def people_leave_items(here: KeyScreen, person_ids: Sequence[int]) -> list[Item]:
    """What can be done with the leave of one or many people."""
    from hrtui.screens.allowance_forms import AdjustForm, GrantForm, ProposalForm
    from hrtui.screens.allowances import AllowancesScreen
    from hrtui.screens.leave_exceptions import OwnLimitForm

    session, year = here.session, here.session.today.year

    def push(screen: KeyScreen) -> None:
        here.app.push_screen(screen)

    people = tn("For {n} person", "For {n} people", len(person_ids))
    items = [
        Item(
            t("Propose and grant leave…"),
            t("By law, or by the limit of the type"),
            lambda: push(ProposalForm(session, person_ids, year)),
        ),
        Item(t("Grant leave…"), people, lambda: push(GrantForm(session, person_ids, year))),
        Item(t("Adjust leave…"), people, lambda: push(AdjustForm(session, person_ids, year))),
        Item(t("Own limit of a leave type…"), people, lambda: push(OwnLimitForm(session, person_ids))),
    ]
    if len(person_ids) == 1:
        first = Item(
            t("Allowances"),
            t("What was granted and taken"),
            lambda: push(AllowancesScreen(session, person_ids[0], year)),
        )
        items.insert(0, first)
    return items
