"""Pushing: every operation has a fate that somebody can see, and none is done twice or lost."""

from __future__ import annotations

import uuid
from typing import Any
from unittest.mock import Mock

import pytest

from hrtui.backend.database import Connection
from hrtui.backend.sync import checks
from tests.backend.sync.office import (
    DAY,
    FULL,
    GUARDED,
    HALF,
    LEAVE,
    PERSON,
    SECOND,
    SICK,
    Office,
    day,
    lines,
    op,
)

_ODD: dict[str, Any] = {"first\0name": ("", "x")}


def test_an_edit_arrives_at_a_colleague(at_work: Office) -> None:
    anna, ben = at_work.clerk(name="Anna"), at_work.clerk(name="Ben")
    receipt = anna.receipt(day(FULL))
    assert receipt["ops"] == [{"outcome": "applied"}]
    assert ben.value() == FULL
    commit = ben.copy()
    commit.cursor = {"rev": receipt["rev"] - 1, "chain": commit.cursor["chain"]}
    assert ben.cursor == {"rev": receipt["rev"], "chain": receipt["chain"]}


def test_sent_again_it_is_answered_again_and_done_once(at_work: Office) -> None:
    anna = at_work.clerk()
    first = anna.mutation(day(FULL))
    once = anna.send(first)
    twice = anna.send(first)
    assert twice["results"] == once["results"]
    assert twice["head"] == once["head"]
    assert twice["last_mseq"] == 1


def test_the_same_id_with_other_contents_is_stopped(at_work: Office) -> None:
    anna = at_work.clerk()
    first = anna.mutation(day(FULL))
    anna.send(first)
    other = {**first, "ops": [day(HALF)]}
    assert anna.send(other)["stop"] == "payload_mismatch"
    assert anna.value() == FULL


def test_numbers_tell_a_gap_and_a_copy(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.push(day(FULL))
    anna.mseq = 2
    skipped = anna.send(anna.mutation(day(HALF, FULL)))
    assert (skipped["stop"], skipped["results"], skipped["last_mseq"]) == ("mseq_gap", [], 1)
    anna.mseq = 0
    assert anna.send(anna.mutation(day(HALF, FULL)))["stop"] == "device_fork"
    assert anna.value() == FULL


def test_a_cloned_device_is_noticed(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.hello()
    clone = anna.copy()
    anna.hello()
    body = clone.mutation(day(FULL))
    assert clone.send(body, status=409)["code"] == "device_fork"
    assert clone.hello(status=409)["code"] == "device_fork"
    clone.device_id = str(uuid.uuid4())
    clone.nonce = ""
    clone.hello()
    assert clone.send(body)["results"][0]["ops"] == [{"outcome": "applied"}]


def test_a_lost_answer_to_hello_is_no_copy(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.hello()
    body = {"device_id": anna.device_id, "prev_nonce": anna.nonce, "new_nonce": "n" * 32,
            "witness": anna.witness, "schema_v": 9}  # fmt: skip
    for _ in range(2):
        anna.post("sync/hello", body)


def test_two_values_for_a_day_are_both_kept(at_work: Office) -> None:
    anna, ben = at_work.clerk(name="Anna"), at_work.clerk(name="Ben")
    ben.push(day(FULL))
    result = anna.push(day(HALF))[0]
    assert result["outcome"] == "conflict"
    assert anna.value() == FULL
    (conflict,) = ben.of_kind("conflict")
    assert (conflict["e"], conflict["row"], conflict["d"], conflict["unit"]) == (
        "day",
        PERSON,
        DAY,
        "entries",
    )
    assert (conflict["by"], conflict["open"], conflict["kind"]) == ("Ben", True, "value")
    assert [(one["value"], one["by"]) for one in conflict["candidates"]] == [(HALF, "Anna")]
    assert ("conflict", result["conflicts"][0], "") in ben.rows


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("2026-03-02T09:15:00Z", "2026-03-02T09:15:00.000000Z"),
        ("2026-03-02T09:15:00.25+01:00", "2026-03-02T08:15:00.250000Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("2999-01-01T00:00:00Z", ""),
        ("the day before yesterday", ""),
    ],
)
def test_a_losing_value_has_the_time_at_which_it_was_entered(at_work: Office, told: str, kept: str) -> None:
    anna, ben = at_work.clerk(name="Anna"), at_work.clerk(name="Ben")
    ben.push(day(FULL))
    before = ben.pull()["time"]
    anna.push(day(HALF), made_at=told)
    ((candidate,),) = (one["candidates"] for one in ben.of_kind("conflict"))
    assert (candidate["at"] == kept) if kept else (candidate["at"] >= before)


def test_one_key_resolves_and_closes_only_what_was_seen(at_work: Office) -> None:
    anna, ben = at_work.clerk(name="Anna"), at_work.clerk(name="Ben")
    ben.push(day(FULL))
    receipt = anna.receipt(day(HALF))
    eve = at_work.clerk(name="Eve")
    eve.push(day(lines((SICK, 480))))
    number = receipt["ops"][0]["conflicts"][0]
    decision = {**day(HALF, FULL), "k": "resolve", "conflict": number, "seen": [receipt["uid"]]}
    assert anna.push(decision)[0]["outcome"] == "applied"
    (conflict,) = ben.of_kind("conflict")
    assert conflict["open"]
    assert [one["closed_by"] is None for one in conflict["candidates"]] == [False, True]
    assert ben.value() == HALF
    theirs = {"e": "day", "id": PERSON, "d": DAY, "k": "resolve", "conflict": number,
              "seen": [conflict["candidates"][1]["uid"]]}  # fmt: skip
    assert ben.push(theirs)[0]["outcome"] == "noop"
    assert not eve.of_kind("conflict")[0]["open"]


def test_a_conflict_about_what_a_role_hides_is_not_decided_by_others(at_work: Office) -> None:
    manager, other, clerk = at_work.clerk("manager"), at_work.clerk("manager"), at_work.clerk()
    at_work.write({("employer_role", 501, ""): {"role": "manager", "areas": '["bank"]'}})
    other.push(op("person", PERSON, bank=(["", ""], ["BE68539007547034", ""])))
    late = manager.receipt(op("person", PERSON, bank=(["", ""], ["NL91ABNA0417164300", ""])))
    sly = op("person", PERSON, "resolve", first_name=("Mila", "Mila"))
    sly |= {"conflict": late["ops"][0]["conflicts"][0], "seen": [late["uid"]]}
    assert clerk.push(sly)[0] == {"outcome": "parked", "reason": "invalid"}
    assert manager.of_kind("conflict")[0]["open"]


def test_typing_on_after_a_lost_race_replaces_the_own_value(at_work: Office) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    ben.push(day(FULL))
    anna.hello()
    first = anna.mutation(day(HALF))
    second = anna.mutation(day(lines((SICK, 60)), HALF, after=first["uid"]))
    fates = [one["ops"][0]["outcome"] for one in anna.send(first, second)["results"]]
    assert fates == ["conflict", "conflict"]
    (conflict,) = ben.of_kind("conflict")
    waiting = [one["value"] for one in conflict["candidates"] if one["closed_by"] is None]
    assert waiting == [lines((SICK, 60))]


def test_fields_that_do_not_touch_merge(at_work: Office) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    ben.push(op("person", PERSON, first_name=("Mila", "Milan")))
    result = anna.push(op("person", PERSON, last_name=("Voorbeeld", "Verzonnen"), first_name=("Mila", "Mia")))
    assert result[0]["outcome"] == "conflict"
    assert result[0]["units"] == {"last_name": "applied", "first_name": "conflict"}
    row = ben.pull_all()["person", PERSON, ""]
    assert (row["first_name"], row["last_name"]) == ("Milan", "Verzonnen")


def test_a_deletion_and_an_edit_meet(at_work: Office) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    team: dict[str, Any] = {"name": (None, "Oven"), "manager_id": (None, None)}
    ben.push(op("team", 301, "ins", **team))
    anna.push(op("team", 301, name=("Oven", "Ovens")))
    gone = op("team", 301, "del", name=("Oven", None), manager_id=(None, None))
    assert ben.push(gone)[0]["outcome"] == "conflict"
    assert ben.of_kind("conflict")[0]["kind"] == "delete"
    seen = op("team", 301, "del", name=("Ovens", None), manager_id=(None, None))
    assert ben.push(seen)[0]["outcome"] == "applied"
    assert ("team", 301, "") not in anna.pull_all()
    late = anna.receipt(op("team", 301, name=("Ovens", "Bakery")))
    assert late["ops"][0]["outcome"] == "conflict"
    assert [one["kind"] for one in anna.of_kind("conflict")].count("deleted") == 1
    restore = op("team", 301, "resolve", name=(None, "Bakery"))
    restore |= {"conflict": late["ops"][0]["conflicts"][0], "seen": [late["uid"]]}
    assert anna.push(restore)[0]["outcome"] == "applied"
    assert ben.pull_all()["team", 301, ""] == {"name": "Bakery", "manager_id": None}


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (op("nonsense", 1, name=("", "x")), "unknown"),
        (op("non\0sense", 1, d="2026-0\x003-1", name=("", "x")), "unknown"),
        (op("person", PERSON, **_ODD), "unknown"),
        (op("person", PERSON, shoe_size=("", "x")), "unknown"),
        (op("conflict", 1, open=(True, False)), "invalid"),
        (op("employer", 999, name=("", "x")), "invalid"),
        (op("person", PERSON, first_name=("Mila", "x\0y")), "invalid"),
        (op("person", PERSON, first_name=("Mila", 1.5)), "invalid"),
        (op("person", PERSON, bank=(["", ""], ["BE00"])), "invalid"),
        (op("person", PERSON, "del", first_name=("Mila", None)), "in_use"),
        (op("person", 999, first_name=("", "x")), "deleted"),
        (op("contract", 401, "ins", person_id=(None, 999), start_date=(None, "2026-01-01")), "deleted"),
        (op("contract", 401, "ins", start_date=(None, "2026-01-01")), "invalid"),
        (op("pay_component", 401, "ins", note=(None, "of nobody")), "invalid"),
        (op("pay_component", 401, "resolve", note=(None, "of nobody")), "deleted"),
        (op("person", PERSON, number=("1", None)), "invalid"),
        (op("person", PERSON, first_name=("Mila", 12)), "invalid"),
        (op("person", PERSON, first_name=("Mila", "\x1b]0;x\x07")), "invalid"),
        (op("person", PERSON, birth_date=(None, "31/12/1990")), "invalid"),
        (op("leave_type", LEAVE, category=("absence", "nonsense")), "invalid"),
        (op("team", 401, "ins", name=(None, "x"), manager_id=(None, True)), "invalid"),
        (op("employer_role", 402, "ins", role=(None, "x"), areas=(1, "[]")), "invalid"),
        (day(lines((LEAVE, 1441))), "invalid"),
        (day(lines((LEAVE, 800), (SICK, 800))), "invalid"),
        (day([[LEAVE, 480, "whole", "approved", "manual"]]), "invalid"),
        (day(FULL, date="2026-02-30"), "invalid"),
        (day(FULL, date="2026-W10-1"), "invalid"),
        (day(lines((999, 480))), "deleted"),
        (day(FULL, person=999), "deleted"),
        (day(lines((GUARDED, 480))), "role"),
    ],
)
def test_what_cannot_be_is_parked_with_its_reason(
    at_work: Office, operation: dict[str, Any], reason: str
) -> None:
    anna = at_work.clerk()
    anna.push(day(FULL, date="2026-03-09"))
    before = anna.pull_all().copy()
    results = anna.push(operation, day(FULL, date="2026-03-10"))
    assert results == [{"outcome": "parked", "reason": reason}, {"outcome": "applied"}]
    assert set(anna.pull_all()) - set(before) == {("day", PERSON, "2026-03-10")}
    with at_work.database.transaction(anna.tenant, read_only=True) as con:
        assert con.all("SELECT reason, actor FROM parked WHERE tenant_id = ?", anna.tenant) == [
            (reason, "Anna")
        ]


def test_who_deletes_much_has_the_rows_looked_through_once(
    at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = at_work.clerk()
    teams = range(301, 331)
    anna.push(*(op("team", id_, "ins", name=(None, "Oven")) for id_ in teams))
    anna.push(op("person", PERSON, team_id=(None, 310)))
    looked: list[str] = []
    run = Connection._run

    def watched(self: Connection, queries: Any) -> Any:
        looked.extend(sql for sql, _ in queries if "units LIKE" in sql)
        return run(self, queries)

    monkeypatch.setattr(Connection, "_run", watched)
    gone = [op("team", id_, "del", name=("Oven", None), manager_id=(None, None)) for id_ in teams]
    results = anna.push(op("person", SECOND, team_id=(None, 320)), *gone)
    in_use = {teams[place] for place, one in enumerate(results[1:]) if one["outcome"] == "parked"}
    assert in_use == {310, 320}
    assert {one["reason"] for one in results if one["outcome"] == "parked"} == {"in_use"}
    assert len(looked) < 12


def test_roles_limit_what_is_written(at_work: Office) -> None:
    auditor, manager = at_work.clerk("auditor"), at_work.clerk("case_manager")
    assert auditor.push(day(FULL))[0] == {"outcome": "parked", "reason": "role"}
    assert auditor.value() == []
    assert manager.push(day(lines((GUARDED, 480))))[0]["outcome"] == "applied"
    at_work.write({("employer_role", 501, ""): {"role": "manager", "areas": '["settings"]'}})
    rename = op("employer", 7, name=("Bakkerij De Korst", "De Korst"))
    assert at_work.clerk().push(rename)[0] == {"outcome": "parked", "reason": "role"}
    assert at_work.clerk("administrator").push(rename)[0]["outcome"] == "applied"


def test_a_number_that_two_gave_out_is_free_for_both_until_somebody_decides(at_work: Office) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    names: dict[str, Any] = {"first_name": (None, "Noa"), "last_name": (None, "Verzonnen")}
    ben.push(op("person", 601, "ins", number=(None, "9"), **names))
    result = anna.push(op("person", 602, "ins", number=(None, "9"), **names), day(FULL, person=602))
    assert result[0]["units"] == {"number": "conflict", "first_name": "applied", "last_name": "applied"}
    assert result[1]["outcome"] == "applied"
    assert ben.pull_all()["person", 602, ""]["number"] == "9-2"
    assert ben.of_kind("conflict")[0]["candidates"][0]["value"] == "9"


def test_a_number_that_many_give_out_is_not_tried_over_and_over(
    at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, taken = at_work.clerk(), Mock(wraps=checks.taken)
    monkeypatch.setattr(checks, "taken", taken)
    names: dict[str, Any] = {"number": (None, "9"), "first_name": (None, "Noa"), "last_name": (None, "V")}
    anna.push(*(op("person", id_, "ins", **names) for id_ in range(601, 661)))
    numbers = {units["number"] for key, units in anna.pull_all().items() if key[0] == "person"}
    assert {"9", "9-2", "9-60"} <= numbers
    assert taken.call_count < 200


def test_the_same_mark_twice_is_one_mark(at_work: Office) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    mark: dict[str, Any] = {
        "person_id": (None, PERSON),
        "month": (None, "2026-03"),
        "actor": (None, "x"),
        "at": (None, "2026-03-02 10:00:00"),
    }
    assert ben.push(op("month_check", 701, "ins", **mark))[0]["outcome"] == "applied"
    assert anna.push(op("month_check", 702, "ins", **mark))[0]["outcome"] == "noop"
    assert len(anna.of_kind("month_check")) == 1


def test_all_or_nothing_keeps_the_whole_back(at_work: Office) -> None:
    anna, ben = at_work.clerk(), at_work.clerk()
    ben.push(day(FULL))
    ops = [day(HALF, date="2026-03-03"), day(HALF)]
    assert anna.push(*ops, atom="all") == [{"outcome": "parked", "reason": "stale"}] * 2
    assert (anna.value("2026-03-03"), anna.of_kind("conflict")) == ([], [])
    ops = [day(HALF, date="2026-03-03"), day(HALF, FULL)]
    assert anna.push(*ops, atom="all") == [{"outcome": "applied"}] * 2


def test_a_batch_that_is_too_large_is_refused_whole(narrow: Office) -> None:
    anna = narrow.clerk()
    anna.hello()
    batch = [anna.mutation(day(FULL, date=f"2026-03-0{n}")) for n in range(1, 5)]
    assert anna.send(*batch, status=413)["code"] == "too_large"
    assert anna.send(*batch[:3])["last_mseq"] == 3
    assert anna.send(batch[3])["last_mseq"] == 4
    assert {key[2] for key in anna.snapshot() if key[0] == "day"} == {f"2026-03-0{n}" for n in range(1, 5)}
    assert SECOND
