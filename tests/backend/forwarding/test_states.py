"""Two clerks, one backend, any order of editing, forwarding, unlocking, rejecting: what the provider holds.

It sends deltas (generic) and whole months again (Acerta, Partena).
It runs on SQLite and on PostgreSQL; HRTUI_EXAMPLES=500 tries more.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hrtui.backend.forwarding.answers import take_answers
from hrtui.backend.forwarding.channels.port import Setup
from hrtui.forwarding.plan import open_corrections
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store.errors import StoreError
from hrtui.store.locks import locked_ids
from hrtui.store.transmissions import sent_people
from tests.backend.forwarding.desk import SEPTEMBER, Desk, office_at
from tests.backend.forwarding.test_layouts_served import connect
from tests.backend.postgres import Cluster
from tests.forwarding.providers import CODES, LAYOUTS, Provider, beyond
from tests.payroll.parsers import Books, checked_sums
from tests.sync.world import PEOPLE, TENANT

PERSON = st.integers(0, 2)
CLERK = st.integers(0, 1)
DAYS = ((1, 4), (2, 7))
"""Each clerk has days of their own: what two enter on the same one is for the tests of conflicts.

Between the 4th and the 7th is a weekend, over which illness goes on.
"""
NUMBERS = {"40": "0", "41": "1", "42": "2"}
"""The people's own numbers by those at the provider."""
Databases = Callable[[Path], AbstractContextManager[str]]
"""Makes an empty, migrated database in a folder, and gives its URL."""


@dataclass
class Sending:
    """What the provider holds of somebody once it booked a transmission on top of another one."""

    transmission_id: int
    base: Sending | None
    books: Books
    answer: str = ""

    @property
    def stands(self) -> bool:
        """What was rejected is gone, and with it what was booked on top of it without being accepted."""
        return self.answer == "accepted" or (not self.answer and (self.base is None or self.base.stands))


class Forwarding(RuleBasedStateMachine):
    """The provider books every file that arrives; what it rejects it forgets again."""

    def __init__(self, databases: Databases) -> None:
        super().__init__()
        self.databases = databases

    @initialize(layout=st.sampled_from(LAYOUTS))
    def open(self, layout: str) -> None:
        self.kept = ExitStack()
        self.home = Path(self.kept.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        self.office = office_at(self.kept.enter_context(self.databases(self.home)), self.home)
        self.kept.callback(self.office.close)
        self.out = self.home / "provider"
        self.channel = self.office.add_channel("Provider", Setup("folder", {"path": str(self.out)}))
        self.provider = Provider(layout, NUMBERS)
        self.desks = [self.office.desk("Ann"), self.office.desk("Bob")]
        if self.provider.name:
            connect(self.desks[0], self.provider.name, self.provider.codes)
            self.desks[1].sync()
        self.held: dict[str, list[Sending]] = {}
        self.sent: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "office"):
            with self.kept:
                # The first one reads in the second round what the others kept to themselves until now.
                for desk in (*self.desks, *self.desks):
                    desk.sync()
                self.all_know_who_must_go_again()

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
        prepared = desk.prepared(chosen, self.provider.layout)
        assert not prepared.problems
        expected = {id_ for id_ in chosen if self.calendar(desk, id_) != self.with_provider(id_)}
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
            assert self.with_provider(id_) == self.calendar(desk, id_)

    @rule(who=PERSON)
    def unlock(self, who: int) -> None:
        """Open a month: what came too late for it comes in."""
        desk = self.desks[0]
        desk.sync()
        if PEOPLE[who] in locked_ids(desk.store, PEOPLE, SEPTEMBER):
            desk.unlock(PEOPLE[who])

    @rule(who=PERSON, clerk=CLERK, place=st.integers(0, 1), what=st.sampled_from(["", "v", "z"]))
    def correct(self, who: int, clerk: int, place: int, what: str) -> None:
        """Unlock, change and send again in one go, so that corrections often lie upon corrections."""
        self.unlock(who)
        self.exchange(clerk)
        self.edit(who, clerk, place, what)
        self.forward(clerk, {who})

    @precondition(lambda self: any(len(some) > 1 for some in self.held.values()))
    @rule(clerk=CLERK, who=PERSON, back=st.integers(1, 3))
    def reject_what_was_built_upon(self, clerk: int, who: int, back: int) -> None:
        """The provider rejects somebody's earlier transmission after others went on top of it."""
        sent = [one.transmission_id for one in self.held.get(number(PEOPLE[who]), [])]
        if len(sent) > back:
            self.answer(clerk, self.sent.index(sent[-1 - back]), {who})

    @rule(who=PERSON, clerk=CLERK)
    def lock_again(self, who: int, clerk: int) -> None:
        self.desks[clerk].port.lock_again(TENANT, SEPTEMBER, [PEOPLE[who]])

    @precondition(lambda self: self.sent)
    @rule(clerk=CLERK, which=st.integers(0, 9), reject=st.sets(PERSON))
    def answer(self, clerk: int, which: int, reject: set[int]) -> None:
        """Any transmission is answered by hand, or otherwise than before, whatever was sent since."""
        desk, sent = self.desks[clerk], self.sent[which % len(self.sent)]
        desk.sync()
        in_it = {one.person_id for one in sent_people(desk.store, sent)}
        rejected = {PEOPLE[place]: "no" for place in reject if PEOPLE[place] in in_it}
        desk.answer(sent, rejected)
        for id_ in in_it:
            self.note(sent, id_, "rejected" if id_ in rejected else "accepted")

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 9), said=st.dictionaries(PERSON, st.booleans(), min_size=1))
    def answer_in_part(self, which: int, said: dict[int, bool]) -> None:
        """A file of the provider answers for some of a transmission, and says nothing of the others."""
        sent = self.sent[which % len(self.sent)]
        names = {one for one, some in self.held.items() if any(it.transmission_id == sent for it in some)}
        told = {PEOPLE[place]: good for place, good in said.items() if number(PEOPLE[place]) in names}
        answers = {True: "accepted;", False: "rejected;no"}
        known = {own: theirs for theirs, own in NUMBERS.items()} if self.provider.name else {}
        numbers = {id_: known.get(number(id_), number(id_)) for id_ in told}
        lines = [f"{sent};{numbers[id_]};{answers[good]}" for id_, good in told.items()]
        content = "\n".join(["transmission;person;status;reason", *lines]).encode()
        file = ("answer.csv", secrets.token_hex(32), content)
        assert take_answers(self.office.database, TENANT, self.channel, "Provider", [file]) == 1
        for id_, good in told.items():
            self.note(sent, id_, "accepted" if good else "rejected")

    def note(self, transmission_id: int, person_id: int, said: str) -> None:
        for one in self.held[number(person_id)]:
            if one.transmission_id == transmission_id:
                one.answer = said

    def standing(self, name: str) -> Sending | None:
        return next((one for one in reversed(self.held.get(name, [])) if one.stands), None)

    def with_provider(self, person_id: int) -> Books | None:
        """What the provider holds of a person's month."""
        one = self.standing(number(person_id))
        return one.books if one else None

    def all_know_who_must_go_again(self) -> None:
        """Both clerks see the same corrections: those of whom the provider holds something else."""
        seen = [{*open_corrections(desk.store, TENANT, SEPTEMBER)} for desk in self.desks]
        ever = [id_ for id_ in PEOPLE if number(id_) in self.held]
        differing = {id_ for id_ in ever if self.calendar(self.desks[0], id_) != self.with_provider(id_)}
        assert seen == [differing, differing]

    def calendar(self, desk: Desk, person_id: int) -> Books:
        """The month as a clerk's own database has it."""
        snapshot = snapshots(desk.store, TENANT, SEPTEMBER, [person_id])[person_id]
        lines = [(day.date, line.kind.key, line.minutes) for day, line in snapshot.lines()]
        return self.provider.month(number(person_id), lines)

    def undecided(self, people: set[int]) -> bool:
        """Whether a month of these people has a day with two values: what came late met something newer."""
        conflicts = self.office.server.records("conflict").values()
        return any(one["open"] and one["row"] in people for one in conflicts)

    def book(self, desk: Desk, transmission_id: int) -> None:
        """Read the files as a provider would: nobody is in them who was not sent."""
        (place,) = [one for one in self.out.iterdir() if one.name.endswith(f"-{transmission_id}")]
        files = checked_sums(place)
        assert json.loads(files["manifest.json"])["transmission"] == str(transmission_id)
        people = {number(one.person_id): one.person_id for one in sent_people(desk.store, transmission_id)}
        bases = {name: self.standing(name) for name in people}
        before = {key: n for base in bases.values() if base for key, n in base.books.items()}
        after = self.provider.booked(before, files, people)
        for name, id_ in people.items():
            books = {key: n for key, n in after.items() if key[0] == name}
            by_hand = beyond(books, self.calendar(desk, id_))
            held = {key: n for key, n in books.items() if key not in by_hand}
            self.held.setdefault(name, []).append(Sending(transmission_id, bases[name], held))
        self.sent.append(transmission_id)


def number(person_id: int) -> str:
    """The number of a person at the provider."""
    return str(PEOPLE.index(person_id))


@pytest.fixture
def sqlite(sqlite_template: Path) -> Databases:
    @contextmanager
    def made(folder: Path) -> Iterator[str]:
        shutil.copy(sqlite_template, folder / "server.db")
        yield f"sqlite:///{folder / 'server.db'}"

    return made


@pytest.fixture
def postgresql(cluster: Cluster, postgres_template: str) -> Databases:
    @contextmanager
    def made(folder: Path) -> Iterator[str]:
        with cluster.copy_of(postgres_template) as name:
            yield cluster.url(name)

    return made


def run(databases: Databases, examples: int) -> None:
    """Try so many orders, or as many as the environment asks for."""

    class Here(Forwarding):
        def __init__(self) -> None:
            super().__init__(databases)

    wanted = int(os.environ.get("HRTUI_EXAMPLES", str(examples)))
    run_state_machine_as_test(
        Here, settings=settings(max_examples=wanted, stateful_step_count=14, deadline=None)
    )


def test_the_provider_holds_what_was_accepted(sqlite: Databases) -> None:
    run(sqlite, 10)


def test_the_provider_holds_what_was_accepted_on_postgresql(postgresql: Databases) -> None:
    run(postgresql, 4)


@pytest.mark.parametrize("layout", ["generic", "acerta", "partena"])
def test_a_late_edit_of_a_locked_month_reaches_the_provider_only_after_an_unlock(
    sqlite: Databases, layout: str
) -> None:
    """One order by hand, so that it is tried whatever is drawn."""
    machine = Forwarding(sqlite)
    machine.open(layout)
    machine.edit(0, 1, 0, "v")
    machine.forward(0, {0, 1, 2})
    machine.exchange(1)
    machine.forward(0, {0})
    second = ("0", date(2026, 9, 2), CODES["VAK"] if machine.provider.name else "VAK")
    assert second not in (machine.with_provider(PEOPLE[0]) or {})
    machine.unlock(0)
    machine.forward(1, {0, 1, 2})
    assert (machine.with_provider(PEOPLE[0]) or {})[second] == (760 if layout == "acerta" else 456)
    machine.answer(0, 1, {0})
    machine.forward(0, {0, 1, 2})
    machine.teardown()
