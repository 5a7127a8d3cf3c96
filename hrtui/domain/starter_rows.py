"""The rows of a new employer, column by column as tables hold them: itself, leave types, holidays."""

from __future__ import annotations

import json

from hrtui.domain.day import Holiday
from hrtui.domain.holidays import Country, legal_holidays, replacement_days
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.starter_types import STARTER

Columns = dict[str, str | int | None]
"""The columns of a row but its id and its employer; yes and no are 1 and 0, dates are ISO text."""


def employer_columns(name: str, country: Country, language: str) -> Columns:
    """A new employer of which nothing else is known yet."""
    return {
        "name": name,
        "country": country,
        "language": language,
        "enterprise_number": "",
        "nsso_number": "",
        "policy_number": "",
        "joint_committees": "",
        "zw_self_insured": 0,
        "leave_year_start": 1,
        "occupational_service": "",
        "occupational_email": "",
        "occupational_phone": "",
        "occupational_language": "",
        "certificate_always": 0,
        "clause_ends_contract": 0,
    }


def starter_types(country: Country) -> tuple[LeaveType, ...]:
    """The leave types of the country, in display order; their id is 0."""
    return STARTER[country]


def leave_type_columns(kind: LeaveType) -> Columns:
    """The columns of a leave type."""
    return {
        "key": kind.key,
        "letter": kind.letter,
        "name_nl": kind.names.get("nl", ""),
        "name_fr": kind.names.get("fr", ""),
        "name_en": kind.names.get("en", ""),
        "category": kind.category.value,
        "unit": kind.unit.value,
        "limit_kind": kind.limit.value,
        "limit_amount": kind.limit_amount,
        "carry_over_months": kind.carry_over_months,
        "negative_allowed": int(kind.negative_allowed),
        "sickness": int(kind.sickness),
        "on_holiday": int(kind.on_holiday),
        "active": int(kind.active),
        "role_needed": kind.role_needed,
        "colour": kind.colour,
        "dmfa_code": kind.dmfa_code,
        "display_order": kind.order,
        "provider_codes": json.dumps(dict(kind.provider_codes)),
        "self_service": int(kind.self_service),
        "approval_needed": int(kind.approval_needed),
        "certificate_required": int(kind.certificate_required),
    }


def holiday_columns(holiday: Holiday, team_id: int | None = None) -> Columns:
    """The columns of a holiday, of everybody or of one team."""
    return {
        "date": holiday.date.isoformat(),
        "name_nl": holiday.name("nl"),
        "name_fr": holiday.name("fr"),
        "name_en": holiday.name("en"),
        "replaces": holiday.replaces.isoformat() if holiday.replaces else None,
        "half": int(holiday.half),
        "team_id": team_id,
    }


def legal_days(country: Country, year: int) -> tuple[Holiday, ...]:
    """The legal holidays of a year, and for Belgium the days that replace those on a weekend.

    A holiday on a Sunday or a usual day off is replaced (Belgian Holidays Act of 4 January 1974, art. 6).
    """
    days = legal_holidays(country, year)
    if country == "BE":
        return (*days, *replacement_days(days, year, lambda day: day.weekday() < 5))
    return days
