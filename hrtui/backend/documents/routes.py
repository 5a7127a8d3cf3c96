"""The routes of documents: sending one in chunks, asking how far it is, reading one or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from annotated_types import Ge, Le, MaxLen
from fastapi import APIRouter, Body, Depends, FastAPI, Header, Path, Response
from fastapi.responses import StreamingResponse
from typing_extensions import TypedDict

from hrtui.backend.config import Config
from hrtui.backend.database import Connection, Database
from hrtui.backend.documents.settings import CHUNK
from hrtui.backend.documents.store import (
    Described,
    Documents,
    content_key,
    describe,
    documents_of,
    may_read,
)
from hrtui.backend.documents.uploads import Uploads, shown_name
from hrtui.backend.errors import ApiError
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.call import ERRORS, Call, Called, answer, speaks_our_protocol
from hrtui.backend.sync.scope import scope_of
from hrtui.backend.sync.writing import Writing
from hrtui.domain.roles import Area
from hrtui.domain.sync import transmission, wire

_MORE: dict[int | str, dict[str, Any]] = {code: {"model": wire.Problem} for code in (415, 416, 422)}
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
UploadId = Annotated[str, Path(alias="id", pattern="^[0-9a-f]{1,32}$")]
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}

router = APIRouter(
    prefix="/v1/t/{tenant}/documents",
    tags=["documents"],
    responses={**ERRORS, **_MORE},
    dependencies=[Depends(speaks_our_protocol)],
)


class NewUpload(TypedDict):
    """A content to send: what its bytes are, who may read it ('': every clerk), a name for showing only."""

    sha256: Annotated[str, MaxLen(64)]
    size: Annotated[int, Ge(1), Le(2**53)]
    media_type: Annotated[str, MaxLen(100)]
    name: Annotated[str, MaxLen(400)]
    area: Annotated[str, MaxLen(40)]


class UploadState(TypedDict):
    """How far an upload is: the bytes that are there; complete: checked and kept (then `id` is empty)."""

    id: str
    sha256: str
    size: int
    offset: int
    complete: bool
    chunk: int


def install(app: FastAPI, config: Config, database: Database) -> None:
    """Add the routes, and `app.state.documents`; raises ConfigError where `[documents]` cannot be used."""
    app.state.documents = documents_of(config, database)
    app.include_router(router)


@router.post("", response_model=UploadState)
def begin(call: Called, body: NewUpload) -> Response:
    """Begin to send a content, or learn how far it is: the same content by the same clerk is one upload."""
    if not re.fullmatch("[0-9a-f]{64}", body["sha256"]) or body["area"] not in ("", *Area, transmission.AREA):
        raise ApiError(400, "bad_request")
    if not (body["media_type"].isascii() and body["media_type"].isprintable()):
        raise ApiError(415, "wrong_type")
    _may_write(call, body["area"])
    wanted = Described(
        body["sha256"], body["size"], body["area"], body["media_type"].lower(), shown_name(body["name"])
    )
    upload = _uploads(call).begin(wanted)
    if upload is None:
        return answer(_state("", wanted, wanted.size, complete=True))
    return answer(_state(upload.id, upload.described, upload.received))


@router.get("/uploads/{id}", response_model=UploadState)
def status(call: Called, upload_id: UploadId) -> Response:
    """How far an upload is."""
    upload = _uploads(call).get(upload_id)
    return answer(_state(upload.id, upload.described, upload.received))


@router.head("/uploads/{id}", include_in_schema=False)
def status_headers(call: Called, upload_id: UploadId) -> Response:
    """How far an upload is, as headers."""
    upload = _uploads(call).get(upload_id)
    headers = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.size)}
    return Response(headers={**headers, "Cache-Control": "no-store"})


@router.patch("/uploads/{id}", response_model=UploadState)
def append(
    call: Called,
    upload_id: UploadId,
    upload_offset: Annotated[int, Header(ge=0, le=2**53)],
    content: Annotated[bytes, Body(media_type="application/octet-stream")],
) -> Response:
    """Take a chunk that begins where the upload stands; 409 tells where that is."""
    uploads = _uploads(call)
    _may_write(call, uploads.get(upload_id).area)
    upload = uploads.append(upload_id, upload_offset, content)
    return answer(_state(upload.id, upload.described, upload.received))


@router.post("/uploads/{id}/complete", response_model=UploadState)
def complete(call: Called, upload_id: UploadId) -> Response:
    """Check the SHA-256 of what came, and keep it."""
    uploads = _uploads(call)
    _may_write(call, uploads.get(upload_id).area)
    kept = uploads.complete(upload_id)
    return answer(_state("", kept, kept.size, complete=True))


@router.delete("/uploads/{id}", status_code=204, response_class=Response)
def abandon(call: Called, upload_id: UploadId) -> Response:
    """Throw away what came so far."""
    _uploads(call).abandon(upload_id)
    return Response(status_code=204)


@router.get(
    "/{sha256}",
    response_class=StreamingResponse,
    responses={200: {"content": _BYTES}, 206: {"content": _BYTES, "description": "A part"}},
)
def read(call: Called, sha256: Sha256, wanted: Annotated[str, Header(alias="range")] = "") -> Response:
    """A content, or the part of it that the header Range names."""
    found = _readable(call, sha256)
    start, end, partial = _span(wanted, found.size)
    documents = _documents(call)
    if not documents.objects.has(content_key(call.tenant_id, sha256)):
        raise ApiError(404, "not_found")
    if found.area and start == 0:
        _tell_reading(call, found)
    headers = {**_headers(found), "Content-Length": str(end - start)}
    if partial:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    chunks: Iterator[bytes] = documents.chunks(call.tenant_id, sha256, start, end)
    return StreamingResponse(
        chunks, 206 if partial else 200, headers=headers, media_type="application/octet-stream"
    )


@router.head("/{sha256}", include_in_schema=False)
def look(call: Called, sha256: Sha256) -> Response:
    """Whether a content is there, and how large it is."""
    found = _readable(call, sha256)
    headers = {**_headers(found), "Content-Length": str(found.size)}
    return Response(headers=headers, media_type="application/octet-stream")


def _documents(call: Call) -> Documents:
    documents: Documents = call.app.state.documents
    return documents


def _uploads(call: Call) -> Uploads:
    return Uploads(_documents(call), call.tenant_id, call.actor())


def _may_write(call: Call, area: str) -> None:
    scope = call.run(lambda con: scope_of(con, call.tenant_id, call.roles), read_only=True)
    if not scope.writes or not may_read(scope, area):
        raise ApiError(403, "forbidden")


def _readable(call: Call, sha256: str) -> Described:
    """The content as this clerk may read it; what they may not read is not there for them."""

    def find(con: Connection) -> Described | None:
        scope = scope_of(con, call.tenant_id, call.roles)
        found = describe(con, call.tenant_id, sha256)
        return next((one for one in found if may_read(scope, one.area)), None)

    found = call.run(find, read_only=True)
    if found is None:
        raise ApiError(404, "not_found")
    return found


def _tell_reading(call: Call, found: Described) -> None:
    """Keep in the audit trail who reads what not everybody may."""

    def tell(con: Connection) -> None:
        writing = Writing.begin(con, call.tenant_id, call.actor())
        after = {"sha256": found.sha256, "area": found.area}
        writing.deeds.append(Deed("", "read", "document", 0, after=after))
        writing.record()

    call.run(tell)


def _span(header: str, size: int) -> tuple[int, int, bool]:
    """The bytes that a Range header names (RFC 9110, 14.2), and whether it is a part.

    Anything but one range of bytes is left out of account. Raises ApiError 416.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return 0, size, False
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return 0, size, False
    if start >= size:
        raise ApiError(416, "bad_range")
    return start, end, True


def _headers(found: Described) -> dict[str, str]:
    """Of a content: never shown or guessed at by a browser, never kept by a proxy, never packed."""
    return {
        "ETag": f'"{found.sha256}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Disposition": "attachment",
        "Content-Encoding": "identity",
        "X-Content-Type-Options": "nosniff",
    }


def _state(upload_id: str, described: Described, offset: int, *, complete: bool = False) -> UploadState:
    return {
        "id": upload_id,
        "sha256": described.sha256,
        "size": described.size,
        "offset": offset,
        "complete": complete,
        "chunk": CHUNK,
    }
