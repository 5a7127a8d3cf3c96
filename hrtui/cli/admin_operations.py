"""`hrtui admin audit`, `backup`, `compact` and their like: the work, and what the operator reads of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.cli.backend_config import configuration, refusals_told
from hrtui.cli.errors import FAILED, CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.session import say
from hrtui.i18n import t, tn

if TYPE_CHECKING:
    from hrtui.backend.database import Database


def verify_trail(choices: Choices, file: Path | None, database: str, employer: str) -> int:
    """Check the trails and say how they are; 1 where one does not hold."""
    with opened_database(choices, file, database) as opened:
        from hrtui.backend.operations import verify_audit

        code = 0
        for one in verify_audit(opened, employers_named(opened, employer)):
            if one.broken is None:
                text = tn("{n} record holds.", "{n} records hold together.", one.records)
            else:
                code = FAILED
                text = t("The trail is broken at record {n}.", n=one.broken)
            say(t("Employer {id}: {text}", id=one.tenant_id, text=text))
        return code


def export_trail(choices: Choices, file: Path | None, database: str, employer: str, out: Path | None) -> int:
    """Write one employer's trail. Raises CommandError where none or several are meant."""
    with opened_database(choices, file, database) as opened:
        from hrtui.backend.operations import export_audit

        found = employers_named(opened, employer)
        if len(found) != 1:
            raise usage_error(t("Say which employer, with --employer."))
        if out is None:
            export_audit(opened, found[0], sys.stdout)
            return 0
        try:
            with out.open("x", encoding="utf-8") as target:
                count = export_audit(opened, found[0], target)
        except OSError as problem:
            raise CommandError(
                t("{file} cannot be written: {reason}.", file=out, reason=problem.strerror)
            ) from problem
        say(tn("{n} record was written to {file}.", "{n} records were written to {file}.", count, file=out))
        return 0


def back_up(choices: Choices, file: Path | None, database: str, target: Path) -> int:
    """Copy the SQLite database and say so. Raises CommandError where it cannot be done."""
    with opened_database(choices, file, database) as opened:
        from hrtui.backend.operations import back_up as copy

        positions = copy(opened, target)
        say(
            tn(
                "The backup {file} is whole and holds {n} employer.",
                "The backup {file} is whole and holds {n} employers.",
                len(positions),
                file=target,
            )
        )
        return 0


def mark_durable(choices: Choices, file: Path | None, database: str, positions: Path | None) -> int:
    """Print the positions as JSON, or note those in a file. Raises CommandError for a file that has none."""
    with opened_database(choices, file, database) as opened:
        from hrtui.backend import operations

        if positions is None:
            found = operations.heads(opened, [*operations.named_tenants(opened)])
            sys.stdout.write(json.dumps(found) + "\n")
            return 0
        try:
            held = operations.positions_of(positions.read_text(encoding="utf-8"))
        except OSError as problem:
            raise CommandError(
                t("{file} cannot be read: {reason}.", file=positions, reason=problem.strerror)
            ) from problem
        except ValueError as problem:
            raise CommandError(t("{file} does not hold positions.", file=positions)) from problem
        count = operations.mark_durable(opened, held)
        say(
            tn(
                "The backup holds the history of {n} employer.",
                "The backup holds the histories of {n} employers.",
                count,
            )
        )
        return 0 if count == len(held) else FAILED


def compact(choices: Choices, file: Path | None, database: str, days: int) -> int:
    """Let go of the old changes of every employer and say how many."""
    with opened_database(choices, file, database) as opened:
        from hrtui.backend.compaction import compact as let_go
        from hrtui.backend.operations import named_tenants

        done = [let_go(opened, tenant_id, days) for tenant_id in named_tenants(opened)]
        changes = sum(one.changes for one in done)
        rows = sum(one.tombstones for one in done)
        say(tn("{n} old change was let go of.", "{n} old changes were let go of.", changes))
        say(tn("{n} deleted row was let go of.", "{n} deleted rows were let go of.", rows))
        return 0


def finish_restore(choices: Choices, file: Path | None, database: str) -> int:
    """Begin a new timeline everywhere and say so."""
    with opened_database(choices, file, database) as opened:
        from hrtui.backend.operations import finish_restore as finish
        from hrtui.backend.personal.ledger import erase_again

        again = erase_again(configuration(choices, file, database), opened)
        if again:
            say(tn("{n} erasure was carried out again.", "{n} erasures were carried out again.", again))
        count = finish(opened)
        say(
            tn(
                "{n} employer begins a new timeline; clerks' programs send again what is missing.",
                "{n} employers begin a new timeline; clerks' programs send again what is missing.",
                count,
            )
        )
        return 0


@contextmanager
def opened_database(choices: Choices, file: Path | None, database: str) -> Iterator[Database]:
    """The backend's database, in the form that this version knows. Raises CommandError otherwise."""
    config = configuration(choices, file, database)
    from hrtui.backend.database import Database
    from hrtui.backend.migrate import check

    with refusals_told():
        check(config.database)
        with closing(Database.open(config.database, 2)) as opened:
            yield opened


def employers_named(database: Database, name: str) -> list[int]:
    """The employers of that name or number; all where none is named. Raises CommandError for no match."""
    from hrtui.backend.operations import named_tenants

    found = named_tenants(database)
    wanted = name.strip().casefold()
    if not wanted:
        return list(found)
    matching = [id_ for id_, own in found.items() if wanted in (own.casefold(), str(id_))]
    if not matching:
        raise usage_error(t("There is no employer “{name}” here.", name=name))
    return matching
