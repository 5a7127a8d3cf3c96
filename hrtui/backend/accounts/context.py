"""What the account calls work with: the database, the vault, the ways to send messages, and the clock."""

from __future__ import annotations

from dataclasses import dataclass, field

from hrtui.backend.accounts import letters
from hrtui.backend.accounts.later import Later
from hrtui.backend.accounts.notify import Notifier
from hrtui.backend.accounts.sessions import Lasting
from hrtui.backend.accounts.users import User
from hrtui.backend.accounts.vault import Vault
from hrtui.backend.database import Database
from hrtui.backend.logs import log


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one backend; `url` is its address as clerks type it, for the e-mails."""

    database: Database
    vault: Vault
    notifier: Notifier
    url: str = ""
    lasting: Lasting = field(default_factory=Lasting)
    later: Later = field(default_factory=Later)


def note(what: str, outcome: str, user_id: int = 0) -> None:
    """Log something about who gets in (OWASP ASVS 5.0, 16.3): by the user's number, which names nobody."""
    write = log.info if outcome == "done" else log.warning
    write("account", what=what, outcome=outcome, user=user_id or None)


def tell(accounts: Accounts, user: User, what: str, **values: object) -> None:
    """E-mail the user what was changed, where that is possible."""
    if accounts.notifier.sends_mail:
        letter = letters.told(what, user.language, user.display_name, name=user.name, **values)
        accounts.notifier.mail(user.email, *letter)
