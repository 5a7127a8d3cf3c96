"""What the occupational service is told about a report or a recovery: only what may be told, in its language.

Name, employer, the days, the percentage and its source. No reason, no address, no number of a person but the
employer's own (AP, policy rules on sick employees, 2016; BSN: Wabb, art. 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrtui.domain.sickness.case import FULL
from hrtui.i18n import N_, text_in


class Telling(StrEnum):
    """What a message is about."""

    REPORT = "report"
    PARTIAL = "partial"
    RECOVERY = "recovery"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Told:
    """What a message says: `from_day` is the first sick day, the day of the percentage, or the first day of
    work again."""

    telling: Telling
    employer: str
    policy_number: str
    person: str
    number: str
    first_day: date
    from_day: date
    percent: int = FULL
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A text to send or to read out."""

    subject: str
    body: str


_SUBJECTS = {
    Telling.REPORT: N_("Sick report: {person}, {employer}"),
    Telling.PARTIAL: N_("Partial recovery: {person}, {employer}"),
    Telling.RECOVERY: N_("Recovery: {person}, {employer}"),
    Telling.CORRECTION: N_("Correction of a sick report: {person}, {employer}"),
}
_SENTENCES = {
    Telling.REPORT: N_("We report that {person} is ill from {day} on ({percent} %)."),
    Telling.PARTIAL: N_("We report that {person} is ill for {percent} % from {day} on."),
    Telling.RECOVERY: N_("We report that {person} has recovered and works again from {day} on."),
    Telling.CORRECTION: N_("We correct our report: {person} is ill from {day} on ({percent} %)."),
}
_GREETING = N_("Dear Sir or Madam,")
_CLOSING = N_("Kind regards,")
_EMPLOYER = N_("Employer: {employer}")
_POLICY = N_("Policy number: {number}")
_NUMBER = N_("Employee number: {number}")
_FIRST_DAY = N_("First sick day: {day}")
_FORMS = {"nl": "d MMMM y", "fr": "d MMMM y", "de": "d. MMMM y", "en": "d MMMM y"}


def message(told: Told, language: str) -> Message:
    """The message in the receiver's language (nl, fr; English for others), dates in words."""
    person, employer = told.person, told.employer
    first_day, day = _day(told.first_day, language), _day(told.from_day, language)
    lines = [
        text_in(language, _GREETING),
        "",
        text_in(language, _SENTENCES[told.telling], person=person, day=day, percent=told.percent),
        "",
        text_in(language, _EMPLOYER, employer=employer),
    ]
    if told.policy_number:
        lines.append(text_in(language, _POLICY, number=told.policy_number))
    if told.number:
        lines.append(text_in(language, _NUMBER, number=told.number))
    lines += [text_in(language, _FIRST_DAY, day=first_day), "", text_in(language, _CLOSING)]
    lines += [line for line in (told.sender, employer) if line]
    subject = text_in(language, _SUBJECTS[told.telling], person=person, employer=employer)
    return Message(subject, "\n".join(lines))


def _day(day: date, language: str) -> str:
    from babel.dates import format_date

    known = language if language in _FORMS else "en"
    return format_date(day, _FORMS[known], locale=known)
