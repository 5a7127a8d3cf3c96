"""Each way to a provider against a real server: what arrives, what is refused, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from aiosmtpd.controller import Controller

from hrtui.backend.forwarding.channels.port import DeliveryError, Setup
from hrtui.backend.forwarding.channels.sftp import host_key_of
from hrtui.backend.forwarding.package import Package
from hrtui.backend.forwarding.setup import channel
from tests.backend.forwarding.servers import Sshd, Uploads, free_port, https_server, sshd

ID = 7_654_321
FILES = [("entries.csv", b"number;minutes\r\n101;456\r\n"), ("a b.txt", "é".encode() * 200_000)]
PACKAGE = Package(ID, f"voorbeeld-nv-2026-09-1-{ID}", f"Voorbeeld NV 2026-09 (1) {ID}", FILES)


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    with https_server(tmp_path) as running:
        yield running


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_folder_has_everything_at_once(tmp_path: Path) -> None:
    setup = Setup("folder", {"path": str(tmp_path / "out")})
    place = Path(channel(setup).send(PACKAGE))
    assert place.name == PACKAGE.name
    assert content(place) == dict(FILES)
    assert channel(setup).send(replace(PACKAGE, tries=2)) == str(place)
    assert [one.name for one in (tmp_path / "out").iterdir()] == [PACKAGE.name]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeliveryError, match="cannot be used"):
        channel(Setup("folder", {"path": str(tmp_path / "file" / "out")})).send(PACKAGE)


def test_sftp_brings_a_folder_and_repeats_nothing(provider: Sshd) -> None:
    way = channel(provider.setup())
    assert "takes the log-in" in way.test()
    assert PACKAGE.name in way.send(PACKAGE)
    assert content(provider.inbox / PACKAGE.name) == dict(FILES)
    before = (provider.inbox / PACKAGE.name).stat().st_ino
    way.send(replace(PACKAGE, tries=2))
    assert (provider.inbox / PACKAGE.name).stat().st_ino == before
    assert [path.name for path in provider.inbox.iterdir()] == [PACKAGE.name]


def test_sftp_talks_to_no_other_server(provider: Sshd) -> None:
    assert host_key_of("127.0.0.1", provider.port).split()[:2] == provider.host_key.split()[:2]
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    with pytest.raises(DeliveryError, match="another key") as told:
        channel(provider.setup(host_key=other)).send(PACKAGE)
    assert told.value.hopeless


def test_sftp_says_why_it_does_not_work(provider: Sshd) -> None:
    stranger = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
    setup = provider.setup()
    with pytest.raises(DeliveryError, match="refuses the log-in"):
        channel(replace(setup, secrets={"key": stranger})).send(PACKAGE)
    with pytest.raises(DeliveryError, match="cannot be reached"):
        channel(provider.setup(port=str(free_port()))).send(PACKAGE)
    with pytest.raises(DeliveryError, match="no such folder"):
        channel(provider.setup(path="/nowhere/at/all")).send(PACKAGE)
    with pytest.raises(DeliveryError, match="no folder"):
        channel(provider.setup(path="/nowhere/at/all")).test()


def test_sftp_reads_whole_answers_only(provider: Sshd) -> None:
    for name in ("b.csv", "a.json", ".c.csv", "d.csv.part"):
        (provider.returns / name).write_text(name)
    found = list(channel(provider.setup()).answers())
    assert found == [("a.json", b"a.json"), ("b.csv", b"b.csv")]


def test_https_sends_one_form_or_each_file(uploads: Uploads) -> None:
    settings = {"url": uploads.url, "ca_file": str(uploads.ca_file)}
    channel(Setup("https", settings, {"token": "s3cret"})).send(replace(PACKAGE, tries=2))
    ((method, path, headers, body),) = uploads.taken
    assert (method, path) == ("POST", "/in")
    assert headers["Authorization"] == "Bearer s3cret"
    lowered = {name.casefold(): value for name, value in headers.items()}
    assert (lowered["idempotency-key"], lowered["hrtui-try"]) == (str(ID), "2")
    parts = message_from_bytes(
        b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + body, policy=policy.HTTP
    )
    sent: dict[Any, Any] = {part.get_filename(): part.get_payload(decode=True) for part in parts.iter_parts()}
    assert {name: sent[name] for name, _ in FILES} == dict(FILES)
    uploads.taken.clear()
    channel(Setup("https", {**settings, "method": "PUT"})).send(PACKAGE)
    assert [(one[0], one[1].rsplit("/", 1)[1], one[3]) for one in uploads.taken] == [
        ("PUT", "entries.csv", FILES[0][1]),
        ("PUT", "a%20b.txt", FILES[1][1]),
    ]


def test_https_says_why_it_does_not_work(uploads: Uploads) -> None:
    settings = {"url": uploads.url, "ca_file": str(uploads.ca_file)}
    uploads.status = 503
    with pytest.raises(DeliveryError, match="HTTP 503"):
        channel(Setup("https", settings)).send(PACKAGE)
    with pytest.raises(DeliveryError, match="certificate is not trusted"):
        channel(Setup("https", {"url": uploads.url})).send(PACKAGE)
    nobody = {**settings, "url": f"https://localhost:{free_port()}/"}
    with pytest.raises(DeliveryError, match="cannot be reached"):
        channel(Setup("https", nobody)).send(PACKAGE)


class Post:
    """Keeps the mails that come."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        found = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append(found)
        return "250 OK"


def test_a_file_of_authorities_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    for name in ("missing.pem", "empty.pem"):
        shared = {"ca_file": str(tmp_path / name)}
        mail = Setup("mail", shared, {"server": "smtps://127.0.0.1:1"})
        for setup in (mail, Setup("https", {"url": "https://127.0.0.1:1", **shared})):
            with pytest.raises(DeliveryError, match=f"{name} with the CA cannot be read"):
                channel(setup).test()


def test_mail_brings_the_files_under_one_id() -> None:
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings = {"to": "in@provider.example", "from": "hr@example.org"}
    setup = Setup("mail", settings, {"server": f"smtp://127.0.0.1:{controller.port}"})
    try:
        assert "takes the log-in" in channel(setup).test()
        channel(setup).send(PACKAGE)
        channel(setup).send(replace(PACKAGE, tries=2))
    finally:
        controller.stop()
    first, second = post.mails
    files = {part.get_filename(): part.get_content() for part in first.iter_attachments()}
    assert files == dict(FILES)
    assert first["Message-ID"] == second["Message-ID"] == f"<transmission-{ID}@example.org>"
    assert str(ID) in first["Subject"]
    assert "try 2" in second["Subject"]
    assert "try" not in first["Subject"]
    with pytest.raises(DeliveryError, match="cannot be reached"):
        channel(setup).send(PACKAGE)
