"""What a report may say: refusals, the course, classifications, fields without a place for a reason."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from hrtui import record_wording
from hrtui.domain.identity.problem import Given, Problem
from hrtui.domain.record_field import Kind
from hrtui.domain.sickness.case import Case, CourseFault, Progress, Source, Spell, step_fault
from hrtui.domain.sickness.classification import ILL, offered
from hrtui.domain.sickness.fields import CASE_FIELDS, case_fields, new_person_fields
from hrtui.domain.sickness.reporting import Known, Report, ReportFault, clash, refused
from hrtui.store import tables_sickness

TODAY = date(2026, 9, 14)
KNOWN = Known(TODAY, employed_from=date(2026, 1, 1), scheduled=456)
REPORT = Report(TODAY)


def test_a_plain_report_is_taken() -> None:
    assert refused(REPORT, KNOWN) is None
    assert refused(replace(REPORT, first_day=TODAY + timedelta(days=1)), KNOWN) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"first_day": TODAY + timedelta(days=2)}, ReportFault.IN_FUTURE),
        ({"first_day": date(2025, 12, 31)}, ReportFault.BEFORE_CONTRACT),
        ({"percent": 0}, ReportFault.BAD_PERCENT),
        ({"percent": 101}, ReportFault.BAD_PERCENT),
        ({"classification": "flu"}, ReportFault.BAD_CLASSIFICATION),
        ({"minutes_worked": 457}, ReportFault.WORKED_TOO_LONG),
        ({"expected_end": TODAY - timedelta(days=1)}, ReportFault.ENDS_BEFORE_START),
        ({"waiting_days": 3}, ReportFault.BAD_WAITING_DAYS),
        ({"certificate_free": True}, ReportFault.NO_FREE_DAY_LEFT),
    ],
)
def test_what_is_refused(change: dict[str, object], fault: ReportFault) -> None:
    found = refused(replace(REPORT, **change), KNOWN)  # type: ignore[arg-type]
    assert found
    assert found.fault is fault


def test_a_second_open_case_is_refused_with_the_first() -> None:
    found = refused(REPORT, replace(KNOWN, others=(Spell(7, date(2026, 8, 1), None),)))
    assert found
    assert (found.fault, found.case_id) == (ReportFault.OPEN_CASE, 7)


def test_cases_share_no_day() -> None:
    others = (Spell(7, date(2026, 9, 1), date(2026, 9, 10)),)
    for first, last, wanted in (
        (date(2026, 9, 10), None, True),
        (date(2026, 9, 11), None, False),
        (date(2026, 8, 20), date(2026, 8, 31), False),
        (date(2026, 8, 20), date(2026, 9, 1), True),
    ):
        assert bool(clash(first, last, others)) is wanted


def test_a_course_takes_steps_that_say_something_new() -> None:
    case = Case(Spell(1, TODAY, TODAY + timedelta(days=30)), (Progress(TODAY, 100),))
    later = TODAY + timedelta(days=7)
    assert step_fault(case, Progress(later, 60)) is None
    assert step_fault(case, Progress(later, 100)) is CourseFault.UNCHANGED
    assert step_fault(case, Progress(later, 100, Source.PHYSICIAN)) is None
    assert step_fault(case, Progress(TODAY - timedelta(days=1), 60)) is CourseFault.BEFORE_FIRST_DAY
    assert step_fault(case, Progress(TODAY + timedelta(days=31), 60)) is CourseFault.AFTER_LAST_DAY
    assert step_fault(case, Progress(later, 0)) is CourseFault.BAD_PERCENT


def test_the_course_of_the_example_of_afas() -> None:
    """Ill 4 to 19 November, from the 11th present for 40 %: incapacity of 60 %."""
    first, again = date(2026, 11, 4), date(2026, 11, 11)
    case = Case(Spell(1, first, date(2026, 11, 19)), (Progress(first, 100), Progress(again, 60)))
    assert [step.present for step in case.course] == [0, 40]
    for day, percent in ((first, 100), (date(2026, 11, 10), 100), (again, 60), (date(2026, 11, 19), 60)):
        step = case.on(day)
        assert step
        assert step.percent == percent
    assert case.on(date(2026, 11, 20)) is None
    assert [(s, e, p.percent) for s, e, p in case.segments(date(2026, 11, 15))] == [
        (first, date(2026, 11, 10), 100),
        (again, date(2026, 11, 15), 60),
    ]


def test_classifications_are_neutral_and_the_employer_s_choice() -> None:
    assert [one.code for one in offered("NL", {})] == [ILL, "work_accident", "third_party"]
    assert [one.code for one in offered("BE", {})] == [ILL, "work_accident"]
    chosen = offered("NL", {ILL: (False, 9), "third_party": (True, 0), "work_accident": (False, 1)})
    assert [one.code for one in chosen] == ["third_party", ILL]


def test_nothing_has_a_place_for_a_reason() -> None:
    """Free text exists in addresses, file names and in what the occupational service itself wrote."""
    case = tables_sickness.SicknessCase.model_fields.keys()
    assert not {"reason", "note", "notes", "diagnosis", "cause", "nature", "complaint", "remark"} & case
    assert [field.name for field in CASE_FIELDS if field.kind is Kind.TEXT] == [
        "nursing_street",
        "nursing_house_number",
        "nursing_city",
    ]
    assert {field.name for field in fields(Report)} <= {*case, "percent", "source", "nursing"}


def test_fields_refuse_the_worst_input() -> None:
    for field in CASE_FIELDS:
        for typed in ("x" * 5000, "Привет", "a\x00b", "\x1b[31m", "😀"):
            problem = field.check(typed, Given(TODAY, "NL"))
            assert isinstance(problem, Problem)
            assert record_wording.problem_text(problem, field).endswith((".", ")"))
    assert next(one for one in CASE_FIELDS if one.name == "minutes_worked").check("3:30", Given(TODAY)) == 210


def test_fields_by_country_and_self_insurer() -> None:
    dutch, belgian = ({field.name for field in case_fields(country)} for country in ("NL", "BE"))
    assert dutch - belgian == {"safety_net", "waiting_days"}
    assert belgian - dutch == {"certificate_free"}
    assert [field.name for field in new_person_fields("NL", zw_self_insured=False)] == [
        "last_name", "name_prefix", "given_name", "initials", "sex", "street", "house_number", "postcode",
        "city", "phone", "email", "start_date", "job_title", "nature",
    ]  # fmt: skip
    insured = {field.name for field in new_person_fields("NL", zw_self_insured=True)}
    assert {"bsn", "iban"} < insured
    assert not {"bsn", "iban"} & {field.name for field in new_person_fields("BE", zw_self_insured=False)}


def test_what_a_merge_left_outside_a_case_is_sent_to_nobody() -> None:
    days = (date(2026, 1, 5), date(2026, 1, 9), date(2026, 1, 13), date(2026, 1, 20))
    steps = tuple(Progress(day, percent) for day, percent in zip(days, (100, 80, 60, 40), strict=True))
    case = Case(Spell(1, date(2026, 1, 12), date(2026, 1, 15)), steps)
    assert case.course_inside() == (Progress(date(2026, 1, 12), 80), Progress(date(2026, 1, 13), 60))
    assert [(start, end) for start, end, _ in case.segments(date(2026, 1, 31))] == [
        (date(2026, 1, 12), date(2026, 1, 12)),
        (date(2026, 1, 13), date(2026, 1, 15)),
    ]
    late = Case(Spell(1, date(2026, 1, 1), None), steps[1:])
    assert late.course_inside()[0] == Progress(date(2026, 1, 1), 80)
