"""The doors of the service: no route without a token, no body too large, nothing that makes it fall over."""

from __future__ import annotations

import gzip
import json
import os
import re
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance

from hrtui.backend.config import ServerLimits
from hrtui.backend.database import Database
from hrtui.backend.rates import BURST, Turns
from tests.backend.sync.office import FULL, TENANT, Office, day, office

EXAMPLES = int(os.environ.get("HRTUI_API_EXAMPLES", "2"))
"""Made-up requests per route and kind; 200 is a good number for a long run."""

PLACES = {"tenant": str(TENANT), "name": "forward", "sha256": "a" * 64}


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for path, methods in app.openapi()["paths"].items():
        for method in methods:
            yield method.upper(), path


def test_every_route_of_an_employer_asks_for_a_token(at_work: Office) -> None:
    doors = [(method, path) for method, path in routes(at_work.app) if "{tenant}" in path]
    assert len(doors) >= 9
    token = at_work.clerk().token
    for method, path in doors:
        here = re.sub(r"\{(\w+)\}", lambda place: PLACES.get(place[1], "1"), path)
        strange = here.replace(f"/t/{TENANT}/", "/t/999/")
        query = "?token=x" if path.endswith("/page") else ""
        for bad in ("", "nonsense", "a" * 5000):
            answer = at_work.call(method, here + query, bad)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), (method, path)
        assert at_work.call(method, strange + query, token, json={}).status_code in (404, 400), (method, path)


def test_a_token_ends(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.hello()
    with at_work.database.transaction(None) as con:
        con.execute("UPDATE access_token SET expires_at = 5")
    assert anna.pull(401)["code"] == "token_expired"
    with at_work.database.transaction(None) as con:
        con.execute("UPDATE access_token SET expires_at = 9999999999")
        con.execute("UPDATE login_session SET revoked_at = 5")
    assert anna.pull(401)["code"] == "token_revoked"


def test_another_protocol_is_told_to_upgrade(at_work: Office) -> None:
    anna = at_work.clerk()
    path = f"/v1/t/{TENANT}/sync/known"
    answer = at_work.call("POST", path, anna.token, headers={"Hrtui-Protocol": "2"}, json={})
    assert (answer.status_code, answer.json()["code"]) == (426, "upgrade_required")


@pytest.fixture
def small(database: Database, database_url: str, tmp_path: Any) -> Iterator[Office]:
    with office(database, database_url, tmp_path, ServerLimits(body_bytes=20_000)) as made:
        yield made


@pytest.fixture
def hurried(postgres_url: str, tmp_path: Any) -> Iterator[Office]:
    """On PostgreSQL only, which refuses more than SQLite does."""
    opened = Database.open(postgres_url)
    limits = ServerLimits(
        wait_seconds=1, poll_seconds=0.02, pushes_per_second=1000, strangers_per_second=1000
    )
    with office(opened, postgres_url, tmp_path, limits) as made:
        yield made
    opened.close()


@pytest.fixture
def strict(database: Database, database_url: str, tmp_path: Any) -> Iterator[Office]:
    """One push of a device and one request without a token in a second."""
    limits = ServerLimits(pushes_per_second=1, strangers_per_second=1)
    with office(database, database_url, tmp_path, limits) as made:
        yield made


def test_a_device_that_pushes_without_end_waits_and_others_do_not(strict: Office) -> None:
    anna, ben = strict.clerk(), strict.clerk()
    for _ in range(BURST):
        anna.push(day(FULL))
    path, mutation = f"/v1/t/{TENANT}/sync/push", anna.mutation(day(FULL))
    body = {"device_id": anna.device_id, "nonce": anna.nonce, "witness": anna.witness}
    answer = strict.call("POST", path, anna.token, json={**body, "mutations": [mutation]})
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert int(answer.headers["Retry-After"]) == 1
    body = {"device_id": str(uuid.uuid4()), "nonce": anna.nonce, "witness": anna.witness}
    answer = strict.call("POST", path, anna.token, json={**body, "mutations": [mutation]})
    assert answer.status_code == 429
    assert ben.push(day(FULL)) == [{"outcome": "noop"}]


def test_a_log_in_that_makes_devices_up_waits(strict: Office) -> None:
    anna = strict.clerk()
    for _ in range(BURST):
        anna.copy().hello()
        anna.device_id = str(uuid.uuid4())
    assert anna.hello(429)["code"] == "rate_limited"
    # Each first reading is a record of the audit trail, too.
    for _ in range(BURST):
        anna.post("sync/snapshot", {"witness": None})
    assert anna.post("sync/snapshot", {"witness": None}, 429)["code"] == "rate_limited"


def test_an_address_without_a_token_waits_and_a_clerk_there_does_not(strict: Office) -> None:
    anna = strict.clerk()
    answers = [strict.call("POST", "/v1/auth/login", json={}) for _ in range(BURST + 1)]
    assert {one.status_code for one in answers[:-1]} == {400}
    assert (answers[-1].status_code, answers[-1].headers["Retry-After"]) == (429, "1")
    assert anna.push(day(FULL)) == [{"outcome": "applied"}]
    assert strict.call("GET", "/health").status_code == 200


def test_tokens_that_were_made_up_wait_and_a_clerk_at_the_same_address_does_not(strict: Office) -> None:
    anna = strict.clerk()
    path, plain = f"/v1/t/{TENANT}/sync/known", anna.token.partition(".")[0]
    guesses = [f"guess-{number}" for number in range(BURST)] + [f"{plain}.{'0' * 32}", plain]
    answers = [strict.call("POST", path, guess, json={}) for guess in guesses]
    assert {one.status_code for one in answers[:BURST]} == {401}
    assert [one.status_code for one in answers[BURST:]] == [429, 429]
    assert anna.push(day(FULL)) == [{"outcome": "applied"}]


def test_a_length_without_end_is_refused(at_work: Office) -> None:
    anna = at_work.clerk()
    for digits in (19, 4400, 60_000):
        headers = {"Content-Type": "application/json", "Content-Length": "9" * digits}
        answer = at_work.call(
            "POST", f"/v1/t/{TENANT}/sync/known", anna.token, content=b"{}", headers=headers
        )
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_turns_come_back() -> None:
    now = 0.0
    turns = Turns(2, lambda: now)
    assert [turns.take("a") for _ in range(2 * BURST + 1)] == [0] * 2 * BURST + [1]
    now = 1.0
    assert [turns.take("a") for _ in range(3)] == [0, 0, 1]
    now = 1000.0
    assert [turns.take("a") for _ in range(2 * BURST + 1)] == [0] * 2 * BURST + [1]


def test_large_packed_and_broken_bodies_are_refused(small: Office) -> None:
    anna = small.clerk()
    anna.hello()
    path = f"/v1/t/{TENANT}/sync/push"
    bodies: list[tuple[bytes, dict[str, str], int]] = [
        (b"x" * 20_001, {}, 413),
        (gzip.compress(b" " * 1_000_000), {"Content-Encoding": "gzip"}, 413),
        (gzip.compress(b" " * 15_000), {"Content-Encoding": "gzip"}, 413),
        (b"no gzip at all", {"Content-Encoding": "gzip"}, 400),
        (b"x", {"Content-Encoding": "br"}, 400),
        (b"{", {}, 400),
        (b"[" * 15_000, {}, 400),
        (b"\xff\xfe", {}, 400),
        (b'{"device_id": NaN}', {}, 400),
        (b"1" * 19_000, {}, 400),
        (b"", {}, 400),
    ]
    for body, headers, status in bodies:
        answer = small.call(
            "POST", path, anna.token, content=body, headers={"Content-Type": "application/json", **headers}
        )
        assert answer.status_code == status, body[:20]
        assert set(answer.json()) == {"code", "message"}


def test_a_packed_body_is_read(small: Office) -> None:
    anna = small.clerk()
    anna.hello()
    body = {"device_id": anna.device_id, "nonce": anna.nonce, "witness": anna.witness,
            "mutations": [anna.mutation(day(FULL))]}  # fmt: skip
    packed = gzip.compress(json.dumps(body).encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = small.call("POST", f"/v1/t/{TENANT}/sync/push", anna.token, content=packed, headers=headers)
    assert answer.json()["results"][0]["ops"] == [{"outcome": "applied"}]


@pytest.mark.parametrize(
    "content",
    [
        "[" * 2900,
        '{"after": ["\\ud800", 1, ""], "entities": [], "scope": "x"}',
        '{"after": ["day", 1, "\\u0000"], "entities": [], "scope": "x"}',
        '{"after": ["day", true, ""], "entities": [], "scope": "x"}',
        '{"after": ["day", 1e999, ""], "entities": [["day"]], "scope": "x"}',
        '{"after": ["day", ' + "9" * 2000 + ', ""], "entities": [], "scope": "x"}',
        "null",
    ],
)
def test_a_made_up_token_of_a_page_is_refused(at_work: Office, content: str) -> None:
    token = urlsafe_b64encode(content.encode()).decode()
    answer = at_work.call("GET", f"/v1/t/{TENANT}/sync/snapshot/page?token={token}", at_work.clerk().token)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_odd_texts_reach_no_database(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.hello()
    path, headers = f"/v1/t/{TENANT}/sync/push", {"Content-Type": "application/json"}
    for text in ("\0", "\ud800", "x" * 30_000):
        mutation = anna.mutation(day([[201, 60, "hours", "approved", text]]), label="\0 odd")
        body = {"device_id": anna.device_id, "nonce": anna.nonce, "witness": anna.witness,
                "mutations": [mutation]}  # fmt: skip
        answer = at_work.call("POST", path, anna.token, content=json.dumps(body), headers=headers)
        assert answer.json()["results"][0]["ops"] == [{"outcome": "parked", "reason": "invalid"}]
    body = {"witness": anna.witness, "uids": ["\0" * 36]}
    assert anna.post("sync/known", body, 400)["code"] == "bad_request"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_description_is_kept_by_the_service(hurried: Office) -> None:
    """Requests made up from the API's own description, valid and not, get no 5xx and no answer beside it."""
    anna = hurried.clerk("administrator", "case_manager")
    anna.hello()
    app = hurried.app
    app.openapi_url = "/openapi.json"
    app.setup()
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    headers = {"Authorization": f"Bearer {anna.token}", "Hrtui-Protocol": "1"}
    tried = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path.endswith("/events"):
            continue
        tried += 1
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @settings(
                max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def call(case: Case[Any]) -> None:
                if "tenant" in case.path_parameters:
                    case.path_parameters["tenant"] = TENANT
                answer = case.call(headers=headers)
                case.validate_response(answer, checks=[not_a_server_error, response_schema_conformance])

            with suppress(Unsatisfiable):  # a call without any argument cannot be made wrong
                call()
    assert tried >= 12
