"""The fields of a contract, in the order of the paper form."""

from __future__ import annotations

from functools import partial

from hrtui.domain.identity import amounts, dates, texts
from hrtui.domain.record_field import Choice, Field, Kind, Section
from hrtui.i18n import N_

WORKER_STATUSES = (
    Choice("employee", N_("White-collar worker")),
    Choice("worker", N_("Blue-collar worker")),
    Choice("student", N_("Student")),
    Choice("flexi", N_("Flexi-job"), "BE"),
    Choice("apprentice", N_("Apprentice")),
    Choice("trainee", N_("Trainee")),
    Choice("agency", N_("Agency worker")),
    Choice("freelance", N_("Freelancer")),
)
NATURES = (
    Choice("open_ended", N_("Open-ended")),
    Choice("fixed", N_("Fixed term")),
    Choice("replacement", N_("Replacement")),
    Choice("temporary", N_("Temporary work"), "BE"),
    Choice("on_call", N_("On call"), "NL"),
    Choice("phase_a_clause", N_("Phase A with agency clause"), "NL"),
    Choice("phase_a", N_("Phase A without agency clause"), "NL"),
    Choice("phase_b", N_("Phase B"), "NL"),
    Choice("phase_c", N_("Phase C"), "NL"),
    Choice("payroll", N_("Payrolling"), "NL"),
)
WORKER_TYPES = (
    Choice("OTH", N_("OTH: ordinary worker")),
    Choice("STU", N_("STU: student")),
    Choice("FLX", N_("FLX: flexi-job")),
    Choice("EXT", N_("EXT: casual worker")),
    Choice("BCW", N_("BCW: construction worker")),
    Choice("IVT", N_("IVT: individual vocational training")),
    Choice("STG", N_("STG: trainee")),
    Choice("TRI", N_("TRI: transition traineeship")),
    Choice("O17", N_("O17: article 17, other")),
    Choice("S17", N_("S17: article 17, sport")),
    Choice("T17", N_("T17: article 17, radio and television")),
    *(Choice(code, code) for code in ("ALT", "DWD", "PMP", "RTA")),
)
"""The worker types that Dimona takes (NSSO glossary 2023/3); types that have ended are left out."""
WAGE_TYPES = (Choice("monthly", N_("Per month")), Choice("hourly", N_("Per hour")))
# A list and no free text: why somebody leaves may be their health, which is not to be recorded.
TERMINATION_REASONS = (
    Choice("employee", N_("Given notice by the employee")),
    Choice("employer", N_("Given notice by the employer")),
    Choice("agreement", N_("By agreement")),
    Choice("end_of_term", N_("End of the term")),
    Choice("retirement", N_("Retirement")),
    Choice("deceased", N_("Deceased")),
    Choice("other", N_("Other")),
)
DIMONA_STATUSES = (
    Choice("sent", N_("Declared")),
    Choice("accepted", N_("Accepted")),
    Choice("accepted_warning", N_("Accepted with a warning")),
    Choice("waiting", N_("Waiting")),
    Choice("refused", N_("Refused")),
    Choice("cancelled", N_("Cancelled")),
)

MOST_HOURS, MOST_DAYS = 8000, 700
"""Hundredths of an hour and a day per week."""
MOST_WAGE_CENTS = 99_999_999


def _field(name: str, label: str, kind: Kind, **more: object) -> Field:
    return Field(name, label, kind, Section.EMPLOYMENT, table="contract", **more)  # type: ignore[arg-type]


def _choice(name: str, label: str, choices: tuple[Choice, ...], country: str = "") -> Field:
    return _field(name, label, Kind.CHOICE, choices=choices, country=country)


def _day(name: str, label: str, *, required: bool = False) -> Field:
    return _field(
        name, label, Kind.DATE, typed=dates.contract_date, longest=10, empty=None, required=required
    )


def _weekly(name: str, label: str, most: int) -> Field:
    check = partial(amounts.hundredths_of, least=1, most=most)
    return _field(name, label, Kind.HUNDREDTHS, typed=check, longest=6, empty=None)


def _time(name: str, label: str) -> Field:
    return _field(name, label, Kind.TIME, typed=amounts.time_of_day, longest=5, empty=None, country="BE")


def _text(name: str, label: str, longest: int, country: str = "") -> Field:
    check = partial(texts.text_of, longest=longest)
    return _field(name, label, Kind.TEXT, typed=check, longest=longest, country=country)


CONTRACT_FIELDS: tuple[Field, ...] = (
    _day("start_date", N_("Start date"), required=True),
    _day("end_date", N_("End date")),
    _choice("nature", N_("Type of contract"), NATURES),
    _choice("worker_status", N_("Worker status"), WORKER_STATUSES),
    _choice("worker_type", N_("Type for Dimona"), WORKER_TYPES, "BE"),
    _choice("wage_type", N_("Wage"), WAGE_TYPES),
    _field(
        "wage_cents", N_("Amount"), Kind.CENTS, typed=partial(amounts.cents_of, most=MOST_WAGE_CENTS),
        longest=14, empty=None,
    ),
    _weekly("hours_per_week", N_("Hours per week"), MOST_HOURS),
    _weekly("reference_hours_per_week", N_("Full-time hours per week"), MOST_HOURS),
    _weekly("days_per_week", N_("Days per week"), MOST_DAYS),
    _field(
        "joint_committee", N_("Joint committee"), Kind.TEXT, typed=amounts.joint_committee, longest=6,
        country="BE",
    ),
    _text("job_title", N_("Function"), 60),
    _field("meal_voucher", N_("Meal vouchers"), Kind.BOOL, empty=0, country="BE"),
    _field(
        "planned_hours", N_("Planned hours"), Kind.NUMBER,
        typed=partial(amounts.count_of, least=1, most=999), longest=3, empty=None, country="BE",
    ),
    _time("start_minute", N_("Starts at")),
    _time("end_minute", N_("Ends at")),
    _text("work_place", N_("Place of work, if another"), 60, "BE"),
    _text("using_employer", N_("Works at (number or name)"), 48, "BE"),
    _choice("termination_reason", N_("Why it ends"), TERMINATION_REASONS),
    _choice("dimona_status", N_("Dimona"), DIMONA_STATUSES, "BE"),
)  # fmt: skip
"""Every column of the contract table that somebody fills in."""


def contract_fields(country: str) -> tuple[Field, ...]:
    """The fields of a contract at an employer in `country` (BE, NL)."""
    return tuple(field for field in CONTRACT_FIELDS if field.applies(country))
