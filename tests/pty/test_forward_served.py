"""The end of a month through `hrtui serve`: 300 people go to a real SFTP server, which dies in the middle."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from hrtui.backend.accounts.vault import Vault
from hrtui.backend.database import Database
from hrtui.backend.forwarding.setup import add_channel
from hrtui.backend.migrate import migrate
from hrtui.backend.sync.tenants import OPERATOR, create_tenant, write_rows
from hrtui.store import keys
from hrtui.store.employers import employers
from hrtui.store.profile import find_profile
from hrtui.store.remembered import remember
from hrtui.store.store import Store
from hrtui.sync import state
from hrtui.sync.rows import Rows
from tests.backend.forwarding.servers import Sshd, free_port, sshd, wait_for_port
from tests.payroll.parsers import Books, booked, checked_sums, read_generic
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.desk import Desk, export, hrtui
from tests.pty.harness import environment
from tests.pty.paper import PEOPLE
from tests.pty.test_flows_forward import entered
from tests.sync.world import keys_of

pytestmark = pytest.mark.pty

LAST_DAY, NEXT_MONTH = "2026-05-29", "2026-06-03"
UNENTERED = {"AD", "BF", "VF"}
OVERTIME = {"OVU"}
TOKEN = "token-of-the-clerk"
PATIENCE = 20.0


@dataclass
class Backend:
    """`hrtui serve` on a SQLite file, to be started, killed and started again."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'server.db'}"

    @contextmanager
    def running(self, day: str, dies_at: str = "") -> Iterator[subprocess.Popen[bytes]]:
        """The service on a day; it kills itself at the named place."""
        config = self.folder / "backend.toml"
        config.write_text(
            f'database = "{self.url}"\nport = {self.port}\nlog_level = "error"\n'
            f'[accounts]\nkey_file = "{self.folder}/accounts.key"\n'
            "[delivery]\nlook = 0.1\nlease = 1\nanswers = 1\n"
        )
        env = environment(self.folder) | {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": day}
        process = subprocess.Popen(
            [*HRTUI, "serve", "--config", str(config)],
            env=env | ({"HRTUI_FAILPOINT": dies_at} if dies_at else {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for_port(self.port, PATIENCE)
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Sshd]:
    with sshd(tmp_path / "provider") as running:
        yield running


@pytest.fixture
def backend(office: Path, tmp_path: Path, provider: Sshd) -> Backend:
    """A backend with the demo's employer and a channel; the demo's profile is connected to it."""
    made = Backend(tmp_path / "backend", free_port())
    made.folder.mkdir()
    migrate(made.url)
    profile = find_profile("demo", office / "data")
    store = Store.open(profile, keys.read_key(profile), actor="Ann")
    employer = employers(store)[0]
    rows = Rows(store.con, employer.id)
    found = {(key.entity, key.id, key.date): rows.read(key) for key in keys_of(rows)}
    vault = Vault.open(made.folder / "accounts.key")
    _connect(store, employer.id, f"http://127.0.0.1:{made.port}", vault.stamp(TOKEN))
    store.close()
    database = Database.open(made.url)
    with database.transaction(None) as con:
        con.execute("INSERT INTO tenant VALUES (?, ?, 0)", employer.id, employer.name)
    with database.transaction(employer.id) as con:
        create_tenant(con, employer.id)
        write_rows(con, employer.id, OPERATOR, {key: row for key, row in found.items() if row}, "made")
        add_channel(con, vault, employer.id, "Provider", "", provider.setup())
    _add_user(database, employer.id)
    database.close()
    return made


def _connect(store: Store, employer_id: int, url: str, token: str) -> None:
    """Let the profile be one that has logged in, and was in sync from the start."""
    settings = {
        "backend": url, "backend_ca": "", "backend_user": "ann", "backend_access": token,
        "backend_access_until": "9999999999", "backend_refresh": "refresh", "backend_session": "session",
        f"roles:{employer_id}": json.dumps(["clerk", "manager"]),
    }  # fmt: skip
    state.connect(store, employer_id)
    with store.transaction():
        remember(store.con, settings)
        store.con.execute("DELETE FROM outbox")


def _add_user(database: Database, tenant_id: int) -> None:
    with database.transaction(None) as con:
        con.execute(
            "INSERT INTO user_account (id, name, display_name, email, language, created_at)"
            " VALUES (1, 'ann', 'Ann', '', 'en', 0)"
        )
        con.execute(
            "INSERT INTO membership (user_id, tenant_id, roles) VALUES (1, ?, 'clerk manager')", tenant_id
        )
        con.execute(
            "INSERT INTO login_session (id, user_id, device, address, refresh_hash, created_at,"
            " last_used_at, expires_at) VALUES ('session', 1, 'test', '', 'x', 0, 0, 9999999999)"
        )
        con.execute(
            "INSERT INTO access_token (token_hash, session_id, expires_at) VALUES (?, 'session', 9999999999)",
            sha256(TOKEN.encode()).hexdigest(),
        )


def soon(condition: Callable[[], bool], what: str) -> None:
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def unsent(home: Path) -> int:
    """How many steps wait to be sent."""
    (line,) = json.loads(hrtui(home, "--profile", "demo", "status", "--json"))
    return int(line["waiting"])


def book(place: Path, books: Books) -> tuple[Books, set[str], str]:
    """The books after a transmission, whose lines there were, and its id."""
    files = checked_sums(place)
    entries = read_generic(
        next(content for name, content in files.items() if name.endswith("-entries.csv")).removeprefix(
            b"\xef\xbb\xbf"
        )
    )
    manifest = json.loads(files["manifest.json"])
    return booked(books, entries), {one.number for one in entries}, manifest["transmission"]


def told(books: Books) -> dict[tuple[str, str, str], int]:
    """What of it somebody entered."""
    return {
        (number, day.isoformat(), code): n
        for (number, day, code), n in books.items()
        if code not in UNENTERED
    }


def calendar(home: Path) -> dict[tuple[str, str, str], int]:
    """What is entered in May, by the program's own export."""
    return {key: n for key, n in entered(home).items() if key[2] not in UNENTERED}


def scheduled(home: Path) -> dict[tuple[str, date], int]:
    """The minutes of everybody's working days in May, reckoned from the schedules as they are stored."""
    profile = find_profile("demo", home / "data")
    store = Store.open(profile, keys.read_key(profile), actor="Ann")
    rows = store.con.execute(
        "SELECT p.number, c.start_date, coalesce(c.end_date, '9999'), a.valid_from, s.cycle_start, s.weeks"
        " FROM person p JOIN contract c ON c.person_id = p.id"
        " JOIN schedule_assignment a ON a.person_id = p.id JOIN work_schedule s ON s.id = a.schedule_id"
        " ORDER BY a.valid_from"
    ).fetchall()
    store.close()
    found: dict[tuple[str, date], int] = {}
    for number, start, end, valid_from, cycle_start, weeks in rows:
        first, cycle = date.fromisoformat(cycle_start), json.loads(weeks)
        for day in (date(2026, 5, 1) + timedelta(days=n) for n in range(31)):
            if max(start, valid_from) <= day.isoformat() <= end:
                week = (day - first + timedelta(days=first.weekday())).days // 7 % len(cycle)
                found[number, day] = cycle[week][day.weekday()]
    return {key: minutes for key, minutes in found.items() if minutes}


def inside(books: Books) -> dict[tuple[str, date], int]:
    """What of the time is no overtime, by number and day: with holidays it is all of the schedule."""
    found: dict[tuple[str, date], int] = {}
    for (number, day, code), minutes in books.items():
        if code not in OVERTIME:
            found[number, day] = found.get((number, day), 0) + minutes
    return found


def names(places: Sequence[Path]) -> list[str]:
    return [place.name.split("-2026-05-")[1].split("-")[0] for place in places]


def test_a_whole_month_goes_to_the_provider_and_three_people_again(
    office: Path, backend: Backend, provider: Sshd
) -> None:
    with ExitStack() as day:
        with backend.running(LAST_DAY, "deliver.uploaded") as service:
            hrtui(office, "--profile", "demo", "sync")
            desk = day.enter_context(Desk(office, day=LAST_DAY))
            desk.do(">", "Forward to the payroll provider", "May 2026")
            desk.do("<enter>", "Forward  May 2026")
            desk.do("<C-s>", "Check  May 2026")
            desk.do("<C-s>", "Preview  May 2026")
            desk.do("<C-s>", "and lock it?")
            people = int(desk.found(r"Forward May 2026 for (\d+) people"))
            desk.do("y", "May 2026 is forwarded")
            assert service.wait(PATIENCE) == -9
            assert provider.arrived() == []
        with backend.running(LAST_DAY):
            desk.program.wait_for("delivered")
            desk.leave()
    (place,) = provider.inbox.iterdir()
    books, sent, first = book(place, {})
    assert PEOPLE * 0.9 < people == len(sent)
    assert told(books) == calendar(office)
    assert inside(books) == scheduled(office)

    with backend.running(NEXT_MONTH):
        (provider.returns / "answer.csv").write_text(
            f"transmission;person;status;reason\n{first};;accepted;\n"
        )
        with Desk(office, day=NEXT_MONTH) as desk:
            desk.do("(", "May 2026", f"forwarded {people}/{people}, accepted")
            desk.do("<space><space><space>", "3 marked")
            desk.do("#", "Unlock  May 2026")
            desk.do("certificates came late<C-s>", "Unlocked until")
            desk.do("<esc><C-home>4<enter>z", "1 to send again")
            desk.do("<down>z<down>18<enter>z", "3 to send again")
            soon(lambda: unsent(office) == 0, "the edits reach the backend")
            desk.do(">", "To send again:")
            desk.do("<enter><C-s>", "Check  May 2026")
            desk.do("<C-s>", f"3 people, {people - 3} are with the provider as they are")
            desk.do("<C-s>y", "May 2026 is forwarded")
            soon(lambda: len(provider.arrived()) == 2, "the correction arrives")
            desk.do("<esc><C-home>v", "locked on")
            desk.leave()
    assert names(provider.arrived()) == ["1", "2"]
    after, again, _ = book(provider.arrived()[1], books)
    assert len(again) == 3
    assert {key[0] for key in books.keys() ^ after.keys()} == again
    assert told(after) == calendar(office)
    assert inside(after) == scheduled(office)


def test_a_script_forwards_through_the_backend(office: Path, backend: Backend, provider: Sshd) -> None:
    numbers = {line["number"] for line in export(office, "month", "2026-05")[:400]}
    some = sorted(numbers)[:2]
    words = ["--profile", "demo", "forward", "2026-05", "--people", ",".join(some), "--json"]
    with backend.running(LAST_DAY):
        told = json.loads(hrtui(office, *words))
        soon(lambda: len(provider.arrived()) == 1, "the worker delivers it")
        (place,) = provider.arrived()
        assert book(place, {})[1:] == ({*some}, told["transmission"])
        hrtui(office, "--profile", "demo", "sync")
        assert not json.loads(hrtui(office, *words))["sent"]
    with pytest.raises(subprocess.CalledProcessError) as refused:
        hrtui(office, *words)
    assert refused.value.returncode == 1
    assert b"does not answer" in refused.value.stderr
