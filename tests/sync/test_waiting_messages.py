"""Messages about cases that were prepared offline, through a real backend to a real mail server."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from hrtui.backend.database import Database
from hrtui.cli.sync import exchange
from hrtui.domain.sickness.message import Message, Telling
from hrtui.domain.sickness.poortwachter import Step
from hrtui.domain.sickness.reporting import Report
from hrtui.store.profile import Profile
from hrtui.store.sickness.contacts import SENT, WAITING, contacts_of, tell
from hrtui.store.sickness.course import recover, reopen
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.marks import marks_of
from hrtui.store.sickness.report import report_sick
from hrtui.store.store import Store
from hrtui.sync.account_api import Tokens
from hrtui.sync.backend_errors import BackendError
from hrtui.sync.connection import Backend
from hrtui.sync.engine import Engine
from hrtui.sync.replica import Replica
from hrtui.sync.session import Link, keep_login
from tests.backend.accounts.service import Post, mail_server, running
from tests.sync.world import KEY, PEOPLE, TENANT, Clerk, Server, table_defaults

ADDRESS = "verzuim@zorg.example"


@dataclass
class Place:
    """A backend on a port, its mail server, and case managers with profiles of their own."""

    server: Server
    url: str
    post: Post
    folder: Path

    def desk(self, name: str, number: int) -> Store:
        """A case manager's profile, logged in and in sync."""
        token = self.server.add_user(number, name, "case_manager")
        clerk = Clerk(name, token, self.folder / name, self.server)
        tokens = Tokens(token, f"session-{number}.none", 86_000, f"session-{number}")
        keep_login(clerk.store, Link(self.url, name), tokens)
        assert exchange(clerk.store) == {}
        return clerk.store

    def subjects(self) -> list[str]:
        """What was sent to the service."""
        assert all(str(mail["To"]).strip("<>") == ADDRESS for mail in self.post.mails)
        return [str(mail["Subject"]) for mail in self.post.mails]


@pytest.fixture
def place(tmp_path: Path, server_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")
    post = Post()
    shutil.copy(server_template, tmp_path / "server.db")
    server = Server(f"sqlite:///{tmp_path}/server.db", tmp_path)
    contract = {"person_id": PEOPLE[0], "start_date": "2020-01-01"}
    server.make_employer([("contract", 41, table_defaults("contract") | contract)])
    with closing(server), mail_server(post) as mail:
        with server.database.transaction(TENANT) as con:
            con.execute(
                "UPDATE row_state SET units = json_set(units, '$.occupational_email', ?,"
                " '$.occupational_language', 'en') WHERE tenant_id = ? AND entity = 'employer'",
                ADDRESS, TENANT,
            )  # fmt: skip
        config = server.config()
        config.extra["accounts"]["mail"] = mail
        database = Database.open(server.url)
        try:
            with running(config, database) as (url, app):
                yield Place(server, url, post, tmp_path)
                # The engine may still hear of commits; the server waits for that to end.
                app.state.hub.close_soon()
        finally:
            database.close()


def prepared(store: Store) -> int:
    """A case with a recovery that was to be told while the backend was away; returns the case."""
    desk = case_desk(store, TENANT)
    case_id = report_sick(desk, PEOPLE[0], Report(date(2026, 9, 7))).case_id
    recover(desk, case_id, date(2026, 9, 14))
    assert tell(desk, case_id, Telling.RECOVERY, "email").state == WAITING
    return case_id


def states(store: Store, case_id: int) -> list[str]:
    return [one.state for one in contacts_of(case_desk(store, TENANT), case_id)]


def test_what_waits_is_sent_once_and_marked_for_all(place: Place) -> None:
    ann, bo = place.desk("Ann", 1), place.desk("Bo", 2)
    with closing(ann), closing(bo):
        case_id = prepared(ann)
        assert exchange(ann) == {}
        (subject,) = place.subjects()
        assert "Testman" in subject
        assert states(ann, case_id) == [SENT]
        assert exchange(ann) == exchange(bo) == {}
        assert states(bo, case_id) == [SENT]
        assert len(place.post.mails) == 1


def test_a_report_that_went_out_is_a_step_that_is_done(place: Place) -> None:
    with place.server.database.transaction(TENANT) as con:
        con.execute(
            "UPDATE row_state SET units = json_set(units, '$.country', 'NL') WHERE tenant_id = ?"
            " AND entity = 'employer'",
            TENANT,
        )
    ann, bo = place.desk("Ann", 1), place.desk("Bo", 2)
    with closing(ann), closing(bo):
        desk = case_desk(ann, TENANT)
        case_id = report_sick(desk, PEOPLE[0], Report(date(2026, 9, 14))).case_id
        tell(desk, case_id, Telling.REPORT, "email")
        assert marks_of(desk, case_id) == []
        assert exchange(ann) == exchange(bo) == {}
        (done,) = marks_of(case_desk(bo, TENANT), case_id)
        assert (done.step, done.done_on) == (Step.SERVICE_REPORT, date(2026, 9, 14))


def test_the_running_program_sends_it_too(place: Place) -> None:
    ann = place.desk("Ann", 1)
    with closing(ann):
        case_id = prepared(ann)
        arrived = threading.Event()
        engine = Engine(lambda: Store.open(Profile("Ann", ann.folder), KEY, actor="Ann"), arrived.set)
        engine.start()
        try:
            while states(ann, case_id) != [SENT]:
                assert arrived.wait(10)
                arrived.clear()
        finally:
            engine.stop()
        assert len(place.subjects()) == 1


def test_two_who_ask_at_once_send_one(place: Place) -> None:
    ann, bo = place.desk("Ann", 1), place.desk("Bo", 2)
    with closing(ann), closing(bo):
        case_id = prepared(ann)
        (contact,) = contacts_of(case_desk(ann, TENANT), case_id)
        with Backend(bo) as other:
            text = Message("Recovery", "…")
            with pytest.raises(BackendError) as refused:
                other.tell_service(TENANT, case_id, text, contact.id)
            assert refused.value.code == "not_found", "the case did not reach the backend yet"
            assert exchange(ann) == {}
            assert other.tell_service(TENANT, case_id, text, contact.id) == ADDRESS
        assert len(place.post.mails) == 1


def test_whoever_comes_first_sends_it_in_the_name_of_the_one_who_prepared_it(place: Place) -> None:
    ann, bo = place.desk("Ann", 1), place.desk("Bo", 2)
    with closing(ann), closing(bo):
        case_id = prepared(ann)
        with Backend(ann) as own:
            Replica(ann, TENANT, own.api(TENANT)).exchange()
        assert states(ann, case_id) == [WAITING]
        assert exchange(bo) == {}
        (mail,) = place.post.mails
    lines = mail.get_content().splitlines()
    assert ann.actor in lines
    assert bo.actor not in lines


def test_what_no_longer_fits_waits_and_keeps_nothing_back(place: Place) -> None:
    ann = place.desk("Ann", 1)
    with closing(ann):
        case_id = prepared(ann)
        desk = case_desk(ann, TENANT)
        reopen(desk, case_id)
        tell(desk, case_id, Telling.REPORT, "email")
        assert exchange(ann) == {}
        assert sorted(states(ann, case_id)) == [SENT, WAITING]
        assert len(place.subjects()) == 1


def test_a_mail_server_that_is_away_is_tried_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = place.desk("Ann", 1)
    with closing(ann):
        case_id = prepared(ann)

        async def refuse(_self: object, *_words: object) -> str:
            return "451 later"

        with monkeypatch.context() as patch:
            patch.setattr(Post, "handle_DATA", refuse)
            assert exchange(ann) == {}
        assert states(ann, case_id) == [WAITING]
        assert exchange(ann) == {}
        assert states(ann, case_id) == [SENT]
