"""Reads a layout out of its TOML table, and finds everything that is wrong with it, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any

from hrtui import toml_lines
from hrtui.domain.providers import PROVIDERS
from hrtui.i18n import t
from hrtui.payroll.layouts.field_checking import faults_of_texts, read_fields
from hrtui.payroll.layouts.rendering import DATES, PLACES
from hrtui.payroll.layouts.sources import END_SOURCES, SOURCES
from hrtui.payroll.layouts.text import ENCODINGS, LINE_ENDS
from hrtui.payroll.layouts.types import FileLayout, Layout, LayoutProblem

KINDS = ("csv", "fixed", "workbook", "pdf")
CATEGORIES = ("worked", "absence", "overtime")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ANY = ("title", "kind", "provider", "needs", "also")
_ROWS = (*_ANY, "corrections", "codes", "files")
_TEXT = (*_ROWS, "encoding", "line_end", "letters")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "csv": (*_TEXT, "separator", "quotes", "formulas", "header"),
    "fixed": _TEXT,
    "workbook": (*_ROWS, "name"),
    "pdf": (*_ANY, "name"),
}
_FILE_KEYS = ("rows", "fields", "per", "categories", "zero_codes")
_TEXT_FILE_KEYS = (*_FILE_KEYS, "name", "head", "tail", "skip_empty")
_CHOICES: Mapping[str, Collection[str]] = {
    "provider": PROVIDERS,
    "corrections": ("replace", "delta"),
    "encoding": ENCODINGS,
    "line_end": LINE_ENDS,
    "letters": ("as_is", "plain"),
    "separator": (";", ",", "\t", "|"),
    "quotes": ("needed", "never", "always"),
    "formulas": ("refuse", "quote"),
}
Table = Mapping[str, Any]


class Check:
    """The check of one file; `problems` fills up while `layout` runs.

    `find` gives the layout of a name that goes along, or None.
    """

    def __init__(
        self,
        file: Path,
        places: Mapping[toml_lines.Path, toml_lines.Place],
        find: Callable[[str], Layout | None],
    ) -> None:
        self.file = file
        self._places = places
        self._find = find
        self.problems: list[LayoutProblem] = []

    def layout(self, table: Table, *, own: bool) -> Layout:
        """The layout, with the defaults in place of what is wrong."""
        kind = self.choice(table, ("kind",), KINDS) or "csv"
        self.known(table, (), _KEYS[kind], t("A {kind} layout has no “{name}”.", kind=kind, name="{name}"))
        given = {name: self.choice(table, (name,), allowed) for name, allowed in _CHOICES.items()}
        name = str(self.typed(table, ("name",), str, ""))
        if "name" in _KEYS[kind]:
            self.file_name(name, ("name",))
        files = self._files(table, kind)
        title = str(self.typed(table, ("title",), str, ""))
        if not title and isinstance(table.get("title", ""), str):
            self.note(("title",), t("The layout needs a title."))
        layout = Layout(
            key=self.file.stem,
            title=title,
            kind=kind,
            header=bool(self.typed(table, ("header",), bool, False)),
            needs=self.listed(table, ("needs",), tuple(DATES)),
            name=name,
            codes=self._codes(table),
            files=files,
            also=self._also(table),
            own=own,
            **{option: value for option, value in given.items() if value},
        )
        for field, fault in faults_of_texts(layout):
            self.problems.append(LayoutProblem(self.file, field.line, fault))
        return layout

    def _also(self, table: Table) -> tuple[Layout, ...]:
        found: list[Layout] = []
        for index, name in enumerate(self.listed(table, ("also",), None)):
            layout = self._find(name)
            if layout is None:
                text = t("No layout “{name}” can go along: none that is right and stands alone.", name=name)
                self.note(("also",), text, index)
            elif layout.provider not in ("", table.get("provider")):
                self.note(("also",), t("“{name}” is for another provider.", name=name), index)
            else:
                found.append(layout)
        return tuple(found)

    def _codes(self, table: Table) -> dict[str, str]:
        codes = self.typed(table, ("codes",), dict, {})
        for key, code in codes.items():
            if not (isinstance(code, str) and code):
                self.note(("codes", key), t("Write the code of {key} in quotes.", key=key))
        return {key: str(code) for key, code in codes.items()}

    def _files(self, table: Table, kind: str) -> tuple[FileLayout, ...]:
        if kind == "pdf":
            return ()
        files = self.typed(table, ("files",), dict, {})
        if not files:
            self.note((), t("The layout has no file: write [files.NAME] with its rows and fields."))
        made = [self._file(key, one, kind) for key, one in files.items() if self._is_table(key, one)]
        names = [file.name for file in made if file.name]
        for index, name in enumerate(names):
            if name in names[:index]:
                self.note(("files", made[index].key, "name"), t("Another file has this name already."))
        return tuple(made)

    def _is_table(self, key: str, one: object) -> bool:
        if isinstance(one, dict):
            return True
        self.note(("files", key), t("Write [files.{key}] on a line of its own.", key=key))
        return False

    def _file(self, key: str, table: Table, kind: str) -> FileLayout:
        path = ("files", key)
        allowed = {"fixed": (*_TEXT_FILE_KEYS, "length"), "workbook": (*_FILE_KEYS, "title")}
        keys = allowed.get(kind, _TEXT_FILE_KEYS)
        self.known(
            table, path, keys, t("A file of a {kind} layout has no “{name}”.", kind=kind, name="{name}")
        )
        rows = self.choice(table, (*path, "rows"), SOURCES)
        if not rows:
            if "rows" not in table:
                self.note(path, t("Say what the rows are: rows = {names}.", names=_or(SOURCES)))
            rows = "entries"
        name = str(self.typed(table, (*path, "name"), str, ""))
        if kind != "workbook":
            self.file_name(name, (*path, "name"))
        length = int(self.typed(table, (*path, "length"), int, 0))
        records = {
            part: read_fields(self, table, (*path, part), sources, kind, length)
            for part, sources in (("fields", SOURCES[rows]), ("head", END_SOURCES), ("tail", END_SOURCES))
        }
        if not records["fields"]:
            self.note(path, t("The file needs fields."))
        return FileLayout(
            key=key,
            rows=rows,
            name=name,
            title=str(self.typed(table, (*path, "title"), str, key)),
            per=self.choice(table, (*path, "per"), ("day", "month")) or "day",
            categories=self.listed(table, (*path, "categories"), CATEGORIES) or CATEGORIES,
            zero_codes=self.listed(table, (*path, "zero_codes"), None),
            length=length,
            skip_empty=bool(self.typed(table, (*path, "skip_empty"), bool, False)),
            **records,
        )

    def file_name(self, pattern: str, path: toml_lines.Path) -> None:
        """Note what is wrong with the pattern of a file's name."""
        if not pattern:
            self.note(path, t("The file needs a name."))
            return
        try:
            parts = list(Formatter().parse(pattern))
        except ValueError:
            self.note(path, t("The braces of the name do not match."))
            return
        for _, place, form, how in parts:
            if place is not None and (place not in PLACES or form or how):
                self.note(path, t("A name has no “{place}”; it can have {places}.", place=f"{{{place}}}",
                                  places=", ".join(f"{{{one}}}" for one in PLACES)))  # fmt: skip
        rest = "".join(text for text, *_ in parts)
        if rest.strip("-._") and not _FILE_NAME.fullmatch("x" + rest):
            self.note(path, t("A name of a file is letters, figures, points, hyphens and underscores."))

    # What the checks of fields use too:

    def typed(self, table: Table, path: toml_lines.Path, kind: type, default: Any) -> Any:
        """The value of the last name of `path`, or `default` where there is none or it is of another kind."""
        value = table.get(path[-1], default)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        texts = {
            str: t("a text in quotes"),
            bool: "true / false",
            int: t("a whole number"),
            dict: t("a table"),
            list: t("a list"),
        }
        self.note(path, t("“{name}” must be {kind}.", name=path[-1], kind=texts[kind]))
        return default

    def choice(self, table: Table, path: toml_lines.Path, allowed: Collection[str]) -> str:
        """One of `allowed`; empty where it is not given or wrong."""
        if path[-1] not in table:
            return ""
        value = table[path[-1]]
        if isinstance(value, str) and value in allowed:
            return value
        self.note(
            path, _guess(t("“{name}” can be {names}.", name=path[-1], names=_or(allowed)), value, allowed)
        )
        return ""

    def listed(self, table: Table, path: toml_lines.Path, allowed: Collection[str] | None) -> tuple[str, ...]:
        """A list of texts, each one of `allowed` (None: any)."""
        items = self.typed(table, path, list, [])
        for index, item in enumerate(items):
            if not isinstance(item, str):
                self.note(path, t("Write “{item}” in quotes.", item=item), index)
            elif allowed is not None and item not in allowed:
                self.note(path, t("“{name}” can have {names}.", name=path[-1], names=_or(allowed)), index)
        return tuple(map(str, items))

    def known(
        self, table: Table, path: toml_lines.Path, allowed: Sequence[str], text: str, item: int = -1
    ) -> None:
        """Note each name of a table that means nothing there; `text` has a place {name}."""
        for name in table:
            if name not in allowed:
                place = path if item >= 0 else (*path, name)
                self.note(place, _guess(text.format(name=name), name, allowed), item)

    def note(self, path: toml_lines.Path, text: str, item: int = -1) -> None:
        """Note a problem at a key, or at an item of its list; the nearest line that there is counts."""
        self.problems.append(LayoutProblem(self.file, self.line(path, item), text))

    def line(self, path: toml_lines.Path, item: int = -1) -> int:
        """Where a key, or an item of its list, stands; 0 where nothing of its path does."""
        for length in range(len(path), 0, -1):
            place = self._places.get(path[:length])
            if place:
                whole = length == len(path) and 0 <= item < len(place.items)
                return place.items[item] if whole else place.line
        return 0


def _or(names: Collection[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _guess(text: str, given: object, known: Collection[str]) -> str:
    near = get_close_matches(str(given), list(known), 1)
    return f"{text} {t('Did you mean {name}?', name=near[0])}" if near else text
