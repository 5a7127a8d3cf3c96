"""SIGKILL at named places of client and server: what was entered is there afterwards, once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.day import Entry
from hrtui.store.changes import DayChange, write
from hrtui.sync.rows import Rows
from tests.sync.service import Desk, Service, port_of, service, start
from tests.sync.world import FIRST_TYPE, PEOPLE, TENANT, keys_of

CLIENT = ("push.marked", "push.answered", "push.acknowledged", "pull.applied", "pull.committed")
ANEW = ("snapshot.page", "snapshot.swapped")
DAYS = (date(2026, 9, 14), date(2026, 9, 15))


@pytest.fixture
def running(tmp_path: Path, server_template: Path) -> Iterator[Service]:
    with service(tmp_path, server_template) as one:
        yield one


def enter(desk: Desk, person: int, day: date) -> None:
    """Enter a day of leave."""
    with closing(desk.open()) as store:
        written = write(store, TENANT, "Leave", [DayChange(person, day, (), (Entry(FIRST_TYPE, 456),))])
        assert written.step_id is not None


def assert_same(desk: Desk, running: Service, days: int) -> None:
    """The clerk's rows are the backend's, nothing waits, and so many days are entered."""
    with closing(desk.open()) as store:
        rows = Rows(store.con, TENANT)
        here = {(*key,): rows.read(key) for key in keys_of(rows)}
        assert store.con.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
    assert here == running.server.rows()
    assert sum(key[0] == "day" for key in here) == days
    running.server.check_history()


def test_a_client_that_is_killed_goes_on_where_it_was(running: Service, tmp_path: Path) -> None:
    ann, bob = running.desk("Ann", tmp_path / "Ann"), running.desk("Bob", tmp_path / "Bob")
    for count, place in enumerate(CLIENT, 1):
        for desk, day in ((bob, DAYS[0]), (ann, DAYS[1])):
            # Somebody else's commit too, so that there is something to pull.
            enter(desk, PEOPLE[0], day.replace(month=count))
        assert bob.run("sync").returncode == 0
        assert ann.run("sync", HRTUI_FAILPOINT=place).returncode == -signal.SIGKILL, place
        assert ann.run("sync").returncode == 0
        assert_same(ann, running, 2 * count)


@pytest.mark.parametrize("place", ANEW)
def test_a_client_that_is_killed_while_it_reads_everything(
    place: str, running: Service, tmp_path: Path
) -> None:
    ann = running.desk("Ann", tmp_path / "Ann")
    enter(ann, PEOPLE[0], DAYS[0])
    with closing(ann.open()) as store:
        store.con.execute("UPDATE sync_state SET needs_snapshot = 1, snapshot = NULL")
    assert ann.run("sync", HRTUI_FAILPOINT=place).returncode == -signal.SIGKILL
    assert ann.run("sync").returncode == 0
    assert_same(ann, running, 1)


@pytest.mark.parametrize("place", ["server.applied", "server.committed"])
def test_a_server_that_is_killed_in_a_push_takes_it_once(
    place: str, running: Service, tmp_path: Path
) -> None:
    dying = start(tmp_path, {"HRTUI_FAILPOINT": place})
    port = port_of(dying)
    ann = running.desk("Ann", tmp_path / "Ann")
    enter(ann, PEOPLE[0], DAYS[0])
    with closing(ann.open()) as store:
        url = store.con.execute("SELECT value FROM setting WHERE name = 'backend'").fetchone()[0]
        store.con.execute(
            "UPDATE setting SET value = ? WHERE name = 'backend'", (f"http://127.0.0.1:{port}",)
        )
    assert ann.run("sync").returncode == 1
    assert dying.wait(20) == -signal.SIGKILL
    assert dying.stderr is not None
    dying.stderr.close()
    with closing(ann.open()) as store:
        store.con.execute("UPDATE setting SET value = ? WHERE name = 'backend'", (url,))
    assert ann.run("sync").returncode == 0
    assert_same(ann, running, 1)
