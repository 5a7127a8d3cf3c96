"""`hrtui admin reseal`: the documents of a backend get the new key of their key file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from hrtui.cli.admin_options import ConfigFile
from hrtui.cli.help import Command
from hrtui.i18n import N_, t, tn

if TYPE_CHECKING:
    from hrtui.backend.documents.resealing import Resealed

_RESEAL = N_(
    "Encrypt the documents that are there with the first key of their key file; the backend may serve "
    "meanwhile."
)


def add_to(admin: typer.Typer) -> None:
    """Put the command below `hrtui admin`."""
    admin.command("reseal", cls=Command, help=_RESEAL, epilog="hrtui admin reseal --config /etc/hrtui.toml")(
        reseal
    )


def reseal(ctx: typer.Context, config: ConfigFile = None) -> int:
    """Of every employer; 1 where a document cannot be opened with any key."""
    from hrtui.backend.documents.resealing import reseal as work
    from hrtui.backend.documents.store import documents_of
    from hrtui.cli.admin_operations import opened_database
    from hrtui.cli.backend_config import configuration
    from hrtui.cli.errors import CommandError

    with opened_database(ctx.obj, config, "") as database:
        from hrtui.backend.operations import named_tenants

        documents = documents_of(configuration(ctx.obj, config, ""), database)
        try:
            found = work(documents, list(named_tenants(database)))
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise CommandError(t("The documents cannot be written: {reason}.", reason=reason)) from problem
    if found is None:
        raise CommandError(t("The documents have no key file: set key_file below [documents] first."))
    return _tell(found)


def _tell(found: Resealed) -> int:
    from hrtui.cli.errors import FAILED
    from hrtui.cli.session import say

    say(
        tn(
            "{n} file has the new key now, {before} had it.",
            "{n} files have the new key now, {before} had it.",
            found.changed,
            before=found.before,
        )
    )
    for key in found.damaged:
        say(t("No key opens {file}.", file=key))
    if not found.damaged:
        say(t("The other keys can go from the key file once every worker was started anew."))
    return FAILED if found.damaged else 0
