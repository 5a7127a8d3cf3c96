"""Where an employer stands with the backend: identity, positions, and what has to happen next."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from hrtui.domain.sync.canonical import number_of
from hrtui.domain.sync.chain import GENESIS
from hrtui.domain.sync.units import ENTITIES
from hrtui.store.by_ids import marks
from hrtui.store.moments import moment
from hrtui.store.store import Store

SCHEMA = 1
"""The version of the mutations that this program writes."""
SHAPE = number_of({name: sorted(entity.units) for name, entity in ENTITIES.items()}) % 2**31
"""What this program knows of rows: a profile that was used by one that knew less reads all rows anew."""
LIMITS: Mapping[str, int] = {
    "push_mutations": 200,
    "push_ops": 500,
    "push_bytes": 1_000_000,
    "pull_changes": 500,
    "known_uids": 1000,
    "snapshot_rows": 5000,
}
"""What is assumed until the backend says otherwise."""
_JSON = ("limits", "snapshot")


@dataclass(slots=True)
class State:
    """The row of an employer in `sync_state`; see there. `snapshot` is how far a bootstrap has come."""

    employer_id: int
    device_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    epoch: str = ""
    rev: int = 0
    chain: str = GENESIS
    witness_rev: int = 0
    witness_chain: str = GENESIS
    durable_rev: int = 0
    durable_chain: str = GENESIS
    nonce: str | None = None
    pending_nonce: str | None = None
    next_mseq: int = 1
    scope: str = ""
    schema_v: int = 0
    fingerprint: str = ""
    needs_hello: bool = True
    needs_requeue: bool = False
    needs_snapshot: bool = True
    limits: dict[str, int] = field(default_factory=lambda: dict(LIMITS))
    skew: int = 0
    exchanged_at: str | None = None
    offline_since: str | None = None
    problem: str = ""
    snapshot: dict[str, Any] | None = None

    @property
    def cursor(self) -> dict[str, Any]:
        """The position that was applied, as it travels."""
        return {"rev": self.rev, "chain": self.chain}

    @property
    def witness(self) -> dict[str, Any]:
        """The newest position that any answer named."""
        return {"rev": self.witness_rev, "chain": self.witness_chain}

    def saw(self, rev: int, chain: str) -> None:
        """Raise the witness: every answer does, or a backend that was restored twice loses edits unseen."""
        if rev > self.witness_rev:
            self.witness_rev, self.witness_chain = rev, chain

    def stand_at(self, rev: int, chain: str) -> None:
        """Set cursor and witness, as after a snapshot: what was known before is another timeline's."""
        self.rev = self.witness_rev = rev
        self.chain = self.witness_chain = chain

    def new_device(self) -> None:
        """Become another device: mutations keep their ids, but get new numbers with the next hello."""
        self.device_id = str(uuid.uuid4())
        self.nonce = self.pending_nonce = None
        self.next_mseq = 1
        self.needs_hello = True


_NAMES = [one.name for one in fields(State)]


def load(store: Store, employer_id: int) -> State | None:
    """The state of an employer, None where it is not connected."""
    row = store.con.execute(
        f"SELECT {', '.join(_NAMES)} FROM sync_state WHERE employer_id = ?", (employer_id,)
    ).fetchone()
    if row is None:
        return None
    values = dict(zip(_NAMES, row, strict=True))
    values |= {name: json.loads(values[name]) if values[name] else None for name in _JSON}
    values |= {name: bool(values[name]) for name in _NAMES if name.startswith("needs_")}
    return State(**values)


def standing_of(store: Store, employer_id: int) -> State:
    """The state of an employer that is connected; raises LookupError for one that is not."""
    found = load(store, employer_id)
    if found is None:
        raise LookupError(f"employer {employer_id} is not connected")
    return found


def save(store: Store, state: State) -> None:
    """Write the state; inside a transaction of the caller. Notes are left alone: `sync.notes` keeps them."""
    values = {name: getattr(state, name) for name in _NAMES}
    values |= {name: None if values[name] is None else json.dumps(values[name]) for name in _JSON}
    sets = ", ".join(f"{name} = excluded.{name}" for name in _NAMES)
    store.con.execute(
        f"INSERT INTO sync_state ({', '.join(_NAMES)}, notes) VALUES ({marks(len(_NAMES))}, '[]')"
        f" ON CONFLICT (employer_id) DO UPDATE SET {sets}",
        list(values.values()),
    )


def connected(store: Store) -> list[int]:
    """The employers of this profile that sync with the backend."""
    return [row[0] for row in store.con.execute("SELECT employer_id FROM sync_state ORDER BY employer_id")]


def connect(store: Store, employer_id: int) -> None:
    """Let an employer sync from now on; what waits in its outbox is sent."""
    with store.transaction():
        if load(store, employer_id) is None:
            save(store, State(employer_id, fingerprint=fingerprint(store.folder)))


def fingerprint(folder: Path) -> str:
    """What tells this database file from a copy of it: the computer, the user, the place and the file."""
    file = folder / "hrtui.db"
    try:
        machine = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except OSError:
        machine = ""
    try:
        found = file.stat()
        place = f"{found.st_dev}:{found.st_ino}"
    except OSError:
        place = ""
    text = "\n".join((machine, str(os.getuid()), os.path.realpath(file), place))
    return hashlib.sha256(text.encode()).hexdigest()


def seen_now(state: State) -> None:
    """An exchange has just succeeded."""
    state.exchanged_at, state.offline_since, state.problem = moment(), None, ""
