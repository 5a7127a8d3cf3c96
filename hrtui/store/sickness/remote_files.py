"""Sending files to a backend and fetching them, in chunks that go on where the network broke off."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.database import Connection
from hrtui.store.errors import StoreError
from hrtui.store.remembered import remember, value_of
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.documents import DOCUMENT
from hrtui.store.sickness.vault import CHUNK, Progress, Vault, vault_of

_SENT = "files_there"
_GOING = "file_going"
_STEPS = 20
"""So often at most other terminals hear how far a file is."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its SHA-256, bytes, media type, and a name to show."""

    sha256: str
    size: int
    media_type: str
    name: str


class RemoteFiles(Protocol):
    """The documents store of a backend: contents by their SHA-256, sent and fetched from an offset on.

    Every call raises StoreError (or what the transport raises) where the network is gone; the next one goes
    on from there. The backend checks the SHA-256 of a content once all of it is there.
    """

    def received(self, content: Content) -> int:
        """How many bytes of a content are there; all of them: it is complete and checked."""
        ...

    def send(self, content: Content, offset: int, chunk: bytes) -> int:
        """Take a chunk that begins at `offset`; returns how many bytes are there then."""
        ...

    def fetch(self, sha256: str, offset: int) -> bytes:
        """The next bytes of a content from `offset` on; none at its end."""
        ...


def upload(vault: Vault, remote: RemoteFiles, content: Content, progress: Progress | None = None) -> None:
    """Send a content as far as the backend lacks it; raises what the remote raises, DamagedFileError."""
    there = remote.received(content)
    done = 0
    for chunk in vault.chunks(content.sha256):
        start, done = done, done + len(chunk)
        while there < done:
            before = there
            if there >= start:
                there = remote.send(content, there, chunk[there - start :])
            if there <= before:
                raise StoreError(t("The backend lost a part of the file: it is sent again next time."))
            if progress is not None:
                progress(min(there, content.size), content.size)


def download(
    vault: Vault, remote: RemoteFiles, sha256: str, size: int, progress: Progress | None = None
) -> None:
    """Fetch a content into the vault and check it; raises what the remote raises, StoreError."""
    if vault.holds(sha256):
        return
    digest = hashlib.sha256()
    with tempfile.SpooledTemporaryFile(max_size=64 * CHUNK) as received:
        done = 0
        while done < size and (chunk := remote.fetch(sha256, done)):
            received.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            if progress is not None:
                progress(done, size)
        if done != size or digest.hexdigest() != sha256:
            raise StoreError(t("The file from the backend is not what it should be: it is fetched again."))
        received.seek(0)
        vault.put(received, sha256, size)


def kept_here(desk: Desk) -> list[Content]:
    """The contents of cases that this computer has, to be offered to the backend."""
    vault = vault_of(desk.store)
    return [one for one in _contents(desk) if vault.holds(one.sha256)]


def to_send(desk: Desk) -> list[Content]:
    """The contents that this computer has and did not send to the backend yet, the smallest first."""
    done = _sent(desk)
    return sorted((one for one in kept_here(desk) if one.sha256 not in done), key=lambda one: one.size)


def keep_sent(desk: Desk, content: Content) -> None:
    """Remember that the backend has a content."""
    named = {one.sha256 for one in _contents(desk)}
    done = {
        "timeline": _timeline(desk.store.con, desk.employer_id),
        "sent": sorted((_sent(desk) | {content.sha256}) & named),
    }
    with desk.store.transaction():
        remember(desk.store.con, {f"{_SENT}:{desk.employer_id}": json.dumps(done)})


def keep_progress(desk: Desk, content: Content, done: int) -> None:
    """Let all terminals see how much of a content the backend has, in steps of some percent."""
    step = _STEPS * done // content.size if content.size else _STEPS
    value = json.dumps([content.sha256, 100 * step // _STEPS])
    name = f"{_GOING}:{desk.employer_id}"
    if value_of(desk.store.con, name) != value:
        with desk.store.transaction():
            remember(desk.store.con, {name: value})


def on_the_way(desk: Desk, hashes: Iterable[str]) -> dict[str, int]:
    """Which of these contents the backend does not have yet, with the percentage that it has.

    Nothing for a profile without a backend.
    """
    if not desk.store.backend(desk.employer_id):
        return {}
    value = value_of(desk.store.con, f"{_GOING}:{desk.employer_id}")
    going, percent = json.loads(value) if value else ("", 0)
    there = _sent(desk)
    return {one: percent if one == going else 0 for one in hashes if one not in there}


def fetch_document(
    desk: Desk, document_id: int, remote: RemoteFiles, progress: Progress | None = None
) -> None:
    """Bring the content of a file to this computer where it is not here; raises what `download` raises."""
    values = rows.row_of(desk.store, desk.employer_id, DOCUMENT, document_id)
    download(vault_of(desk.store), remote, values["sha256"], values["bytes"], progress)


def sent_contents(con: Connection, employer_id: int) -> set[str]:
    """The contents (SHA-256) that this computer sent and the backend has."""
    found = json.loads(value_of(con, f"{_SENT}:{employer_id}") or "{}")
    # A backend that was restored may lack files that it had: all are offered again on its new timeline.
    return set(found["sent"]) if found and found["timeline"] == _timeline(con, employer_id) else set()


def _sent(desk: Desk) -> set[str]:
    return sent_contents(desk.store.con, desk.employer_id)


def _timeline(con: Connection, employer_id: int) -> str:
    """The timeline of the backend as this profile knows it, '' without one."""
    row = con.execute("SELECT epoch FROM sync_state WHERE employer_id = ?", (employer_id,)).fetchone()
    return str(row[0]) if row else ""


def _contents(desk: Desk) -> list[Content]:
    found = desk.store.con.execute(
        "SELECT sha256, min(bytes), min(media_type), min(name) FROM sickness_document WHERE employer_id = ?"
        " GROUP BY sha256 ORDER BY sha256",
        (desk.employer_id,),
    )
    return [Content(*row) for row in found]
