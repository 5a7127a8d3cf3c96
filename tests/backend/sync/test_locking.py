"""Forwarded months: what comes late waits beside them, and meets the rows when the month opens again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from hrtui.backend.errors import ApiError
from hrtui.backend.sync.commands import COMMANDS, command
from hrtui.backend.sync.locking import lock_months, open_months
from hrtui.backend.sync.scope import Scope
from hrtui.backend.sync.writing import Actor, Writing
from tests.backend.sync.office import DAY, FULL, HALF, PERSON, SECOND, TENANT, Clerk, Office, day, lines, op

MONTH = (PERSON, "2026-03")
UNTIL = "2999-12-31T00:00:00.000Z"


def lock(office: Office, *months: tuple[int, str]) -> None:
    def work(con: Any) -> None:
        writing = Writing.begin(con, TENANT, Actor(1, "Eve"))
        lock_months(writing, months, {MONTH: "a" * 64})
        writing.commit()

    office.database.run(TENANT, work)


def unlock(office: Office, *months: tuple[int, str]) -> list[Any]:
    def work(con: Any) -> list[Any]:
        writing = Writing.begin(con, TENANT, Actor(1, "Eve"))
        _, results = open_months(writing, months, UNTIL, "A bonus was late.")
        writing.commit()
        return results

    return office.database.run(TENANT, work)


def states(clerk: Clerk) -> list[str]:
    return sorted(one["state"] for one in clerk.of_kind("correction"))


def test_a_lock_reaches_every_device_and_counts_up(at_work: Office) -> None:
    anna = at_work.clerk()
    lock(at_work, MONTH)
    row = anna.pull_all()["month_lock", PERSON, "2026-03"]
    assert (row["by"], row["forward_no"], row["hash"]) == ("Eve", 1, "a" * 64)
    unlock(at_work, MONTH)
    assert anna.pull_all()["month_lock", PERSON, "2026-03"]["open_until"] == UNTIL
    lock(at_work, MONTH)
    assert anna.pull_all()["month_lock", PERSON, "2026-03"]["forward_no"] == 2


def test_a_late_edit_is_kept_beside_the_month(at_work: Office) -> None:
    anna, ben = at_work.clerk(name="Anna"), at_work.clerk()
    anna.push(day(FULL))
    lock(at_work, MONTH)
    results = anna.push(day(HALF, FULL), day(FULL, date="2026-04-01"), day(FULL, person=SECOND))
    assert [result["outcome"] for result in results] == ["correction", "applied", "applied"]
    assert ben.value() == FULL
    (row,) = ben.of_kind("correction")
    assert (row["state"], row["by"], row["person"]) == ("to_resend", "Anna", PERSON)
    assert row["months"] == [["2026-03", "2026-03"]]
    assert row["op"]["units"]["entries"] == {"base": FULL, "new": HALF}
    assert ("correction", results[0]["correction"], "") in ben.rows


def test_what_changes_nothing_is_no_correction(at_work: Office) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    ben.push(day(FULL))
    lock(at_work, MONTH)
    assert anna.push(day(FULL))[0]["outcome"] == "noop"
    assert anna.of_kind("correction") == []


def test_editing_back_makes_the_correction_disappear(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.push(day(FULL))
    lock(at_work, MONTH)
    first = anna.receipt(day(HALF, FULL))
    second = anna.receipt(day(lines((202, 60)), HALF, after=first["uid"]))
    assert states(anna) == ["to_resend", "withdrawn"]
    open_one = next(one for one in anna.of_kind("correction") if one["state"] == "to_resend")
    assert open_one["op"]["units"]["entries"]["base"] == FULL
    assert anna.push(day(FULL, lines((202, 60)), after=second["uid"]))[0]["outcome"] == "noop"
    assert states(anna) == ["withdrawn", "withdrawn"]


def test_opening_a_month_brings_what_came_late_as_its_authors(at_work: Office) -> None:
    anna, ben = at_work.clerk(name="Anna"), at_work.clerk(name="Ben")
    lock(at_work, MONTH)
    anna.push(day(FULL), day(FULL, date="2026-03-03"))
    late = ben.receipt(day(HALF))
    assert [result["outcome"] for result in unlock(at_work, MONTH)] == ["applied", "applied", "conflict"]
    assert (anna.value(), anna.value("2026-03-03")) == (FULL, FULL)
    (conflict,) = anna.of_kind("conflict")
    assert [(one["uid"], one["by"]) for one in conflict["candidates"]] == [(late["uid"], "Ben")]
    assert states(anna) == ["merged"] * 3


def test_a_component_meets_every_month_it_is_paid_in(at_work: Office) -> None:
    at_work.write({("pay_component_type", 602, ""): {"code": "X"}})
    anna = at_work.clerk()
    new = {
        "person_id": (None, PERSON), "type_id": (None, 602), "note": (None, ""), "batch_id": (None, None),
        "amount": (None, [100, None, None, "EUR"]),
    }  # fmt: skip
    every: dict[str, Any] = {**new, "months": (None, ["2026-01", None])}
    assert anna.push(op("pay_component", 603, "ins", **every))[0]["outcome"] == "applied"
    lock(at_work, MONTH)
    ends_later = op("pay_component", 603, months=(["2026-01", None], ["2026-01", "2026-04"]))
    assert anna.push(ends_later)[0]["outcome"] == "applied"
    dearer = op("pay_component", 603, amount=([100, None, None, "EUR"], [200, None, None, "EUR"]))
    assert anna.push(dearer)[0]["outcome"] == "correction"
    other: dict[str, Any] = {**new, "months": (None, ["2026-02", "2026-03"])}
    assert anna.push(op("pay_component", 604, "ins", **other))[0]["outcome"] == "correction"
    assert ("pay_component", 604, "") not in anna.pull_all()


@pytest.fixture
def lock_command() -> Iterator[None]:
    @command("lock-for-test")
    def work(writing: Writing, _scope: Scope, args: Mapping[str, Any]) -> Mapping[str, Any]:
        if args.get("refuse"):
            raise ApiError(409, "basis_changed", extra=writing.clock.head())
        lock_months(writing, [(PERSON, args["month"])], {})
        return {"locked": 1}

    yield
    del COMMANDS["lock-for-test"]


@pytest.mark.usefixtures("lock_command")
def test_a_command_is_carried_out_once(at_work: Office) -> None:
    anna = at_work.clerk()
    body: dict[str, Any] = {"uid": str(uuid.uuid4()), "device_id": anna.device_id, "witness": anna.witness}
    asked = {**body, "args": {"month": "2026-03"}}
    first = anna.post("commands/lock-for-test", asked)
    again = anna.post("commands/lock-for-test", asked)
    assert first["answer"] == again["answer"] == {"locked": 1}
    assert first["rev"] == again["rev"] == anna.pull()["head"]["rev"]
    assert anna.pull_all()["month_lock", PERSON, "2026-03"]["forward_no"] == 1
    other = {**body, "args": {"month": "2026-04"}}
    assert anna.post("commands/lock-for-test", other, 422)["code"] == "payload_mismatch"
    refused = {**body, "uid": str(uuid.uuid4()), "args": {"refuse": True}}
    assert anna.post("commands/lock-for-test", refused, 409)["code"] == "basis_changed"
    assert anna.post("commands/nonsense", {**refused, "args": {}}, 404)["code"] == "not_found"
    auditor = at_work.clerk("auditor")
    assert (
        auditor.post("commands/lock-for-test", {**refused, "args": {"month": DAY}}, 403)["code"]
        == "forbidden"
    )
