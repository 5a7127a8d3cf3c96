"""Choosing files of this computer: folders to walk through, paths to complete, several at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

from hrtui.i18n import N_, t
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import day_long
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.people import fold
from hrtui.store.sickness.file_checks import KINDS, shown
from hrtui.widgets.hints import Hint
from hrtui.widgets.line_edit import LineEdit

_MOST = 5_000
"""Of a folder with more entries the first ones are listed; typing finds the others' beginnings."""


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of a folder."""

    path: Path
    folder: bool
    size: int
    changed: date

    @property
    def fits(self) -> bool:
        """Whether it is a folder, or a kind of file that a case takes."""
        return self.folder or self.path.suffix.lower() in KINDS


class PickerScreen(TableScreen):
    """The files of a folder, the home folder first; `take` gets the chosen ones once the screen has closed.

    A text with a slash in it is a path: the list shows what it can go on with, Tab completes it.
    """

    scopes: ClassVar[tuple[str, ...]] = ("files", "table", "list")
    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("take, or open the folder")),
        "table.mark": (1, N_("mark")),
        "table.previous": (2, N_("folder above")),
        "files.complete": (2, N_("complete")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("File")),
        Column(N_("Size"), 9, right=True),
        Column(N_("Changed"), 12, least=60),
    )
    marks_outlive_filter: ClassVar[bool] = True

    def __init__(
        self, session: Session, title: str, take: Callable[[list[Path]], None], *, several: bool = True
    ) -> None:
        super().__init__(session)
        self._title = title
        self._take = take
        self._several = several
        self.folder = Path.home()
        self._files: dict[int, Found] = {}
        self._ids: dict[Path, int] = {}
        self._problem = ""

    def heading(self) -> str:
        """What for, and where."""
        return f"{self._title}  {_short(self.folder)}"

    def nothing(self) -> str:
        """What is wrong with the folder, or that nothing fits."""
        return self._problem or super().nothing()

    def find(self, text: str) -> Sequence[int]:
        """Folders, then files, whose names hold the text; of a path, those that it can go on with."""
        folder, begins = self._split(text)
        entries = self._entries(folder, hidden=begins.startswith("."))
        wanted = fold(begins)
        if "/" in text:
            fitting = [one for one in entries if fold(one.path.name).startswith(wanted)]
        else:
            fitting = [one for one in entries if wanted in fold(one.path.name)]
        return [self._number(one) for one in fitting]

    def _split(self, text: str) -> tuple[Path, str]:
        """The folder that a typed text names, and the beginning of a name in it."""
        if "/" not in text and text != "~":
            return self.folder, text
        head, _, tail = text.rpartition("/") if "/" in text else (text, "/", "")
        typed = Path(head or "/").expanduser()
        return (typed if typed.is_absolute() else self.folder / typed), tail

    def _entries(self, folder: Path, *, hidden: bool) -> list[Found]:
        self._problem = ""
        found: list[Found] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") and not hidden:
                        continue
                    found.append(_entry(Path(entry.path), entry))
                    if len(found) >= _MOST:
                        break
        except OSError as problem:
            name = shown(_short(folder))
            self._problem = t("{folder} cannot be read: {reason}.", folder=name, reason=problem.strerror)
        return sorted(found, key=lambda one: (not one.folder, fold(one.path.name)))

    def _number(self, one: Found) -> int:
        id_ = self._ids.setdefault(one.path, len(self._ids) + 1)
        self._files[id_] = one
        return id_

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, size, day; kinds that a case does not take are dim."""
        return {id_: _row(self._files[id_]) for id_ in ids}

    def in_words(self) -> str:
        """The whole path, and whether a case takes it."""
        one = self._files.get(self.current) if self.current is not None else None
        if one is None:
            return ""
        return shown(str(one.path)) if one.fits else t("A case does not take this kind of file.")

    def open_row(self, row_id: int) -> None:
        """Go into the folder, or take the marked files or this one."""
        one = self._files[row_id]
        if one.folder and not self.marks:
            self._go(one.path)
            return
        files = [self._files[id_] for id_ in self.chosen if not self._files[id_].folder]
        wrong = next((file for file in files if not file.fits), None)
        if wrong is not None or not files:
            name = shown(wrong.path.name if wrong else one.path.name)
            allowed = ", ".join(sorted(ending.lstrip(".") for ending in KINDS))
            self.say(t("{file} is no kind of file that a case takes: {allowed}.", file=name, allowed=allowed))
            return
        self.close()
        self._take([file.path for file in files])

    def action_table_mark(self) -> None:
        """Mark a file; folders are opened, not marked."""
        one = self._files.get(self.current) if self.current is not None else None
        if one is not None and one.folder:
            self.say(t("A folder cannot be marked: Enter opens it."))
        elif not self._several:
            self.say(t("One file only: Enter takes it."))
        else:
            super().action_table_mark()

    def action_table_mark_all(self) -> None:
        """Mark every file that fits."""
        if not self._several:
            self.say(t("One file only: Enter takes it."))
            return
        files = {id_ for id_ in self.ids if self._files[id_].fits and not self._files[id_].folder}
        self.marks = self.marks - files if self.marks >= files else self.marks | files
        self.draw()

    def action_files_complete(self) -> None:
        """Complete the typed path with the entry under the cursor; into a folder at once."""
        if self.current is None:
            self.say(self.nothing())
            return
        one = self._files[self.current]
        self.edit = LineEdit(_short(one.path) + ("/" if one.folder else ""))
        self.edit.chosen = False
        self._searching = True
        self._found()

    def action_table_previous(self) -> None:
        """The folder above."""
        self._go(self.folder.parent)

    def action_table_next(self) -> None:
        """Into the folder under the cursor."""
        one = self._files.get(self.current) if self.current is not None else None
        if one is not None and one.folder:
            self._go(one.path)

    def _go(self, folder: Path) -> None:
        came_from = self.folder
        self.folder = folder
        self.edit = LineEdit()
        self._searching = False
        self.cursor = self.top = 0
        self.reload(keep=self._ids.get(came_from))


def _entry(path: Path, entry: os.DirEntry[str]) -> Found:
    try:
        status = entry.stat()
        return Found(path, entry.is_dir(), status.st_size, date.fromtimestamp(status.st_mtime))
    except OSError:
        # A link that leads nowhere is listed; taking it says why it cannot be.
        return Found(path, False, 0, date.fromtimestamp(0))


def _row(one: Found) -> Row:
    name = f"{shown(one.path.name)}/" if one.folder else shown(one.path.name)
    size = "" if one.folder else size_text(one.size)
    return Row((name, size, day_long(one.changed)), dim=not one.fits)


def _short(path: Path) -> str:
    """A path with ~ for the home folder."""
    home = str(Path.home())
    text = str(path)
    return "~" + text[len(home) :] if text == home or text.startswith(home + "/") else text


def size_text(size: int) -> str:
    """A number of bytes in words."""
    if size < 1024:
        return t("{n} B", n=size)
    if size < 1024 * 1024:
        return t("{n} kB", n=(size + 1023) // 1024)
    return t("{n} MB", n=(size + 1024 * 1024 - 1) // (1024 * 1024))
