"""What has to be done about cases of illness, and by when: one line per thing that is due."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from hrtui.domain.sickness import poortwachter
from hrtui.domain.sickness.certificates import Certificate, certificate_due
from hrtui.domain.sickness.counting import Chain
from hrtui.domain.sickness.poortwachter import Mark, State
from hrtui.domain.sickness.sickness_act import UwvTerms

DAYS_AHEAD = 56
"""How far ahead the agenda looks unless told otherwise."""


class Task(StrEnum):
    """What is due beside the steps of the timeline; done by a mark of the same name."""

    EXPECTED_END = "expected_end"
    CERTIFICATE = "certificate"
    UWV_ILLNESS = "uwv_illness"
    WORK_REPORT = "work_report"
    UWV_RECOVERY = "uwv_recovery"
    RECOVERY_MESSAGE = "recovery_message"
    OVERLAP = "overlap"
    """Two reports of one person for the same days, made on two computers: not marked, but decided."""


class AgendaItem(NamedTuple):
    """One thing to do: `what` is a `poortwachter.Step` or a `Task`, with the number of an evaluation.

    The fields are in the order by which an agenda is sorted.
    """

    due: date
    person_id: int
    what: str
    number: int
    case_id: int
    last: date
    state: State


@dataclass(frozen=True, slots=True)
class Subject:
    """What the agenda knows of one case: the chain that ends with it, and the marks of the whole chain.

    `uwv` is None where the employer is no self-insurer, `certificates` where none are asked (Netherlands).
    `overlap` is the first day that another case of the person has too.
    """

    case_id: int
    person_id: int
    chain: Chain
    marks: tuple[Mark, ...] = ()
    expected_end: date | None = None
    uwv: UwvTerms | None = None
    certificates: tuple[Certificate, ...] | None = None
    certificate_free: bool = False
    recovery_told: bool = True
    steps: bool = True
    overlap: date | None = None


def agenda(
    subjects: Iterable[Subject], today: date, until: date | None = None, free: Container[date] = ()
) -> list[AgendaItem]:
    """All that is due by `until` (default: eight weeks ahead) or late, the earliest first."""
    last = until or today + timedelta(days=DAYS_AHEAD)
    return sorted(item for subject in subjects for item in _of(subject, today, last, free))


def _of(subject: Subject, today: date, until: date, free: Container[date]) -> Iterator[AgendaItem]:
    spell = subject.chain.spells[-1]
    done = {mark.step for mark in subject.marks if mark.done_on is not None or not mark.needed}

    def item(what: str, due: date, number: int = 0, last: date | None = None) -> AgendaItem:
        latest = last or due
        state = State.LATE if today > latest else State.OPEN
        return AgendaItem(due, subject.person_id, what, number, subject.case_id, latest, state)

    if subject.overlap is not None:
        yield item(Task.OVERLAP, subject.overlap)
    if spell.last_day is None:
        if subject.steps:
            case_id, person_id = subject.case_id, subject.person_id
            steps = poortwachter.pending(subject.chain, subject.marks, today, until, free)
            for step, number, due, latest, state in steps:
                yield AgendaItem(due, person_id, step, number, case_id, latest, state)
        if subject.expected_end is not None and subject.expected_end < today:
            yield item(Task.EXPECTED_END, subject.expected_end)
    if subject.certificates is not None:
        missing = certificate_due(
            spell.first_day, spell.last_day, subject.certificates, today,
            certificate_free=subject.certificate_free, free=free,
        )  # fmt: skip
        if missing and Task.CERTIFICATE not in done:
            yield item(Task.CERTIFICATE, missing.due)
    if subject.uwv and Task.UWV_ILLNESS not in done and subject.uwv.illness <= until:
        yield item(Task.UWV_ILLNESS, subject.uwv.illness)
    if (
        subject.uwv
        and subject.uwv.work_report
        and Task.WORK_REPORT not in done
        and subject.uwv.illness <= until
    ):
        yield item(Task.WORK_REPORT, subject.uwv.illness)
    if spell.last_day is not None:
        if subject.uwv and subject.uwv.recovery and Task.UWV_RECOVERY not in done:
            reported = Task.UWV_ILLNESS in done
            due = subject.uwv.recovery if reported else max(subject.uwv.illness, subject.uwv.recovery)
            yield item(Task.UWV_RECOVERY, due)
        if not subject.recovery_told:
            yield item(Task.RECOVERY_MESSAGE, spell.last_day + timedelta(days=1))
