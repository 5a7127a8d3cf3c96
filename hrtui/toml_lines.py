"""Where the keys and the list items of a TOML text stand, so that a message can name the line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Path = tuple[str, ...]

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<string>\"\"\"(?:\\.|[^\\])*?\"{3,5}|'''.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<newline>\n)
    |(?P<mark>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,.\#"']+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The line of a key, and the lines of the items where its value is a list."""

    line: int
    items: tuple[int, ...] = ()


@dataclass(slots=True)
class _Scan:
    """What the scan knows between two tokens; `depth` counts the brackets that are open in a value."""

    places: dict[Path, Place] = field(default_factory=dict)
    table: Path = ()
    path: list[str] = field(default_factory=list)
    state: str = "start"
    line: int = 1
    depth: int = 0
    items: list[int] = field(default_factory=list)
    fresh: bool = True

    def token(self, kind: str, text: str, line: int) -> None:
        """Take one token that is not a comment."""
        if self.state == "value":
            self._value(kind, text, line)
        elif kind == "newline":
            if self.state == "header":
                self._keep(tuple(self.path))
                self.table = tuple(self.path)
            self.state, self.path = "start", []
        elif kind in ("bare", "string"):
            if self.state == "start":
                self.state, self.line = "key", line
            self.path.append(_name(text))
        elif text == "[" and self.state == "start":
            self.state, self.line = "header", line
        elif text == "=":
            self.state, self.depth, self.items, self.fresh = "value", 0, [], True

    def _value(self, kind: str, text: str, line: int) -> None:
        if kind == "newline":
            if self.depth == 0:
                self._keep((*self.table, *self.path))
                self.state, self.path = "start", []
            return
        if text in ("]", "}") and kind == "mark":
            self.depth -= 1
            return
        if self.depth == 1 and text == "," and kind == "mark":
            self.fresh = True
        elif self.depth == 1 and self.fresh and kind != "other":
            self.items.append(line)
            self.fresh = False
        if text in ("[", "{") and kind == "mark":
            self.depth += 1

    def _keep(self, path: Path) -> None:
        # A table may be there only because a dotted key or the heading of a table inside it names it.
        self.places.setdefault(path[:1], Place(self.line))
        if len(path) > 1 or self.state == "value":
            self.places[path] = Place(self.line, tuple(self.items) if self.state == "value" else ())


def places(text: str) -> dict[Path, Place]:
    """Every table and key of a valid TOML text by its path, with its line (from 1) and those of its items.

    Keys inside an inline table are not told apart: look for the path that begins theirs.
    """
    scan = _Scan()
    line = 1
    for match in _TOKEN.finditer(text + "\n"):
        kind = match.lastgroup or ""
        if kind != "comment":
            scan.token(kind, match.group(), line)
        line += match.group().count("\n")
    return scan.places


def _name(token: str) -> str:
    """The name that a bare or quoted key stands for."""
    if token[0] == "'":
        return token[1:-1]
    if token[0] != '"':
        return token
    import tomllib

    return str(tomllib.loads(f"key = {token}")["key"])
