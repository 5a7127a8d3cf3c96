"""What the commands for employers and users share: options, asking, the accounts, answers as JSON."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrtui.cli.backend_config import configuration, refusals_told
from hrtui.cli.errors import CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.prompting import needed
from hrtui.cli.session import write_json
from hrtui.i18n import N_, t

if TYPE_CHECKING:
    from hrtui.backend.accounts.context import Accounts

FromFile = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help=N_("Read the answers from a file of lines as `name: an.peeters`, - for standard input."),
    ),
]
OfEmployer = Annotated[
    str,
    typer.Option(
        "--employer",
        metavar="NAME",
        help=N_("The employer, by name or number, where there are several."),
    ),
]


class Answers:
    """What is known of the questions: from options, then from a file of `key: value` lines, else asked."""

    def __init__(self, file: Path | None, given: Mapping[str, str]) -> None:
        self._known = {**_read(file), **{key: value for key, value in given.items() if value}}
        self._may_ask = file is None and sys.stdin.isatty()

    def of(self, key: str, question: str) -> str:
        """The answer; raises CommandError where it is missing and nobody can be asked."""
        if known := self._known.get(key, "").strip():
            return known
        if not self._may_ask:
            raise usage_error(t("“{key}” is missing: give it in --file, or answer on a terminal.", key=key))
        return needed(question)

    def optional(self, key: str, default: str = "") -> str:
        """The answer where it is known, else the default."""
        return self._known.get(key, "").strip() or default

    def others(self, known: Collection[str]) -> dict[str, str]:
        """All answers that are given but for those to the `known` questions."""
        return {key: value for key, value in self._known.items() if key not in known}


@dataclass(frozen=True, slots=True)
class Call:
    """One command: the options of every command, which backend, what is known, how to answer."""

    choices: Choices
    config: Path | None
    database: str
    answers: Answers
    as_json: bool


@contextmanager
def accounts(call: Call) -> Iterator[Accounts]:
    """The accounts of the backend; what they refuse ends the command with its sentence."""
    config = configuration(call.choices, call.config, call.database)
    from hrtui.backend.accounts.refusals import AdminError
    from hrtui.backend.accounts.settings import accounts_of
    from hrtui.backend.database import Database
    from hrtui.backend.migrate import ready

    with refusals_told():
        ready(config.database)
        with closing(Database.open(config.database)) as opened:
            try:
                yield accounts_of(config, opened)
            except AdminError as problem:
                raise CommandError(str(problem)) from problem


@contextmanager
def employer_at(call: Call) -> Iterator[tuple[Accounts, int]]:
    """The accounts of the backend with the employer that is meant, in the same way."""
    from hrtui.backend.accounts.employers import tenant_named

    with accounts(call) as opened:
        yield opened, tenant_named(opened, call.answers.optional("employer"))


def tell(call: Call, data: Any, lines: Sequence[str] = ()) -> None:
    """Write the answer to standard output: as JSON, or these lines."""
    if call.as_json:
        write_json(data)
    elif lines:
        sys.stdout.write("\n".join(lines) + "\n")


def _read(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(t("The file {file} cannot be read.", file=file)) from problem
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        key, sign, value = line.partition(":")
        if not sign:
            raise CommandError(t("A line of {file} is not of the form `name: value`.", file=file))
        found[key.strip().casefold().replace(" ", "_")] = value.strip()
    return found
