"""The tables of the local database as SQLModel classes: the schema of record that the migrations arrive at.

Forms and reports use these; the month grid reads by column and does not import them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

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


class Team(SQLModel, table=True):
    """A team of an employer."""

    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    name: str


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


class Contract(SQLModel, table=True):
    """A dated contract; a later version is a row of its own. `hours_per_week` is in hundredths of an hour."""

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


class WorkSchedule(SQLModel, table=True):
    """A schedule of one or more weeks: `weeks` is `[[minutes Monday to Sunday], …]`."""

    __tablename__ = "work_schedule"
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    name: str
    cycle_start: dt.date
    weeks: list[list[int]] = Field(sa_type=JSON)


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


class Outbox(SQLModel, table=True):
    """A step that a backend does not have yet; `state`: queued, sent, acknowledged."""

    __table_args__ = (Index("outbox_by_state", "state", "step_id"),)
    uid: str = Field(primary_key=True)
    step_id: int = Field(foreign_key="step.id")
    state: str


class Allowance(SQLModel, table=True):
    """A bucket of minutes of a type, to take before it expires; a correction is a row with a reason."""

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


class LeaveException(SQLModel, table=True):
    """A person's own limit for a type, in place of the type's."""

    __tablename__ = "leave_exception"
    __table_args__ = (Index("leave_exception_of_person", "person_id", "leave_type_id"),)
    id: int = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    leave_type_id: int = Field(foreign_key="leave_type.id")
    limit_kind: str
    limit_amount: int | None = None


class Conflict(SQLModel, table=True):
    """Two clerks' values for one row or day, both kept until somebody decides."""

    __table_args__ = (Index("conflict_of_row", "entity", "row_id", "date", "open"),)
    id: int = Field(primary_key=True)
    employer_id: int
    entity: str
    row_id: int
    date: dt.date | None = None
    mine: Any = Field(default=None, sa_type=JSON, nullable=True)
    theirs: Any = Field(default=None, sa_type=JSON, nullable=True)
    actor: str
    at: dt.datetime
    open: bool = Field(default=True, sa_column_kwargs=_ONE)
