"""The fields of an employer and of its links to payroll providers, and the names of restricted areas."""

from __future__ import annotations

import re
from functools import partial

from hrtui.domain.identity import amounts, contact, numbers, texts
from hrtui.domain.identity.problem import Fault, Given, Problem, Value
from hrtui.domain.providers import MEAL_VOUCHER_DATE, PROVIDERS, USUAL, WAGE_PAYMENT_DATE, client_number
from hrtui.domain.record_field import Choice, Field, Kind, Section
from hrtui.domain.roles import Area
from hrtui.i18n import N_

MAX_NAME = 60
MAX_JOINT_COMMITTEES = 20
LANGUAGES = (Choice("nl", N_("Dutch")), Choice("fr", N_("French")), Choice("en", N_("English")))

_POLICY = re.compile(r"[0-9A-Za-z ./-]+", re.ASCII)

AREAS = (
    Choice(Area.NATIONAL_NUMBERS, N_("National numbers")),
    Choice(Area.BANK, N_("Bank accounts")),
    Choice(Area.WAGES, N_("Wages")),
    Choice(Area.PAY_COMPONENTS, N_("Pay components")),
    Choice(Area.SICKNESS, N_("Illness")),
    Choice(Area.MESSAGES, N_("Messages to the provider")),
    Choice(Area.SETTINGS, N_("Settings of the employer")),
)

_NEEDED_DATES = (
    Choice(USUAL, N_("As usual (Securex: both)")),
    Choice("none", N_("None")),
    Choice(WAGE_PAYMENT_DATE, N_("Wages paid")),
    Choice(MEAL_VOUCHER_DATE, N_("Meal vouchers ordered")),
    Choice("both", N_("Both")),
)


def joint_committees(text: str, given: Given) -> Value | Problem:
    """Joint committees separated by spaces or commas (`200, 322.01`), each once, in the order typed."""
    found: dict[str, None] = {}
    for part in re.split(r"[\s,;]+", text.strip()):
        code = amounts.joint_committee(part, given)
        if isinstance(code, Problem):
            return code
        found[str(code)] = None
    if len(found) > MAX_JOINT_COMMITTEES:
        return Problem(Fault.TOO_LONG, limit=MAX_JOINT_COMMITTEES * 8)
    return ", ".join(found)


def _policy_number(text: str, given: Given) -> Value | Problem:
    return texts.matched(text, _POLICY, 20)


def _field(name: str, label: str, kind: Kind, table: str = "employer", **more: object) -> Field:
    return Field(name, label, kind, Section.SETTINGS, table=table, **more)  # type: ignore[arg-type]


def _text(name: str, label: str, longest: int, **more: object) -> Field:
    check = partial(texts.text_of, longest=longest)
    return _field(name, label, Kind.TEXT, typed=check, longest=longest, **more)  # type: ignore[arg-type]


EMPLOYER_FIELDS: tuple[Field, ...] = (
    _text("name", N_("Name"), MAX_NAME, required=True),
    _field("language", N_("Language"), Kind.CHOICE, choices=LANGUAGES, required=True),
    _field(
        "enterprise_number", N_("Enterprise number"), Kind.TEXT, typed=numbers.enterprise_number, longest=16,
        country="BE",
    ),
    _field("nsso_number", N_("NSSO number"), Kind.TEXT, typed=numbers.nsso_number, longest=14, country="BE"),
    _field(
        "joint_committees", N_("Joint committees"), Kind.TEXT, typed=joint_committees, longest=160,
        country="BE",
    ),
    _field("policy_number", N_("Policy number"), Kind.TEXT, typed=_policy_number, longest=20, country="NL"),
    _field("zw_self_insured", N_("Self-insured (Sickness Act)"), Kind.BOOL, empty=0, country="NL"),
    _field(
        "leave_year_start", N_("First month of leave year"), Kind.NUMBER,
        typed=partial(amounts.count_of, least=1, most=12), longest=2, empty=1,
    ),
    _field("certificate_always", N_("Always a certificate"), Kind.BOOL, empty=0, country="BE"),
    _field("clause_ends_contract", N_("Agency clause in force"), Kind.BOOL, empty=0, country="NL"),
    _text("occupational_service", N_("Occupational service"), 60, country="NL"),
    _field(
        "occupational_email", N_("E-mail of the service"), Kind.EMAIL, typed=contact.email, longest=254,
        country="NL",
    ),
    _field(
        "occupational_phone", N_("Phone of the service"), Kind.PHONE, typed=contact.phone, longest=25,
        country="NL",
    ),
    _field(
        "occupational_language", N_("Language of the service"), Kind.CHOICE, choices=LANGUAGES, country="NL"
    ),
)  # fmt: skip
"""What can be changed of an employer; its country is chosen once, since everything follows from it."""

PROVIDER_FIELDS: tuple[Field, ...] = (
    _field(
        "provider", N_("Payroll provider"), Kind.CHOICE, "provider_link",
        choices=tuple(Choice(value, label) for value, label in PROVIDERS.items()), required=True,
    ),
    _field("client_number", N_("Client number"), Kind.TEXT, "provider_link", typed=client_number, longest=20),
    _text("contact", N_("Contact"), 80, table="provider_link"),
    _field(
        "cutoff_day", N_("Closes on day of the month"), Kind.NUMBER, "provider_link",
        typed=partial(amounts.count_of, least=1, most=31), longest=2, empty=None,
    ),
    _field(
        "needed_dates", N_("Dates it wants with a month"), Kind.CHOICE, "provider_link",
        choices=_NEEDED_DATES, empty="",
    ),
    _field("active", N_("In use"), Kind.BOOL, "provider_link", empty=0),
)  # fmt: skip
"""What can be changed of a link to a payroll provider."""
