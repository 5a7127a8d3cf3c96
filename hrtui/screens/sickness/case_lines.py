"""What the screen of a case says: its facts, course, count, what is due, steps, certificates, contacts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hrtui.domain.sickness.agenda import AgendaItem, Task
from hrtui.domain.sickness.case import FULL, Progress, Source
from hrtui.domain.sickness.classification import CLASSIFICATIONS, ILL
from hrtui.domain.sickness.counting import belgian_window, dutch_window, explain, wage_ends, week_of
from hrtui.domain.sickness.fields import CLOSE_REASONS
from hrtui.domain.sickness.guaranteed_wage import WageDay, next_change
from hrtui.domain.sickness.no_risk import Basis
from hrtui.domain.sickness.poortwachter import Due, State
from hrtui.domain.sickness.reporting import NURSING
from hrtui.domain.sickness.retention import keep_until
from hrtui.i18n import N_, day_with_year, hours, short_day_text, t, tn
from hrtui.screens.history.wording import moment_short
from hrtui.screens.sickness.base import STATE_MARKS, day_long
from hrtui.screens.sickness.lines import Entry, fact, title
from hrtui.store.sickness.calendar import guaranteed_wage
from hrtui.store.sickness.contacts import SENT, TOLD, WAITING, Contact
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.due import AgendaLine, agenda
from hrtui.store.sickness.marks import StoredCertificate, certificate_free_left, timeline_of
from hrtui.store.sickness.people import no_risk
from hrtui.store.sickness.records import CaseRecord, cases_of_person
from hrtui.store.sickness.terms import wage_paid_until
from hrtui.store.sickness.wording import TELLINGS, band_name, count_sentence, state_name, step_name

_CONTACT_STATES = {
    WAITING: N_("e-mail prepared, not sent yet"),
    SENT: N_("e-mail sent"),
    TOLD: N_("told by phone"),
}
_NEAR_DAYS = 56
"""Steps that are due later are shown on request."""


def heading(record: CaseRecord, today: date) -> str:
    """Who it is and how it stands."""
    spell = record.case.spell
    step = record.case.on(today) or record.case.course[0]
    if spell.last_day is not None:
        state = t("recovered from {day}", day=day_long(spell.last_day + timedelta(days=1)))
    else:
        state = t("ill since {day}, {percent} %", day=day_long(spell.first_day), percent=step.percent)
    return "  ".join(filter(None, (record.name, record.number, record.team, state)))


def facts(desk: Desk, record: CaseRecord, today: date) -> Iterator[Entry]:
    """What was reported, and how many days are counted."""
    values, spell = record.values, record.case.spell
    kind = CLASSIFICATIONS.get(str(values["classification"]), CLASSIFICATIONS[ILL])
    yield fact(t("Classification"), t(kind.name))
    yield fact(t("First sick day"), day_with_year(spell.first_day))
    if record.case.minutes_worked:
        yield fact(t("Worked on the first day"), hours(record.case.minutes_worked))
    if spell.last_day is not None:
        yield fact(t("Last sick day"), day_with_year(spell.last_day))
        reason = next((t(one.label) for one in CLOSE_REASONS if one.value == values["close_reason"]), "")
        if reason:
            yield fact(t("Why closed"), reason)
    elif values["expected_end"]:
        yield fact(t("Expected end"), day_long(date.fromisoformat(str(values["expected_end"]))))
    counted = record.chain.counted(min(spell.last_day or today, max(today, spell.first_day)))
    yield fact(t("Counted sick days"), t("{n}, week {week}", n=counted, week=week_of(counted)))
    if desk.dutch:
        paid = wage_paid_until(desk.store, record.person_id, record.chain)
        label = t("Wage is paid until") if paid else t("104 weeks of illness until")
        yield fact(label, day_long(paid or wage_ends(record.chain)))
        if values["waiting_days"]:
            yield fact(t("Waiting days"), str(values["waiting_days"]))
    yield from _yes(desk, record)
    yield from _elsewhere(record)
    until = keep_until(record.chain, self_insured=desk.self_insured)
    if until is not None:
        yield fact(t("May be kept until"), day_long(until))


def _yes(desk: Desk, record: CaseRecord) -> Iterator[Entry]:
    labels = {
        "safety_net": N_("Safety net applies"),
        "work_accident": N_("Work accident"),
        "liable_third_party": N_("Liable third party"),
        "certificate_free": N_("First day, no certificate"),
    }
    for name, label in labels.items():
        if record.values[name]:
            yield fact(t(label), t("Yes"))
    if desk.dutch and (kept := no_risk(desk, record.person_id)).marked:
        grounds = {Basis.DISCLOSED: N_("the person told it"), Basis.PROOF: N_("proof of UWV")}
        yield fact(t("No-risk policy"), t(grounds[Basis(kept.basis)]))


def _elsewhere(record: CaseRecord) -> Iterator[Entry]:
    values = {name: str(record.values[f"nursing_{name}"] or "") for name in NURSING}
    street = " ".join(filter(None, (values["street"], values["house_number"])))
    city = " ".join(filter(None, (values["postcode"], values["city"], values["country"])))
    if address := ", ".join(filter(None, (street, city))):
        yield fact(t("Nursing address"), address)
    if values["phone"]:
        yield fact(t("Phone there"), values["phone"])


def step_text(step: Progress) -> str:
    """A step of the course: from when, how much, who says so."""
    own = t("reported by the employer") if step.percent == FULL else t("provisional, by the employer")
    said = t("occupational physician") if step.source is Source.PHYSICIAN else own
    extra = [t("return allowed by the health fund")] if step.authorised else []
    if step.therapeutic_percent:
        extra.append(t("{percent} % therapeutic work", percent=step.therapeutic_percent))
    how = t("fully ill") if step.percent == FULL else t("{percent} % ill", percent=step.percent)
    day = day_with_year(step.from_date)
    return f"   {day:<16} {how:<12} {', '.join([said, *extra])}"


def count_lines(desk: Desk, record: CaseRecord, today: date) -> list[str]:
    """How the sick days are counted, where the case counts on from others or could have."""
    window = dutch_window if desk.dutch else belgian_window
    lines = [count_sentence(line) for line in explain(record.chain, today, window)]
    if len(lines) > 1:
        return [f"   {line}" for line in lines]
    return [f"   {gap}"] if (gap := _gap_before(desk, record, window(record.case.spell.first_day))) else []


def _gap_before(desk: Desk, record: CaseRecord, window: int) -> str:
    """Why the case before does not count, where there is one."""
    spell = record.case.spell
    ends = [
        one.case.spell.last_day
        for one in cases_of_person(desk.store, record.person_id)
        if one.id != record.id and one.case.spell.last_day and one.case.spell.last_day < spell.first_day
    ]
    if not ends:
        return ""
    gap = (spell.first_day - max(end for end in ends if end)).days - 1
    if gap < window:
        return t("Counts alone, as was said: {n} days after the case before.", n=gap)
    return t("Counts alone: {n} days after the case before, {limit} or more.", n=gap, limit=window)


def tasks_of(desk: Desk, record: CaseRecord, today: date) -> list[AgendaLine]:
    """What is due about the case beside the steps of the timeline."""
    lines = agenda(desk, until=today + timedelta(days=_NEAR_DAYS), person_id=record.person_id)
    return [line for line in lines if line.item.case_id == record.id and line.item.what in set(Task)]


def task_text(item: AgendaItem, label: str) -> str:
    """A task with its day and whether it is late."""
    mark = STATE_MARKS[item.state]
    day = day_with_year(item.due)
    return f" {mark} {day:<16} {label}  ({state_name(item.state)})"


def steps_of(desk: Desk, record: CaseRecord, today: date, *, everything: bool) -> tuple[list[Due], int]:
    """The steps of the timeline to show, and how many later ones are left out."""
    if not desk.dutch:
        return [], 0
    found = timeline_of(desk, record.id)
    closed = record.case.spell.last_day
    until = min(closed, today) if closed else today + timedelta(days=_NEAR_DAYS)
    near = [due for due in found if everything or due.due <= until or due.done_on or not due.needed]
    return near, len(found) - len(near)


def due_text(due: Due, today: date) -> str:
    """A step with its day, and when it was done."""
    state = due.state(today)
    told = state_name(state)
    if due.done_on is not None:
        told += f" {day_long(due.done_on)}"
    elif due.last != due.due and state in (State.OPEN, State.AHEAD):
        told += f", {t('at the latest {day}', day=day_long(due.last))}"
    day = day_with_year(due.due)
    return f" {STATE_MARKS[state]} {day:<16} {step_name(due.step, due.number)}  ({told})"


def wage_entries(desk: Desk, record: CaseRecord, today: date) -> list[Entry]:
    """Who pays from when until when (Belgium), and when that changes next."""
    days = guaranteed_wage(desk, cases_of_person(desk.store, record.person_id), record.person_id)
    own = [day for day in days if day.date in record.case.spell]
    lines = [title(wage_title(own, today)), *(Entry(f"   {text}") for text in wage_spans(own))]
    following = next_change(own, today)
    if following and record.case.spell.last_day is None:
        day = short_day_text(following.date)
        lines.append(Entry(f"   {t('From {day} on: {who}', day=day, who=band_name(following.band))}"))
    return lines


def wage_spans(days: Sequence[WageDay]) -> list[str]:
    """Days that somebody pays together, each stretch with how many of the 30 days are used after it.

    The longest name of who pays leaves little of 80 columns for the count; `wage_title` says what it counts.
    """
    spans: list[list[WageDay]] = []
    for day in days:
        joins = (
            spans and spans[-1][-1].band == day.band and day.date - spans[-1][-1].date == timedelta(days=1)
        )
        if joins:
            spans[-1].append(day)
        else:
            spans.append([day])
    return [
        f"{short_day_text(span[0].date):<11} – {short_day_text(span[-1].date):<11} {band_name(span[0].band)}"
        f"  {span[-1].used}/{span[-1].used + span[-1].left}"
        for span in spans
    ]


def wage_title(days: Sequence[WageDay], today: date) -> str:
    """The line above `wage_spans`, with how many of the 30 days are used today, or on the nearest day."""
    if not days:
        return t("Who pays")
    past = [day for day in days if day.date <= today]
    return f"{t('Who pays')}  ({days_used(past[-1] if past else days[0])})"


def days_used(day: WageDay) -> str:
    """How many of the days of guaranteed wage are used after a day."""
    return t("{used} of {all} days used", used=day.used, all=day.used + day.left)


def certificate_text(stored: StoredCertificate) -> str:
    """A certificate: its days and whether it is in."""
    one = stored.certificate
    told = (
        t("received {day}", day=short_day_text(one.received_on)) if one.received_on else t("not received yet")
    )
    return f"   {short_day_text(one.from_date):<11} – {short_day_text(one.until):<11} {told}"


def free_days_text(desk: Desk, record: CaseRecord) -> str:
    """How many first days without certificate are left."""
    left = certificate_free_left(desk, record.person_id, record.case.spell.first_day)
    return "   " + tn(
        "{n} first day without certificate left in {year}",
        "{n} first days without certificate left in {year}",
        left,
        year=record.case.spell.first_day.year,
    )


def contact_text(one: Contact) -> str:
    """What the service was told, how and when."""
    state = t(_CONTACT_STATES.get(one.state, one.state))
    return f"   {moment_short(one.at)}  {t(TELLINGS.get(one.kind, one.kind))}  {state}  {one.actor}"
