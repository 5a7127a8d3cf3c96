"""`hrtui admin channels` and `deliver`: secrets by reference only, a server's key compared first."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncssh
import pytest

from hrtui.backend.forwarding.channels.port import Setup
from hrtui.backend.forwarding.channels.sftp import fingerprint
from hrtui.cli.run import run
from tests.backend.forwarding.desk import Desk, Office
from tests.backend.forwarding.servers import Sshd, sshd
from tests.sync.world import TENANT

Admin = Callable[..., tuple[int, str, str]]


@pytest.fixture
def database_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A SQLite file: the words are the same everywhere."""
    file = tmp_path / "server.db"
    file.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{file}"


@pytest.fixture
def admin(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Admin:
    """Runs `hrtui admin …`; gives code, data and talk."""
    config = tmp_path / "backend.toml"
    keys = f'[accounts]\nkey_file = "{office.folder}/accounts.key"\n'
    config.write_text(f'database = "{office.server.url}"\nlog_level = "error"\n{keys}')

    def call(*words: str, typed: str = "") -> tuple[int, str, str]:
        capsys.readouterr()
        before, sys.stdin = sys.stdin, io.StringIO(typed)
        try:
            code = run(["admin", *words, "--config", str(config), "--lang", "en"])
        finally:
            sys.stdin = before
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Sshd]:
    with sshd(tmp_path / "provider") as running:
        yield running


def test_an_sftp_channel_from_a_file(
    admin: Admin, office: Office, ann: Desk, provider: Sshd, tmp_path: Path
) -> None:
    key = tmp_path / "id"
    key.write_text(provider.private_key)
    settings = provider.setup().settings
    lines = [f"{name}: {value}" for name, value in settings.items() if name != "host_key"]
    file = tmp_path / "channel.txt"
    file.write_text("\n".join([*lines, "kind: sftp", "name: Acerta", f"key_file: {key}"]))
    code, _, err = admin("channels", "add", "--file", str(file))
    assert code == 1
    shown = next(line for line in err.splitlines() if line.startswith("host_key: "))
    assert provider.host_key.split()[1] in shown
    assert "SHA256:" in err
    with file.open("a") as more:
        more.write(f"\n{shown}\n")
    code, _, err = admin("channels", "add", "--file", str(file))
    assert (code, "is there" in err) == (0, True)
    code, _, err = admin("channels", "test", "--name", "acerta")
    assert (code, "takes the log-in" in err) == (0, True)
    sent = ann.forward().transmission_id
    code, out, _ = admin("channels", "list", "--json")
    (told,) = json.loads(out)
    assert (code, told["name"], told["waiting"]) == (0, "Acerta", 1)
    code, _, err = admin("deliver", "--once")
    assert (code, "1 delivery" in err) == (0, True)
    (place,) = provider.arrived()
    assert place.name.endswith(str(sent))
    with office.database.transaction(TENANT) as con:
        kept = con.all("SELECT * FROM delivery_channel WHERE tenant_id = ?", TENANT)
    assert "PRIVATE" not in out + repr(kept)
    assert admin("channels", "remove", "--name", "Acerta")[0] == 0
    assert "no channel yet" in admin("channels", "list")[2]


def test_the_list_tells_what_was_given_up_and_which_answers_cannot_be_read(
    admin: Admin, office: Office, ann: Desk, tmp_path: Path
) -> None:
    inbox, returns = tmp_path / "out", tmp_path / "returns"
    returns.mkdir()
    (returns / "bad.csv").write_text("transmission;person;status;reason\n5;;perhaps;\n")
    office.add_channel("Acerta", Setup("folder", {"path": str(inbox), "returns": str(returns)}))
    ann.forward()
    assert admin("deliver", "--once")[0] == 0
    (told,) = json.loads(admin("channels", "list", "--json")[1])
    assert (told["waiting"], told["given_up"], told["problem"]) == (0, 0, "")
    (unread,) = told["unread_answers"]
    assert (unread["name"], unread["problem"]) == (
        "bad.csv", "Line 1: the status must be accepted or rejected.",
    )  # fmt: skip
    with office.database.transaction(TENANT) as con:
        con.execute("UPDATE delivery SET status = 'failed', problem = 'full' WHERE tenant_id = ?", TENANT)
    _, out, _ = admin("channels", "list")
    first, second = out.splitlines()
    assert first.split() == ["Acerta", "folder", str(inbox), "0", "wait,", "1", "given", "up", "full"]
    assert "bad.csv of 20" in second
    assert second.endswith("cannot be read  Line 1: the status must be accepted or rejected.")


def test_a_new_key_of_a_server_is_compared_and_pinned(
    admin: Admin, office: Office, ann: Desk, provider: Sshd
) -> None:
    old = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    known, shown = fingerprint(old), fingerprint(provider.host_key)
    office.add_channel("Acerta", provider.setup(host_key=old))
    sent = ann.forward().transmission_id
    assert admin("deliver", "--once")[0] == 0
    ann.sync()
    status, reason = ann.transmission(sent)
    assert (status, known in reason, shown in reason) == ("failed", True, True)
    assert provider.arrived() == []
    code, _, err = admin("channels", "pin", "--name", "acerta")
    assert (code, known in err, shown in err) == (1, True, True)
    assert admin("channels", "pin", "--name", "acerta", "--fingerprint", known)[0] == 1
    assert admin("channels", "test", "--name", "acerta")[0] == 1, "nothing is pinned by comparing"
    code, _, err = admin("channels", "pin", "--name", "acerta", "--fingerprint", shown)
    assert (code, "1 delivery was given up" in err) == (0, True)
    assert "nothing to do" in admin("channels", "pin", "--name", "acerta")[2]
    ann.port.deliver_again(TENANT, sent)
    assert admin("deliver", "--once")[0] == 0
    (place,) = provider.arrived()
    assert place.name.endswith(str(sent))
    ann.sync()
    assert ann.transmission(sent)[0] == "delivered"
    with office.database.transaction(TENANT, read_only=True) as con:
        deeds = con.all("SELECT action FROM audit WHERE tenant_id = ?", TENANT)
    assert ("channel key pinned",) in {tuple(one) for one in deeds}


def test_only_servers_of_sftp_have_a_key(admin: Admin, office: Office, tmp_path: Path) -> None:
    office.add_channel("Folder", Setup("folder", {"path": str(tmp_path / "out")}))
    code, _, err = admin("channels", "pin", "--name", "folder")
    assert (code, "has no key" in err) == (2, True)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("kind: pigeon", "folder, sftp, https, mail"),
        ("kind: folder", "“path”"),
        ("kind: folder\npath: here", "from / on"),
        ("kind: folder\npath: /tmp\ncolour: red", "no setting “colour”"),
        ("kind: folder\npath: /tmp\npassword_env: HRTUI_TEST_SECRET", "no secret “password”"),
        ("kind: sftp\nhost: h\nuser: u\nhost_key: x\npassword_env: HRTUI_TEST_SECRET", "no public key"),
        ("kind: sftp\nhost: h\nuser: u\nhost_key: ssh-ed25519 AAAA", "password or a private key"),
        ("kind: https\nurl: http://example.org", "https://"),
        ("kind: https\nurl: https://u:p@example.org", "as a secret"),
        ("kind: mail\nto: a\nfrom: b", "e-mail addresses"),
        ("kind: mail\nto: a@b.c\nfrom: b@b.c", "mail server"),
        ("kind: https\nurl: https://example.org\ntoken_env: HRTUI_NOT_THERE", "no HRTUI_NOT_THERE"),
        ("kind: https\nurl: https://example.org\ntoken_file: /not/there", "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    admin: Admin, monkeypatch: pytest.MonkeyPatch, lines: str, told: str
) -> None:
    monkeypatch.setenv("HRTUI_TEST_SECRET", "s3cret")
    code, out, err = admin("channels", "add", "--file", "-", typed=f"name: One\n{lines}\n")
    assert code in (1, 2)
    assert told in err
    assert "s3cret" not in out + err
