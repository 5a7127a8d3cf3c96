"""From the e-mailed invitation to the first log-in, over HTTP, on both databases."""

from __future__ import annotations

import pytest

from hrtui.sync.backend_errors import BackendError
from tests.backend.accounts.phone import Moment, activated, app_code, refused
from tests.backend.accounts.service import NUMBER, PASSWORD, Service


def test_an_account_is_activated_with_app_and_sms(backend: Service, moment: Moment) -> None:
    token = backend.invite()
    mail = backend.post.mails[-1]
    assert mail["to"] == "an.peeters@example.org"
    assert "an.peeters" in backend.post.body()
    assert "Bakkerij De Korst" in backend.post.body()
    with backend.api() as api:
        invited = api.invitation(token)
        assert (invited.name, invited.employers, invited.password_set) == (
            "an.peeters",
            ("Bakkerij De Korst",),
            False,
        )
        begun = api.choose_password(token, PASSWORD)
        assert (begun.factors, begun.backup_codes_saved, begun.sms_possible) == ((), False, True)
        assert refused(api.backup_codes, begun.challenge) == "factor_needed"
        app = api.new_app(begun.challenge)
        assert "issuer=HRTUI" in app.uri
        assert refused(api.confirm_app, begun.challenge, "000000") == "wrong_code"
        assert api.confirm_app(begun.challenge, app_code(app.secret, moment.now)).factors == ("app",)
        sent = api.new_sms(begun.challenge, "+32 (0)470 12 34 56")
        assert (sent.number, backend.post.texts[-1][0]) == (NUMBER, NUMBER)
        both = api.confirm_sms(begun.challenge, backend.post.code())
        assert (both.factors, both.sms_number) == (("app", "sms"), "+32 … 56")
        assert refused(api.finish, begun.challenge, "desk") == "codes_not_saved"
        assert len(set(api.backup_codes(begun.challenge))) == 10
        tokens = api.finish(begun.challenge, "desk")
        assert tokens is not None
        me = api.me(tokens.access)
        assert (me.name, me.backup_codes_left, me.language) == ("an.peeters", 10, "nl")
        assert [(one.tenant_id, one.name, one.roles) for one in me.employers] == [
            (backend.tenant_id, "Bakkerij De Korst", ("clerk",))
        ]
        assert refused(api.invitation, token) == "invitation_unknown"


def test_an_activation_is_taken_up_again_where_it_stopped(backend: Service, moment: Moment) -> None:
    token = backend.invite()
    with backend.api() as api:
        first = api.choose_password(token, PASSWORD)
        secret = api.new_app(first.challenge).secret
        api.confirm_app(first.challenge, app_code(secret, moment.now))
    with backend.api() as api:
        assert api.invitation(token).password_set
        assert refused(api.choose_password, token, "another password altogether") == "wrong_password"
        again = api.choose_password(token, PASSWORD)
        assert (again.factors, again.backup_codes_saved) == (("app",), False)
        api.backup_codes(again.challenge)
        assert api.finish(again.challenge, "desk") is not None


def test_passwords_of_the_employer_or_too_short_are_refused_with_the_reason(backend: Service) -> None:
    token = backend.invite()
    with backend.api() as api:
        for password, words in (
            ("DeKorst-oktober", "mostly a name"),
            ("An.Peeters2026!!", "mostly a name"),
            ("kort", "at least 12"),
            ("aaaaaaaaaaaaaa", "easy to guess"),
        ):
            with pytest.raises(BackendError, match=words):
                api.choose_password(token, password)


def test_an_invitation_ends_after_a_week_and_when_a_new_one_is_sent(backend: Service, moment: Moment) -> None:
    from hrtui.backend.accounts import admin

    old = backend.invite()
    admin.invite(backend.accounts, "an.peeters")
    new = backend.post.token()
    with backend.api() as api:
        assert refused(api.invitation, old) == "invitation_unknown"
        assert api.invitation(new).name == "an.peeters"
        moment.later(7 * 24 * 3600)
        assert refused(api.invitation, new) == "invitation_expired"


def test_sms_are_sent_again_only_after_a_while_and_not_without_end(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        challenge = api.choose_password(backend.invite(), PASSWORD).challenge
        assert refused(api.new_sms, challenge, "0470 12 34 56") == "bad_number"
        assert refused(api.new_sms, challenge, "+32 2 123 45 67") == "bad_number"
        api.new_sms(challenge, NUMBER)
        assert refused(api.new_sms, challenge, NUMBER) == "sms_wait"
        first = backend.post.code()
        moment.later(30)
        api.new_sms(challenge, NUMBER)
        assert refused(api.confirm_sms, challenge, first) == "wrong_code"
        moment.later(30)
        assert api.new_sms(challenge, NUMBER).left == 0
        moment.later(5 * 60)
        assert refused(api.confirm_sms, challenge, backend.post.code()) == "code_expired"
        assert refused(api.new_sms, challenge, NUMBER) == "sms_limit"


def test_a_gateway_that_fails_is_told(backend: Service) -> None:
    with backend.api() as api:
        challenge = api.choose_password(backend.invite(), PASSWORD).challenge
        backend.post.refuses = True
        assert refused(api.new_sms, challenge, NUMBER) == "sms_failed"


def test_no_secret_lies_in_the_database_in_plain(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
    shown = ""
    for table in (
        "user_account",
        "login_session",
        "access_token",
        "backup_code",
        "login_challenge",
        "invitation",
    ):
        with backend.database.transaction(None) as con:
            shown += str(con.all(f"SELECT * FROM {table}"))
    assert "an.peeters" in shown
    for plain in (active.secret, PASSWORD, active.tokens.access, active.tokens.refresh, *active.codes):
        assert plain not in shown
