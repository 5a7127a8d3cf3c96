"""Identifiers of rows: random, so that files that were offline never hand out the same one."""

from __future__ import annotations

import secrets


def new_id() -> int:
    """A random positive integer of 63 bits (SQLite's row id)."""
    return secrets.randbits(63) | 1
