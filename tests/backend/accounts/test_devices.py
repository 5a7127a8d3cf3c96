"""Devices: tokens that rotate and survive a lost answer, copies that are noticed, revoking, passwords."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from hrtui.backend.accounts import admin
from hrtui.store.keys import create_file_key
from hrtui.store.profile import Profile
from hrtui.store.store import Store
from hrtui.sync.account_api import http_client
from hrtui.sync.backend_errors import SignInNeeded
from hrtui.sync.session import Link, Login, keep_login, logged_in
from tests.backend.accounts.phone import Moment, activated, app_code, refused
from tests.backend.accounts.phone import logged_in as log_in
from tests.backend.accounts.service import PASSWORD, Service

NEW = "groene fietsbel zwemt"


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


def test_a_device_logs_in_anew_after_thirty_days(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        moment.later(30 * 24 * 3600)
        following = f"{active.tokens.session_id}.{'n' * 43}"
        assert refused(api.refresh, active.tokens.refresh, following) == "token_revoked"


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
        # The answer comes before the e-mail; a further call of the same worker comes after it.
        while len(backend.post.mails) == before:
            api.login("an.peeters", PASSWORD)
        assert len(backend.post.mails) == before + 1
        token = backend.post.token()
        assert refused(api.reset_password, token, "DeKorst-oktober") == "weak_password"
        assert api.reset_password(token, NEW) == "an.peeters"
        assert refused(api.reset_password, token, NEW) == "invitation_unknown"
        assert refused(api.me, active.tokens.access) == "token_revoked"
        begun = api.login("an.peeters", NEW)
        assert api.login_code(begun.challenge, "app", app_code(active.secret, moment.now), "desk").access


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
