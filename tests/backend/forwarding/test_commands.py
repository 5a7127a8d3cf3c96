"""Forwarding through a backend: it takes what the clerk saw and it has, and tells every clerk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from hrtui import clock
from hrtui.backend.operations import finish_restore
from hrtui.domain.money import PayValue
from hrtui.forwarding.plan import State, open_corrections, plan_people
from hrtui.forwarding.port import BasisChangedError
from hrtui.forwarding.report import read_report
from hrtui.store.changes import RowChange
from hrtui.store.corrections import late_edits
from hrtui.store.errors import StoreError
from hrtui.store.locks import locked_ids, unlocks
from hrtui.store.messages import add_message
from hrtui.store.pay_components import add_component
from hrtui.store.transmissions import file_content, files, sent_people, transmissions
from hrtui.sync.rows import RowKey, Rows
from tests.backend.forwarding.desk import PAY_TYPE, SEPTEMBER, Desk, Office
from tests.sync.world import PEOPLE, TENANT

A, B, C = PEOPLE


def test_a_month_is_forwarded_and_every_clerk_sees_it(ann: Desk, bob: Desk) -> None:
    ann.enter(A, 1, ann.leave())
    add_component(ann.store, TENANT, B, PAY_TYPE, SEPTEMBER, PayValue(12_345))
    ann.sync()
    bob.sync()
    done = ann.forward()
    ann.sync()
    bob.sync()
    for desk in (ann, bob):
        (sent,) = transmissions(desk.store, TENANT, SEPTEMBER)
        assert (sent.id, sent.number, sent.actor, sent.people) == (done.transmission_id, 1, "Ann", 3)
        assert locked_ids(desk.store, PEOPLE, SEPTEMBER) == {*PEOPLE}
        assert open_corrections(desk.store, TENANT, SEPTEMBER) == {}
        plans = plan_people(desk.store, TENANT, SEPTEMBER, PEOPLE)
        assert {plan.state for plan in plans.values()} == {State.SAME}
    mine, others = (
        {
            one.name: file_content(desk.store, done.transmission_id, one.place)
            for one in files(desk.store, done.transmission_id)
        }
        for desk in (ann, bob)
    )
    assert mine == others
    assert mine
    assert [one.snapshot for one in sent_people(bob.store, done.transmission_id)] == [
        one.snapshot for one in sent_people(ann.store, done.transmission_id)
    ]
    assert read_report(bob.store, TENANT, done.transmission_id).sent.people == 3


def test_what_somebody_changed_meanwhile_is_not_forwarded(ann: Desk, bob: Desk) -> None:
    prepared = ann.prepared()
    bob.enter(B, 2, bob.leave())
    bob.sync()
    with pytest.raises(BasisChangedError, match="Testman 1"):
        ann.port.forward(prepared.order)
    assert transmissions(ann.store, TENANT) == []
    ann.sync()
    assert locked_ids(ann.store, PEOPLE, SEPTEMBER) == frozenset()
    ann.forward()
    assert locked_ids(ann.store, PEOPLE, SEPTEMBER) == {*PEOPLE}


def test_a_change_of_anybodys_month_counts(ann: Desk, bob: Desk) -> None:
    prepared = ann.prepared([A])
    bob.clerk.change("work_schedule", 61, weeks="[[480, 480, 480, 480, 480, 0, 0]]")
    bob.sync()
    with pytest.raises(BasisChangedError, match="Something changed"):
        ann.port.forward(prepared.order)


def test_a_change_of_somebody_else_does_not_count(ann: Desk, bob: Desk) -> None:
    prepared = ann.prepared([A])
    bob.enter(B, 2, bob.leave())
    bob.clerk.enter(A, date(2026, 10, 1), bob.leave())
    bob.sync()
    ann.port.forward(prepared.order)
    assert locked_ids(ann.store, PEOPLE, SEPTEMBER) == {A}


def test_illness_next_to_the_month_counts_as_a_change_of_it(ann: Desk, bob: Desk) -> None:
    """It may go on over the month's edge, which some providers want to know."""
    prepared = ann.prepared([A])
    bob.clerk.enter(A, date(2026, 10, 1), bob.leave(letter="z"))
    bob.sync()
    with pytest.raises(BasisChangedError, match="Testman 0"):
        ann.port.forward(prepared.order)
    ann.sync()
    ann.forward([A])


@pytest.mark.parametrize("letter", ["v", ""])
def test_illness_next_to_the_month_that_became_something_else_counts_too(
    ann: Desk, bob: Desk, letter: str
) -> None:
    bob.clerk.enter(A, date(2026, 10, 1), bob.leave(letter="z"))
    bob.sync()
    ann.sync()
    prepared = ann.prepared([A])
    bob.clerk.enter(A, date(2026, 10, 1), *([bob.leave(letter=letter)] if letter else []))
    bob.sync()
    with pytest.raises(BasisChangedError, match="Testman 0"):
        ann.port.forward(prepared.order)
    ann.sync()
    ann.forward([A])


@pytest.mark.parametrize("number", [1, 20])
def test_leave_next_to_the_month_that_goes_again_does_not_count(ann: Desk, bob: Desk, number: int) -> None:
    day = date(2026, 10, number)
    bob.clerk.enter(A, day, bob.leave(letter="v" if number == 1 else "z"))
    bob.sync()
    ann.sync()
    prepared = ann.prepared([A])
    bob.clerk.enter(A, day)
    bob.sync()
    ann.port.forward(prepared.order)
    assert locked_ids(ann.store, PEOPLE, SEPTEMBER) == {A}


def test_own_edits_are_sent_first(ann: Desk) -> None:
    ann.enter(A, 1, ann.leave())
    with pytest.raises(StoreError, match="1 step of yours is not at the backend yet"):
        ann.forward()


def test_a_month_that_somebody_forwarded_meanwhile_is_not_forwarded_twice(ann: Desk, bob: Desk) -> None:
    prepared = bob.prepared()
    ann.forward()
    with pytest.raises(StoreError, match="Somebody forwarded this month meanwhile"):
        bob.port.forward(prepared.order)


def test_days_with_two_values_are_decided_first(ann: Desk, bob: Desk) -> None:
    ann.enter(A, 1, ann.leave())
    bob.enter(A, 1, bob.leave(letter="z"))
    ann.sync()
    bob.sync()
    ann.sync()
    with pytest.raises(StoreError, match="Testman 0 Ann was changed in two places"):
        ann.forward()
    ann.forward([B, C])


def test_messages_go_once(ann: Desk, bob: Desk) -> None:
    add_message(ann.store, TENANT, SEPTEMBER, "Please call", A)
    ann.sync()
    bob.sync()
    prepared = bob.prepared()
    done = ann.forward()
    assert transmissions(ann.store, TENANT)[0].messages[0]["body"] == "Please call"
    with pytest.raises(StoreError):
        bob.port.forward(prepared.order)
    ann.sync()
    bob.sync()
    state = bob.store.con.execute("SELECT state FROM provider_message").fetchone()[0]
    assert state == "forwarded"
    assert transmissions(bob.store, TENANT)[0].id == done.transmission_id
    assert open_corrections(bob.store, TENANT, SEPTEMBER) == {}


def test_a_month_is_unlocked_for_a_while_and_late_edits_come_in(ann: Desk, bob: Desk) -> None:
    bob.enter(B, 3, bob.leave())
    ann.forward()
    bob.sync()
    ann.sync()
    assert bob.clerk.entries(B, date(2026, 9, 3)) == ()
    assert [one.person_id for one in late_edits(ann.store, TENANT, SEPTEMBER)] == [B]
    until = ann.unlock(B)
    assert until - clock.now() <= timedelta(hours=1)
    ann.sync()
    bob.sync()
    assert late_edits(ann.store, TENANT, SEPTEMBER) == []
    for desk in (ann, bob):
        assert desk.clerk.entries(B, date(2026, 9, 3)) == (ann.leave(),)
        assert {*unlocks(desk.store, PEOPLE, SEPTEMBER)} == {B}
        assert {*open_corrections(desk.store, TENANT, SEPTEMBER)} == {B}
    prepared = ann.prepared()
    assert {*prepared.plans} == {B}
    assert prepared.kind == "correction"
    ann.port.forward(prepared.order)
    bob.sync()
    assert locked_ids(bob.store, PEOPLE, SEPTEMBER) == {*PEOPLE}
    assert open_corrections(bob.store, TENANT, SEPTEMBER) == {}
    states = [one["state"] for one in bob.clerk.server.records("correction").values()]
    assert states == ["resent"]


def test_an_unlocked_month_locks_by_itself_also_for_what_comes_later(ann: Desk, bob: Desk) -> None:
    ann.forward()
    bob.sync()
    ann.unlock(C)
    bob.sync()
    bob.enter(C, 4, bob.leave())
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert locked_ids(bob.store, PEOPLE, SEPTEMBER) == {*PEOPLE}
        bob.sync()
        ann.sync()
        assert bob.clerk.entries(C, date(2026, 9, 4)) == ()
        assert [one.person_id for one in late_edits(ann.store, TENANT, SEPTEMBER)] == [C]


def test_a_month_is_locked_again_before_its_time(ann: Desk, bob: Desk) -> None:
    ann.forward()
    ann.unlock(A, B)
    ann.sync()
    ann.port.lock_again(TENANT, SEPTEMBER, [A])
    bob.sync()
    for desk in (ann, bob):
        assert locked_ids(desk.store, PEOPLE, SEPTEMBER) == {A, C}


def test_a_late_edit_is_put_aside_for_good(ann: Desk, bob: Desk) -> None:
    bob.enter(B, 3, bob.leave())
    ann.forward()
    bob.sync()
    ann.sync()
    (edit,) = late_edits(ann.store, TENANT, SEPTEMBER)
    ann.port.drop(TENANT, edit.id)
    ann.unlock(B)
    bob.sync()
    assert late_edits(bob.store, TENANT, SEPTEMBER) == []
    assert bob.clerk.entries(B, date(2026, 9, 3)) == ()
    with pytest.raises(StoreError, match="decided about this already"):
        bob.port.drop(TENANT, edit.id)


def test_whom_the_provider_rejected_must_go_again(ann: Desk, bob: Desk) -> None:
    done = ann.forward()
    ann.answer(done.transmission_id, {C: "unknown number"})
    bob.sync()
    for desk in (ann, bob):
        assert desk.transmission(done.transmission_id)[0] == "partly_rejected"
        people = {
            one.person_id: (one.status.value, one.reason)
            for one in sent_people(desk.store, done.transmission_id)
        }
        assert people == {A: ("accepted", ""), B: ("accepted", ""), C: ("rejected", "unknown number")}
    prepared = bob.prepared()
    assert {*prepared.plans} == {C}
    bob.port.forward(prepared.order)


def test_differences_to_what_was_rejected_meanwhile_are_not_forwarded(ann: Desk, bob: Desk) -> None:
    first = ann.forward()
    ann.unlock(A)
    bob.sync()
    bob.enter(A, 1, bob.leave())
    bob.sync()
    prepared = bob.prepared()
    ann.answer(first.transmission_id, {A: "unknown number"})
    with pytest.raises(BasisChangedError, match="Testman 0"):
        bob.port.forward(prepared.order)
    bob.sync()
    whole = bob.prepared()
    assert whole.plans[A].held is None
    bob.port.forward(whole.order)


@pytest.mark.parametrize(
    ("provider", "chosen", "refused"),
    [("securex", "", True), ("liantis", "", False), ("liantis", "both", True), ("securex", "none", False)],
)
def test_the_backend_too_wants_the_dates_that_the_provider_wants(
    ann: Desk, monkeypatch: pytest.MonkeyPatch, provider: str, chosen: str, refused: bool
) -> None:
    """A program that does not ask for them is refused."""
    link = {"employer_id": TENANT, "provider": provider, "client_number": "7", "needed_dates": chosen}
    ann.clerk.write([RowChange("provider_link", 81, None, link)])
    ann.clerk.change("person", A, provider_link_id=81)
    ann.sync()
    monkeypatch.setattr("hrtui.forwarding.prepare.missing_dates", lambda *_: [])
    if refused:
        with pytest.raises(StoreError, match="wants the dates"):
            ann.forward()
        ann.forward([B, C])
    else:
        ann.forward()


def test_roles_decide_who_forwards_and_unlocks(office: Office, ann: Desk, bob: Desk) -> None:
    ann.forward()
    bob.sync()
    with pytest.raises(StoreError, match="roles do not allow"):
        bob.unlock(A)
    auditor = office.desk("Eve", "auditor")
    with pytest.raises(StoreError, match="change nothing"):
        auditor.forward()
    with pytest.raises(StoreError, match="not locked"):
        ann.unlock(999)


def test_without_the_backend_nothing_is_forwarded(ann: Desk) -> None:
    prepared = ann.prepared()
    ann.clerk.faults.plan.extend(["request lost"] * 9)
    with pytest.raises(StoreError, match="does not answer"):
        ann.port.forward(prepared.order)
    assert locked_ids(ann.store, PEOPLE, SEPTEMBER) == frozenset()


def test_a_lost_answer_is_asked_for_again(ann: Desk) -> None:
    prepared = ann.prepared()
    ann.clerk.faults.plan.extend(["ok", "ok", "ok", "answer lost"])
    done = ann.port.forward(prepared.order)
    ann.sync()
    assert [one.id for one in transmissions(ann.store, TENANT)] == [done.transmission_id]


def test_a_new_device_has_all_that_was_forwarded(office: Office, ann: Desk) -> None:
    ann.enter(A, 1, ann.leave())
    ann.sync()
    done = ann.forward()
    ann.answer(done.transmission_id, {B: "unknown number"})
    ann.unlock(C)
    ann.sync()
    ann.enter(C, 4, ann.leave())
    ann.sync()
    later = office.desk("Cas")
    later.sync()
    assert later.transmission(done.transmission_id)[0] == "partly_rejected"
    assert locked_ids(later.store, PEOPLE, SEPTEMBER) == {A, B}
    # What changed between the forwarding and the first reading is seen, too.
    assert {*open_corrections(later.store, TENANT, SEPTEMBER)} == {B, C}
    assert read_report(later.store, TENANT, done.transmission_id).sent.people == 3


def test_somebody_who_was_forwarded_is_not_deleted_by_who_did_not_know(ann: Desk, bob: Desk) -> None:
    ann.forward()
    rows = (("contract", 2000 + C), ("schedule_assignment", 1000 + C), ("person", C))
    values = Rows(bob.store.con, TENANT)
    bob.clerk.write([RowChange(table, id_, values.columns(RowKey(table, id_)), None) for table, id_ in rows])
    bob.sync()
    ann.sync()
    for desk in (ann, bob):
        assert desk.store.con.execute("SELECT 1 FROM person WHERE id = ?", (C,)).fetchone()
        assert locked_ids(desk.store, PEOPLE, SEPTEMBER) == {*PEOPLE}


def test_a_backend_that_came_back_from_a_backup_forwarded_nothing(
    office: Office, ann: Desk, bob: Desk
) -> None:
    if office.database.postgres:
        pytest.skip("the backup is a file of SQLite")
    office.server.backup()
    ann.forward()
    bob.sync()
    ann.sync()
    office.server.restore(0)
    finish_restore(office.database)
    for desk in (ann, bob):
        desk.sync()
        assert transmissions(desk.store, TENANT) == []
        assert locked_ids(desk.store, PEOPLE, SEPTEMBER) == frozenset()
    ann.forward()
