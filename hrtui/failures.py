"""What is kept of a failure that nobody expected: where in the program it was, never whom it was about."""

from __future__ import annotations

import contextlib
import os
import traceback
from pathlib import Path

from hrtui import clock
from hrtui.i18n import t

FILE = "failures.log"


def told(error: BaseException, folder: Path | None) -> str:
    """One sentence about the failure, which is noted in the folder's `failures.log` where possible."""
    if folder is not None:
        with contextlib.suppress(OSError):
            file = folder / FILE
            _append(file, noted(error))
            return t("That went wrong inside hrtui; what was saved is safe. Details: {file}", file=file)
    return t("That went wrong inside hrtui; what was saved is safe.")


def noted(error: BaseException) -> str:
    """When, of what kind and in which lines of the program; no message or value: those are about people."""
    lines = [f"{clock.now():%Y-%m-%d %H:%M:%S}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        for frame in traceback.extract_tb(seen.__traceback__):
            place = "/".join(Path(frame.filename).parts[-3:])
            lines.append(f"  {place}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def _append(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        log.write(text)
