"""What the state machine is worth: safety features switched off one by one, each of which it must notice.

    python -m tests.sync.switches [--steps 4000] [NAME …]

Prints for each whether a script was found that fails. `test_switches.py` runs the quick ones.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from hrtui.backend.migrate import migrate
from hrtui.backend.sync import apply, checks, devices, erased, pull, push, snapshot
from hrtui.domain.sync.merge import Row
from hrtui.domain.sync.merge import merge as meet
from hrtui.sync import clashes, erasing, feed, merge, outbox, refused, replica, state
from tests.sync.test_machine import SEED, on_sqlite

Patches = Sequence[Any]


def _no_witness() -> Patches:
    return [
        patch.object(module, "check_history", lambda *_: None) for module in (devices, pull, push, snapshot)
    ]


def _last_wins(op: Any, row: Row, conflicts: Any, author: Any, closes: str = "") -> Any:
    """The author is taken to have seen whatever stands."""
    units: Any = {
        unit: {**one, "base": row.value(unit)} if op["k"] in ("set", "resolve") else one
        for unit, one in op.get("units", {}).items()
    }
    return meet(op | {"units": units}, row, conflicts, author, closes)


def _forget_sent(con: Any, uid: str) -> None:
    con.execute("DELETE FROM outbox WHERE uid = ?", (uid,))


def _keep_edits_that_lost(self: Any, key: Any, base: Any, units: Any, author: Any) -> None:
    """Ended edits stay on the screen, whatever the backend made of them."""


def _shown_news(self: Any, key: Any, base: Any, waiting: Any, author: Any) -> None:
    self.put(key, base, author)


SWITCHES: Mapping[str, Callable[[], Patches]] = {
    # the backend
    "receipts": lambda: [patch.object(push, "_receipts", lambda *_: {})],
    "values are compared": lambda: [patch.object(apply, "merge", _last_wins)],
    "witness": _no_witness,
    "locks": lambda: [patch.object(checks, "is_locked", lambda *_: False)],
    "who was erased stays away": lambda: [patch.object(erased, "is_about_erased", lambda *_: False)],
    "references": lambda: [patch.object(apply.Applying, "_reason", lambda *_: None)],
    # the client
    "who was erased leaves": lambda: [patch.object(erasing, "take", lambda *_: None)],
    "refused edits are kept": lambda: [patch.object(refused, "keep", lambda *_: None)],
    "sent log": lambda: [patch.object(outbox, "to_sent_log", _forget_sent)],
    "witness of answers": lambda: [patch.object(state.State, "saw", lambda *_: None)],
    "unsent edits stay over news": lambda: [patch.object(merge.Merge, "show", _shown_news)],
    "edits end": lambda: [patch.object(merge.Merge, "_settle", _keep_edits_that_lost)],
    "bases are kept": lambda: [patch.object(merge.Merge, "_store_base", lambda *_: None)],
    "unsent edits give way": lambda: [patch.object(clashes, "_yield", _nothing_gives_way)],
    "confirmed at the commit": lambda: [patch.object(feed, "confirm_until", lambda *_: None)],
    "offered again": lambda: [patch.object(replica.Replica, "_requeue", _no_requeue)],
}


def _nothing_gives_way(merge: Any, key: Any) -> None:
    raise clashes.Inconsistent(str(key.entity))


def _no_requeue(self: Any, now: Any) -> None:
    self._set(needs_requeue=False, needs_hello=True)


@contextmanager
def switched_off(name: str) -> Iterator[None]:
    """The feature of that name does not work inside the block."""
    patches = SWITCHES[name]()
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def notices(name: str, template: Path, steps: int, length: int = 40) -> str:
    """How the machine fails without the feature; '' where it does not within so many steps."""
    wanted = settings(
        max_examples=max(1, steps // length), stateful_step_count=length, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    )  # fmt: skip
    with switched_off(name):
        try:
            run_state_machine_as_test(seed(SEED)(on_sqlite(template)), settings=wanted)
        except Exception as problem:
            return f"{type(problem).__name__}: {str(problem).splitlines()[0][:90] if str(problem) else ''}"
    return ""


def main(words: Sequence[str]) -> int:
    """Switch each feature off in turn; exit code 1 where the machine misses one."""
    parser = argparse.ArgumentParser(prog="python -m tests.sync.switches")
    parser.add_argument("names", nargs="*", default=list(SWITCHES))
    parser.add_argument("--steps", type=int, default=4000)
    given = parser.parse_args(words)
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "server.db"
        migrate(f"sqlite:///{template}")
        for name in given.names:
            found = notices(name, template, given.steps)
            missed += not found
            sys.stdout.write(f"{name}: {found or 'NOT NOTICED'}\n")
            sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
