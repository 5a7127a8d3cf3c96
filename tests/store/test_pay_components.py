"""Pay beside the wage: types, one person's months, and what recurs."""

from __future__ import annotations

import pytest

from hrtui.domain.identity.problem import Value
from hrtui.domain.money import PayValue
from hrtui.domain.month import Month
from hrtui.store.changes import RowChange, write
from hrtui.store.check_off import check
from hrtui.store.checks import checked
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.pay_component_types import pay_type, pay_types, save_pay_type, set_people
from hrtui.store.pay_components import (
    add_component,
    change_component,
    change_from,
    components,
    delete_components,
    end_component,
)
from hrtui.store.rows import StaleError
from hrtui.store.undo import undo
from tests.store.conftest import Office
from tests.store.locking import lock_month

MAY = Month(2026, 5)
BONUS: dict[str, Value] = {
    "code": "070", "name_nl": "Premie", "name_fr": "Prime", "name_en": "Bonus", "group_name": "Premies",
    "input": "total", "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip
KILOMETRES = BONUS | {"code": "5000", "name_en": "Kilometres", "input": "units"}


def bonus(office: Office, **more: Value) -> int:
    return save_pay_type(office.store, office.employer_id, BONUS | more)


def add(office: Office, person: int, kind: int, cents: int, month: Month = MAY, **more: object) -> int:
    return add_component(
        office.store,
        office.employer_id,
        person,
        kind,
        month,
        PayValue(cents),
        **more,  # type: ignore[arg-type]
    )


def paid(office: Office, person: int, month: Month) -> list[int]:
    return [one.value.cents for one in components(office.store, office.employer_id, person, month)]


def test_a_bonus_of_500_euro_is_of_its_month(office: Office) -> None:
    """Seed, 2.2.1: Premie 070, 500 euro."""
    ann = office.add_person("Ann", "Testman")
    kind = bonus(office)
    add(office, ann, kind, 50000)
    assert (paid(office, ann, MAY), paid(office, ann, MAY.shift(1))) == ([50000], [])
    undo(office.store, office.employer_id)
    assert paid(office, ann, MAY) == []


def test_units_times_a_number_keep_both(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = save_pay_type(office.store, office.employer_id, KILOMETRES)
    value = PayValue.of_units(200000, 300)
    add_component(office.store, office.employer_id, ann, kind, MAY, value)
    assert components(office.store, office.employer_id, ann, MAY)[0].value == PayValue(6000, 200000, 300)
    with pytest.raises(StoreError, match="per unit"):
        add(office, ann, kind, 6000)
    with pytest.raises(StoreError, match="one amount"):
        add_component(office.store, office.employer_id, ann, bonus(office), MAY, value)


def test_a_recurring_component_is_paid_from_its_first_to_its_last_month(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = bonus(office)
    add(office, ann, kind, 1000, last_month=Month(2026, 7))
    add(office, ann, kind, 200, endless=True)
    months = [Month(2026, 4), MAY, Month(2026, 7), Month(2026, 8), Month(2030, 1)]
    expected = [[], [200, 1000], [200, 1000], [200], [200]]
    assert [sorted(paid(office, ann, month)) for month in months] == expected
    with pytest.raises(StoreError, match="before the first"):
        add(office, ann, kind, 1, last_month=Month(2026, 4))


def test_a_new_amount_from_a_month_leaves_the_months_before(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    add(office, ann, bonus(office), 1000, endless=True)
    lock_month(office.store, [ann], MAY)
    (one,) = components(office.store, office.employer_id, ann, MAY)
    change_from(office.store, office.employer_id, one, Month(2026, 9), PayValue(1500))
    assert [paid(office, ann, month) for month in (MAY, Month(2026, 8), Month(2026, 9))] == [
        [1000],
        [1000],
        [1500],
    ]
    (later,) = components(office.store, office.employer_id, ann, Month(2026, 9))
    end_component(office.store, office.employer_id, later, Month(2026, 10))
    assert paid(office, ann, Month(2026, 11)) == []
    undo(office.store, office.employer_id)
    undo(office.store, office.employer_id)
    assert paid(office, ann, Month(2026, 11)) == [1000]


def test_a_locked_month_keeps_its_pay(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = bonus(office)
    add(office, ann, kind, 1000, endless=True)
    (one,) = components(office.store, office.employer_id, ann, MAY)
    lock_month(office.store, [ann], Month(2026, 6))
    for refused in (
        lambda: add(office, ann, kind, 1, Month(2026, 6)),
        lambda: change_component(office.store, office.employer_id, one, PayValue(2)),
        lambda: delete_components(office.store, office.employer_id, [one.id]),
        lambda: end_component(office.store, office.employer_id, one, MAY),
        lambda: change_from(office.store, office.employer_id, one, Month(2026, 6), PayValue(2)),
    ):
        with pytest.raises(StoreError, match="locked"):
            refused()
    end_component(office.store, office.employer_id, one, Month(2026, 6))
    assert paid(office, ann, Month(2026, 7)) == []


def test_undo_leaves_the_pay_of_a_locked_month(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    kind = bonus(office)
    add(office, ann, kind, 1000)
    lock_month(office.store, [ann], MAY)
    undone = undo(office.store, office.employer_id)
    assert undone is not None
    assert (undone.skipped, paid(office, ann, MAY)) == (1, [1000])
    add(office, bob, kind, 500)
    undo(office.store, office.employer_id)
    assert paid(office, bob, MAY) == []


@pytest.mark.parametrize("cents", [0, 1_000_000_000])
def test_no_amount_and_too_much_are_refused(office: Office, cents: int) -> None:
    ann = office.add_person("Ann", "Testman")
    with pytest.raises(StoreError):
        add(office, ann, bonus(office), cents)


@pytest.mark.parametrize("note", ["x" * 101, "\x1b[2J", "\u202eabc", "💶"])
def test_a_note_is_short_plain_text(office: Office, note: str) -> None:
    ann = office.add_person("Ann", "Testman")
    with pytest.raises(StoreError, match="note"):
        add(office, ann, bonus(office), 100, note=note)


def test_what_another_clerk_changed_is_not_overwritten(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    add(office, ann, bonus(office), 1000)
    (one,) = components(office.store, office.employer_id, ann, MAY)
    change_component(office.store, office.employer_id, one, PayValue(1100), "raised")
    with pytest.raises(StaleError):
        change_component(office.store, office.employer_id, one, PayValue(900))
    assert paid(office, ann, MAY) == [1100]


def test_a_type_may_be_for_some_people(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    kind = bonus(office, for_everyone=0)
    set_people(office.store, office.employer_id, kind, [ann])
    add(office, ann, kind, 100)
    with pytest.raises(StoreError, match="not meant"):
        add(office, bob, kind, 100)
    assert [len(pay_types(office.store, office.employer_id, person_id=one)) for one in (ann, bob)] == [1, 0]
    set_people(office.store, office.employer_id, kind, [bob])
    assert pay_type(office.store, office.employer_id, kind).people == 1
    undo(office.store, office.employer_id)
    assert len(pay_types(office.store, office.employer_id, person_id=ann)) == 1


def test_types_are_found_changed_and_refused_with_the_name_of_the_other(office: Office) -> None:
    bonus(office)
    with pytest.raises(StoreError, match="Bonus"):
        save_pay_type(office.store, office.employer_id, BONUS | {"name_en": "Other"})
    link = new_id()
    row = {"employer_id": office.employer_id, "provider": "acerta"}
    write(office.store, office.employer_id, "link", [RowChange("provider_link", link, None, row)])
    save_pay_type(office.store, office.employer_id, BONUS | {"provider_link_id": link})
    (first, _) = pay_types(office.store, office.employer_id)
    save_pay_type(office.store, office.employer_id, first.values | {"active": 0}, first)
    assert len(pay_types(office.store, office.employer_id)) == 1
    assert len(pay_types(office.store, office.employer_id, "070 PREM", inactive=True)) == 2
    ann = office.add_person("Ann", "Testman")
    with pytest.raises(StoreError, match="no longer in use"):
        add(office, ann, first.id, 100)


@pytest.mark.parametrize(
    "bad",
    [{"code": ""}, {"code": "x" * 11}, {"code": "1 2"}, {"name_nl": "", "name_fr": "", "name_en": ""},
     {"name_nl": "\x1b[2J"}, {"input": "other"}, {"default_cents": -1}],
)  # fmt: skip
def test_a_type_that_cannot_be_is_refused(office: Office, bad: dict[str, Value]) -> None:
    with pytest.raises(StoreError):
        save_pay_type(office.store, office.employer_id, BONUS | bad)
    assert pay_types(office.store, office.employer_id, inactive=True) == []


def test_checked_months_are_unchecked_by_the_pay_that_changes_them(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    months = [Month(2026, number) for number in (4, 5, 6, 7)]

    def check_all() -> None:
        for month in months:
            check(office.store, office.employer_id, [ann], month)

    def still_checked() -> list[int]:
        return [month.number for month in months if checked(office.store.con, [ann], month)]

    check_all()
    add(office, ann, bonus(office), 100, last_month=Month(2026, 6))
    assert still_checked() == [4, 7]
    check_all()
    (one,) = components(office.store, office.employer_id, ann, MAY)
    end_component(office.store, office.employer_id, one, MAY)
    assert still_checked() == [4, 5, 7]
    check_all()
    delete_components(office.store, office.employer_id, [one.id])
    assert still_checked() == [4, 6, 7]
