"""Files of cases: adding, listing, opening and saving again; each opening is logged."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from hrtui.i18n import N_, t
from hrtui.store import rows
from hrtui.store.changes import RowChange
from hrtui.store.errors import StoreError
from hrtui.store.moments import moment, moment_of
from hrtui.store.sickness import file_checks
from hrtui.store.sickness.desk import Desk, log_access
from hrtui.store.sickness.outcome import name_of
from hrtui.store.sickness.records import stored_case
from hrtui.store.sickness.vault import DamagedFileError, Progress, sha256_of, vault_of

DOCUMENT = "sickness_document"
OWN, IMPORTED = "own", "imported"


class Folder(StrEnum):
    """The folders of a case."""

    CONTRACT = "contract"
    PAYSLIP = "payslip"
    ABSENCE_OVERVIEW = "absence_overview"
    CONSULTATION_REPORT = "consultation_report"
    SUMMONS = "summons"
    OTHER = "other"
    SPECIFICATION = "specification"
    """Of the employer, not of a case."""


FOLDER_NAMES = {
    Folder.CONTRACT: N_("Contract"),
    Folder.PAYSLIP: N_("Payslip"),
    Folder.ABSENCE_OVERVIEW: N_("Absence overview"),
    Folder.CONSULTATION_REPORT: N_("Consultation report"),
    Folder.SUMMONS: N_("Summons"),
    Folder.OTHER: N_("Other"),
    Folder.SPECIFICATION: N_("Benefit specification"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a case (None: of the employer); `here` says whether its content is on this computer."""

    id: int
    case_id: int | None
    folder: Folder
    origin: str
    name: str
    media_type: str
    size: int
    sha256: str
    actor: str
    at: datetime
    here: bool


def documents(desk: Desk, case_id: int | None, folder: Folder | None = None) -> list[Document]:
    """The files of a case, or with None of the employer, newest first."""
    vault = vault_of(desk.store)
    found = desk.store.con.execute(
        "SELECT id, case_id, folder, origin, name, media_type, bytes, sha256, actor, at"
        " FROM sickness_document WHERE employer_id = ? AND case_id IS ? AND (? = '' OR folder = ?)"
        " ORDER BY at DESC, id",
        (desk.employer_id, case_id, folder or "", folder or ""),
    )
    known = {one.value: one for one in Folder}
    return [
        Document(
            id_, case, known.get(where, Folder.OTHER), origin, name, media_type, size, sha256, actor,
            moment_of(at), vault.holds(sha256),
        )
        for id_, case, where, origin, name, media_type, size, sha256, actor, at in found
    ]  # fmt: skip


def add_document(
    desk: Desk,
    case_id: int | None,
    folder: Folder,
    path: Path,
    *,
    origin: str = OWN,
    progress: Progress | None = None,
) -> int:
    """Copy a file into the vault and add it to a case, as one undo step; returns the document's id.

    An interrupted copy of the same file goes on where it stopped. Raises FileRefusedError for a file that is
    too large, of another kind than its name says or a bomb; StoreError where the case has it already.
    """
    label = t("File added")
    if case_id is not None:
        stored = stored_case(desk.store, desk.employer_id, case_id)
        label = t("Absence of {name}", name=name_of(desk, stored.person_id))
    change = take_in(desk, case_id, folder, path, origin=origin, progress=progress)
    rows.carry_out(desk.store, desk.employer_id, label, [change])
    return change.id


def take_in(
    desk: Desk,
    case_id: int | None,
    folder: Folder,
    path: Path,
    *,
    origin: str,
    progress: Progress | None = None,
) -> RowChange:
    """Copy a file into the vault; returns the change that adds it. Raises as `add_document` does."""
    name = file_checks.safe_name(path.name)
    with file_checks.open_source(path) as source:
        kind = file_checks.checked_kind(name, source)
        sha256, size = sha256_of(source)
        if size > file_checks.MAX_BYTES:
            raise StoreError(t("The file changed while it was copied: choose it again."))
        _refuse_twice(desk, case_id, sha256, name)
        vault_of(desk.store).put(source, sha256, size, progress)
    return rows.insertion(
        DOCUMENT,
        {
            "employer_id": desk.employer_id,
            "case_id": case_id,
            "folder": folder.value,
            "origin": origin,
            "name": name,
            "media_type": kind.media_type,
            "bytes": size,
            "sha256": sha256,
            "actor": desk.store.actor,
            "at": moment(),
        },
    )


def remove_document(desk: Desk, document_id: int) -> int | None:
    """Take a file from its case; undo brings it back until the case is erased."""
    values = rows.row_of(desk.store, desk.employer_id, DOCUMENT, document_id)
    changes = [RowChange(DOCUMENT, document_id, values, None)]
    return rows.carry_out(desk.store, desk.employer_id, t("File removed"), changes)


def move_document(desk: Desk, document_id: int, folder: Folder) -> int | None:
    """Put a file into another folder of its case."""
    old = rows.row_of(desk.store, desk.employer_id, DOCUMENT, document_id)
    changes = rows.update(DOCUMENT, document_id, old, {"folder": folder.value})
    return rows.carry_out(desk.store, desk.employer_id, t("File moved"), changes)


def save_document(desk: Desk, document_id: int, target: Path) -> Path:
    """Write a file out, decrypted, only for its owner; logged. Returns where it is.

    `target` is a file that is not there yet, or a folder, where the file gets its own name. Raises
    StoreError.
    """
    values = rows.row_of(desk.store, desk.employer_id, DOCUMENT, document_id)
    name = file_checks.safe_name(values["name"])
    target = target.expanduser()
    path = target / name if target.is_dir() else target
    log_access(desk, "saved", DOCUMENT, document_id, values["name"])
    _write(desk, values["sha256"], path)
    return path


def content_of(desk: Desk, document_id: int) -> bytes:
    """What a file holds; logged like opening it."""
    values = rows.row_of(desk.store, desk.employer_id, DOCUMENT, document_id)
    log_access(desk, "opened", DOCUMENT, document_id, values["name"])
    return b"".join(vault_of(desk.store).chunks(values["sha256"]))


def _write(desk: Desk, sha256: str, path: Path) -> None:
    """Write the content beside its place first, so that it is there whole or not at all."""
    draft = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in vault_of(desk.store).chunks(sha256):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        # A link fails where the name is taken; a rename would replace what is there.
        os.link(draft, path)
    except FileExistsError:
        text = t("{file} is there already: choose another name.", file=file_checks.shown(path.name))
        raise StoreError(text) from None
    except DamagedFileError:
        raise
    except OSError as problem:
        text = t("{file} cannot be written: {reason}.", file=path, reason=problem.strerror)
        raise StoreError(text) from None
    finally:
        draft.unlink(missing_ok=True)


def _refuse_twice(desk: Desk, case_id: int | None, sha256: str, name: str) -> None:
    row = desk.store.con.execute(
        "SELECT folder FROM sickness_document WHERE employer_id = ? AND case_id IS ? AND sha256 = ?",
        (desk.employer_id, case_id, sha256),
    ).fetchone()
    if row:
        known = {one.value: one for one in Folder}
        where = t(FOLDER_NAMES[known.get(row[0], Folder.OTHER)])
        raise StoreError(
            t("{file} is in the folder {folder} already.", file=file_checks.shown(name), folder=where)
        )
