"""The keys in force: the packaged ones, overridden per action by the user's file once that is checked."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from types import MappingProxyType

from hrtui.actions import ACTIONS, ENTRY_SCOPES, SCOPES
from hrtui.i18n import language, t
from hrtui.key_check import Check, Keys, Problem, flat
from hrtui.key_names import arrived, canonical, key_label
from hrtui.settings import config_folder

__all__ = [
    "KeyMap",
    "KeyProblems",
    "KeyRow",
    "Problem",
    "bound_letters",
    "check_file",
    "key_label",
    "key_table",
    "key_table_markdown",
    "load",
    "user_file",
]

DEFAULTS = Path(__file__).with_name("keybindings.toml")
"""The packaged keys; also the list of all ids."""

_NO_LETTERS: Mapping[str, str] = MappingProxyType({})

_YES = MappingProxyType({"nl": "j", "fr": "o"})
"""The letters of ja and oui. They enter leave too, and begin names of months, so the packaged key stays."""


class KeyProblems(Exception):  # noqa: N818  (it carries all problems of the file, not one)
    """The keys file cannot be used; `problems` says everything that is wrong with it, in line order."""

    def __init__(self, problems: tuple[Problem, ...], warnings: tuple[Problem, ...] = ()) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
        self.warnings = warnings


class KeyMap:
    """Which key does what: the keys of every action, and the action of a key in a scope.

    `warnings` tells of keys in the user's file that some terminals do not send. `own_yes` is a letter that
    answers with yes beside the keys of `dialog.yes`, wherever it does nothing else.
    """

    def __init__(
        self, keys: Mapping[str, Keys], warnings: tuple[Problem, ...] = (), own_yes: str = ""
    ) -> None:
        self._keys = dict(keys)
        self.warnings = warnings
        self._own_yes = own_yes
        if own_yes:
            self._keys["dialog.yes"] = (own_yes, *self._keys["dialog.yes"])
        self._actions: dict[str, dict[str, str]] = {scope: {} for scope in SCOPES}
        for action_id, names in self._keys.items():
            for name in names:
                self._actions[ACTIONS[action_id].scope][name] = action_id

    def action(self, scope: str, key: str) -> str | None:
        """The id of the action that `key` (as Textual delivers it) does in `scope`, or None."""
        name = arrived(key)
        return self._actions[scope].get(name) or self._actions["app"].get(name)

    def keys(self, action_id: str) -> Keys:
        """The keys of an action, the one to show first; empty where it is switched off."""
        return self._keys[action_id]

    def label(self, action_id: str) -> str:
        """The action's first key as people read it, or ''."""
        return next(map(key_label, self._keys[action_id]), "")

    def yes_keys(self, taken: Collection[str] = ()) -> Keys:
        """The keys that answer a question with yes, where the letters `taken` do something else."""
        return tuple(key for key in self._keys["dialog.yes"] if key != self._own_yes or key not in taken)

    def says_yes(self, key: str, taken: Collection[str] = ()) -> bool:
        """Whether `key` answers a question with yes (see `yes_keys`)."""
        return arrived(key) in self.yes_keys(taken)

    def yes_label(self, taken: Collection[str] = ()) -> str:
        """The keys that answer a question with yes (see `yes_keys`), as people read them: `j/y`."""
        return "/".join(map(key_label, self.yes_keys(taken)))


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the key table, in the interface language."""

    action_id: str
    group: str
    label: str
    keys: tuple[str, ...]
    help: str


def user_file() -> Path:
    """Where the user's own keys file belongs (it need not be there)."""
    return config_folder() / "keybindings.toml"


def load(user: Path | None = None, letters: Mapping[str, str] = _NO_LETTERS) -> KeyMap:
    """The keys in force: the packaged ones and, where there is such a file, the user's over them.

    `letters` maps the letters of the leave types to their names; a key that is one of them is refused.
    Raises KeyProblems with everything that is wrong in the user's file.
    """
    packaged = _defaults()
    if user is None or _missing(user):
        return KeyMap(packaged, own_yes=_own_yes(packaged, packaged))
    check = Check(user, letters, packaged)
    keys = check.merged()
    if check.problems:
        raise KeyProblems(tuple(sorted(check.problems)), tuple(sorted(check.warnings)))
    return KeyMap(keys, tuple(sorted(check.warnings)), _own_yes(keys, packaged))


def _own_yes(keys: Mapping[str, Keys], packaged: Mapping[str, Keys]) -> str:
    """The letter of yes in the interface language; '' where the user chose the keys or the letter is one."""
    letter = _YES.get(language(), "")
    used = {name for id_, names in keys.items() if ACTIONS[id_].scope in ("app", "dialog") for name in names}
    return letter if keys["dialog.yes"] == packaged["dialog.yes"] and letter not in used else ""


def check_file(
    path: Path, letters: Mapping[str, str] = _NO_LETTERS
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """All problems and all warnings of a user's keys file, in line order; a missing file is a problem."""
    check = Check(path, letters, _defaults())
    check.merged()
    return tuple(sorted(check.problems)), tuple(sorted(check.warnings))


def key_table(keymap: KeyMap) -> list[KeyRow]:
    """Every action with its keys and what it does, in the registry's order and the interface language."""
    return [
        KeyRow(
            action.id,
            t(action.group),
            t(action.label),
            tuple(map(key_label, keymap.keys(action.id))),
            t(action.help),
        )
        for action in ACTIONS.values()
    ]


def key_table_markdown(keymap: KeyMap) -> str:
    """The key table as Markdown, one small table per group, for the README."""
    lines: list[str] = []
    group = ""
    for row in key_table(keymap):
        if row.group != group:
            group = row.group
            lines += ["", f"**{group}**", "", f"| {t('Keys')} | {t('Action')} | {t('What it does')} |"]
            lines.append("|---|---|---|")
        lines.append(f"| {' '.join(map(_code, row.keys))} | {row.label} | {row.help} |")
    return "\n".join(lines).strip() + "\n"


def _code(text: str) -> str:
    """A key as Markdown code inside a table."""
    return f"`` {text} ``" if text == "`" else "`" + text.replace("|", "\\|") + "`"


def _missing(path: Path) -> bool:
    """Whether there is no such file; one that is there but cannot be read is not missing."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _defaults() -> dict[str, Keys]:
    """The packaged keys by action id."""
    table = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    return {
        ".".join(path): tuple(map(canonical, value))
        for entries in table.values()
        for path, value in flat(entries)
    }


def bound_letters(keymap: KeyMap) -> frozenset[str]:
    """The letters that do something else than entering leave where days are entered."""
    ids = [action.id for action in ACTIONS.values() if action.scope in ENTRY_SCOPES]
    keys = [key for action_id in ids for key in keymap.keys(action_id)]
    sure = keymap.yes_keys(ascii_lowercase)
    return frozenset(key for key in (*keys, *sure) if len(key) == 1 and key.isalpha())
