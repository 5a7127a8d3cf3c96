"""Sentences and values of records: why a field was refused, what to look at, and how a value is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hrtui import i18n
from hrtui.domain.contract import VersionError, VersionFault
from hrtui.domain.dimona import Blocker, Step, Why
from hrtui.domain.identity import contact, numbers
from hrtui.domain.identity.problem import Caution, Doubt, Fault, Problem, Value
from hrtui.domain.money import decimal_sign
from hrtui.domain.record_field import Field, Kind, Section
from hrtui.i18n import N_, t

_PROBLEMS = {
    Fault.REQUIRED: N_("This field cannot be empty."),
    Fault.TOO_LONG: N_("This is too long: at most {limit} characters fit."),
    Fault.CONTROL_CHARACTER: N_("There is a character in it that cannot be seen ({text}): type it again."),
    Fault.DIRECTION_MARK: N_(
        "There is a mark in it that turns the reading direction ({text}): type it again."
    ),
    Fault.PICTURE: N_("Pictures and emoji ({text}) cannot be stored: use letters."),
    Fault.NOT_LATIN: N_("“{text}” is not a Latin letter: write it as on the Belgian or Dutch papers."),
    Fault.BAD_SIGN: N_("“{text}” cannot be used here: leave it out."),
    Fault.FORMULA: N_("A text cannot begin with “{text}”: a spreadsheet would run it."),
    Fault.NO_LETTER: N_("“{text}” has no letters: type the name."),
    Fault.NOT_A_DATE: N_("“{text}” is not a date: write it like 31/12/2026."),
    Fault.NO_SUCH_DATE: N_("There is no such date: {text}."),
    Fault.SHORT_YEAR: N_("Write the year of {text} with four figures."),
    Fault.IN_FUTURE: N_("{text} lies in the future."),
    Fault.TOO_OLD: N_("Nobody born on {text} works any more: that is over {limit} years ago."),
    Fault.TOO_EARLY: N_("{text} is too long ago: {limit} is the first year that can be declared."),
    Fault.TOO_LATE: N_("{text} is too far ahead: {limit} is the last year that can be declared."),
    Fault.NATIONAL_NUMBER_DIGITS: N_("A national number has 11 figures, as in 85.07.30-033.28."),
    Fault.NATIONAL_NUMBER_CHECK: N_(
        "The check figures of this national number are wrong: compare it with the card."
    ),
    Fault.NATIONAL_NUMBER_DATE: N_(
        "The birth date in this national number cannot exist: compare it with the card."
    ),
    Fault.BSN_DIGITS: N_("A citizen service number has 9 figures."),
    Fault.BSN_CHECK: N_("This citizen service number cannot exist: compare it with the card."),
    Fault.ENTERPRISE_DIGITS: N_("An enterprise number has 10 figures and begins with 0 or 1."),
    Fault.ENTERPRISE_CHECK: N_("The last two figures of this enterprise number are wrong: check the number."),
    Fault.NSSO_NUMBER: N_("An NSSO number lies between 100006 and 199999934: check the number."),
    Fault.IBAN_FORM: N_("This is not an IBAN: it begins with the country, as in BE71 0961 2345 6769."),
    Fault.IBAN_CHECK: N_("The check figures of this IBAN are wrong: compare it with the bank card."),
    Fault.BIC: N_("“{text}” is not a BIC: it has 8 or 11 letters and figures."),
    Fault.EMAIL: N_("“{text}” is not an e-mail address: write it like name@example.org."),
    Fault.PHONE: N_("“{text}” is not a phone number: one from abroad begins with + and the country."),
    Fault.POSTCODE_BE: N_("“{text}” is not a Belgian postcode: those are 1000 to 9999."),
    Fault.POSTCODE_NL: N_("“{text}” is not a Dutch postcode: those look like 1234 AB."),
    Fault.POSTCODE: N_("“{text}” is not a postcode: it has 2 to 9 letters and figures."),
    Fault.HOUSE_NUMBER: N_(
        "“{text}” is not a house number: it begins with a figure; zn where there is none."
    ),
    Fault.COUNTRY: N_("“{text}” is not a country: type its name or its two letters, as in BE."),
    Fault.NOT_A_NUMBER: N_("“{text}” is not a number."),
    Fault.NOT_AN_AMOUNT: N_("“{text}” is no amount in euros and cents: write it like 2500.50."),
    Fault.TOO_SMALL: N_("This is too little: at least {limit}."),
    Fault.TOO_LARGE: N_("This is too much: at most {limit}."),
    Fault.NOT_A_CHOICE: N_("“{text}” is not in the list: choose one of it."),
    Fault.JOINT_COMMITTEE: N_("“{text}” is not a joint committee: it has three figures, or XXX for another."),
    Fault.TIME_OF_DAY: N_("“{text}” is not a time of day: write it like 8:30."),
}

_CAUTIONS = {
    Doubt.BIRTH_DATE_DIFFERS: N_("The national number says another birth date ({text}): check both."),
    Doubt.SEX_DIFFERS: N_("The national number says another sex: check both."),
    Doubt.NSSO_CHECK_DIGITS: N_("The last two figures of the NSSO number look wrong: check the number."),
}

_SECTIONS = {
    Section.PERSONAL: N_("Personal"),
    Section.CONTACT: N_("Contact and address"),
    Section.FAMILY: N_("Family"),
    Section.BANK: N_("Bank"),
    Section.EMPLOYMENT: N_("Employment"),
    Section.SCHEDULE: N_("Work schedule"),
    Section.TEAM: N_("Team"),
    Section.PROVIDER: N_("Payroll provider"),
    Section.SETTINGS: N_("Settings"),
    Section.SICKNESS: N_("Illness"),
}

_STEPS = {
    Step.NAME: N_("Name"),
    Step.PERSONAL: N_("Personal"),
    Step.ADDRESS: N_("Address"),
    Step.PROVIDER: N_("Provider"),
    Step.CONTRACT: N_("Contract"),
    Step.EMPLOYER: N_("Employer"),
}

_BLOCKERS = {
    Why.MISSING: N_("{field} is missing"),
    Why.WITHOUT_NATIONAL_NUMBER: N_("{field} is missing, and so is the national number"),
    Why.NEEDED_BY_TYPE: N_("{field} is missing: {text} asks for it"),
    Why.NEEDED_BY_AGENCY: N_("{field} is missing: agency work asks for it"),
    Why.SEX_BINARY: N_("without a national number Dimona takes only male or female"),
    Why.START_OUT_OF_RANGE: N_("the start is before 1920 or more than ten years ahead"),
    Why.END_BEFORE_START: N_("the end is before the start"),
    Why.NOT_ONE_QUARTER: N_("{text} has to start and end in one quarter"),
    Why.TOO_EARLY: N_("a flexi-job can be declared from {text} on"),
}

_VERSIONS = {
    VersionFault.OVERLAP: N_("There is a contract in that time already (from {start})."),
    VersionFault.NO_CONTRACT: N_("There is no contract on that day: make a new one."),
    VersionFault.STARTS_THEN: N_("The contract starts on that day: correct it, or take a later day."),
    VersionFault.ENDS_BEFORE_START: N_("The contract ends before it starts."),
}


def problem_text(problem: Problem, field: Field | None = None) -> str:
    """Why what was typed is refused and what to do, as one sentence; bounds are in the field's unit."""
    limit = str(problem.limit)
    if field and problem.fault in (Fault.TOO_SMALL, Fault.TOO_LARGE):
        limit = typed(field, problem.limit)
    return t(_PROBLEMS[problem.fault], text=problem.text, limit=limit)


def problem_text_in(language: str, problem: Problem) -> str:
    """The same in another language than the interface's, for a field without bounds."""
    return i18n.text_in(language, _PROBLEMS[problem.fault], text=problem.text, limit=problem.limit)


def typed(field: Field, value: Value) -> str:
    """A stored value as readers of the interface language type it: 2500,50 or 2500.50."""
    return field.text(value, decimal_sign(i18n.language()))


def caution_text(caution: Caution) -> str:
    """What to look at, as one sentence; the value may be stored as it is."""
    return t(_CAUTIONS[caution.doubt], text=caution.text)


def version_text(error: VersionError) -> str:
    """Why a contract cannot be changed so."""
    start = i18n.day_text(error.period.start, "d/M/y") if error.period else ""
    return t(_VERSIONS[error.fault], start=start)


def section_name(section: Section) -> str:
    """The heading of a part of the record."""
    return t(_SECTIONS[section])


def step_name(step: Step) -> str:
    """A step of the guided flow, for the strip."""
    return t(_STEPS[step])


def blocker_text(blocker: Blocker, fields: Iterable[Field]) -> str:
    """Why a field blocks the declaration, without a full stop; `fields` give the labels."""
    label = next((t(field.label) for field in fields if field.name == blocker.field), "")
    if blocker.field == "enterprise_number":
        label = t("The enterprise number of the employer")
    text = blocker.text
    if blocker.why is Why.TOO_EARLY:
        text = i18n.day_text(date.fromisoformat(text), "d/M/y")
    return t(_BLOCKERS[blocker.why], field=label, text=text)


def choice_labels(field: Field, country: str) -> list[tuple[str, str]]:
    """The values and labels of a field with choices; of a country: all of them, by name."""
    if field.kind is Kind.COUNTRY:
        names = country_names()
        return sorted(names.items(), key=lambda pair: pair[1])
    if field.kind is Kind.BOOL:
        return [("0", t("No")), ("1", t("Yes"))]
    return [(choice.value, t(choice.label)) for choice in field.choices_in(country)]


def country_names() -> dict[str, str]:
    """The countries' names in the interface language by code."""
    from babel import Locale

    territories = Locale.parse(i18n.babel_locale()).territories
    return {code: territories[code] for code in contact.COUNTRIES if code in territories}


def shown(field: Field, value: Value, *, hidden: bool = True, links: Mapping[int, str] | None = None) -> str:
    """A stored value as the record shows it; masked fields hidden, unless `hidden` is off.

    `links` names the rows that a link may point to; a row that is gone shows as a question mark.
    """
    if value is None or value == "":
        return ""
    text = str(value)
    match field.kind:
        case Kind.NATIONAL_NUMBER:
            return numbers.national_number_text(text, hidden=hidden)
        case Kind.BSN:
            return numbers.bsn_text(text, hidden=hidden)
        case Kind.IBAN:
            return contact.iban_text(text)
        case Kind.PHONE:
            return contact.phone_text(text)
        case Kind.COUNTRY:
            return country_names().get(text, text)
        case Kind.LINK:
            return (links or {}).get(int(value), "?")
        case Kind.BOOL:
            return t("Yes") if int(value) else t("No")
        case Kind.CHOICE:
            named = next((choice.label for choice in field.choices if choice.value == text), "")
            return t(named) if named else text
        case _:
            return typed(field, value)
