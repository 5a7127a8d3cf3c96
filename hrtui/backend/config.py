"""The settings of the backend: defaults, the TOML file and the command line become one checked value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from hrtui.i18n import t


class ConfigError(Exception):
    """The configuration cannot be used; the text is one sentence that says why."""


class Unavailable(ConfigError):  # noqa: N818  (reads as what happened)
    """Nothing is wrong with the configuration; what it names is not as it must be, or is in use."""


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """The most of everything in one request or answer; bytes are counted after decompression.

    Seconds: `wait_seconds` ends a long poll, `poll_seconds` is how soon commits of other workers are seen,
    `ping_seconds` keeps an event stream alive. Of a user at an employer so many streams and long polls may be
    open (`streams_per_user`). Each worker counts alone: the pushes of a device, and the
    requests without a token from an address; 20 seconds' worth may come at once.
    """

    push_mutations: int = 200
    push_ops: int = 500
    body_bytes: int = 1 << 20
    pull_changes: int = 1000
    known_uids: int = 1000
    snapshot_rows: int = 5000
    wait_seconds: int = 25
    poll_seconds: float = 0.5
    ping_seconds: float = 15.0
    streams_per_user: int = 6
    pushes_per_second: int = 5
    strangers_per_second: int = 20


@dataclass(frozen=True, slots=True)
class Config:
    """How one backend runs. `database` is a URL; `extra` keeps the tables of the file that others own."""

    database: str
    host: str = "127.0.0.1"
    port: int = 8420
    uds: str = ""
    workers: int = 1
    tls_cert: str = ""
    tls_key: str = ""
    proxy_headers: bool = False
    log_level: str = "info"
    pool_size: int = 10
    limits: ServerLimits = field(default_factory=ServerLimits)
    extra: Mapping[str, Any] = field(default_factory=dict)


_WITH_PASSWORD = re.compile(r"[^:/]+://[^/?#@]*:[^/?#@]+@")
Settings = TypeVar("Settings", Config, ServerLimits)


def default_database(folder: Path) -> str:
    """The URL of the SQLite file in a folder."""
    return f"sqlite:///{folder / 'server.db'}"


def read_config(file: Path | None, given: Mapping[str, Any], fallback: str = "") -> Config:
    """The configuration: what was `given` (None counts as not given) over the TOML file over the defaults.

    `fallback` is the database where none is named. The table `[limits]` holds fields of ServerLimits; other
    tables are kept in `extra`. Raises ConfigError.
    """
    values: dict[str, Any] = {}
    if file is not None:
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as problem:
            raise ConfigError(t("The configuration {file} cannot be read.", file=file)) from problem
        except tomllib.TOMLDecodeError as problem:
            raise ConfigError(
                t("The configuration {file} is no valid TOML: {problem}.", file=file, problem=problem)
            ) from problem
        _check_mode(file, values)
    tables = {name: value for name, value in values.items() if isinstance(value, dict)}
    plain = {name: value for name, value in values.items() if name not in tables}
    plain |= {name: value for name, value in given.items() if value is not None}
    limits = _checked(ServerLimits(), tables.pop("limits", {}), "limits.")
    plain["database"] = plain.get("database") or fallback
    if not plain["database"]:
        raise ConfigError(t("Say which database to use, with --database."))
    return _check_tls(_checked(Config("", limits=limits, extra=tables), plain, ""))


def _check_mode(file: Path, values: Mapping[str, Any]) -> None:
    """Raise ConfigError for a password in a file that everybody on the computer can read."""
    accounts = values.get("accounts")
    urls = [values.get("database")]
    urls += [accounts.get(name) for name in ("mail", "sms")] if isinstance(accounts, dict) else []
    if (
        any(isinstance(url, str) and _WITH_PASSWORD.match(url) for url in urls)
        and file.stat().st_mode & 0o007
    ):
        raise ConfigError(
            t(
                "The configuration {file} holds a password and everybody can read it: run chmod o-rwx on it.",
                file=file,
            )
        )


def _check_tls(config: Config) -> Config:
    if bool(config.tls_cert) != bool(config.tls_key):
        raise ConfigError(t("TLS needs both a certificate and its key."))
    for name in (config.tls_cert, config.tls_key):
        if name and not Path(name).is_file():
            raise ConfigError(t("There is no file {file}.", file=name))
    if config.tls_key and Path(config.tls_key).stat().st_mode & 0o007:
        raise ConfigError(
            t("The key file {file} is readable by others: run chmod 600 on it.", file=config.tls_key)
        )
    return config


def _checked(start: Settings, values: Mapping[str, Any], prefix: str) -> Settings:
    known = {one.name: getattr(start, one.name) for one in fields(start)}
    refuse_wrong(values, {name: known[name] for name in known if name not in ("limits", "extra")}, prefix)
    return replace(start, **values)


def section(config: Config, name: str, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The table `[name]` of the file over its defaults; raises ConfigError as `refuse_wrong` does."""
    given = dict(config.extra.get(name, {}))
    refuse_wrong(given, defaults, f"{name}.")
    return {**defaults, **given}


def refuse_wrong(values: Mapping[str, Any], defaults: Mapping[str, Any], prefix: str) -> None:
    """Raise ConfigError for a setting that is not among the defaults, or is of another kind than its own.

    Numbers are 1 or more (a port may be 0: any that is free); lists hold texts. `prefix` names the table.
    """
    for name, value in values.items():
        if name not in defaults:
            raise ConfigError(t("There is no setting “{name}”.", name=prefix + name))
        wanted = type(defaults[name])
        number = wanted is float and type(value) is int
        texts = wanted is not list or (type(value) is list and all(isinstance(one, str) for one in value))
        if (type(value) is not wanted and not number) or not texts:
            raise ConfigError(t("The setting “{name}” has a value of the wrong kind.", name=prefix + name))
        if wanted in (int, float) and (value < 0 or (value == 0 and name != "port")):
            raise ConfigError(t("The setting “{name}” must be 1 or more.", name=prefix + name))
