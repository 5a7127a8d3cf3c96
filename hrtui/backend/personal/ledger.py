"""The ledger of erasures: ids only, in a file outside the database, so that no backup brings anybody back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from hrtui.backend.config import Config, ConfigError
from hrtui.backend.database import Database
from hrtui.backend.documents.store import documents_of
from hrtui.backend.personal import bundles
from hrtui.backend.personal.erasure import Subject, erase, is_erased
from hrtui.backend.sync.tenants import OPERATOR
from hrtui.i18n import t

LEAST = 5
"""The fewest years: the term of social documents, which no employer may go below."""


def ledger_of(config: Config) -> Path:
    """Where the ledger is: `[erasure] ledger`, else beside the SQLite file or the key of the accounts.

    Raises ConfigError.
    """
    given = settings_of(config)
    if given.get("ledger"):
        return Path(given["ledger"]).expanduser()
    url = make_url(config.database)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_suffix(".erased")
    beside = dict(config.extra.get("accounts", {})).get("key_file")
    if not isinstance(beside, str) or not beside:
        raise ConfigError(t("Say where the list of erased people lies, with ledger below [erasure]."))
    return Path(beside).expanduser().parent / "hrtui.erased"


def years_of(config: Config) -> dict[str, int]:
    """The whole years that payroll records are kept, by country, where `[erasure.payroll_years]` sets them.

    Raises ConfigError.
    """
    found: dict[str, int] = settings_of(config).get("payroll_years", {})
    return found


def settings_of(config: Config) -> dict[str, Any]:
    """The table `[erasure]`; raises ConfigError."""
    given = dict(config.extra.get("erasure", {}))
    for name, value in given.items():
        if name not in ("ledger", "payroll_years"):
            raise ConfigError(t("There is no setting “{name}”.", name=f"erasure.{name}"))
        if name == "ledger" and not isinstance(value, str):
            raise ConfigError(t("erasure.ledger is the name of a file."))
        if name == "payroll_years" and not _are_years(value):
            raise ConfigError(
                t("erasure.payroll_years gives each country ({least} or more): BE = 10.", least=LEAST)
            )
    return given


def _are_years(value: object) -> bool:
    return isinstance(value, dict) and all(
        len(country) == 2 and country.isupper() and type(years) is int and LEAST <= years <= 100
        for country, years in value.items()
    )


def note(ledger: Path, subject: Subject) -> None:
    """Add an erasure, before it is carried out; raises OSError."""
    line = json.dumps({"tenant": subject.tenant_id, "e": subject.entity, "id": subject.row_id})
    ledger.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(ledger, flags, 0o600), "a", encoding="ascii") as file:
        # On a line of its own also after one that a crash cut off.
        file.write(f"\n{line}\n")
        file.flush()
        os.fsync(file.fileno())


def noted(ledger: Path) -> Iterator[Subject]:
    """All erasures in order; a line that was cut off by a crash is left out, as nothing was erased yet."""
    if not ledger.exists():
        return
    for line in ledger.read_text(encoding="ascii").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        yield Subject(int(entry["tenant"]), str(entry["e"]), int(entry["id"]))


def erase_again(config: Config, database: Database) -> int:
    """Carry out what an older backup that was put back does not know yet; returns how many erasures.

    Raises ConfigError, OSError.
    """
    subjects = dict.fromkeys(noted(ledger_of(config)))
    if not subjects:
        return 0
    documents, count = documents_of(config, database), 0
    with database.transaction(None, read_only=True) as con:
        tenants = {row[0] for row in con.all("SELECT tenant_id FROM tenant")}
    for subject in subjects:
        if subject.tenant_id in tenants and not _is_erased(database, subject):
            rewritten = bundles.without(documents, subject)
            work = partial(erase, actor=OPERATOR, documents=documents, subject=subject, rewritten=rewritten)
            database.run(subject.tenant_id, work)
            count += 1
    return count


def _is_erased(database: Database, subject: Subject) -> bool:
    with database.transaction(subject.tenant_id, read_only=True) as con:
        return is_erased(con, subject.tenant_id, subject.row_id)
