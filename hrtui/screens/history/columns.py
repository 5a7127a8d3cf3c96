"""The tables and columns of the operation log: what a history calls them, and what each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.domain.employer_fields import EMPLOYER_FIELDS, PROVIDER_FIELDS
from hrtui.domain.pay_fields import PAY_TYPE_FIELDS
from hrtui.domain.person_fields import PERSON_FIELDS, SCHEDULE_FIELDS
from hrtui.domain.record_field import Field
from hrtui.domain.type_fields import LEAVE_TYPE_FIELDS
from hrtui.i18n import N_
from hrtui.screens.sickness import history_columns as sick_history_columns


class Holds(StrEnum):
    """What the value of a column is."""

    TEXT = "text"
    DAY = "day"
    MONTH = "month"
    MOMENT = "moment"
    FLAG = "flag"
    LINK = "link"
    """The id of a row with a name."""
    PERSON = "person"
    EMPLOYER = "employer"
    MINUTES = "minutes"
    DAYS = "days"
    """Thousandths of a day."""
    CENTS = "cents"
    UNIT_AMOUNT = "unit_amount"
    QUANTITY = "quantity"
    CODES = "codes"
    """A code for each provider, as JSON."""
    AREAS = "areas"
    """What a role may see, as JSON."""
    WEEKS = "weeks"
    """The minutes of each day of each week, as JSON."""
    TIMES = "times"
    """The minute from midnight at which each day of each week begins, as JSON."""
    STATE = "state"
    COUNTRY = "country"
    HIDDEN = "hidden"
    """Of use to the program alone: that it is there says enough."""


@dataclass(frozen=True, slots=True)
class Column:
    """The untranslated label of a column, and what it holds."""

    label: str
    holds: Holds = Holds.TEXT


TABLES: Mapping[str, str] = {
    "person": N_("Person"),
    "contract": N_("Contract"),
    "schedule_assignment": N_("Work schedule"),
    "work_schedule": N_("Work schedule"),
    "team": N_("Team"),
    "leave_type": N_("Leave type"),
    "leave_exception": N_("Own limit"),
    "allowance": N_("Allowance"),
    "holiday": N_("Holiday"),
    "pay_component_type": N_("Pay component type"),
    "pay_component_person": N_("Pay component type"),
    "pay_component": N_("Pay component"),
    "provider_message": N_("Message"),
    "provider_link": N_("Payroll provider"),
    "employer": N_("Employer"),
    "employer_role": N_("Role"),
    "form_draft": N_("New person"),
    "month_check": N_("Check-off"),
    **sick_history_columns.TABLES,
}
"""The untranslated names of the tables."""

_FIELDS: Mapping[tuple[str, str], Field] = {
    (field.table, field.name): field
    for fields in (
        PERSON_FIELDS, CONTRACT_FIELDS, SCHEDULE_FIELDS, LEAVE_TYPE_FIELDS, PAY_TYPE_FIELDS, EMPLOYER_FIELDS,
        PROVIDER_FIELDS, sick_history_columns.FIELDS,
    )
    for field in fields
}  # fmt: skip

_COLUMNS: Mapping[str, Column] = {
    "active": Column(N_("In use"), Holds.FLAG),
    "actor": Column(N_("Who")),
    "areas": Column(N_("May see"), Holds.AREAS),
    "at": Column(N_("When"), Holds.MOMENT),
    "batch_id": Column(N_("Entered together"), Holds.HIDDEN),
    "body": Column(N_("Text")),
    "cents": Column(N_("Amount"), Holds.CENTS),
    "country": Column(N_("Country"), Holds.COUNTRY),
    "currency": Column(N_("Currency")),
    "cycle_start": Column(N_("First day of the cycle"), Holds.DAY),
    "data": Column(N_("Filled in so far"), Holds.HIDDEN),
    "date": Column(N_("Date"), Holds.DAY),
    "display_order": Column(N_("Place in the list")),
    "days": Column(N_("Days"), Holds.DAYS),
    "employer_id": Column(N_("Employer"), Holds.EMPLOYER),
    "expires": Column(N_("Lapses on"), Holds.DAY),
    "first_month": Column(N_("From month"), Holds.MONTH),
    "half": Column(N_("Half day"), Holds.FLAG),
    "kind": Column(N_("Form"), Holds.HIDDEN),
    "label": Column(N_("Name of the grant")),
    "last_month": Column(N_("Until month"), Holds.MONTH),
    "leave_type_id": Column(N_("Leave type"), Holds.LINK),
    "limit_amount": Column(N_("Limit per year")),
    "limit_kind": Column(N_("Limited in")),
    "manager_id": Column(N_("Manager"), Holds.PERSON),
    "minutes": Column(N_("Hours"), Holds.MINUTES),
    "month": Column(N_("Month"), Holds.MONTH),
    "name": Column(N_("Name")),
    "name_en": Column(N_("Name in English")),
    "name_fr": Column(N_("Name in French")),
    "name_nl": Column(N_("Name in Dutch")),
    "note": Column(N_("Note")),
    "person_id": Column(N_("Person"), Holds.PERSON),
    "provider_codes": Column(N_("Provider codes"), Holds.CODES),
    "quantity": Column(N_("Units"), Holds.QUANTITY),
    "reason": Column(N_("Reason")),
    "replaces": Column(N_("Instead of"), Holds.DAY),
    "role": Column(N_("Role")),
    "role_needed": Column(N_("Role")),
    "start_times": Column(N_("begins at"), Holds.TIMES),
    "state": Column(N_("State"), Holds.STATE),
    "step": Column(N_("Went as far as"), Holds.HIDDEN),
    "team_id": Column(N_("Only for the team"), Holds.LINK),
    "title": Column(N_("Name")),
    "type_id": Column(N_("Pay component"), Holds.LINK),
    "unit_amount": Column(N_("Amount per unit"), Holds.UNIT_AMOUNT),
    "valid_from": Column(N_("From"), Holds.DAY),
    "weeks": Column(N_("Hours of the weeks"), Holds.WEEKS),
    "year": Column(N_("Year")),
    **{
        column: Column(label, holds)
        for holds, labels in (
            (Holds.DAY, sick_history_columns.DAYS),
            (Holds.MOMENT, sick_history_columns.MOMENTS),
            (Holds.FLAG, sick_history_columns.FLAGS),
            (Holds.TEXT, sick_history_columns.TEXTS),
            (Holds.HIDDEN, sick_history_columns.UNSEEN),
        )
        for column, label in labels.items()
    },
}


def field_of(table: str, column: str) -> Field | None:
    """The form field of a column, which words its values, too; None where it has none."""
    if (table, column) == ("leave_exception", "limit_kind"):
        table = "leave_type"
    return _FIELDS.get((table, column))


def column_of(column: str) -> Column:
    """A column that has no form field; raises KeyError for one that the operation log does not know."""
    return _COLUMNS[column]
