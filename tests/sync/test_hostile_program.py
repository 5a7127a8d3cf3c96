"""Whatever a crafted program pushes, the backend answers, and colleagues go on syncing."""

from __future__ import annotations

import json
import random
import uuid
from typing import Any

import httpx2
import pytest

from hrtui.domain.sync.chain import GENESIS
from hrtui.domain.sync.units import DAY, ENTITIES, SERVER_ENTITIES
from tests.sync.conftest import Office
from tests.sync.world import FIRST_TYPE, PEOPLE, TEAM, TENANT, Clerk, Server

STEPS = 150
LEAVE = [[FIRST_TYPE, 456, "full", "approved", "manual"]]
ODD: list[Any] = [
    None, 0, -1, 2**62, 2**63, True, 1.5, float("nan"), "", "x", "2026-03", "2026-03-02", "2026-W10-1",
    "9999-12-31", "0001-01-01", "[]", "{}", "null", "[" * 500, [], [1], ["a", 1], [None] * 4, {"a": 1},
    "\x1b]0;x\x07", "\0", "absence", "unlimited", "total", TEAM, [["x"]], LEAVE, "é" * 100,
    ["2026-03", None], [100, None, None, "EUR"], ["month", 1],
]  # fmt: skip
USUAL: dict[str, Any] = {
    "text": "x", "number": 5, "flag": 1, "minute": 5, "month_number": 2, "year": 2026, "date": "2026-03-02",
    "month": "2026-03", "moment": "2026-03-02 10:00:00", "texts": "[]", "codes": "{}", "list": "[]",
    "weeks": "[[480, 480, 480, 480, 480, 0, 0]]", "starts": None, "object": "{}", "category": "absence",
    "unit": "minute", "limit": "unlimited", "input": "total", "basis": "proof",
    "country": "BE", "language": "nl",
}  # fmt: skip


class Hostile:
    """A program that pushes what no program of ours would; the same seed does the same."""

    def __init__(self, clerk: Clerk, seed: int) -> None:
        self.random = random.Random(seed)
        self.device, self.nonce = str(uuid.UUID(int=seed + 1)), "n" * 32
        self.seen: dict[str, Any] = {"rev": 0, "chain": GENESIS}
        self.known = {"person": [*PEOPLE], "leave_type": [FIRST_TYPE], "team": [TEAM]}
        self.uids: list[str] = ["0" * 36]
        self.conflicts = [5]
        self.client = httpx2.Client(
            base_url=f"http://backend/v1/t/{TENANT}/sync/", transport=clerk.server.transport,
            headers={"Authorization": f"Bearer {clerk.token}", "Content-Type": "application/json"},
        )  # fmt: skip
        hello = {"device_id": self.device, "prev_nonce": None, "new_nonce": self.nonce, "witness": self.seen}
        assert self.post("hello", {**hello, "schema_v": 9})

    def post(self, path: str, body: Any) -> Any:
        """The answer, which is never a failure of the backend."""
        answer = self.client.post(path, content=json.dumps(body))
        assert answer.status_code == 200, (answer.status_code, json.dumps(body))
        return answer.json()

    def push(self, number: int) -> list[dict[str, Any]]:
        """Push a mutation of one to five operations."""
        ops = [self.operation() for _ in range(self.random.randint(1, 4))]
        mutation = {
            "uid": str(uuid.UUID(int=self.random.getrandbits(128))), "mseq": number, "schema_v": 9,
            "made_at": "2026-03-02T10:00:00Z", "label": "\x1b[2J\0", "ops": ops,
            "atom": self.random.choice(["each", "each", "all"]),
        }  # fmt: skip
        body = {"device_id": self.device, "nonce": self.nonce, "witness": self.seen, "mutations": [mutation]}
        answer = self.post("push", body)
        assert answer["stop"] is None
        self.seen = answer["head"]
        results: list[dict[str, Any]] = answer["results"][0]["ops"]
        self.uids = [*self.uids, str(mutation["uid"])][-20:]
        self.conflicts = [*self.conflicts, *(c for one in results for c in one.get("conflicts", []))][-20:]
        return results

    def operation(self) -> dict[str, Any]:
        """An operation that is nearly right."""
        pick = self.random.choice
        entity = pick([*ENTITIES] * 4 + [*SERVER_ENTITIES, "nonsense", "\x1b"])
        kind = pick(["ins", "ins", "set", "del", "resolve"])
        op: dict[str, Any] = {
            "e": entity,
            "id": pick([*PEOPLE, FIRST_TYPE, TEAM, TENANT, 501, 502]),
            "k": kind,
        }
        if entity == DAY:
            op |= {
                "d": pick(["2026-03-02", "2026-03-03", "2026-W10-1", "2026-02-30"]),
                "k": pick(["set", "resolve"]),
            }
            op["units"] = {"entries": {"base": pick([[], LEAVE]), "new": pick([[], LEAVE, *ODD])}}
        elif entity in ENTITIES:
            units = [*ENTITIES[entity].units]
            if kind != "ins":
                units = self.random.sample(units, self.random.randint(1, len(units)))
            op["units"] = {unit: self.change(entity, unit, kind) for unit in units}
            if kind == "ins":
                self.known.setdefault(entity, []).append(op["id"])
        if self.random.random() < 0.1:
            op |= {"conflict": pick(self.conflicts), "seen": self.uids[-3:]}
        return op

    def change(self, entity: str, unit: str, kind: str) -> dict[str, Any]:
        """What a unit was and becomes."""
        usual = self.usual(entity, unit)
        odd = self.random.choice(ODD)
        base = None if kind == "ins" else self.random.choice([usual, odd])
        new = None if kind == "del" else odd if self.random.random() < 0.04 else usual
        after = {"after": self.random.choice(self.uids)} if self.random.random() < 0.1 else {}
        return {"base": base, "new": new, **after}

    def usual(self, entity: str, unit: str) -> Any:
        """A value that a unit can have."""
        known, values = ENTITIES[entity], []
        for column in known.units[unit]:
            named = self.known.get(known.references.get(column, ""))
            kind = known.kinds.get(column, "text").rstrip("?")
            values.append(self.random.choice(named) if named else USUAL[kind])
        return values[0] if len(values) == 1 else values


@pytest.mark.parametrize("seed", [1, 2])
def test_colleagues_take_in_whatever_got_through(clerk: Office, server: Server, seed: int) -> None:
    ann = clerk("Ann", "clerk case_manager")
    hostile = Hostile(clerk("Mal", "administrator case_manager", synced=False), seed)
    outcomes = [one["outcome"] for number in range(1, STEPS + 1) for one in hostile.push(number)]
    assert {"applied", "conflict", "parked"} <= set(outcomes)
    ann.sync()
    bob = clerk("Bob", "clerk case_manager")
    assert ann.rows() == bob.rows() == server.rows()
