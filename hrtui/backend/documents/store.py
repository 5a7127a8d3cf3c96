"""The documents of all employers: contents by SHA-256, each employer's apart, each once.

For the backend's own use:

    documents = app.state.documents                       # or documents_of(config, database)
    sha256 = documents.put_bytes(tenant_id, content, Area.WAGES, media_type="text/csv")
    content = documents.read(tenant_id, sha256)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hrtui.backend.config import Config
from hrtui.backend.database import Connection, Database
from hrtui.backend.documents.kinds import OCTETS
from hrtui.backend.documents.objects import MissingObjectError, Objects
from hrtui.backend.documents.settings import DocumentLimits, limits_of, objects_of
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.scope import Scope
from hrtui.backend.sync.writing import Actor, Writing
from hrtui.domain.roles import Area
from hrtui.failpoints import failpoint

SLICE = 1024 * 1024
"""Bytes that are in memory at once while a content is read."""
BACKEND = Actor(0, "hrtui")


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a content beside its bytes."""

    sha256: str
    size: int
    area: str = ""
    media_type: str = OCTETS
    name: str = ""


@dataclass(frozen=True, slots=True)
class Documents:
    """The store of one backend; safe to use from several threads and processes."""

    database: Database
    objects: Objects
    limits: DocumentLimits

    def put_bytes(
        self,
        tenant_id: int,
        content: bytes,
        area: Area | str = "",
        *,
        media_type: str = OCTETS,
        name: str = "",
        actor: Actor = BACKEND,
    ) -> str:
        """Keep a content that the backend itself made, for readers of `area` (see `may_read`).

        Returns its SHA-256. Call it outside a transaction. Limits and quota are for what clerks send. Raises
        OSError where the place refuses, ApiError 404 for an employer that is not there.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        described = Described(sha256, len(content), str(area), media_type, name)
        self.keep(tenant_id, described, [content], actor)
        return sha256

    def read(self, tenant_id: int, sha256: str) -> bytes:
        """A whole content; raises MissingObjectError where it is not there or is not what it should be."""
        content = b"".join(self.chunks(tenant_id, sha256))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise MissingObjectError(sha256)
        return content

    def chunks(self, tenant_id: int, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to `end` in slices; raises MissingObjectError."""
        if end is None:
            with self.database.transaction(tenant_id, read_only=True) as con:
                found = describe(con, tenant_id, sha256)
            if not found:
                raise MissingObjectError(sha256)
            end = found[0].size
        key = content_key(tenant_id, sha256)
        for place in range(start, end, SLICE):
            wanted = min(SLICE, end - place)
            part = self.objects.read(key, place, place + wanted)
            if len(part) != wanted:
                raise MissingObjectError(sha256)
            yield part

    def keep(
        self,
        tenant_id: int,
        described: Described,
        content: Iterable[bytes],
        actor: Actor,
        done: Callable[[Connection], object] = lambda _: None,
    ) -> None:
        """Write a content and then its row, in one transaction with `done`; a known one only gets the row.

        `content` may be read more than once. A removal in between is seen, and the content written again.
        """
        key = content_key(tenant_id, described.sha256)

        def record(con: Connection) -> bool:
            writing = Writing.begin(con, tenant_id, actor)
            if not self.objects.has(key):
                return False
            _record(writing, described)
            done(con)
            return True

        written = self.objects.has(key)
        while True:
            if not written:
                self.objects.put(key, content)
                failpoint("document.written")
            if self.database.run(tenant_id, record):
                return
            written = False

    def remove(self, con: Connection, tenant_id: int, sha256: str, area: str | None = None) -> bool:
        """Take a content from the readers of an area (None: from all); its bytes go with the last of them.

        Needs the employer's lock (`Writing.begin`). Says whether the bytes are gone.
        """
        if area is None:
            con.execute("DELETE FROM document WHERE tenant_id = ? AND sha256 = ?", tenant_id, sha256)
        else:
            con.execute(
                "DELETE FROM document WHERE tenant_id = ? AND sha256 = ? AND area = ?",
                tenant_id, sha256, area,
            )  # fmt: skip
        if describe(con, tenant_id, sha256):
            return False
        self.objects.remove(content_key(tenant_id, sha256))
        return True


def documents_of(config: Config, database: Database) -> Documents:
    """The documents by the table `[documents]` of the configuration; raises ConfigError."""
    return Documents(database, objects_of(config), limits_of(config))


def describe(con: Connection, tenant_id: int, sha256: str) -> list[Described]:
    """What an employer has of a content, one for each area; empty where it does not have it."""
    rows = con.all(
        "SELECT sha256, size, area, media_type, name FROM document WHERE tenant_id = ? AND sha256 = ?"
        " ORDER BY area",
        tenant_id, sha256,
    )  # fmt: skip
    return [Described(*row) for row in rows]


def content_key(tenant_id: int, sha256: str) -> str:
    """Where a content lies in the store."""
    return f"{tenant_id}/{sha256[:2]}/{sha256}"


def may_read(scope: Scope, area: str) -> bool:
    """Whether the roles open an area ('' is open to everybody), or all of those with + between."""
    if area == Area.SETTINGS:
        return scope.settings
    return not area or scope.hidden.isdisjoint(area.split("+"))


def _record(writing: Writing, described: Described) -> None:
    con = writing.con
    new = con.execute(
        "INSERT INTO document (tenant_id, sha256, area, size, media_type, name, user_id, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant_id, sha256, area) DO NOTHING",
        writing.tenant_id, described.sha256, described.area, described.size, described.media_type,
        described.name, writing.actor.user_id, writing.at,
    )  # fmt: skip
    if new:
        after = {"sha256": described.sha256, "area": described.area}
        writing.deeds.append(Deed("", "document", "document", 0, after=after))
        writing.record()
