"""Ending a contract: the last day, and what becomes of everything that falls outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from hrtui import i18n
from hrtui.domain.contract import VersionError
from hrtui.domain.contract_fields import contract_fields
from hrtui.domain.identity.problem import Value
from hrtui.domain.roles import Area
from hrtui.domain.typed_cell import cell_text
from hrtui.i18n import N_, t, tn
from hrtui.record_wording import version_text
from hrtui.screens.base import KeyScreen
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.people.contract_wording import contract_days
from hrtui.screens.people.contracts import running_contract
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.store.contracts import Contract, Decision, PeriodChanged, end_contract, set_period
from hrtui.store.leave_types import leave_types
from hrtui.store.outside import Outside
from hrtui.store.person_records import person_name
from hrtui.widgets.form_field import FormField, Values, amount_shown


def end_screen(session: Session, person_id: int) -> KeyScreen | None:
    """The form for the end of the contract that runs; None where none does."""
    running = running_contract(session, person_id)
    return EndScreen(session, running) if running else None


class EndScreen(FlowScreen):
    """Asks for the last day and the reason."""

    only_writes = True

    def __init__(self, session: Session, contract: Contract) -> None:
        super().__init__(session)
        self.contract = contract

    def heading(self) -> str:
        """Whose contract."""
        person_id = self.contract.values["person_id"]
        name = person_name(self.session.store, self.session.employer.id, person_id)
        return f"{t('End the contract')}  {name}  {contract_days(self.contract.values)}"

    def fields(self) -> Sequence[FormField]:
        """The last day, and why."""
        wanted = {field.name: field for field in contract_fields(self.session.employer.country)}
        last_day = form_field(
            self.session, wanted["end_date"], label=N_("Last day"), required=True, section=""
        )
        reason = form_field(self.session, wanted["termination_reason"], section="")
        return [last_day, reason]

    def values(self) -> Values:
        """The end that is known already."""
        return self.contract.values

    def submit(self, values: dict[str, Value]) -> None:
        """End it, or first ask what becomes of what falls outside."""
        last_day = date.fromisoformat(str(values["end_date"]))

        def end(decision: Decision | None) -> PeriodChanged:
            return end_contract(
                self.session.store,
                self.session.employer.id,
                self.contract.id,
                last_day,
                reason=str(values["termination_reason"] or ""),
                decision=decision,
            )

        try:
            changed = end(None)
        except VersionError as problem:
            self.form.current.problem = version_text(problem)
            return
        done = t("The contract ends on {day}.", day=i18n.day_text(last_day, "d MMM y"))
        if not changed.outside:
            self.close_telling(done)
            return

        def decided(decision: Decision) -> None:
            end(decision)
            self.close_telling(done)

        self.app.push_screen(outside_menu(self.session, changed.outside, decided))


def ask_outside(here: KeyScreen, contract_id: int, start: date, end: date | None) -> str:
    """Give a contract other days; where that leaves something outside, ask first and give a sentence."""
    session = here.session

    def change(decision: Decision | None) -> PeriodChanged:
        return set_period(session.store, session.employer.id, contract_id, start, end, decision=decision)

    changed = change(None)
    if not changed.outside:
        return ""

    def decided(decision: Decision) -> None:
        change(decision)
        here.shown_again()

    here.app.push_screen(outside_menu(session, changed.outside, decided))
    return t("This waits for your choice about what falls outside.")


def outside_menu(session: Session, outside: Outside, decided: Callable[[Decision], None]) -> MenuScreen:
    """Lists what falls outside, and asks whether it stays or goes; nothing happens before that."""
    lines = outside_lines(session, outside)
    items = [
        Item(t("Keep all of it"), t("It stays where it is"), lambda: decided(Decision.KEEP)),
        Item(t("Delete all of it"), t("One step, which undo takes back"), lambda: decided(Decision.DELETE)),
    ]
    title = tn("{n} thing falls outside the contract", "{n} things fall outside the contract", len(lines))
    return MenuScreen(session, title, items, lines)


def outside_lines(session: Session, outside: Outside) -> list[str]:
    """What falls outside, a line each."""
    rights, kinds = session.rights, leave_types(session.store, session.employer.id)
    shown = rights.kinds(kinds)
    lines = []
    for day in outside.days:
        locked = f"  ({t('locked month: stays in any case')})" if day.locked else ""
        entries = cell_text(rights.entries(day.entries, kinds), shown)
        lines.append(f"{i18n.day_text(day.date, 'EEE d MMM y')}  {entries}{locked}")
    for schedule in outside.schedules:
        day_text = i18n.day_text(schedule.valid_from, "d MMM y")
        lines.append(t("Schedule {name} from {day}", name=schedule.name, day=day_text))
    for component in outside.components:
        if not rights.may(Area.PAY_COMPONENTS):
            name, amount = t("Pay component"), t("hidden")
        else:
            name, amount = component.name, amount_shown(component.cents)
        text = t("{name}, {amount}, {month}", name=name, amount=amount, month=component.first_month)
        if component.cut_after:
            text += f"  ({t('ends with {month}', month=component.cut_after)})"
        lines.append(text)
    return lines
