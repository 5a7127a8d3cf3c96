"""The portal's flows of an account in a real terminal, in Dutch, from the empty start, against `hrtui serve`.

They are those of InComfort's page: activating with an authenticator app or SMS and backup codes, logging in.
E-mails and SMS arrive at a mail server and a gateway of the test.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.backend.accounts.phone import app_code
from tests.backend.accounts.service import NUMBER, PASSWORD, Post, mail_server, sms_gateway
from tests.backend.forwarding.servers import free_port, wait_for_port
from tests.pictures import cell_picture, read_code, write_png
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.desk import hrtui
from tests.pty.harness import PATIENCE, environment
from tests.pty.test_flows_sick import PASSWORD as OF_PROFILE
from tests.pty.test_flows_sick import Agency, say

pytestmark = pytest.mark.pty

EMPLOYER = "Bakkerij De Korst"
WRONG = "That code is not right, or was used before. Wait for the next one and try again."
OWN = "Proef Uitzend BV"
LOGGED_IN = say("You are logged in. Your employers are being fetched: see them with {key}.", key="")[:18]


@dataclass
class Served:
    """`hrtui serve` with an employer, and what it sent."""

    folder: Path
    url: str
    post: Post

    def invite(self, name: str) -> str:
        """Make a user as the administrator does; returns the token that was e-mailed, in Dutch."""
        user = f"name: {name}\nfull_name: An Peeters\nemail: {name}@example.org\n"
        asked = ("--config", str(self.folder / "backend.toml"), "--language", "nl", "--file", "-")
        hrtui(self.folder, "admin", "users", "add", *asked, typed=user)
        mail = self.post.mails[-1]
        assert (mail["Subject"], mail["To"]) == (say("Your hrtui account"), f"{name}@example.org")
        return self.post.token()

    def half_a_minute_passes(self) -> None:
        """As long as the backend waits between two SMS."""
        with closing(sqlite3.connect(self.folder / "server.db", isolation_level=None)) as con:
            con.execute("UPDATE login_challenge SET sms_sent_at = sms_sent_at - 30")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, post, port = tmp_path_factory.mktemp("server"), Post(), free_port()
    config = folder / "backend.toml"
    with mail_server(post) as mail, sms_gateway(post) as sms:
        config.write_text(
            f'database = "sqlite:///{folder}/server.db"\nport = {port}\nlog_level = "error"\n'
            f'[accounts]\nkey_file = "{folder}/accounts.key"\nmail = "{mail}"\nsms = "{sms}"\n'
        )
        serving = subprocess.Popen(
            [*HRTUI, "serve", "--config", str(config)],
            env=environment(folder) | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for_port(port, PATIENCE)
            named = ("--name", EMPLOYER, "--country", "NL", "--language", "nl", "--config", str(config))
            hrtui(folder, "admin", "employers", "add", *named)
            yield Served(folder, f"http://127.0.0.1:{port}", post)
        finally:
            serving.terminate()
            serving.wait(PATIENCE)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a profile that no backend knows."""
    home = tmp_path_factory.mktemp("account")
    init = ("--profile", "bureau", "init", "--employer", OWN, "--country", "NL", "--password-stdin")
    hrtui(home, *init, typed=f"{OF_PROFILE}\n")
    return home


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Iterator[Agency]:
    with Agency(Path(shutil.copytree(empty, tmp_path / "home"))) as one:
        yield one


def begin(desk: Agency, served: Served, name: str) -> None:
    """From the empty start to the choice of the second step: token, user name, password."""
    token = served.invite(name)
    desk.says("<C-t>a2", "Activate your account")
    desk.paste(served.url, served.url)
    desk.do("<enter>")
    desk.paste(token, token)
    desk.says("<enter><enter>", "Your user name is “{name}”: remember it.", name=name)
    desk.says("welkom01", "Strength: {words}", words=say("weak"))
    desk.says(f"<C-u>{PASSWORD}", "Strength: {words}", words=say("strong"))
    desk.says(f"<enter>{PASSWORD}<enter>", "Second step when you log in")


def add_app(desk: Agency, key: str, folder: Path) -> str:
    """Scan the code on the screen as a phone does, and type what it shows; returns the app's secret."""
    desk.says(key, "Authenticator app")
    desk.do("", say("No camera? Type this in the app, as a key based on time:")[:13])
    desk.program.settle()
    write_png(cell_picture(desk.program.cells()), folder / "code.png")
    found = re.search(r"secret=(\w+)", read_code(folder / "code.png"))
    assert found is not None
    desk.do("000000<enter>", say(WRONG)[:22])
    desk.do(f"{app_code(found[1], datetime.now(UTC))}<enter>")
    return found[1]


def add_sms(desk: Agency, served: Served, key: str) -> None:
    """Have an SMS sent to the mobile number, and type its code."""
    desk.says(key, "Mobile number:")
    desk.says(f"{NUMBER}<enter>", "An SMS with a code is on its way to {number}.", number=NUMBER)
    desk.do(f"{served.post.code()}<enter>")


def keep_codes(desk: Agency) -> list[str]:
    """The backup codes: going on needs a yes that they are saved; then the employer arrives."""
    desk.says("", "Type {key} once you have saved them.", key="j")
    codes = re.findall(r"\d\d-[0-9A-Z]{5}-[0-9A-Z]{5}", desk.text)
    assert len(codes) == 10
    desk.do("j", LOGGED_IN)
    return codes


def log_out(desk: Agency) -> None:
    """End the log-in of this device."""
    desk.says("<C-t>a", "Backup codes left: {n}", n="")
    desk.says("4", "You are logged out.")


def password(desk: Agency) -> None:
    """The first step of logging in: backend and user name stand there already."""
    desk.says("<C-t>a1", "Log in")
    desk.do(f"{PASSWORD}<enter>")


def test_an_account_is_activated_with_an_app_and_a_lost_phone_does_not_lock_it(
    desk: Agency, served: Served, tmp_path: Path
) -> None:
    begin(desk, served, "an.peeters")
    secret = add_app(desk, "1", tmp_path)
    desk.says("", "No other second step")
    desk.do("2")
    codes = keep_codes(desk)
    log_out(desk)
    password(desk)
    desk.says("", "Log in: {method}", method=say("Authenticator app"))
    desk.do(f"{app_code(secret, datetime.now(UTC) + timedelta(seconds=30))}<enter>", LOGGED_IN)
    log_out(desk)
    password(desk)
    desk.says("", "Log in: {method}", method=say("Authenticator app"))
    desk.says("<f2>", "when the phone is lost")
    desk.says("2", "Log in: {method}", method=say("Backup code"))
    desk.do(f"{codes[0]}<enter>", LOGGED_IN)
    desk.says("<C-t>a", "Backup codes left: {n}", n=9)
    desk.do("", f"{EMPLOYER}: {say('clerk')}")
    desk.do("<C-t>0", EMPLOYER, OWN)
    desk.leave()


def test_an_account_is_activated_with_sms_and_app_and_each_log_in_asks_which(
    desk: Agency, served: Served, tmp_path: Path
) -> None:
    begin(desk, served, "bo.claes")
    add_sms(desk, served, "2")
    desk.says("", "Another second step helps when the phone or the app fails.")
    secret = add_app(desk, "1", tmp_path)
    keep_codes(desk)
    log_out(desk)
    password(desk)
    desk.says("", "a code is sent to {number}", number="+32 … 56")
    desk.says("2", "An SMS with a code is on its way to {number}.", number="+32 … 56")
    desk.do("<f2>2", "Wacht ", say("The code of the SMS before still counts."))
    served.half_a_minute_passes()
    desk.says("<f2>2", "An SMS with a code is on its way to {number}.", number="+32 … 56")
    desk.do(f"{served.post.code()}<enter>", LOGGED_IN)
    log_out(desk)
    password(desk)
    desk.says("", "a code is sent to {number}", number="+32 … 56")
    desk.says("1", "Log in: {method}", method=say("Authenticator app"))
    desk.do(f"{app_code(secret, datetime.now(UTC) + timedelta(seconds=30))}<enter>", LOGGED_IN)
    desk.leave()
