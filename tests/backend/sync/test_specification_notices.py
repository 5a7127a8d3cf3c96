"""The e-mail that a benefit specification came, on both databases: to whom, in which words, how often."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.backend.sync.office import Clerk, Office, op

SPECIFICATION = {
    "month": "2026-08",
    "received_on": "2026-09-10",
    "policy_number": "P-9",
    "insurer": "Zorgvoorbeeld",
    "policy": "{}",
    "lines": '[["Testman, Ann", null, null, 5, 61000]]',
    "cents": 61000,
    "currency": "EUR",
    "document_id": None,
}


@dataclass
class Postbox:
    """A mail server that keeps what it takes."""

    sends_mail: bool = True
    sends_sms: bool = False
    takes: bool = True
    letters: list[tuple[str, str, str]] = field(default_factory=list)

    def mail(self, address: str, subject: str, body: str) -> bool:
        """Take an e-mail."""
        if self.takes:
            self.letters.append((address, subject, body))
        return self.takes

    def sms(self, number: str, body: str) -> bool:
        """Take no SMS."""
        return False


@pytest.fixture
def postbox(at_work: Office, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")
    box = Postbox()
    at_work.app.state.accounts = replace(at_work.app.state.accounts, notifier=box)
    return box


def member(office: Office, name: str, *roles: str, language: str = "en", **more: Any) -> Clerk:
    """Somebody who is logged in and has an address."""
    clerk = office.clerk(*roles, name=name, **more)
    with office.database.transaction(None) as con:
        con.execute(
            "UPDATE user_account SET email = ?, language = ?, activated_at = 1 WHERE id = ?",
            f"{name.lower()}@example.org", language, clerk.user_id,
        )  # fmt: skip
    return clerk


def add(clerk: Clerk, row_id: int, **more: Any) -> dict[str, Any]:
    """The mutation that adds a specification, sent."""
    units: dict[str, Any] = {name: (None, value) for name, value in {**SPECIFICATION, **more}.items()}
    mutation = clerk.mutation(op("benefit_specification", row_id, "ins", **units))
    (receipt,) = clerk.send(mutation)["results"]
    assert [one["outcome"] for one in receipt["ops"]] == ["applied"]
    return mutation


def test_who_may_see_cases_is_told_once_and_of_nobody(at_work: Office, postbox: Postbox) -> None:
    ann = member(at_work, "Ann", "case_manager")
    member(at_work, "Bea", "case_manager", "clerk", language="en")
    member(at_work, "Casper", "clerk", "manager", "administrator")
    member(at_work, "Dora", "auditor")
    member(at_work, "Else", "case_manager", tenant=8)
    away = member(at_work, "Fien", "case_manager")
    with at_work.database.transaction(None) as con:
        con.execute("UPDATE user_account SET disabled_at = 1 WHERE id = ?", away.user_id)
    mutation = add(ann, 501)
    assert [address for address, _, _ in postbox.letters] == ["ann@example.org", "bea@example.org"]
    subject, body = postbox.letters[0][1:]
    assert subject == "A new benefit specification"
    assert "A new benefit specification of August 2026 is ready in hrtui, at Bakkerij De Korst." in body
    assert "Testman" not in subject + body
    assert "610" not in subject + body
    ann.send(mutation)
    changed = op("benefit_specification", 501, "set", insurer=("Zorgvoorbeeld", "Zeker Voorbeeld"))
    assert ann.push(changed)[0]["outcome"] == "applied"
    assert len(postbox.letters) == 2, "the same specification is told once"
    add(ann, 502, month="2026-07", received_on="2026-09-11")
    assert len(postbox.letters) == 4


def test_the_month_is_written_in_the_language_of_the_member(at_work: Office, postbox: Postbox) -> None:
    add(member(at_work, "Ann", "case_manager", language="fr"), 501)
    assert "août 2026" in postbox.letters[0][2]


def test_history_that_is_brought_in_is_no_news(at_work: Office, postbox: Postbox) -> None:
    add(member(at_work, "Ann", "case_manager"), 501, received_on="2026-08-01")
    assert postbox.letters == []


def test_a_mail_server_that_is_away_keeps_nothing_from_being_taken(at_work: Office, postbox: Postbox) -> None:
    postbox.takes = False
    ann = member(at_work, "Ann", "case_manager")
    add(ann, 501)
    assert len(ann.of_kind("benefit_specification")) == 1
    postbox.takes = True
    add(ann, 502, received_on="2026-09-11")
    assert len(postbox.letters) == 2, "the one that could not be told is told with the next"
