"""The absence overview of one case on paper: days, course, count, steps, files, what the service was told."""

from __future__ import annotations

from datetime import date, timedelta

from hrtui import clock
from hrtui.domain.sickness.case import Source
from hrtui.domain.sickness.classification import CLASSIFICATIONS, ILL
from hrtui.domain.sickness.counting import belgian_window, dutch_window, explain, week_of
from hrtui.domain.sickness.fields import CLOSE_REASONS
from hrtui.i18n import day_text, t
from hrtui.payroll.paper import Column, Table, printed
from hrtui.store.sickness.calendar import wage_by_day
from hrtui.store.sickness.contacts import contacts_of
from hrtui.store.sickness.desk import Desk, log_access
from hrtui.store.sickness.documents import FOLDER_NAMES, documents
from hrtui.store.sickness.marks import certificates_of, timeline_of
from hrtui.store.sickness.records import CASE, CaseRecord, case_record
from hrtui.store.sickness.wording import band_name, count_sentence, state_name, step_name

Rows = tuple[tuple[str, ...], ...]


def overview_pdf(desk: Desk, case_id: int) -> bytes:
    """The overview of a case as a PDF file; the same case on the same day gives the same bytes. Logged."""
    record = case_record(desk, case_id)
    made = printed(t("Absence overview"), overview_facts(desk, record), overview_tables(desk, record))
    log_access(desk, "exported", CASE, case_id)
    return made


def overview_facts(desk: Desk, record: CaseRecord) -> list[tuple[str, str]]:
    """What stands at the top: label and text."""
    who = f"{record.name} ({record.number})"
    return [(t("Employer"), desk.employer), (t("Person"), who), *_case_lines(record, clock.today())]


def overview_tables(desk: Desk, record: CaseRecord) -> list[Table]:
    """The tables of the overview; those without lines are not printed."""
    today = clock.today()
    window = dutch_window if desk.dutch else belgian_window
    counted = tuple((count_sentence(line),) for line in explain(record.chain, today, window))
    day = Column(t("From"), 0.2)
    course = (day, Column(t("Ill"), 0.3), Column(t("Percentage by"), 0.5))
    steps = (Column(t("Due"), 0.2), Column(t("Step"), 0.55), Column(t("State"), 0.25))
    paid = (day, Column(t("Who pays"), 0.5), Column(t("Guaranteed wage"), 0.3))
    certificates = (day, Column(t("Until"), 0.3), Column(t("Certificate"), 0.5))
    told = (Column(t("Day"), 0.2), Column(t("How"), 0.3), Column(t("By"), 0.5))
    files = (Column(t("Day"), 0.2), Column(t("File"), 0.5), Column(t("Folder"), 0.3))
    return [
        Table(t("Course"), course, _course_lines(record)),
        Table(t("Count of sick days"), (Column(t("Case"), 1.0),), counted),
        Table(t("Steps"), steps, _step_lines(desk, record, today) if desk.dutch else ()),
        Table(t("Who pays"), paid, () if desk.dutch else _paid_lines(desk, record)),
        Table(t("Certificates"), certificates, () if desk.dutch else _certificate_lines(desk, record)),
        Table(t("Told to the occupational service"), told, _contact_lines(desk, record)),
        Table(t("Files"), files, _file_lines(desk, record)),
    ]


def _case_lines(record: CaseRecord, today: date) -> list[tuple[str, str]]:
    spell, values = record.case.spell, record.values
    last = spell.last_day
    kind = CLASSIFICATIONS.get(str(values["classification"]), CLASSIFICATIONS[ILL])
    days = record.chain.counted(min(last, today) if last else today)
    reason = next((t(one.label) for one in CLOSE_REASONS if one.value == values["close_reason"]), "")
    lines = [
        (t("Classification"), t(kind.name)),
        (t("First sick day"), _day(spell.first_day)),
        (t("Last sick day"), _day(last) if last else t("still ill")),
        (t("Counted sick days"), t("{n}, week {week}", n=days, week=week_of(days))),
    ]
    if last is not None:
        lines.append((t("Recovered from"), _day(last + timedelta(days=1))))
    if reason:
        lines.append((t("Why closed"), reason))
    if values["expected_end"] and last is None:
        lines.append((t("Expected end"), _day(date.fromisoformat(str(values["expected_end"])))))
    yes = [
        (t("Safety net applies"), values["safety_net"]),
        (t("Work accident"), values["work_accident"]),
        (t("Traffic accident, recourse"), values["liable_third_party"]),
    ]
    return [*lines, *((label, t("Yes")) for label, value in yes if value)]


def _course_lines(record: CaseRecord) -> Rows:
    return tuple(
        (
            _day(step.from_date),
            t("{percent} % ill", percent=step.percent),
            "" if step.source is Source.PHYSICIAN else t("provisional, by the employer"),
        )
        for step in record.case.course_inside()
    )


def _step_lines(desk: Desk, record: CaseRecord, today: date) -> Rows:
    until = record.case.spell.last_day or today + timedelta(days=56)
    return tuple(
        (_day(due.due), step_name(due.step, due.number), state_name(due.state(today)))
        for due in timeline_of(desk, record.id)
        if due.due <= until
    )


def _paid_lines(desk: Desk, record: CaseRecord) -> Rows:
    lines: list[tuple[str, ...]] = []
    last = None
    for day in wage_by_day(desk, record.person_id).values():
        if day.date in record.case.spell and day.band != last:
            last = day.band
            lines.append((_day(day.date), band_name(day.band), t("{n} of 30 days used", n=day.used)))
    return tuple(lines)


def _certificate_lines(desk: Desk, record: CaseRecord) -> Rows:
    found: list[tuple[str, ...]] = []
    for one in certificates_of(desk, record.id):
        certificate = one.certificate
        received = certificate.received_on
        told = t("received {day}", day=_day(received)) if received else t("not received")
        found.append((_day(certificate.from_date), _day(certificate.until), told))
    return tuple(found)


def _contact_lines(desk: Desk, record: CaseRecord) -> Rows:
    channels = {"email": t("by e-mail"), "phone": t("by phone")}
    return tuple(
        (_day(one.at.date()), channels.get(one.channel, one.channel), one.actor)
        for one in contacts_of(desk, record.id)
    )


def _file_lines(desk: Desk, record: CaseRecord) -> Rows:
    return tuple(
        (_day(one.at.date()), one.name, t(FOLDER_NAMES[one.folder])) for one in documents(desk, record.id)
    )


def _day(day: date) -> str:
    return day_text(day, "d MMM y")
