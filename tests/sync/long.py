"""The state machine for hours: python -m tests.sync.long --steps 100000 [--clerks 5] [--postgres]."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from hrtui.backend.migrate import migrate
from tests.sync.machine import Machine
from tests.sync.test_machine import on_sqlite

STEPS_PER_RUN = 60


def main(words: Sequence[str]) -> int:
    """Run so many steps; exit code 1 with the shrunk script where something is lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.sync.long", description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--length", type=int, default=STEPS_PER_RUN, help="steps of one script")
    parser.add_argument("--clerks", type=int, default=3)
    parser.add_argument("--postgres", action="store_true", help="on a real PostgreSQL, with two workers")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--no-shrink", action="store_true", help="tell the first script that fails as it is")
    given = parser.parse_args(words)
    phases = [Phase.generate] if given.no_shrink else [Phase.generate, Phase.shrink]
    wanted = settings(
        max_examples=max(1, given.steps // given.length), stateful_step_count=given.length, deadline=None,
        database=None, phases=phases, suppress_health_check=list(HealthCheck), print_blob=True,
    )  # fmt: skip
    began = time.monotonic()
    if given.postgres:
        from tests.sync.on_postgres import on_postgres, running_cluster

        with running_cluster() as cluster:
            _run(on_postgres(cluster, clerks=given.clerks), wanted, given.seed)
    else:
        with tempfile.TemporaryDirectory() as folder:
            template = Path(folder) / "server.db"
            migrate(f"sqlite:///{template}")
            _run(on_sqlite(template, clerks=given.clerks), wanted, given.seed)
    sys.stdout.write(
        f"{given.steps} steps, seed {given.seed}, {time.monotonic() - began:.0f} s: nothing lost\n"
    )
    return 0


def _run(machine: type[Machine], wanted: settings, number: int) -> None:
    sys.stdout.write(f"seed {number}\n")
    seed(number)(machine)
    run_state_machine_as_test(machine, settings=wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
