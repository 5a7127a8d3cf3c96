"""What makes a correction, told field by field, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given

from hrtui.domain.snapshot import Changed, Component, Difference, Snapshot, differences
from tests.domain.snapshot.months import snapshots
from tests.payroll.june import BONUS, EXPENSES, FOUR_DAYS, PERSON, day, snapshot


def told(old: Snapshot, new: Snapshot) -> list[tuple[object, ...]]:
    """Differences as what, day, key of the type, old and new."""
    return [
        (one.what, one.date.day if one.date else None, one.kind.key if one.kind else None, one.old, one.new)
        for one in differences(old, new)
    ]


def test_other_time_on_a_day_names_each_type_with_its_minutes() -> None:
    new = snapshot((*FOUR_DAYS[:2], day(4, ("VAK", 45)), FOUR_DAYS[3]))
    assert told(snapshot(), new) == [(Changed.TIME, 4, "GA", 45, 0), (Changed.TIME, 4, "VAK", 0, 45)]


def test_another_schedule_and_a_day_that_came_or_went_are_told() -> None:
    longer = snapshot((*FOUR_DAYS[:3], day(9, scheduled=480)))
    assert told(snapshot(), longer) == [
        (Changed.SCHEDULED, 9, None, 456, 480),
        (Changed.TIME, 9, "BF", 456, 0),
        (Changed.TIME, 9, "AD", 0, 480),
    ]
    fewer = snapshot(FOUR_DAYS[1:])
    assert told(snapshot(), fewer) == [(Changed.SCHEDULED, 2, None, 456, 0), (Changed.TIME, 2, "VAK", 456, 0)]


def test_numbers_count_and_names_do_not() -> None:
    other = replace(PERSON, provider_number="900", last_name="Exemple", national_number="")
    assert told(snapshot(), snapshot(person=other)) == [(Changed.PROVIDER_NUMBER, None, None, "42", "900")]
    assert told(snapshot(person=other), snapshot(person=replace(other, number="7"))) == []
    renumbered = snapshot(person=replace(PERSON, number="7"))
    assert told(snapshot(), renumbered) == [(Changed.NUMBER, None, None, "42", "7")]
    assert told(snapshot(), snapshot(person=other, provider="acerta")) == []
    old = snapshot()
    kinds = [replace(line.kind, codes=(("acerta", "9999"),), names=()) for _, line in old.lines()]
    renamed = replace(
        old,
        contracts=(),
        days=tuple(
            replace(one, lines=tuple(replace(line, kind=kinds.pop(0)) for line in one.lines))
            for one in old.days
        ),
    )
    assert renamed != old
    assert differences(old, renamed) == ()


def test_pay_that_was_added_changed_and_removed() -> None:
    more = replace(BONUS, cents=BONUS.cents + 1)
    other = Component(9, "070", (), 50_000)
    old, new = snapshot(components=[BONUS, EXPENSES]), snapshot(components=[more, other])
    assert differences(old, new) == (
        Difference(Changed.COMPONENT, None, other),
        Difference(Changed.COMPONENT, BONUS, more),
        Difference(Changed.COMPONENT, EXPENSES, None),
    )


def test_pay_that_was_deleted_and_entered_again_is_as_it_was() -> None:
    again = replace(EXPENSES, id=1234)
    assert differences(snapshot(components=[EXPENSES]), snapshot(components=[again])) == ()
    twice = snapshot(components=[again, replace(again, id=1235)])
    assert [one.new for one in differences(snapshot(components=[EXPENSES]), twice)] == [
        replace(again, id=1235)
    ]


def test_the_same_day_of_another_month_is_not_mixed_up() -> None:
    assert {one.date for one in differences(snapshot(()), snapshot())} == {
        date(2025, 6, number) for number in (2, 3, 4, 9)
    }


@given(snapshots(), snapshots())
def test_editing_back_leaves_nothing_and_every_difference_turns_around(old: Snapshot, new: Snapshot) -> None:
    assert differences(old, old) == ()
    there, back = differences(old, new), differences(new, old)
    assert {(one.what, one.date, one.kind, one.old, one.new) for one in there} == {
        (one.what, one.date, one.kind, one.new, one.old) for one in back
    }
    if not there:
        assert [(one.date, line.kind, line.minutes, line.hundredths) for one, line in old.lines()] == [
            (one.date, line.kind, line.minutes, line.hundredths) for one, line in new.lines()
        ]
