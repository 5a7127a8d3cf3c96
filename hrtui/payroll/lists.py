"""The lists beside the entries of a month: people with their contracts, pay components, messages.

In CSV (UTF-8, `;`, CRLF, RFC 4180) column names, codes, ISO dates and decimal points are the same in every
language; the spreadsheet has the clerk's words, real dates and numbers. People have a line per version of a
contract that runs in the month. National numbers, bank accounts and wages stay out: a list of people gets
around, and none of its uses needs them. A text that a spreadsheet would run has an apostrophe before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from hrtui.domain.contract_fields import NATURES, WORKER_STATUSES
from hrtui.domain.month import Month
from hrtui.domain.providers import PROVIDERS
from hrtui.domain.record_field import Choice
from hrtui.i18n import N_, language, t
from hrtui.payroll.layouts.spelling import csv_bytes, safe_cell
from hrtui.store.employers import employer_of
from hrtui.store.messages import DRAFT, FORWARDED, messages
from hrtui.store.people import full_name
from hrtui.store.store import Store

ListKind = Literal["people", "components", "messages"]
TITLES: dict[ListKind, str] = {
    "people": N_("People"),
    "components": N_("Pay components"),
    "messages": N_("Messages"),
}
_PHONE = re.compile(r"\+[0-9 ]+", re.ASCII)
STATES = {DRAFT: N_("draft"), FORWARDED: N_("forwarded")}


@dataclass(frozen=True, slots=True)
class Coded:
    """A code, and the word for it in the interface language."""

    code: str
    word: str


Value = str | Decimal | date | Coded
"""A cell; a Decimal keeps as many decimals as it is written with."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in CSV, its (untranslated) title and width in characters in a spreadsheet."""

    name: str
    title: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of an employer in a month."""

    kind: ListKind
    employer: str
    month: Month
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def read_list(store: Store, employer_id: int, kind: ListKind, month: Month) -> Listing:
    """A list as the database has it now."""
    columns, read = _LISTS[kind]
    name = employer_of(store, employer_id).name
    return Listing(kind, name, month, columns, tuple(read(store, employer_id, month)))


def list_csv(listing: Listing) -> bytes:
    """The list as a CSV file; the employer stands in the first column."""
    rows = (map(_plain, (listing.employer, *row)) for row in listing.rows)
    return csv_bytes([("employer", *(column.name for column in listing.columns)), *rows])


def _plain(value: Value) -> str:
    if isinstance(value, str) and not _PHONE.fullmatch(value):
        return safe_cell(value)
    return value.code if isinstance(value, Coded) else str(value)


_PEOPLE = (
    Column("number", N_("Number")),
    Column("last_name", N_("Last name"), 22),
    Column("name_prefix", N_("Prefix"), 8),
    Column("first_name", N_("First name"), 18),
    Column("birth_date", N_("Birth date")),
    Column("street", N_("Street"), 26),
    Column("house_number", N_("House number"), 8),
    Column("box", N_("Box"), 6),
    Column("postcode", N_("Postcode"), 9),
    Column("city", N_("City"), 18),
    Column("phone", N_("Phone"), 18),
    Column("email", N_("E-mail"), 28),
    Column("team", N_("Team"), 18),
    Column("provider", N_("Provider"), 14),
    Column("contract_start", N_("Start date")),
    Column("contract_end", N_("End date")),
    Column("contract_type", N_("Type of contract"), 18),
    Column("worker_status", N_("Worker status"), 20),
    Column("worker_type", N_("Type for Dimona"), 8),
    Column("hours_per_week", N_("Hours per week")),
    Column("joint_committee", N_("Joint committee")),
    Column("function", N_("Function"), 22),
    Column("schedule", N_("Work schedule"), 24),
    Column("schedule_from", N_("Schedule from")),
    Column("checked_by", N_("Month checked by"), 16),
)

_PEOPLE_ROWS = """
SELECT p.number, p.last_name, p.name_prefix, p.first_name, p.birth_date, p.street, p.house_number, p.box,
  p.postcode, p.city, p.phone, p.email, m.name, l.provider, c.start_date, c.end_date, c.nature,
  c.worker_status, c.worker_type, c.hours_per_week, c.joint_committee, c.job_title, w.name, a.valid_from,
  k.actor
FROM person p
JOIN contract c ON c.person_id = p.id AND c.start_date <= :last
  AND (c.end_date IS NULL OR c.end_date >= :first)
LEFT JOIN team m ON m.id = p.team_id
LEFT JOIN provider_link l ON l.id = p.provider_link_id
LEFT JOIN schedule_assignment a ON a.id = (
  SELECT id FROM schedule_assignment s
  WHERE s.person_id = p.id AND s.valid_from <= min(:last, coalesce(c.end_date, :last))
  ORDER BY s.valid_from DESC LIMIT 1)
LEFT JOIN work_schedule w ON w.id = a.schedule_id
LEFT JOIN month_check k ON k.person_id = p.id AND k.month = :month
WHERE p.employer_id = :employer ORDER BY p.sort_name, p.id, c.start_date
"""


def _people(store: Store, employer_id: int, month: Month) -> Iterator[tuple[Value, ...]]:
    bounds = {"first": month.first.isoformat(), "last": month.last.isoformat()}
    found = store.con.execute(_PEOPLE_ROWS, {**bounds, "month": str(month), "employer": employer_id})
    for number, last, prefix, first, born, *address, team, link, start, end, nature, status, kind, hours, \
            committee, function, schedule, since, checked_by in found:  # fmt: skip
        yield (
            number, last, prefix, first, _day(born), *address, team or "", PROVIDERS.get(link, link or ""),
            _day(start), _day(end), _coded(nature, NATURES), _coded(status, WORKER_STATUSES), kind,
            "" if hours is None else _decimal(hours, 2), committee, function, schedule or "", _day(since),
            checked_by or "",
        )  # fmt: skip


_COMPONENTS = (
    Column("number", N_("Number")),
    Column("name", N_("Name"), 28),
    Column("month", N_("Month"), 9),
    Column("code", N_("Code"), 10),
    Column("component", N_("Pay component"), 24),
    Column("group", N_("Group"), 14),
    Column("provider", N_("Provider"), 14),
    Column("unit_amount", N_("Per unit")),
    Column("units", N_("Units"), 9),
    Column("amount", N_("Amount")),
    Column("currency", N_("Currency"), 9),
    Column("first_month", N_("From month"), 11),
    Column("last_month", N_("Until month"), 11),
    Column("note", N_("Note"), 30),
)

_COMPONENT_ROWS = """
SELECT p.number, p.first_name, p.last_name, p.name_prefix, y.code, y.name_nl, y.name_fr, y.name_en,
  y.group_name, l.provider, c.unit_amount, c.quantity, c.cents, c.currency,
  c.first_month, c.last_month, c.note
FROM pay_component c
JOIN person p ON p.id = c.person_id
JOIN pay_component_type y ON y.id = c.type_id
LEFT JOIN provider_link l ON l.id = y.provider_link_id
WHERE c.employer_id = :employer AND c.first_month <= :month
  AND (c.last_month IS NULL OR c.last_month >= :month)
ORDER BY p.sort_name, p.id, y.display_order, c.id
"""


def _components(store: Store, employer_id: int, month: Month) -> Iterator[tuple[Value, ...]]:
    found = store.con.execute(_COMPONENT_ROWS, {"month": str(month), "employer": employer_id})
    for number, first, last, prefix, code, nl, fr, en, group, link, per_unit, units, cents, *rest in found:
        currency, first_month, last_month, note = rest
        names = {"nl": nl, "fr": fr, "en": en}
        yield (
            number, full_name(first, last, prefix), str(month), code,
            names[language()] or nl or fr or en or code, group, PROVIDERS.get(link, link or ""),
            "" if per_unit is None else _decimal(per_unit, 4), "" if units is None else _decimal(units, 2),
            _decimal(cents, 2), currency, first_month, last_month or "", note,
        )  # fmt: skip


_MESSAGES = (
    Column("number", N_("Number")),
    Column("name", N_("Name"), 28),
    Column("month", N_("Month"), 9),
    Column("state", N_("State")),
    Column("text", N_("Text"), 70),
    Column("written_by", N_("Written by"), 16),
)


def _messages(store: Store, employer_id: int, month: Month) -> Iterator[tuple[Value, ...]]:
    for one in messages(store, employer_id, month):
        state = Coded(one.state, t(STATES[one.state]))
        yield one.number, one.name, str(one.month), state, one.body, one.actor


_Reader = Callable[[Store, int, Month], Iterator[tuple[Value, ...]]]
_LISTS: Mapping[ListKind, tuple[tuple[Column, ...], _Reader]] = {
    "people": (_PEOPLE, _people),
    "components": (_COMPONENTS, _components),
    "messages": (_MESSAGES, _messages),
}


def _decimal(number: int, places: int) -> Decimal:
    return Decimal(number).scaleb(-places)


def _day(text: str | None) -> Value:
    return date.fromisoformat(text) if text else ""


def _coded(code: str, choices: Sequence[Choice]) -> Coded:
    return Coded(code, next((t(choice.label) for choice in choices if choice.value == code), code))
