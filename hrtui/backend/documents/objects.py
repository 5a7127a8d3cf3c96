"""Where contents lie: the port, and a folder of this machine behind it."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

_DRAFT = ".draft-"
_STALE = 24 * 3600.0
"""Seconds after which a draft belongs to a process that was killed."""


class MissingObjectError(Exception):
    """There is no object of that key, or it is damaged."""


class Objects(Protocol):
    """Objects by key (plain ASCII names with `/`); every one is there whole or not at all.

    Each method raises OSError where the place cannot be reached or is full.
    """

    def put(self, key: str, content: Iterable[bytes]) -> None:
        """Write an object; what is there already under the key is replaced."""
        ...

    def has(self, key: str) -> bool:
        """Whether the object is there."""
        ...

    def read(self, key: str, start: int, end: int) -> bytes:
        """The bytes from `start` up to `end` (exclusive); raises MissingObjectError."""
        ...

    def remove(self, key: str) -> None:
        """Remove the object; one that is not there is fine."""
        ...

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin with this folder (`a/b/`)."""
        ...


class FolderObjects:
    """Objects as files of a folder that only this user reads."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, content: Iterable[bytes]) -> None:
        """Write beside the place, let it reach the disk, then give it its name."""
        path = self._path(key)
        self._make(path.parent)
        draft = path.with_name(_DRAFT + secrets.token_hex(8))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
                for part in content:
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync(path.parent)

    def has(self, key: str) -> bool:
        """Whether the file is there."""
        return self._path(key).is_file()

    def read(self, key: str, start: int, end: int) -> bytes:
        """A part of the file."""
        try:
            with self._path(key).open("rb") as file:
                file.seek(start)
                return file.read(end - start)
        except FileNotFoundError:
            raise MissingObjectError(key) from None

    def remove(self, key: str) -> None:
        """Remove the file, its folder too where nothing else is in it."""
        path = self._path(key)
        path.unlink(missing_ok=True)
        for folder in list(path.parents)[: key.count("/")]:
            try:
                folder.rmdir()
            except OSError:
                break

    def keys(self, prefix: str) -> list[str]:
        """The files below a folder; drafts that a killed process left are removed."""
        found = []
        for path in sorted(self._path(prefix.rstrip("/")).rglob("*")):
            if path.name.startswith(_DRAFT):
                with contextlib.suppress(OSError):
                    if time.time() - path.stat().st_mtime > _STALE:
                        path.unlink()
            elif path.is_file():
                found.append(path.relative_to(self.root).as_posix())
        return found

    def _make(self, folder: Path) -> None:
        """Make the folders one by one, each to be entered by this user only."""
        missing = [one for one in (folder, *folder.parents) if not one.is_dir()]
        for one in reversed(missing):
            one.mkdir(mode=0o700, exist_ok=True)
            _sync(one.parent)

    def _path(self, key: str) -> Path:
        parts = key.split("/")
        if any(part in ("", ".", "..") or "\0" in part or part.startswith(_DRAFT) for part in parts):
            raise MissingObjectError(key)
        return self.root.joinpath(*parts)


def _sync(folder: Path) -> None:
    """Let new names survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
