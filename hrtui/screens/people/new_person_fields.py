"""The fields of the guided flow for a new person, in the order of the paper form, and their first values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hrtui.domain.contract_fields import CONTRACT_FIELDS, contract_fields
from hrtui.domain.dimona import Step
from hrtui.domain.identity.problem import Value
from hrtui.domain.person_fields import PERSON_FIELDS, SCHEDULE_FIELDS, person_fields
from hrtui.domain.record_field import Field
from hrtui.i18n import N_, t
from hrtui.screens.record_fields import form_field, linked
from hrtui.screens.session import Session
from hrtui.store.person_records import suggested_number
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field

MYSELF, EMPLOYEE = "myself", "employee"
FREELANCER, OTHER = "freelancer", "other"

_NAME, _PERSONAL, _ADDRESS = N_("Name"), N_("Personal data"), N_("Address and bank")
_PROVIDER, _IDENTITY, _CONTRACT = N_("Payroll provider"), N_("Identity"), N_("Contract")
STEP_OF_SECTION = {
    _NAME: Step.NAME,
    _PERSONAL: Step.PERSONAL,
    _ADDRESS: Step.ADDRESS,
    _PROVIDER: Step.PROVIDER,
    _IDENTITY: Step.PERSONAL,
    _CONTRACT: Step.CONTRACT,
}
"""The step of the declaration that the fields of a section belong to."""

_SECTIONS: dict[str, tuple[str, ...]] = {
    _NAME: ("number", "last_name", "name_prefix", "first_name"),
    _PERSONAL: (
        *("given_name", "initials", "partner_prefix", "partner_name"),
        *("language", "birth_place", "birth_country"),
    ),
    _ADDRESS: (
        *("street", "house_number", "box", "country", "postcode", "city", "phone", "email"),
        "iban",
    ),
    _PROVIDER: ("provider_number",),
    _IDENTITY: (*("nationality", "national_number", "bsn", "birth_date", "sex", "civil_status"),),
}
"""What is asked; the rest of the record can wait until somebody needs it."""
_INVITED = frozenset({"number", "last_name", "name_prefix", "first_name", "language", "email"})
"""What is asked where the employee fills in the rest."""
_NOT_FOR_FREELANCERS = frozenset({"worker_status", "worker_type", "joint_committee", "meal_voucher"})
_OF_TYPES = {
    "planned_hours": frozenset({"STU", "O17", "S17"}),
    "work_place": frozenset({"STU", "O17", "S17"}),
    "start_minute": frozenset({"FLX", "EXT"}),
    "end_minute": frozenset({"FLX", "EXT"}),
}
"""The worker types whose declaration has the field (domain.dimona)."""
_LATER = frozenset({"termination_reason", "dimona_status"})

PERSON: dict[str, Field] = {field.name: field for field in PERSON_FIELDS}
CONTRACT: dict[str, Field] = {field.name: field for field in CONTRACT_FIELDS if field.name not in _LATER}


def new_person_fields(session: Session, settings: Mapping[str, Value]) -> Sequence[FormField]:
    """All fields; those that do not matter by the answers so far are not there."""
    country = session.employer.country
    self_insured = bool(settings.get("zw_self_insured"))
    used = {field.name: field for field in person_fields(country, zw_self_insured=self_insured)}
    made: list[FormField] = []
    for section, names in _SECTIONS.items():
        if section == _PROVIDER:
            made.append(_provider_field(session))
        for name in names:
            if name in used:
                when = None if name in _INVITED else _is_myself
                made.append(form_field(session, used[name], section=section, when=when))
        if section == _NAME:
            made.append(_who_field())
    for contract_field in contract_fields(country):
        if contract_field.name not in _LATER:
            field = form_field(session, contract_field, section=_CONTRACT)
            made.append(replace(field, when=_contract_condition(contract_field.name)))
    schedule, valid_from = (
        form_field(session, one, section=_CONTRACT, when=_is_myself) for one in SCHEDULE_FIELDS
    )
    made.append(schedule)
    made.append(
        replace(
            valid_from,
            name="schedule_from",
            label=N_("Schedule from"),
            when=lambda values: _is_myself(values) and values.get("schedule_id") is not None,
        )
    )
    made.append(form_field(session, used["team_id"], section=_CONTRACT, when=_is_myself))
    return made


def defaults(session: Session, settings: Mapping[str, Value]) -> Values:
    """What most new people have: the next number, the country and language of the employer, its provider."""
    country = session.employer.country
    links = linked(session, "provider_link")
    committees = str(settings.get("joint_committees") or "").replace(",", " ").split()
    return {
        "number": suggested_number(session.store, session.employer.id),
        "who": MYSELF,
        "language": session.employer.language,
        "country": country,
        "nationality": country,
        "provider": links[0].value if len(links) == 1 else None,
        "joint_committee": committees[0] if committees else "",
    }


def _who_field() -> FormField:
    def choices() -> Sequence[Choice]:
        return (
            Choice(MYSELF, t("I fill in everything myself")),
            Choice(EMPLOYEE, t("The employee fills in the rest")),
        )

    hint = N_("The invitation is prepared now and sent once a backend is connected")
    return choice_field("who", N_("Who goes on"), choices, section=_NAME, required=True, hint=hint)


def _provider_field(session: Session) -> FormField:
    def choices() -> Sequence[Choice]:
        return (
            *linked(session, "provider_link"),
            Choice(FREELANCER, t("Freelancer, no payroll")),
            Choice(OTHER, t("Other, outside this program")),
        )

    return choice_field("provider", N_("Payroll provider"), choices, section=_PROVIDER, when=_is_myself)


def _contract_condition(name: str) -> Callable[[Values], bool]:
    """When a field of the contract is asked: always, not of freelancers, or of the types that declare it."""
    if name in _OF_TYPES:
        return lambda values: _is_employee(values) and values.get("worker_type") in _OF_TYPES[name]
    if name == "using_employer":
        return lambda values: _is_employee(values) and _is_agency_work(values)
    return _is_employee if name in _NOT_FOR_FREELANCERS else _is_myself


def _is_agency_work(values: Values) -> bool:
    return str(values.get("joint_committee") or "").startswith("322")


def _is_myself(values: Values) -> bool:
    return values.get("who") != EMPLOYEE


def _is_employee(values: Values) -> bool:
    return _is_myself(values) and values.get("provider") != FREELANCER
