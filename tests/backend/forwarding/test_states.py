"""Two clerks, one backend, any order of editing, forwarding, unlocking, rejecting: what the provider holds.

HRTUI_EXAMPLES=500 tries more.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from hrtui.backend.forwarding.channels.port import Setup
from hrtui.backend.migrate import migrate
from hrtui.forwarding.plan import open_corrections
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store.errors import StoreError
from hrtui.store.locks import locked_ids
from hrtui.store.transmissions import sent_people
from tests.backend.forwarding.desk import SEPTEMBER, Desk, office_at
from tests.payroll.parsers import Books, booked, checked_sums, read_generic
from tests.sync.world import PEOPLE, TENANT

PERSON = st.integers(0, 2)
CLERK = st.integers(0, 1)
DAYS = ((1, 3), (2, 7))
"""Each clerk has days of their own: what two enter on the same one is for the tests of conflicts."""
_template = Path(tempfile.gettempdir()) / f"hrtui-states-{os.getpid()}.db"
atexit.register(_template.unlink, missing_ok=True)

Held = dict[str, Books]
"""What the provider holds of each number."""


class Forwarding(RuleBasedStateMachine):
    """The provider books every file that arrives; what it rejects it forgets again."""

    @initialize()
    def open(self) -> None:
        if not _template.exists():
            migrate(f"sqlite:///{_template}")
        self.home = Path(tempfile.mkdtemp())
        shutil.copy(_template, self.home / "server.db")
        self.office = office_at(f"sqlite:///{self.home / 'server.db'}", self.home)
        self.out = self.home / "provider"
        self.office.add_channel("Provider", Setup("folder", {"path": str(self.out)}))
        self.desks = [self.office.desk("Ann"), self.office.desk("Bob")]
        self.held: Held = {}
        self.before: dict[int, Held] = {}
        self.latest: int | None = None

    def teardown(self) -> None:
        if hasattr(self, "office"):
            for desk in self.desks:
                desk.sync()
            self.all_know_who_must_go_again()
            self.office.close()
            shutil.rmtree(self.home)

    @rule(who=PERSON, clerk=CLERK, place=st.integers(0, 1), what=st.sampled_from(["", "v", "z"]))
    def edit(self, who: int, clerk: int, place: int, what: str) -> None:
        """Enter something, known to the backend only after the next exchange: perhaps too late."""
        desk = self.desks[clerk]
        entries = (desk.leave(letter=what),) if what else ()
        desk.enter(PEOPLE[who], DAYS[clerk][place], *entries)

    @rule(clerk=CLERK)
    def exchange(self, clerk: int) -> None:
        self.desks[clerk].sync()

    @rule(clerk=CLERK, who=st.sets(PERSON, min_size=1))
    def forward(self, clerk: int, who: set[int]) -> None:
        """Forward what differs from what the provider holds, and nothing else."""
        desk, chosen = self.desks[clerk], [PEOPLE[place] for place in sorted(who)]
        desk.sync()
        prepared = desk.prepared(chosen)
        expected = {id_ for id_ in chosen if self.calendar(desk, id_) != self.held.get(number(id_))}
        assert {*prepared.plans} == expected
        if not expected:
            return
        if self.undecided(expected):
            with pytest.raises(StoreError, match="two places"):
                desk.port.forward(prepared.order)
            return
        done = desk.port.forward(prepared.order)
        assert self.office.worker().once() == 1
        self.book(desk, done.transmission_id)
        for id_ in expected:
            assert self.held[number(id_)] == self.calendar(desk, id_)

    @rule(who=PERSON)
    def unlock(self, who: int) -> None:
        """Open a month: what came too late for it comes in."""
        desk = self.desks[0]
        desk.sync()
        if PEOPLE[who] in locked_ids(desk.store, PEOPLE, SEPTEMBER):
            desk.unlock(PEOPLE[who])

    @rule(who=PERSON, clerk=CLERK)
    def lock_again(self, who: int, clerk: int) -> None:
        self.desks[clerk].port.lock_again(TENANT, SEPTEMBER, [PEOPLE[who]])

    @precondition(lambda self: self.latest is not None)
    @rule(clerk=CLERK, reject=st.sets(PERSON))
    def answer(self, clerk: int, reject: set[int]) -> None:
        """The latest transmission is answered; earlier ones were by silence accepted."""
        assert self.latest is not None
        desk, sent = self.desks[clerk], self.latest
        desk.sync()
        in_it = {one.person_id for one in sent_people(desk.store, sent)}
        rejected = {PEOPLE[place]: "no" for place in reject if PEOPLE[place] in in_it}
        desk.answer(sent, rejected)
        for id_ in rejected:
            if number(id_) in self.before[sent]:
                self.held[number(id_)] = self.before[sent][number(id_)]
            else:
                del self.held[number(id_)]
        self.latest = None

    def all_know_who_must_go_again(self) -> None:
        """Both clerks see the same corrections: those of whom the provider holds something else."""
        seen = [{*open_corrections(desk.store, TENANT, SEPTEMBER)} for desk in self.desks]
        ever = {one.person_id for id_ in self.before for one in sent_people(self.desks[0].store, id_)}
        differing = {id_ for id_ in ever if self.calendar(self.desks[0], id_) != self.held.get(number(id_))}
        assert seen == [differing, differing]

    def calendar(self, desk: Desk, person_id: int) -> Books:
        """The month as a clerk's own database has it."""
        snapshot = snapshots(desk.store, TENANT, SEPTEMBER, [person_id])[person_id]
        return {(number(person_id), day.date, line.kind.key): line.minutes for day, line in snapshot.lines()}

    def undecided(self, people: set[int]) -> bool:
        """Whether a month of these people has a day with two values: what came late met something newer."""
        conflicts = self.office.server.records("conflict").values()
        return any(one["open"] and one["row"] in people for one in conflicts)

    def book(self, desk: Desk, transmission_id: int) -> None:
        """Read the files as a provider would: nobody is in them who was not sent."""
        (place,) = [one for one in self.out.iterdir() if one.name.endswith(f"-{transmission_id}")]
        files = checked_sums(place)
        assert json.loads(files["manifest.json"])["transmission"] == str(transmission_id)
        content = next(text for name, text in files.items() if name.endswith("-entries.csv"))
        people = {one.number for one in sent_people(desk.store, transmission_id)}
        self.before[transmission_id] = {name: books for name, books in self.held.items() if name in people}
        lines = read_generic(content.removeprefix(b"\xef\xbb\xbf"))
        assert {line.number for line in lines} <= people
        everything = booked({key: n for books in self.held.values() for key, n in books.items()}, lines)
        for name in people:
            self.held[name] = {key: n for key, n in everything.items() if key[0] == name}
        self.latest = transmission_id


def number(person_id: int) -> str:
    """The number of a person at the provider."""
    return str(PEOPLE.index(person_id))


TestForwarding = Forwarding.TestCase
TestForwarding.settings = settings(
    max_examples=int(os.environ.get("HRTUI_EXAMPLES", "10")), stateful_step_count=14, deadline=None
)


def test_a_late_edit_of_a_locked_month_reaches_the_provider_only_after_an_unlock() -> None:
    """One order by hand, so that it is tried whatever is drawn."""
    machine = Forwarding()
    machine.open()
    machine.edit(0, 1, 0, "v")
    machine.forward(0, {0, 1, 2})
    machine.exchange(1)
    machine.forward(0, {0})
    second = ("0", date(2026, 9, 2), "VAK")
    assert second not in machine.held["0"]
    machine.unlock(0)
    machine.forward(1, {0, 1, 2})
    assert machine.held["0"][second] == 456
    machine.answer(0, {0})
    machine.forward(0, {0, 1, 2})
    machine.teardown()
