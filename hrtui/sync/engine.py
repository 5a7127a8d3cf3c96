"""The engine: a thread with its own connection that keeps every connected employer the same as the backend.

One program of a profile runs it (a lock on a file says which); all others see what it brings through the
database. Nothing here waits when the program ends: what a request was about is in the outbox.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.store.errors import StoreError
from hrtui.store.moments import moment
from hrtui.store.store import Store
from hrtui.sync import state
from hrtui.sync.backend_errors import BackendError, SignInNeeded
from hrtui.sync.backoff import Backoff

if TYPE_CHECKING:
    from hrtui.sync.case_files import BackendFiles
    from hrtui.sync.connection import Backend
    from hrtui.sync.forward_api import ForwardApi
    from hrtui.sync.invitations import InvitationApi
    from hrtui.sync.listener import Listener
    from hrtui.sync.replica import Replica
    from hrtui.sync.waiting_messages import Tell

LOOK = 0.1
"""Seconds between two looks at whether the clerk entered something."""
FULL = 60.0
"""Seconds after which an exchange takes place whatever was heard."""
QUIT = 0.3
"""Seconds that ending the program leaves a running transaction at most; requests are left alone."""
LOCK_FILE = "sync.lock"


@dataclass(slots=True)
class _Line:
    """One employer's exchange, when it is due, and the thread that hears of others' commits."""

    replica: Replica
    files: BackendFiles
    forwarding: ForwardApi
    invitations: InvitationApi
    tell: Tell
    backoff: Backoff = field(default_factory=Backoff)
    heard: threading.Event = field(default_factory=threading.Event)
    listener: Listener | None = None


class Engine:
    """Keeps a profile in sync until `stop`; `open_store` opens a connection for the thread that calls it.

    `arrived` is called from the engine's thread after rows or the state of the sync changed.
    """

    def __init__(self, open_store: Callable[[], Store], arrived: Callable[[], None]) -> None:
        self._open_store = open_store
        self._arrived = arrived
        self._stopped = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._asked = Backoff()
        self._poked = False

    def start(self) -> None:
        """Begin; nothing is awaited."""
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; a transaction that runs is finished, a request is not waited for."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(QUIT)

    def poke(self) -> None:
        """Exchange now, also where the last tries failed."""
        self._poked = True
        self._wake.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(StoreError, OSError):
                store = self._open_store()
                try:
                    with sync_lock(store.folder) as held:
                        if held:
                            self._serve(store)
                finally:
                    store.close()
            # Another program syncs this profile, or the file is not usable now.
            self._stopped.wait(5.0)

    def _serve(self, store: Store) -> None:
        # Here, in the engine's thread: the first frame does not wait for what an HTTP client loads.
        from hrtui.sync.connection import Backend

        lines: dict[int, _Line] = {}
        with Backend(store) as backend:
            members = self._asked = Backoff()
            try:
                while not self._stopped.is_set():
                    if members.left() == 0.0:
                        self._members(store, backend, members, lines)
                    for line in lines.values():
                        self._look(line)
                        if line.backoff.left() == 0.0:
                            self._exchange(store, line)
                            if line.replica.roles_changed and not line.backoff.failures:
                                members.now()
                                line.replica.roles_changed = False
                    self._rest(store, lines)
            finally:
                for line in lines.values():
                    if line.listener is not None:
                        line.listener.stop()

    def _members(self, store: Store, backend: Backend, members: Backoff, lines: dict[int, _Line]) -> None:
        """Ask where the clerk may work, with which roles, and begin with employers that are new."""
        try:
            backend.take_memberships()
            members.succeeded(600.0)
        except BackendError as problem:
            members.failed(problem.wait)
            self._note_failure(store, problem)
        except StoreError:
            members.failed()
        for employer_id in state.connected(store):
            if employer_id not in lines:
                lines[employer_id] = self._line(store, backend, employer_id)

    def _line(self, store: Store, backend: Backend, employer_id: int) -> _Line:
        from hrtui.sync.listener import Listener
        from hrtui.sync.replica import Replica

        replica = Replica(store, employer_id, backend.api(employer_id), lambda _: self._arrived())
        files, forwarding = backend.files(employer_id), backend.forwarding(employer_id)
        line = _Line(replica, files, forwarding, backend.invitations(employer_id), backend.tell_service)
        line.listener = Listener(self._open_store, employer_id, lambda: self._hear(line))
        line.listener.start()
        return line

    def _hear(self, line: _Line) -> None:
        line.heard.set()
        self._wake.set()

    def _look(self, line: _Line) -> None:
        if line.heard.is_set():
            line.heard.clear()
            # Hearing something means that the way is open again.
            line.backoff.failures = 0
            line.backoff.now()

    def _exchange(self, store: Store, line: _Line) -> None:
        from hrtui.sync.case_files import send_waiting
        from hrtui.sync.forward_api import fetch_bundles
        from hrtui.sync.invitations import exchange_invitations
        from hrtui.sync.replica import Stopped
        from hrtui.sync.waiting_messages import send_waiting_messages

        try:
            line.replica.exchange(self._stopped.is_set)
            if send_waiting_messages(store, line.replica.employer_id, line.tell):
                line.replica.exchange(self._stopped.is_set)
            # One file at a time, so that entries never wait for more than that.
            more = send_waiting(store, line.replica.employer_id, line.files, self._stopped.is_set, most=1)
            fetch_bundles(store, line.replica.employer_id, line.forwarding, self._stopped.is_set)
            if exchange_invitations(store, line.replica.employer_id, line.invitations):
                # What it wrote does not travel, and must not be counted as waiting until the next exchange.
                line.replica.exchange(self._stopped.is_set)
            line.backoff.succeeded(0.0 if more else FULL)
        except Stopped as stopped:
            line.backoff.failed(30.0)
            self._note(store, line.replica.employer_id, stopped.problem)
        except SignInNeeded as needed:
            line.backoff.failed(5.0)
            self._note(store, line.replica.employer_id, needed.problem)
        except BackendError as problem:
            line.backoff.failed(problem.wait)
            self._note(store, line.replica.employer_id, "")
        except StoreError:
            line.backoff.failed()
            self._note(store, line.replica.employer_id, "storage")
        except Exception:  # an answer that is none of ours must not end the thread
            line.backoff.failed(30.0)
            self._note(store, line.replica.employer_id, "answer")
        self._arrived()

    def _note_failure(self, store: Store, problem: BackendError) -> None:
        for employer_id in state.connected(store):
            self._note(store, employer_id, problem.problem if isinstance(problem, SignInNeeded) else "")

    def _note(self, store: Store, employer_id: int, problem: str) -> None:
        """Keep since when nothing gets through, or why not."""
        with contextlib.suppress(StoreError), store.transaction():
            now = state.load(store, employer_id)
            if now is None or (now.problem == problem and (problem or now.offline_since)):
                return
            now.problem = problem
            now.offline_since = now.offline_since if problem else now.offline_since or moment()
            state.save(store, now)

    def _rest(self, store: Store, lines: dict[int, _Line]) -> None:
        """Wait until something is due, was heard or was entered."""
        while not self._stopped.is_set():
            if self._wake.wait(LOOK):
                self._wake.clear()
                if self._poked:
                    self._poked = False
                    self._asked.succeeded(0.0)
                    for line in lines.values():
                        line.backoff.succeeded(0.0)
                return
            if store.changed_elsewhere():
                for line in lines.values():
                    line.backoff.now()
                return
            if self._asked.left() == 0.0 or not lines:
                return
            if any(line.backoff.left() == 0.0 for line in lines.values()):
                return


@contextlib.contextmanager
def sync_lock(folder: Path) -> Iterator[bool]:
    """Whether this program is the one that syncs the profile in `folder`, for as long as the block runs."""
    file = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
    finally:
        os.close(file)


def wait_for_lock(folder: Path, seconds: float) -> contextlib.AbstractContextManager[bool]:
    """`sync_lock`, waiting so long for another program that syncs."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with sync_lock(folder) as held:
            if held:
                break
        time.sleep(LOOK)
    return sync_lock(folder)
