"""What the check of a month looks at, gathered from the database for many people at once."""

from __future__ import annotations

from datetime import date

from hrtui.domain.day import Entry, Part
from hrtui.domain.leave_type import Limit
from hrtui.domain.money import PayValue
from hrtui.domain.month import Month
from hrtui.domain.month_end.check import check_month
from hrtui.domain.month_end.finding import Rule
from hrtui.store.changes import DayChange, RowChange, write
from hrtui.store.check_off import check
from hrtui.store.ids import new_id
from hrtui.store.leave_exceptions import set_exception
from hrtui.store.messages import add_message
from hrtui.store.month_end import month_facts
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.pay_components import add_component
from hrtui.store.provider_links import save_provider
from hrtui.store.undo import undo
from tests.store.conftest import Office

SEPTEMBER = Month(2026, 9)
ACERTA = {
    "provider": "acerta", "client_number": "1234567", "contact": "", "cutoff_day": None, "active": 1,
}  # fmt: skip
BONUS = {
    "code": "070", "name_nl": "Premie", "name_fr": "", "name_en": "", "group_name": "", "input": "total",
    "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip


def enter(office: Office, person_id: int, number: int, *entries: Entry) -> None:
    change = DayChange(person_id, date(2026, 9, number), (), entries)
    assert write(office.store, office.employer_id, "entry", [change]).step_id


def test_everything_of_the_list_is_gathered(office: Office) -> None:
    store, employer_id = office.store, office.employer_id
    ann = office.add_person("Ann", "Testman", number="101", start=date(2026, 9, 1))
    bob = office.add_person("Bob", "Testman", number="102")
    link = save_provider(store, employer_id, ACERTA)
    for person in (ann, bob):
        changed = {"provider_link_id": link, "provider_number": "7"}
        old = {"provider_link_id": None, "provider_number": ""}
        write(store, employer_id, "link", [RowChange("person", person, old, changed)])
    vacation, overtime = office.kind("v"), office.kind("o")
    set_exception(store, employer_id, vacation, [bob], Limit.DAYS, 50)
    enter(office, bob, 7, Entry(vacation, 456))
    enter(office, bob, 8, Entry(overtime, 60, Part.HOURS))
    kind = save_pay_type(store, employer_id, BONUS)
    add_component(store, employer_id, bob, kind, SEPTEMBER, PayValue(100))
    write(store, employer_id, "off", [RowChange("pay_component_type", kind, {"active": 1}, {"active": 0})])
    add_message(store, employer_id, SEPTEMBER.shift(-1), "Left behind", ann)
    check(store, employer_id, [bob], SEPTEMBER)

    facts = month_facts(store, employer_id, SEPTEMBER, [ann, bob], provider="acerta")
    found = check_month(facts)
    assert {(one.rule, one.person_id) for one in found.findings} == {
        (Rule.DUPLICATE_NUMBER, ann),
        (Rule.DUPLICATE_NUMBER, bob),
        (Rule.DIMONA, ann),
        (Rule.UNTOUCHED, ann),
        (Rule.UNSENT_MESSAGE, ann),
        (Rule.NEGATIVE_BALANCE, bob),
        (Rule.OVERTIME_WITHOUT_REST, bob),
        (Rule.INACTIVE_COMPONENT, bob),
    }
    over = next(one for one in found.findings if one.rule is Rule.NEGATIVE_BALANCE)
    assert (over.minutes, over.in_days) == (500, True)
    assert next(one.text for one in found.findings if one.rule is Rule.INACTIVE_COMPONENT) == "070 Premie"


def test_a_freelancer_needs_no_dimona(office: Office) -> None:
    """Only who works under a contract of employment is declared (Royal Decree of 5 November 2002)."""
    ann = office.add_person("Ann", "Testman", start=date(2026, 9, 1))

    def rules() -> set[Rule]:
        facts = month_facts(office.store, office.employer_id, SEPTEMBER, [ann])
        return {one.rule for one in check_month(facts).findings}

    assert Rule.DIMONA in rules()
    office.store.con.execute("UPDATE contract SET worker_status = 'freelance'")
    assert Rule.DIMONA not in rules()


def test_someone_whose_work_schedule_begins_later_is_told(office: Office) -> None:
    ann = office.add_person("Ann", "Testman", start=date(2026, 9, 1), end=date(2026, 9, 30))
    office.store.con.execute("UPDATE schedule_assignment SET valid_from = '2026-09-08'")
    found = check_month(month_facts(office.store, office.employer_id, SEPTEMBER, [ann])).findings
    assert [one.target.date for one in found if one.rule is Rule.NO_SCHEDULE] == [date(2026, 9, 1)]


def test_an_emptied_month_is_not_an_untouched_one(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    enter(office, ann, 7, Entry(office.kind("v"), 456))
    undo(office.store, office.employer_id)
    found = check_month(month_facts(office.store, office.employer_id, SEPTEMBER, [ann, bob]))
    rules = {one.person_id: one.rule for one in found.findings if one.rule is not Rule.NOBODY_CHECKED}
    assert rules == {ann: Rule.EMPTIED, bob: Rule.UNTOUCHED}
    assert found.untouched == 1


def test_rest_that_was_taken_later_counts(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    enter(office, ann, 8, Entry(office.kind("o"), 60, Part.HOURS))
    rest = DayChange(ann, date(2026, 10, 5), (), (Entry(office.kind("r"), 60, Part.HOURS),))
    write(office.store, office.employer_id, "rest", [rest])
    found = check_month(month_facts(office.store, office.employer_id, SEPTEMBER, [ann]))
    assert Rule.OVERTIME_WITHOUT_REST not in {one.rule for one in found.findings}


def test_cases_of_illness_are_compared_where_the_employer_keeps_them(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    enter(office, ann, 8, Entry(office.kind("z"), 456))
    facts = month_facts(office.store, office.employer_id, SEPTEMBER, [ann, bob])
    assert all(person.spells is None for person in facts.people)
    values = {
        "employer_id": office.employer_id, "person_id": bob, "classification": "ill",
        "first_day": "2026-09-14", "reported_at": "2026-09-14 08:00:00",
    }  # fmt: skip
    write(office.store, office.employer_id, "case", [RowChange("sickness_case", new_id(), None, values)])
    found = check_month(month_facts(office.store, office.employer_id, SEPTEMBER, [ann, bob])).findings
    assert (Rule.ENTRIES_WITHOUT_CASE, ann) in {(one.rule, one.person_id) for one in found}
    assert (Rule.CASE_WITHOUT_ENTRIES, bob) in {(one.rule, one.person_id) for one in found}
