"""`hrtui sync` and `hrtui status`: exchange once with the backend, and say how the sync stands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from hrtui.cli.errors import FAILED, CommandError
from hrtui.cli.options import Choices
from hrtui.cli.session import open_store, say, write_json
from hrtui.i18n import t

if TYPE_CHECKING:
    from hrtui.store.store import Store
    from hrtui.sync.connection import Backend
    from hrtui.sync.status import SyncStatus

_BAR = 40
"""How many columns a reading takes that is complete."""
PATIENCE = 10.0
"""Seconds to wait for another program that syncs the profile."""


@dataclass(frozen=True, slots=True)
class _Line:
    employer_id: int
    name: str
    status: SyncStatus
    failed: str = ""


def sync_once(choices: Choices, as_json: bool) -> int:
    """Send what waits and fetch what is new, of every employer; raises CommandError and StoreError."""
    with closing(open_store(choices)) as store:
        _connected(store)
        failed = exchange(store)
        lines = _lines(store, failed)
        _tell(lines, store.logs_in_with, as_json)
        return FAILED if failed else 0


def exchange(store: Store) -> dict[int, str]:
    """Exchange once with the backend; gives why the employers that could not be exchanged were not.

    Raises CommandError where another program does it already, StoreError without a log-in or a backend.
    """
    from hrtui.sync.connection import Backend
    from hrtui.sync.engine import wait_for_lock

    with wait_for_lock(store.folder, PATIENCE) as held:
        if not held:
            raise CommandError(t("Another hrtui keeps this profile in sync right now."))
        with Backend(store) as backend:
            backend.take_memberships()
            return _exchange_all(store, backend)


def show_status(choices: Choices, as_json: bool) -> int:
    """Say how the sync of every employer stands, without asking the backend."""
    with closing(open_store(choices)) as store:
        _connected(store)
        if not as_json:
            sys.stdout.write(f"{account_in_words(store)}\n")
        _tell(_lines(store, {}), store.logs_in_with, as_json)
        return 0


def account_in_words(store: Store) -> str:
    """Whose account at which backend this profile has, and whether this device is logged in."""
    from hrtui.sync.session import code_due, link_of, logged_in

    link = link_of(store)
    if link is None:
        return t("No account.")
    way = store.logs_in_with
    if code_due(store):
        return t("Account: {name} at {url}, a code is due: {way}.", name=link.user, url=link.url, way=way)
    if logged_in(store):
        return t("Account: {name} at {url}, logged in.", name=link.user, url=link.url)
    return t("Account: {name} at {url}, not logged in: {way}.", name=link.user, url=link.url, way=way)


def _connected(store: Store) -> None:
    if not store.backend():
        raise CommandError(
            t("This profile is connected to no backend. Connect it with {way}.", way=store.logs_in_with)
        )


def _exchange_all(store: Store, backend: Backend) -> dict[int, str]:
    """Why the employers that could not be exchanged were not."""
    from hrtui.store.errors import StoreError
    from hrtui.sync import state
    from hrtui.sync.case_files import send_waiting
    from hrtui.sync.forward_api import fetch_bundles
    from hrtui.sync.invitations import exchange_invitations
    from hrtui.sync.replica import Replica, Stopped
    from hrtui.sync.status import problem_text
    from hrtui.sync.waiting_messages import send_waiting_messages

    failed: dict[int, str] = {}
    for employer_id in state.connected(store):
        arrived = partial(draw_progress, store, employer_id)
        try:
            replica = Replica(store, employer_id, backend.api(employer_id), arrived)
            replica.exchange()
            if send_waiting_messages(store, employer_id, backend.tell_service):
                replica.exchange()
            send_waiting(store, employer_id, backend.files(employer_id))
            fetch_bundles(store, employer_id, backend.forwarding(employer_id))
            exchange_invitations(store, employer_id, backend.invitations(employer_id))
        except Stopped as stopped:
            failed[employer_id] = problem_text(stopped.problem, store.logs_in_with)
        except StoreError as problem:
            failed[employer_id] = problem.text
        _draw("")
    return failed


def draw_progress(store: Store, employer_id: int, _: object) -> None:
    """Show how far a first (or new) reading is, over what stood on the line."""
    from hrtui.sync.status import status_of
    from hrtui.sync_wording import percent

    if not sys.stderr.isatty():
        return
    status = status_of(store, employer_id)
    if status is None or status.progress is None:
        return
    done = percent(status.progress)
    full = done * _BAR // 100
    _draw(f"{'█' * full}{'░' * (_BAR - full)} " + t("reading {percent}%", percent=done))


def _draw(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{line}\x1b[K")
        sys.stderr.flush()


def _lines(store: Store, failed: dict[int, str]) -> list[_Line]:
    from hrtui.sync import state
    from hrtui.sync.status import status_of

    names = dict(store.con.execute("SELECT id, name FROM employer").fetchall())
    lines = []
    for employer_id in state.connected(store):
        status = status_of(store, employer_id)
        if status is not None:
            name = names.get(employer_id, str(employer_id))
            lines.append(_Line(employer_id, name, status, failed.get(employer_id, "")))
    return lines


def _tell(lines: Sequence[_Line], way: str, as_json: bool) -> None:
    """How each employer stands; `way` is what logs in."""
    if as_json:
        write_json([_as_json(line) for line in lines])
        return
    if not lines:
        say(t("No employer is in sync with the backend yet."))
    from hrtui.sync_wording import in_words
    from hrtui.wording import told_of

    for line in lines:
        sys.stdout.write(f"{told_of(line.name, line.failed or in_words(line.status, way))}\n")


def _as_json(line: _Line) -> dict[str, Any]:
    status = line.status
    return {
        "employer": line.name,
        "id": line.employer_id,
        "synced": status.synced and not line.failed,
        "waiting": status.waiting,
        "conflicts": status.conflicts,
        "refused": status.refused,
        "late": status.late,
        "offline_since": _iso(status.offline_since),
        "exchanged_at": _iso(status.exchanged_at),
        "problem": line.failed or status.problem,
        "revision": status.rev,
        "device": status.device_id,
        "clock_ahead_seconds": status.skew,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
