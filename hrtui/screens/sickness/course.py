"""The forms about the course of a case: percentage, recovery, correction, certificate, no-risk mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from hrtui import clock
from hrtui.domain.identity.problem import Value
from hrtui.domain.sickness.case import FULL, CloseReason, Progress, Source, progress_on
from hrtui.domain.sickness.certificates import Certificate
from hrtui.domain.sickness.classification import CLASSIFICATIONS
from hrtui.domain.sickness.fields import CLOSE_REASONS, LINKINGS, SOURCES, case_fields
from hrtui.i18n import N_, short_day_text, t
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import days_named, desk_of
from hrtui.screens.sickness.new_person import no_risk_field
from hrtui.store.sickness import course
from hrtui.store.sickness.classifications import offered_by
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.marks import add_certificate
from hrtui.store.sickness.outcome import Outcome
from hrtui.store.sickness.people import no_risk, set_no_risk
from hrtui.store.sickness.records import CaseRecord, case_record
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import (
    Choice,
    FormField,
    Values,
    choice_field,
    date_field,
    day_of,
    number_field,
    yes_no_field,
)
from hrtui.widgets.hints import Hint


class CourseForm(FlowScreen):
    """A form about one case, which tells what it did on the screen below."""

    only_writes = True

    words: ClassVar[dict[str, Hint]] = {
        "form.save": (1, N_("save")),
        "form.enter": (2, N_("next field")),
        "app.help": (3, N_("help")),
        "app.back": (1, N_("back")),
    }
    what: ClassVar[str] = ""

    def __init__(self, session: Session, case_id: int) -> None:
        super().__init__(session)
        self.case_id = case_id
        self.record: CaseRecord = case_record(desk_of(session), case_id)

    @property
    def desk(self) -> Desk:
        """The cases, by the rights of this moment."""
        return desk_of(self.session)

    def heading(self) -> str:
        """What is done, and for whom."""
        return f"{t(self.what)}  {self.record.name}"

    def done(self, outcome: Outcome | None, text: str = "") -> None:
        """Close, and tell what became of the calendar and the count."""
        told = [text, *(outcome.sentences()[:3] if outcome else ())]
        self.close()
        self.on_top.tell(" ".join(filter(None, told)) or t("Saved."))


class PercentageForm(CourseForm):
    """From a day on ill to another percentage: partial recovery, or a relapse."""

    what = N_("Other percentage from a day")

    def __init__(self, session: Session, case_id: int, day: date | None = None) -> None:
        super().__init__(session, case_id)
        self._step = next((one for one in self.record.case.course if one.from_date == day), None)

    def fields(self) -> Sequence[FormField]:
        """Day, percentage and who said so."""
        fields = [
            date_field("from_date", N_("From"), required=True),
            number_field(
                "percent", N_("Ill, percentage"), least=1, most=FULL, required=True,
                hint=N_("What is still ill: 50 is half recovered, 100 fully ill again"),
            ),
            choice_field("source", N_("Percentage by"), _sources, required=True),
        ]  # fmt: skip
        if self.desk.dutch:
            fields.append(
                number_field(
                    "therapeutic_percent", N_("Therapeutic, percentage"), least=1, most=FULL,
                    hint=N_("Work to recover, without productive value; else leave it empty"),
                )
            )  # fmt: skip
        else:
            fields.append(
                yes_no_field("authorised", N_("Allowed by the health fund"),
                             hint=N_("The advisory physician allowed to work again in part"))
            )  # fmt: skip
        return fields

    def values(self) -> Values:
        """The step that is changed, or from today on half."""
        if self._step is not None:
            one = self._step
            return {
                "from_date": one.from_date.isoformat(),
                "percent": one.percent,
                "source": one.source.value,
                "therapeutic_percent": one.therapeutic_percent,
                "authorised": int(one.authorised),
            }
        today = max(self.session.today, self.record.case.spell.first_day)
        if self.record.case.spell.last_day is not None:
            today = min(today, self.record.case.spell.last_day)
        held = progress_on(self.record.case.course, today)
        percent = 50 if held is None or held.percent == FULL else None
        return {"from_date": today.isoformat(), "percent": percent, "source": Source.EMPLOYER.value}

    def submit(self, values: dict[str, Value]) -> None:
        """Store the step; one of the same day is replaced."""
        day, therapeutic = date.fromisoformat(str(values["from_date"])), values.get("therapeutic_percent")
        step = Progress(
            day,
            int(values["percent"] or 0),
            Source(str(values["source"])),
            bool(values.get("authorised")),
            int(therapeutic) if therapeutic else None,
        )
        text = t("{percent} % ill from {day} on.", percent=step.percent, day=short_day_text(day))
        self.done(course.set_percentage(self.desk, self.case_id, step), text)


class RecoveryForm(CourseForm):
    """Full recovery: from when somebody works again."""

    what = N_("Recovery")

    def fields(self) -> Sequence[FormField]:
        """The first day of work, why, and what becomes of leave that gave way."""
        return [
            date_field(
                "back_on", N_("Works again from"), required=True,
                hint=N_("The first day that is no longer ill"),
            ),
            choice_field("reason", N_("Why closed"), self._reasons, required=True),
            yes_no_field("give_back", N_("Put planned leave back"), when=self._has_leave),
        ]  # fmt: skip

    def _reasons(self) -> Sequence[Choice]:
        return [
            Choice(one.value, t(one.label)) for one in CLOSE_REASONS if one.country in ("", self.desk.country)
        ]

    def _displaced(self, values: Values) -> list[date]:
        back = day_of(values.get("back_on"))
        return course.displaced_from(self.desk, self.case_id, back) if back else []

    def _has_leave(self, values: Values) -> bool:
        return bool(self._displaced(values))

    def warn(self, values: Values) -> dict[str, str]:
        """Which leave gave way to the illness."""
        days = self._displaced(values)
        return {"give_back": t("Leave of {days} had given way.", days=days_named(days))} if days else {}

    def values(self) -> Values:
        """Recovered, back at work today."""
        return {
            "back_on": self.session.today.isoformat(),
            "reason": CloseReason.RECOVERED.value,
            "give_back": 1,
        }

    def submit(self, values: dict[str, Value]) -> None:
        """Close the case; the calendar after it is free."""
        back = date.fromisoformat(str(values["back_on"]))
        outcome = course.recover(
            self.desk,
            self.case_id,
            back,
            reason=CloseReason(str(values["reason"])),
            give_back=bool(values["give_back"]),
        )
        self.done(outcome, t("Recovered from {day} on.", day=short_day_text(back)))


class CorrectForm(CourseForm):
    """What was reported, put right; the history keeps what it was."""

    what = N_("Correct the report")

    def __init__(self, session: Session, case_id: int, field: str = "") -> None:
        super().__init__(session, case_id)
        self._begin = field

    def fields(self) -> Sequence[FormField]:
        """The fields of the report, the last day of a closed case, and whether it counts on."""
        wanted = [one for one in case_fields(self.desk.country) if one.table == "sickness_case"]
        made = [form_field(self.session, one, section="") for one in wanted]
        made = [
            replace(one, choices=self._classifications) if one.name == "classification" else one
            for one in made
        ]
        if self.record.case.spell.last_day is not None:
            made.insert(2, date_field("last_day", N_("Last sick day"), required=True))
        hint = N_("Empty: the days in between decide")
        made.append(choice_field("linking", N_("Counting"), _linkings, empty="", hint=hint))
        return made

    def new_form(self) -> Form:
        """Begin in the field that is to be put right."""
        form = super().new_form()
        if self._begin:
            form.go(self._begin)
        return form

    def _classifications(self) -> Sequence[Choice]:
        offered = {one.code: one for one in offered_by(self.desk)}
        now = str(self.record.values["classification"])
        if now in CLASSIFICATIONS:
            offered[now] = CLASSIFICATIONS[now]
        return [Choice(one.code, t(one.name), one.code) for one in offered.values()]

    def values(self) -> Values:
        """As stored."""
        return self.record.values

    def submit(self, values: dict[str, Value]) -> None:
        """Store what differs, as one step."""
        changed = {name: value for name, value in values.items() if value != self.record.values.get(name)}
        if not changed:
            self.close()
            return
        self.done(course.correct(self.desk, self.case_id, changed), t("The report is corrected."))


class CertificateForm(CourseForm):
    """A Belgian certificate that came in, or is announced."""

    what = N_("Certificate")

    def fields(self) -> Sequence[FormField]:
        """Its days, and when it came in."""
        return [
            date_field("from_date", N_("From"), required=True),
            date_field("until", N_("Until"), required=True, hint=N_("The last day that it covers")),
            date_field(
                "received_on", N_("Received on"), hint=N_("Leave it empty where it is announced only")
            ),
        ]

    def values(self) -> Values:
        """From the first sick day, received today."""
        first = self.record.case.spell.first_day
        return {"from_date": first.isoformat(), "received_on": clock.today().isoformat()}

    def submit(self, values: dict[str, Value]) -> None:
        """Keep it."""
        certificate = Certificate(
            date.fromisoformat(str(values["from_date"])),
            date.fromisoformat(str(values["until"])),
            day_of(values["received_on"]),
        )
        add_certificate(self.desk, self.case_id, certificate)
        self.done(None, t("The certificate is kept."))


class NoRiskForm(CourseForm):
    """Whether the no-risk mark is kept, and on which ground."""

    what = N_("No-risk policy")

    def fields(self) -> Sequence[FormField]:
        """The ground."""
        kept = no_risk(self.desk, self.record.person_id)
        asked = kept.ask_from
        field = no_risk_field("basis")
        if asked is not None and asked > self.session.today:
            day = short_day_text(asked)
            field = replace(
                field, hint=t("You may ask for it from {day} {year} on", day=day, year=asked.year)
            )
        return [field]

    def values(self) -> Values:
        """As stored."""
        return {"basis": no_risk(self.desk, self.record.person_id).basis}

    def submit(self, values: dict[str, Value]) -> None:
        """Keep the mark, or take it away."""
        set_no_risk(self.desk, self.record.person_id, str(values["basis"] or ""))
        self.done(None)


def _sources() -> Sequence[Choice]:
    return [Choice(one.value, t(one.label)) for one in SOURCES]


def _linkings() -> Sequence[Choice]:
    return [Choice(one.value, t(one.label)) for one in LINKINGS]
