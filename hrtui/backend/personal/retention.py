"""Whether somebody's rows may go: not while they work or are ill, nor before the law's time is over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from hrtui.backend.database import Connection
from hrtui.domain import retention
from hrtui.domain.sickness.case import Linking, Spell
from hrtui.domain.sickness.counting import Chain, belgian_window, chains, dutch_window
from hrtui.domain.sickness.retention import keep_until
from hrtui.domain.sync.units import DAY, ENTITIES

CASE = "sickness_case"


class Duty(StrEnum):
    """Why rows must be kept."""

    EMPLOYED = "employed"
    ILL = "ill"
    PAYROLL = "payroll"
    SICKNESS = "sickness"


@dataclass(frozen=True, slots=True)
class Kept:
    """A reason to keep rows, and its last day (None: it has no end yet)."""

    duty: Duty
    until: date | None


def duties(
    con: Connection,
    tenant_id: int,
    person_id: int,
    today: date,
    years: Mapping[str, int],
    *,
    cases_only: bool,
) -> list[Kept]:
    """What forbids erasing somebody (`cases_only`: only their cases of illness) today, the longest first.

    `years` are the terms of payroll records by country where the operator set others than the law's.
    """
    employer = dict(_rows(con, tenant_id, "employer", None)).get(tenant_id, {})
    country = str(employer.get("country") or "")
    found = [] if cases_only else _payroll(con, tenant_id, person_id, country, today, years)
    for chain in _chains(con, tenant_id, person_id, country):
        until = keep_until(chain, self_insured=bool(employer.get("zw_self_insured")))
        if until is None:
            found.append(Kept(Duty.ILL, None))
        elif today <= until:
            found.append(Kept(Duty.SICKNESS, until))
    return sorted(found, key=lambda one: one.until or date.max, reverse=True)


def _payroll(
    con: Connection, tenant_id: int, person_id: int, country: str, today: date, years: Mapping[str, int]
) -> list[Kept]:
    ends = [_day(columns.get("end_date")) for _, columns in _rows(con, tenant_id, "contract", person_id)]
    if any(end is None or end >= today for end in ends):
        return [Kept(Duty.EMPLOYED, None)]
    paid = [end for end in ends if end is not None]
    row = con.one(
        "SELECT max(date) FROM row_state WHERE tenant_id = ? AND person_id = ? AND entity = ? AND units <> ?",
        tenant_id, person_id, DAY, '{"entries":[]}',
    )  # fmt: skip
    if row is not None and row[0]:
        paid.append(date.fromisoformat(row[0]))
    if not paid:
        return []
    until = retention.payroll_keep_until(country, max(paid), years)
    return [Kept(Duty.PAYROLL, until)] if today <= until else []


def _chains(con: Connection, tenant_id: int, person_id: int, country: str) -> list[Chain]:
    window = dutch_window if country == "NL" else belgian_window
    spells = []
    for row_id, columns in _rows(con, tenant_id, CASE, person_id):
        first, last = date.fromisoformat(str(columns["first_day"])), _day(columns.get("last_day"))
        linking = Linking(columns["linking"]) if columns.get("linking") in set(Linking) else Linking.BY_RULE
        # A merge of two offline edits can leave days that no rule allows.
        spells.append(Spell(row_id, first, max(first, last) if last else None, linking))
    return chains(spells, window)


def _rows(
    con: Connection, tenant_id: int, entity: str, person_id: int | None
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The live rows of a kind, of one person where one is named, as columns."""
    whose, values = ("", ()) if person_id is None else (" AND person_id = ?", (person_id,))
    for row_id, units in con.all(
        f"SELECT row_id, units FROM row_state WHERE tenant_id = ? AND entity = ? AND deleted = 0{whose}",
        tenant_id, entity, *values,
    ):  # fmt: skip
        yield row_id, ENTITIES[entity].to_columns(json.loads(units))


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
