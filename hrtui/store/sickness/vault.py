"""The encrypted folder of files beside the database: content-addressed, written in chunks, resumable.

Each file has a random key of its own, wrapped (RFC 3394) by the vault's key, which lies in the database and
so under the profile's key. Chunks are AES-256-GCM; the nonce counts them and marks the last one, so that none
can be left out, doubled or moved (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015).
A file lies under a keyed hash of its SHA-256, so that the folder does not tell which known documents it has.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, BinaryIO

from hrtui.i18n import t
from hrtui.store.errors import StoreError
from hrtui.store.remembered import remember, value_of
from hrtui.store.store import Store

CHUNK = 1024 * 1024
_MAGIC = b"hrtui-file-1\n"
_WRAPPED = 40
_TAG = 16
_HEADER = len(_MAGIC) + _WRAPPED
_SETTING = "files_key"
_FOLDER = "files"

Progress = Callable[[int, int], None]
"""Told the bytes done and all bytes after each chunk; what it raises stops the copy, to go on later."""


class DamagedFileError(StoreError):
    """A file of the vault that is gone or not what was put in."""


def vault_of(store: Store) -> Vault:
    """The vault of a profile, made with its key where there is none yet; raises StoreError."""
    key = value_of(store.con, _SETTING)
    if key is None:
        with store.transaction():
            # Another terminal may have made one since.
            key = value_of(store.con, _SETTING) or secrets.token_hex(32)
            remember(store.con, {_SETTING: key})
    return Vault(store.folder / _FOLDER, bytes.fromhex(key))


class Vault:
    """A folder of encrypted files, found by the SHA-256 of what they hold."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._key = key

    def path(self, sha256: str) -> Path:
        """Where a content lies, or would."""
        name = hmac.new(self._key, bytes.fromhex(sha256), hashlib.sha256).hexdigest()
        return self.folder / name[:2] / name

    def holds(self, sha256: str) -> bool:
        """Whether the whole content is there."""
        return self.path(sha256).exists()

    def kept_of(self, sha256: str) -> int:
        """The bytes that an interrupted copy has in place, 0 for none."""
        draft = self._draft(sha256)
        if not draft.exists():
            return 0
        whole = max(0, draft.stat().st_size - _HEADER) // (CHUNK + _TAG)
        return whole * CHUNK

    def put(self, source: IO[bytes], sha256: str, size: int, progress: Progress | None = None) -> None:
        """Encrypt `size` bytes of `source` into the vault; goes on where an interrupted copy stopped.

        What was written is read back and its SHA-256 compared before it counts as there. Raises StoreError
        where the source is not what `sha256` says, or the disk is full.
        """
        if self.holds(sha256):
            return
        draft = self._draft(sha256)
        try:
            self._prepare(draft.parent)
            self._copy(source, draft, sha256, size, progress)
            self._check(draft, sha256, size)
            draft.replace(self.path(sha256))
            _sync_folder(draft.parent)
        except OSError as problem:
            raise StoreError(t("The file cannot be stored: {reason}.", reason=problem.strerror)) from problem

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The content in chunks; raises DamagedFileError where it is gone, changed or cut off."""
        yield from self._read(self.path(sha256))

    def remove(self, sha256: str) -> None:
        """Erase a content: its key first, so that nothing readable is left on the disk, then the file."""
        for path in (self.path(sha256), self._draft(sha256)):
            try:
                with path.open("r+b") as file:
                    file.seek(len(_MAGIC))
                    file.write(secrets.token_bytes(_WRAPPED))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
            except FileNotFoundError:
                continue

    def _draft(self, sha256: str) -> Path:
        return self.path(sha256).with_suffix(".part")

    def _prepare(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def _copy(
        self, source: IO[bytes], draft: Path, sha256: str, size: int, progress: Progress | None
    ) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        done = self.kept_of(sha256)
        if done >= size:
            # The last chunk is written with its mark; a draft that holds it only lacks the check.
            done -= CHUNK
        with _open_draft(draft) as file:
            _lock(file)
            key = self._kept_key(file) if done > 0 else None
            if key is None:
                key, done = self._new_key(file), 0
            cipher = AESGCM(key)
            file.seek(_HEADER + done // CHUNK * (CHUNK + _TAG))
            file.truncate()
            source.seek(done)
            while done < size:
                chunk = source.read(min(CHUNK, size - done))
                if not chunk:
                    break
                number, done = done // CHUNK, done + len(chunk)
                file.write(cipher.encrypt(_nonce(number, last=done >= size), chunk, _MAGIC))
                if progress is not None:
                    file.flush()
                    progress(done, size)
            file.flush()
            os.fsync(file.fileno())

    def _check(self, draft: Path, sha256: str, size: int) -> None:
        digest, length = hashlib.sha256(), 0
        try:
            for chunk in self._read(draft):
                digest.update(chunk)
                length += len(chunk)
            same = length == size and hmac.compare_digest(digest.hexdigest(), sha256)
        except DamagedFileError:
            same = False
        if not same:
            draft.unlink(missing_ok=True)
            raise StoreError(t("The file changed while it was copied: choose it again."))

    def _read(self, path: Path) -> Iterator[bytes]:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

        try:
            with path.open("rb") as file:
                cipher = AESGCM(self._key_in(file))
                left = path.stat().st_size - _HEADER
                number = 0
                while left > 0:
                    sealed = file.read(CHUNK + _TAG)
                    left -= len(sealed)
                    yield cipher.decrypt(_nonce(number, last=left <= 0), sealed, _MAGIC)
                    number += 1
                if not number:
                    raise DamagedFileError(t("The file is damaged: add it again."))
        except FileNotFoundError:
            raise DamagedFileError(t("The file is not on this computer.")) from None
        except (InvalidTag, InvalidUnwrap, ValueError):
            raise DamagedFileError(t("The file is damaged: add it again.")) from None

    def _new_key(self, file: BinaryIO) -> bytes:
        from cryptography.hazmat.primitives.keywrap import aes_key_wrap

        key = secrets.token_bytes(32)
        file.seek(0)
        file.truncate()
        file.write(_MAGIC + aes_key_wrap(self._key, key))
        return key

    def _kept_key(self, file: BinaryIO) -> bytes | None:
        """The key of a draft to go on with; None where its beginning did not reach the disk."""
        from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

        try:
            return self._key_in(file)
        except (InvalidUnwrap, ValueError):
            return None

    def _key_in(self, file: BinaryIO) -> bytes:
        from cryptography.hazmat.primitives.keywrap import aes_key_unwrap

        file.seek(0)
        header = file.read(_HEADER)
        if not header.startswith(_MAGIC):
            raise ValueError("not a file of the vault")
        return aes_key_unwrap(self._key, header[len(_MAGIC) :])


def sha256_of(source: BinaryIO) -> tuple[str, int]:
    """The SHA-256 and length of a file, which is left at its start."""
    digest, length = hashlib.sha256(), 0
    source.seek(0)
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        length += len(chunk)
    source.seek(0)
    return digest.hexdigest(), length


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _open_draft(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+b")


def _lock(file: BinaryIO) -> None:
    """Have a draft for oneself until it is closed; raises StoreError where another terminal has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StoreError(t("This file is being added by another terminal: wait for it.")) from None


def _sync_folder(folder: Path) -> None:
    """Let the new name survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
