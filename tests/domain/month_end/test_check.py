"""The check before a month is forwarded: each rule, what blocks and what warns, and where it leads."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.domain.day import Day, Entry, Holiday, Lock, Part, Status
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month import Month
from hrtui.domain.month_end.check import Check, check_month
from hrtui.domain.month_end.facts import (
    ComponentFact,
    ContractFact,
    LinkFact,
    MessageFact,
    MonthFacts,
    Overdrawn,
    PersonFacts,
)
from hrtui.domain.month_end.finding import Finding, Place, Rule, Severity
from hrtui.domain.sickness.case import Spell

SEPTEMBER = Month(2026, 9)
LEAVE, ILLNESS, OVERTIME, REST, WORKED_HOLIDAY, WORK = 1, 2, 3, 4, 5, 6
KINDS = {
    LEAVE: LeaveType(LEAVE, "VAK", "v", {}, Category.ABSENCE),
    ILLNESS: LeaveType(ILLNESS, "ZGL", "z", {}, Category.ABSENCE, sickness=True),
    OVERTIME: LeaveType(OVERTIME, "OVU", "o", {}, Category.OVERTIME),
    REST: LeaveType(REST, "IHR", "r", {}, Category.ABSENCE),
    WORKED_HOLIDAY: LeaveType(WORKED_HOLIDAY, "GF", "j", {}, Category.WORKED, on_holiday=True),
    WORK: LeaveType(WORK, "AD", "w", {}, Category.WORKED),
}
ACERTA = LinkFact(70, "acerta", "1234567")
HOLIDAY = Holiday(date(2026, 9, 9), (("en", "A holiday"),))


def days(**of_day: Day) -> tuple[Day, ...]:
    """September with 7:36 on weekdays; `d7=` replaces the seventh."""
    made = {
        day: Day(day, in_contract=True, scheduled=456 if day.weekday() < 5 else 0)
        for day in SEPTEMBER.dates()
    }
    for name, replaced in of_day.items():
        made[SEPTEMBER.day(int(name[1:]))] = replaced
    return tuple(made.values())


def day(number: int, *entries: Entry, scheduled: int = 456, **more: object) -> Day:
    values = {"in_contract": True, **more}
    return Day(SEPTEMBER.day(number), scheduled=scheduled, entries=entries, **values)  # type: ignore[arg-type]


def person(*changed: Day, **more: object) -> PersonFacts:
    """A person of Acerta who is checked off, with these days in the place of plain ones."""
    own = days(**{f"d{one.date.day}": one for one in changed})
    values = {"link_id": ACERTA.id, "provider_number": "42", "checked": True, **more}
    values = {"planned_from": date(2020, 1, 1), **values}
    return PersonFacts(int(values.pop("id", 7)), own, **values)  # type: ignore[call-overload,arg-type]


def check(*people: PersonFacts, **more: object) -> Check:
    values = {"links": (ACERTA,), "provider": "acerta", "country": "BE", **more}
    return check_month(MonthFacts(month=SEPTEMBER, kinds=KINDS, people=people, **values))  # type: ignore[arg-type]


def only(found: Check) -> Finding:
    assert len(found.findings) == 1, [one.rule for one in found.findings]
    return found.findings[0]


def test_a_month_in_order_has_no_finding() -> None:
    leave = day(7, Entry(LEAVE, 228, Part.MORNING), Entry(WORK, 228, Part.AFTERNOON))
    found = check(person(leave))
    assert not found.findings
    assert (found.people, found.checked, found.confirmed, found.untouched) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("changed", "rule", "minutes", "limit"),
    [
        (day(7, Entry(LEAVE, 456), Entry(ILLNESS, 30)), Rule.TOO_MUCH, 486, 456),
        (day(7, Entry(LEAVE, 300), Entry(WORK, 200)), Rule.TOO_MUCH, 500, 456),
        (day(5, Entry(LEAVE, 1), scheduled=0), Rule.TOO_MUCH, 1, 0),
        (day(9, Entry(LEAVE, 456), holiday=HOLIDAY), Rule.TOO_MUCH, 456, 0),
        (day(7, Entry(OVERTIME, 1441)), Rule.OVER_24_HOURS, 1441, 1440),
    ],
)
def test_a_day_takes_no_more_than_it_has(changed: Day, rule: Rule, minutes: int, limit: int) -> None:
    found = [one for one in check(person(changed, rest=9999)).findings if one.rule is rule]
    assert len(found) == 1
    assert (found[0].minutes, found[0].limit, found[0].severity) == (minutes, limit, Severity.BLOCKS)
    assert (found[0].target.place, found[0].target.date) == (Place.DAY, changed.date)


@pytest.mark.parametrize(
    ("changed", "minutes", "limit"),
    [
        (day(7, Entry(LEAVE, 228, Part.FULL)), 228, 456),
        (day(7, Entry(LEAVE, 228, Part.MORNING), scheduled=300), 228, 150),
        (day(7, Entry(LEAVE, 114, Part.MORNING), Entry(WORK, 228, Part.AFTERNOON)), 114, 228),
        (day(9, Entry(WORKED_HOLIDAY, 228, Part.FULL), holiday=HOLIDAY), 228, 456),
    ],
)
def test_a_whole_or_half_day_whose_schedule_changed_since_is_told(
    changed: Day, minutes: int, limit: int
) -> None:
    found = only(check(person(changed)))
    assert (found.rule, found.minutes, found.limit) == (Rule.OTHER_MEASURE, minutes, limit)
    assert (found.severity, found.target.date) == (Severity.WARNS, changed.date)


def test_a_worked_holiday_and_overtime_stand_beside_the_schedule() -> None:
    worked = day(9, Entry(WORKED_HOLIDAY, 456), holiday=HOLIDAY)
    long = day(10, Entry(LEAVE, 456), Entry(OVERTIME, 120))
    assert not check(person(worked, long, rest=120)).findings


def test_an_entry_outside_the_contract_blocks_and_an_open_conflict_too() -> None:
    outside = day(1, Entry(LEAVE, 456), scheduled=0, in_contract=False)
    twice = day(2, conflict=True)
    found = check(person(outside, twice))
    assert [(one.rule, one.target.date) for one in found.blocks] == [
        (Rule.OUTSIDE_CONTRACT, outside.date),
        (Rule.CONFLICT, twice.date),
    ]
    assert not found.warns


def test_what_waits_for_approval_is_not_paid_as_if_it_were_approved() -> None:
    found = only(check(person(day(3, Entry(LEAVE, 456, Part.FULL, Status.PENDING)))))
    assert (found.rule, found.severity) == (Rule.PENDING, Severity.BLOCKS)


@pytest.mark.parametrize(("rest", "found"), [(0, 1), (89, 1), (90, 0)])
def test_overtime_wants_as_much_rest(rest: int, found: int) -> None:
    late = day(3, Entry(OVERTIME, 60)), day(4, Entry(OVERTIME, 30))
    findings = check(person(*late, rest=rest)).findings
    assert len(findings) == found
    assert all((one.minutes, one.limit, one.target.date) == (90, rest, late[0].date) for one in findings)


def test_a_case_and_the_calendar_tell_the_same() -> None:
    open_case = (Spell(5, date(2026, 9, 14), None),)
    assert only(check(person(spells=open_case))).rule is Rule.CASE_WITHOUT_ENTRIES
    ill = day(15, Entry(ILLNESS, 456))
    assert not check(person(ill, spells=open_case)).findings
    before = day(11, Entry(ILLNESS, 456))
    alone = only(check(person(before, ill, spells=open_case)))
    assert (alone.rule, alone.target.date, alone.count) == (Rule.ENTRIES_WITHOUT_CASE, before.date, 1)
    assert not check(person(before, spells=None)).findings


def test_a_case_over_days_off_needs_no_entry() -> None:
    weekend = (Spell(5, date(2026, 9, 12), date(2026, 9, 13)),)
    assert not check(person(spells=weekend)).findings


def test_numbers_at_the_provider() -> None:
    nameless = LinkFact(70, "acerta", "")
    found = only(check(person(), links=(nameless,)))
    assert (found.rule, found.target.row_id, found.severity) == (Rule.EMPLOYER_NUMBER, 70, Severity.BLOCKS)
    unlinked = only(check(person(link_id=None), person(link_id=None, id=8), links=()))
    assert (unlinked.rule, unlinked.person_id) == (Rule.NO_PROVIDER, None)
    without = only(check(person(link_id=None)))
    assert (without.rule, without.person_id, without.target.field) == (
        Rule.NO_PROVIDER, 7, "provider_link_id",
    )  # fmt: skip
    own = only(check(person(provider_number="", number="1003")))
    assert (own.rule, own.severity) == (Rule.PERSON_NUMBER, Severity.WARNS)
    none = only(check(person(provider_number="")))
    assert (none.rule, none.severity) == (Rule.NO_NUMBER, Severity.BLOCKS)
    assert not check(person(link_id=None, provider_number=""), provider="", links=()).findings


def test_equal_numbers_at_one_provider_block_both() -> None:
    found = check(person(id=1), person(id=2), person(id=3, provider_number="43"))
    assert [(one.rule, one.person_id, one.count) for one in found.findings] == [
        (Rule.DUPLICATE_NUMBER, 1, 2),
        (Rule.DUPLICATE_NUMBER, 2, 2),
    ]
    assert len(found.blocks) == 2


def test_an_own_number_that_is_somebody_elses_at_the_provider_blocks_both() -> None:
    numbered, unnumbered = person(id=1), person(id=2, provider_number="", number="42")
    found = check(numbered, unnumbered)
    assert [one.person_id for one in found.blocks] == [1, 2]
    assert {one.rule for one in found.blocks} == {Rule.DUPLICATE_NUMBER}
    elsewhere = check(numbered, unnumbered, provider="")
    assert not elsewhere.blocks


def test_a_type_without_a_code_is_named_once() -> None:
    found = only(check(person(day(7, Entry(LEAVE, 456))), unmapped={LEAVE: 12}))
    assert (found.rule, found.target.place, found.target.row_id, found.count) == (
        Rule.UNMAPPED_TYPE, Place.LEAVE_TYPE, LEAVE, 12,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "dimona", "country", "found"),
    [
        (date(2026, 9, 1), "", "BE", 1),
        (date(2026, 8, 1), "sent", "BE", 1),
        (date(2026, 9, 1), "accepted", "BE", 0),
        (date(2026, 9, 1), "accepted_warning", "BE", 0),
        (date(2026, 7, 31), "", "BE", 0),
        (date(2019, 1, 1), "refused", "BE", 1),
        (date(2026, 9, 1), "", "NL", 0),
    ],
)
def test_a_new_contract_is_confirmed_by_dimona(start: date, dimona: str, country: str, found: int) -> None:
    contract = ContractFact(31, start, None, dimona)
    findings = check(person(contracts=(contract,)), country=country).findings
    assert [(one.rule, one.target.row_id) for one in findings] == [(Rule.DIMONA, 31)] * found


@pytest.mark.parametrize(
    ("start", "end", "planned", "first"),
    [
        (date(2019, 1, 1), None, None, 1),
        (date(2026, 9, 14), None, None, 14),
        (date(2019, 1, 1), None, date(2026, 9, 7), 1),
        (date(2026, 9, 7), None, date(2026, 9, 7), None),
        (date(2019, 1, 1), date(2026, 8, 31), None, None),
    ],
)
def test_someone_in_service_without_a_work_schedule_is_told(
    start: date, end: date | None, planned: date | None, first: int | None
) -> None:
    contracts = (ContractFact(31, start, end, "accepted"),)
    found = check(person(contracts=contracts, planned_from=planned)).findings
    days_told = [one.target.date for one in found if one.rule is Rule.NO_SCHEDULE]
    assert days_told == ([SEPTEMBER.day(first)] if first else [])


def test_records_that_want_a_look() -> None:
    pay = ComponentFact(51, "070 Bonus", active=False)
    one = person(components=(pay, ComponentFact(52, "071 Other")), overdrawn=(Overdrawn(LEAVE, 456, False),))
    found = check(one, unsent=(MessageFact(61, None, Month(2026, 8)),), earlier={Month(2026, 7): 2})
    assert [(f.rule, f.target.place, f.target.row_id) for f in found.findings] == [
        (Rule.UNSENT_MESSAGE, Place.MESSAGE, 61),
        (Rule.EARLIER_MONTH, Place.MONTH, None),
        (Rule.INACTIVE_COMPONENT, Place.COMPONENT, 51),
        (Rule.NEGATIVE_BALANCE, Place.ALLOWANCES, LEAVE),
    ]
    assert not found.blocks


def test_a_holiday_in_a_weekend_wants_a_replacement() -> None:
    saturday = Holiday(date(2026, 9, 12), (("en", "Holiday"),))
    monday = Holiday(date(2026, 9, 14), (("en", "Replacement"),), replaces=saturday.date)
    assert only(check(person(), holidays=(saturday,))).target.date == saturday.date
    assert not check(person(), holidays=(saturday, monday)).findings
    assert not check(person(), holidays=(saturday,), country="NL").findings
    assert not check(person(), holidays=(Holiday(date(2026, 9, 9), ()),)).findings


def test_empty_months_are_told_apart() -> None:
    entered = person(day(7, Entry(LEAVE, 456)), id=1, provider_number="1")
    confirmed = person(id=2, provider_number="2")
    untouched = person(id=3, provider_number="3", checked=False)
    emptied = person(id=4, provider_number="4", checked=False, touched=True)
    unchecked = person(day(7, Entry(LEAVE, 456)), id=5, provider_number="5", checked=False)
    found = check(entered, confirmed, untouched, emptied, unchecked)
    assert [(one.rule, one.person_id) for one in found.findings] == [
        (Rule.UNTOUCHED, 3),
        (Rule.EMPTIED, 4),
        (Rule.NOT_CHECKED, 5),
    ]
    assert (found.people, found.checked, found.confirmed, found.untouched) == (5, 2, 1, 1)


def test_an_office_that_checks_nobody_off_is_told_once() -> None:
    people = [
        person(day(7, Entry(LEAVE, 456)), id=id_, provider_number=str(id_), checked=False)
        for id_ in (1, 2, 3)
    ]
    found = only(check(*people))
    assert (found.rule, found.count) == (Rule.NOBODY_CHECKED, 3)


def test_what_blocks_comes_first_then_by_person() -> None:
    one = person(day(3, Entry(OVERTIME, 60)), id=1, provider_number="1")
    two = person(day(7, Entry(LEAVE, 999)), day(4, Entry(LEAVE, 999)), id=2, provider_number="2")
    found = check(one, two)
    assert [(one.severity, one.person_id) for one in found.findings] == [
        (Severity.BLOCKS, 2),
        (Severity.BLOCKS, 2),
        (Severity.WARNS, 1),
    ]
    assert [one.target.date for one in found.blocks] == [date(2026, 9, 4), date(2026, 9, 7)]


MINUTES = st.integers(0, 1500)
SOME_ENTRIES = st.lists(
    st.builds(Entry, st.sampled_from(list(KINDS)), MINUTES, st.just(Part.HOURS), st.sampled_from(Status)),
    max_size=3,
)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 30), SOME_ENTRIES, st.booleans()), max_size=6), st.booleans())
def test_every_day_that_is_overfilled_is_found_and_no_other(
    changed: list[tuple[int, list[Entry], bool]], locked: bool
) -> None:
    lock = Lock(datetime(2026, 9, 1, tzinfo=UTC), "Clerk One") if locked else None
    own = {
        number: Day(SEPTEMBER.day(number), inside, 456 if inside else 0, locked=lock, entries=tuple(entries))
        for number, entries, inside in changed
    }
    found = check(person(*own.values(), rest=10**6))
    blocked = {one.target.date for one in found.blocks if one.rule is not Rule.PENDING}
    expected = set()
    for number, one in own.items():
        inside = sum(e.minutes for e in one.entries if e.leave_type_id != OVERTIME)
        total = sum(e.minutes for e in one.entries)
        if one.entries and (not one.in_contract or inside > 456 or total > 1440):
            expected.add(SEPTEMBER.day(number))
    assert blocked == expected
    assert all(one.target.person_id == 7 for one in found.blocks)
