"""The queue of deliveries: in order, once, again after a failure, and never unmarked twice after a death."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from hrtui import clock
from hrtui.backend.config import Config, ConfigError
from hrtui.backend.database import Database
from hrtui.backend.forwarding import queue
from hrtui.backend.forwarding.channels.port import Setup
from hrtui.backend.forwarding.setup import remove_channel
from hrtui.backend.forwarding.worker import Deliverer, Pace, pace_of
from hrtui.forwarding.arrival import given_up
from hrtui.forwarding.plan import State
from hrtui.forwarding.wording import STATUSES
from hrtui.store.errors import StoreError
from hrtui.store.transmissions import Status, events, sent_people, transmission
from tests.backend.forwarding.desk import Desk, Office
from tests.backend.forwarding.mortal import STEPS, mortals
from tests.backend.forwarding.servers import Uploads, https_server
from tests.payroll.parsers import booked, checked_sums, read_generic
from tests.sync.world import PEOPLE, TENANT

A, B, C = PEOPLE


@pytest.fixture
def out(office: Office, tmp_path: Path) -> Path:
    """The folder of a channel."""
    folder = tmp_path / "provider"
    setup = Setup("folder", {"path": str(folder), "returns": str(tmp_path / "answers")})
    office.add_channel("Provider", setup)
    (tmp_path / "answers").mkdir()
    return folder


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    with https_server(tmp_path) as running:
        yield running


def forward_changes(desk: Desk, number: int) -> int:
    """Change a day of somebody, and forward it; returns the transmission."""
    desk.enter(A, number, desk.leave())
    desk.sync()
    done = desk.forward().transmission_id
    desk.unlock(A)
    desk.sync()
    return done


def arrived(folder: Path) -> list[str]:
    """The transmissions in a folder, in their order, each with files that fit its sums."""
    found = []
    for path in sorted(folder.iterdir(), key=lambda one: one.stat().st_ctime_ns):
        if not path.name.startswith("."):
            manifest = json.loads(checked_sums(path)["manifest.json"])
            assert path.name.endswith(f"-{manifest['number']}-{manifest['transmission']}")
            found.append(manifest["transmission"])
    return found


def test_a_transmission_arrives_and_clerks_see_it(office: Office, ann: Desk, bob: Desk, out: Path) -> None:
    ann.enter(A, 1, ann.leave())
    ann.sync()
    sent = ann.forward().transmission_id
    assert office.worker().once() == 1
    assert arrived(out) == [str(sent)]
    (place,) = out.iterdir()
    files = checked_sums(place)
    entries = next(content for name, content in files.items() if name.endswith("entries.csv"))
    leave = {
        key[:2]: minutes for key, minutes in booked({}, read_generic(entries)).items() if key[2] == "VAK"
    }
    assert leave == {("0", date(2026, 9, 1)): 456}
    for desk in (ann, bob):
        desk.sync()
        assert desk.transmission(sent) == ("delivered", "")
        assert {one.status for one in sent_people(desk.store, sent)} == {Status.DELIVERED}
        told = [(one.channel, one.status.value) for one in events(desk.store, sent)]
        assert told == [("Provider", "sending"), ("Provider", "delivered")]
    assert office.worker().once() == 0


def test_each_channel_is_told_by_itself(office: Office, ann: Desk, out: Path, tmp_path: Path) -> None:
    """One has it while the other waits for its next try: the clerk reads both, and that it is not over."""
    stuck = tmp_path / "stuck"
    stuck.write_text("in the way")
    office.add_channel("Second", Setup("folder", {"path": str(stuck)}))
    ann.enter(A, 1, ann.leave())
    ann.sync()
    sent = ann.forward().transmission_id
    office.worker().once()
    ann.sync()
    assert arrived(out) == [str(sent)]
    told = {one.channel: one.status.value for one in events(ann.store, sent)}
    assert told == {"Provider": "delivered", "Second": "queued"}
    assert ann.transmission(sent)[0] == "queued"


def test_several_arrive_in_their_order(office: Office, ann: Desk, out: Path) -> None:
    sent = [str(forward_changes(ann, number)) for number in (1, 2, 3)]
    assert office.worker().once() == 3
    assert arrived(out) == sent


def test_a_channel_that_fails_is_tried_again_and_nothing_overtakes(
    office: Office, ann: Desk, out: Path
) -> None:
    out.parent.mkdir(exist_ok=True)
    out.write_text("in the way")
    first, second = (forward_changes(ann, number) for number in (1, 2))
    worker = office.worker()
    assert worker.once() == 1
    ann.sync()
    status, reason = ann.transmission(first)
    assert (status, str(out) in reason) == ("queued", True)
    assert worker.once() == 0
    out.unlink()
    with time_machine.travel(clock.now() + timedelta(seconds=queue.FIRST * 2)):
        assert worker.once() == 2
    assert arrived(out) == [str(first), str(second)]
    ann.sync()
    assert ann.transmission(first) == ("delivered", "")
    assert [one[2] for one in office.deliveries()] == [2, 1]


def test_after_many_tries_it_is_given_up_and_must_go_again(office: Office, ann: Desk, out: Path) -> None:
    out.write_text("in the way")
    sent = ann.forward().transmission_id
    worker = office.worker()
    for _ in range(queue.MOST_TRIES):
        assert worker.once() == 1
        office.hasten()
    assert worker.once() == 0
    ann.sync()
    assert ann.transmission(sent)[0] == "failed"
    assert {id_: plan.state for id_, plan in ann.prepared().plans.items()} == dict.fromkeys(
        PEOPLE, State.NOT_ARRIVED
    )


def test_what_was_given_up_is_delivered_again_as_what_it_is(
    office: Office, ann: Desk, bob: Desk, uploads: Uploads
) -> None:
    settings = {"url": uploads.url, "ca_file": str(uploads.ca_file)}
    office.add_channel("Upload", Setup("https", settings))
    sent = ann.forward().transmission_id
    worker = office.worker()
    with pytest.raises(StoreError, match="not given up"):
        ann.port.deliver_again(TENANT, sent)
    uploads.status = 503
    for _ in range(queue.MOST_TRIES):
        assert worker.once() == 1
        office.hasten()
    bob.sync()
    assert bob.transmission(sent)[0] == "failed"
    auditor = office.desk("Eve", "auditor")
    with pytest.raises(StoreError, match="change nothing"):
        auditor.port.deliver_again(TENANT, sent)
    bob.port.deliver_again(TENANT, sent)
    assert bob.transmission(sent) == ("queued", "")
    assert worker.once() == 1
    assert office.deliveries()[0][1:3] == ("queued", queue.MOST_TRIES + 1), "it has as many tries as before"
    uploads.status = 201
    office.hasten()
    assert worker.once() == 1
    ann.sync()
    assert ann.transmission(sent)[0] == "delivered"
    assert ann.prepared().plans == {}
    told = [{name.casefold(): value for name, value in one[2].items()} for one in uploads.taken]
    assert {one["idempotency-key"] for one in told} == {str(sent)}
    assert [one["hrtui-try"] for one in told] == [str(n) for n in range(1, queue.MOST_TRIES + 3)]
    assert ("Bob", "queued") in [(one.actor, one.status.value) for one in events(ann.store, sent)]
    with office.database.transaction(TENANT, read_only=True) as con:
        deeds = con.all("SELECT action, actor FROM audit WHERE tenant_id = ?", TENANT)
    assert ("deliver again", "Bob") in {tuple(one) for one in deeds}


def test_what_was_answered_stays_so_when_it_is_delivered_again(
    office: Office, ann: Desk, bob: Desk, out: Path
) -> None:
    out.write_text("in the way")
    sent = ann.forward().transmission_id
    worker = office.worker()
    for _ in range(queue.MOST_TRIES):
        worker.once()
        office.hasten()
    ann.sync()
    ann.answer(sent, {})
    ann.port.deliver_again(TENANT, sent)
    out.unlink()
    assert worker.once() == 1
    for desk in (ann, bob):
        desk.sync()
        assert desk.transmission(sent)[0] == "accepted"
        assert {one.status for one in sent_people(desk.store, sent)} == {Status.ACCEPTED}
    assert arrived(out) == [str(sent)]


def test_what_went_again_since_is_not_delivered_after_it(office: Office, ann: Desk, out: Path) -> None:
    out.write_text("in the way")
    first = ann.forward([A, B]).transmission_id
    worker = office.worker()
    for _ in range(queue.MOST_TRIES):
        worker.once()
        office.hasten()
    ann.sync()
    ann.forward([A])
    with pytest.raises(StoreError, match="Testman 0 Ann went again since"):
        ann.port.deliver_again(TENANT, first)


def test_the_wait_grows_and_is_spread() -> None:
    waits = [[queue.wait_after(tries) for _ in range(50)] for tries in (1, 4, 14)]
    assert [min(some) >= least for some, least in zip(waits, (7, 60, 7200), strict=True)] == [True] * 3
    assert [max(some) <= most for some, most in zip(waits, (23, 180, 21600), strict=True)] == [True] * 3
    assert all(len(set(some)) > 5 for some in waits)


def test_workers_at_the_same_time_deliver_each_once(
    office: Office, ann: Desk, out: Path, uploads: Uploads
) -> None:
    settings = {"url": uploads.url, "ca_file": str(uploads.ca_file)}
    office.add_channel("Upload", Setup("https", settings))
    sent = [str(forward_changes(ann, number)) for number in (1, 2, 3, 4)]
    state = office.server.app.state
    databases = [Database.open(office.server.url) for _ in range(3)]
    start = threading.Barrier(3)
    done: list[int] = []

    def work(database: Database) -> None:
        start.wait()
        done.append(Deliverer(database, state.documents, state.accounts.vault, Pace()).once())

    threads = [threading.Thread(target=work, args=(database,)) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for database in databases:
        database.close()
    office.worker().once()
    assert arrived(out) == sent
    keys = [{name.casefold(): value for name, value in one[2].items()} for one in uploads.taken]
    assert [one["idempotency-key"] for one in keys] == sent
    assert {one["hrtui-try"] for one in keys} == {"1"}
    assert {one[1:3] for one in office.deliveries()} == {("delivered", 1)}


def test_a_worker_may_die_anywhere(office: Office, ann: Desk, out: Path) -> None:
    with mortals(office.server.url, office.folder) as workers:
        for number, place in enumerate(STEPS, 1):
            sent = str(forward_changes(ann, number))
            assert workers.die_at(place), place
            assert office.worker().once() == 0, "its lease is not over"
            office.hasten()
            again = office.worker().once()
            assert again == (0 if place == "deliver.finished" else 1)
            assert arrived(out)[-1] == sent
            assert len([*out.iterdir()]) == number, "what the dead worker left is gone"
            assert office.deliveries()[-1][1:3] == ("delivered", 1 + again)
    ann.sync()
    assert ann.transmission(int(sent))[0] == "delivered"


def test_what_may_be_a_repetition_says_so(office: Office, ann: Desk, uploads: Uploads) -> None:
    settings = {"url": uploads.url, "ca_file": str(uploads.ca_file)}
    office.add_channel("Upload", Setup("https", settings, {"token": "s3cret"}))
    sent = str(forward_changes(ann, 1))
    with mortals(office.server.url, office.folder) as workers:
        assert workers.die_at("deliver.sent")
    office.hasten()
    office.worker().once()
    told = [{name.casefold(): value for name, value in one[2].items()} for one in uploads.taken]
    assert [(one["idempotency-key"], one["hrtui-try"]) for one in told] == [(sent, "1"), (sent, "2")]


def test_a_worker_that_was_thought_dead_changes_nothing(office: Office, ann: Desk, out: Path) -> None:
    sent = forward_changes(ann, 1)
    slow = office.database.run(TENANT, lambda con: queue.take(con, TENANT, "slow", 60))
    assert slow is not None
    office.hasten()
    office.worker().once()
    assert not office.database.run(TENANT, lambda con: queue.finish(con, slow, "there"))
    office.database.run(TENANT, lambda con: queue.put_off(con, slow, "broken"))
    assert not office.database.run(TENANT, lambda con: queue.renew(con, slow, 60))
    ann.sync()
    assert ann.transmission(sent)[0] == "delivered"


def test_without_a_channel_it_waits_for_one(office: Office, ann: Desk, tmp_path: Path) -> None:
    sent = ann.forward().transmission_id
    assert office.worker().once() == 0
    out = tmp_path / "later"
    office.add_channel("Other provider", Setup("folder", {"path": str(tmp_path / "no")}), "acerta")
    office.add_channel("Later", Setup("folder", {"path": str(out)}))
    assert office.worker().once() == 1
    assert arrived(out) == [str(sent)]
    office.database.run(TENANT, lambda con: remove_channel(con, TENANT, "later"))
    with pytest.raises(ConfigError, match="no channel"):
        office.database.run(TENANT, lambda con: remove_channel(con, TENANT, "later"))


def test_answers_are_read_once_and_told_to_everybody(
    office: Office, ann: Desk, bob: Desk, out: Path, tmp_path: Path
) -> None:
    sent = ann.forward().transmission_id
    worker = office.worker(Pace(answers=1))
    worker.once()
    answers = tmp_path / "answers"
    (answers / "bad.csv").write_text(f"transmission;person;status;reason\n{sent};99;accepted;\n")
    (answers / "one.csv").write_text(
        f"transmission;person;status;reason\n{sent};1;rejected;no contract \n{sent};;accepted;\n"
    )
    with time_machine.travel(clock.now() + timedelta(seconds=5)):
        assert worker.once() == 2
    for desk in (ann, bob):
        desk.sync()
        assert desk.transmission(sent)[0] == "partly_rejected"
        people = {one.person_id: (one.status.value, one.reason) for one in sent_people(desk.store, sent)}
        assert people == {A: ("accepted", ""), B: ("rejected", "no contract"), C: ("accepted", "")}
    with time_machine.travel(clock.now() + timedelta(seconds=10)):
        assert worker.once() == 0
    (answers / "two.json").write_text(
        json.dumps([{"transmission": str(sent), "person": "1", "status": "accepted"}])
    )
    with time_machine.travel(clock.now() + timedelta(seconds=20)):
        assert worker.once() == 1
    ann.sync()
    assert ann.transmission(sent)[0] == "accepted"
    with office.database.transaction(TENANT) as con:
        told: dict[str, str] = dict(
            con.all("SELECT name, problem FROM delivery_answer WHERE tenant_id = ?", TENANT)
        )
    assert told["one.csv"] == told["two.json"] == ""
    assert "has the number 99" in told["bad.csv"]
    notes = [one.note for one in events(bob.store, sent)]
    assert sum("bad.csv (Provider) cannot be read" in note for note in notes) == 1, "clerks read of it too"


def test_an_answer_that_cannot_be_read_leaves_what_was_given_up_so(
    office: Office, ann: Desk, out: Path, tmp_path: Path
) -> None:
    sent = ann.forward().transmission_id
    out.write_text("no folder")
    worker = office.worker(Pace(answers=1))
    with office.database.transaction(TENANT) as con:
        con.execute("UPDATE delivery SET tries = 13 WHERE tenant_id = ?", TENANT)
    worker.once()
    (tmp_path / "answers" / "bad.json").write_bytes(f'[{{"transmission": "{sent}", "status"'.encode())
    with time_machine.travel(clock.now() + timedelta(seconds=5)):
        assert worker.once() == 1
    ann.sync()
    assert ann.transmission(sent)[0] == "failed"
    assert ann.transmission(sent)[1] != ""
    assert [one.channel for one in given_up(ann.store, TENANT, transmission(ann.store, TENANT, sent))]


def test_every_status_has_a_word() -> None:
    assert {*STATUSES} == {*Status}


def test_the_pace_can_be_set() -> None:
    assert pace_of(Config("", extra={"delivery": {"lease": 5}})) == Pace(lease=5)
    for wrong in ({"leese": 5}, {"lease": 0}, {"lease": "5"}):
        with pytest.raises(ConfigError):
            pace_of(Config("", extra={"delivery": wrong}))
