"""A report of illness: what it may say, and what is wrong with one.

An employer may record phone and nursing address, the expected duration, whether a safety net applies (not
which), whether it was a work accident, and whether a third party is liable for a traffic accident; never the
nature or cause of the illness, not even with consent (AP, policy rules on sick employees, 2016). So no field
of a report takes free text but an address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hrtui.domain.sickness.case import FULL, Source, Spell
from hrtui.domain.sickness.classification import ILL

DAYS_AHEAD = 1
"""Who calls in the evening is reported ill from the next day."""
MOST_WAITING_DAYS = 2
NURSING = ("street", "house_number", "postcode", "city", "country", "phone")


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported: `percent` 100 is fully ill; minutes are those worked on the first day."""

    first_day: date
    classification: str = ILL
    percent: int = FULL
    source: Source = Source.EMPLOYER
    minutes_worked: int = 0
    expected_end: date | None = None
    nursing: tuple[tuple[str, str], ...] = ()
    safety_net: bool = False
    work_accident: bool = False
    liable_third_party: bool = False
    certificate_free: bool = False
    waiting_days: int = 0


class ReportFault(StrEnum):
    """What is wrong with a report."""

    OPEN_CASE = "open_case"
    OVERLAPS = "overlaps"
    IN_FUTURE = "in_future"
    BEFORE_CONTRACT = "before_contract"
    BAD_PERCENT = "bad_percent"
    BAD_CLASSIFICATION = "bad_classification"
    WORKED_TOO_LONG = "worked_too_long"
    ENDS_BEFORE_START = "ends_before_start"
    BAD_WAITING_DAYS = "bad_waiting_days"
    NO_FREE_DAY_LEFT = "no_free_day_left"


@dataclass(frozen=True, slots=True)
class Known:
    """What a report is checked against: the person's other cases, first contract day, that day's schedule.

    `classifications` are the codes that the employer offers; `free_days_left` are Belgian first days that
    need no certificate.
    """

    today: date
    others: tuple[Spell, ...] = ()
    employed_from: date | None = None
    scheduled: int = 0
    classifications: Collection[str] = (ILL,)
    free_days_left: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A report that cannot be: why, and the case in its way where there is one."""

    fault: ReportFault
    case_id: int | None = None


def refused(report: Report, known: Known) -> Refused | None:
    """Why a report cannot be taken; None where it can. Somebody has at most one open case."""
    return clash(report.first_day, None, known.others) or fault_of(report, known)


def fault_of(report: Report, known: Known) -> Refused | None:
    """What is wrong with a report, whatever other cases there are; None where nothing is."""
    for fault, wrong in (
        (ReportFault.IN_FUTURE, report.first_day > known.today + timedelta(days=DAYS_AHEAD)),
        (
            ReportFault.BEFORE_CONTRACT,
            known.employed_from is None or report.first_day < known.employed_from,
        ),
        (ReportFault.BAD_PERCENT, not 1 <= report.percent <= FULL),
        (ReportFault.BAD_CLASSIFICATION, report.classification not in known.classifications),
        (ReportFault.WORKED_TOO_LONG, not 0 <= report.minutes_worked <= known.scheduled),
        (
            ReportFault.ENDS_BEFORE_START,
            report.expected_end is not None and report.expected_end < report.first_day,
        ),
        (ReportFault.BAD_WAITING_DAYS, not 0 <= report.waiting_days <= MOST_WAITING_DAYS),
        (ReportFault.NO_FREE_DAY_LEFT, report.certificate_free and known.free_days_left < 1),
    ):
        if wrong:
            return Refused(fault)
    return None


def clash(first_day: date, last_day: date | None, others: Iterable[Spell]) -> Refused | None:
    """The other case of a person that these days cannot stand beside; None where they can."""
    for spell in sorted(others, key=lambda one: one.first_day):
        if spell.last_day is None and last_day is None:
            return Refused(ReportFault.OPEN_CASE, spell.id)
        begins_before_end = spell.last_day is None or first_day <= spell.last_day
        if begins_before_end and (last_day is None or spell.first_day <= last_day):
            return Refused(ReportFault.OVERLAPS, spell.id)
    return None
