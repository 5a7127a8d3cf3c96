"""The e-mail that a benefit specification came, on both databases: to whom, in which words, how often."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from hrtui import clock
from hrtui.backend import specification_notices
from hrtui.backend.forwarding import queue
from tests.backend.sync.office import TENANT, Clerk, Office, op

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
    refuses: set[str] = field(default_factory=set)
    letters: list[tuple[str, str, str]] = field(default_factory=list)

    def mail(self, address: str, subject: str, body: str) -> bool:
        """Take an e-mail."""
        taken = self.takes and address not in self.refuses
        if taken:
            self.letters.append((address, subject, body))
        return taken

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


def later(office: Office, monkeypatch: pytest.MonkeyPatch, hours: int) -> int:
    """What the deliverer of the service does so many hours on."""
    moment = clock.seconds() + hours * 3600
    monkeypatch.setattr(clock, "seconds", lambda: moment)
    done: int = office.app.state.deliverer.once()
    return done


def test_a_mail_server_that_is_away_is_asked_again(
    at_work: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without another specification; whoever was told is not told again."""
    postbox.refuses = {"bea@example.org"}
    ann = member(at_work, "Ann", "case_manager")
    member(at_work, "Bea", "case_manager")
    add(ann, 501)
    assert [address for address, _, _ in postbox.letters] == ["ann@example.org"]
    assert at_work.app.state.deliverer.once() == 0, "not at once"
    assert later(at_work, monkeypatch, 5) == 0, "still away"
    postbox.refuses = set()
    assert later(at_work, monkeypatch, 5) == 1
    assert [address for address, _, _ in postbox.letters] == ["ann@example.org", "bea@example.org"]
    assert later(at_work, monkeypatch, 5) == 0
    assert len(postbox.letters) == 2


def test_a_worker_that_ends_before_it_tells_loses_nothing(
    at_work: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> int:
        raise KeyboardInterrupt

    ann = member(at_work, "Ann", "case_manager")
    with monkeypatch.context() as dying:
        dying.setattr(specification_notices, "tell_of_new", die)
        with pytest.raises(KeyboardInterrupt):
            add(ann, 501)
    assert postbox.letters == []
    assert at_work.app.state.deliverer.once() == 1
    assert len(postbox.letters) == 1


def test_two_workers_tell_once_and_one_that_died_is_taken_over(
    at_work: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = member(at_work, "Ann", "case_manager")
    deliverer = at_work.app.state.deliverer

    others: list[int] = []

    def dies(address: str, subject: str, body: str) -> bool:
        others.append(deliverer.once())
        raise RuntimeError("the worker ends while it sends")

    with monkeypatch.context() as dying:
        dying.setattr(postbox, "mail", dies)
        add(ann, 501)
    assert others == [0], "another worker leaves alone what one has begun"
    assert deliverer.once() == 0
    assert later(at_work, monkeypatch, 1) == 1
    assert len(postbox.letters) == 1


def test_what_is_no_news_any_more_or_was_taken_back_waits_no_longer(
    at_work: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    postbox.takes = False
    ann = member(at_work, "Ann", "case_manager")
    add(ann, 501)
    monkeypatch.setenv("HRTUI_TODAY", "2026-11-01")
    postbox.takes = True
    assert later(at_work, monkeypatch, 24) == 0
    with at_work.database.transaction(TENANT, read_only=True) as con:
        assert con.all("SELECT rev FROM command_receipt WHERE name = ?", queue.NOTICE) == [(0,)]
    assert postbox.letters == []
