"""Writing what the screens about cases hand out: a folder is asked for, the file is only for its owner."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from hrtui.i18n import t
from hrtui.screens.asking import AskingScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError


def proposed_folder(session: Session) -> str:
    """The folder that was typed last, or a usual one."""
    return str(Path(session.last_folder).expanduser())


def ask_folder(here: AskingScreen, do: Callable[[Path], object]) -> None:
    """Ask for a folder, do it there and tell where the file is; a folder that will not do is asked again."""

    from hrtui.forwarding.folder import checked_folder

    def accept(text: str) -> str:
        try:
            folder = checked_folder(text)
            written = do(folder)
        except StoreError as problem:
            return problem.text
        here.session.last_folder = str(folder)
        here.tell(t("Written to {file}.", file=written))
        return ""

    here.ask_line(t("Folder:"), t("The whole path, from / or ~ on"), accept, proposed_folder(here.session))


def put_file(folder: Path, name: str, content: bytes) -> Path:
    """Write a new file, only for its owner; one that is there already gets a number behind its name.

    Raises StoreError.
    """
    plain = Path(name)
    for number in range(1, 1000):
        path = folder / (name if number == 1 else f"{plain.stem}-{number}{plain.suffix}")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as problem:
            raise StoreError(_cannot(path, problem)) from None
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as problem:
            path.unlink(missing_ok=True)
            raise StoreError(_cannot(path, problem)) from None
        return path
    raise StoreError(t("{file} is there already: choose another name.", file=name))


def _cannot(path: Path, problem: OSError) -> str:
    return t("{file} cannot be written: {reason}.", file=path, reason=problem.strerror)
