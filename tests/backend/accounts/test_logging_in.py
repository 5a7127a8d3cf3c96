"""Two-step log-in, codes that count once, and how guessing is slowed down, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import structlog.testing

from hrtui.backend.accounts import letters, login
from hrtui.backend.accounts.refused import Refused
from hrtui.backend.accounts.second_step import Given
from hrtui.backend.accounts.sessions import Caller
from hrtui.backend.database import Database
from hrtui.i18n import text_in
from hrtui.sync.backend_errors import BackendError
from tests.backend.accounts.phone import Moment, activated, app_code, changing, logged_in, refused
from tests.backend.accounts.service import NUMBER, PASSWORD, Service, running


def test_name_and_password_then_the_code_of_the_app(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        assert refused(api.login, "an.peeters", "not the password") == "wrong_login"
        assert refused(api.login, "somebody.else", PASSWORD) == "wrong_login"
        begun = api.login(" An.Peeters ", PASSWORD)
        assert begun.methods == ("app", "backup")
        tokens = api.login_code(begun.challenge, "app", app_code(active.secret, moment.now), "laptop")
        assert api.me(tokens.access).display_name == "An Peeters"
        assert [one.name for one in api.devices(tokens.access)] == ["laptop", "desk"]


def test_sms_or_app_where_both_are_set_up_and_the_sms_again(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        change = changing(api, active, moment)
        api.new_sms(change, NUMBER)
        api.confirm_sms(change, backend.post.code())
        begun = api.login("an.peeters", PASSWORD)
        assert (begun.methods, begun.sms_number) == (("app", "sms", "backup"), "+32 … 56")
        assert api.send_sms(begun.challenge).number == "+32 … 56"
        assert refused(api.send_sms, begun.challenge) == "sms_wait"
        moment.later(30)
        assert api.send_sms(begun.challenge).left == 1
        code = backend.post.code()
        assert api.login_code(begun.challenge, "sms", code, "laptop").access
        assert refused(api.login_code, begun.challenge, "sms", code, "laptop") == "challenge_expired"


def test_a_code_of_the_app_counts_once_and_one_step_off(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        code = app_code(active.secret, moment.now)
        first, second = api.login("an.peeters", PASSWORD), api.login("an.peeters", PASSWORD)
        moment.later(30)
        assert api.login_code(first.challenge, "app", code, "laptop").access
        assert refused(api.login_code, second.challenge, "app", code, "laptop") == "wrong_code"
        moment.later(30)
        late = app_code(active.secret, moment.now)
        moment.later(60)
        assert refused(api.login_code, second.challenge, "app", late, "laptop") == "wrong_code"


def test_two_workers_take_the_same_code_once(backend: Service, moment: Moment) -> None:
    other = Database.open(backend.config.database)
    with backend.api() as api, running(backend.config, other) as (_url, app):
        active = activated(backend, api, moment)
        workers = (backend.accounts, app.state.accounts)
        for _ in range(3):
            code = app_code(active.secret, moment.now)
            tokens = [login.begin(one, "an.peeters", PASSWORD, "192.0.2.1").challenge for one in workers]

            def try_it(place: int, code: str = code, tokens: list[str] = tokens) -> str:
                try:
                    caller = Caller("laptop", "192.0.2.1")
                    login.finish(workers[place], Given(tokens[place], "app", code, ""), caller)
                except Refused as problem:
                    return problem.code
                return "in"

            with ThreadPoolExecutor(2) as both:
                assert sorted(both.map(try_it, range(2))) == ["in", "wrong_code"]
            moment.later(30)
    other.close()


def test_a_backup_code_helps_once_and_the_clerk_hears_of_it(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        typed = active.codes[3].lower().replace("-", " ")
        begun = api.login("an.peeters", PASSWORD)
        assert api.login_code(begun.challenge, "backup", typed, "laptop").backup_codes_left == 9
        assert text_in("nl", letters.BACKUP_USED, name="an.peeters", n=9) in backend.post.body()
        begun = api.login("an.peeters", PASSWORD)
        assert refused(api.login_code, begun.challenge, "backup", typed, "laptop") == "wrong_code"
        assert api.login_code(begun.challenge, "backup", active.codes[4], "laptop").backup_codes_left == 8


def test_fresh_backup_codes_count_once_they_are_saved(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        change = changing(api, active, moment)
        fresh = api.backup_codes(change)
        begun = api.login("an.peeters", PASSWORD)
        assert refused(api.login_code, begun.challenge, "backup", fresh[0], "laptop") == "wrong_code"
        assert api.finish(change, "desk") is None
        assert refused(api.login_code, begun.challenge, "backup", active.codes[1], "laptop") == "wrong_code"
        assert api.login_code(begun.challenge, "backup", fresh[0], "laptop").access


def test_the_last_factor_stays_and_another_may_go(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        change = changing(api, active, moment)
        assert refused(api.remove_factor, change, "app") == "last_factor"
        api.new_sms(change, NUMBER)
        api.confirm_sms(change, backend.post.code())
        assert api.remove_factor(change, "app").factors == ("sms",)
        assert refused(api.change_factors, active.tokens.access, "not the password") == "wrong_password"


def test_changing_second_steps_takes_a_fresh_code_or_a_backup_code(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        begun = api.change_factors(active.tokens.access, PASSWORD)
        assert begun.methods == ("app", "backup")
        for change in (api.new_app, api.backup_codes):
            assert refused(change, begun.challenge) == "challenge_expired"
        assert refused(api.remove_factor, begun.challenge, "app") == "challenge_expired"
        assert refused(api.login_code, begun.challenge, "backup", active.codes[0], "x") == "challenge_expired"
        assert refused(api.confirm_change, begun.challenge, "app", "000000") == "wrong_code"
        state = api.confirm_change(begun.challenge, "backup", active.codes[0])
        assert (state.methods, state.factors) == ((), ("app",))
        assert text_in("nl", letters.BACKUP_USED, name="an.peeters", n=9) in backend.post.body()
        assert api.new_app(state.challenge).secret
        login = api.login("an.peeters", PASSWORD).challenge
        assert refused(api.confirm_change, login, "backup", active.codes[1]) == "challenge_expired"


def test_changing_second_steps_by_an_sms_of_its_own(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        change = changing(api, active, moment)
        api.new_sms(change, NUMBER)
        api.confirm_sms(change, backend.post.code())
        begun = api.change_factors(active.tokens.access, PASSWORD)
        assert (begun.methods, api.send_sms(begun.challenge).left) == (("app", "sms", "backup"), 2)
        assert api.confirm_change(begun.challenge, "sms", backend.post.code()).methods == ()


def test_who_has_no_second_step_left_changes_them_with_the_password(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        with backend.database.transaction(None) as con:
            con.execute("DELETE FROM backup_code")
            con.execute("UPDATE user_account SET totp_secret = ''")
        state = api.change_factors(active.tokens.access, PASSWORD)
        assert (state.methods, bool(api.new_app(state.challenge).secret)) == ((), True)


def test_wrong_passwords_are_slowed_down_and_the_delay_ends_by_itself(
    backend: Service, moment: Moment
) -> None:
    with backend.api() as api:
        activated(backend, api, moment)
        waits = []
        for _ in range(9):
            try:
                api.login("an.peeters", "not the password")
            except BackendError as problem:
                waits.append(problem.wait)
                if problem.code == "locked":
                    moment.later(problem.wait)
        assert waits[:5] == [0] * 5
        assert waits[5] == 2
        assert max(waits) == 4
        moment.later(15 * 60)
        assert api.login("an.peeters", PASSWORD).methods
        assert refused(api.login, "an.peeters", "not the password") == "wrong_login"


def test_a_stranger_does_not_delay_the_clerk_at_the_usual_place(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        logged_in(api, active, moment)
        codes = [attempt(backend, "an.peeters", "guess", f"198.51.100.{place}") for place in range(40)]
        assert codes[:29] == ["wrong_login"] * 29
        assert codes[-1] == "locked"
        assert api.login("an.peeters", PASSWORD).methods


def test_addresses_that_a_stranger_may_choose_are_counted_as_one(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        activated(backend, api, moment)
    codes = [attempt(backend, f"nobody.{place}", "guess", f"2001:db8:0:7::{place:x}") for place in range(40)]
    assert codes[:29] == ["wrong_login"] * 29
    assert codes[-1] == "locked"
    assert attempt(backend, "nobody", "guess", "2001:db8:0:8::1") == "wrong_login"


def test_a_stranger_on_the_same_computer_does_not_delay_a_device_that_logged_in_before(
    backend: Service, moment: Moment
) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        mark = active.tokens.device_mark
        outcomes = [refused(api.login, "an.peeters", "a guess") for _ in range(8)]
        assert outcomes[:5] == ["wrong_login"] * 5
        assert refused(api.login, "an.peeters", PASSWORD) == "locked"
        assert api.change_factors(active.tokens.access, PASSWORD).methods
        begun = api.login("AN.Peeters", PASSWORD, mark)
        tokens = api.login_code(begun.challenge, "app", app_code(active.secret, moment.now), "laptop")
        assert tokens.device_mark not in ("", mark)


def test_a_mark_of_a_device_is_of_one_user_and_slows_guesses_with_it_down(
    backend: Service, moment: Moment
) -> None:
    with backend.api() as api:
        mark = activated(backend, api, moment).tokens.device_mark
        backend.invite("bo.claes")
        for _ in range(8):
            refused(api.login, "bo.claes", "a guess")
        nonce, _, seal = mark.partition(".")
        for made_up in (mark, f"{nonce}.", f".{seal}", "x", f"{'0' * 24}.{seal}"):
            assert refused(api.login, "bo.claes", PASSWORD, made_up) == "locked"
        guesses = [refused(api.login, "an.peeters", "a guess", mark) for _ in range(8)]
        assert guesses == ["wrong_login"] * 5 + ["locked"] * 3
        # The others at this address are not held up by them either.
        assert api.login("an.peeters", PASSWORD).methods


def test_many_guesses_at_once_get_no_more_than_the_free_ones(backend: Service, moment: Moment) -> None:
    with backend.api() as api:
        activated(backend, api, moment)
    with ThreadPoolExecutor(8) as many:
        found = list(many.map(lambda _: attempt(backend, "an.peeters", "guess", "198.51.100.7"), range(16)))
    assert found.count("wrong_login") == 5
    assert found.count("locked") == 11


def test_wrong_codes_end_the_challenge_and_are_slowed_down_across_challenges(
    backend: Service, moment: Moment
) -> None:
    with backend.api() as api:
        active = activated(backend, api, moment)
        begun = api.login("an.peeters", PASSWORD)
        codes = [refused(api.login_code, begun.challenge, "app", "000000", "laptop") for _ in range(5)]
        assert codes == ["wrong_code"] * 5
        again = api.login("an.peeters", PASSWORD)
        assert refused(api.login_code, again.challenge, "app", "000000", "laptop") == "locked"
        moment.later(10)
        assert refused(api.login_code, begun.challenge, "app", "000000", "laptop") == "challenge_expired"
        assert logged_in(api, active, moment).access


def attempt(backend: Service, name: str, password: str, address: str) -> str:
    """What becomes of a first step from that address."""
    try:
        login.begin(backend.accounts, name, password, address)
    except Refused as problem:
        return problem.code
    return "in"


def test_the_logs_tell_who_tried_by_number_and_hold_no_name_and_no_secret(
    backend: Service, moment: Moment
) -> None:
    with structlog.testing.capture_logs() as logs, backend.api() as api:
        active = activated(backend, api, moment)
        refused(api.login, "an.peeters", "not the password")
        begun = api.login("an.peeters", PASSWORD)
        refused(api.login_code, begun.challenge, "app", "000000", "laptop")
        api.login_code(begun.challenge, "app", app_code(active.secret, moment.now), "laptop")
    told = [(one["what"], one["outcome"], bool(one["user"])) for one in logs if one["event"] == "account"]
    assert told == [
        ("enrolment", "done", True),
        ("password", "wrong", True),
        ("app", "wrong", True),
        ("app", "done", True),
    ]
    assert not any(word in str(logs) for word in ("peeters", PASSWORD, "000000", active.secret))
