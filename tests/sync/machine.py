"""Clerks, a backend and every fault between them, in any order: after quiet all agree and nothing is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hrtui.backend.operations import finish_restore
from hrtui.backend.personal import ledger
from hrtui.domain.day import Entry
from hrtui.store.changes import DayChange, RowChange
from hrtui.store.errors import StoreError
from hrtui.store.undo import redo, undo
from hrtui.sync import conflicts, refused, state
from hrtui.sync.replica import Stopped
from tests.sync import crash
from tests.sync.fates import Fates
from tests.sync.guests import WHAT, Guests
from tests.sync.invariants import assert_whole
from tests.sync.network import FAULTS
from tests.sync.world import FIRST_TYPE, PEOPLE, TENANT, Clerk, Server, person_row

DAYS = (date(2026, 9, 14), date(2026, 9, 15), date(2026, 10, 1))
NAMES = ("Ann", "Bob", "Cem", "Dan", "Eve")
ROUNDS = 12
FIRST_ID = 7_000_000_001
CLERKS = st.integers(0, 4)
CRASHES = (
    "push.marked", "push.answered", "push.acknowledged", "pull.applied", "pull.committed", "snapshot.page",
    "snapshot.swapped",
)  # fmt: skip


class Machine(RuleBasedStateMachine):
    """See `long.py` for how it is run for hours, and `switches.py` for what it must catch."""

    clerks: ClassVar[int] = 3
    make_server: ClassVar[Callable[[Path], Server]]

    def __init__(self) -> None:
        super().__init__()
        crash.plan(None)
        self.folder = Path(tempfile.mkdtemp(prefix="hrtui-sync-"))
        self.server = type(self).make_server(self.folder)
        self.staff = [self._hire(place) for place in range(self.clerks)]
        self.fates = Fates()
        self.guests = Guests()
        self.kept: list[tuple[int, Path]] = []
        self.count = 0
        self._ids = count(FIRST_ID)

    def _new_id(self) -> int:
        """Ids in the order of making, so that a script finds the same rows when it is run again."""
        return next(self._ids)

    def _hire(self, place: int) -> Clerk:
        name = NAMES[place]
        token = self.server.add_user(place + 1, name)
        clerk = Clerk(name, token, self.folder / name, self.server)
        clerk.sync()
        return clerk

    def _clerk(self, place: int) -> Clerk:
        return self.staff[place % len(self.staff)]

    @contextmanager
    def _at(self, place: int) -> Iterator[Clerk]:
        """What one clerk does; afterwards their database is whole and their edits are known."""
        clerk = self._clerk(place)
        with suppress(StoreError):
            yield clerk
        self.fates.note(clerk)
        assert_whole(clerk, self.server)

    # -- what clerks do

    @rule(
        at=CLERKS, who=st.sampled_from(PEOPLE), days=st.sets(st.sampled_from(DAYS), min_size=1, max_size=2),
        type_=st.sampled_from([None, 0, 1]), minutes=st.sampled_from([228, 456]),
    )  # fmt: skip
    def enter(self, at: int, who: int, days: set[date], type_: int | None, minutes: int) -> None:
        with self._at(at) as clerk:
            new = () if type_ is None else (Entry(FIRST_TYPE + type_, minutes),)
            changes = [
                DayChange(who, day, old, new)
                for day in sorted(days)
                if (old := clerk.entries(who, day)) != new
            ]
            clerk.write(list(changes), "Days")

    @rule(
        at=CLERKS, other=CLERKS, who=st.sampled_from(PEOPLE), day=st.sampled_from(DAYS),
        late=st.booleans(), forwarded=st.booleans(),
    )  # fmt: skip
    def race(self, at: int, other: int, who: int, day: date, late: bool, forwarded: bool) -> None:
        """Two clerks fill the same day differently; the month may be forwarded before the second is heard."""
        for number, place in enumerate((at, other)):
            with self._at(place) as clerk:
                clerk.enter(who, day, Entry(FIRST_TYPE + number, 228 + self.count % 2))
        self.count += 1
        with self._at(at) as clerk:
            clerk.sync()
        if forwarded:
            self.server.lock(who, str(day)[:7])
        if not late:
            with self._at(other) as clerk:
                clerk.sync()

    @rule(
        at=CLERKS, who=st.sampled_from(PEOPLE),
        values=st.dictionaries(
            st.sampled_from(["city", "street", "iban"]), st.sampled_from("ab"), min_size=1, max_size=2
        ),
    )  # fmt: skip
    def change_person(self, at: int, who: int, values: dict[str, str]) -> None:
        with self._at(at) as clerk:
            clerk.change("person", who, **values)

    @rule(at=CLERKS, who=st.sampled_from(PEOPLE), team=st.booleans())
    def join_team(self, at: int, who: int, team: bool) -> None:
        with self._at(at) as clerk:
            there = clerk.store.con.execute("SELECT max(id) FROM team").fetchone()[0]
            clerk.change("person", who, team_id=there if team else None)

    @rule(at=CLERKS, number=st.sampled_from(["7", "8"]))
    def new_person(self, at: int, number: str) -> None:
        with self._at(at) as clerk:
            person = person_row(self._new_id(), number)
            contract = {"person_id": person.id, "start_date": "2026-01-01"}
            clerk.write([person, RowChange("contract", self._new_id(), None, contract)], "New person")

    @rule(at=CLERKS, which=st.integers(0, 3))
    def change_contract(self, at: int, which: int) -> None:
        """A contract ends and another begins: both or neither."""
        with self._at(at) as clerk:
            rows = clerk.store.con.execute(
                "SELECT id, person_id, end_date FROM contract ORDER BY id"
            ).fetchall()
            if rows:
                id_, person_id, end = rows[which % len(rows)]
                self.count += 1
                until = f"2026-06-{self.count % 28 + 1:02}"
                later = {"person_id": person_id, "start_date": "2026-07-01"}
                clerk.write(
                    [RowChange("contract", id_, {"end_date": end}, {"end_date": until}),
                     RowChange("contract", self._new_id(), None, later)], "Other contract",
                )  # fmt: skip

    @rule(at=CLERKS)
    def new_team(self, at: int) -> None:
        with self._at(at) as clerk:
            clerk.write(
                [RowChange("team", self._new_id(), None, {"employer_id": TENANT, "name": "Shop"})], "New team"
            )

    @rule(at=CLERKS, which=st.integers(0, 3), table=st.sampled_from(["team", "contract", "person"]))
    def delete(self, at: int, which: int, table: str) -> None:
        """Delete a row; the database refuses where something refers to it."""
        with self._at(at) as clerk:
            found = clerk.store.con.execute(f"SELECT * FROM {table} WHERE id > ? ORDER BY id", (PEOPLE[-1],))
            names = [column[0] for column in found.description]
            rows = [dict(zip(names, row, strict=True)) for row in found]
            if rows:
                row = rows[which % len(rows)]
                clerk.write([RowChange(table, row.pop("id"), row, None)], "Deleted")

    @rule(at=CLERKS, who=st.sampled_from(PEOPLE))
    def check_month(self, at: int, who: int) -> None:
        with self._at(at) as clerk:
            row = {
                "person_id": who,
                "month": "2026-09",
                "actor": clerk.name,
                "at": "2026-09-30 10:00:00.000000",
            }
            clerk.write([RowChange("month_check", self._new_id(), None, row)], "Checked")

    @rule(at=CLERKS, again=st.booleans())
    def undo(self, at: int, again: bool) -> None:
        with self._at(at) as clerk:
            (redo if again else undo)(clerk.store, TENANT)

    @rule(at=CLERKS, which=st.integers(0, 3), how=st.sampled_from(["mine", "theirs", "both"]))
    def decide(self, at: int, which: int, how: str) -> None:
        """Decide an open conflict."""
        with self._at(at) as clerk:
            found = conflicts.conflicts(clerk.store, TENANT)
            if not found:
                return
            one = found[which % len(found)]
            both = conflicts.together(one)
            if how == "mine" and one.candidates:
                conflicts.take(clerk.store, TENANT, one, one.candidates[-1].value)
            elif how == "both" and both is not None:
                conflicts.take(clerk.store, TENANT, one, both)
            else:
                conflicts.keep(clerk.store, TENANT, one)

    @rule(at=CLERKS, again=st.booleans())
    def answer_refusal(self, at: int, again: bool) -> None:
        with self._at(at) as clerk:
            for one in refused.refused_steps(clerk.store, TENANT)[:1]:
                if again:
                    refused.try_again(clerk.store, TENANT, one.uid)
                else:
                    refused.let_go(clerk.store, one.uid)

    # -- people whom the backend erases

    @rule(at=CLERKS)
    def guest_comes(self, at: int) -> None:
        with self._at(at) as clerk:
            self.guests.come(clerk)

    @precondition(lambda self: self.guests.words)
    @rule(at=CLERKS, which=st.integers(0, 3), what=st.sampled_from(WHAT))
    def change_guest(self, at: int, which: int, what: str) -> None:
        with self._at(at) as clerk:
            self.guests.change(clerk, [*self.guests.words][which % len(self.guests.words)], what)

    @precondition(lambda self: self.guests.words)
    @rule(at=CLERKS, which=st.integers(0, 3), what=st.sampled_from(WHAT), late=st.booleans())
    def erase_guest(self, at: int, which: int, what: str, late: bool) -> None:
        """Erase somebody; an edit about them may be on its way at a clerk who has read who they are."""
        known = self.guests.known(self.server)
        if known:
            id_ = known[which % len(known)]
            if late:
                with self._at(at) as clerk:
                    clerk.sync()
                    self.guests.change(clerk, id_, what)
            self.guests.erase(self.server, id_)

    # -- the network

    @rule(at=CLERKS, faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=4))
    def some_requests(self, at: int, faults: list[str]) -> None:
        for fault in faults:
            with self._at(at) as clerk:
                clerk.faults.plan.append(fault)
                with suppress(Stopped):
                    clerk.replica.step()
                clerk.faults.plan.clear()

    @rule(at=CLERKS)
    def exchange(self, at: int) -> None:
        with self._at(at) as clerk:
            clerk.sync()

    @rule(who=st.sampled_from(PEOPLE), day=st.sampled_from(DAYS), forwarded=st.booleans())
    def all_at_once(self, who: int, day: date, forwarded: bool) -> None:
        """Everybody enters something on the same day and exchanges at the same moment, over all workers."""
        for place in range(len(self.staff)):
            with self._at(place) as clerk:
                clerk.enter(who, day, Entry(FIRST_TYPE + place % 2, 228 + self.count % 2))
        self.count += 1
        work: list[Callable[[], None]] = [clerk.sync for clerk in self.staff]
        if forwarded:
            work.append(lambda: self.server.lock(who, str(day)[:7]))
        with ThreadPoolExecutor(len(work)) as pool:
            jobs = [pool.submit(one) for one in work]
        for job in jobs:
            with suppress(StoreError):
                job.result()
        for clerk in self.staff:
            self.fates.note(clerk)
            assert_whole(clerk, self.server)

    @rule()
    def late_twins(self) -> None:
        for clerk in self.staff:
            clerk.faults.deliver()

    @rule(at=CLERKS, place=st.sampled_from(CRASHES))
    def die(self, at: int, place: str) -> None:
        """The clerk's program dies at a named place, and is started again."""
        clerk = self._clerk(at)
        crash.plan(place)
        with suppress(StoreError, Stopped, crash.Died):
            clerk.sync()
        crash.plan(None)
        clerk.close()
        clerk.open()
        self.fates.note(clerk)
        assert_whole(clerk, self.server)

    # -- what happens elsewhere

    @rule(at=CLERKS)
    def keep_copy(self, at: int) -> None:
        clerk = self._clerk(at)
        copy = self.folder / f"copy-{len(self.kept)}"
        copy.mkdir()
        clerk.store.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(clerk.folder / "hrtui.db", copy)
        self.kept.append((at % len(self.staff), copy))

    @precondition(lambda self: self.kept)
    @rule(which=st.integers(0, 9), other=CLERKS, clone=st.booleans())
    def bring_copy_back(self, which: int, other: int, clone: bool) -> None:
        """A clerk's file is restored from a copy; or somebody starts a second program of theirs on it."""
        place, copy = self.kept[which % len(self.kept)]
        clerk = self._clerk(other) if clone else self.staff[place]
        self.fates.wiped(clerk)
        clerk.close()
        for file in clerk.folder.glob("hrtui.db*"):
            file.unlink()
        shutil.copy(copy / "hrtui.db", clerk.folder)
        clerk.token = self.staff[place].token
        clerk.open()

    @rule()
    def server_backup(self) -> None:
        self.server.backup()

    @precondition(lambda self: self.server.backups)
    @rule(which=st.integers(0, 2), told=st.booleans())
    def server_restore(self, which: int, told: bool) -> None:
        """The backend is restored from an older backup: what it lost has to come back from the clerks.

        Where nobody tells them by a new epoch (`told`), they must notice by what they have witnessed.
        """
        self._restore(-1 - which % min(3, len(self.server.backups)))
        if told:
            finish_restore(self.server.database)

    def _restore(self, which: int) -> None:
        self.server.restore(which)
        ledger.erase_again(self.server.config(), self.server.database)

    @rule(at=CLERKS, other=CLERKS, who=st.sampled_from(PEOPLE), pulled=st.booleans(), regrown=st.booleans())
    def disaster(self, at: int, other: int, who: int, pulled: bool, regrown: bool) -> None:
        """What a clerk has just sent is lost with the backend, which others have gone on with meanwhile."""
        self.server.backup()
        self.count += 1
        with self._at(at) as clerk:
            clerk.change("person", who, city=f"lost {self.count}")
            if pulled:
                clerk.sync()
            else:
                for _ in range(3):
                    clerk.replica.step()
        self.fates.heard(self.server)
        self._restore(-1)
        if regrown:
            with self._at(other) as clerk:
                clerk.change("person", who, street=f"after {self.count}")
                clerk.sync()

    @invariant()
    def history_is_unbroken(self) -> None:
        self.fates.heard(self.server)
        self.server.check_history()

    def teardown(self) -> None:
        try:
            self._end()
        finally:
            crash.plan(None)
            for clerk in self.staff:
                clerk.close()
            self.server.close()
            if not os.environ.get("HRTUI_KEEP"):
                shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self) -> None:
        """All faults stop: within a few rounds everybody has the same."""
        self._quiet()
        self._agree()
        self.fates.check(self.server, self.staff, self.guests)
        self.guests.check(self.server, self.staff)
        self._undo_works()

    def _quiet(self) -> None:
        for clerk in self.staff:
            clerk.faults.late.clear()
        for _ in range(ROUNDS):
            for clerk in self.staff:
                clerk.sync()
                self.fates.note(clerk)

    def _agree(self) -> None:
        rows = self.server.rows()
        wanted = {id_: one["open"] for id_, one in self.server.records("conflict").items()}
        for clerk in self.staff:
            con = clerk.store.con
            assert con.execute("SELECT count(*) FROM outbox").fetchone() == (0,), "the outbox does not drain"
            assert clerk.rows() == rows, clerk.name
            assert {id_: bool(here) for id_, here in con.execute("SELECT id, open FROM conflict")} == wanted
            assert_whole(clerk, self.server)
            now = state.load(clerk.store, TENANT)
            assert now is not None
            assert not now.problem

    def _undo_works(self) -> None:
        clerk, other = self.staff[0], self.staff[-1]
        before = clerk.rows()
        clerk.change("employer", TENANT, policy_number=f"undone {self.count}")
        clerk.sync()
        undo(clerk.store, TENANT)
        for one in (clerk, other, clerk):
            one.sync()
        assert clerk.rows() == other.rows() == before == self.server.rows()
