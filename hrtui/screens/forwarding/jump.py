"""From a finding of the month's check to the place where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrtui.domain.month import Month
from hrtui.domain.month_end.finding import Finding, Place, Rule, Target
from hrtui.domain.providers import PROVIDERS
from hrtui.editor.position import Cursor
from hrtui.i18n import t
from hrtui.screens.base import KeyScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.store.leave_types import leave_types


def screen_of(session: Session, month: Month, target: Target) -> KeyScreen:
    """The screen on which the target is in view; raises StoreError where it is gone by now."""
    return _MAKERS[target.place](session, month, target)


def focus(screen: KeyScreen, finding: Finding) -> None:
    """Put the cursor of an opened screen on the finding's field or row, as far as it has it."""
    from hrtui.screens.employer.holidays import HolidaysScreen
    from hrtui.screens.form_base import FormScreen
    from hrtui.screens.table import TableScreen

    target = finding.target
    row_id = target.row_id
    if isinstance(screen, FormScreen) and target.field:
        # A leave type has a field for each provider, of which the finding names one.
        provider = PROVIDERS.get(finding.text) if finding.rule is Rule.UNMAPPED_TYPE else None
        fields = [cell.field for cell in screen.form.visible()]
        wanted = (one.name for one in fields if one.name.startswith(target.field) or one.label == provider)
        if name := next(wanted, ""):
            screen.form.go(name)
            screen.draw()
    elif isinstance(screen, HolidaysScreen) and target.date:
        row_id = screen.row_of(target.date)
    if isinstance(screen, TableScreen) and row_id in screen.ids:
        screen.cursor = screen.ids.index(row_id)
        screen.draw()


def _day(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.calendar.person_calendar import CalendarScreen

    shown = Month.of(target.date) if target.date else month
    editor, person_id = session.editor(shown), target.person_id or 0
    row = editor.row_of.get(person_id)
    if row is None:
        return _person(session, month, target)
    editor.cursor = Cursor(row, target.date.day if target.date else 1)
    return CalendarScreen(session, editor, person_id)


def _person(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.people.person import PersonScreen

    return PersonScreen(session, target.person_id or 0)


def _contract(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.people.contracts import ContractScreen

    return ContractScreen(session, target.person_id or 0, target.row_id or 0)


def _leave_type(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.leave.leave_type import LeaveTypeScreen

    kind = leave_types(session.store, session.employer.id).get(target.row_id or 0)
    if kind is None:
        raise StoreError(t("The employer has no type for this: add one with its code among the leave types."))
    return LeaveTypeScreen(session, kind)


def _component(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.pay.person_pay import PersonPayScreen

    return PersonPayScreen(session, target.person_id or 0, month)


def _message(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.messages import MessagesScreen
    from hrtui.store.messages import messages

    found = next(
        (one for one in messages(session.store, session.employer.id) if one.id == target.row_id), None
    )
    return MessagesScreen(session, target.person_id, found.month if found else month)


def _providers(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.employer.providers import ProviderForm, ProvidersScreen
    from hrtui.store.provider_links import provider_links

    links = provider_links(session.store, session.employer.id)
    link = next((one for one in links if one.id == target.row_id), None)
    return ProviderForm(session, link) if link else ProvidersScreen(session)


def _holidays(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.employer.holidays import HolidaysScreen

    return HolidaysScreen(session, month.year)


def _allowances(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.leave.allowances import AllowancesScreen
    from hrtui.store.leave_years import leave_year_of

    year = leave_year_of(session.store, session.employer.id, month.first).number
    return AllowancesScreen(session, target.person_id or 0, year)


def _month(session: Session, month: Month, target: Target) -> KeyScreen:
    from hrtui.screens.forwarding.form import ForwardForm

    return ForwardForm(session, Month.parse(target.field))


_MAKERS: Mapping[Place, Callable[[Session, Month, Target], KeyScreen]] = {
    Place.DAY: _day,
    Place.CASE: _day,
    Place.PERSON: _person,
    Place.CONTRACT: _contract,
    Place.LEAVE_TYPE: _leave_type,
    Place.COMPONENT: _component,
    Place.MESSAGE: _message,
    Place.PROVIDER: _providers,
    Place.HOLIDAYS: _holidays,
    Place.ALLOWANCES: _allowances,
    Place.MONTH: _month,
}
