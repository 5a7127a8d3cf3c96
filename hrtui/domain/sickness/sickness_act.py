"""What a Dutch self-insurer for the Sickness Act must tell UWV, whom it covers, and waiting days."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hrtui.domain.contract import ContractPeriod, in_contract
from hrtui.domain.sickness.case import Spell

REPORT_DAYS = 42
"""A report of illness is due within six weeks (UWV, eigenrisicodrager Ziektewet: werknemer is ziek)."""
RECOVERY_DAYS = 2
"""A recovery is due within two days once the illness was reported, and with that report before (same)."""
SAFETY_NET_WORKING_DAYS = 4
AFTER_LEAVING_DAYS = 28


class Ground(StrEnum):
    """Why the Sickness Act pays a person whom the employer insures itself."""

    FELL_ILL_AFTER_LEAVING = "fell_ill_after_leaving"
    LEFT_WHILE_ILL = "left_while_ill"
    NO_ORDINARY_CONTRACT = "no_ordinary_contract"


@dataclass(frozen=True, slots=True)
class UwvTerms:
    """The last days on which UWV must have the reports; `recovery` is None while the case is open.

    Before the illness is reported the recovery can wait for that report. With `work_report` a re-integration
    report goes along: somebody was ill for six weeks or more when the service ended (UWV; Regeling procesgang
    eerste en tweede ziektejaar).
    """

    illness: date
    recovery: date | None
    work_report: bool = False


def uwv_terms(spell: Spell, *, safety_net: bool, left_on: date | None = None) -> UwvTerms:
    """When a self-insurer must report a case to UWV, at the latest.

    Within six weeks from the first day, or from the last day of a service that ended during the illness
    (`left_on`). Where a safety net applies within four working days, since which one it is may not be
    recorded and the shortest term (pregnancy, Ziektewet art. 38a) is then the safe one.
    """
    if safety_net:
        illness = working_days_after(spell.first_day, SAFETY_NET_WORKING_DAYS)
    else:
        illness = (left_on or spell.first_day) + timedelta(days=REPORT_DAYS)
    recovery = spell.last_day + timedelta(days=1 + RECOVERY_DAYS) if spell.last_day else None
    long_ill = left_on is not None and (left_on - spell.first_day).days + 1 >= REPORT_DAYS
    return UwvTerms(illness, recovery, long_ill)


def left_while_ill(spell: Spell, contracts: Iterable[ContractPeriod]) -> date | None:
    """The last day of a service that ended during an illness; None where it goes on, or had ended before.

    Contracts that follow each other at once are one service.
    """
    periods = sorted(contracts, key=lambda period: period.start)
    end = next((period.end for period in periods if spell.first_day in period), None)
    for period in periods:
        if end is not None and period.start == end + timedelta(days=1):
            end = period.end
    return end if end is not None and (spell.last_day is None or end < spell.last_day) else None


def ground(
    spell: Spell, contracts: Iterable[ContractPeriod], *, ordinary: bool = True, ends_by_illness: bool = False
) -> Ground | None:
    """Why the Sickness Act covers a case, None where the employer pays wage or nobody is covered.

    It covers who fell ill within four weeks after leaving (Ziektewet art. 46), whose contract ended during
    the illness, or who has no ordinary contract. With `ends_by_illness` (an agency clause that still works
    so; collective agreements since July 2023 exclude it) the contract counts as ended by the report.
    """
    periods = list(contracts)
    if not ordinary:
        return Ground.NO_ORDINARY_CONTRACT
    if in_contract(periods, spell.first_day):
        left = left_while_ill(spell, periods) is not None
        return Ground.LEFT_WHILE_ILL if left or ends_by_illness else None
    ends = [period.end for period in periods if period.end is not None and period.end < spell.first_day]
    if ends and (spell.first_day - max(ends)).days <= AFTER_LEAVING_DAYS:
        return Ground.FELL_ILL_AFTER_LEAVING
    return None


def waiting_days(nature: str, *, linked: bool) -> int:
    """The waiting days that are usual for a type of contract; 0 for a case that counts on from another.

    Phase A: two under the Sickness Act with an agency clause, one day of own risk without (ABU collective
    agreement; older texts, so the number on the case can be changed).
    """
    if linked:
        return 0
    return {"phase_a_clause": 2, "phase_a": 1}.get(nature, 0)


def working_days_after(day: date, count: int, free: Container[date] = (), *, a_week: int = 5) -> date:
    """The `count`th working day after `day`: one of the first `a_week` of a week that is no holiday."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < a_week and day not in free:
            count -= 1
    return day
