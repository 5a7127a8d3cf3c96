"""The tables of cases of illness, as SQLModel classes: part of the schema of record in `hrtui.store.tables`.

No column can hold why or how somebody is ill. Notes come from the occupational service and are only read.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

_EMPTY = {"server_default": text("''")}
_ZERO = {"server_default": text("0")}
_ONE = {"server_default": text("1")}


class SicknessClassification(SQLModel, table=True):
    """Whether an employer offers a classification of `hrtui.domain.sickness.classification`, and where."""

    __tablename__ = "sickness_classification"
    __table_args__ = (Index("sickness_classification_once", "employer_id", "code", unique=True),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    code: str
    active: bool = Field(default=True, sa_column_kwargs=_ONE)
    display_order: int = Field(default=0, sa_column_kwargs=_ZERO)


class SicknessPerson(SQLModel, table=True):
    """The no-risk mark of a person, with the ground for keeping it: disclosed or proof."""

    __tablename__ = "sickness_person"
    __table_args__ = (Index("sickness_person_once", "person_id", unique=True),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    person_id: int = Field(foreign_key="person.id")
    no_risk: bool = Field(default=False, sa_column_kwargs=_ZERO)
    basis: str = Field(default="", sa_column_kwargs=_EMPTY)
    recorded_on: dt.date | None = None


class SicknessCase(SQLModel, table=True):
    """A case of illness from its first to its last sick day (none: open).

    `linking` is empty (the days decide), linked or separate. The calendar holds the case up to
    `filled_until`.
    """

    __tablename__ = "sickness_case"
    __table_args__ = (
        Index("sickness_case_of_person", "person_id", "first_day"),
        Index("sickness_case_of_employer", "employer_id", "last_day"),
    )
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    person_id: int = Field(foreign_key="person.id")
    classification: str
    first_day: dt.date
    last_day: dt.date | None = None
    reported_at: dt.datetime
    minutes_worked: int = Field(default=0, sa_column_kwargs=_ZERO)
    expected_end: dt.date | None = None
    nursing_street: str = Field(default="", sa_column_kwargs=_EMPTY)
    nursing_house_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    nursing_postcode: str = Field(default="", sa_column_kwargs=_EMPTY)
    nursing_city: str = Field(default="", sa_column_kwargs=_EMPTY)
    nursing_country: str = Field(default="", sa_column_kwargs=_EMPTY)
    nursing_phone: str = Field(default="", sa_column_kwargs=_EMPTY)
    safety_net: bool = Field(default=False, sa_column_kwargs=_ZERO)
    work_accident: bool = Field(default=False, sa_column_kwargs=_ZERO)
    liable_third_party: bool = Field(default=False, sa_column_kwargs=_ZERO)
    certificate_free: bool = Field(default=False, sa_column_kwargs=_ZERO)
    linking: str = Field(default="", sa_column_kwargs=_EMPTY)
    waiting_days: int = Field(default=0, sa_column_kwargs=_ZERO)
    recovery_reported_at: dt.datetime | None = None
    close_reason: str = Field(default="", sa_column_kwargs=_EMPTY)
    filled_until: dt.date | None = None


class SicknessProgress(SQLModel, table=True):
    """From when somebody is ill to which percentage (100: fully), and who said so."""

    __tablename__ = "sickness_progress"
    __table_args__ = (Index("sickness_progress_once", "case_id", "from_date", unique=True),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    case_id: int = Field(foreign_key="sickness_case.id")
    from_date: dt.date
    percent: int
    therapeutic_percent: int | None = None
    source: str
    authorised: bool = Field(default=False, sa_column_kwargs=_ZERO)
    reported_at: dt.datetime


class SicknessDisplaced(SQLModel, table=True):
    """What a day held before the illness took its place: the entries as the calendar has them."""

    __tablename__ = "sickness_displaced"
    __table_args__ = (Index("sickness_displaced_once", "case_id", "date", unique=True),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    case_id: int = Field(foreign_key="sickness_case.id")
    person_id: int = Field(foreign_key="person.id")
    date: dt.date
    entries: Any = Field(sa_type=JSON, nullable=False)


class SicknessStep(SQLModel, table=True):
    """A step of the timeline that was done, or is not needed."""

    __tablename__ = "sickness_step"
    __table_args__ = (Index("sickness_step_once", "case_id", "step", "number", unique=True),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    case_id: int = Field(foreign_key="sickness_case.id")
    step: str
    number: int = Field(default=0, sa_column_kwargs=_ZERO)
    done_on: dt.date | None = None
    needed: bool = Field(default=True, sa_column_kwargs=_ONE)


class SicknessCertificate(SQLModel, table=True):
    """A certificate for a part of a case, and when it came in."""

    __tablename__ = "sickness_certificate"
    __table_args__ = (Index("sickness_certificate_of_case", "case_id", "from_date"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    case_id: int = Field(foreign_key="sickness_case.id")
    from_date: dt.date
    until_date: dt.date
    received_on: dt.date | None = None


class SicknessContact(SQLModel, table=True):
    """That the occupational service was told; `state`: waiting, sent or told by phone."""

    __tablename__ = "sickness_contact"
    __table_args__ = (Index("sickness_contact_of_case", "case_id", "at"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    case_id: int = Field(foreign_key="sickness_case.id")
    kind: str
    channel: str
    recipient: str = Field(default="", sa_column_kwargs=_EMPTY)
    language: str = Field(default="", sa_column_kwargs=_EMPTY)
    state: str
    actor: str
    at: dt.datetime


class SicknessDocument(SQLModel, table=True):
    """A file of a case, or of the employer (no case): what it is; its content lies in the vault."""

    __tablename__ = "sickness_document"
    __table_args__ = (
        Index("sickness_document_of_case", "case_id", "folder"),
        Index("sickness_document_by_content", "sha256"),
    )
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    case_id: int | None = Field(default=None, foreign_key="sickness_case.id")
    folder: str
    origin: str
    name: str
    media_type: str
    bytes: int
    sha256: str
    actor: str
    at: dt.datetime


class SicknessNote(SQLModel, table=True):
    """A note of the occupational service's case manager, as the service sent it."""

    __tablename__ = "sickness_note"
    __table_args__ = (Index("sickness_note_of_case", "case_id", "written_on"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    case_id: int = Field(foreign_key="sickness_case.id")
    written_on: dt.date
    author: str
    body: str


class BenefitSpecification(SQLModel, table=True):
    """What an insurer pays for a month (`cents` may be 0): its policy and its lines."""

    __tablename__ = "benefit_specification"
    __table_args__ = (Index("benefit_specification_of_month", "employer_id", "month"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    month: str
    received_on: dt.date
    policy_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    insurer: str = Field(default="", sa_column_kwargs=_EMPTY)
    policy: Any = Field(sa_type=JSON, nullable=False)
    lines: Any = Field(sa_type=JSON, nullable=False)
    cents: int
    currency: str = Field(default="EUR", sa_column_kwargs={"server_default": text("'EUR'")})
    document_id: int | None = Field(default=None, foreign_key="sickness_document.id")


class AccessLog(SQLModel, table=True):
    """Who opened, saved, exported or erased what that only case managers see; never changed."""

    __tablename__ = "access_log"
    __table_args__ = (Index("access_log_of_row", "entity", "row_id", "at"),)
    id: int = Field(primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    actor: str
    at: dt.datetime
    what: str
    entity: str
    row_id: int
    detail: str = Field(default="", sa_column_kwargs=_EMPTY)
