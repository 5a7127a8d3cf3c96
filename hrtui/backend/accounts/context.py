"""What the account calls work with: the database, the vault, the ways to send messages, and the clock."""

from __future__ import annotations

from dataclasses import dataclass

from hrtui import clock
from hrtui.backend.accounts.notify import Notifier
from hrtui.backend.accounts.vault import Vault
from hrtui.backend.database import Database


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one backend; `url` is its address as clerks type it, for the e-mails."""

    database: Database
    vault: Vault
    notifier: Notifier
    url: str = ""


def now() -> int:
    """The moment in whole seconds since 1970."""
    return int(clock.now().timestamp())
