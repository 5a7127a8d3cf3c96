"""Forwarding without a backend: what is recorded, locked and written, and what stands in its way."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hrtui import clock
from hrtui.domain.day import Entry
from hrtui.domain.snapshot import from_json
from hrtui.forwarding.local import write_again
from hrtui.forwarding.plan import State, open_corrections
from hrtui.forwarding.port import AnswerOrder, BasisChangedError, UnlockOrder
from hrtui.store.changes import RowChange, write
from hrtui.store.entries import replace
from hrtui.store.errors import StoreError
from hrtui.store.locks import locked_ids, unlocks
from hrtui.store.messages import FORWARDED, add_message, messages
from hrtui.store.transmissions import (
    Status,
    events,
    file_content,
    files,
    month_unlocks,
    sent_people,
    transmission,
    transmissions,
)
from hrtui.store.undo import undo
from tests.forwarding.conftest import SEPTEMBER, Desk
from tests.store.conftest import FULL_TIME


@pytest.fixture(autouse=True)
def folder(desk: Desk) -> Path:
    desk.folder.mkdir()
    return desk.folder


def test_a_month_is_recorded_locked_and_written(desk: Desk) -> None:
    ann, bob, _ = desk.people
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.enter(ann, 7, desk.leave())
    add_message(store, employer_id, SEPTEMBER, "Ann moves", ann)
    add_message(store, employer_id, SEPTEMBER, "We moved")
    done = desk.forward()

    one = transmission(store, employer_id, done.transmission_id)
    assert (one.number, one.kind, one.status, one.people) == (1, "first", Status.DELIVERED, 3)
    assert [message["body"] for message in one.messages] == ["We moved", "Ann moves"]
    assert locked_ids(store, desk.people, SEPTEMBER) == {*desk.people}
    assert desk.enter(bob, 7, desk.leave()).stale
    assert {message.state for message in messages(store, employer_id, SEPTEMBER)} == {FORWARDED}
    place = Path(done.place)
    kept = {file.name: file_content(store, one.id, file.place) for file in files(store, one.id)}
    assert kept == {path.name: path.read_bytes() for path in place.iterdir() if path.name != "SHA256SUMS"}
    assert b"2026-09-07" in kept["voorbeeld-nv-2026-09-1-entries.csv"]
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=place, check=False)
    assert checked.returncode == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}
    assert [event.status for event in events(store, one.id)] == [Status.DELIVERED]


def test_undo_reaches_no_forwarded_message_and_no_locked_day(desk: Desk) -> None:
    store, employer_id = desk.office.store, desk.office.employer_id
    add_message(store, employer_id, SEPTEMBER, "Ann moves", desk.people[0])
    desk.forward()
    undone = undo(store, employer_id)
    assert undone is not None
    assert undone.skipped == 1
    assert messages(store, employer_id, SEPTEMBER)[0].state == FORWARDED


def test_the_snapshot_is_what_was_entered(desk: Desk) -> None:
    ann = desk.people[0]
    desk.enter(ann, 7, desk.leave(228))
    done = desk.forward([ann])
    (sent,) = sent_people(desk.office.store, done.transmission_id)
    assert hashlib.sha256(sent.snapshot.encode()).hexdigest() == sent.sha256
    monday = next(day for day in from_json(sent.snapshot).days if day.date.day == 7)
    assert sorted((line.kind.key, line.minutes) for line in monday.lines) == [("AD", 228), ("VAK", 228)]


def test_only_who_changed_is_sent_again(desk: Desk) -> None:
    ann, bob, _ = desk.people
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.enter(ann, 7, desk.leave())
    desk.forward()
    assert not open_corrections(store, employer_id, SEPTEMBER)
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [bob], "certificate came late", 2))
    assert locked_ids(store, desk.people, SEPTEMBER) == {*desk.people} - {bob}
    assert not open_corrections(store, employer_id, SEPTEMBER)
    assert desk.enter(bob, 8, desk.leave()).step_id
    changed = open_corrections(store, employer_id, SEPTEMBER)
    assert {id_: plan.state for id_, plan in changed.items()} == {bob: State.CHANGED}
    assert [(one.date.day, one.old, one.new) for one in changed[bob].differences if one.date] == [
        (8, 456, 0),
        (8, 0, 456),
    ]
    again = desk.forward()
    assert [one.person_id for one in sent_people(store, again.transmission_id)] == [bob]
    assert transmission(store, employer_id, again.transmission_id).kind == "correction"
    assert locked_ids(store, desk.people, SEPTEMBER) == {*desk.people}
    assert not open_corrections(store, employer_id, SEPTEMBER)


def test_editing_back_takes_the_mark_away(desk: Desk) -> None:
    bob = desk.people[1]
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.forward()
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [bob], "asked by phone", 2))
    desk.enter(bob, 8, desk.leave())
    assert open_corrections(store, employer_id, SEPTEMBER)
    desk.enter(bob, 8)
    assert not open_corrections(store, employer_id, SEPTEMBER)
    with pytest.raises(StoreError, match="nothing to send"):
        desk.forward()


def test_what_changed_while_looking_is_not_sent(desk: Desk) -> None:
    order = desk.prepared().order
    desk.enter(desk.people[0], 7, desk.leave())
    with pytest.raises(BasisChangedError):
        desk.port.forward(order)
    assert not transmissions(desk.office.store, desk.office.employer_id)
    assert not locked_ids(desk.office.store, desk.people, SEPTEMBER)


def test_the_same_order_twice_is_sent_once(desk: Desk) -> None:
    order = desk.prepared().order
    desk.port.forward(order)
    with pytest.raises(StoreError):
        desk.port.forward(order)
    assert len(transmissions(desk.office.store, desk.office.employer_id)) == 1


def test_an_unlock_ends_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bob = desk.people[1]
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.forward()
    until = desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [bob], "asked by phone", 1))
    assert unlocks(store, desk.people, SEPTEMBER)[bob].until == until.replace(tzinfo=UTC)
    later = datetime.now(UTC) + timedelta(hours=1, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert locked_ids(store, desk.people, SEPTEMBER) == {*desk.people}
    assert desk.enter(bob, 8, desk.leave()).stale
    assert not unlocks(store, desk.people, SEPTEMBER)
    (kept,) = month_unlocks(store, employer_id, SEPTEMBER)
    assert (kept.reason, kept.people) == ("asked by phone", 1)


@pytest.mark.parametrize(("reason", "hours"), [("", 2), ("  x ", 2), ("a reason", 3), ("a reason", 0)])
def test_an_unlock_wants_a_reason_and_an_end(desk: Desk, reason: str, hours: int) -> None:
    desk.forward()
    with pytest.raises(StoreError):
        desk.port.unlock(UnlockOrder(desk.office.employer_id, SEPTEMBER, desk.people, reason, hours))
    assert locked_ids(desk.office.store, desk.people, SEPTEMBER) == {*desk.people}


def test_a_month_that_is_not_locked_is_not_unlocked(desk: Desk) -> None:
    with pytest.raises(StoreError, match="not locked"):
        desk.port.unlock(UnlockOrder(desk.office.employer_id, SEPTEMBER, desk.people, "a reason", 2))


def test_rejected_people_are_sent_again_and_accepted_ones_not(desk: Desk) -> None:
    ann = desk.people[0]
    store, employer_id = desk.office.store, desk.office.employer_id
    done = desk.forward()
    order = AnswerOrder(employer_id, done.transmission_id, {ann: "unknown number"})
    assert desk.port.answer(order) is Status.PARTLY_REJECTED
    again = open_corrections(store, employer_id, SEPTEMBER)
    assert {id_: (plan.state, plan.reason) for id_, plan in again.items()} == {
        ann: (State.REJECTED, "unknown number")
    }
    prepared = desk.prepared()
    assert [*prepared.plans] == [ann]
    assert (prepared.same, prepared.previous) == (2, {})
    desk.port.forward(prepared.order)
    assert not open_corrections(store, employer_id, SEPTEMBER)


def test_a_correction_that_was_rejected_is_compared_with_what_the_provider_holds(desk: Desk) -> None:
    ann = desk.people[0]
    employer_id = desk.office.employer_id
    desk.forward()
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [ann], "asked by phone", 2))
    desk.enter(ann, 8, desk.leave())
    done = desk.forward()
    desk.port.answer(AnswerOrder(employer_id, done.transmission_id, {ann: "closed"}))
    plan = desk.prepared().plans[ann]
    assert plan.held is not None
    assert len(plan.differences) == 2


def test_a_month_that_was_not_written_is_delivered_again(desk: Desk) -> None:
    store, employer_id = desk.office.store, desk.office.employer_id
    good, desk.folder = desk.folder, desk.folder / "in the way"
    desk.folder.write_text("")
    sent = desk.forward().transmission_id
    assert transmission(store, employer_id, sent).status is Status.QUEUED
    desk.folder = good
    done = desk.port.deliver_again(employer_id, sent)
    assert (done.status, Path(done.place).parent) == (Status.DELIVERED, good)
    assert "SHA256SUMS" in {file.name for file in Path(done.place).iterdir()}
    assert transmission(store, employer_id, sent).status is Status.DELIVERED
    with pytest.raises(StoreError, match="not given up"):
        desk.port.deliver_again(employer_id, sent)


def test_differences_fall_with_the_month_that_they_were_made_against(desk: Desk) -> None:
    """The provider rejects somebody's month after the differences of a correction went on top of it."""
    ann, bob, _ = desk.people
    store, employer_id = desk.office.store, desk.office.employer_id
    first = desk.forward()
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [ann, bob], "asked by phone", 2))
    desk.enter(ann, 8, desk.leave())
    desk.enter(bob, 8, desk.leave())
    desk.forward()
    desk.port.answer(AnswerOrder(employer_id, first.transmission_id, {ann: "unknown number"}))
    again = open_corrections(store, employer_id, SEPTEMBER)
    assert {id_: (plan.state, plan.held, plan.reason) for id_, plan in again.items()} == {
        ann: (State.REJECTED, None, "unknown number")
    }
    whole = desk.prepared()
    assert [*whole.plans] == [ann]
    (entries,) = [file.content for file in whole.files if file.name.endswith("-entries.csv")]
    assert entries.count(b";new;") == 22
    desk.port.forward(whole.order)
    assert not open_corrections(store, employer_id, SEPTEMBER)


def test_what_was_sent_after_a_rejection_does_not_fall_with_a_later_one_of_somebody_else(desk: Desk) -> None:
    """An answer in parts: one is rejected and sent again, then a second one of the first transmission."""
    ann, bob, _ = desk.people
    store, employer_id = desk.office.store, desk.office.employer_id
    first = desk.forward().transmission_id
    desk.port.answer(AnswerOrder(employer_id, first, {ann: "unknown number"}))
    desk.forward()
    desk.port.answer(AnswerOrder(employer_id, first, {ann: "unknown number", bob: "no contract"}))
    again = open_corrections(store, employer_id, SEPTEMBER)
    assert {id_: plan.reason for id_, plan in again.items()} == {bob: "no contract"}


def test_differences_that_were_accepted_are_held_whatever_became_of_the_month_below(desk: Desk) -> None:
    ann = desk.people[0]
    store, employer_id = desk.office.store, desk.office.employer_id
    first = desk.forward().transmission_id
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [ann], "asked by phone", 2))
    desk.enter(ann, 8, desk.leave())
    second = desk.forward().transmission_id
    desk.port.answer(AnswerOrder(employer_id, second))
    desk.port.answer(AnswerOrder(employer_id, first, {ann: "unknown number"}))
    assert not open_corrections(store, employer_id, SEPTEMBER)
    desk.port.answer(AnswerOrder(employer_id, second, {ann: "closed"}))
    (plan,) = open_corrections(store, employer_id, SEPTEMBER).values()
    assert (plan.held, plan.reason) == (None, "closed")


def test_a_rejected_correction_that_was_edited_back_needs_nothing(desk: Desk) -> None:
    ann = desk.people[0]
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.forward()
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [ann], "asked by phone", 2))
    desk.enter(ann, 8, desk.leave())
    done = desk.forward().transmission_id
    desk.port.answer(AnswerOrder(employer_id, done, {ann: "closed"}))
    assert [*open_corrections(store, employer_id, SEPTEMBER)] == [ann]
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [ann], "asked by phone", 2))
    desk.enter(ann, 8)
    assert not open_corrections(store, employer_id, SEPTEMBER)


def test_a_whole_month_stands_whatever_became_of_the_one_before(desk: Desk) -> None:
    ann = desk.people[0]
    store, employer_id = desk.office.store, desk.office.employer_id
    first = desk.forward(layout="workbook")
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [ann], "asked by phone", 2))
    desk.enter(ann, 8, desk.leave())
    desk.forward(layout="workbook")
    desk.port.answer(AnswerOrder(employer_id, first.transmission_id, {ann: "unknown number"}))
    assert not open_corrections(store, employer_id, SEPTEMBER)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_rejection_has_a_reason_and_is_of_somebody_sent(desk: Desk, reason: str) -> None:
    done = desk.forward(desk.people[:2])
    with pytest.raises(StoreError):
        desk.port.answer(AnswerOrder(desk.office.employer_id, done.transmission_id, {desk.people[0]: reason}))
    with pytest.raises(StoreError):
        desk.port.answer(AnswerOrder(desk.office.employer_id, done.transmission_id, {desk.people[2]: "why"}))
    assert transmissions(desk.office.store, desk.office.employer_id)[0].status is Status.DELIVERED


def test_a_folder_that_cannot_be_written_loses_nothing(desk: Desk, tmp_path: Path) -> None:
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.folder = tmp_path / "gone"
    done = desk.forward()
    assert done.status is Status.QUEUED
    assert "cannot be written" in done.place
    assert locked_ids(store, desk.people, SEPTEMBER) == {*desk.people}
    good = tmp_path / "good"
    good.mkdir()
    place = write_again(store, employer_id, done.transmission_id, good)
    assert transmission(store, employer_id, done.transmission_id).status is Status.DELIVERED
    twice = write_again(store, employer_id, done.transmission_id, good)
    assert place != twice
    assert {path.name: path.read_bytes() for path in place.iterdir()} == {
        path.name: path.read_bytes() for path in twice.iterdir()
    }


def test_messages_of_a_locked_month_are_refused_and_go_with_the_correction(desk: Desk) -> None:
    ann = desk.people[0]
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.forward()
    with pytest.raises(StoreError, match="locked"):
        add_message(store, employer_id, SEPTEMBER, "Too late", ann)
    desk.port.unlock(UnlockOrder(employer_id, SEPTEMBER, [ann], "message forgotten", 2))
    add_message(store, employer_id, SEPTEMBER, "In time", ann)
    done = desk.forward()
    assert [one["body"] for one in transmission(store, employer_id, done.transmission_id).messages] == [
        "In time"
    ]
    assert [one.person_id for one in sent_people(store, done.transmission_id)] == [ann]


def test_changes_of_others_mark_nobody(desk: Desk) -> None:
    ann, bob, cem = desk.people
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.forward([ann, bob])
    desk.enter(cem, 8, desk.leave())
    desk.enter(cem, 9, Entry(desk.office.kind("z"), 456))
    assert not open_corrections(store, employer_id, SEPTEMBER)
    prepared = desk.prepared()
    assert {id_: plan.state for id_, plan in prepared.plans.items()} == {cem: State.NEW}


def test_a_change_of_what_all_share_marks_whom_it_concerns(desk: Desk) -> None:
    ann = desk.people[0]
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.forward()
    (schedule,) = store.con.execute(
        "SELECT schedule_id FROM schedule_assignment WHERE person_id = ?", (ann,)
    ).fetchone()
    old = {"weeks": json.dumps([FULL_TIME])}
    new = {"weeks": json.dumps([[456, 456, 456, 456, 240, 0, 0]])}
    write(store, employer_id, "Schedule", [RowChange("work_schedule", schedule, old, new)])
    assert {*open_corrections(store, employer_id, SEPTEMBER)} == {ann}
    undo(store, employer_id)
    assert not open_corrections(store, employer_id, SEPTEMBER)


def test_rows_that_came_whole_from_a_backend_are_compared(desk: Desk) -> None:
    bob = desk.people[1]
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.forward()
    replace(store.con, [(bob, date(2026, 9, 8), (desk.leave(),))])
    assert not open_corrections(store, employer_id, SEPTEMBER)
    store.con.execute(
        "INSERT INTO step (employer_id, kind, label, actor, at, state)"
        " VALUES (?, 'snapshot', '', 'clerk', '2026-09-10', 'gone')",
        (employer_id,),
    )
    assert {*open_corrections(store, employer_id, SEPTEMBER)} == {bob}


def test_somebody_who_left_before_the_month_is_corrected_to_nothing(desk: Desk) -> None:
    ann = desk.people[0]
    store, employer_id = desk.office.store, desk.office.employer_id
    desk.forward()
    (contract,) = store.con.execute("SELECT id FROM contract WHERE person_id = ?", (ann,)).fetchone()
    change = RowChange("contract", contract, {"end_date": None}, {"end_date": "2026-08-31"})
    write(store, employer_id, "End", [change])
    plan = desk.prepared().plans[ann]
    assert plan.state is State.CHANGED
    assert not plan.snapshot.days
    done = desk.forward()
    (entries, *_) = files(store, done.transmission_id)
    text = file_content(store, done.transmission_id, entries.place).decode("utf-8-sig")
    assert text.count(";removed;") == 22
