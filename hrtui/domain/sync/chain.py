"""The hash that ties every commit to all before it: equal chains mean the same history."""

from __future__ import annotations

from hashlib import sha256

GENESIS = "0" * 64
"""The chain of an employer without any commit (revision 0)."""


def next_chain(previous: str, salt: bytes, body: str) -> str:
    """The chain after a commit: SHA-256 of the previous one, 16 random bytes and what the commit changed.

    `previous` is 64 hexadecimal digits. The salt keeps two timelines apart that make the same commit after a
    restore, so that no chain is ever seen twice.
    """
    return sha256(bytes.fromhex(previous) + salt + body.encode()).hexdigest()
