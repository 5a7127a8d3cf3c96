"""Activating, logging in and out at a plain terminal, against a real backend, with answers line by line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import pytest

from hrtui.store.keys import read_key
from hrtui.store.profile import find_profile
from hrtui.store.roles import EVERYTHING, rights
from hrtui.store.store import Store
from hrtui.sync.session import link_of, logged_in
from tests.backend.accounts.fixtures import backend, moment, quick_hashes
from tests.backend.accounts.phone import Active, Moment, activated, app_code
from tests.backend.accounts.service import PASSWORD, Service
from tests.cli.conftest import Answer, Hrtui

__all__ = ["backend", "moment", "quick_hashes"]

NEW = "groene fietsbel zwemt"


@pytest.fixture
def active(backend: Service, moment: Moment) -> Active:
    """An account that was activated elsewhere."""
    with backend.api() as api:
        return activated(backend, api, moment)


def lines(*answers: str) -> str:
    return "".join(f"{answer}\n" for answer in answers)


class Script(io.StringIO):
    """Standard input whose lines may be found only when they are asked for."""

    def __init__(self, *answers: str | Callable[[], str]) -> None:
        super().__init__()
        self._answers = iter(answers)

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        answer = next(self._answers)
        return f"{answer() if callable(answer) else answer}\n"


def log_in(hrtui: Hrtui, backend: Service, active: Active, moment: Moment, *first: str) -> Answer:
    code = app_code(active.secret, moment.now)
    answer = hrtui("login", backend.url, typed=lines(*first, "an.peeters", PASSWORD, code))
    moment.later(30)
    return answer


def store_of(hrtui: Hrtui, password: str) -> Store:
    profile = find_profile("default", hrtui.profiles)
    return Store.open(profile, read_key(profile, password), actor="x")


def test_activating_says_what_is_wrong_and_asks_again(hrtui: Hrtui, backend: Service) -> None:
    token = backend.invite()
    answer = hrtui(
        "activate", backend.url, typed=lines("nonsense", token, "Welkom2026!!", PASSWORD, PASSWORD)
    )
    assert answer.code == 130
    for sentence in (
        "This invitation or link is not valid",
        "Your user name is “an.peeters”",
        "Strength: weak. It is mostly a name, month, town or common word.",
        "Strength: strong\n",
        "Which second step do you want",
    ):
        assert sentence in answer.err
    assert not (hrtui.profiles / "default").exists()


def test_activating_by_sms_makes_a_profile_with_the_employer(hrtui: Hrtui, backend: Service) -> None:
    token = backend.invite()
    script = Script(token, PASSWORD, PASSWORD, "2", "+32470123456", backend.post.code, "", "y")
    answer = hrtui("activate", backend.url, typed=script)
    assert answer.code == 0
    assert len(re.findall(r"\b\d\d-[0-9A-Z]{5}-[0-9A-Z]{5}\b", answer.err)) == 10
    assert "“Bakkerij De Korst” is here" in answer.err
    store = store_of(hrtui, PASSWORD)
    link = link_of(store)
    assert link is not None
    assert (link.url, link.user, logged_in(store)) == (backend.url, "an.peeters", True)
    assert store.con.execute("SELECT count(*) FROM leave_type").fetchone()[0] > 20
    store.close()


def test_logging_in_on_another_computer_and_out_again(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    wrong = hrtui("login", backend.url, typed=lines("an.peeters", "not the password"))
    assert "Name and password do not go together." in wrong.err
    answer = log_in(hrtui, backend, active, moment)
    assert answer.code == 0, answer.err
    assert "“Bakkerij De Korst” is here" in answer.err
    status = hrtui("status", "--password-stdin", typed=lines(PASSWORD))
    assert f"Account: an.peeters at {backend.url}, logged in." in status.out
    devices = json.loads(hrtui("devices", "--json", "--password-stdin", typed=lines(PASSWORD)).out)
    desk = next(one for one in devices if one["name"] == "desk")
    assert [one["current"] for one in devices] == [True, False]
    shown = hrtui("devices", "--log-out", desk["id"], "--password-stdin", typed=lines(PASSWORD))
    assert (shown.code, shown.out.count("\n"), "desk" in shown.out) == (0, 1, False)
    out = hrtui("logout", "--password-stdin", typed=lines(PASSWORD))
    assert (out.code, out.out) == (0, "")
    with backend.database.transaction(None) as con:
        assert con.all("SELECT device FROM login_session WHERE revoked_at = 0") == []
    code = app_code(active.secret, moment.now)
    same = hrtui("login", "--password-stdin", typed=lines(PASSWORD, "", "", code))
    assert same.code == 0, same.err
    assert hrtui("logout", "--password-stdin", typed=lines(PASSWORD)).code == 0
    again = hrtui("logout", "--password-stdin", typed=lines(PASSWORD))
    assert (again.code, again.err) == (1, "This profile is not logged in at a backend.\n")


def test_a_profile_that_is_there_joins_and_keeps_its_own_employer(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    local = "een goed wachtwoord"
    made = hrtui("init", "--employer", "Slagerij", "--country", "BE", "--password-stdin", typed=lines(local))
    assert made.code == 0
    code = app_code(active.secret, moment.now)
    typed = lines(local, "an.peeters", PASSWORD, code, "y")
    answer = hrtui("login", backend.url, "--password-stdin", typed=typed)
    assert answer.code == 0, answer.err
    assert "These employers stay on this computer only, as before: “Slagerij”." in answer.err
    store = store_of(hrtui, PASSWORD)
    rows = store.con.execute("SELECT name, id FROM employer ORDER BY name").fetchall()
    assert [(name, store.backend(id_)) for name, id_ in rows] == [
        ("Bakkerij De Korst", True),
        ("Slagerij", False),
    ]
    assert [rights(store, id_) is EVERYTHING for _, id_ in rows] == [False, True]
    store.close()


def test_a_profile_stays_with_its_backend(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    log_in(hrtui, backend, active, moment)
    answer = hrtui("login", "https://elsewhere.example.org", "--password-stdin", typed=lines(PASSWORD))
    assert answer.code == 1
    assert f"This profile belongs to {backend.url}." in answer.err


def test_a_profile_stays_with_its_user(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    log_in(hrtui, backend, active, moment)
    other = hrtui("login", "--password-stdin", typed=lines(PASSWORD, "bo.claes"))
    assert (other.code, "This profile is of “an.peeters”." in other.err) == (1, True)
    token = backend.invite("bo.claes")
    other = hrtui("activate", "--password-stdin", typed=lines(PASSWORD, token))
    assert (other.code, "This profile is of “an.peeters”." in other.err) == (1, True)


def test_a_new_password_opens_the_account_and_the_profile(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    log_in(hrtui, backend, active, moment)
    answer = hrtui("password", "--password-stdin", typed=lines(PASSWORD, PASSWORD, NEW, NEW))
    assert answer.code == 0, answer.err
    store_of(hrtui, NEW).close()
    with backend.api() as api:
        assert api.login("an.peeters", NEW).methods
    assert hrtui("status", "--password-stdin", typed=lines(PASSWORD)).code == 1


def test_a_forgotten_password_is_chosen_with_the_token_of_an_e_mail(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    before = len(backend.post.mails)

    def token() -> str:
        while len(backend.post.mails) == before:
            with backend.api() as api:
                api.login("an.peeters", PASSWORD)
        return backend.post.token()

    code = app_code(active.secret, moment.now)
    script = Script("", "an.peeters", token, NEW, NEW, code)
    answer = hrtui("login", "--reset", backend.url, typed=script)
    assert answer.code == 0, answer.err
    store_of(hrtui, NEW).close()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://hr.example.org", "Passwords do not go over plain http."),
        ("not an address", "This is not the address of a backend"),
        ("http://127.0.0.1:9", "The backend does not answer."),
    ],
)
def test_an_address_that_cannot_be_used_is_told(hrtui: Hrtui, url: str, sentence: str) -> None:
    answer = hrtui("login", url, typed=lines("an.peeters", PASSWORD))
    assert answer.code == 1
    assert sentence in answer.err


def test_an_sms_that_cannot_be_sent_again_yet_leaves_the_code_of_the_one_before(
    hrtui: Hrtui, backend: Service
) -> None:
    token = backend.invite()
    script = Script(
        token, PASSWORD, PASSWORD, "2", "+32470123456", "", "", "000000", backend.post.code, "", "y"
    )
    answer = hrtui("activate", backend.url, typed=script)
    assert answer.code == 0, answer.err
    assert "Mobile number (Enter for +32470123456 again):" in answer.err
    assert re.search(r"Wait \d+ seconds before the next SMS", answer.err)
    assert len(backend.post.texts) == 1


def test_a_code_that_is_due_is_all_that_a_log_in_asks(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    assert log_in(hrtui, backend, active, moment).code == 0
    moment.later(13 * 3600)
    failed = hrtui("sync", "--password-stdin", typed=lines(PASSWORD))
    assert "asks for a code again: `hrtui login`" in failed.err + failed.out
    status = hrtui("status", "--password-stdin", typed=lines(PASSWORD))
    assert "a code is due" in status.out
    code = app_code(active.secret, moment.now)
    answer = hrtui("login", "--password-stdin", typed=lines(PASSWORD, code))
    assert answer.code == 0, answer.err
    assert hrtui("sync", "--password-stdin", typed=lines(PASSWORD)).code == 0


def test_what_logs_in_is_told_with_the_profile(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    code = app_code(active.secret, moment.now)
    joined = hrtui("--profile", "an", "login", backend.url, typed=lines("an.peeters", PASSWORD, code))
    assert joined.code == 0, joined.err
    moment.later(13 * 3600)
    failed = hrtui("--profile", "an", "sync", "--password-stdin", typed=lines(PASSWORD))
    assert "asks for a code again: `hrtui --profile an login`" in failed.err + failed.out


def test_who_has_forgotten_the_password_of_the_profile_too_is_told_the_way_out(
    hrtui: Hrtui, backend: Service, active: Active, moment: Moment
) -> None:
    log_in(hrtui, backend, active, moment)
    answer = hrtui("login", "--reset", "--password-stdin", typed=lines("not the password"))
    assert answer.code == 1
    assert "`hrtui --profile NAME login --reset`" in answer.err
    other = hrtui("--profile", "an", "login", backend.url, typed=lines("an.peeters", "wrong"))
    assert "`hrtui --profile an login --reset`" in other.err
