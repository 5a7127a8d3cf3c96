"""THE list of fields of a case, from which forms are made, and what a new person needs for a sick report.

There is no field for the reason or nature of an illness, and none takes free text but an address.
"""

from __future__ import annotations

from functools import partial

from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.hours import HoursError, parse_minutes
from hrtui.domain.identity import amounts, contact, dates, texts
from hrtui.domain.identity.problem import Fault, Given, Problem, Value, short
from hrtui.domain.person_fields import PERSON_FIELDS
from hrtui.domain.record_field import Choice, Field, Kind, Section
from hrtui.domain.sickness.case import CloseReason, Linking, Source
from hrtui.domain.sickness.classification import CLASSIFICATIONS
from hrtui.domain.sickness.no_risk import Basis
from hrtui.i18n import N_

SOURCES = (
    Choice(Source.EMPLOYER, N_("Employer, provisional")),
    Choice(Source.PHYSICIAN, N_("Occupational physician")),
)
CLOSE_REASONS = (
    Choice(CloseReason.RECOVERED, N_("Recovered")),
    Choice(CloseReason.LEFT, N_("Left, end of the contract")),
    Choice(CloseReason.DECEASED, N_("Deceased")),
    Choice(CloseReason.PARTLY_DISABLED, N_("Recovered, partly disabled"), "NL"),
    Choice(CloseReason.LEFT_INCAPACITATED, N_("Left, not able to work")),
    Choice(CloseReason.CONTINUES, N_("Goes on as another case")),
)
LINKINGS = (
    Choice(Linking.LINKED, N_("Counts on from the case before")),
    Choice(Linking.SEPARATE, N_("Stands alone")),
)
NO_RISK_BASES = (
    Choice(Basis.DISCLOSED, N_("The person told it")),
    Choice(Basis.PROOF, N_("Proof of UWV")),
)


def _minutes(text: str, given: Given) -> Value | Problem:
    """An amount of time on one day, in minutes: `3:30`, `3,5`."""
    plain = texts.clean(text, 8)
    if isinstance(plain, Problem):
        return plain
    try:
        minutes = parse_minutes(plain)
    except HoursError:
        return Problem(Fault.NOT_A_NUMBER, short(plain))
    return minutes if 0 <= minutes <= 24 * 60 else Problem(Fault.TOO_LARGE, limit=24 * 60)


def _field(name: str, label: str, kind: Kind, **more: object) -> Field:
    return Field(name, label, kind, Section.SICKNESS, table="sickness_case", **more)  # type: ignore[arg-type]


def _yes_no(name: str, label: str, country: str = "") -> Field:
    return _field(name, label, Kind.BOOL, empty=0, country=country)


def _percent(name: str, label: str) -> Field:
    check = partial(amounts.count_of, least=1, most=100)
    return Field(name, label, Kind.NUMBER, Section.SICKNESS, check, 3, empty=100, table="sickness_progress")


CASE_FIELDS: tuple[Field, ...] = (
    _field(
        "classification",
        N_("Classification"),
        Kind.CHOICE,
        choices=tuple(Choice(one.code, one.name) for one in CLASSIFICATIONS.values()),
        required=True,
    ),
    _field(
        "first_day", N_("First sick day"), Kind.DATE, typed=dates.contract_date, longest=10, empty=None,
        required=True,
    ),
    _percent("percent", N_("Ill, percentage")),
    Field(
        "source", N_("Percentage by"), Kind.CHOICE, Section.SICKNESS, choices=SOURCES, required=True,
        table="sickness_progress",
    ),
    _field(
        "minutes_worked", N_("Worked on the first day"), Kind.TIME, typed=_minutes, longest=8, empty=0
    ),
    _field(
        "expected_end", N_("Expected end"), Kind.DATE, typed=dates.contract_date, longest=10, empty=None
    ),
    _field(
        "nursing_street", N_("Nursing address: street"), Kind.TEXT,
        typed=partial(texts.text_of, longest=35), longest=35,
    ),
    _field(
        "nursing_house_number", N_("House number"), Kind.TEXT, typed=texts.house_number, longest=10
    ),
    _field("nursing_postcode", N_("Postcode"), Kind.POSTCODE, typed=contact.postcode, longest=9),
    _field(
        "nursing_city", N_("Town"), Kind.TEXT, typed=partial(texts.name_of, longest=40), longest=40
    ),
    _field("nursing_country", N_("Country"), Kind.COUNTRY, typed=contact.country, longest=40),
    _field("nursing_phone", N_("Phone there"), Kind.PHONE, typed=contact.phone, longest=25),
    _yes_no("safety_net", N_("Safety net applies"), "NL"),
    _yes_no("work_accident", N_("Work accident")),
    _yes_no("liable_third_party", N_("Traffic accident, recourse")),
    _yes_no("certificate_free", N_("First day, no certificate"), "BE"),
    _field(
        "waiting_days", N_("Waiting days"), Kind.NUMBER,
        typed=partial(amounts.count_of, least=0, most=2), longest=1, empty=0, country="NL",
    ),
)  # fmt: skip
"""What a report asks, in the order of the form."""

_PERSON = (
    "last_name", "name_prefix", "given_name", "initials", "sex", "street", "house_number", "postcode", "city",
    "phone", "email", "bsn", "iban",
)  # fmt: skip
_CONTRACT = ("start_date", "job_title", "nature")


def case_fields(country: str) -> tuple[Field, ...]:
    """The fields of a report at an employer in `country` (BE, NL)."""
    return tuple(field for field in CASE_FIELDS if field.applies(country))


def new_person_fields(country: str, *, zw_self_insured: bool) -> tuple[Field, ...]:
    """What a sick report needs of a person who is not there yet, and no more: first person, then contract.

    BSN and IBAN only at a Dutch self-insurer for the Sickness Act. A Belgian employer, who knows no given
    name beside it, is asked for the first name.
    """
    names = [name for name in _PERSON if country == "NL" or name not in ("bsn", "iban")]
    if country == "BE":
        names.insert(1, "first_name")
    person = {field.name: field for field in PERSON_FIELDS}
    contract = {field.name: field for field in CONTRACT_FIELDS}
    found = [*(person[name] for name in names), *(contract[name] for name in _CONTRACT)]
    return tuple(field for field in found if field.applies(country, zw_self_insured=zw_self_insured))
