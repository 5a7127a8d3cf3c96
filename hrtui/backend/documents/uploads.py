"""Contents on their way: begun, sent in parts from any worker, checked, and thrown away when abandoned."""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hrtui import clock
from hrtui.backend.database import Connection
from hrtui.backend.documents.kinds import checker
from hrtui.backend.documents.objects import MissingObjectError
from hrtui.backend.documents.store import SLICE, Described, Documents, describe
from hrtui.backend.errors import ApiError
from hrtui.backend.sync.positions import clock_of
from hrtui.backend.sync.writing import Actor
from hrtui.failpoints import failpoint

SMALLEST = 64 * 1024
"""Bytes that each part but the last has at least, so that no upload is of too many."""
LONGEST_NAME = 120
_COLUMNS = "id, user_id, sha256, area, size, media_type, name, received, parts, touched_at"


@dataclass(frozen=True, slots=True)
class Upload:
    """A row of `document_upload`; `parts` are (bytes, key of the object)."""

    id: str
    user_id: int
    sha256: str
    area: str
    size: int
    media_type: str
    name: str
    received: int
    parts: tuple[tuple[int, str], ...]
    touched_at: int

    @property
    def described(self) -> Described:
        """What it will be."""
        return Described(self.sha256, self.size, self.area, self.media_type, self.name)


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploads of one clerk at one employer."""

    documents: Documents
    tenant_id: int
    actor: Actor

    def begin(self, wanted: Described) -> Upload | None:
        """The upload of this content by this clerk, begun where there is none; None: it is there already.

        Raises ApiError 413 too_large, quota; 415 wrong_type.
        """
        limits = self.documents.limits
        if wanted.size > limits.max_bytes:
            raise ApiError(413, "too_large")
        if wanted.media_type not in limits.types:
            raise ApiError(415, "wrong_type")
        found, gone = self.documents.database.run(self.tenant_id, lambda con: self._begin(con, wanted))
        for one in gone:
            self._clear(one)
        return found

    def get(self, upload_id: str) -> Upload:
        """An upload of this clerk; raises ApiError 404."""
        database = self.documents.database
        return database.run(self.tenant_id, lambda con: self._own(con, upload_id), read_only=True)

    def append(self, upload_id: str, offset: int, content: bytes) -> Upload:
        """Take the bytes that begin at `offset`, which must be where the upload stands.

        Raises ApiError 404; 409 wrong_offset with the `offset` to go on from; 400; 413; 415 wrong_type.
        """
        upload = self.get(upload_id)
        if offset != upload.received:
            raise _wrong_offset(upload)
        end = offset + len(content)
        if end > upload.size:
            raise ApiError(413, "too_large")
        if not content or (len(content) < SMALLEST and end < upload.size):
            raise ApiError(400, "bad_request")
        if not checker(upload.media_type)(offset, content):
            self.abandon(upload_id)
            raise ApiError(415, "wrong_type")
        # A name of its own for each try: of two at once, the one that comes second changes nothing.
        key = f"{self._folder(upload_id)}{offset:012d}-{secrets.token_hex(8)}"
        self.documents.objects.put(key, [content])
        failpoint("document.part")
        parts = json.dumps([*upload.parts, (len(content), key)])

        def advance(con: Connection) -> Upload:
            con.execute(
                "UPDATE document_upload SET received = ?, parts = ?, touched_at = ?"
                " WHERE tenant_id = ? AND id = ? AND received = ?",
                end, parts, clock.seconds(), self.tenant_id, upload_id, offset,
            )  # fmt: skip
            return self._own(con, upload_id)

        now = self.documents.database.run(self.tenant_id, advance)
        failpoint("document.advanced")
        if (len(content), key) not in now.parts:
            self.documents.objects.remove(key)
            raise _wrong_offset(now)
        return now

    def complete(self, upload_id: str) -> Described:
        """Check the whole content and keep it. Raises ApiError 404, 409 wrong_offset, 422 wrong_content."""
        upload = self.get(upload_id)
        if upload.received < upload.size:
            raise _wrong_offset(upload)
        checked = _Checked(self, upload)
        try:
            if not checked.matches():
                raise MissingObjectError(upload.sha256)
            self.documents.keep(
                self.tenant_id, upload.described, checked, self.actor, lambda con: self._end(con, upload_id)
            )
        except MissingObjectError:
            self.abandon(upload_id)
            raise ApiError(422, "wrong_content") from None
        failpoint("document.kept")
        self._clear(upload_id)
        return upload.described

    def abandon(self, upload_id: str) -> None:
        """Throw away what came so far. Raises ApiError 404."""
        self.documents.database.run(self.tenant_id, lambda con: self._end(con, upload_id))
        self._clear(upload_id)

    def _begin(self, con: Connection, wanted: Described) -> tuple[Upload | None, list[str]]:
        clock_of(con, self.tenant_id, lock=True)
        gone = self._drop_abandoned(con)
        if any(one.area == wanted.area for one in describe(con, self.tenant_id, wanted.sha256)):
            return None, gone
        row = con.one(
            f"SELECT {_COLUMNS} FROM document_upload"
            " WHERE tenant_id = ? AND user_id = ? AND sha256 = ? AND area = ?",
            self.tenant_id, self.actor.user_id, wanted.sha256, wanted.area,
        )  # fmt: skip
        if row is not None:
            known = _upload(row)
            if (known.size, known.media_type) == (wanted.size, wanted.media_type):
                return known, gone
            self._end(con, known.id)
            gone.append(known.id)
        if self._used(con) + wanted.size > self.documents.limits.quota_bytes:
            raise ApiError(413, "quota")
        made = Upload(
            secrets.token_hex(16), self.actor.user_id, wanted.sha256, wanted.area, wanted.size,
            wanted.media_type, wanted.name, 0, (), clock.seconds(),
        )  # fmt: skip
        con.execute(
            f"INSERT INTO document_upload (tenant_id, {_COLUMNS})"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '[]', ?)",
            self.tenant_id, made.id, made.user_id, made.sha256, made.area, made.size, made.media_type,
            made.name, made.touched_at,
        )  # fmt: skip
        return made, gone

    def _used(self, con: Connection) -> int:
        """The bytes of all contents of the employer, with those announced."""
        total = 0
        for sql in (
            "SELECT coalesce(sum(size), 0) FROM"
            " (SELECT DISTINCT sha256, size FROM document WHERE tenant_id = ?) AS contents",
            "SELECT coalesce(sum(size), 0) FROM document_upload WHERE tenant_id = ?",
        ):
            row = con.one(sql, self.tenant_id)
            total += int(row[0]) if row else 0
        return total

    def _drop_abandoned(self, con: Connection) -> list[str]:
        before = clock.seconds() - self.documents.limits.keep_hours * 3600
        old = con.all(
            "SELECT id FROM document_upload WHERE tenant_id = ? AND touched_at < ?", self.tenant_id, before
        )
        for (upload_id,) in old:
            con.execute(
                "DELETE FROM document_upload WHERE tenant_id = ? AND id = ?", self.tenant_id, upload_id
            )
        return [row[0] for row in old]

    def _own(self, con: Connection, upload_id: str) -> Upload:
        row = con.one(
            f"SELECT {_COLUMNS} FROM document_upload WHERE tenant_id = ? AND id = ? AND user_id = ?",
            self.tenant_id, upload_id, self.actor.user_id,
        )  # fmt: skip
        if row is None:
            raise ApiError(404, "not_found")
        return _upload(row)

    def _end(self, con: Connection, upload_id: str) -> None:
        self._own(con, upload_id)
        con.execute("DELETE FROM document_upload WHERE tenant_id = ? AND id = ?", self.tenant_id, upload_id)

    def _clear(self, upload_id: str) -> None:
        """Remove the parts, with those of tries that came too late."""
        for key in self.documents.objects.keys(self._folder(upload_id)):
            self.documents.objects.remove(key)

    def _folder(self, upload_id: str) -> str:
        return f"{self.tenant_id}/uploads/{upload_id}/"


@dataclass(frozen=True, slots=True)
class _Checked:
    """The parts of an upload as one content, which ends in MissingObjectError where it is not the one."""

    uploads: Uploads
    upload: Upload

    def __iter__(self) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for size, key in self.upload.parts:
            for start in range(0, size, SLICE):
                part = self.uploads.documents.objects.read(key, start, min(size, start + SLICE))
                digest.update(part)
                yield part
        if digest.hexdigest() != self.upload.sha256:
            raise MissingObjectError(self.upload.sha256)

    def matches(self) -> bool:
        """Whether the content is what was announced; needed where it is not written, as it is there."""
        try:
            for _ in self:
                pass
        except MissingObjectError:
            return False
        return True


def shown_name(name: str) -> str:
    """A name that is safe to show: its last part, one line, printable."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip()[:LONGEST_NAME]


def _upload(row: tuple[Any, ...]) -> Upload:
    id_, user_id, sha256, area, size, media_type, name, received, text, touched_at = row
    parts = tuple((bytes_, key) for bytes_, key in json.loads(text))
    return Upload(id_, user_id, sha256, area, size, media_type, name, received, parts, touched_at)


def _wrong_offset(upload: Upload) -> ApiError:
    return ApiError(409, "wrong_offset", extra={"offset": upload.received})
