"""`hrtui doctor`: what this computer and the profile are like, and what is wrong with them."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import Literal, NamedTuple

from sqlcipher3 import dbapi2

from hrtui import __version__
from hrtui.cli.errors import FAILED, CommandError
from hrtui.cli.options import Choices
from hrtui.cli.session import clerk, unlock, write_json
from hrtui.i18n import language, t, tn
from hrtui.store.errors import StoreError
from hrtui.store.profile import Profile, find_profile, network_file_system
from hrtui.store.store import Store
from hrtui.terminal.environment import OUTPUT_NOTE


class Finding(NamedTuple):
    """One line of the report: `subject` names the thing, `text` what it is like."""

    level: Literal["ok", "warning", "problem"]
    subject: str
    text: str


def examine(choices: Choices, as_json: bool) -> int:
    """Write the report; the exit code is 1 when it names a problem."""
    found = list(_findings(choices))
    if as_json:
        write_json([finding._asdict() for finding in found])
    else:
        from hrtui.wording import told_of

        words = {"ok": t("fine"), "warning": t("warning"), "problem": t("problem")}
        for finding in found:
            sys.stdout.write(f"{words[finding.level]:<10}{told_of(finding.subject, finding.text)}\n")
    return FAILED if any(finding.level == "problem" for finding in found) else 0


def damage(store: Store) -> list[str]:
    """What is wrong with the database, page by page and reference by reference; empty for a whole one."""
    con = store.con
    lines = [str(row[0]) for row in con.execute("PRAGMA cipher_integrity_check")]
    if lines:
        # The other checks would stumble over what this one found.
        return lines
    lines += [str(row[0]) for row in con.execute("PRAGMA integrity_check") if row[0] != "ok"]
    lines += [f"{row[0]} {row[1]} → {row[2]}" for row in con.execute("PRAGMA foreign_key_check")]
    return lines


def _findings(choices: Choices) -> Iterator[Finding]:
    yield from _versions()
    yield from _terminal()
    yield _output()
    yield from _keys()
    try:
        profile = find_profile(choices.profile_name, choices.data_dir)
    except StoreError as problem:
        yield Finding("problem", t("Profile"), problem.text)
        return
    yield from _files(profile)
    if profile.exists():
        yield _database(choices, profile)


def _versions() -> Iterator[Finding]:
    con = dbapi2.connect(":memory:")
    cipher = con.execute("PRAGMA cipher_version").fetchone()
    con.close()
    yield Finding("ok", "hrtui", __version__)
    yield Finding("ok", "Python", f"{platform.python_version()} ({sys.executable})")
    yield Finding("ok", "Textual", version("textual"))
    yield Finding("ok", "SQLite", f"{dbapi2.sqlite_version}, SQLCipher {cipher[0] if cipher else '–'}")


def _terminal() -> Iterator[Finding]:
    columns, lines = shutil.get_terminal_size()
    if not sys.stderr.isatty():
        yield Finding("ok", t("Terminal"), t("none (the output goes to a file or another program)"))
    else:
        small = columns < 60 or lines < 15
        text = t(
            "{term}, {columns} columns by {lines} lines",
            term=os.environ.get("TERM") or "?",
            columns=columns,
            lines=lines,
        )
        yield Finding("warning" if small else "ok", t("Terminal"), text)
    encoding = sys.stdout.encoding.lower()
    yield Finding("ok" if encoding == "utf-8" else "warning", t("Characters"), encoding)
    yield Finding("ok", t("Language"), language())


def _output() -> Finding:
    from hrtui.terminal.internals import TEXTUAL_VERSION, supported

    if os.environ.get("HRTUI_OUTPUT") == "stock":
        return Finding(
            "warning", t("Output"), t("Textual's own, which sends much more: HRTUI_OUTPUT is “stock”")
        )
    if not supported():
        text = t(
            "Textual's own, which sends much more: this is not Textual {version}", version=TEXTUAL_VERSION
        )
        return Finding("warning", t("Output"), text)
    return Finding("ok", t("Output"), t("only changed cells are sent"))


def _keys() -> Iterator[Finding]:
    from hrtui.keybindings import KeyProblems, load, user_file

    file = user_file()
    if not file.exists():
        yield Finding("ok", t("Keys"), t("the packaged ones ({file} is not there)", file=file))
        return
    try:
        keys = load(file)
    except KeyProblems as found:
        for problem in found.problems:
            yield Finding("problem", t("Keys"), str(problem))
        return
    yield Finding("ok", t("Keys"), str(file))
    for warning in keys.warnings:
        yield Finding("warning", t("Keys"), str(warning))


def _files(profile: Profile) -> Iterator[Finding]:
    subject = t("Profile “{name}”", name=profile.name)
    if not profile.exists():
        yield Finding(
            "warning",
            subject,
            t("not made yet ({folder}); use `hrtui init` or `hrtui demo`", folder=profile.folder),
        )
        return
    yield Finding("ok", subject, str(profile.folder))
    for path, allowed in ((profile.folder, 0o700), (profile.database, 0o600), (profile.key_file, 0o600)):
        mode = path.stat().st_mode & 0o777
        if mode & ~allowed:
            yield Finding(
                "problem",
                subject,
                t("others may read {path}: run `chmod {mode} {path}`", path=path, mode=f"{allowed:o}"),
            )
    note = profile.folder / OUTPUT_NOTE
    if note.exists():
        text = note.read_text(encoding="utf-8").strip()
        yield Finding(
            "warning",
            t("Output"),
            t(
                "sending only changed cells failed ({problem}); report this, then delete {file}",
                problem=text,
                file=note,
            ),
        )
    kind = network_file_system(profile.folder)
    if kind:
        yield Finding(
            "warning", subject, t("on a network file system ({kind}), where data can get damaged", kind=kind)
        )


def _database(choices: Choices, profile: Profile) -> Finding:
    subject = t("Database")
    try:
        store = Store.open(profile, unlock(choices, profile), actor=clerk())
    except CommandError:
        return Finding("warning", subject, t("not checked: there is no terminal to ask the password on"))
    except StoreError as problem:
        return Finding("problem", subject, problem.text)
    except dbapi2.Error as problem:
        return Finding("problem", subject, t("damaged ({first}); restore a backup", first=problem))
    try:
        wrong = damage(store)
        people = 0 if wrong else store.con.execute("SELECT count(*) FROM person").fetchone()[0]
    finally:
        store.close()
    if wrong:
        return Finding("problem", subject, t("damaged ({first}); restore a backup", first=wrong[0]))
    size = profile.database.stat().st_size / 1_000_000
    text = tn("whole: {n} person, {size} MB", "whole: {n} people, {size} MB", people, size=f"{size:.1f}")
    return Finding("ok", subject, text)
