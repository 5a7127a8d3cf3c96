"""Reporting somebody ill: one form, what the calendar becomes before it is saved, a way into an open case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from textwrap import wrap
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.domain.record_field import Field
from hrtui.domain.sickness.case import FULL, Source
from hrtui.domain.sickness.classification import SAFETY_NET, THIRD_PARTY, WORK_ACCIDENT
from hrtui.domain.sickness.fields import case_fields
from hrtui.domain.sickness.reporting import DAYS_AHEAD, NURSING, Report, ReportFault
from hrtui.i18n import N_, short_day_text, t
from hrtui.screens.base import KeyScreen
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import day_long, days_named, desk_of
from hrtui.store.errors import StoreError
from hrtui.store.sickness.classifications import offered_by
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.marks import certificate_free_left
from hrtui.store.sickness.outcome import Outcome, name_of
from hrtui.store.sickness.records import open_case, stored_case
from hrtui.store.sickness.report import ReportRefusedError, expected, report_sick, usual_waiting_days
from hrtui.store.sickness.wording import REPORT_FAULTS, count_sentence
from hrtui.widgets.form_field import Choice, FormField, Values, day_of
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line

_REPORT, _NURSING, _MORE = N_("Sick report"), N_("Nursing address, if it is another one"), N_("More")
_FIRST = frozenset({"classification", "first_day", "percent", "source", "minutes_worked", "expected_end"})
_FOLLOWS = {WORK_ACCIDENT: "work_accident", THIRD_PARTY: "liable_third_party", SAFETY_NET: "safety_net"}
"""The yes that a classification says already."""
_FIELD_OF = {
    ReportFault.IN_FUTURE: "first_day",
    ReportFault.BEFORE_CONTRACT: "first_day",
    ReportFault.OVERLAPS: "first_day",
    ReportFault.BAD_PERCENT: "percent",
    ReportFault.BAD_CLASSIFICATION: "classification",
    ReportFault.WORKED_TOO_LONG: "minutes_worked",
    ReportFault.ENDS_BEFORE_START: "expected_end",
    ReportFault.BAD_WAITING_DAYS: "waiting_days",
    ReportFault.NO_FREE_DAY_LEFT: "certificate_free",
}


def open_report(here: KeyScreen, person_id: int, day: date | None = None, *, to_case: bool = False) -> None:
    """Open the form for a person, beginning at `day`; who is reported already leads into that case.

    With `to_case` the clerk is in the new case afterwards, otherwise on the screen `here`.
    """
    session = here.session
    desk = desk_of(session)
    case_id = open_case(desk, person_id)
    if case_id is not None:
        offer_case(
            here, desk, case_id, t(REPORT_FAULTS[ReportFault.OPEN_CASE], name=name_of(desk, person_id))
        )
        return
    latest = session.today + timedelta(days=DAYS_AHEAD)
    first_day = day if day is not None and day <= latest else session.today
    here.app.push_screen(ReportForm(session, person_id, first_day, to_case=to_case))


def offer_case(here: KeyScreen, desk: Desk, case_id: int, sentence: str) -> None:
    """Say why there can be no report; Enter goes to the case in its way."""
    from hrtui.screens.sickness.case import CaseScreen

    since = stored_case(desk.store, desk.employer_id, case_id).case.spell.first_day
    help_text = t("Ill since {day}", day=day_long(since))
    way_in = Item(
        t("Open that case"), help_text, lambda: here.app.push_screen(CaseScreen(here.session, case_id))
    )
    here.app.push_screen(MenuScreen(here.session, sentence, [way_in]))


class ReportForm(FlowScreen):
    """The report of one person; the employer's country decides what is asked."""

    only_writes = True

    words: ClassVar[dict[str, Hint]] = {
        "form.save": (1, N_("report sick")),
        "form.enter": (2, N_("next field")),
        "form.page_down": (3, N_("next part")),
        "app.help": (4, N_("help")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, person_id: int, first_day: date, *, to_case: bool) -> None:
        super().__init__(session)
        self.person_id = person_id
        self._first_day = first_day
        self._to_case = to_case
        self._desk = desk_of(session)
        self._who = name_of(self._desk, person_id)
        self._looked: tuple[Report, list[tuple[str, str]]] | None = None

    def heading(self) -> str:
        """Who is reported ill."""
        return f"{t('Report sick')}  {self._who}  {self.session.employer.name}"

    def fields(self) -> Sequence[FormField]:
        """What the country's report asks."""
        return [self._field(field) for field in case_fields(self._desk.country)]

    def _field(self, field: Field) -> FormField:
        section = _REPORT if field.name in _FIRST else _MORE
        if field.name.startswith("nursing_"):
            section = _NURSING
        made = form_field(self.session, field, section=t(section))
        if field.name == "classification":
            return replace(made, choices=self._classifications)
        if field.name == "percent":
            return replace(made, hint=N_("100 is fully ill, 1 to 99 partly"))
        if field.name == "source":
            return replace(made, when=lambda values: values.get("percent") != FULL)
        if field.name == "minutes_worked":
            return replace(made, hint=N_("Hours before falling ill, as in 3:30"))
        if field.name == "certificate_free":
            left = certificate_free_left(self._desk, self.person_id, self._first_day)
            return replace(made, hint=t("{n} left this year", n=left))
        return made

    def _classifications(self) -> Sequence[Choice]:
        return [Choice(one.code, t(one.name), one.code) for one in offered_by(self._desk)]

    def values(self) -> Values:
        """Fully ill, from the day that was given."""
        return {
            "classification": offered_by(self._desk)[0].code,
            "first_day": self._first_day.isoformat(),
            "percent": FULL,
            "source": Source.EMPLOYER.value,
            "waiting_days": usual_waiting_days(self._desk, self.person_id, self._first_day),
        }

    def accepted(self, name: str) -> None:
        """Fill in what follows from the field."""
        value = self.form.cell(name).value
        if name == "classification" and (follows := _FOLLOWS.get(str(value))):
            self.form.fill(follows, 1)
        elif name == "first_day" and value and self._desk.dutch:
            day = date.fromisoformat(str(value))
            self.form.fill("waiting_days", usual_waiting_days(self._desk, self.person_id, day))

    def strip(self) -> list[Line]:
        """What the report would do, as far as there is something to know before saving."""
        if not self.form.cells:
            return []
        report = self._report(self.form.values)
        if self._looked is None or self._looked[0] != report:
            self._looked = report, self._look(report)
        room = max(20, self.size.width - 2)
        return [((f" {line}", slot),) for text, slot in self._looked[1] for line in wrap(text, room)]

    def _look(self, report: Report) -> list[tuple[str, str]]:
        try:
            outcome = expected(self._desk, self.person_id, report)
        except StoreError as problem:
            return [(f"! {problem.text}", "warning")]
        told = [(text, "dim") for text in _counted(outcome)]
        if planned := _planned(outcome):
            told.append((f"! {planned}", "warning"))
        return told

    def _report(self, values: Values) -> Report:
        """The report as the form holds it now."""
        nursing = tuple((name, str(values.get(f"nursing_{name}") or "")) for name in NURSING)
        numbers = {name: int(values.get(name) or 0) for name in ("minutes_worked", "waiting_days")}
        yes = {
            name: bool(values.get(name))
            for name in ("safety_net", "work_accident", "liable_third_party", "certificate_free")
        }
        percent = int(values.get("percent") or 0)
        source = Source(str(values.get("source"))) if percent != FULL else Source.EMPLOYER
        return Report(
            date.fromisoformat(str(values["first_day"] or self._first_day)),
            str(values["classification"]),
            percent,
            source,
            numbers["minutes_worked"],
            day_of(values.get("expected_end")),
            tuple(pair for pair in nursing if pair[1]),
            waiting_days=numbers["waiting_days"],
            **yes,
        )

    def submit(self, values: dict[str, Value]) -> None:
        """Save it; where planned leave would give way, ask first."""
        report = self._report(values)
        self._or_say_why(lambda: self._ask_or_save(report))

    def _ask_or_save(self, report: Report) -> None:
        planned = _planned(expected(self._desk, self.person_id, report))
        if planned:
            question = f"{planned} {t('Report sick all the same?')}"
            self.ask(question, lambda: self._or_say_why(lambda: self._save(report)))
        else:
            self._save(report)

    def _or_say_why(self, do: Callable[[], None]) -> None:
        """Do it; what is refused is told at its field, or leads into the case that is in the way."""
        try:
            do()
        except ReportRefusedError as refused:
            if refused.fault is ReportFault.OPEN_CASE and refused.case_id is not None:
                self.close()
                offer_case(self.on_top, self._desk, refused.case_id, refused.text)
                return
            self.form.go(_FIELD_OF[refused.fault])
            self.form.current.problem = refused.text
            self.say(refused.text)

    def _save(self, report: Report) -> None:
        outcome = report_sick(desk_of(self.session), self.person_id, report)
        text = self._outcome_text(report, outcome)
        self.close()
        if self._to_case:
            from hrtui.screens.sickness.case import CaseScreen
            from hrtui.screens.sickness.find import FindSick

            if isinstance(self.app.screen, FindSick):
                self.app.screen.close()
            self.app.push_screen(CaseScreen(self.session, outcome.case_id, text))
        else:
            self.on_top.tell(text)

    def _outcome_text(self, report: Report, outcome: Outcome) -> str:
        day = short_day_text(report.first_day)
        told = [t("{name} is ill from {day} on.", name=self._who, day=day), *outcome.sentences()[:2]]
        told.append(t("{key} takes it back.", key=self.session.keymap.label("edit.undo")))
        return " ".join(told)


def _planned(outcome: Outcome) -> str:
    days = [one.date for one in outcome.calendar.displaced]
    return t("Planned leave gives way: {days}.", days=days_named(days)) if days else ""


def _counted(outcome: Outcome) -> list[str]:
    """How the case counts on from others, where it does; of many the last ones."""
    return [count_sentence(line) for line in outcome.count][-3:] if len(outcome.count) > 1 else []
