"""What a Dutch self-insurer for the Sickness Act must tell UWV, whom it covers, and waiting days."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hrtui.domain.contract import ContractPeriod, in_contract
from hrtui.domain.sickness.case import Spell

REPORT_DAYS = 42
"""Reports of illness and of recovery are due within six weeks (UWV, eigenrisicodrager Ziektewet)."""
SAFETY_NET_WORKING_DAYS = 4
AFTER_LEAVING_DAYS = 28


class Ground(StrEnum):
    """Why the Sickness Act pays a person whom the employer insures itself."""

    FELL_ILL_AFTER_LEAVING = "fell_ill_after_leaving"
    LEFT_WHILE_ILL = "left_while_ill"
    NO_ORDINARY_CONTRACT = "no_ordinary_contract"


@dataclass(frozen=True, slots=True)
class UwvTerms:
    """The last days on which UWV must have the reports; `recovery` is None while the case is open."""

    illness: date
    recovery: date | None


def uwv_terms(spell: Spell, *, safety_net: bool) -> UwvTerms:
    """When a self-insurer must report a case to UWV, at the latest.

    Within six weeks; where a safety net applies within four working days, since which one it is may not be
    recorded and the shortest term (pregnancy, Ziektewet art. 38a) is then the safe one.
    """
    if safety_net:
        illness = working_days_after(spell.first_day, SAFETY_NET_WORKING_DAYS)
    else:
        illness = spell.first_day + timedelta(days=REPORT_DAYS)
    recovery = spell.last_day + timedelta(days=1 + REPORT_DAYS) if spell.last_day else None
    return UwvTerms(illness, recovery)


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
        last = spell.last_day
        covering = next(period for period in periods if spell.first_day in period)
        goes_on = covering.end is not None and any(
            covering.end < later.start <= covering.end + timedelta(days=1) for later in periods
        )
        ended = covering.end is not None and not goes_on and (last is None or covering.end < last)
        return Ground.LEFT_WHILE_ILL if ended or ends_by_illness else None
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
