"""The table `[accounts]` of the configuration: key file, ways to reach users, how long log-ins last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.notify import AppriseNotifier, problem_of
from hrtui.backend.accounts.sessions import Lasting
from hrtui.backend.accounts.vault import Vault, VaultError
from hrtui.backend.config import Config, ConfigError, section
from hrtui.backend.database import Database
from hrtui.i18n import t

_DEFAULTS: Mapping[str, Any] = {
    "url": "", "key_file": "", "mail": "", "sms": "", "code_hours": 12, "login_days": 30,
}  # fmt: skip


def accounts_of(config: Config, database: Database) -> Accounts:
    """The accounts by the table `[accounts]`; raises ConfigError.

    `url` is the backend's address as clerks type it, `mail` and `sms` are URLs for apprise with `{address}`
    in the place of the recipient, `key_file` holds the key that secrets are encrypted with. A device is asked
    for a code again after `code_hours`, and for password and code after `login_days`.
    """
    given = section(config, "accounts", _DEFAULTS)
    for name in ("mail", "sms"):
        if given[name] and (problem := problem_of(given[name])):
            raise ConfigError(t("The setting “accounts.{name}”: {problem}.", name=name, problem=problem))
    try:
        vault = Vault.open(_key_file(config, given["key_file"]))
    except VaultError as problem:
        raise ConfigError(str(problem)) from problem
    notifier = AppriseNotifier(given["mail"], given["sms"])
    lasting = Lasting(given["code_hours"] * 3600, given["login_days"] * 24 * 3600)
    return Accounts(database, vault, notifier, given["url"] or _own_url(config), lasting)


def _key_file(config: Config, given: str) -> Path:
    if given:
        return Path(given).expanduser()
    url = make_url(config.database)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_suffix(".key")
    # All workers on one PostgreSQL must have the same key, so it cannot be made up here.
    raise ConfigError(t("Say where the key of the accounts lies, with key_file below [accounts]."))


def _own_url(config: Config) -> str:
    return f"{'https' if config.tls_cert else 'http'}://{config.host}:{config.port}"
