"""Devices: tokens that rotate and survive a lost answer, copies that are noticed, revoking, passwords."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import httpx2
import pytest

from hrtui import clock
from hrtui.backend.accounts import admin, attempts, sessions, users
from hrtui.backend.accounts.notify import AppriseNotifier
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.accounts.sessions import Device
from hrtui.backend.accounts.settings import accounts_of
from hrtui.backend.config import ConfigError
from hrtui.store.keys import create_file_key
from hrtui.store.profile import Profile
from hrtui.store.store import Store
from hrtui.sync.account_api import AccountApi, Tokens, http_client
from hrtui.sync.backend_errors import SignInNeeded
from hrtui.sync.session import (
    Link,
    Login,
    code_due,
    device_name,
    keep_login,
    logged_in,
    login_again,
    session_id,
)
from tests.backend.accounts.phone import Moment, activated, app_code, refused
from tests.backend.accounts.phone import logged_in as log_in
from tests.backend.accounts.service import PASSWORD, Service, running

NEW = "groene fietsbel zwemt"
HOUR = 3600


def following(tokens: Tokens) -> str:
    """A refresh token that may follow."""
    return f"{tokens.session_id}.{'n' * 43}"


def devices_of(backend: Service) -> list[Device]:
    """The devices of the only user, as the backend has them."""
    accounts = backend.accounts
    with backend.database.transaction(None) as con:
        user = users.by_name(con, "an.peeters")
        assert user is not None
        return sessions.devices(con, user.id, clock.seconds(), accounts.lasting)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The local database of a clerk."""
    profile = Profile("default", tmp_path / "profile")
    profile.prepare()
    opened = Store.open(profile, create_file_key(profile), actor="An Peeters")
    yield opened
    opened.close()


def test_the_tokens_are_renewed_when_they_expire_and_shared_by_two_programs(
    backend: Service, moment: Moment, store: Store
) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        keep_login(store, Link(backend.url, "an.peeters"), active.tokens)
        one, other = Login(store, api), Login(store, api)
        assert one.token() == active.tokens.access
        moment.later(15 * 60)
        renewed = one.token()
        assert renewed != active.tokens.access
        assert other.renewed(active.tokens.access) == renewed
        assert api.me(renewed).name == "an.peeters"


def test_a_lost_answer_to_a_renewal_is_asked_for_again(
    backend: Service, moment: Moment, store: Store
) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        keep_login(store, Link(backend.url, "an.peeters"), active.tokens)
        following = f"{active.tokens.session_id}.{'n' * 43}"
        with store.transaction():
            store.con.execute("INSERT OR REPLACE INTO setting VALUES ('backend_next', ?)", (following,))
        api.refresh(active.tokens.refresh, following)
        moment.later(3600)
        access = Login(store, api).token()
        assert api.me(access).name == "an.peeters"


def test_a_copy_of_the_local_database_ends_the_log_in_of_both(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        mine, copied = (f"{active.tokens.session_id}.{sign * 43}" for sign in "ab")
        fresh = api.refresh(active.tokens.refresh, mine)
        assert refused(api.refresh, active.tokens.refresh, copied) == "token_revoked"
        assert refused(api.me, fresh.access) == "token_revoked"
        assert refused(api.refresh, mine, copied) == "token_revoked"


def test_an_http_client_with_the_log_in_renews_by_itself_and_asks_for_a_new_one_in_the_end(
    backend: Service, moment: Moment, store: Store
) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        keep_login(store, Link(backend.url, "an.peeters"), active.tokens)
        with http_client(backend.url, auth=Login(store, api).auth()) as client:
            assert client.get("/v1/auth/me").status_code == 200
            with backend.database.transaction(None) as con:
                con.execute("UPDATE access_token SET expires_at = 0")
            answer: httpx2.Response = client.get("/v1/auth/me")
            assert answer.json()["name"] == "an.peeters"
            admin.revoke_sessions(backend.accounts, "an.peeters")
            with pytest.raises(SignInNeeded):
                client.get("/v1/auth/me")
        assert not logged_in(store)


def test_a_revoked_device_gets_401_at_once(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        other = log_in(api, active, moment, "laptop")
        laptop = next(one for one in api.devices(active.tokens.access) if one.name == "laptop")
        assert not laptop.current
        api.revoke(active.tokens.access, laptop.id)
        assert refused(api.me, other.access) == "token_revoked"
        assert refused(api.revoke, active.tokens.access, laptop.id) == "unknown_session"
        api.logout(active.tokens.access)
        assert refused(api.me, active.tokens.access) == "token_revoked"


def test_a_device_that_logs_in_again_is_there_once(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        other = log_in(api, active, moment, "laptop")
        begun = api.login("an.peeters", PASSWORD)
        code = app_code(active.secret, moment.now)
        again = api.login_code(begun.challenge, "app", code, "desk", active.tokens.session_id)
        assert [one.name for one in api.devices(again.access)] == ["desk", "laptop"]
        assert refused(api.me, active.tokens.access) == "token_revoked"
        assert api.me(other.access).name == "an.peeters"


def test_a_code_is_asked_again_after_twelve_hours_and_what_was_kept_goes_on(
    backend: Service, moment: Moment, store: Store
) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        link = Link(backend.url, "an.peeters")
        keep_login(store, link, active.tokens)
        moment.later(12 * HOUR - 60)
        # A moment before, access lasts no longer than the code of the log-in.
        assert api.refresh(active.tokens.refresh, following(active.tokens)).expires_in == 30
        with store.transaction():
            store.con.execute("UPDATE setting SET value = ? WHERE name = 'backend_refresh'",
                              (following(active.tokens),))  # fmt: skip
        moment.later(60)
        login = Login(store, api)
        for _ in range(2):
            with pytest.raises(SignInNeeded, match="asks for a code again: `hrtui login`"):
                login.token()
        assert (logged_in(store), code_due(store)) == (True, True)
        assert [one.device for one in devices_of(backend)] == ["desk"]
        begun = login_again(store, api)
        assert begun is not None
        assert begun.methods == ("app", "backup")
        assert refused(api.login_code, begun.challenge, "app", "000000", "desk") == "wrong_code"
        code = app_code(active.secret, moment.now)
        tokens = api.login_code(begun.challenge, "app", code, "desk", session_id(store))
        keep_login(store, link, tokens)
        assert code_due(store) is False
        assert api.me(login.token()).name == "an.peeters"
        assert [one.name for one in api.devices(tokens.access)] == ["desk"]


def test_the_password_is_asked_again_after_thirty_days_whatever_codes_were_given(
    backend: Service, moment: Moment, store: Store
) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        moment.later(29 * 24 * HOUR)
        assert refused(api.refresh, active.tokens.refresh, following(active.tokens)) == "second_step_due"
        begun = api.login_again(active.tokens.refresh)
        code = app_code(active.secret, moment.now)
        tokens = api.login_code(begun.challenge, "app", code, "desk", active.tokens.session_id)
        keep_login(store, Link(backend.url, "an.peeters"), tokens)
        moment.later(12 * HOUR)
        assert refused(api.refresh, tokens.refresh, following(tokens)) == "second_step_due"
        begun = api.login_again(tokens.refresh)
        moment.later(12 * HOUR)
        assert refused(api.refresh, tokens.refresh, following(tokens)) == "token_revoked"
        assert refused(api.login_again, tokens.refresh) == "token_revoked"
        with pytest.raises(SignInNeeded, match="log in with `hrtui login`"):
            Login(store, api).token()
        assert login_again(store, api) is None


def test_a_code_alone_helps_only_the_device_that_was_logged_in(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        assert refused(api.login_again, f"{active.tokens.session_id}.{'x' * 43}") == "token_revoked"
        begun = api.login_again(active.tokens.refresh)
        api.revoke(active.tokens.access, active.tokens.session_id)
        code = app_code(active.secret, moment.now)
        ended = refused(api.login_code, begun.challenge, "app", code, "desk", active.tokens.session_id)
        assert ended == "token_revoked"


def test_how_long_a_log_in_lasts_is_a_setting(backend: Service, moment: Moment) -> None:
    accounts = {**backend.config.extra["accounts"], "code_hours": 1, "login_days": 2}
    config = replace(backend.config, extra={"accounts": accounts})
    with running(config, backend.database) as (url, _), AccountApi(url) as api:
        tokens = activated(backend, api, moment).tokens
        moment.later(HOUR - 30)
        assert refused(api.refresh, tokens.refresh, following(tokens)) == "second_step_due"
        moment.later(47 * HOUR)
        assert refused(api.refresh, tokens.refresh, following(tokens)) == "token_revoked"
    for wrong in ({"code_hours": 0}, {"login_days": "30"}, {"code_hours": True}):
        with pytest.raises(ConfigError):
            accounts_of(replace(config, extra={"accounts": {**accounts, **wrong}}), backend.database)


def test_a_new_password_logs_the_other_devices_out(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        other = log_in(api, active, moment, "laptop")
        assert refused(api.change_password, active.tokens.access, "wrong", NEW) == "wrong_password"
        assert refused(api.change_password, active.tokens.access, PASSWORD, "Welkom2026!!") == "weak_password"
        api.change_password(active.tokens.access, PASSWORD, NEW)
        assert api.me(active.tokens.access).name == "an.peeters"
        assert refused(api.me, other.access) == "token_revoked"
        assert refused(api.login, "an.peeters", PASSWORD) == "wrong_login"
        assert api.login("an.peeters", NEW).methods


def test_a_forgotten_password_is_chosen_anew_by_e_mail_and_the_second_step_stays(
    backend: Service, moment: Moment
) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        before = len(backend.post.mails)
        api.ask_reset("nobody.there")
        api.ask_reset("an.peeters")
        arrived(backend, before + 1)
        token = backend.post.token()
        assert refused(api.reset_password, token, "DeKorst-oktober") == "weak_password"
        assert api.reset_password(token, NEW) == "an.peeters"
        assert refused(api.reset_password, token, NEW) == "invitation_unknown"
        assert refused(api.me, active.tokens.access) == "token_revoked"
        begun = api.login("an.peeters", NEW)
        assert api.login_code(begun.challenge, "app", app_code(active.secret, moment.now), "desk").access


def arrived(backend: Service, mails: int) -> None:
    """Wait until so many e-mails have come: a reset is sent after its answer."""
    end = time.monotonic() + 20
    while len(backend.post.mails) < mails:
        assert time.monotonic() < end
        time.sleep(0.005)
    assert len(backend.post.mails) == mails


def test_the_time_of_a_reset_tells_nothing(backend: Service, moment: Moment) -> None:
    """The next request on the same connection is answered while the e-mail is still being sent."""
    with backend.api() as api:
        active = activated(backend, api, moment)
        answered = threading.Event()
        with patch.object(AppriseNotifier, "mail", lambda *_: answered.wait(20)):
            for _ in range(50):
                api.ask_reset("an.peeters")
            api.me(active.tokens.access)
            assert not answered.is_set()
            answered.set()


def test_who_asks_for_resets_on_and_on_keeps_nobody_from_one(backend: Service) -> None:
    sent = []
    for minute in range(0, 600, 5):
        with backend.database.transaction(None) as con, suppress(Refused):
            attempts.limit(con, "reset 1", 3, HOUR, 1_800_000_000 + minute * 60)
            sent.append(minute)
    assert sent[:6] == [0, 5, 10, 70, 75, 80]
    assert max(later - before for before, later in pairwise(sent)) == 60


def test_a_new_password_ends_a_reset_that_was_asked_for(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        mails = len(backend.post.mails)
        api.ask_reset("an.peeters")
        arrived(backend, mails + 1)
        token = backend.post.token()
        api.change_password(active.tokens.access, PASSWORD, NEW)
        assert refused(api.reset_password, token, NEW) == "invitation_unknown"


def test_a_lost_phone_is_reset_by_the_administrator(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        admin.reset_factors(backend.accounts, "an.peeters")
        assert refused(api.me, active.tokens.access) == "token_revoked"
        assert refused(api.login, "an.peeters", PASSWORD) == "activation_needed"
        admin.invite(backend.accounts, "an.peeters")
        token = backend.post.token()
        assert refused(api.choose_password, token, NEW) == "wrong_password"
        again = api.choose_password(token, PASSWORD)
        secret = api.new_app(again.challenge).secret
        api.confirm_app(again.challenge, app_code(secret, moment.now))
        api.backup_codes(again.challenge)
        assert api.finish(again.challenge, "desk") is not None


def test_a_user_who_is_switched_off_is_out_at_once(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        admin.set_disabled(backend.accounts, "an.peeters", disabled=True)
        assert refused(api.me, active.tokens.access) == "token_revoked"
        assert refused(api.login, "an.peeters", PASSWORD) == "account_disabled"
        admin.set_disabled(backend.accounts, "an.peeters", disabled=False)
        assert api.login("an.peeters", PASSWORD).methods


def test_two_profiles_on_one_computer_have_names_of_their_own() -> None:
    usual, other = device_name("default"), device_name("an-" + "x" * 80)
    assert "default" not in usual
    assert other.startswith(usual[:28])
    assert " · an-xxx" in other
    assert len(other) <= 60
