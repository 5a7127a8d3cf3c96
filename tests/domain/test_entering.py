"""What a key does to a day: entering, replacing, halving, clearing, and every reason to refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.day import Day, Entry, Part, Reason, Refusal, Status
from hrtui.domain.entering import (
    Amount,
    Full,
    Half,
    Minutes,
    clear,
    cycle_half,
    free_minutes,
    is_inside,
    put,
    set_entries,
)
from hrtui.domain.leave_type import LeaveType, Unit
from tests.domain.values import (
    AD,
    BEV,
    GF,
    HALF_HOLIDAY,
    HOLIDAY,
    JVD,
    KINDS,
    KV,
    LOCK,
    NO_ROLES,
    OLD,
    OVN,
    OVU,
    SEC,
    VAK,
    am,
    amounts,
    day,
    days,
    full,
    hours,
    keys,
    kinds,
    pm,
    press,
    result_of,
)

MORNING, AFTERNOON = Half(Part.MORNING), Half(Part.AFTERNOON)


def entered(on: Day, kind: LeaveType, amount: Amount) -> tuple[Entry, ...]:
    result = put(on, kind, amount, KINDS, NO_ROLES)
    assert not isinstance(result, Refusal), result
    return result


def refused(on: Day, kind: LeaveType, amount: Amount) -> Refusal:
    result = put(on, kind, amount, KINDS, NO_ROLES)
    assert isinstance(result, Refusal), result
    return result


class TestAWholeDay:
    def test_takes_the_scheduled_time(self):
        assert entered(day(), VAK, Full()) == (full(VAK, 456),)

    def test_beside_another_type_takes_only_what_is_free(self):
        assert entered(day(hours(KV, 228)), VAK, Full()) == (hours(KV, 228), hours(VAK, 228))

    def test_beside_a_half_day_takes_the_other_half(self):
        assert entered(day(am(KV)), VAK, Full()) == (am(KV), pm(VAK))
        assert entered(day(pm(KV, 227), scheduled=455), VAK, Full()) == (pm(KV, 227), am(VAK, 228))

    def test_completes_its_own_half(self):
        assert entered(day(am(VAK)), VAK, Full()) == (full(VAK),)

    def test_replaces_what_fills_the_day_but_not_overtime(self):
        held = (am(KV), hours(OVU, 60), pm(AD))
        assert entered(day(*held), VAK, Full()) == (full(VAK), hours(OVU, 60))

    def test_again_changes_nothing(self):
        assert refused(day(full(VAK), hours(OVU, 60)), VAK, Full()).reason is Reason.UNCHANGED

    def test_again_leaves_a_pending_entry_and_its_source_alone(self):
        pending = replace(full(VAK), status=Status.PENDING, source="import")
        assert refused(day(pending), VAK, Full()).reason is Reason.UNCHANGED

    def test_follows_a_schedule_that_changed(self):
        assert entered(day(full(VAK, 480)), VAK, Full()) == (full(VAK, 456),)


class TestHalfADay:
    def test_the_morning_has_the_odd_minute(self):
        assert entered(day(scheduled=455), VAK, MORNING) == (am(VAK, 228),)
        assert entered(day(scheduled=455), VAK, AFTERNOON) == (pm(VAK, 227),)

    def test_takes_the_place_of_the_same_type(self):
        assert entered(day(full(VAK), hours(OVU, 30)), VAK, AFTERNOON) == (pm(VAK), hours(OVU, 30))

    def test_stands_beside_the_other_half(self):
        assert entered(day(am(KV)), VAK, AFTERNOON) == (am(KV), pm(VAK))

    @pytest.mark.parametrize("held", [(full(KV),), (am(KV),), (am(KV), pm(AD))])
    def test_is_refused_where_that_half_is_taken(self, held):
        assert refused(day(*held), VAK, MORNING).reason is Reason.NO_TIME_LEFT

    def test_is_refused_where_hours_leave_less_than_half(self):
        refusal = refused(day(hours(KV, 300)), VAK, MORNING)
        assert (refusal.reason, refusal.minutes, refusal.limit) == (Reason.TOO_MANY_MINUTES, 300, 456)


class TestMinutes:
    def test_are_entered_exactly(self):
        assert entered(day(hours(KV, 120)), VAK, Minutes(336)) == (hours(KV, 120), hours(VAK, 336))

    def test_of_the_whole_day_are_a_whole_day(self):
        assert entered(day(), VAK, Minutes(456)) == (full(VAK),)

    def test_above_what_is_free_name_the_used_and_scheduled_time(self):
        """`VAK 8u` on a day of 456 minutes that holds KV 228."""
        refusal = refused(day(hours(KV, 228)), VAK, Minutes(480))
        assert (refusal.reason, refusal.minutes, refusal.limit) == (Reason.TOO_MANY_MINUTES, 228, 456)

    def test_beside_a_half_day_stay_hours(self):
        assert entered(day(am(KV)), VAK, Minutes(228)) == (am(KV), hours(VAK, 228))

    def test_take_the_place_of_the_same_type(self):
        assert entered(day(hours(VAK, 300), hours(KV, 100)), VAK, Minutes(356)) == (
            hours(VAK, 356),
            hours(KV, 100),
        )

    @pytest.mark.parametrize("kind", [VAK, OVU])
    @pytest.mark.parametrize("minutes", [0, -60])
    def test_below_one_are_asked_for(self, kind, minutes):
        assert refused(day(), kind, Minutes(minutes)).reason is Reason.NEEDS_HOURS


class TestOvertime:
    def test_comes_on_top_of_a_full_day(self):
        assert entered(day(full(VAK)), OVU, Minutes(120)) == (full(VAK), hours(OVU, 120))

    def test_on_a_free_day_and_on_a_holiday(self):
        assert entered(day(scheduled=0), OVU, Minutes(240)) == (hours(OVU, 240),)
        assert entered(day(holiday=HOLIDAY), OVU, Minutes(240)) == (hours(OVU, 240),)

    @pytest.mark.parametrize("amount", [Full(), MORNING])
    def test_needs_hours_unless_the_day_has_it(self, amount):
        assert refused(day(), OVU, amount).reason is Reason.NEEDS_HOURS
        assert refused(day(hours(OVN, 60)), OVU, amount).reason is Reason.NEEDS_HOURS
        assert refused(day(hours(OVU, 60)), OVU, amount).reason is Reason.UNCHANGED

    def test_and_the_day_stay_within_24_hours(self):
        """The scheduled time that is worked without an entry counts too."""
        assert entered(day(), OVU, Minutes(1440 - 456)) == (hours(OVU, 984),)
        refusal = refused(day(), OVU, Minutes(1440 - 456 + 1))
        assert (refusal.reason, refusal.minutes, refusal.limit) == (Reason.OVER_24_HOURS, 1441, 1440)
        assert refused(day(hours(OVN, 900)), OVU, Minutes(85)).reason is Reason.OVER_24_HOURS

    def test_changes_by_entering_it_anew(self):
        assert entered(day(hours(OVU, 60), full(VAK)), OVU, Minutes(90)) == (hours(OVU, 90), full(VAK))


class TestHolidays:
    def test_take_no_absence_and_no_ordinary_work(self):
        assert refused(day(holiday=HOLIDAY), VAK, Full()).reason is Reason.HOLIDAY
        assert refused(day(holiday=HOLIDAY), AD, Minutes(60)).reason is Reason.HOLIDAY

    def test_can_be_worked_up_to_the_schedule(self):
        assert entered(day(holiday=HOLIDAY), GF, Full()) == (full(GF, 456),)
        assert entered(day(holiday=HOLIDAY), GF, MORNING) == (am(GF, 228),)
        assert refused(day(holiday=HOLIDAY), GF, Minutes(457)).reason is Reason.TOO_MANY_MINUTES

    def test_of_half_a_day_leave_the_other_half(self):
        half = day(holiday=HALF_HOLIDAY, scheduled=455)
        assert entered(half, VAK, Full()) == (full(VAK, 228),)
        assert refused(half, VAK, Minutes(229)).reason is Reason.TOO_MANY_MINUTES
        assert entered(half, VAK, AFTERNOON) == (pm(VAK, 114),)

    def test_of_half_a_day_can_be_worked_beside_leave(self):
        half = day(full(VAK, 228), holiday=HALF_HOLIDAY)
        assert entered(half, GF, Full()) == (full(VAK, 228), hours(GF, 228))
        both = day(full(VAK, 228), hours(GF, 228), holiday=HALF_HOLIDAY)
        assert refused(both, VAK, Full()).reason is Reason.UNCHANGED
        assert refused(both, KV, Minutes(1)).reason is Reason.TOO_MANY_MINUTES


class TestUnits:
    def test_a_type_in_whole_days_is_never_less(self):
        assert entered(day(), BEV, Full()) == (full(BEV),)
        assert entered(day(full(VAK)), BEV, Full()) == (full(BEV),)

    @pytest.mark.parametrize(
        ("on", "amount"), [(day(), MORNING), (day(), Minutes(100)), (day(hours(KV, 228)), Full())]
    )
    def test_a_type_in_whole_days_refuses_less(self, on, amount):
        assert refused(on, BEV, amount).reason is Reason.WHOLE_DAYS_ONLY

    def test_a_type_in_half_days_is_a_half_or_a_whole(self):
        assert entered(day(), JVD, AFTERNOON) == (pm(JVD),)
        assert entered(day(), JVD, Minutes(228)) == (am(JVD),)
        assert entered(day(am(KV)), JVD, Minutes(228)) == (am(KV), pm(JVD))
        assert entered(day(hours(KV, 228)), JVD, Full()) == (hours(KV, 228), am(JVD))
        assert entered(day(scheduled=455), JVD, Minutes(227)) == (pm(JVD, 227),)

    @pytest.mark.parametrize(("on", "amount"), [(day(), Minutes(100)), (day(hours(KV, 100)), Full())])
    def test_a_type_in_half_days_refuses_hours(self, on, amount):
        assert refused(on, JVD, amount).reason is Reason.HALF_DAYS_ONLY


@pytest.mark.parametrize(
    ("on", "kind", "reason"),
    [
        (day(locked=LOCK), VAK, Reason.LOCKED),
        (day(conflict=True), VAK, Reason.CONFLICT),
        (day(in_contract=False, scheduled=0), VAK, Reason.OUTSIDE_CONTRACT),
        (day(in_contract=False, scheduled=0), OVU, Reason.OUTSIDE_CONTRACT),
        (day(scheduled=0), VAK, Reason.NOT_SCHEDULED),
        (day(scheduled=0, holiday=HOLIDAY), VAK, Reason.NOT_SCHEDULED),
        (day(scheduled=0), GF, Reason.NOT_SCHEDULED),
        (day(), OLD, Reason.INACTIVE_TYPE),
        (day(), SEC, Reason.ROLE_NEEDED),
    ],
)
def test_why_a_day_takes_no_entry(on, kind, reason):
    assert refused(on, kind, Minutes(60)).reason is reason
    typed = set_entries(on, (hours(kind, 60),), KINDS, NO_ROLES)
    assert isinstance(typed, Refusal)
    assert typed.reason is reason


def test_a_type_that_needs_a_role_is_there_for_that_role():
    assert put(day(), SEC, Full(), KINDS, frozenset({"casemanager"})) == (full(SEC),)


class TestClear:
    def test_removes_everything_even_outside_the_contract(self):
        assert clear(day(full(VAK), hours(OVU, 60))) == ()
        assert clear(day(full(VAK), in_contract=False, scheduled=0)) == ()

    @pytest.mark.parametrize(
        ("on", "reason"),
        [
            (day(), Reason.NOTHING_TO_CLEAR),
            (day(full(VAK), locked=LOCK), Reason.LOCKED),
            (day(full(VAK), conflict=True), Reason.CONFLICT),
        ],
    )
    def test_is_refused(self, on, reason):
        result = clear(on)
        assert isinstance(result, Refusal)
        assert result.reason is reason


class TestCycleHalf:
    def test_goes_round_and_keeps_overtime(self):
        on = day(full(VAK, 455), hours(OVU, 60), scheduled=455)
        for wanted in (am(VAK, 228), pm(VAK, 227), full(VAK, 455)):
            result = cycle_half(on, KINDS)
            assert result == (wanted, hours(OVU, 60))
            on = replace(on, entries=result)

    def test_makes_a_morning_of_hours(self):
        assert cycle_half(day(hours(VAK, 100)), KINDS) == (am(VAK),)

    @pytest.mark.parametrize(
        ("on", "reason"),
        [
            (day(), Reason.NOTHING_TO_CLEAR),
            (day(am(VAK), pm(KV)), Reason.NOT_HALF),
            (day(hours(OVU, 60)), Reason.NEEDS_HOURS),
            (day(full(BEV)), Reason.WHOLE_DAYS_ONLY),
            (day(full(VAK), locked=LOCK), Reason.LOCKED),
            (day(full(VAK), holiday=HOLIDAY), Reason.HOLIDAY),
        ],
    )
    def test_is_refused(self, on, reason):
        result = cycle_half(on, KINDS)
        assert isinstance(result, Refusal)
        assert result.reason is reason


class TestSetEntries:
    def test_measures_full_and_half_days_to_the_day_and_keeps_hours(self):
        def placed(*entries: Entry) -> tuple[Entry, ...] | Refusal:
            return set_entries(day(scheduled=480), entries, KINDS, NO_ROLES)

        assert placed(full(VAK, 456)) == (full(VAK, 480),)
        assert placed(am(VAK, 228), pm(KV, 228)) == (am(VAK, 240), pm(KV, 240))
        assert placed(hours(VAK, 228), hours(OVU, 60)) == (hours(VAK, 228), hours(OVU, 60))

    def test_replaces_all_that_was_there(self):
        assert set_entries(day(full(KV), hours(OVU, 60)), (am(VAK),), KINDS, NO_ROLES) == (am(VAK),)

    def test_does_not_fit_more_than_the_day_has(self):
        typed = set_entries(day(), (hours(KV, 228), hours(VAK, 480)), KINDS, NO_ROLES)
        assert typed == Refusal(Reason.TOO_MANY_MINUTES, day().date, 228, 456, VAK.id)

    def test_adds_up_one_type(self):
        assert set_entries(day(), (am(VAK), pm(VAK)), KINDS, NO_ROLES) == (full(VAK),)
        assert set_entries(day(), (hours(VAK, 60), hours(VAK, 90)), KINDS, NO_ROLES) == (hours(VAK, 150),)

    def test_keeps_status_and_source(self):
        pending = replace(full(VAK), status=Status.PENDING, source="import")
        assert set_entries(day(), (pending,), KINDS, NO_ROLES) == (pending,)

    def test_lets_what_the_day_holds_stand(self):
        on = day(am(OLD), pm(SEC))
        assert set_entries(on, (am(OLD), pm(SEC), hours(OVU, 60)), KINDS, NO_ROLES) == (
            am(OLD),
            pm(SEC),
            hours(OVU, 60),
        )
        changed = set_entries(on, (full(OLD),), KINDS, NO_ROLES)
        assert isinstance(changed, Refusal)
        assert changed.reason is Reason.INACTIVE_TYPE

    def test_takes_overtime_as_hours_whatever_part_it_names(self):
        assert set_entries(day(), (Entry(OVU.id, 60),), KINDS, NO_ROLES) == (hours(OVU, 60),)

    def test_of_nothing_clears(self):
        assert set_entries(day(full(VAK)), (), KINDS, NO_ROLES) == ()
        assert set_entries(day(), (), KINDS, NO_ROLES) == Refusal(Reason.NOTHING_TO_CLEAR, day().date)

    def test_of_the_same_changes_nothing(self):
        assert set_entries(day(full(VAK)), (full(VAK),), KINDS, NO_ROLES) == Refusal(
            Reason.UNCHANGED, day().date
        )


@given(days)
def test_no_sequence_of_keys_breaks_a_rule_of_the_day(on):
    inside = [entry for entry in on.entries if is_inside(entry, KINDS)]
    overtime = sum(entry.minutes for entry in on.entries if entry not in inside)
    ordinary = [entry for entry in inside if entry.leave_type_id != GF.id]
    assert all(entry.minutes > 0 for entry in on.entries)
    assert all(KINDS[entry.leave_type_id].active for entry in on.entries)
    assert len({entry.leave_type_id for entry in on.entries}) == len(on.entries)
    assert sum(entry.minutes for entry in ordinary) <= on.available
    assert sum(entry.minutes for entry in inside) <= on.scheduled
    assert max(on.available, sum(entry.minutes for entry in inside)) + overtime <= 1440
    parts = [entry.part for entry in inside]
    assert max(parts.count(Part.MORNING), parts.count(Part.AFTERNOON)) <= 1


@given(days)
def test_the_part_of_an_entry_is_the_part_its_minutes_take(on):
    for entry in on.entries:
        kind = KINDS[entry.leave_type_id]
        whole = on.scheduled if kind is GF else on.available
        wanted = {Part.FULL: whole, Part.MORNING: (whole + 1) // 2, Part.AFTERNOON: whole // 2}
        assert entry.minutes == wanted.get(entry.part, entry.minutes)
        assert kind.unit is not Unit.DAY or entry.part is Part.FULL
        assert kind.unit is not Unit.HALF_DAY or entry.part is not Part.HOURS


@given(days, keys)
def test_a_key_does_something_or_says_why_not(on, key):
    result = result_of(on, key)
    if isinstance(result, Refusal):
        assert result.date == on.date
    else:
        assert result != on.entries


@given(days, kinds, st.sampled_from([MORNING, AFTERNOON]) | st.integers(1, 456).map(Minutes))
def test_the_same_key_again_changes_nothing(on, kind, amount):
    after = press(on, (kind, amount))
    assert press(after, (kind, amount)) == after


@given(days, kinds, amounts)
def test_a_key_removes_other_types_only_where_a_whole_day_finds_no_time(on, kind, amount):
    after = press(on, (kind, amount))
    lost = {entry for entry in on.entries if entry.leave_type_id != kind.id} - set(after.entries)
    if lost:
        assert amount == Full()
        assert free_minutes(on, kind, on.entries, KINDS) <= 0
        assert all(is_inside(entry, KINDS) for entry in lost)


@given(days, days)
def test_a_copied_day_obeys_the_day_it_lands_on(source, target):
    landed = set_entries(target, source.entries, KINDS, NO_ROLES)
    if not isinstance(landed, Refusal):
        inside = [entry for entry in landed if is_inside(entry, KINDS)]
        ordinary = (entry.minutes for entry in inside if entry.leave_type_id != GF.id)
        assert sum(entry.minutes for entry in inside) <= target.scheduled
        assert sum(ordinary) <= target.available
        assert {entry.leave_type_id for entry in landed} == {entry.leave_type_id for entry in source.entries}


@given(days)
def test_a_day_copied_to_its_like_is_the_same(on):
    if on.entries:
        assert set_entries(replace(on, entries=()), on.entries, KINDS, NO_ROLES) == on.entries
