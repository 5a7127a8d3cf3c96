"""Passwords and backup codes as Argon2id, tokens as SHA-256."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from hrtui.backend.database import Busy

AT_ONCE = 2
"""Hashes that one worker makes at a time: each takes 19 MiB and a core for 40 ms."""

# OWASP Password Storage Cheat Sheet: Argon2id with m = 19 MiB, t = 2, p = 1.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_TURN = threading.BoundedSemaphore(AT_ONCE)
_PATIENCE = 5.0
"""Seconds that a request waits for its turn; it must not keep a thread from all others for longer."""


@contextmanager
def _turn() -> Iterator[None]:
    if not _TURN.acquire(timeout=_PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _TURN.release()


def hashed(secret: str) -> str:
    """The hash of a password or backup code, with its salt and parameters; raises Busy."""
    with _turn():
        return _HASHER.hash(secret)


def fits(stored: str, secret: str) -> bool:
    """Whether the secret is the one of the hash; takes as long where there is no hash (unknown user)."""
    with _turn():
        try:
            return _HASHER.verify(stored or _of_nobody(), secret) and bool(stored)
        except (Argon2Error, InvalidHashError):
            return False


def outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(stored)


@cache
def _of_nobody() -> str:
    return _HASHER.hash(secrets.token_hex(16))


def new_token() -> str:
    """256 random bits, for a URL-safe place."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """How a token is stored: its entropy needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_id() -> int:
    """A random id of 63 bits, as all ids of hrtui."""
    return secrets.randbits(62) + 1
