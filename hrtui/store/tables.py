"""The tables of the local database as SQLModel classes: the schema of record that the migrations arrive at.

Forms and reports use these; the month grid reads by column and does not import them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from hrtui.store import sync_tables as sync_tables
from hrtui.store import tables_forwarding as tables_forwarding
from hrtui.store import tables_sickness as tables_sickness

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}
_ONE = {"server_default": text("1")}


class Setting(SQLModel, table=True):
    """A setting of the profile."""

    name: str = Field(primary_key=True)
    value: str


class Employer(SQLModel, table=True):
    """An employer whose calendars this profile keeps; `country` is BE or NL."""

    id: int = Field(primary_key=True)
    name: str
    country: str
    language: str
    enterprise_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    nsso_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    policy_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    joint_committees: str = Field(default="", sa_column_kwargs=_EMPTY)
    zw_self_insured: bool = Field(default=False, sa_column_kwargs=_ZERO)
    leave_year_start: int = Field(default=1, sa_column_kwargs=_ONE)
    occupational_service: str = Field(default="", sa_column_kwargs=_EMPTY)
    occupational_email: str = Field(default="", sa_column_kwargs=_EMPTY)
    occupational_phone: str = Field(default="", sa_column_kwargs=_EMPTY)
    occupational_language: str = Field(default="", sa_column_kwargs=_EMPTY)
    certificate_always: bool = Field(default=False, sa_column_kwargs=_ZERO)
    clause_ends_contract: bool = Field(default=False, sa_column_kwargs=_ZERO)


class EmployerRole(SQLModel, table=True):
    """What people with a role may see at an employer, of what is not for everyone."""

    __tablename__ = "employer_role"
    __table_args__ = (Index("employer_role_once", "employer_id", "role", unique=True),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    role: str
    areas: list[str] = Field(sa_type=JSON)


class Team(SQLModel, table=True):
    """A team of an employer."""

    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    name: str
    manager_id: int | None = Field(default=None, foreign_key="person.id")


class Person(SQLModel, table=True):
    """A person who works or worked for an employer."""

    __table_args__ = (
        Index("person_by_name", "employer_id", "sort_name", "id"),
        Index("person_number", "employer_id", "number", unique=True),
    )
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    number: str
    first_name: str
    last_name: str
    name_prefix: str = Field(default="", sa_column_kwargs=_EMPTY)
    birth_date: dt.date | None = None
    sex: str = Field(default="", sa_column_kwargs=_EMPTY)
    national_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    bsn: str = Field(default="", sa_column_kwargs=_EMPTY)
    email: str = Field(default="", sa_column_kwargs=_EMPTY)
    phone: str = Field(default="", sa_column_kwargs=_EMPTY)
    iban: str = Field(default="", sa_column_kwargs=_EMPTY)
    language: str = Field(default="", sa_column_kwargs=_EMPTY)
    team_id: int | None = Field(default=None, foreign_key="team.id")
    sort_name: str
    search_text: str
    archived: bool = Field(default=False, sa_column_kwargs=_ZERO)
    given_name: str = Field(default="", sa_column_kwargs=_EMPTY)
    initials: str = Field(default="", sa_column_kwargs=_EMPTY)
    partner_prefix: str = Field(default="", sa_column_kwargs=_EMPTY)
    partner_name: str = Field(default="", sa_column_kwargs=_EMPTY)
    birth_place: str = Field(default="", sa_column_kwargs=_EMPTY)
    birth_country: str = Field(default="", sa_column_kwargs=_EMPTY)
    nationality: str = Field(default="", sa_column_kwargs=_EMPTY)
    civil_status: str = Field(default="", sa_column_kwargs=_EMPTY)
    street: str = Field(default="", sa_column_kwargs=_EMPTY)
    house_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    box: str = Field(default="", sa_column_kwargs=_EMPTY)
    postcode: str = Field(default="", sa_column_kwargs=_EMPTY)
    city: str = Field(default="", sa_column_kwargs=_EMPTY)
    country: str = Field(default="", sa_column_kwargs=_EMPTY)
    work_email: str = Field(default="", sa_column_kwargs=_EMPTY)
    bic: str = Field(default="", sa_column_kwargs=_EMPTY)
    children: int = Field(default=0, sa_column_kwargs=_ZERO)
    disabled_children: int = Field(default=0, sa_column_kwargs=_ZERO)
    other_dependents: int = Field(default=0, sa_column_kwargs=_ZERO)
    spouse_has_income: bool = Field(default=False, sa_column_kwargs=_ZERO)
    provider_link_id: int | None = Field(default=None, foreign_key="provider_link.id")
    provider_number: str = Field(default="", sa_column_kwargs=_EMPTY)


class Contract(SQLModel, table=True):
    """A dated contract; a later version is a row of its own.

    Hours and days per week are in hundredths, the wage in cents, `planned_hours` in whole hours (students),
    the minutes of start and end from midnight.
    """

    __table_args__ = (Index("contract_of_person", "person_id", "start_date", "end_date"),)
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    start_date: dt.date
    end_date: dt.date | None = None
    worker_status: str = Field(default="", sa_column_kwargs=_EMPTY)
    nature: str = Field(default="", sa_column_kwargs=_EMPTY)
    job_title: str = Field(default="", sa_column_kwargs=_EMPTY)
    joint_committee: str = Field(default="", sa_column_kwargs=_EMPTY)
    hours_per_week: int | None = None
    worker_type: str = Field(default="", sa_column_kwargs=_EMPTY)
    wage_type: str = Field(default="", sa_column_kwargs=_EMPTY)
    wage_cents: int | None = None
    reference_hours_per_week: int | None = None
    days_per_week: int | None = None
    meal_voucher: bool = Field(default=False, sa_column_kwargs=_ZERO)
    planned_hours: int | None = None
    termination_reason: str = Field(default="", sa_column_kwargs=_EMPTY)
    dimona_status: str = Field(default="", sa_column_kwargs=_EMPTY)
    start_minute: int | None = None
    end_minute: int | None = None
    work_place: str = Field(default="", sa_column_kwargs=_EMPTY)
    using_employer: str = Field(default="", sa_column_kwargs=_EMPTY)


class WorkSchedule(SQLModel, table=True):
    """A schedule of one or more weeks: `weeks` is `[[minutes Monday to Sunday], …]`.

    `start_times` has the minutes from midnight at which each of those days starts, null where none is known.
    """

    __tablename__ = "work_schedule"
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    name: str
    cycle_start: dt.date
    weeks: list[list[int]] = Field(sa_type=JSON)
    start_times: list[list[int | None]] | None = Field(default=None, sa_type=JSON)


class ScheduleAssignment(SQLModel, table=True):
    """From when a person works by a schedule."""

    __tablename__ = "schedule_assignment"
    __table_args__ = (Index("schedule_of_person", "person_id", "valid_from"),)
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    schedule_id: int = Field(foreign_key="work_schedule.id")
    valid_from: dt.date


class LeaveType(SQLModel, table=True):
    """A leave type (calendar code) of an employer; see `hrtui.domain.leave_type`."""

    __tablename__ = "leave_type"
    __table_args__ = (Index("leave_type_of_employer", "employer_id", "display_order"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    key: str
    letter: str = Field(default="", sa_column_kwargs=_EMPTY)
    name_nl: str = Field(default="", sa_column_kwargs=_EMPTY)
    name_fr: str = Field(default="", sa_column_kwargs=_EMPTY)
    name_en: str = Field(default="", sa_column_kwargs=_EMPTY)
    category: str
    unit: str
    limit_kind: str
    limit_amount: int | None = None
    carry_over_months: int = Field(default=0, sa_column_kwargs=_ZERO)
    negative_allowed: bool = Field(default=False, sa_column_kwargs=_ZERO)
    sickness: bool = Field(default=False, sa_column_kwargs=_ZERO)
    on_holiday: bool = Field(default=False, sa_column_kwargs=_ZERO)
    active: bool = Field(default=True, sa_column_kwargs=_ONE)
    role_needed: str = Field(default="", sa_column_kwargs=_EMPTY)
    colour: str
    dmfa_code: int = Field(default=0, sa_column_kwargs=_ZERO)
    display_order: int = Field(default=0, sa_column_kwargs=_ZERO)
    provider_codes: dict[str, str] = Field(sa_type=JSON)
    self_service: bool = Field(default=False, sa_column_kwargs=_ZERO)
    approval_needed: bool = Field(default=False, sa_column_kwargs=_ZERO)
    certificate_required: bool = Field(default=False, sa_column_kwargs=_ZERO)


class Holiday(SQLModel, table=True):
    """A holiday of an employer, or of one team; `replaces` is the date of the holiday it stands for."""

    __table_args__ = (Index("holiday_of_employer", "employer_id", "date"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    date: dt.date
    name_nl: str = Field(default="", sa_column_kwargs=_EMPTY)
    name_fr: str = Field(default="", sa_column_kwargs=_EMPTY)
    name_en: str = Field(default="", sa_column_kwargs=_EMPTY)
    replaces: dt.date | None = None
    half: bool = Field(default=False, sa_column_kwargs=_ZERO)
    team_id: int | None = Field(default=None, foreign_key="team.id")


class CalendarEntry(SQLModel, table=True):
    """One line of a person's day; the lines of a day are numbered by `slot` from 0."""

    __tablename__ = "calendar_entry"
    __table_args__ = {"sqlite_with_rowid": False}
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    date: dt.date = Field(primary_key=True)
    slot: int = Field(primary_key=True)
    leave_type_id: int = Field(foreign_key="leave_type.id")
    minutes: int
    part: str
    status: str
    source: str


class MonthLock(SQLModel, table=True):
    """A person's month (`YYYY-MM`) that takes no more changes."""

    __tablename__ = "month_lock"
    __table_args__ = {"sqlite_with_rowid": False}
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    month: str = Field(primary_key=True)
    at: dt.datetime
    actor: str
    transmission_id: int | None = None


class Step(SQLModel, table=True):
    """One action of a clerk. `kind`: edit, undo, redo; `state`: live (can be undone), undone, gone."""

    __table_args__ = (Index("step_by_state", "employer_id", "state", "id"),)
    id: int = Field(primary_key=True)
    employer_id: int
    kind: str
    label: str
    actor: str
    at: dt.datetime
    state: str
    of_step: int | None = None


class Operation(SQLModel, table=True):
    """One change of a step: a row (`entity` is its table) or a person's day (`day`), old and new as JSON."""

    __table_args__ = (
        Index("operation_of_row", "entity", "row_id", "date", "step_id"),
        {"sqlite_with_rowid": False},
    )
    step_id: int = Field(primary_key=True, foreign_key="step.id")
    seq: int = Field(primary_key=True)
    entity: str
    row_id: int
    date: dt.date | None = None
    old: Any = Field(default=None, sa_type=JSON, nullable=True)
    new: Any = Field(default=None, sa_type=JSON, nullable=True)


class Allowance(SQLModel, table=True):
    """A bucket of leave of a type, to take before it expires; a correction is a row with a reason.

    It is in `days` (thousandths), and in `minutes` where those are None.
    """

    __table_args__ = (Index("allowance_of_person", "person_id", "leave_type_id", "year"),)
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    leave_type_id: int = Field(foreign_key="leave_type.id")
    year: int
    label: str = Field(default="", sa_column_kwargs=_EMPTY)
    minutes: int
    valid_from: dt.date
    expires: dt.date | None = None
    reason: str = Field(default="", sa_column_kwargs=_EMPTY)
    days: int | None = None


class LeaveException(SQLModel, table=True):
    """A person's own limit for a type, in place of the type's."""

    __tablename__ = "leave_exception"
    __table_args__ = (Index("leave_exception_of_person", "person_id", "leave_type_id"),)
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    leave_type_id: int = Field(foreign_key="leave_type.id")
    limit_kind: str
    limit_amount: int | None = None


class ProviderLink(SQLModel, table=True):
    """A payroll provider of an employer, the employer's number there and the day of the month it closes.

    `needed_dates` is one of `hrtui.domain.providers.NEEDED_DATES`, empty for what the provider usually wants.
    """

    __tablename__ = "provider_link"
    __table_args__ = (Index("provider_link_of_employer", "employer_id", "provider"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    provider: str
    client_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    contact: str = Field(default="", sa_column_kwargs=_EMPTY)
    cutoff_day: int | None = None
    active: bool = Field(default=True, sa_column_kwargs=_ONE)
    needed_dates: str = Field(default="", sa_column_kwargs=_EMPTY)


class FormDraft(SQLModel, table=True):
    """A guided form that was left half way: its values so far and the step to go on from."""

    __tablename__ = "form_draft"
    __table_args__ = (Index("form_draft_of_employer", "employer_id", "kind"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    kind: str
    title: str
    step: str
    data: dict[str, Any] = Field(sa_type=JSON)


class PayComponentType(SQLModel, table=True):
    """A kind of one-off pay; `input` is total (an amount) or units (amount × count)."""

    __tablename__ = "pay_component_type"
    __table_args__ = (Index("pay_component_type_of_employer", "employer_id", "display_order"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    provider_link_id: int | None = Field(default=None, foreign_key="provider_link.id")
    code: str
    group_name: str = Field(default="", sa_column_kwargs=_EMPTY)
    name_nl: str = Field(default="", sa_column_kwargs=_EMPTY)
    name_fr: str = Field(default="", sa_column_kwargs=_EMPTY)
    name_en: str = Field(default="", sa_column_kwargs=_EMPTY)
    input: str
    default_cents: int | None = None
    for_everyone: bool = Field(default=True, sa_column_kwargs=_ONE)
    active: bool = Field(default=True, sa_column_kwargs=_ONE)
    display_order: int = Field(default=0, sa_column_kwargs=_ZERO)


class PayComponentPerson(SQLModel, table=True):
    """A person who may have a pay component that is not for everyone."""

    __tablename__ = "pay_component_person"
    __table_args__ = (Index("pay_component_person_once", "type_id", "person_id", unique=True),)
    id: int = Field(primary_key=True)
    type_id: int = Field(foreign_key="pay_component_type.id")
    person_id: int = Field(foreign_key="person.id")


class PayComponent(SQLModel, table=True):
    """Pay beside the wage, in one month or every month from the first to the last (none: without end).

    `cents` is all of it; where it is a product: `unit_amount` (ten-thousandths) × `quantity` (hundredths).
    """

    __tablename__ = "pay_component"
    __table_args__ = (
        Index("pay_component_of_person", "person_id", "first_month"),
        Index("pay_component_of_month", "employer_id", "first_month"),
    )
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    person_id: int = Field(foreign_key="person.id")
    type_id: int = Field(foreign_key="pay_component_type.id")
    first_month: str
    last_month: str | None = None
    cents: int
    unit_amount: int | None = None
    quantity: int | None = None
    currency: str = Field(default="EUR", sa_column_kwargs={"server_default": text("'EUR'")})
    note: str = Field(default="", sa_column_kwargs=_EMPTY)
    batch_id: int | None = None


class ProviderMessage(SQLModel, table=True):
    """A message that goes to the payroll provider with the month; `state`: draft or forwarded."""

    __tablename__ = "provider_message"
    __table_args__ = (Index("provider_message_of_month", "employer_id", "month"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    month: str
    body: str
    state: str
    actor: str
    at: dt.datetime


class MonthCheck(SQLModel, table=True):
    """Somebody looked a person's month over and found it right; an edit of that month takes it away."""

    __tablename__ = "month_check"
    __table_args__ = (Index("month_check_once", "person_id", "month", unique=True),)
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    month: str
    actor: str
    at: dt.datetime
