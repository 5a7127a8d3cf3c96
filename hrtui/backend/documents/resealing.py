"""Encrypting the documents that are there with a new key, while the service goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hrtui.backend.database import Connection
from hrtui.backend.documents.objects import MissingObjectError
from hrtui.backend.documents.sealed import SealedObjects
from hrtui.backend.documents.store import BACKEND, Documents, content_key, describe
from hrtui.backend.sync.writing import Writing


@dataclass(slots=True)
class Resealed:
    """How many objects got the first key now, how many had it, and those that no key opens."""

    changed: int = 0
    before: int = 0
    damaged: list[str] = field(default_factory=list)


def reseal(documents: Documents, tenant_ids: Iterable[int]) -> Resealed | None:
    """Encrypt everything of these employers with the first key of the key file; None without such a file.

    It can be broken off and called again. Raises OSError where the place cannot be written.
    """
    objects = documents.objects
    if not isinstance(objects, SealedObjects):
        return None
    found = Resealed()
    for tenant_id in tenant_ids:
        for key in objects.keys(f"{tenant_id}/"):
            _reseal(documents, objects, tenant_id, key, found)
    return found


def _reseal(documents: Documents, objects: SealedObjects, tenant_id: int, key: str, found: Resealed) -> None:
    try:
        if not objects.reseal(key):
            found.before += 1
            return
    except MissingObjectError:
        if objects.has(key):
            found.damaged.append(key)
        return
    found.changed += 1
    documents.database.run(tenant_id, lambda con: _drop_removed(con, objects, tenant_id, key))


def _drop_removed(con: Connection, objects: SealedObjects, tenant_id: int, key: str) -> None:
    """Remove an object again that somebody removed while it was written anew, so that nothing comes back."""
    Writing.begin(con, tenant_id, BACKEND)
    sha256 = key.rpartition("/")[2]
    if key == content_key(tenant_id, sha256):
        gone = not describe(con, tenant_id, sha256)
    else:
        row = con.one(
            "SELECT count(*) FROM document_upload WHERE tenant_id = ? AND parts LIKE ?", tenant_id, f"%{key}%"
        )
        gone = not (row and row[0])
    if gone:
        objects.remove(key)
