"""Any order of editing, forwarding, unlocking, rejecting and sending again, against a plain model.

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

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hrtui.domain.day import Entry
from hrtui.domain.money import PayValue
from hrtui.domain.snapshot import from_json
from hrtui.forwarding.plan import open_corrections
from hrtui.forwarding.port import AnswerOrder, UnlockOrder
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store import keys
from hrtui.store.employers import create_employer
from hrtui.store.entries import current
from hrtui.store.errors import StoreError
from hrtui.store.locks import locked_ids
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.pay_components import add_component
from hrtui.store.profile import find_profile
from hrtui.store.store import Store
from hrtui.store.transmissions import file_content, files, sent_people, transmission
from hrtui.store.undo import redo, seal, undo
from tests.forwarding.conftest import SEPTEMBER, Desk
from tests.store.conftest import Office

PERSON = st.integers(0, 2)
DAY = st.sampled_from([1, 2, 3, 7])
WHAT = st.sampled_from(["", "v", "z", "half"])
BONUS = {
    "code": "070", "name_nl": "Premie", "name_fr": "Prime", "name_en": "Bonus", "group_name": "",
    "input": "total", "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip

Month = dict[tuple[str, str], int]
"""Minutes by date and code: what a provider books of one person."""


@dataclass
class Sending:
    """What a provider holds of somebody once it booked the lines of a transmission on top of another one."""

    transmission_id: int
    base: Sending | None
    month: Month
    paid: int
    answer: str = ""

    @property
    def stands(self) -> bool:
        """What was rejected is gone, and with it what was booked on top of it without being accepted."""
        return self.answer == "accepted" or (not self.answer and (self.base is None or self.base.stands))


class Forwarding(RuleBasedStateMachine):
    """The provider books every file it gets; what it rejects it forgets again."""

    @initialize()
    def open(self) -> None:
        self.home = Path(tempfile.mkdtemp())
        profile = find_profile("test", self.home)
        profile.prepare()
        key = keys.create_file_key(profile)
        store = Store.open(profile, key, actor="Clerk One")
        office = Office(store, profile, key, create_employer(store, "Voorbeeld NV", "BE", "nl", 2026))
        people = [office.add_person(name, "Testman", number=name) for name in ("101", "102", "103")]
        self.desk = Desk(office, self.home / "out", people)
        self.desk.folder.mkdir()
        self.bonus = save_pay_type(store, office.employer_id, BONUS)
        seal(store, office.employer_id)
        self.held: dict[str, list[Sending]] = {"101": [], "102": [], "103": []}
        self.sent: dict[int, tuple[str, ...]] = {}

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
        entries = {
            "": (),
            "half": (self.desk.leave(228),),
        }.get(what) if what in ("", "half") else (Entry(self.desk.office.kind(what), 456),)  # fmt: skip
        assert entries is not None
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
        prepared = self.desk.prepared(chosen)
        assert {*prepared.plans} == expected
        if not expected:
            return
        done = self.desk.port.forward(prepared.order)
        self._book(done.transmission_id)
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
        sent = [one.transmission_id for one in self.held[("101", "102", "103")[who]]]
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
        return ("101", "102", "103")[self.desk.people.index(person_id)]

    def _now(self, person_id: int) -> tuple[Month, int]:
        """The calendar as it is, computed from the store alone."""
        snapshot = snapshots(self.store, self.employer_id, SEPTEMBER, [person_id])[person_id]
        month = {(day.date.isoformat(), line.kind.key): line.minutes for day, line in snapshot.lines()}
        return month, sum(one.cents for one in snapshot.components)

    def _standing(self, number: str) -> Sending | None:
        return next((one for one in reversed(self.held[number]) if one.stands), None)

    def _with_provider(self, person_id: int) -> tuple[Month, int] | None:
        one = self._standing(self._number(person_id))
        return (one.month, one.paid) if one else None

    def _book(self, transmission_id: int) -> None:
        """Read the files as a provider would: lines that are new, changed or removed."""
        one = transmission(self.store, self.employer_id, transmission_id)
        content = {
            file.name.rsplit("-", 1)[1]: file_content(self.store, one.id, file.place)
            for file in files(self.store, one.id)
        }
        people = sent_people(self.store, one.id)
        self.sent[one.id] = tuple(person.number for person in people)
        books: dict[str, Sending] = {}
        for person in people:
            assert from_json(person.snapshot).person.id == person.person_id
            base = self._standing(person.number)
            month, paid = (dict(base.month), base.paid) if base else ({}, 0)
            books[person.number] = Sending(one.id, base, month, paid)
            self.held[person.number].append(books[person.number])
        lines = csv.DictReader(io.StringIO(content["entries.csv"].decode("utf-8-sig")), delimiter=";")
        for line in lines:
            month, key = books[line["number"]].month, (line["date"], line["code"])
            assert month.get(key, 0) == int(line["previous_minutes"] or 0)
            if line["line_kind"] == "removed":
                del month[key]
            else:
                month[key] = int(line["minutes"])
        pay = csv.DictReader(io.StringIO(content["components.csv"].decode("utf-8-sig")), delimiter=";")
        for line in pay:
            change = line["difference_amount"].replace(",", ".")
            books[line["number"]].paid += round(float(change) * 100)


TestForwarding = Forwarding.TestCase
TestForwarding.settings = settings(
    max_examples=int(os.environ.get("HRTUI_EXAMPLES", "12")), stateful_step_count=20, deadline=None
)
