"""What else can be done with a leave type, or with the leave of people: the menus that open those screens."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.leave_type import LeaveType
from hrtui.i18n import language, t, tn
from hrtui.screens.asking import AskingScreen
from hrtui.screens.base import KeyScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.store.errors import StoreError
from hrtui.store.leave_years import leave_year_of
from hrtui.store.written_limits import outdated, write_anew


def type_menu(here: KeyScreen, kind: LeaveType) -> MenuScreen:
    """What concerns the people of a type."""
    from hrtui.screens.leave.entitlements import EntitlementsScreen
    from hrtui.screens.leave.exceptions import LeaveExceptionsScreen
    from hrtui.screens.leave.leave_type import LeaveTypeScreen
    from hrtui.screens.leave.roll_over import RollOverScreen

    session = here.session
    present = leave_year_of(session.store, session.employer.id, session.today)
    year, months = present.number, (session.today.month - present.first_month) % 12

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
            lambda: push(RollOverScreen(session, year - 1 if months < 6 else year)),
        ),
    ]
    if people := len(outdated(session.store, session.employer.id, kind).people):
        items.append(
            Item(
                t("Write the new limit down"),
                tn("For {n} person who keeps another", "For {n} people who keep another", people),
                lambda: _write_anew(here, kind),
            )
        )
    if not kind.active and not isinstance(here, LeaveTypeScreen):
        edit = Item(t("Edit the inactive type"), "", lambda: push(LeaveTypeScreen(session, kind)))
        items.insert(0, edit)
    return MenuScreen(session, f"{kind.key}  {kind.name(language())}", items)


def _write_anew(here: KeyScreen, kind: LeaveType) -> None:
    """Give those who keep an earlier limit the present one, and say so."""
    store, employer_id = here.session.store, here.session.employer.id
    people = len(outdated(store, employer_id, kind).people)
    try:
        write_anew(store, employer_id, kind)
    except StoreError as problem:
        here.say(problem.text)
        return
    here.store_changed()
    if isinstance(here, AskingScreen):
        here.tell(tn("{n} person has the new limit.", "{n} people have the new limit.", people))


def people_leave_items(here: KeyScreen, person_ids: Sequence[int]) -> list[Item]:
    """What can be done with the leave of one or many people."""
    from hrtui.screens.leave.allowance_forms import AdjustForm, GrantForm, ProposalForm
    from hrtui.screens.leave.allowances import AllowancesScreen
    from hrtui.screens.leave.exceptions import OwnLimitForm

    session = here.session
    year = leave_year_of(session.store, session.employer.id, session.today).number

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
