"""Which files may join a case: their kind by content and name, their size, and what office files unpack to.

OWASP ASVS 5.0, 5.2 (file upload): size before reading, kind by name and content, unpacked size and number of
entries of archives, no name of the sender's used as a path.
"""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.i18n import t
from hrtui.store.errors import StoreError

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_RATIO = 200
"""An office document of text unpacks to about twenty times its size; a bomb to thousands."""
MAX_NAME = 120
_CHUNK = 1024 * 1024


class FileRefusedError(StoreError):
    """A file that cannot join a case; the text says why."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type, how it begins, and what more its content must be."""

    media_type: str
    begins: tuple[bytes, ...]
    check: Callable[[BinaryIO], bool] | None = None


def _text(file: BinaryIO) -> bool:
    """Whether the file is text in UTF-8 or Windows-1252, without control signs."""
    while chunk := file.read(_CHUNK):
        if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in chunk):
            return False
    return True


def _archive_with(part: str) -> Callable[[BinaryIO], bool]:
    def check(file: BinaryIO) -> bool:
        with zipfile.ZipFile(file) as archive:
            names = {entry.filename for entry in archive.infolist()}
        return part in names and not any("vbaProject" in name for name in names)

    return check


_ZIP = (b"PK\x03\x04",)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    ".pdf": FileKind("application/pdf", (b"%PDF-",)),
    ".png": FileKind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    ".docx": FileKind(_OFFICE + "wordprocessingml.document", _ZIP, _archive_with("word/document.xml")),
    ".xlsx": FileKind(_OFFICE + "spreadsheetml.sheet", _ZIP, _archive_with("xl/workbook.xml")),
    ".odt": FileKind(_OPEN + "text", _ZIP, _archive_with("content.xml")),
    ".ods": FileKind(_OPEN + "spreadsheet", _ZIP, _archive_with("content.xml")),
    ".txt": FileKind("text/plain", (), _text),
    ".csv": FileKind("text/csv", (), _text),
}
"""The kinds of file that a case takes, by their ending."""


def open_source(path: Path) -> BinaryIO:
    """Open a file to read; raises FileRefusedError for what is no ordinary file, empty, or too large."""
    try:
        # Without waiting: a pipe with nobody at its other end would block the program.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise FileRefusedError(t("There is no such file: {file}.", file=shown(path.name))) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or t("the name cannot be")
        raise FileRefusedError(
            t("{file} cannot be read: {reason}.", file=shown(path.name), reason=reason)
        ) from None
    status = os.fstat(descriptor)
    problem_text = ""
    if not stat.S_ISREG(status.st_mode):
        problem_text = t("{file} is no ordinary file.", file=shown(path.name))
    elif not status.st_size:
        problem_text = t("{file} is empty.", file=shown(path.name))
    elif status.st_size > MAX_BYTES:
        size = MAX_BYTES // 1024 // 1024
        problem_text = t("{file} is larger than {n} MB.", file=shown(path.name), n=size)
    if problem_text:
        os.close(descriptor)
        raise FileRefusedError(problem_text)
    return os.fdopen(descriptor, "rb")


def checked_kind(name: str, file: BinaryIO) -> FileKind:
    """The kind of a file by its name and content; raises FileRefusedError for others and for archives that
    unpack to too much. Leaves the file at its start."""
    kind = KINDS.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        allowed = ", ".join(sorted(ending.lstrip(".") for ending in KINDS))
        raise FileRefusedError(
            t("{file} is no kind of file that a case takes: {allowed}.", file=shown(name), allowed=allowed)
        )
    file.seek(0)
    head = file.read(64)
    fits = not kind.begins or head.startswith(kind.begins)
    if fits and kind.begins == _ZIP:
        refuse_bomb(name, file)
    file.seek(0)
    if fits and kind.check is not None:
        try:
            fits = kind.check(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            fits = False
    file.seek(0)
    if not fits:
        raise FileRefusedError(t("{file} is not what its name says it is.", file=shown(name)))
    return kind


def refuse_bomb(name: str, file: BinaryIO) -> None:
    """Raise FileRefusedError for an archive that unpacks to far too much, is encrypted, or names paths.

    What the archive says of itself is not believed: every entry is unpacked, and counted, and thrown away.
    """
    too_much = FileRefusedError(t("{file} unpacks to too much to be a document.", file=shown(name)))
    odd = FileRefusedError(
        t("{file} is damaged or protected: save it again without password.", file=shown(name))
    )
    size = os.fstat(file.fileno()).st_size
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise too_much
            unpacked = 0
            for entry in entries:
                if entry.flag_bits & 1 or _leaves_folder(entry.filename):
                    raise odd
                with archive.open(entry) as content:
                    while chunk := content.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > MAX_UNPACKED or unpacked > max(size, 1024) * MAX_RATIO:
                            raise too_much
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise odd from None


def _leaves_folder(name: str) -> bool:
    """Whether unpacking an entry would write outside its folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0] if path.parts else True


def safe_name(name: str) -> str:
    """A name that is safe to keep and to write: the last part, one line, no path, no hidden file.

    Raises FileRefusedError where nothing readable is left.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = clean(unicodedata.normalize("NFC", last))
    if isinstance(plain, Problem) or "\0" in last:
        raise FileRefusedError(
            t("{file} has signs in its name that cannot be shown: rename it first.", file=shown(last))
        )
    plain = "".join("_" if sign in '<>:"|?*' else sign for sign in plain).lstrip(". ").rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(plain) > MAX_NAME:
        plain = f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"
    if not plain or len(plain) > MAX_NAME:
        raise FileRefusedError(t("The file's name is too long or empty: rename it first."))
    return plain


def shown(name: str) -> str:
    """A name as a sentence can repeat it."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in name)
    return plain if len(plain) <= 60 else plain[:59] + "…"
