"""What a line of a people file says, checked field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrtui import clock
from hrtui.i18n import t
from hrtui.imports.cells import CellError, Record, parse_date, parse_text
from hrtui.imports.headers import normal, words
from hrtui.imports.plan import Plan
from hrtui.imports.tables import Cell

_SEXES = {
    **words("m / man / mannelijk / male / h / homme / masculin / 1", "m"),
    **words("f / v / vrouw / vrouwelijk / female / woman / femme / féminin / 2", "f"),
    **words("x", "x"),
}
_STATUSES = {
    **words("employee / white-collar / bediende / employé / employée", "employee"),
    **words("worker / blue-collar / arbeider / arbeidster / ouvrier / ouvrière", "worker"),
    **words("student / jobstudent / étudiant / étudiante", "student"),
    **words("flexi / flexi-job / flexijobber", "flexi"),
    **words("apprentice / leerling / apprenti / apprentie", "apprentice"),
    **words("agency / agency worker / uitzendkracht / intérimaire", "agency"),
    **words("trainee / IBO / stagiair / stagiaire", "trainee"),
    **words("freelance / freelancer / zelfstandige / indépendant / indépendante", "freelance"),
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of a people file. Empty texts and None mean that the file says nothing.

    `person` has the values of the person table's text columns that the file gives.
    """

    line: int
    number: str
    person: dict[str, str]
    team: str
    contract_start: date | None
    contract_end: date | None
    status: str
    joint_committee: str
    schedule: str
    schedule_from: date | None


def read_person(record: Record, country: str, plan: Plan) -> PersonLine:
    """Check one line of an employer in `country`; every field that is wrong becomes a problem of `plan`."""

    def text(field: str) -> str:
        return plan.attempt(record.line, lambda: record.text(field), "")

    def day(field: str) -> date | None:
        return plan.attempt(record.line, lambda: record.day(field), None)

    plan.check_cells(record)
    person = {
        "last_name": text("last_name"),
        "first_name": text("first_name"),
        "name_prefix": text("prefix"),
    }
    for column, meaning in (
        ("birth_date", _birth_date),
        ("sex", _sex),
        ("national_number", _national_number),
        ("email", _email),
        ("phone", lambda cell: _phone(cell, country)),
        ("iban", _iban),
    ):
        person[column] = plan.attempt(record.line, lambda c=column, m=meaning: record.read(c, m, ""), "")  # type: ignore[misc]
    found = PersonLine(
        record.line,
        text("number"),
        {column: value for column, value in person.items() if value},
        text("team"),
        day("contract_start"),
        day("contract_end"),
        plan.attempt(record.line, lambda: record.read("status", _status, ""), ""),
        text("joint_committee"),
        text("schedule"),
        day("schedule_from"),
    )
    _check_whole(found, plan)
    return found


def _check_whole(line: PersonLine, plan: Plan) -> None:
    """What only shows from several fields together."""
    if line.line in plan.bad:
        return
    if not line.number:
        plan.refuse(line.line, t("The person has no number."))
    if line.contract_start is None and (line.contract_end or line.status or line.joint_committee):
        plan.refuse(line.line, t("A contract needs the date on which it starts."))
    elif line.contract_start and line.contract_end and line.contract_end < line.contract_start:
        plan.refuse(line.line, t("The contract ends before it starts."))
    if line.schedule and not (line.schedule_from or line.contract_start):
        plan.refuse(line.line, t("The schedule needs the date from which it holds."))
    _compare_national_number(line, plan)


def _compare_national_number(line: PersonLine, plan: Plan) -> None:
    """Warn only: a number may have been given before the birth date or sex was put right (IBZ IT000)."""
    number = line.person.get("national_number")
    if not number:
        return
    from stdnum.be import bis, nn

    register = bis if int(number[2:4]) >= 20 else nn
    born = register.get_birth_date(number)
    if born and "birth_date" in line.person and born.isoformat() != line.person["birth_date"]:
        plan.warn(line.line, t("The birth date differs from the one in the national number."))
    sex = {"M": "m", "F": "f"}.get(register.get_gender(number) or "")
    if sex and line.person.get("sex") in {"m", "f"} - {sex}:
        plan.warn(line.line, t("The sex differs from the one in the national number."))


def _birth_date(cell: Cell) -> str:
    day = parse_date(cell)
    today = clock.today()
    if day > today:
        raise CellError(t("This date lies in the future."))
    if day.year < today.year - 120:
        raise CellError(t("Nobody is that old."))
    return day.isoformat()


def _sex(cell: Cell) -> str:
    return _one_of(cell, _SEXES, "m, f, x")


def _status(cell: Cell) -> str:
    return _one_of(cell, _STATUSES, ", ".join(dict.fromkeys(_STATUSES.values())))


def _one_of(cell: Cell, values: dict[str, str], choice: str) -> str:
    text = parse_text(cell)
    found = values.get(normal(text))
    if found is None:
        raise CellError(t("“{text}” is not known; it can be {choice}.", text=text[:20], choice=choice))
    return found


def _national_number(cell: Cell) -> str:
    from stdnum.be import ssn
    from stdnum.exceptions import ValidationError

    text = parse_text(cell)
    if isinstance(cell, float):
        text = text.zfill(11)
    try:
        return str(ssn.validate(text))
    except ValidationError:
        raise CellError(t("This is not a valid Belgian national number (11 digits; check them).")) from None


def _iban(cell: Cell) -> str:
    from stdnum import iban
    from stdnum.exceptions import ValidationError

    try:
        # The list of bank codes ages; the check digits and the country's form do not.
        return str(iban.validate(parse_text(cell), check_country=False))
    except ValidationError:
        raise CellError(t("This is not a valid IBAN (check the digits).")) from None


def _email(cell: Cell) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(parse_text(cell), check_deliverability=False).normalized
    except EmailNotValidError:
        raise CellError(t("This is not an e-mail address.")) from None


def _phone(cell: Cell, country: str) -> str:
    """The number as E.164 (`+3225550000`); without a country code it is one of the employer's country."""
    import phonenumbers

    text = parse_text(cell)
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        number = None
    # The library takes letters for the keys of an old phone; in a file they are a slip.
    if number is None or not phonenumbers.is_valid_number(number) or any(sign.isalpha() for sign in text):
        raise CellError(t("This is not a phone number."))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
