"""Writing, undoing and redoing: nothing is lost, nothing is overwritten unseen."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date

import pytest

from hrtui.domain.day import Entry, Part
from hrtui.domain.month import Month
from hrtui.store import entries as day_entries
from hrtui.store.changes import DayChange, RowChange, Written, write
from hrtui.store.checks import checked
from hrtui.store.errors import StoreError
from hrtui.store.history import day_history, last_change
from hrtui.store.ids import new_id
from hrtui.store.store import Store
from hrtui.store.undo import redo, seal, undo
from hrtui.store.unlocking import unlock_month
from tests.store.conftest import Office
from tests.store.locking import lock_month

MONDAY = date(2026, 9, 14)
TUESDAY = date(2026, 9, 15)


def entered(store: Store, person_id: int, day: date = MONDAY) -> tuple[Entry, ...]:
    return day_entries.current(store.con, [(person_id, day)])[person_id, day]


def put(office: Office, person_id: int, new: tuple[Entry, ...], day: date = MONDAY) -> Written:
    old = entered(office.store, person_id, day)
    return write(office.store, office.employer_id, "an entry", [DayChange(person_id, day, old, new)])


def test_an_entry_is_there_for_the_next_terminal_and_undo_survives_a_restart(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    leave = (Entry(office.kind("v"), 456),)
    put(office, ann, leave)
    again = office.open_again()
    assert entered(again, ann) == leave
    undone = undo(again, office.employer_id)
    assert undone is not None
    assert (undone.label, undone.days, undone.skipped) == ("an entry", ((ann, MONDAY),), 0)
    assert entered(again, ann) == ()
    again.close()
    once_more = office.open_again()
    assert redo(once_more, office.employer_id) is not None
    assert entered(once_more, ann) == leave
    assert undo(once_more, office.employer_id) is not None
    assert undo(once_more, office.employer_id) is None
    once_more.close()


def test_an_edit_after_undo_makes_redo_unreachable(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    put(office, ann, (Entry(office.kind("v"), 456),))
    undo(office.store, office.employer_id)
    put(office, ann, (Entry(office.kind("z"), 456),))
    assert redo(office.store, office.employer_id) is None
    undo(office.store, office.employer_id)
    assert entered(office.store, ann) == ()


def test_undo_walks_back_and_redo_forward_in_order(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    states: list[tuple[Entry, ...]] = [()]
    for minutes in (60, 120, 180):
        states.append((Entry(office.kind("v"), minutes, Part.HOURS),))
        put(office, ann, states[-1])
    for expected in reversed(states[:-1]):
        undo(office.store, office.employer_id)
        assert entered(office.store, ann) == expected
    for expected in states[1:]:
        redo(office.store, office.employer_id)
        assert entered(office.store, ann) == expected


def test_what_another_terminal_changed_is_not_overwritten(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    other = office.open_again("Clerk Two")
    sick = (Entry(office.kind("z"), 456),)
    write(other, office.employer_id, "illness", [DayChange(ann, MONDAY, (), sick)])
    assert office.store.changed_elsewhere()
    assert not office.store.changed_elsewhere()
    leave = (Entry(office.kind("v"), 456),)
    stale = DayChange(ann, MONDAY, (), leave)
    fine = DayChange(ann, TUESDAY, (), leave)
    result = write(office.store, office.employer_id, "leave", [fine, stale])
    assert result == Written(None, (stale,))
    assert entered(office.store, ann) == sick
    assert entered(office.store, ann, TUESDAY) == ()
    other.close()


def test_undo_leaves_alone_what_was_changed_since(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    leave, sick = (Entry(office.kind("v"), 456),), (Entry(office.kind("z"), 456),)
    both = [DayChange(ann, MONDAY, (), leave), DayChange(bob, MONDAY, (), leave)]
    write(office.store, office.employer_id, "leave for two", both)
    day_entries.replace(office.store.con, [(ann, MONDAY, sick)])
    undone = undo(office.store, office.employer_id)
    assert undone is not None
    assert undone.skipped == 1
    assert entered(office.store, ann) == sick
    assert entered(office.store, bob) == ()


def test_a_locked_month_takes_nothing_until_it_is_unlocked(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    leave = (Entry(office.kind("v"), 456),)
    put(office, ann, leave)
    lock_month(office.store, [ann], Month(2026, 9))
    assert put(office, ann, ()).stale
    undone = undo(office.store, office.employer_id)
    assert undone is not None
    assert undone.skipped == 1
    assert entered(office.store, ann) == leave
    unlock_month(office.store, office.employer_id, [ann], Month(2026, 9), "late certificate")
    assert put(office, ann, ()).step_id


def test_history_names_who_when_old_and_new(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    leave = (Entry(office.kind("v"), 456),)
    put(office, ann, leave)
    undo(office.store, office.employer_id)
    lines = day_history(office.store, ann, MONDAY)
    assert [(line.kind, line.actor, line.old, line.new) for line in lines] == [
        ("undo", "Clerk One", leave, ()),
        ("edit", "Clerk One", (), leave),
    ]
    assert last_change(office.store, ann, MONDAY) == lines[0]
    assert last_change(office.store, ann, TUESDAY) is None


def test_rows_are_inserted_changed_deleted_and_all_of_it_undone(office: Office) -> None:
    team_id = new_id()
    row = {"employer_id": office.employer_id, "name": "North"}
    write(office.store, office.employer_id, "team", [RowChange("team", team_id, None, row)])
    change = RowChange("team", team_id, {"name": "North"}, {"name": "South"})
    write(office.store, office.employer_id, "rename", [change])
    assert write(office.store, office.employer_id, "again", [change]).stale == (change,)
    gone = RowChange("team", team_id, {**row, "name": "South"}, None)
    write(office.store, office.employer_id, "delete", [gone])

    def names() -> list[str]:
        return [name for (name,) in office.store.con.execute("SELECT name FROM team")]

    assert names() == []
    assert undo(office.store, office.employer_id) is not None
    assert names() == ["South"]
    undo(office.store, office.employer_id)
    assert names() == ["North"]
    undo(office.store, office.employer_id)
    assert names() == []


def test_a_clash_writes_nothing_and_names_no_person(office: Office) -> None:
    office.add_person("Ann", "Testman", number="1")
    with pytest.raises(StoreError) as raised:
        office.add_person("Bob", "Secretname", number="1")
    assert "Secretname" not in str(raised.value)
    assert office.store.con.execute("SELECT count(*) FROM person").fetchone() == (1,)
    assert not office.store.con.in_transaction


def test_a_fresh_employer_cannot_be_undone(office: Office) -> None:
    assert undo(office.store, office.employer_id) is None
    ann = office.add_person("Ann", "Testman")
    put(office, ann, (Entry(office.kind("v"), 456),))
    seal(office.store, office.employer_id)
    assert undo(office.store, office.employer_id) is None


def test_an_edit_takes_the_checked_mark_away_and_undo_brings_it_back(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    for person in (ann, bob):
        row = {"person_id": person, "month": "2026-09", "actor": "Clerk One", "at": "2026-09-30 10:00:00"}
        write(office.store, office.employer_id, "checked", [RowChange("month_check", new_id(), None, row)])
    put(office, ann, (Entry(office.kind("v"), 456),))
    assert set(checked(office.store.con, [ann, bob], Month(2026, 9))) == {bob}
    undo(office.store, office.employer_id)
    assert set(checked(office.store.con, [ann, bob], Month(2026, 9))) == {ann, bob}


def test_every_step_waits_in_the_outbox_with_its_operations(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    result = put(office, ann, (Entry(office.kind("v"), 456),))
    rows = office.store.con.execute(
        "SELECT x.state, o.entity, o.row_id, o.date, o.old FROM outbox x JOIN operation o USING (step_id)"
        " WHERE x.step_id = ?",
        (result.step_id,),
    ).fetchall()
    assert rows == [("queued", "day", ann, "2026-09-14", "[]")]


WRITER = """
import sys
from datetime import date, timedelta
from pathlib import Path
from hrtui.domain.day import Entry, Part
from hrtui.store import keys
from hrtui.store.changes import DayChange, write
from hrtui.store.profile import Profile
from hrtui.store.store import Store
folder, employer, person, kind = Path(sys.argv[1]), *map(int, sys.argv[2:5])
profile = Profile("test", folder)
store = Store.open(profile, keys.read_key(profile), actor="writer")
for n in range(5000):
    day = date(2020, 1, 1) + timedelta(n)
    write(store, employer, "one", [DayChange(person, day, (), (Entry(kind, n % 400 + 1, Part.HOURS),))])
    print(n, flush=True)
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sigkill_loses_nothing_that_was_reported_as_written(office: Office, seed: int) -> None:
    ann = office.add_person("Ann", "Testman")
    kind = office.kind("v")
    arguments = [str(office.profile.folder), str(office.employer_id), str(ann), str(kind)]
    process = subprocess.Popen([sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.02, 0.3))
    os.kill(process.pid, signal.SIGKILL)
    reported = [int(line) for line in process.stdout.read().splitlines() if line]
    process.wait()
    process.stdout.close()
    store = office.open_again()
    held = store.con.execute("SELECT count(*) FROM calendar_entry").fetchone()[0]
    last = reported[-1] if reported else 0
    assert held in (last + 1, last + 2)
    operations = store.con.execute("SELECT count(*) FROM operation WHERE entity = 'day'").fetchone()[0]
    assert operations == held
    assert store.con.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()


def test_two_writers_at_once_lose_nothing(office: Office) -> None:
    people = [office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")]
    script = WRITER.replace("5000", "150")
    running = [
        subprocess.Popen(
            [
                sys.executable, "-c", script, str(office.profile.folder), str(office.employer_id),
                str(person), str(office.kind("v")),
            ],
            stdout=subprocess.DEVNULL,
        )
        for person in people
    ]  # fmt: skip
    assert [process.wait(60) for process in running] == [0, 0]
    rows = office.store.con.execute("SELECT person_id, count(*) FROM calendar_entry GROUP BY person_id")
    assert sorted(rows) == sorted((person, 150) for person in people)
