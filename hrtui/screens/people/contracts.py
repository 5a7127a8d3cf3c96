"""The contracts of a person: all versions, putting one right, a new version from a date, a new contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

from hrtui.domain.contract import VersionError
from hrtui.domain.contract_fields import contract_fields
from hrtui.domain.identity.problem import Value
from hrtui.domain.record_field import Field
from hrtui.i18n import N_, t
from hrtui.record_wording import shown, version_text
from hrtui.screens.base import KeyScreen
from hrtui.screens.form_base import FlowScreen, RecordScreen
from hrtui.screens.people.contract_wording import contract_days
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store import contracts as commands
from hrtui.store.contracts import Contract, contracts_of
from hrtui.store.person_records import person_name
from hrtui.store.record_history import Row as StoredRow
from hrtui.widgets.form_field import FormField, Values, day_of, day_shown
from hrtui.widgets.hints import Hint

_DAYS = ("start_date", "end_date")
_AT_THE_END = frozenset({"termination_reason"})
"""Asked when the contract ends, and not before."""


class ContractsScreen(TableScreen):
    """The versions of a person's contracts, the latest first; Enter opens one to put it right."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("put right")),
        "table.new": (2, N_("change from a date")),
        "table.delete": (3, N_("end")),
        "table.undo": (4, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("From"), 10),
        Column(N_("Until"), 10),
        Column(N_("Worker status"), 20),
        Column(N_("Hours"), 6, right=True),
        Column(N_("Wage"), 12, right=True),
        Column(N_("Function")),
    )

    def __init__(self, session: Session, person_id: int) -> None:
        super().__init__(session)
        self.person_id = person_id
        self._contracts: dict[int, Contract] = {}

    def heading(self) -> str:
        """Whose contracts."""
        name = person_name(self.session.store, self.session.employer.id, self.person_id)
        return t("Contracts of {name}", name=name)

    def find(self, text: str) -> Sequence[int]:
        """All versions."""
        found = reversed(contracts_of(self.session.store, self.person_id))
        self._contracts = {contract.id: contract for contract in found}
        return list(self._contracts)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Days, status, hours, wage and function."""
        fields = {field.name: field for field in contract_fields(self.session.employer.country)}

        rights = self.session.rights

        def text(name: str, value: Value) -> str:
            return t("hidden") if rights.hides("contract", name) else shown(fields[name], value)

        def row(values: Mapping[str, Value]) -> Row:
            days = [day_shown(values[name]) for name in _DAYS]
            names = ("worker_status", "hours_per_week", "wage_cents", "job_title")
            return Row([*days, *(text(name, values[name]) for name in names)])

        return {id_: row(self._contracts[id_].values) for id_ in ids}

    def open_row(self, row_id: int) -> None:
        """Put this version right."""
        self.app.push_screen(ContractScreen(self.session, self.person_id, row_id))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """This version."""
        return [("contract", row_id)]

    def action_table_new(self) -> None:
        """Change the contract from a date on."""
        screen = change_screen(self.session, self.person_id)
        self.app.push_screen(screen or NewContract(self.session, self.person_id))

    def action_table_delete(self) -> None:
        """End the contract under the cursor."""
        from hrtui.screens.people.contract_end import EndScreen

        if self.current is not None:
            self.app.push_screen(EndScreen(self.session, self._contracts[self.current]))


class ContractScreen(RecordScreen):
    """One version of a contract; what is put right here holds from its start on."""

    def __init__(self, session: Session, person_id: int, contract_id: int) -> None:
        super().__init__(session)
        self.person_id, self.contract_id = person_id, contract_id
        self._fields = {field.name: field for field in contract_fields(session.employer.country)}

    def heading(self) -> str:
        """Whose contract, and its days."""
        name = person_name(self.session.store, self.session.employer.id, self.person_id)
        return f"{t('Put a contract right')}  {name}  {contract_days(self.values())}"

    def fields(self) -> Sequence[FormField]:
        """All fields of a contract."""
        return [form_field(self.session, field, section="") for field in self._fields.values()]

    def values(self) -> Values:
        """What is stored; what was shown where it is gone."""
        found = contracts_of(self.session.store, self.person_id)
        return next((one.values for one in found if one.id == self.contract_id), self.form.values)

    def history_rows(self) -> Sequence[StoredRow]:
        """This version."""
        return [("contract", self.contract_id)]

    def save_field(self, name: str, value: Value) -> str:
        """Store one field; days that leave something outside ask what becomes of it."""
        store, employer_id = self.session.store, self.session.employer.id
        old = self.form.cell(name).value
        try:
            if name in _DAYS:
                return self._save_days({name: value})
            commands.correct_contract(store, employer_id, self.contract_id, self._fields[name], old, value)
        except VersionError as problem:
            return version_text(problem)
        return ""

    def _save_days(self, changed: Values) -> str:
        from hrtui.screens.people.contract_end import ask_outside

        days = {name: self.form.cell(name).value for name in _DAYS} | dict(changed)
        start = date.fromisoformat(str(days["start_date"]))
        return ask_outside(self, self.contract_id, start, day_of(days["end_date"]))


class _ContractFlow(FlowScreen):
    """Fields of a contract that are stored as a whole, for a person."""

    only_writes = True

    def __init__(self, session: Session, person_id: int) -> None:
        super().__init__(session)
        self.person_id = person_id

    def record_fields(self) -> list[Field]:
        """The fields to ask."""
        fields = contract_fields(self.session.employer.country)
        return [field for field in fields if field.name not in _AT_THE_END]

    def fields(self) -> Sequence[FormField]:
        """All in one section."""
        return [form_field(self.session, field, section="") for field in self.record_fields()]

    def person(self) -> str:
        """The person's name."""
        return person_name(self.session.store, self.session.employer.id, self.person_id)

    def store(self, values: dict[str, Value]) -> None:
        """Write it."""
        raise NotImplementedError

    def submit(self, values: dict[str, Value]) -> None:
        """Store it; what stands in the way is told, and what was typed stays."""
        try:
            self.store(values)
        except VersionError as problem:
            self.form.go("start_date")
            self.form.current.problem = version_text(problem)
        else:
            self.close_telling(t("The contract is saved."))


class NewContract(_ContractFlow):
    """A contract beside the others, for somebody who comes (back) into service."""

    def heading(self) -> str:
        """For whom."""
        return t("New contract of {name}", name=self.person())

    def values(self) -> Values:
        """As the last contract, without its days."""
        last = next(iter(reversed(contracts_of(self.session.store, self.person_id))), None)
        if last is None:
            return {}
        return last.values | {"start_date": None, "end_date": None, "dimona_status": ""}

    def store(self, values: dict[str, Value]) -> None:
        """Add the contract."""
        commands.add_contract(self.session.store, self.session.employer.id, self.person_id, values)


class ContractChange(_ContractFlow):
    """What is different in a contract from a day on: the version before ends the day before."""

    def __init__(self, session: Session, person_id: int, running: Contract) -> None:
        super().__init__(session, person_id)
        self.running = running

    def heading(self) -> str:
        """Whose contract."""
        return f"{t('Change the contract from a date')}  {self.person()}"

    def record_fields(self) -> list[Field]:
        """The end stays that of the contract."""
        return [field for field in super().record_fields() if field.name != "end_date"]

    def values(self) -> Values:
        """What holds now, from today on or, for one that has not begun, the day after its start."""
        first = max(self.session.today, self.running.period.start + timedelta(days=1))
        return self.running.values | {"start_date": first.isoformat()}

    def store(self, values: dict[str, Value]) -> None:
        """Add the version."""
        start = date.fromisoformat(str(values.pop("start_date")))
        commands.change_contract(self.session.store, self.session.employer.id, self.person_id, start, values)


def change_screen(session: Session, person_id: int) -> KeyScreen | None:
    """The form for a change from a date; None where no contract runs or is to come."""
    running = running_contract(session, person_id)
    return ContractChange(session, person_id, running) if running else None


def running_contract(session: Session, person_id: int) -> Contract | None:
    """The contract that runs today, else the next one; None where all have ended."""
    found = contracts_of(session.store, person_id)
    return next((one for one in found if one.period.end is None or one.period.end >= session.today), None)
