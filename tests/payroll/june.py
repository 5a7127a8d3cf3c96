"""June 2025 of one person with four working days, whose files in every layout were checked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from hrtui.domain.day import Day, Entry, Holiday, Part
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month import Month
from hrtui.domain.snapshot import Component, Contract, Message, Person, Snapshot, build
from hrtui.payroll.layouts import Header

JUNE = Month(2025, 6)
FULL = 456
HEADER = Header("Voorbeeld NV", JUNE, datetime(2025, 7, 1, 9, 30, 5, tzinfo=UTC), 12)
CODES = {"AD": "0100", "VAK": "0020", "KV": "0030", "GA": "0040", "BF": "0010", "OVU": "0138", "ZMU": "0050"}
NAMES = {
    "AD": ("Gewerkte uren", "Hours worked"),
    "VAK": ("Wettelijke vakantie", "Legal holiday leave"),
    "KV": ("Klein verlet", "Short leave"),
    "GA": ("Gewettigde afwezigheid", "Authorised absence"),
    "BF": ("Feestdag", "Public holiday"),
    "OVU": ("Overuren", "Overtime"),
    "ZMU": ("Ziekte mutualiteit", "Illness, health fund"),
}
CATEGORIES = {"AD": Category.WORKED, "OVU": Category.OVERTIME}
KINDS = {
    number: LeaveType(
        number,
        key,
        "",
        {"nl": NAMES[key][0], "en": NAMES[key][1]},
        CATEGORIES.get(key, Category.ABSENCE),
        provider_codes={"acerta": code, "partena": code},
    )
    for number, (key, code) in enumerate(CODES.items(), 1)
}
ID_OF = {kind.key: kind.id for kind in KINDS.values()}
PERSON = Person(42, "42", "Adelro", "Testman", national_number="85073000126")
CONTRACT = Contract(date(2025, 6, 2), date(2025, 6, 10), "employee", 3800)


def day(number: int, *entries: tuple[str, int], scheduled: int = FULL, holiday: bool = False) -> Day:
    """A day of June with these entries (key and minutes)."""
    on = date(2025, 6, number)
    made = tuple(Entry(ID_OF[key], minutes, Part.HOURS) for key, minutes in entries)
    return Day(
        on, True, scheduled, Holiday(on, (("nl", "Pinkstermaandag"),)) if holiday else None, None, made
    )


FOUR_DAYS = (
    day(2, ("VAK", 456)),
    day(3, ("KV", 228)),
    day(4, ("GA", 45)),
    day(9, holiday=True),
)
"""Leave all day, short leave for half a day, 45 minutes of authorised absence, a holiday."""


def snapshot(
    days: Sequence[Day] = FOUR_DAYS,
    *,
    provider: str = "",
    person: Person = PERSON,
    components: Sequence[Component] = (),
    messages: Sequence[Message] = (),
) -> Snapshot:
    """June of a person who goes to `provider`."""
    client = {"acerta": "1111111", "partena": "111111"}.get(provider, "")
    who = replace(person, provider=provider, client_number=client)
    return build(1, JUNE, who, days, KINDS, contracts=[CONTRACT], components=components, messages=messages)


BONUS = Component(7, "3110", (("en", "Commission"), ("nl", "Commissieloon")), 123_456)
EXPENSES = Component(
    8,
    "5000",
    (("en", "Expenses"), ("nl", "Onkosten")),
    6_000,
    200_000,
    300,
    note='bus; "3 days"',
    group="Costs",
)
MESSAGES = (Message(3, "New bank account from July.\nPlease pay there."),)


def whole() -> Snapshot:
    """June with pay components and a message besides."""
    return snapshot(components=[BONUS, EXPENSES], messages=MESSAGES)
