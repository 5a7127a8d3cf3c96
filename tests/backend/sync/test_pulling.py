"""Pulling: whole commits in order, only what the roles may see, and a bootstrap that meets the feed."""

from __future__ import annotations

from typing import Any

import pytest

from hrtui.domain.sync.chain import next_chain
from tests.backend.sync.office import FULL, HALF, PERSON, SECOND, TENANT, Office, day, op


def test_pages_are_cut_between_commits_and_change_nothing(narrow: Office) -> None:
    anna, ben = narrow.clerk(), narrow.clerk()
    for number in range(1, 8):
        anna.push(day(FULL, date=f"2026-03-0{number}"), day(HALF, date=f"2026-03-1{number}"))
    anna.push(*(day(FULL, person=SECOND, date=f"2026-03-0{number}") for number in range(1, 5)))
    pages: list[dict[str, Any]] = []
    while not pages or pages[-1]["more"]:
        pages.append(ben.pull(limit=3))
    revisions = [commit["rev"] for page in pages for commit in page["commits"]]
    assert revisions == list(range(1, ben.cursor["rev"] + 1))
    assert all(
        sum(len(c["changes"]) for c in page["commits"]) <= 2 or len(page["commits"]) == 1 for page in pages
    )
    assert ben.rows == narrow.clerk().snapshot()


def test_a_commit_tells_who_made_it_and_of_what(at_work: Office) -> None:
    anna, ben = at_work.clerk(name="Anna"), at_work.clerk()
    receipt = anna.receipt(day(FULL))
    commit = ben.pull()["commits"][-1]
    assert (commit["by"], commit["device_id"], commit["uids"]) == ("Anna", anna.device_id, [receipt["uid"]])
    assert commit["changes"] == [
        {"e": "day", "id": PERSON, "d": "2026-03-02", "k": "set", "units": {"entries": FULL}}
    ]


def test_the_chain_can_be_checked(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.push(day(FULL))
    anna.push(day(HALF, FULL), op("person", PERSON, first_name=("Mila", "Mia")))
    with at_work.database.transaction(TENANT, read_only=True) as con:
        commits = con.all(
            "SELECT rev, chain, salt, device_id, uids FROM commit_log WHERE tenant_id = ? ORDER BY rev",
            TENANT,
        )
        chain = "0" * 64
        for rev, kept, salt, device_id, uids in commits:
            rows = con.all(
                "SELECT entity, row_id, date, kind, units FROM change"
                " WHERE tenant_id = ? AND rev = ? ORDER BY idx",
                TENANT,
                rev,
            )
            body = "\n".join([str(rev), device_id, uids, *(" ".join(map(str, row)) for row in rows)])
            chain = next_chain(chain, bytes.fromhex(salt), body)
            assert chain == kept


def test_roles_limit_what_is_seen(at_work: Office) -> None:
    at_work.write(
        {
            ("employer_role", 501, ""): {"role": "manager", "areas": '["bank", "pay_components"]'},
            ("person", PERSON, ""): {"bank": ["BE68539007547034", "BBRUBEBB"]},
            ("pay_component", 601, ""): {
                "person_id": PERSON, "type_id": 602, "months": ["2026-03", None],
                "amount": [100, None, None, "EUR"], "note": "", "batch_id": None,
            },
        }
    )  # fmt: skip
    clerk, manager, auditor = at_work.clerk(), at_work.clerk("manager"), at_work.clerk("auditor")
    for rows in (clerk.pull_all(), at_work.clerk().snapshot()):
        assert ("pay_component", 601, "") not in rows
        assert "bank" not in rows["person", PERSON, ""]
        assert rows["person", PERSON, ""]["first_name"] == "Mila"
    for rows in (manager.pull_all(), auditor.pull_all(), at_work.clerk("manager").snapshot()):
        assert rows["person", PERSON, ""]["bank"] == ["BE68539007547034", "BBRUBEBB"]
        assert ("pay_component", 601, "") in rows
    secret = op("person", PERSON, bank=(["", ""], ["BE43068999999501", ""]))
    assert clerk.push(secret)[0] == {"outcome": "parked", "reason": "role"}
    stale = manager.push(secret)[0]
    assert stale["outcome"] == "conflict"
    assert clerk.of_kind("conflict") == []
    assert len(manager.of_kind("conflict")) == 1


def test_cases_of_illness_are_for_case_managers(at_work: Office) -> None:
    at_work.write({("sickness_case", 801, ""): {"person_id": PERSON, "first_day": "2026-03-02"}})
    for role, sees in (
        ("clerk", False),
        ("auditor", False),
        ("administrator", False),
        ("case_manager", True),
    ):
        rows = at_work.clerk(role).pull_all()
        assert (("sickness_case", 801, "") in rows) is sees


def test_other_roles_mean_a_new_start(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.pull_all()
    at_work.write({("employer_role", 501, ""): {"role": "manager", "areas": '["bank"]'}})
    refused = anna.pull(409)
    assert refused["code"] == "scope_changed"
    anna.snapshot()
    assert anna.scope == refused["scope"]
    assert "bank" not in anna.rows["person", PERSON, ""]


def test_a_bootstrap_meets_the_feed(narrow: Office) -> None:
    anna, ben = narrow.clerk(), narrow.clerk()
    for number in range(1, 8):
        anna.push(day(FULL, date=f"2026-03-0{number}"))
    anna.push(day([], FULL, date="2026-03-01"))
    begun = ben.post("sync/snapshot", {"witness": None})
    ben.scope, ben.cursor = begun["scope"], begun["r0"]
    token, pages = begun["page_token"], 0
    while token:
        page = narrow.call("GET", f"/v1/t/{TENANT}/sync/snapshot/page?token={token}", ben.token).json()
        for entity, row_id, date, units, _ in page["rows"]:
            ben.rows[entity, row_id, date] = units
        if pages == 1:
            anna.push(day(HALF, FULL, date="2026-03-02"), day(FULL, date="2026-03-20"))
        token, pages = page["next_token"], pages + 1
    assert pages > 5
    whole = anna.pull_all()
    assert whole.pop(("day", PERSON, "2026-03-01"))["entries"] == []
    assert ben.pull_all() == whole


def test_a_single_kind_of_row_can_be_read_again(at_work: Office) -> None:
    anna = at_work.clerk()
    begun = anna.post("sync/snapshot", {"witness": None, "entities": ["leave_type"]})
    path = f"/v1/t/{TENANT}/sync/snapshot/page?token={begun['page_token']}"
    rows = at_work.call("GET", path, anna.token).json()["rows"]
    assert {row[0] for row in rows} == {"leave_type"}
    assert len(rows) == begun["rows"] == 3


def test_a_history_that_was_never_seen_is_refused_everywhere(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.push(day(FULL))
    anna.pull_all()
    position = dict(anna.witness)
    for wrong in ({**position, "chain": "f" * 64}, {**position, "rev": position["rev"] + 1}):
        anna.witness = wrong
        body = {"witness": wrong}
        wait = {**body, "cursor": wrong, "seconds": 0}
        for path, more in (("known", {"uids": []}), ("snapshot", {}), ("wait", wait)):
            refused = anna.post(f"sync/{path}", {**body, **more}, 409)
            assert (refused["code"], refused["head"]) == ("timeline_diverged", position)
        assert anna.pull(409)["code"] == "timeline_diverged"
        assert anna.send(anna.mutation(day(HALF, FULL)), status=409)["code"] == "timeline_diverged"
        assert anna.hello(409)["code"] == "timeline_diverged"
    anna.witness = position
    anna.cursor = {**position, "chain": "e" * 64}
    assert anna.pull(409)["code"] == "timeline_diverged"


def test_known_tells_which_mutations_arrived(at_work: Office) -> None:
    anna = at_work.clerk()
    receipt = anna.receipt(day(FULL))
    lost = "00000000-0000-4000-8000-000000000000"
    answer = anna.post("sync/known", {"witness": anna.witness, "uids": [lost, receipt["uid"]]})
    assert answer["known"] == [receipt]
    assert answer["unknown"] == [lost]


@pytest.mark.parametrize("token", ["", "x", "e30=", "eyJhZnRlciI6WzEsMl19"])
def test_a_made_up_token_is_refused(at_work: Office, token: str) -> None:
    anna = at_work.clerk()
    response = at_work.call("GET", f"/v1/t/{TENANT}/sync/snapshot/page?token={token}", anna.token)
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")
