"""Any order of editing, forwarding, unlocking, rejecting and sending again, against a plain model.

It sends deltas (generic) and whole months again (Acerta, Partena), and reads what the provider then holds.
HRTUI_EXAMPLES=500 tries more.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hrtui.domain.day import Entry, Part
from hrtui.domain.identity.problem import Value
from hrtui.domain.money import PayValue
from hrtui.domain.month_end.finding import Rule
from hrtui.domain.snapshot import from_json
from hrtui.forwarding.check import check
from hrtui.forwarding.plan import open_corrections
from hrtui.forwarding.port import AnswerOrder, UnlockOrder
from hrtui.payroll.layouts import load_layout
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store import keys
from hrtui.store.employers import create_employer
from hrtui.store.entries import current
from hrtui.store.errors import StoreError
from hrtui.store.leave_types import leave_types
from hrtui.store.locks import locked_ids
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.pay_components import add_component
from hrtui.store.profile import find_profile
from hrtui.store.provider_links import save_provider
from hrtui.store.store import Store
from hrtui.store.transmissions import file_content, files, sent_people, transmission
from hrtui.store.undo import redo, seal, undo
from tests.forwarding.conftest import SEPTEMBER, Desk
from tests.forwarding.providers import LAYOUTS, Provider, beyond
from tests.payroll.parsers import Books
from tests.store.conftest import Office

PERSON = st.integers(0, 2)
NUMBERS = ("101", "102", "103")
FRIDAY, MONDAY, SATURDAY = 4, 7, 12
DAY = st.sampled_from([1, 2, FRIDAY, MONDAY, SATURDAY])
"""Illness may go on over a weekend; on another Saturday there is overtime or nothing at all."""
WHAT = st.sampled_from(["", "v", "z", "half"])
BONUS = {
    "code": "070", "name_nl": "Premie", "name_fr": "Prime", "name_en": "Bonus", "group_name": "",
    "input": "total", "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip


@dataclass
class Sending:
    """What a provider holds of somebody once it booked the lines of a transmission on top of another one."""

    transmission_id: int
    base: Sending | None
    month: Books
    paid: int
    answer: str = ""

    @property
    def stands(self) -> bool:
        """What was rejected is gone, and with it what was booked on top of it without being accepted."""
        return self.answer == "accepted" or (not self.answer and (self.base is None or self.base.stands))


class Forwarding(RuleBasedStateMachine):
    """The provider books every file it gets; what it rejects it forgets again."""

    @initialize(layout=st.sampled_from(LAYOUTS))
    def open(self, layout: str) -> None:
        self.home = Path(tempfile.mkdtemp())
        profile = find_profile("test", self.home)
        profile.prepare()
        key = keys.create_file_key(profile)
        store = Store.open(profile, key, actor="Clerk One")
        office = Office(store, profile, key, create_employer(store, "Voorbeeld NV", "BE", "nl", 2026))
        people = [office.add_person(name, "Testman", number=name) for name in NUMBERS]
        self.desk = Desk(office, self.home / "out", people)
        self.provider = Provider(layout, {number: number for number in NUMBERS})
        self._connect()
        self.desk.folder.mkdir()
        self.bonus = save_pay_type(store, office.employer_id, BONUS)
        seal(store, office.employer_id)
        self.held: dict[str, list[Sending]] = {number: [] for number in NUMBERS}
        self.sent: dict[int, tuple[str, ...]] = {}

    def _connect(self) -> None:
        """Let everybody go to the provider, with a code for every type."""
        if not self.provider.name:
            return
        values: dict[str, Value] = {"provider": self.provider.name, "client_number": "1111111", "active": 1}
        link = save_provider(self.store, self.employer_id, values)
        for kind in leave_types(self.store, self.employer_id).values():
            self.store.con.execute(
                "UPDATE leave_type SET provider_codes = ? WHERE id = ?",
                (self.provider.codes(kind.key), kind.id),
            )
        self.store.con.execute("UPDATE person SET provider_link_id = ?, provider_number = number", (link,))

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.office.store.close()
            shutil.rmtree(self.home)

    @property
    def store(self) -> Store:
        return self.desk.office.store

    @property
    def employer_id(self) -> int:
        return self.desk.office.employer_id

    @rule(who=PERSON, day=DAY, what=WHAT)
    def edit(self, who: int, day: int, what: str) -> None:
        person = self.desk.people[who]
        on = date(2026, 9, day)
        before = current(self.store.con, [(person, on)])[person, on]
        entries: tuple[Entry, ...] = ()
        if what and day == SATURDAY:
            entries = (Entry(self.desk.office.kind("o"), 60, Part.HOURS),)
        elif what:
            half = what == "half"
            entries = (Entry(self.desk.office.kind("v" if half else what), 228 if half else 456),)
        locked = person in locked_ids(self.store, self.desk.people, SEPTEMBER)
        written = self.desk.enter(person, day, *entries)
        after = current(self.store.con, [(person, on)])[person, on]
        assert after == (before if locked else entries)
        assert bool(written.stale) == locked

    @rule(who=PERSON, cents=st.sampled_from([100, 250]))
    def pay(self, who: int, cents: int) -> None:
        person = self.desk.people[who]
        locked = person in locked_ids(self.store, self.desk.people, SEPTEMBER)
        try:
            add_component(self.store, self.employer_id, person, self.bonus, SEPTEMBER, PayValue(cents))
        except StoreError:
            assert locked
        else:
            assert not locked

    @rule()
    def undo(self) -> None:
        undo(self.store, self.employer_id)

    @rule()
    def redo(self) -> None:
        redo(self.store, self.employer_id)

    @rule(who=st.sets(PERSON, min_size=1))
    def forward(self, who: set[int]) -> None:
        chosen = [self.desk.people[place] for place in sorted(who)]
        now = {id_: self._now(id_) for id_ in chosen}
        expected = {id_ for id_ in chosen if now[id_] != self._with_provider(id_)}
        prepared = self.desk.prepared(chosen, self.provider.layout)
        assert not prepared.problems
        assert {*prepared.plans} == expected
        if not expected:
            return
        warned = self._warned(chosen)
        done = self.desk.port.forward(prepared.order)
        assert self._book(done.transmission_id) == warned
        for id_ in expected:
            assert self._with_provider(id_) == now[id_]

    @rule(who=PERSON)
    def unlock(self, who: int) -> None:
        person = self.desk.people[who]
        if person in locked_ids(self.store, self.desk.people, SEPTEMBER):
            order = UnlockOrder(self.employer_id, SEPTEMBER, [person], "a good reason", 2)
            self.desk.port.unlock(order)

    @rule(who=PERSON, day=DAY, what=WHAT)
    def correct(self, who: int, day: int, what: str) -> None:
        """Unlock, change and send again in one go, so that corrections often lie upon corrections."""
        self.unlock(who)
        self.edit(who, day, what)
        self.forward({who})

    @precondition(lambda self: any(len(some) > 1 for some in self.held.values()))
    @rule(who=PERSON, back=st.integers(1, 3))
    def reject_what_was_built_upon(self, who: int, back: int) -> None:
        """The provider rejects somebody's earlier transmission after others went on top of it."""
        sent = [one.transmission_id for one in self.held[NUMBERS[who]]]
        if len(sent) > back:
            self.answer([*self.sent].index(sent[-1 - back]), {who})

    @rule(who=PERSON)
    def lock_again(self, who: int) -> None:
        self.desk.port.lock_again(self.employer_id, SEPTEMBER, [self.desk.people[who]])

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 9), reject=st.sets(PERSON))
    def answer(self, which: int, reject: set[int]) -> None:
        """Any transmission is answered, or answered otherwise than before, whatever was sent since."""
        transmission_id = [*self.sent][which % len(self.sent)]
        in_it = {one.person_id: one.number for one in sent_people(self.store, transmission_id)}
        rejected = {self.desk.people[p]: "no" for p in reject if self.desk.people[p] in in_it}
        self.desk.port.answer(AnswerOrder(self.employer_id, transmission_id, rejected))
        for person_id, number in in_it.items():
            said = "rejected" if person_id in rejected else "accepted"
            for one in self.held[number]:
                if one.transmission_id == transmission_id:
                    one.answer = said

    @invariant()
    def corrections_are_those_that_differ(self) -> None:
        if not hasattr(self, "desk"):
            return
        found = open_corrections(self.store, self.employer_id, SEPTEMBER)
        ever = {one for people in self.sent.values() for one in people}
        differing = {
            id_
            for id_ in self.desk.people
            if self._number(id_) in ever and self._now(id_) != self._with_provider(id_)
        }
        assert {*found} == differing

    def _number(self, person_id: int) -> str:
        return NUMBERS[self.desk.people.index(person_id)]

    def _now(self, person_id: int) -> tuple[Books, int]:
        """The calendar as it is, computed from the store alone."""
        snapshot = snapshots(self.store, self.employer_id, SEPTEMBER, [person_id])[person_id]
        lines = [(day.date, line.kind.key, line.minutes) for day, line in snapshot.lines()]
        month = self.provider.month(self._number(person_id), lines)
        return month, sum(one.cents for one in snapshot.components)

    def _warned(self, chosen: list[int]) -> dict[str, int]:
        """How many days the check list says that the file cannot take back, by number."""
        layout = load_layout(self.provider.layout)
        found = check(self.store, self.employer_id, SEPTEMBER, chosen, layout).findings
        return {self._number(one.person_id or 0): one.count for one in found if one.rule is Rule.STAYS}

    def _standing(self, number: str) -> Sending | None:
        return next((one for one in reversed(self.held[number]) if one.stands), None)

    def _with_provider(self, person_id: int) -> tuple[Books, int] | None:
        one = self._standing(self._number(person_id))
        return (one.month, one.paid) if one else None

    def _book(self, transmission_id: int) -> dict[str, int]:
        """Read the files as a provider would; returns how many days somebody has to take back by hand."""
        one = transmission(self.store, self.employer_id, transmission_id)
        content = {
            file.name: file_content(self.store, one.id, file.place) for file in files(self.store, one.id)
        }
        people = sent_people(self.store, one.id)
        self.sent[one.id] = tuple(person.number for person in people)
        bases = {person.number: self._standing(person.number) for person in people}
        before = {key: n for base in bases.values() if base for key, n in base.month.items()}
        after = self.provider.booked(before, content, self.sent[one.id])
        told: dict[str, int] = {}
        for person in people:
            number = person.number
            assert from_json(person.snapshot).person.id == person.person_id
            month = {key: n for key, n in after.items() if key[0] == number}
            by_hand = beyond(month, self._now(person.person_id)[0])
            if by_hand:
                told[number] = len(by_hand)
            base = bases[number]
            held = {key: n for key, n in month.items() if key not in by_hand}
            self.held[number].append(Sending(one.id, base, held, base.paid if base else 0))
        pay = next((text for name, text in content.items() if name.endswith("-components.csv")), b"")
        for line in csv.DictReader(io.StringIO(pay.decode("utf-8-sig")), delimiter=";"):
            change = line["difference_amount"].replace(",", ".")
            self.held[line["number"]][-1].paid += round(float(change) * 100)
        return told


TestForwarding = Forwarding.TestCase
TestForwarding.settings = settings(
    max_examples=int(os.environ.get("HRTUI_EXAMPLES", "20")), stateful_step_count=20, deadline=None
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_taken_back_leaves_the_provider(layout: str) -> None:
    """One order by hand, so that it is tried whatever is drawn."""
    machine = Forwarding()
    machine.open(layout)
    try:
        for day in (FRIDAY, MONDAY):
            machine.edit(0, day, "z")
        machine.correct(0, SATURDAY, "v")
        machine.correct(0, SATURDAY, "")
        machine.correct(0, MONDAY, "half")
        machine.answer(0, {0})
        machine.corrections_are_those_that_differ()
        machine.forward({0})
        machine.corrections_are_those_that_differ()
    finally:
        machine.teardown()
    numbers = [len(some) for some in machine.held.values()]
    assert numbers == [4, 0, 0]
