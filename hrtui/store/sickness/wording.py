"""The sentences about cases: why a command is refused, what it did, and the names of what is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hrtui.domain.month import Month
from hrtui.domain.sickness.agenda import Task
from hrtui.domain.sickness.case import CourseFault
from hrtui.domain.sickness.counting import CountLine
from hrtui.domain.sickness.guaranteed_wage import Band
from hrtui.domain.sickness.message import Telling
from hrtui.domain.sickness.no_risk import NoRiskFault
from hrtui.domain.sickness.poortwachter import State, Step
from hrtui.domain.sickness.reporting import ReportFault
from hrtui.i18n import N_, month_and_year, short_day_text, t, tn
from hrtui.store.sickness.calendar import CalendarPlan, Displaced

REPORT_FAULTS = {
    ReportFault.OPEN_CASE: N_("{name} is reported ill already: open that case."),
    ReportFault.OVERLAPS: N_("{name} has another case in these days: correct that one or take other days."),
    ReportFault.IN_FUTURE: N_("The first sick day can be tomorrow at the latest."),
    ReportFault.BEFORE_CONTRACT: N_("{name} has no contract that began by then: check the first sick day."),
    ReportFault.BAD_PERCENT: N_("Type a percentage from 1 to 100; 100 is fully ill."),
    ReportFault.BAD_CLASSIFICATION: N_("Choose one of the classifications that this employer uses."),
    ReportFault.WORKED_TOO_LONG: N_("{name} cannot have worked longer than planned on the first sick day."),
    ReportFault.ENDS_BEFORE_START: N_("The expected end is before the first sick day."),
    ReportFault.BAD_WAITING_DAYS: N_("There can be at most two waiting days."),
    ReportFault.NO_FREE_DAY_LEFT: N_("{name} has no first days without certificate left this year."),
}
COURSE_FAULTS = {
    CourseFault.BAD_PERCENT: N_("Type a percentage from 1 to 100; to end the case, report recovery."),
    CourseFault.BEFORE_FIRST_DAY: N_("This day is before the first sick day."),
    CourseFault.AFTER_LAST_DAY: N_("The case ended before this day: open it again first."),
    CourseFault.UNCHANGED: N_("This percentage holds on that day already."),
}
NO_RISK_FAULTS = {
    NoRiskFault.NO_BASIS: N_("Keep the mark only where the person told it or UWV gave proof."),
    NoRiskFault.TOO_EARLY: N_("An employer may ask for it after two months of employment only."),
}
TELLINGS: Mapping[str, str] = {
    Telling.REPORT: N_("Sick report"),
    Telling.PARTIAL: N_("Partial recovery"),
    Telling.RECOVERY: N_("Recovery"),
    Telling.CORRECTION: N_("Correction"),
}
"""What the occupational service is told."""
STEPS: Mapping[str, str] = {
    Step.SERVICE_REPORT: N_("Report to the occupational service"),
    Step.PROBLEM_ANALYSIS: N_("Problem analysis"),
    Step.PLAN_OF_ACTION: N_("Plan of action"),
    Step.EVALUATION: N_("Evaluation {n}"),
    Step.EARLY_WIA: N_("Early WIA application possible"),
    Step.UWV_WEEK_42: N_("42nd week's notice to UWV"),
    Step.FIRST_YEAR_EVALUATION: N_("First-year evaluation"),
    Step.SECOND_TRACK: N_("Second track"),
    Step.REPORT_PREPARATION: N_("Prepare the re-integration report"),
    Step.FINAL_EVALUATION: N_("Final evaluation and re-integration report"),
    Step.WIA_APPLICATION: N_("WIA application"),
    Step.END_OF_WAGE: N_("End of the wage obligation"),
    Task.EXPECTED_END: N_("Expected end has passed"),
    Task.CERTIFICATE: N_("Certificate"),
    Task.UWV_ILLNESS: N_("Report illness to UWV"),
    Task.WORK_REPORT: N_("Send the re-integration report to UWV"),
    Task.UWV_RECOVERY: N_("Report recovery to UWV"),
    Task.RECOVERY_MESSAGE: N_("Tell the occupational service of the recovery"),
    Task.OVERLAP: N_("Two reports: decide which one holds"),
}
_STATES = {
    State.DONE: N_("done"),
    State.DONE_LATE: N_("done late"),
    State.LATE: N_("late"),
    State.OPEN: N_("to do"),
    State.AHEAD: N_("later"),
    State.NOT_NEEDED: N_("not needed"),
}
_BANDS = {
    Band.DAILY_WAGE: N_("guaranteed daily wage"),
    Band.FULL: N_("guaranteed wage 100 %"),
    Band.REDUCED: N_("guaranteed wage 85.88 %"),
    Band.SUPPLEMENT: N_("supplement 25.88 % beside the health fund"),
    Band.MUTUALITY: N_("health fund"),
    Band.HOLIDAY: N_("public holiday"),
}


def step_name(what: str, number: int = 0) -> str:
    """What is due, in words."""
    return t(STEPS[what], n=number) if what in STEPS else what


def state_name(state: State) -> str:
    """How a step stands, in a word or two."""
    return t(_STATES[state])


def band_name(band: Band) -> str:
    """Who pays a day of illness."""
    return t(_BANDS[band])


def count_sentence(line: CountLine) -> str:
    """How one case of a chain counts, with the days in between."""
    first = short_day_text(line.spell.first_day)
    days = tn("{n} sick day from {first}", "{n} sick days from {first}", line.days, first=first)
    if line.gap is None:
        return days
    gap = tn("{n} day in between", "{n} days in between", line.gap)
    if line.gap < line.window:
        return t("{days}; counts on: {gap}, fewer than {limit}", days=days, gap=gap, limit=line.window)
    return t("{days}; counts on because it was said so: {gap}", days=days, gap=gap)


def calendar_sentences(plan: CalendarPlan) -> list[str]:
    """What became of the calendar, one sentence for each thing to know."""
    found: list[str] = []
    if plan.without_type:
        found.append(t("This employer has no leave type for illness: the calendar stays as it is."))
    if plan.without_schedule:
        found.append(t("No working day is filled: give the person a work schedule."))
    if plan.out_of_service:
        found.append(t("The person is out of service then: the calendar stays as it is."))
    if plan.filled:
        found.append(
            tn("{n} day of the calendar is filled.", "{n} days of the calendar are filled.", plan.filled)
        )
    if plan.freed:
        found.append(tn("{n} day of the calendar is free.", "{n} days of the calendar are free.", plan.freed))
    if plan.displaced:
        found.append(t("Illness goes before planned leave: {days} gave way.", days=_days(plan.displaced)))
    if plan.restored:
        found.append(t("The leave of {days} is back.", days=_days(plan.restored)))
    if plan.kept_away:
        found.append(t("The leave of {days} was not put back.", days=_days(plan.kept_away)))
    for month in plan.locked:
        text = t("{month} is forwarded and locked: unlock it and fill the case again.", month=_month(month))
        found.append(text)
    if plan.conflicts:
        days = ", ".join(short_day_text(day) for day in plan.conflicts[:3])
        found.append(t("{days}: decide the conflict there, then fill the case again.", days=days))
    return found


def _days(some: tuple[Displaced, ...]) -> str:
    """The dates, or the first and last of many."""
    dates: list[date] = [one.date for one in some]
    if len(dates) <= 3:
        return ", ".join(short_day_text(day) for day in dates)
    ends = short_day_text(dates[0]), short_day_text(dates[-1])
    return t("{n} days from {first} to {last}", n=len(dates), first=ends[0], last=ends[1])


def _month(month: Month) -> str:
    return month_and_year(month.year, month.number)
