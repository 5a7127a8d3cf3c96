"""The state machine of clerks, backend and faults; `long.py` runs it for hours."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.backend.conftest import cluster
from tests.backend.postgres import Cluster
from tests.sync.machine import Machine
from tests.sync.on_postgres import on_postgres
from tests.sync.world import Server

__all__ = ["cluster"]

QUICK = settings(
    max_examples=8, stateful_step_count=25, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck), print_blob=True,
)  # fmt: skip
"""A script that fails is told as it is: to shrink it takes longer than the suite may."""
SEED = 20260914
"""The suite runs the same scripts each time; `long.py` takes others."""


def on_sqlite(template: Path, **attributes: object) -> type[Machine]:
    """The machine with a backend on a SQLite file of its own."""

    def make(folder: Path) -> Server:
        shutil.copy(template, folder / "server.db")
        server = Server(f"sqlite:///{folder / 'server.db'}", folder)
        server.make_employer()
        return server

    return type("OnSqlite", (Machine,), {"make_server": staticmethod(make), **attributes})


def test_nothing_is_lost_with_two_workers_on_postgres(cluster: Cluster) -> None:
    shorter = settings(QUICK, max_examples=5, stateful_step_count=20)
    run_state_machine_as_test(seed(SEED)(on_postgres(cluster)), settings=shorter)


def test_nothing_is_lost_and_all_agree(server_template: Path) -> None:
    run_state_machine_as_test(seed(SEED)(on_sqlite(server_template)), settings=QUICK)
