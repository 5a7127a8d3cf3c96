"""One person's month as it goes to the payroll provider: fixed, comparable, with a hash of its own."""

from __future__ import annotations

from hrtui.domain.snapshot.build import Kinds, balanced, build
from hrtui.domain.snapshot.changes import Changed, Difference, differences
from hrtui.domain.snapshot.form import SnapshotError, canonical, from_json, sha256
from hrtui.domain.snapshot.types import (
    RULES,
    Component,
    Contract,
    Kind,
    Line,
    Message,
    Person,
    Snapshot,
    SnapshotDay,
)

__all__ = [
    "RULES",
    "Changed",
    "Component",
    "Contract",
    "Difference",
    "Kind",
    "Kinds",
    "Line",
    "Message",
    "Person",
    "Snapshot",
    "SnapshotDay",
    "SnapshotError",
    "balanced",
    "build",
    "canonical",
    "differences",
    "from_json",
    "sha256",
]
