"""Workers that die: a process that makes one for each line it reads, to be killed at the place named there.

python -m tests.backend.forwarding.mortal DATABASE_URL FOLDER
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STEPS = ("deliver.taken", "deliver.uploaded", "deliver.renamed", "deliver.sent", "deliver.finished")


class Mortals:
    """Makes workers in another process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def die_at(self, place: str) -> bool:
        """Let a worker do what is due; says whether it was killed at the place."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(place + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip() == "-9"


@contextmanager
def mortals(url: str, folder: Path) -> Iterator[Mortals]:
    """Workers on a database; `folder` has the keys and documents of the backend."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.backend.forwarding.mortal", url, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Mortals(process)
    finally:
        assert process.stdin
        assert process.stdout
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


def main(url: str, folder: str) -> None:
    """Fork a worker for each place that is read, and say how it ended."""
    from hrtui.backend.accounts.settings import accounts_of
    from hrtui.backend.config import Config
    from hrtui.backend.database import Database
    from hrtui.backend.documents.store import documents_of
    from hrtui.backend.forwarding.worker import Deliverer, Pace
    from hrtui.backend.logs import set_up

    config = Config(url, extra={"accounts": {"key_file": f"{folder}/accounts.key"}})
    set_up("error")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.environ["HRTUI_FAILPOINT"] = line.strip()
            database = Database.open(url)
            vault = accounts_of(config, database).vault
            Deliverer(database, documents_of(config, database), vault, Pace()).once()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
