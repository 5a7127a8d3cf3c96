"""Sending files to a backend and fetching them, in chunks that go on where the network broke off."""

from __future__ import annotations

import hashlib
import tempfile
from typing import Protocol

from hrtui.i18n import t
from hrtui.store.errors import StoreError
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.vault import CHUNK, Progress, Vault, vault_of


class RemoteFiles(Protocol):
    """The documents store of a backend: contents by their SHA-256, sent and fetched from an offset on.

    Every call raises StoreError (or what the transport raises) where the network is gone; the next one goes
    on from there. The backend checks the SHA-256 of a content once all of it is there.
    """

    def received(self, sha256: str, size: int) -> int:
        """How many bytes of a content of `size` are there; all of them: it is complete and checked."""
        ...

    def send(self, sha256: str, size: int, offset: int, chunk: bytes) -> int:
        """Take a chunk that begins at `offset`; returns how many bytes are there then."""
        ...

    def fetch(self, sha256: str, offset: int) -> bytes:
        """The next bytes of a content from `offset` on; none at its end."""
        ...


def upload(
    vault: Vault, remote: RemoteFiles, sha256: str, size: int, progress: Progress | None = None
) -> None:
    """Send a content as far as the backend lacks it; raises what the remote raises, DamagedFileError."""
    there = remote.received(sha256, size)
    done = 0
    for chunk in vault.chunks(sha256):
        start, done = done, done + len(chunk)
        while there < done:
            before = there
            if there >= start:
                there = remote.send(sha256, size, there, chunk[there - start :])
            if there <= before:
                raise StoreError(t("The backend lost a part of the file: it is sent again next time."))
            if progress is not None:
                progress(min(there, size), size)


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


def missing_here(desk: Desk) -> list[tuple[str, int]]:
    """The contents (SHA-256, bytes) that cases name and this computer does not have."""
    vault = vault_of(desk.store)
    return [one for one in _contents(desk) if not vault.holds(one[0])]


def kept_here(desk: Desk) -> list[tuple[str, int]]:
    """The contents (SHA-256, bytes) of cases that this computer has, to be offered to the backend."""
    vault = vault_of(desk.store)
    return [one for one in _contents(desk) if vault.holds(one[0])]


def _contents(desk: Desk) -> list[tuple[str, int]]:
    found = desk.store.con.execute(
        "SELECT DISTINCT sha256, bytes FROM sickness_document WHERE employer_id = ? ORDER BY sha256",
        (desk.employer_id,),
    )
    return [(sha256, size) for sha256, size in found]
