"""What a line of a people file says, checked by the fields of the record that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from hrtui import clock
from hrtui.domain.contract import VersionError, checked_period
from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.identity.numbers import national_number_cautions
from hrtui.domain.identity.problem import Given, Problem, Value
from hrtui.domain.person_fields import PERSON_FIELDS, SCHEDULE_FIELDS
from hrtui.domain.record_field import Field, Kind
from hrtui.i18n import t
from hrtui.imports.cells import CellError, Record, parse_text, plain_text
from hrtui.imports.headers import normal, words
from hrtui.imports.plan import Plan
from hrtui.imports.tables import Cell
from hrtui.record_wording import caution_text, problem_text, version_text

_FIELDS = {field.name: field for field in (*PERSON_FIELDS, *CONTRACT_FIELDS, *SCHEDULE_FIELDS)}
PERSON = {
    "last_name": "last_name",
    "first_name": "first_name",
    "prefix": "name_prefix",
    "birth_date": "birth_date",
    "sex": "sex",
    "national_number": "national_number",
    "email": "email",
    "phone": "phone",
    "iban": "iban",
}
"""The columns of a file that go into the person table, with the names that they have there."""
_CONTRACT = {
    "contract_start": "start_date",
    "contract_end": "end_date",
    "status": "worker_status",
    "joint_committee": "joint_committee",
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "sex": {
        **words("m / man / mannelijk / male / h / homme / masculin / 1", "m"),
        **words("f / v / vrouw / vrouwelijk / female / woman / femme / féminin / 2", "f"),
        **words("x", "x"),
    },
    "status": {
        **words("employee / white-collar / bediende / employé / employée", "employee"),
        **words("worker / blue-collar / arbeider / arbeidster / ouvrier / ouvrière", "worker"),
        **words("student / jobstudent / étudiant / étudiante", "student"),
        **words("flexi / flexi-job / flexijobber", "flexi"),
        **words("apprentice / leerling / apprenti / apprentie", "apprentice"),
        **words("agency / agency worker / uitzendkracht / intérimaire", "agency"),
        **words("trainee / IBO / stagiair / stagiaire", "trainee"),
        **words("freelance / freelancer / zelfstandige / indépendant / indépendante", "freelance"),
    },
}
_NATIONAL_NUMBER_FIGURES = 11


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of a people file; what it leaves empty is not in `person` and `contract`, or "" or None.

    `person` and `contract` have the values of their tables' columns. `wrong` names the fields that were
    refused, so that nobody takes them for empty.
    """

    line: int
    number: str
    person: Mapping[str, Value]
    team: str
    contract: Mapping[str, Value]
    schedule: str
    schedule_from: date | None
    wrong: frozenset[str]

    def says(self, field: str) -> bool:
        """Whether the line gives the field, rightly or wrongly."""
        known = {"number": self.number, "schedule": self.schedule, "schedule_from": self.schedule_from}
        column = PERSON.get(field) or _CONTRACT.get(field) or ""
        value = known.get(field) or self.person.get(column) or self.contract.get(column)
        return bool(value) or field in self.wrong

    @property
    def start(self) -> date | None:
        """The first day of the contract."""
        return _day(self.contract.get("start_date"))

    @property
    def end(self) -> date | None:
        """The last day of the contract."""
        return _day(self.contract.get("end_date"))


def unused_columns(country: str, *, zw_self_insured: bool) -> frozenset[str]:
    """The columns of a file that an employer does not keep (a Dutch one without ground for an account)."""
    sensitive = ("national_number", "iban")
    return frozenset(
        field
        for field in sensitive
        if not _FIELDS[PERSON[field]].applies(country, zw_self_insured=zw_self_insured)
    )


def read_person(record: Record, country: str, plan: Plan, unused: frozenset[str] = frozenset()) -> PersonLine:
    """Check one line of an employer in `country`; every field that is wrong becomes a problem of `plan`.

    Columns in `unused` are passed over.
    """
    given = Given(clock.today(), country)
    wrong: set[str] = set()

    def value(field: str, column: str) -> Value:
        meaning = _meaning(field, column, given)
        found: Value = plan.attempt(record.line, lambda: record.read(field, meaning, ""), None)
        if found is None:
            wrong.add(field)
        return found

    def values(columns: Mapping[str, str]) -> dict[str, Value]:
        found = {column: value(field, column) for field, column in columns.items() if field not in unused}
        return {column: one for column, one in found.items() if one}

    plan.check_cells(record)
    found = PersonLine(
        record.line,
        str(value("number", "number") or ""),
        values(PERSON),
        str(value("team", "") or ""),
        values(_CONTRACT),
        str(value("schedule", "") or ""),
        _day(value("schedule_from", "valid_from")),
        frozenset(wrong),
    )
    _check_whole(found, plan)
    return found


def _meaning(field: str, column: str, given: Given) -> Callable[[Cell], Value]:
    """How a cell of the field becomes the value of its column; a field without column is a plain text."""

    def meaning(cell: Cell) -> Value:
        if not column:
            return parse_text(cell)
        if field in _WORDS:
            return _one_of(cell, _WORDS[field])
        return _checked(_FIELDS[column], _typed(_FIELDS[column], cell), given)

    return meaning


def _typed(field: Field, cell: Cell) -> str:
    """A cell as one would type it; a number of a spreadsheet gets back the zeros that it lost."""
    if field.kind is Kind.NATIONAL_NUMBER and isinstance(cell, float):
        return plain_text(cell).zfill(_NATIONAL_NUMBER_FIGURES)
    return plain_text(cell)


def _checked(field: Field, text: str, given: Given) -> Value:
    found = field.check(text, given)
    if isinstance(found, Problem):
        raise CellError(problem_text(found, field))
    return found


def _one_of(cell: Cell, values: Mapping[str, str]) -> str:
    text = plain_text(cell)
    found = values.get(normal(text))
    if found is None:
        choice = ", ".join(dict.fromkeys(values.values()))
        raise CellError(t("“{text}” is not known; it can be {choice}.", text=text[:20], choice=choice))
    return found


def _day(value: Value) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _check_whole(line: PersonLine, plan: Plan) -> None:
    """What only shows from several fields together."""
    if not line.says("number"):
        plan.refuse(line.line, t("The person has no number."))
    starts = line.says("contract_start")
    if not starts and any(line.says(field) for field in _CONTRACT):
        plan.refuse(line.line, t("A contract needs the date on which it starts."))
    if line.start:
        try:
            checked_period((), line.start, line.end)
        except VersionError as error:
            plan.refuse(line.line, version_text(error))
    if line.says("schedule") and not (line.says("schedule_from") or starts):
        plan.refuse(line.line, t("The schedule needs the date from which it holds."))
    number, born, sex = (
        str(line.person.get(column, "")) for column in ("national_number", "birth_date", "sex")
    )
    for caution in national_number_cautions(number, born, sex):
        plan.warn(line.line, caution_text(caution))
