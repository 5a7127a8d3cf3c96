"""Workers killed at every place of every way to a provider: nothing is there twice without saying so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from hrtui.backend.forwarding.channels.port import Setup
from tests.backend.forwarding.desk import Desk, Office
from tests.backend.forwarding.mortal import STEPS, mortals
from tests.backend.forwarding.servers import Sshd, Uploads, free_port, https_server, sshd
from tests.payroll.parsers import checked_sums
from tests.sync.world import PEOPLE

AFTER_SENDING = ("deliver.uploaded", "deliver.renamed", "deliver.sent")
"""Where the provider has it all and the backend does not know."""


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Sshd]:
    with sshd(tmp_path / "provider") as running:
        yield running


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    with https_server(tmp_path) as running:
        yield running


@dataclass
class Inbox:
    """A mail server's messages: id and subject."""

    port: int
    mails: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content)
        self.mails.append((str(mail["Message-ID"]), str(mail["Subject"])))
        return "250 taken"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    taken = Inbox(free_port())
    server = Controller(taken, hostname="127.0.0.1", port=taken.port)
    server.start()
    yield taken
    server.stop()


def forwarded(desk: Desk, number: int) -> str:
    """Change a day of somebody and forward it; returns the transmission."""
    desk.enter(PEOPLE[0], number, desk.leave())
    desk.sync()
    sent = desk.forward().transmission_id
    desk.unlock(PEOPLE[0])
    desk.sync()
    return str(sent)


def each_death(office: Office, desk: Desk) -> Iterator[tuple[str, str]]:
    """Forward for each place, let a worker die there and another one go on: (place, transmission)."""
    with mortals(office.server.url, office.folder) as workers:
        for number, place in enumerate(STEPS, 1):
            sent = forwarded(desk, number)
            assert workers.die_at(place), place
            assert office.worker().once() == 0, "its lease is not over"
            office.hasten()
            assert office.worker().once() == (0 if place == "deliver.finished" else 1)
            assert office.deliveries()[-1][1] == "delivered"
            assert office.worker().once() == 0
            yield place, sent


def test_an_sftp_server_has_each_transmission_once_and_whole(
    office: Office, ann: Desk, provider: Sshd
) -> None:
    office.add_channel("Provider", provider.setup())
    arrived: list[str] = []
    for place, sent in each_death(office, ann):
        arrived.append(sent)
        manifests = [json.loads(checked_sums(one)["manifest.json"]) for one in provider.arrived()]
        assert sorted(one["transmission"] for one in manifests) == sorted(arrived), place
        assert len([*provider.inbox.iterdir()]) == len(arrived), "what the dead worker left is gone"


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_upload_that_may_be_there_is_repeated_under_its_id(
    office: Office, ann: Desk, uploads: Uploads, method: str
) -> None:
    settings = {"url": uploads.url, "ca_file": str(uploads.ca_file), "method": method}
    office.add_channel("Upload", Setup("https", settings))
    for place, sent in each_death(office, ann):
        told = [(one[1], {name.casefold(): value for name, value in one[2].items()}) for one in uploads.taken]
        assert {head["idempotency-key"] for _, head in told} == {sent}
        tries = [(path, head["hrtui-try"]) for path, head in told]
        assert len(tries) == len({*tries}), f"{place}: twice the same, unmarked"
        first = {number for _, number in tries}
        if place in AFTER_SENDING:
            assert first == {"1", "2"}
        else:
            assert first == {"1" if place == "deliver.finished" else "2"}
        uploads.taken.clear()


def test_a_mail_that_may_be_there_is_repeated_under_its_id(office: Office, ann: Desk, inbox: Inbox) -> None:
    settings = {"to": "loon@provider.example", "from": "hrtui@voorbeeld.example"}
    server = {"server": f"smtp://127.0.0.1:{inbox.port}"}
    office.add_channel("Mail", Setup("mail", settings, server))
    for place, sent in each_death(office, ann):
        ids = {id_ for id_, _ in inbox.mails}
        assert ids == {f"<transmission-{sent}@voorbeeld.example>"}
        marked = [subject.endswith("(try 2)") for _, subject in inbox.mails]
        if place in AFTER_SENDING:
            assert marked == [False, True], place
        else:
            assert marked == [place == "deliver.taken"], place
        inbox.mails.clear()
