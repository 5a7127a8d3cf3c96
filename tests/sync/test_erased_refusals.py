"""What a clerk keeps of refused edits when somebody is erased whom some of them were about."""

from __future__ import annotations

from contextlib import suppress

import pytest

from hrtui.store.changes import RowChange
from hrtui.sync import refused
from hrtui.sync.backend_errors import BackendError
from hrtui.sync.notes import ERASED, notes_of
from tests.sync.conftest import Office
from tests.sync.fates import Fates
from tests.sync.guests import Guests
from tests.sync.world import PEOPLE, TEAM, TENANT, Clerk, Server


@pytest.fixture
def guests() -> Guests:
    return Guests()


def _guest(guests: Guests, *staff: Clerk) -> int:
    """Somebody whom all of the staff know."""
    guests.come(staff[0])
    for one in staff:
        one.sync()
    return next(iter(guests.words))


def test_an_edit_made_sent_and_refused_in_one_exchange_is_known_to_be_forgotten(
    clerk: Office, server: Server, guests: Guests
) -> None:
    ann, bob, fates = clerk("Ann"), clerk("Bob"), Fates()
    guest = _guest(guests, ann)
    fates.note(ann)
    guests.change(ann, guest, "street")
    fates.note(ann)
    guests.erase(server, guest)
    for one in (ann, bob):
        one.sync()
    assert [(note.what, note.count) for note in notes_of(ann.store, TENANT)] == [(ERASED, 1)]
    assert [result["outcome"] for ops in server.receipts().values() for result in ops].count("parked") == 1
    fates.check(server, [ann, bob], guests)
    guests.check(server, [ann, bob])


def test_an_edit_of_somebody_who_stays_is_not_forgotten_with_others(
    clerk: Office, server: Server, guests: Guests
) -> None:
    ann, bob, fates = clerk("Ann"), clerk("Bob"), Fates()
    guest = _guest(guests, ann, bob)
    team = _unused_team(ann, bob)
    bob.write([RowChange("team", team, {"name": "Shop"}, None)])
    bob.sync()
    guests.change(ann, guest, "with others")
    fates.note(ann)
    guests.erase(server, guest)
    for one in (ann, bob, ann):
        one.sync()
    (step,) = refused.refused_steps(ann.store, TENANT)
    assert [(row.entity, row.id) for row in step.rows] == [("person", PEOPLE[0])]
    fates.check(server, [ann, bob], guests)
    guests.check(server, [ann, bob])
    ann.store.con.execute("DELETE FROM refused")
    with pytest.raises(AssertionError, match="nobody was told"):
        fates.check(server, [ann, bob], guests)


def test_a_refusal_from_before_keeps_what_is_about_others(
    clerk: Office, server: Server, guests: Guests
) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    guest = _guest(guests, ann, bob)
    team = _unused_team(ann, bob)
    bob.write([RowChange("team", team, {"name": "Shop"}, None)])
    bob.sync()
    changes = [RowChange("person", one, {"team_id": None}, {"team_id": team}) for one in (guest, PEOPLE[0])]
    ann.write(changes, "Other team")
    ann.sync()
    (step,) = refused.refused_steps(ann.store, TENANT)
    assert {row.id for row in step.rows} == {guest, PEOPLE[0]}
    guests.erase(server, guest)
    ann.sync()
    (step,) = refused.refused_steps(ann.store, TENANT)
    assert [row.id for row in step.rows] == [PEOPLE[0]]
    guests.check(server, [ann])


def test_an_edit_of_a_contract_that_does_not_name_its_person_goes_too(
    clerk: Office, server: Server, guests: Guests
) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    guest = _guest(guests, ann, bob)
    guests.change(bob, guest, "job")
    guests.erase(server, guest)
    bob.sync()
    assert refused.refused_steps(bob.store, TENANT) == []
    guests.check(server, [bob])


@pytest.mark.parametrize("what", ["street", "day", "job"])
def test_an_edit_goes_though_the_answer_to_it_comes_after_all_news(
    clerk: Office, server: Server, guests: Guests, what: str
) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    guest = _guest(guests, ann, bob)
    guests.change(bob, guest, what)
    guests.erase(server, guest)
    bob.faults.plan.append("answer lost")
    with suppress(BackendError):
        bob.replica.step()
    bob.store.con.execute("UPDATE sync_state SET needs_snapshot = 1, snapshot = NULL")
    bob.sync()
    assert bob.store.con.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
    guests.check(server, [bob])


def _unused_team(ann: Clerk, bob: Clerk) -> int:
    team = TEAM + 1
    ann.write([RowChange("team", team, None, {"employer_id": TENANT, "name": "Shop"})])
    for one in (ann, bob):
        one.sync()
    return team
