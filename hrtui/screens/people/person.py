"""The record of a person in sections; each field is stored when it is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.domain.person_fields import person_fields
from hrtui.domain.record_field import Section
from hrtui.i18n import N_, t
from hrtui.record_wording import section_name
from hrtui.screens.base import KeyScreen
from hrtui.screens.form_base import RecordScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.people.contract_wording import contract_line
from hrtui.screens.record_fields import form_field, link_name, number_cautions
from hrtui.screens.session import Session
from hrtui.store.employer_records import employer_settings
from hrtui.store.errors import StoreError
from hrtui.store.person_records import PersonRecord, change_field, person_record
from hrtui.store.record_history import Row, rows_of_person
from hrtui.widgets.form_field import FormField, Values, day_shown, fixed_field
from hrtui.widgets.hints import Hint

_SHOWN = 4
"""So many contracts and schedules are in the record itself; all of them are a key away."""


class PersonScreen(RecordScreen):
    """One person: fields of the paper form, and below them contracts and schedules, the latest first."""

    words: ClassVar[dict[str, Hint]] = {
        "form.more": (1, N_("contract, schedule…")),
        "form.reveal": (2, N_("show number")),
        "form.undo": (3, N_("undo")),
        "form.history": (3, N_("history")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, person_id: int) -> None:
        super().__init__(session)
        self.person_id = person_id
        self.record: PersonRecord = self._read()
        settings = employer_settings(session.store, session.employer.id)
        self._fields = {
            field.name: field
            for field in person_fields(
                session.employer.country, zw_self_insured=bool(settings.get("zw_self_insured"))
            )
        }

    def _read(self) -> PersonRecord:
        return person_record(self.session.store, self.session.employer.id, self.person_id)

    def heading(self) -> str:
        """Who it is."""
        return f"{self.record.name}  {self.record.values['number']}  {self.session.employer.name}"

    def fields(self) -> Sequence[FormField]:
        """The fields of the record, contracts and schedules between those of employment and team."""
        made: list[FormField] = []
        for field in self._fields.values():
            if field.section is Section.TEAM:
                made += self._dated()
            made.append(form_field(self.session, field))
        return made

    def _dated(self) -> list[FormField]:
        """Places for the latest contracts and schedules; those without one are not there."""
        return [
            fixed_field(
                f"{name}.{place}",
                label if not place else "",
                section=section_name(section),
                when=lambda values, key=f"{name}.{place}": bool(values.get(key)),
            )
            for name, label, section in (
                ("contract", N_("Contracts"), Section.EMPLOYMENT),
                ("schedule", N_("Schedules"), Section.SCHEDULE),
            )
            for place in range(_SHOWN)
        ]

    def values(self) -> Values:
        """What is stored of the person, and the latest contracts and schedules in words."""
        values: dict[str, Value] = dict(self.record.values)
        contracts = [contract_line(contract.values) for contract in reversed(self.record.contracts)]
        schedules = [
            f"{day_shown(one.values['valid_from'])}  "
            + link_name(self.session, "work_schedule", one.values["schedule_id"])
            for one in reversed(self.record.assignments)
        ]
        for name, texts in (("contract", contracts), ("schedule", schedules)):
            values |= {f"{name}.{place}": "" for place in range(_SHOWN)}
            values |= {f"{name}.{place}": text for place, text in enumerate(texts[:_SHOWN])}
        return values

    def warn(self, values: Values) -> dict[str, str]:
        """Birth date and sex that are not those of the national number."""
        return number_cautions(self.session, values)

    def save_field(self, name: str, value: Value) -> str:
        """Store one field of the person as a step."""
        old, field = self.form.cell(name).value, self._fields[name]
        try:
            change_field(self.session.store, self.session.employer.id, self.person_id, field, old, value)
        finally:
            self.record = self._read()
        return ""

    def store_changed(self) -> None:
        """Show what is stored now; where the person is gone, close."""
        try:
            self.record = self._read()
        except StoreError as problem:
            self.close_saying(problem.text)
            return
        super().store_changed()

    def history_rows(self) -> Sequence[Row]:
        """The person, contracts and schedules."""
        return rows_of_person(self.session.store, self.person_id)

    def action_form_more(self) -> None:
        """What there is beside the fields."""
        self.form.settle()
        self.app.push_screen(MenuScreen(self.session, self.record.name, self._items()))

    def _items(self) -> list[Item]:
        from hrtui.screens.people import contracts
        from hrtui.screens.people.contract_end import end_screen
        from hrtui.screens.people.forms import PeopleChange

        def push(screen: KeyScreen | None) -> None:
            if screen is None:
                self.say(t("There is no contract that runs: make a new one first."))
            else:
                self.app.push_screen(screen)

        session, person_id = self.session, self.person_id
        return [
            Item(
                t("Change the contract from a date"),
                t("A new version; what was before stays"),
                lambda: push(contracts.change_screen(session, person_id)),
            ),
            Item(
                t("Contracts"),
                t("All versions; put one right"),
                lambda: push(contracts.ContractsScreen(session, person_id)),
            ),
            Item(
                t("New contract"),
                t("For somebody who comes back"),
                lambda: push(contracts.NewContract(session, person_id)),
            ),
            Item(
                t("End the contract"),
                t("Shows first what falls outside"),
                lambda: push(end_screen(session, person_id)),
            ),
            Item(t("Schedule or team from a date"), "", lambda: push(PeopleChange(session, [person_id]))),
            Item(t("History"), t("Who changed what, and when"), self.action_form_history),
        ]
