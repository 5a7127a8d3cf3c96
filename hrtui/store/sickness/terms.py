"""What of contracts and holidays the rules about illness need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from hrtui.domain.contract import ContractPeriod, in_contract
from hrtui.domain.month import months_later
from hrtui.domain.sickness.counting import Chain, wage_ends
from hrtui.domain.sickness.guaranteed_wage import Regime, Terms, regime_of
from hrtui.domain.sickness.sickness_act import left_while_ill
from hrtui.store import holidays as holiday_table
from hrtui.store.by_ids import select
from hrtui.store.sickness.desk import Desk
from hrtui.store.store import Store

_TERMS = frozenset({"fixed", "temporary"})
_SHORT_MONTHS = 3
_DAY = timedelta(days=1)


class ContractLine(NamedTuple):
    """A contract: its days, worker status and type."""

    period: ContractPeriod
    worker_status: str
    nature: str


def contracts_of(store: Store, person_ids: Sequence[int]) -> dict[int, list[ContractLine]]:
    """The contracts of people in date order."""
    found: dict[int, list[ContractLine]] = {}
    query = (
        "SELECT person_id, start_date, end_date, worker_status, nature FROM contract"
        " WHERE person_id IN ({marks}) ORDER BY start_date"
    )
    for person_id, start, end, status, nature in select(store.con, query, person_ids):
        first = date.fromisoformat(start)
        last = max(first, date.fromisoformat(end)) if end else None
        found.setdefault(person_id, []).append(ContractLine(ContractPeriod(first, last), status, nature))
    return found


def wage_paid_until(store: Store, person_id: int, chain: Chain) -> date | None:
    """The last day that a Dutch employer pays wage in the last case of a chain; None for who had left before.

    That of 104 counted weeks, or of the service where that ends first (Burgerlijk Wetboek 7:629 lid 1).
    """
    periods = [line.period for line in contracts_of(store, [person_id]).get(person_id, [])]
    spell = chain.spells[-1]
    if not in_contract(periods, spell.first_day):
        return None
    weeks = wage_ends(chain)
    return min(weeks, left_while_ill(replace(spell, last_day=None), periods) or weeks)


def terms_on(contracts: Sequence[ContractLine], day: date) -> Terms:
    """The regime on a day and since when the person is in service without a break.

    Employees with a fixed term of less than three months have the rules of workers (BE, Employment Contracts
    Act, art. 71). Contracts that follow each other at once are taken for changes of one.
    """
    own = [line for line in contracts if line.period.start <= day]
    if not own:
        return Terms(regime_of(""), day)
    since = own[-1].period.start
    for line in reversed(own[:-1]):
        if line.period.end is None or line.period.end >= since - _DAY:
            since = min(since, line.period.start)
    regime = regime_of(own[-1].worker_status)
    if regime is Regime.EMPLOYEE and own[-1].nature in _TERMS and _is_short(contracts, since):
        regime = Regime.WORKER
    return Terms(regime, since)


def _is_short(contracts: Sequence[ContractLine], since: date) -> bool:
    """Whether somebody is in service for less than three months from `since` on: a change of the contract, or
    another one, that follows at once makes it longer."""
    until = months_later(since, _SHORT_MONTHS) - _DAY
    last = since - _DAY
    for line in contracts:
        if line.period.start <= last + _DAY:
            last = max(last, line.period.end or until)
    return last < until


def holidays_between(desk: Desk, first: date, last: date, team_id: int | None = None) -> frozenset[date]:
    """The dates of the employer's holidays, and of a team's own."""
    found = holiday_table.holidays(desk.store, desk.employer_id, first, last)
    return frozenset(found.get(None, {})) | frozenset(found.get(team_id, {}) if team_id else ())


def team_of(store: Store, person_id: int) -> int | None:
    """The team of a person."""
    row = store.con.execute("SELECT team_id FROM person WHERE id = ?", (person_id,)).fetchone()
    return row[0] if row else None
