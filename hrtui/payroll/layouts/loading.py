"""The layouts there are: those of the package and, before them, the user's own of the same name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hrtui import toml_lines
from hrtui.i18n import t
from hrtui.payroll.layouts.checking import Check
from hrtui.payroll.layouts.types import Layout, LayoutProblem

SHIPPED = Path(__file__).parent
FOLDER = "layouts"
"""The folder of the user's own layouts beside settings.toml."""


class LayoutError(Exception):
    """A layout cannot be used; `problems` says everything that is wrong with it, in line order."""

    def __init__(self, problems: tuple[LayoutProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class UnknownLayoutError(Exception):
    """There is no layout of that name; `text` says which there are."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def layout_files(own: Path | None = None) -> dict[str, Path]:
    """The files of all layouts by name, sorted; `own` is the user's config folder, None for none."""
    found = {file.stem: file for file in SHIPPED.glob("*.toml")}
    if own is not None:
        found |= {file.stem: file for file in sorted((own / FOLDER).glob("*.toml"))}
    return dict(sorted(found.items()))


def load_layout(name: str, own: Path | None = None) -> Layout:
    """The layout of that name; raises UnknownLayoutError, and LayoutError with all problems of its file."""
    files = layout_files(own)
    if name not in files:
        names = ", ".join(files)
        raise UnknownLayoutError(t("There is no layout “{name}”; there are {names}.", name=name, names=names))
    return read_layout(files[name])


def read_layout(file: Path) -> Layout:
    """The layout in a file; raises LayoutError with all problems."""
    layout, problems = check_layout(file)
    if layout is None or problems:
        raise LayoutError(problems)
    return layout


def check_layout(file: Path) -> tuple[Layout | None, tuple[LayoutProblem, ...]]:
    """The layout in a file, or None, and everything that is wrong with it in line order."""
    return _checked(file, lambda name: _beside(file, name))


def _checked(
    file: Path, find: Callable[[str], Layout | None]
) -> tuple[Layout | None, tuple[LayoutProblem, ...]]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        return None, (LayoutProblem(file, 0, t("The file cannot be read: {reason}", reason=reason)),)
    try:
        # Windows editors write a byte order mark, which TOML does not know.
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, (LayoutProblem(file, line, t("This is not UTF-8 text; save the file as UTF-8.")),)
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return None, (_not_toml(file, text, error),)
    check = Check(file, toml_lines.places(text), find)
    layout = check.layout(table, own=file.parent != SHIPPED)
    problems = tuple(sorted(check.problems))
    return (None if problems else layout), problems


def _beside(file: Path, name: str) -> Layout | None:
    """The layout of that name in the folder of `file`, or else of the package, to go along with it.

    None where there is none, for one that cannot be used, and for one that wants others along itself.
    """
    candidates = [folder / f"{name}.toml" for folder in (file.parent, SHIPPED)]
    found = next((one for one in candidates if one.is_file()), None)
    if found is None or found == file or name != Path(name).name:
        return None
    return _checked(found, lambda _: None)[0]


def _not_toml(file: Path, text: str, error: Exception) -> LayoutProblem:
    found = re.search(r"at line (\d+)", str(error))
    line = int(found.group(1)) if found else text.rstrip().count("\n") + 1
    reason = re.sub(r" \(at .*\)$", "", str(error)) if found else error
    return LayoutProblem(file, line, t("This is not valid TOML: {reason}", reason=reason))
