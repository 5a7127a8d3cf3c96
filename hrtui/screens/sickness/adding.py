"""Adding files to a case, a piece at a time so that keys still work: a bar for each, stopped with Escape.

What was copied of a file is kept: adding the same file again goes on where it was stopped.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from hrtui.i18n import N_, t, tn
from hrtui.screens.listing import ListScreen
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import desk_of
from hrtui.screens.sickness.picker import size_text
from hrtui.store.errors import StoreError
from hrtui.store.sickness.documents import Folder, add_document
from hrtui.store.sickness.file_checks import shown
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, fitted

PIECE = 8 * 1024 * 1024
"""Bytes copied between two looks at the keys."""
_BAR = 20
_BESIDE_NAME = 57
"""Columns of the bar, the share, and the longest word on how it went."""


class _PieceError(Exception):
    """Enough was copied for now."""


@dataclass(slots=True)
class _Job:
    path: Path
    done: int = 0
    size: int = 0
    state: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """Which case (None: the employer) and folder files go to, and who made them."""

    case_id: int | None
    folder: Folder
    origin: str


class AddingScreen(ListScreen):
    """Adds `paths`; closes when all are in, and `added` is called with the ids of the documents."""

    words: ClassVar[dict[str, Hint]] = {"app.back": (1, N_("stop, to go on later"))}

    def __init__(
        self, session: Session, paths: Sequence[Path], where: Where, added: Callable[[list[int]], None]
    ) -> None:
        super().__init__(session)
        self._where = where
        self._added = added
        self._ids: list[int] = []
        self._jobs = [_Job(path) for path in paths]
        self._at = 0

    def on_mount(self) -> None:
        """Begin once the screen is there."""
        super().on_mount()
        self.call_later(self._work)

    def heading(self) -> str:
        """How far it is."""
        return t("Adding files: {n} of {all}", n=min(self._at + 1, len(self._jobs)), all=len(self._jobs))

    def body(self) -> list[Line]:
        """A bar for each file, or the whole sentence that says why it is refused."""
        width = self.size.width
        return [
            ((text, "warning" if job.failed else "plain"),)
            for job in self._jobs
            for text in (_refused(job, width) if job.failed else [_line(job, width)])
        ]

    def _work(self) -> None:
        """Copy a piece of the file at hand, or finish."""
        if not self.is_current:
            return
        if self._at >= len(self._jobs):
            self._finish()
            return
        job = self._jobs[self._at]
        start = job.done

        def progress(done: int, size: int) -> None:
            job.done, job.size = done, size
            if done < size and done - start >= PIECE:
                raise _PieceError

        where = self._where
        try:
            self._ids.append(
                add_document(
                    desk_of(self.session), where.case_id, where.folder, job.path, origin=where.origin,
                    progress=progress,
                )
            )  # fmt: skip
            job.done = job.size
            job.state = t("added and checked")
            self._at += 1
        except _PieceError:
            pass
        except StoreError as problem:
            job.state, job.failed = problem.text, True
            self._at += 1
        self.draw()
        self.call_later(self._work)

    def _finish(self) -> None:
        if any(job.failed for job in self._jobs):
            self.say(
                t("Not all files were added; {key} goes back.", key=self.session.keymap.label("app.back"))
            )
            return
        self.close()
        self._added(self._ids)
        count = len(self._ids)
        self.on_top.tell(tn("{n} file is added and checked.", "{n} files are added and checked.", count))

    def action_app_back(self) -> None:
        """Stop; what was copied is kept, and added files stay."""
        self.close()
        self._added(self._ids)
        left = len(self._jobs) - self._at
        if left:
            self.on_top.tell(tn("{n} file is not added.", "{n} files are not added.", left))

    def action_list_choose(self) -> None:
        """Close once everything is done."""
        if self._at >= len(self._jobs):
            self.action_app_back()


def _line(job: _Job, width: int) -> str:
    filled = _BAR * job.done // job.size if job.size else 0
    bar = "█" * filled + "░" * (_BAR - filled)
    share = f"{100 * job.done // job.size if job.size else 0:3d} %"
    name = fitted(shown(job.path.name), max(12, min(30, width - _BESIDE_NAME)))
    said = job.state or (size_text(job.size) if job.size else "")
    return f" {name} {bar} {share}  {said}"


def _refused(job: _Job, width: int) -> list[str]:
    return textwrap.wrap(job.state, width - 1, initial_indent=" ! ", subsequent_indent="   ")
