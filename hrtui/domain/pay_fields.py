"""The fields of a pay component type as a clerk fills them in."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from hrtui.domain.identity import texts
from hrtui.domain.identity.problem import Fault, Given, Problem, Value, short
from hrtui.domain.money import MoneyProblem, parse_cents
from hrtui.domain.providers import CODE
from hrtui.domain.record_field import Choice, Field, Kind, Section
from hrtui.i18n import N_

MAX_NAME = 60
MAX_GROUP = 30


class PayInput(StrEnum):
    """How an amount of a type is entered."""

    TOTAL = "total"
    UNITS = "units"
    """An amount per unit times a number of units."""


INPUTS = (
    Choice(PayInput.TOTAL, N_("One amount")),
    Choice(PayInput.UNITS, N_("Amount per unit × number")),
)


def code_of(text: str, given: Given) -> Value | Problem:
    """The provider's code of a pay component: up to 10 figures and letters (3110, 070)."""
    code = texts.matched(text, CODE, 10)
    return code.upper() if isinstance(code, str) else code


def default_of(text: str, given: Given) -> Value | Problem:
    """The amount that is proposed, in cents."""
    cents = parse_cents(text, given.decimal)
    if isinstance(cents, MoneyProblem):
        return Problem(Fault.NOT_AN_AMOUNT, short(text.strip()))
    return cents if cents >= 0 else Problem(Fault.TOO_SMALL, limit=0)


def _text(name: str, label: str, longest: int) -> Field:
    check = partial(texts.text_of, longest=longest)
    return _field(name, label, Kind.TEXT, typed=check, longest=longest)


def _field(name: str, label: str, kind: Kind, **more: object) -> Field:
    return Field(name, label, kind, Section.SETTINGS, table="pay_component_type", **more)  # type: ignore[arg-type]


PAY_TYPE_FIELDS: tuple[Field, ...] = (
    _field("code", N_("Code"), Kind.TEXT, typed=code_of, longest=10, required=True),
    _text("name_nl", N_("Name in Dutch"), MAX_NAME),
    _text("name_fr", N_("Name in French"), MAX_NAME),
    _text("name_en", N_("Name in English"), MAX_NAME),
    _text("group_name", N_("Group"), MAX_GROUP),
    _field("input", N_("Entered as"), Kind.CHOICE, choices=INPUTS, required=True),
    _field("default_cents", N_("Usual amount"), Kind.CENTS, typed=default_of, longest=14, empty=None),
    _field("provider_link_id", N_("Payroll provider"), Kind.LINK, empty=None, links_to="provider_link"),
    _field("for_everyone", N_("For everyone"), Kind.BOOL, empty=0),
    _field("active", N_("In use"), Kind.BOOL, empty=0),
)
"""The fields of a pay component type in the order of the form."""
