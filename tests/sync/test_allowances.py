"""Allowances at two clerks: in days and in hours, made by this version and by one that knew only hours."""

from __future__ import annotations

from datetime import date
from typing import Any

from hrtui.domain.leave_type import Limit
from hrtui.store.allowances import adjust, grant
from hrtui.store.balances import Balance, balances
from hrtui.store.changes import RowChange
from hrtui.store.entitlements import grant_proposals, propose
from hrtui.store.leave_exceptions import set_exception
from hrtui.store.roll_over import plan_roll_over, save_roll_over
from hrtui.store.rows import row_of
from hrtui.store.undo import undo
from tests.sync.conftest import Office
from tests.sync.invariants import assert_whole
from tests.sync.world import PEOPLE, TENANT, Clerk, Server

ANN = PEOPLE[0]
TODAY = date(2026, 9, 14)


def balance(clerk: Clerk) -> Balance:
    found = balances(clerk.store, TENANT, ANN, 2026, TODAY)
    return next(one for one in found if one.kind.letter == "v")


def left(clerk: Clerk) -> int:
    report = balance(clerk).report
    assert report is not None
    return report.left


def test_what_one_grants_in_days_the_other_adjusts_closes_and_takes_back(
    clerk: Office, server: Server
) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    kind = ann.kind("v")
    set_exception(ann.store, TENANT, kind, [ANN], Limit.DAYS, 2000)
    grant(ann.store, TENANT, kind, 2026, {ANN: 1500})
    for one in (ann, bob):
        one.sync()
    adjust(bob.store, TENANT, kind, 2026, {ANN: -500}, "counted twice")
    plan = plan_roll_over(bob.store, TENANT, 2026, keep={(ANN, kind): 2000})
    assert save_roll_over(bob.store, TENANT, plan)
    for one in (bob, ann):
        one.sync()
    assert left(ann) == left(bob) == 19_000
    undo(bob.store, TENANT)
    for one in (bob, ann):
        one.sync()
    assert (left(ann), balance(ann).in_days) == (21_000, True)
    assert not server.records("conflict")
    assert ann.rows() == bob.rows() == server.rows()
    assert_whole(ann, server)


def test_a_yearly_limit_that_both_write_down_counts_once(clerk: Office, server: Server) -> None:
    """One grants something beside it, the other adjusts it, neither having seen the other's."""
    ann, bob = clerk("Ann"), clerk("Bob")
    kind = ann.kind("v")
    set_exception(ann.store, TENANT, kind, [ANN], Limit.DAYS, 2000)
    for one in (ann, bob):
        one.sync()
    grant(ann.store, TENANT, kind, 2026, {ANN: 1500}, label="seniority")
    adjust(bob.store, TENANT, kind, 2026, {ANN: -500}, "counted twice")
    for one in (ann, bob, ann):
        one.sync()
    assert left(ann) == left(bob) == 21_000
    assert not server.records("conflict")
    assert ann.rows() == bob.rows() == server.rows()


def test_hours_that_an_older_version_granted_are_deleted_without_conflict(
    clerk: Office, server: Server
) -> None:
    """Its rows came to the backend without days, which must be what the deletion saw."""
    ann, bob = clerk("Ann"), clerk("Bob")
    set_exception(ann.store, TENANT, ann.kind("v"), [ANN], Limit.DAYS, 2000)
    older: dict[str, Any] = {
        "person_id": ANN, "leave_type_id": ann.kind("v"), "year": 2026, "label": "", "minutes": 9120,
        "valid_from": "2026-01-01", "expires": None, "reason": "",
    }  # fmt: skip
    ann.write([RowChange("allowance", 77, None, older)])
    for one in (ann, bob):
        one.sync()
    assert balance(bob).in_days
    bob.write([RowChange("allowance", 77, row_of(bob.store, TENANT, "allowance", 77), None)])
    for one in (bob, ann):
        one.sync()
    assert not server.records("conflict")
    assert ("allowance", 77, "") not in ann.rows()
    assert ann.rows() == bob.rows() == server.rows()


def closing(clerk: Clerk) -> int:
    """The type of which a person with a contract may have twenty days a year."""
    kind = clerk.kind("v")
    contract = {"person_id": ANN, "start_date": "2020-01-01", "end_date": None}
    clerk.write([RowChange("contract", 99, None, contract)])
    set_exception(clerk.store, TENANT, kind, [ANN], Limit.DAYS, 2000)
    return kind


def test_leave_that_both_keep_longer_is_kept_once(clerk: Office, server: Server) -> None:
    """Both close the same year, neither having seen the other's; who takes it back takes only the own."""
    ann, bob = clerk("Ann"), clerk("Bob")
    kind = closing(ann)
    for one in (ann, bob):
        one.sync()
    for one in (ann, bob):
        plan = plan_roll_over(one.store, TENANT, 2025, keep={(ANN, kind): 5000})
        assert save_roll_over(one.store, TENANT, plan)
    for one in (ann, bob, ann):
        one.sync()
    assert left(ann) == left(bob) == 25_000
    assert plan_roll_over(bob.store, TENANT, 2025).changes == []
    for first, rest in ((ann, 25_000), (bob, 20_000)):
        undo(first.store, TENANT)
        for one in (ann, bob, ann):
            one.sync()
        assert left(ann) == left(bob) == rest
    assert not server.records("conflict")
    assert ann.rows() == bob.rows() == server.rows()


def test_of_what_two_keep_longer_the_larger_counts(clerk: Office, server: Server) -> None:
    ann, bob = clerk("Ann"), clerk("Bob")
    kind = closing(ann)
    for one in (ann, bob):
        one.sync()
    for one, keep in ((ann, 2000), (bob, 5000)):
        save_roll_over(one.store, TENANT, plan_roll_over(one.store, TENANT, 2025, keep={(ANN, kind): keep}))
    for one in (ann, bob, ann):
        one.sync()
    assert left(ann) == left(bob) == 25_000
    (line,) = [one for one in plan_roll_over(ann.store, TENANT, 2025).lines if one.kept_before]
    assert (line.kept_before, line.left) == (5000, 15_000)
    undo(bob.store, TENANT)
    for one in (bob, ann):
        one.sync()
    assert left(ann) == left(bob) == 22_000


def test_a_grant_taken_back_leaves_the_limit_to_what_another_clerk_granted_beside_it(
    clerk: Office, server: Server
) -> None:
    """Bob has seen the limit that Ann wrote down; she takes hers back without having seen his grant."""
    ann, bob = clerk("Ann"), clerk("Bob")
    kind = ann.kind("v")
    set_exception(ann.store, TENANT, kind, [ANN], Limit.DAYS, 2000)
    grant(ann.store, TENANT, kind, 2026, {ANN: 1500}, label="seniority")
    for one in (ann, bob):
        one.sync()
    grant(bob.store, TENANT, kind, 2026, {ANN: 1000}, label="extra")
    assert left(bob) == 22_500
    undo(ann.store, TENANT)
    for one in (ann, bob, ann):
        one.sync()
    assert left(ann) == left(bob) == 21_000
    assert not server.records("conflict")


def test_leave_of_a_year_that_both_grant_as_proposed_counts_once(clerk: Office, server: Server) -> None:
    """Also beside what a third one grants meanwhile on top of the limit."""
    ann, bob, cas = clerk("Ann"), clerk("Bob"), clerk("Cas")
    kind = closing(ann)
    for one in (ann, bob, cas):
        one.sync()
    for one in (ann, bob):
        assert grant_proposals(one.store, TENANT, kind, 2026, propose(one.store, TENANT, kind, 2026, [ANN]))
    grant(cas.store, TENANT, kind, 2026, {ANN: 1500}, label="seniority")
    for one in (ann, bob, cas, ann, bob):
        one.sync()
    assert left(ann) == left(bob) == left(cas) == 21_500
    undo(ann.store, TENANT)
    for one in (ann, bob):
        one.sync()
    assert left(bob) == 21_500
    assert not server.records("conflict")
