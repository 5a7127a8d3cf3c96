"""`hrtui keys`: the key table, and the check of a clerk's own keys file."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from hrtui.cli.errors import MISUSED
from hrtui.cli.session import keys_in_force, say, write_json
from hrtui.i18n import language, t


def show_keys(as_json: bool) -> int:
    """Write every action with its keys, the clerk's file included; raises CommandError for a wrong one."""
    from hrtui.keybindings import key_table, user_file

    keys = keys_in_force({})
    for warning in keys.warnings:
        say(t("Warning: {text}", text=warning))
    rows = key_table(keys)
    if as_json:
        write_json([asdict(row) for row in rows])
        return 0
    texts = [", ".join(row.keys) for row in rows]
    keys_width, label_width = max(map(len, texts)), max(len(row.label) for row in rows)
    group = ""
    for row, text in zip(rows, texts, strict=True):
        if row.group != group:
            sys.stdout.write(("\n" if group else "") + row.group + "\n")
            group = row.group
        sys.stdout.write(f"  {text:<{keys_width}}  {row.label:<{label_width}}  {row.action_id}\n")
    say(t("Keys of your own belong in {file}; see `hrtui keys --help`.", file=user_file()))
    return 0


def check_keys(file: Path, as_json: bool) -> int:
    """Report a keys file: problems on stdout, warnings on stderr; the exit code is 2 for a problem."""
    from hrtui.domain.starter_types import STARTER
    from hrtui.keybindings import check_file

    # What a new employer starts with; the letters of an employer's own types are checked when its grid opens.
    letters = {
        kind.letter: kind.name(language()) for kinds in STARTER.values() for kind in kinds if kind.letter
    }
    problems, warnings = check_file(file, letters)
    if as_json:
        found = {
            "problems": [asdict(problem) for problem in problems],
            "warnings": [asdict(warning) for warning in warnings],
        }
        write_json(found)
        return MISUSED if problems else 0
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    for warning in warnings:
        say(t("Warning: {text}", text=warning))
    if not problems:
        say(t("{file} is fine.", file=file))
    return MISUSED if problems else 0
