"""Old changes and tombstones go, and who was away for longer reads everything anew without losing an edit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hrtui import clock
from hrtui.backend.compaction import compact
from hrtui.domain.day import Entry
from tests.backend.sync.office import FULL, HALF, PERSON, TENANT, Office, day, op
from tests.sync import world
from tests.sync.world import PEOPLE, Clerk, Server


def pass_days(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let it be so many days after today."""
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=days))


def test_what_is_young_stays_and_what_is_old_is_not_told_any_more(
    at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    anna.push(day(FULL))
    ben.pull_all()
    assert compact(at_work.database, TENANT).changes == 0
    pass_days(monkeypatch, 31)
    ben.push(day(HALF, base=FULL))
    done = compact(at_work.database, TENANT)
    assert (done.changes, done.min_feed_rev) == (7, 2)
    assert compact(at_work.database, TENANT).changes == 0
    assert anna.pull(410)["code"] == "cursor_expired"
    assert ben.value() == HALF
    assert anna.snapshot() == at_work.clerk().snapshot()
    assert anna.value() == HALF


def test_a_tombstone_stays_for_a_year_and_then_a_late_edit_of_it_is_still_kept(
    at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = at_work.clerk()
    anna.push(op("team", 301, "ins", name=(None, "Oven")))
    anna.push(op("team", 301, "del", name=("Oven", None)))
    pass_days(monkeypatch, 399)
    assert compact(at_work.database, TENANT).tombstones == 0
    pass_days(monkeypatch, 401)
    assert compact(at_work.database, TENANT).tombstones == 1
    assert anna.push(op("team", 301, name=("Oven", "Winkel"))) == [{"outcome": "parked", "reason": "deleted"}]
    assert anna.push(op("person", PERSON, first_name=("Mila", "Mia"))) == [{"outcome": "applied"}]


def test_who_was_away_too_long_reads_anew_and_loses_nothing(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(database_url, tmp_path)
    server.make_employer()
    ann, bob = (
        Clerk(name, server.add_user(number, name), tmp_path / name, server)
        for number, name in enumerate(("Ann", "Bob"), 1)
    )
    ann.sync()
    bob.sync()
    leave = Entry(ann.kind("v"), 456)
    for number in range(6):
        ann.enter(PEOPLE[0], date(2026, 9, 1) + timedelta(days=number), leave)
        ann.sync()
    bob.enter(PEOPLE[1], date(2026, 9, 10), leave)
    pass_days(monkeypatch, 31)
    assert compact(server.database, world.TENANT).changes > 6
    bob.sync()
    ann.sync()
    assert ann.rows() == bob.rows() == server.rows()
    assert bob.entries(PEOPLE[0], date(2026, 9, 6)) == (leave,)
    assert ann.entries(PEOPLE[1], date(2026, 9, 10)) == (leave,)
    for one in (ann, bob, server):
        one.close()
