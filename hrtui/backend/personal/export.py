"""Everything of one employer in open formats: JSON lines for machines, CSV for people, the documents."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from errno import EEXIST
from pathlib import Path
from typing import IO, Any

from hrtui.backend import models
from hrtui.backend.database import Connection, Database
from hrtui.backend.documents.objects import MissingObjectError
from hrtui.backend.documents.store import Documents
from hrtui.backend.personal.explained import readme
from hrtui.backend.sync.positions import clock_of
from hrtui.domain.sync.units import DAY, ENTITIES, ENTRIES

_PAGE = 2000
_LINE = ("leave_type_id", "minutes", "part", "status", "source")
_SECRET = frozenset({"key", "secret", "nonce", "salt", "fingerprint", "session_id", "lease"})
"""Columns that only the backend itself has a use for, or that open something."""
_NO_TABLES = frozenset({"row_state", "subject_key", "document_upload", "person_invitation"})
_ENDINGS = {
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "text/plain": ".txt",
    "text/csv": ".csv", "application/xml": ".xml", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written; `missing` are documents (SHA-256) that the store does not have whole."""

    rows: int
    documents: int
    missing: tuple[str, ...]


def export_employer(database: Database, documents: Documents, tenant_id: int, folder: Path) -> Exported:
    """Write all that the backend has of an employer into a new folder, as of one moment.

    Raises FileExistsError where the folder is there and not empty, OSError, ApiError 404.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(folder))
    for name in ("rows", "tables", "documents"):
        (folder / name).mkdir(mode=0o700)
    with database.transaction(None, read_only=True) as con:
        _accounts(con, tenant_id, folder)
    with database.transaction(tenant_id, read_only=True) as con:
        position = clock_of(con, tenant_id).head()
        rows = _rows(con, tenant_id, folder / "rows")
        _tables(con, tenant_id, folder / "tables")
        known = con.all(
            "SELECT sha256, media_type, area, name, size FROM document WHERE tenant_id = ?"
            " ORDER BY sha256, area",
            tenant_id,
        )
    missing = _documents(documents, tenant_id, known, folder / "documents")
    _text(folder / "README.md", readme(tenant_id, position))
    return Exported(rows, len({row[0] for row in known}) - len(missing), missing)


def _accounts(con: Connection, tenant_id: int, folder: Path) -> None:
    """The employer and who works for it; nothing of passwords or second factors."""
    employer = con.all("SELECT tenant_id, name, created_at FROM tenant WHERE tenant_id = ?", tenant_id)
    names = ("tenant_id", "name", "created_at")
    _lines(folder / "employer.ndjson", (dict(zip(names, row, strict=True)) for row in employer))
    columns = ("user_id", "name", "display_name", "email", "language", "roles")
    members = con.all(
        "SELECT u.id, u.name, u.display_name, u.email, u.language, m.roles FROM membership m"
        " JOIN user_account u ON u.id = m.user_id WHERE m.tenant_id = ? ORDER BY u.id",
        tenant_id,
    )
    _lines(folder / "users.ndjson", (dict(zip(columns, row, strict=True)) for row in members))


def _rows(con: Connection, tenant_id: int, folder: Path) -> int:
    """The rows as they stand, a file of each format for every kind; returns how many."""
    total = 0
    kinds = con.all(
        "SELECT DISTINCT entity FROM row_state WHERE tenant_id = ? AND deleted = 0 ORDER BY entity", tenant_id
    )
    for (entity,) in kinds:
        total += _lines(folder / f"{entity}.ndjson", _as_objects(con, tenant_id, entity))
        if entity in ENTITIES:
            _table(folder / f"{entity}.csv", _header(entity), _as_cells(con, tenant_id, entity))
    return total


def _stored(con: Connection, tenant_id: int, entity: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    row_id, date = 0, ""
    while rows := con.all(
        "SELECT row_id, date, units FROM row_state WHERE tenant_id = ? AND entity = ? AND deleted = 0"
        " AND (row_id, date) > (?, ?) ORDER BY row_id, date LIMIT ?",
        tenant_id, entity, row_id, date, _PAGE,
    ):  # fmt: skip
        for row_id, date, text in rows:
            units = json.loads(text)
            if entity != DAY or units.get(ENTRIES):
                yield row_id, date, units


def _as_objects(con: Connection, tenant_id: int, entity: str) -> Iterator[dict[str, Any]]:
    for row_id, date, units in _stored(con, tenant_id, entity):
        if entity == DAY:
            entries = [dict(zip(_LINE, line, strict=True)) for line in units[ENTRIES]]
            yield {"person_id": row_id, "date": date, "entries": entries}
            continue
        columns = ENTITIES[entity].to_columns(units) if entity in ENTITIES else units
        yield {"id": row_id, **({"date": date} if date else {}), **columns}


def _header(entity: str) -> list[str]:
    if entity == DAY:
        return ["person_id", "date", *_LINE]
    return ["id", *(name for names in ENTITIES[entity].units.values() for name in names)]


def _as_cells(con: Connection, tenant_id: int, entity: str) -> Iterator[list[Any]]:
    header = _header(entity)
    for one in _as_objects(con, tenant_id, entity):
        if entity == DAY:
            for line in one["entries"]:
                yield [one["person_id"], one["date"], *line.values()]
        else:
            yield [one.get(name) for name in header]


def _tables(con: Connection, tenant_id: int, folder: Path) -> None:
    """The other tables: history, audit trail, receipts, devices, deliveries."""
    for name, table in sorted(models.METADATA.tables.items()):
        columns = [column.name for column in table.columns if column.name not in _SECRET | {"tenant_id"}]
        if name in _NO_TABLES or next(iter(table.columns)).name != "tenant_id" or len(columns) < 2:
            continue
        if name in ("tenant", "membership"):
            continue
        order = [column.name for column in table.primary_key.columns if column.name != "tenant_id"]
        _lines(folder / f"{name}.ndjson", _paged(con, tenant_id, name, columns, order))


def _paged(
    con: Connection, tenant_id: int, table: str, columns: list[str], order: list[str]
) -> Iterator[dict[str, Any]]:
    names, by = ", ".join(f'"{one}"' for one in columns), ", ".join(order) or "tenant_id"
    start = 0
    while rows := con.all(
        f"SELECT {names} FROM {table} WHERE tenant_id = ? ORDER BY {by} LIMIT ? OFFSET ?",
        tenant_id, _PAGE, start,
    ):  # fmt: skip
        yield from (dict(zip(columns, row, strict=True)) for row in rows)
        start += len(rows)


def _documents(
    documents: Documents, tenant_id: int, known: Iterable[tuple[Any, ...]], folder: Path
) -> tuple[str, ...]:
    """The documents under their SHA-256, and a list of them; returns those that are not there whole."""
    lines, missing = [], set()
    for sha256, media_type, area, name, size in known:
        file = f"{sha256}{_ENDINGS.get(media_type, '')}"
        lines.append([sha256, file, media_type, area, name, size])
        if (folder / file).exists():
            continue
        try:
            content = documents.read(tenant_id, sha256)
        except MissingObjectError:
            missing.add(sha256)
            continue
        with _opened(folder / file, "wb") as out:
            out.write(content)
    _table(folder / "documents.csv", ["sha256", "file", "media_type", "area", "name", "size"], lines)
    return tuple(sorted(missing))


def _lines(file: Path, records: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    with _opened(file, "w") as out:
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count


def _table(file: Path, header: list[str], rows: Iterable[list[Any]]) -> None:
    with _opened(file, "w") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows([[_cell(value) for value in row] for row in rows])


def _cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _text(file: Path, content: str) -> None:
    with _opened(file, "w") as out:
        out.write(content)


def _opened(file: Path, mode: str) -> IO[Any]:
    """A new file that only this user reads."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if mode == "wb":
        return os.fdopen(descriptor, "wb")
    return os.fdopen(descriptor, "w", encoding="utf-8", newline="")
