"""The absence history as JSON in the terms of Dutch providers: AFAS, Visma Nmbrs, Xpert Suite.

AFAS (official OpenAPI, `HrIllness` and its progress) says how much somebody is *present* (PsPc); Nmbrs
(`Absence2`) and Xpert Suite say how much they are *ill*. Each holds every case of each person, so that a
receiver which replaces what it has loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from hrtui.domain.sickness.case import CloseReason
from hrtui.store.sickness.whole_history import AbsenceHistory, HistoryCase, PersonHistory

Provider = Literal["afas", "nmbrs", "xpert"]
_AFAS_REASONS = {reason.value: str(number) for number, reason in enumerate(CloseReason, 1)}
"""AFAS `ViRs`: 1 recovered to 6 goes on with another cause."""


def history_json(history: AbsenceHistory, provider: Provider) -> bytes:
    """The history in the terms of a provider, as JSON (UTF-8)."""
    make = PROVIDERS[provider]
    cases = [make(person, case) for person in history.people for case in person.cases]
    whole = {
        "employer": history.employer,
        "policyNumber": history.policy_number,
        "complete": True,
        "people": [person.number for person in history.people],
        "absences": cases,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _afas(person: PersonHistory, case: HistoryCase) -> dict[str, Any]:
    spell = case.case.spell
    values: dict[str, Any] = {
        "EmId": person.number,
        "DaBe": spell.first_day.isoformat(),
        "DMeB": _day(case.reported_at),
        "DaEs": case.expected_end.isoformat() if case.expected_end else None,
        "TPBe": round(case.case.minutes_worked / 60, 2),
        "ViIt": case.classification.afas,
        "SfNt": case.safety_net,
        "RuAb": case.linked,
        "RtDa": case.waiting_days,
        "HrAbsIllnessProgress": [
            {
                "DaTi": step.from_date.isoformat(),
                "PsPc": step.present,
                **_therapeutic(step.therapeutic_percent),
            }
            for step in case.case.course_inside()
        ],
    }
    if spell.last_day is not None:
        values["DaEn"] = spell.last_day.isoformat()
        reported = case.recovery_reported_at
        values["DMeE"] = _day(reported) if reported else None
        values["ViRs"] = _AFAS_REASONS.get(case.close_reason, "1")
    return values


def _day(at: datetime) -> str:
    """The day of a moment where the clerk is: after midnight it is still yesterday in UTC."""
    return at.astimezone().date().isoformat()


def _therapeutic(percent: int | None) -> dict[str, int]:
    return {} if percent is None else {"PsPa": percent}


def _nmbrs(person: PersonHistory, case: HistoryCase) -> dict[str, Any]:
    spell = case.case.spell
    first, *later = case.case.course_inside()
    return {
        "EmployeeNumber": person.number,
        "AbsenceId": case.id,
        "Start": spell.first_day.isoformat(),
        "RegistrationStartDate": _day(case.reported_at),
        "Percentage": first.percent,
        "PartialRecoveries": [
            {"StartDate": step.from_date.isoformat(), "Percent": step.percent} for step in later
        ],
        "LastDayAbsence": spell.last_day.isoformat() if spell.last_day else None,
        "RegistrationEndDate": (_day(case.recovery_reported_at) if case.recovery_reported_at else None),
    }


def _xpert(person: PersonHistory, case: HistoryCase) -> dict[str, Any]:
    spell = case.case.spell
    last = spell.last_day
    return {
        "personeelsnummer": person.number,
        "verzuimclassificatie": case.classification.xpert,
        "eersteZiektedag": spell.first_day.isoformat(),
        "meldingBeginVerzuim": _day(case.reported_at),
        "verwachteEinddatum": case.expected_end.isoformat() if case.expected_end else None,
        "vangnet": case.safety_net,
        "bedrijfsongeval": case.work_accident,
        "verkeersongevalMetRegres": case.liable_third_party,
        "doorlopendVerzuim": case.linked,
        "wachtdagen": case.waiting_days,
        "verloop": [
            {"vanaf": step.from_date.isoformat(), "aoPercentage": step.percent}
            for step in case.case.course_inside()
        ],
        "herstelddatum": (last + timedelta(days=1)).isoformat() if last else None,
    }


PROVIDERS: Mapping[Provider, Callable[[PersonHistory, HistoryCase], dict[str, Any]]] = {
    "afas": _afas,
    "nmbrs": _nmbrs,
    "xpert": _xpert,
}
