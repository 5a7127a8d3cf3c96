"""Putting the files of a transmission into a folder, with SHA256SUMS beside them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hrtui.i18n import t
from hrtui.payroll.layouts.rendering import sha256sums
from hrtui.payroll.layouts.types import File
from hrtui.store import remembered as kept
from hrtui.store.errors import StoreError
from hrtui.store.store import Store

_SETTING = "forward_folder"


def remembered(store: Store, employer_id: int) -> str:
    """The folder that the employer's files went to last; empty before the first."""
    return kept.value_of(store.con, _name(employer_id)) or ""


def remember(store: Store, employer_id: int, folder: Path) -> None:
    """Keep the folder for the next time, inside the open transaction or as one of its own."""
    kept.remember(store.con, {_name(employer_id): str(folder)})


def checked_folder(text: str) -> Path:
    """The folder that was typed, made where it is not there; raises StoreError where it will not do."""
    plain = text.strip()
    if not plain:
        raise StoreError(t("Type the folder that the files go to."))
    folder = Path(plain).expanduser()
    if not folder.is_absolute():
        raise StoreError(t("Type the whole path of the folder, from / or ~ on."))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(_problem(folder, error)) from None
    if not os.access(folder, os.W_OK):
        raise StoreError(t("{file} cannot be written: {reason}.", file=folder, reason=t("no permission")))
    return folder


def put_files(folder: Path, name: str, files: Iterable[File]) -> Path:
    """Write the files and SHA256SUMS to the new folder `name` in `folder`; returns it.

    They are only for their owner, and the folder is there with all of them or not at all. One that is there
    already with the same name is left alone: the new one gets a number. Raises StoreError.
    """
    listed = list(files)
    try:
        draft = Path(tempfile.mkdtemp(prefix=".hrtui-", dir=folder))
        for file in [*listed, sha256sums(listed)]:
            path = draft / file.name
            path.write_bytes(file.content)
            path.chmod(0o600)
            _flush(path)
        place = _free(folder, name)
        draft.rename(place)
        _flush(folder)
    except OSError as error:
        raise StoreError(_problem(folder, error)) from None
    return place


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _free(folder: Path, name: str) -> Path:
    place, count = folder / name, 1
    while place.exists():
        count += 1
        place = folder / f"{name}-{count}"
    return place


def _problem(folder: Path, error: OSError) -> str:
    return t("{file} cannot be written: {reason}.", file=folder, reason=error.strerror)


def _name(employer_id: int) -> str:
    return f"{_SETTING}:{employer_id}"
