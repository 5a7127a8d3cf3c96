"""Checks a user's keys file: finds everything that is wrong with it in one go, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from hrtui import toml_lines
from hrtui.action import Action
from hrtui.actions import ACTIONS, ENTRY_SCOPES, SCOPES
from hrtui.i18n import t
from hrtui.key_names import canonical, is_known, nearest, nearest_key, reason_fragile, reason_never

Keys = tuple[str, ...]

NEEDED = ("app.help", "app.quit", "app.back")
"""The actions that cannot be left without a key."""

_HELD = frozenset({"enter", "space", "down", "tab"})
"""Keys that one holds or strikes in a row, so that the repeat would answer a question nobody has read."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong (or risky) in a keys file; `line` counts from 1 and is 0 where no line is to blame."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


def flat(entries: Mapping[str, Any]) -> Iterator[tuple[Keys, Any]]:
    """The values of nested tables with their paths, in order: `go.left = []` is a table in a table."""
    waiting: list[tuple[Keys, Any]] = [((), entries)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += [((*path, name), below) for name, below in reversed(list(value.items()))]
        else:
            yield path, value


class Check:
    """The check of one file; `problems` and `warnings` fill up while `merged` runs.

    `letters` maps the letters of the leave types to their names, `defaults` the actions to the packaged keys.
    """

    def __init__(self, file: Path, letters: Mapping[str, str], defaults: Mapping[str, Keys]) -> None:
        self._file = file
        self._letters = letters
        self._defaults = defaults
        self._places: dict[toml_lines.Path, toml_lines.Place] = {}
        self._action_lines: dict[str, int] = {}
        self._key_lines: dict[tuple[str, str], int] = {}
        self._spellings: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def merged(self) -> dict[str, Keys]:
        """The defaults with the file's keys in their place; what the file has wrong is left out and noted."""
        text = self._text()
        table = self._table(text)
        self._places = toml_lines.places(text) if table else {}
        given: dict[str, Keys] = {}
        for scope, entries in table.items():
            if scope not in SCOPES:
                self._problem(self._line((scope,)), _no_scope(scope))
            elif not isinstance(entries, dict):
                self._problem(self._line((scope,)), t("Write [{scope}] on a line of its own.", scope=scope))
            else:
                for path, value in flat(entries):
                    self._entry(scope, path, value, given)
        keys = {**self._defaults, **given}
        self._clashes(keys)
        self._fragile(keys, given)
        return keys

    def _text(self) -> str:
        try:
            raw = self._file.read_bytes()
        except OSError as error:
            self._problem(0, t("The file cannot be read: {reason}", reason=error.strerror or error))
            return ""
        try:
            # Windows editors write a byte order mark, which TOML does not know.
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self._problem(line, t("This is not UTF-8 text; save the file as UTF-8."))
            return ""

    def _table(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            found = re.search(r"at line (\d+)", str(error))
            line = int(found.group(1)) if found else text.rstrip().count("\n") + 1
            reason = re.sub(r" \(at .*\)$", "", str(error)) if found else error
            self._problem(line, t("This is not valid TOML: {reason}", reason=reason))
            return {}

    def _entry(self, scope: str, path: Keys, value: Any, given: dict[str, Keys]) -> None:
        """Take one line of a scope, `go.left = [...]`, into `given`."""
        action_id = ".".join(path)
        line = self._line((scope, *path))
        action = ACTIONS.get(action_id)
        if action is None:
            self._problem(line, _no_action(scope, action_id))
        elif action.scope != scope:
            self._problem(line, t("{action} belongs under [{scope}].", action=action_id, scope=action.scope))
        elif action_id in given:
            self._problem(line, t("{action} stands here for the second time.", action=action_id))
        elif not isinstance(value, list):
            example = f'["{value}"]' if isinstance(value, str) and value.isprintable() else '["f5"]'
            self._problem(
                line, t("Write the keys of {action} as a list: {list}", action=action_id, list=example)
            )
        else:
            self._action_lines[action_id] = line
            given[action_id] = self._listed(action_id, value, (scope, *path))
            if not value and action_id in NEEDED:
                self._problem(line, t("{action} must keep a key.", action=action_id))

    def _listed(self, action_id: str, items: list[Any], path: Keys) -> Keys:
        """The usable ones of an action's listed keys."""
        usable: list[str] = []
        names = [canonical(item) for item in items if isinstance(item, str)]
        for index, item in enumerate(items):
            line = self._line(path, index)
            problem = (
                self._key_problem(item, ACTIONS[action_id], usable, names)
                if isinstance(item, str)
                else t("A key is a name in quotes, such as {example}.", example='"f5"')
            )
            if problem:
                self._problem(line, problem)
            else:
                usable.append(canonical(item))
                self._key_lines[action_id, canonical(item)] = line
                self._spellings[canonical(item)] = item
        return tuple(usable)

    def _key_problem(self, item: str, action: Action, before: list[str], names: list[str]) -> str:
        """Why `item`, as written, cannot be a key of `action`, as a sentence; '' where it can."""
        name = canonical(item)
        if name in before:
            return t("{key} stands here twice.", key=_shown(item))
        if reason := reason_never(name):
            return t("{key} cannot be used: {reason}.", key=_shown(item), reason=reason)
        if not is_known(name):
            return _guess(t("There is no key named {key}.", key=_shown(item)), nearest_key(name))
        if name == "ctrl+space" and "ctrl+@" not in names:
            return t("Most terminals send ctrl+space as ctrl+@; list both.")
        if action.id == "dialog.yes" and name in _HELD:
            return t("{key} cannot say yes: it is easily held a moment too long.", key=_shown(item))
        if action.scope not in ENTRY_SCOPES or len(name) > 1:
            return ""
        if name in self._letters:
            return t("{key} enters {type}; give that leave type another letter first, or choose another key.",
                     key=name, type=self._letters[name])  # fmt: skip
        if name.isdecimal():
            return t("{key} cannot be used: digits are the count of days before a letter.", key=name)
        if name.isupper():
            return t("{key} cannot be used: capitals can be the rest of a broken cursor key.", key=name)
        return ""

    def _clashes(self, keys: Mapping[str, Keys]) -> None:
        """Note every key that would do two things in one scope; keys of [app] count in every scope."""
        users: dict[str, list[str]] = {}
        for action_id, names in keys.items():
            for name in names:
                users.setdefault(name, []).append(action_id)
        for name, ids in users.items():
            for pair in combinations(ids, 2):
                scopes = {ACTIONS[action_id].scope for action_id in pair}
                if len(scopes) == 1 or "app" in scopes:
                    self._clash(name, *pair)

    def _clash(self, name: str, one: str, two: str) -> None:
        lines = {action_id: self._key_lines.get((action_id, name), 0) for action_id in (one, two)}
        here, there = (one, two) if lines[one] > lines[two] else (two, one)
        key = self._spellings.get(name, name)
        if lines[there]:
            text = t(
                "{key} is the key of {action} too (line {line}).", key=key, action=there, line=lines[there]
            )
        else:
            text = t(
                "{key} is the key of {action}; give that one another key as well.", key=key, action=there
            )
        self._problem(lines[here], text)

    def _fragile(self, keys: Mapping[str, Keys], given: Mapping[str, Keys]) -> None:
        """Warn of actions that some terminals cannot reach, and of letters that a leave type may get."""
        for action in ACTIONS.values():
            if action.id not in given and action.instead not in given:
                continue
            line = self._action_lines.get(action.id) or self._action_lines.get(action.instead, 0)
            names = keys[action.id]
            if not any(_sturdy(name) for name in (*names, *keys.get(action.instead, ()))):
                for name in names:
                    self._warn(
                        self._key_lines.get((action.id, name), line),
                        t("{action} has no key that works everywhere; {key}: {reason}.",
                          action=action.id, key=self._spellings.get(name, name), reason=reason_fragile(name)),
                    )  # fmt: skip
            for name in names:
                if action.scope in ENTRY_SCOPES and len(name) == 1 and name in ascii_lowercase:
                    self._warn(
                        self._key_lines.get((action.id, name), line),
                        t("{key} may become the letter of a leave type; another key stays free.", key=name),
                    )

    def _line(self, path: Keys, item: int = -1) -> int:
        """The line of a key, or of one item of its list; in an inline table the line of that table."""
        for length in range(len(path), 0, -1):
            place = self._places.get(path[:length])
            if place:
                whole = length == len(path) and 0 <= item < len(place.items)
                return place.items[item] if whole else place.line
        return 0

    def _problem(self, line: int, text: str) -> None:
        self.problems.append(Problem(str(self._file), line, text))

    def _warn(self, line: int, text: str) -> None:
        self.warnings.append(Problem(str(self._file), line, text))


def _sturdy(name: str) -> bool:
    return not reason_fragile(name)


def _shown(name: str) -> str:
    """A name from the file, safe to print."""
    return name if name.isprintable() and name else ascii(name)


def _guess(text: str, name: str) -> str:
    return f"{text} {t('Did you mean {name}?', name=name)}" if name else text


def _no_scope(scope: str) -> str:
    names = ", ".join(f"[{name}]" for name in SCOPES)
    text = t("There is no [{scope}]; there are {scopes}.", scope=_shown(scope), scopes=names)
    guess = nearest(scope, SCOPES)
    return _guess(text, f"[{guess}]" if guess else "")


def _no_action(scope: str, action_id: str) -> str:
    text = t("There is no action {action} in [{scope}].", action=_shown(action_id), scope=scope)
    here = nearest(action_id, (action.id for action in ACTIONS.values() if action.scope == scope))
    return _guess(text, here or nearest(action_id, ACTIONS))
