"""The channels of employers: checked, kept with encrypted secrets, and made ready to deliver."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from hrtui import clock
from hrtui.backend.accounts.vault import Vault
from hrtui.backend.config import ConfigError
from hrtui.backend.database import Connection
from hrtui.backend.forwarding import queue
from hrtui.backend.forwarding.channels.port import Channel, DeliveryError, Setup
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.tenants import OPERATOR
from hrtui.backend.sync.writing import Writing
from hrtui.i18n import t

KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "folder": (("path",), ("returns",)),
    "sftp": (("host", "user", "host_key"), ("port", "path", "returns")),
    "https": (("url",), ("method", "ca_file")),
    "mail": (("to", "from"), ("ca_file",)),
}
"""For each kind the settings that it needs, and those that it may have."""
_SECRETS: Mapping[str, frozenset[str]] = {
    "folder": frozenset(),
    "sftp": frozenset({"password", "key", "passphrase"}),
    "https": frozenset({"token"}),
    "mail": frozenset({"server"}),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A channel as it is kept, without its secrets."""

    id: int
    name: str
    kind: str
    provider: str
    settings: Mapping[str, str]


def add_channel(con: Connection, vault: Vault, tenant_id: int, name: str, provider: str, setup: Setup) -> int:
    """Keep a new channel, and queue for it what no channel was there for; raises ConfigError."""
    _check(name, setup)
    writing = Writing.begin(con, tenant_id, OPERATOR)
    if any(one.name.casefold() == name.casefold() for one in channels_of(con, tenant_id)):
        raise ConfigError(t("There is a channel “{name}” already.", name=name))
    channel_id = secrets.randbits(62) | 1
    sealed = vault.seal(json.dumps(dict(setup.secrets)), _about(tenant_id, channel_id))
    moment = clock.seconds()
    con.execute(
        "INSERT INTO delivery_channel"
        " (tenant_id, id, name, kind, provider, settings, secret, created_at, returns_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        tenant_id, channel_id, name, setup.kind, provider, json.dumps(dict(setup.settings)), sealed, moment,
        moment if setup["returns"] else 0,
    )  # fmt: skip
    _queue_waiting(con, tenant_id, channel_id, provider)
    queue.plan(con, tenant_id)
    writing.deeds.append(Deed("", "channel added", "channel", channel_id))
    writing.record()
    return channel_id


def pin_key(con: Connection, tenant_id: int, name: str, host_key: str) -> int:
    """Know an SFTP server by another key from now on; returns how many deliveries wait to be asked for again.

    Raises ConfigError where there is no such channel of SFTP.
    """
    writing = Writing.begin(con, tenant_id, OPERATOR)
    found = sftp_named(con, tenant_id, name)
    settings = {**found.settings, "host_key": host_key}
    con.execute(
        "UPDATE delivery_channel SET settings = ? WHERE tenant_id = ? AND id = ?",
        json.dumps(settings), tenant_id, found.id,
    )  # fmt: skip
    writing.deeds.append(Deed("", "channel key pinned", "channel", found.id))
    writing.record()
    given_up = "SELECT count(*) FROM delivery WHERE tenant_id = ? AND channel_id = ? AND status = 'failed'"
    row = con.one(given_up, tenant_id, found.id)
    return int(row[0]) if row else 0


def sftp_named(con: Connection, tenant_id: int, name: str) -> Kept:
    """The SFTP channel of that name; raises ConfigError for one of another kind too."""
    found = channel_named(con, tenant_id, name)
    if found.kind != "sftp":
        raise ConfigError(t("The channel “{name}” has no key: only SFTP servers have one.", name=found.name))
    return found


def remove_channel(con: Connection, tenant_id: int, name: str) -> None:
    """Remove a channel with what waits for it; raises ConfigError where there is none of that name."""
    writing = Writing.begin(con, tenant_id, OPERATOR)
    found = channel_named(con, tenant_id, name)
    for table, column in (("delivery", "channel_id"), ("delivery_answer", "channel_id"), _CHANNEL):
        con.execute(f"DELETE FROM {table} WHERE tenant_id = ? AND {column} = ?", tenant_id, found.id)
    writing.deeds.append(Deed("", "channel removed", "channel", found.id))
    writing.record()


_CHANNEL = ("delivery_channel", "id")


def channels_of(con: Connection, tenant_id: int) -> list[Kept]:
    """The channels of an employer by name."""
    rows = con.all(
        "SELECT id, name, kind, provider, settings FROM delivery_channel WHERE tenant_id = ? ORDER BY name",
        tenant_id,
    )
    return [Kept(id_, name, kind, provider, json.loads(text)) for id_, name, kind, provider, text in rows]


def channel_named(con: Connection, tenant_id: int, name: str) -> Kept:
    """The channel of that name; raises ConfigError."""
    for one in channels_of(con, tenant_id):
        if one.name.casefold() == name.casefold():
            return one
    raise ConfigError(t("There is no channel “{name}”.", name=name))


def open_channel(con: Connection, vault: Vault, tenant_id: int, channel_id: int) -> tuple[str, Channel]:
    """The name of a channel, and the channel; raises VaultError, DeliveryError where it was removed."""
    row = con.one(
        "SELECT name, kind, settings, secret FROM delivery_channel WHERE tenant_id = ? AND id = ?",
        tenant_id, channel_id,
    )  # fmt: skip
    if row is None:
        raise DeliveryError(t("The channel was removed."), hopeless=True)
    name, kind, settings, sealed = row
    opened = json.loads(vault.unseal(sealed, _about(tenant_id, channel_id)))
    return name, channel(Setup(kind, json.loads(settings), opened))


def channel(setup: Setup) -> Channel:
    """The channel of a setup."""
    return _MAKERS[setup.kind](setup)


def _folder(setup: Setup) -> Channel:
    from hrtui.backend.forwarding.channels.folder import FolderChannel

    return FolderChannel(setup)


def _sftp(setup: Setup) -> Channel:
    from hrtui.backend.forwarding.channels.sftp import SftpChannel

    return SftpChannel(setup)


def _https(setup: Setup) -> Channel:
    from hrtui.backend.forwarding.channels.https import HttpsChannel

    return HttpsChannel(setup)


def _mail(setup: Setup) -> Channel:
    from hrtui.backend.forwarding.channels.mail import MailChannel

    return MailChannel(setup)


_MAKERS: Mapping[str, Callable[[Setup], Channel]] = {
    "folder": _folder,
    "sftp": _sftp,
    "https": _https,
    "mail": _mail,
}


def _about(tenant_id: int, channel_id: int) -> str:
    return f"channel:{tenant_id}:{channel_id}"


def _check(name: str, setup: Setup) -> None:
    """Raise ConfigError with what is missing or cannot be."""
    if not name.strip() or len(name) > 40 or not name.isprintable():
        raise ConfigError(t("Give the channel a name of 1 to 40 characters."))
    if setup.kind not in KINDS:
        raise ConfigError(t("A channel is one of: {kinds}.", kinds=", ".join(KINDS)))
    needed, may = KINDS[setup.kind]
    for setting in setup.settings:
        if setting not in (*needed, *may):
            raise ConfigError(t("A channel of this kind has no setting “{name}”.", name=setting))
    for setting in needed:
        if not setup[setting]:
            raise ConfigError(t("This channel needs the setting “{name}”.", name=setting))
    for secret in setup.secrets:
        if secret not in _SECRETS[setup.kind]:
            raise ConfigError(t("A channel of this kind has no secret “{name}”.", name=secret))
    _CHECKS[setup.kind](setup)


def _check_folder(setup: Setup) -> None:
    for setting in ("path", "returns"):
        if setup[setting] and not Path(setup[setting]).is_absolute():
            raise ConfigError(t("Type the whole path of the folder, from / on."))


def _check_sftp(setup: Setup) -> None:
    from hrtui.backend.forwarding.channels.sftp import fingerprint

    if setup["port"] and not (setup["port"].isdecimal() and 0 < int(setup["port"]) < 65536):
        raise ConfigError(t("The port must be a number from 1 to 65535."))
    if not {"password", "key"} & setup.secrets.keys():
        raise ConfigError(t("An SFTP channel needs a password or a private key."))
    try:
        fingerprint(setup["host_key"])
    except DeliveryError as problem:
        raise ConfigError(problem.text) from problem


def _check_https(setup: Setup) -> None:
    parts = urlsplit(setup["url"])
    if parts.scheme != "https" or not parts.hostname:
        raise ConfigError(t("The address must begin with https://."))
    if parts.username or parts.password:
        raise ConfigError(t("Give the token as a secret, not in the address."))
    if setup["method"] not in ("", "POST", "PUT"):
        raise ConfigError(t("The method must be POST or PUT."))


def _check_mail(setup: Setup) -> None:
    if "@" not in setup["to"] or "@" not in setup["from"]:
        raise ConfigError(t("“to” and “from” must be e-mail addresses."))
    if not setup.secrets.get("server"):
        raise ConfigError(t("An e-mail channel needs the address of the mail server as its secret."))


_CHECKS: Mapping[str, Callable[[Setup], None]] = {
    "folder": _check_folder,
    "sftp": _check_sftp,
    "https": _check_https,
    "mail": _check_mail,
}


def _queue_waiting(con: Connection, tenant_id: int, channel_id: int, provider: str) -> None:
    """Queue the transmissions that went nowhere yet, as there was no channel."""
    rows = con.all(
        "SELECT r.row_id, r.rev, r.units FROM row_state r WHERE r.tenant_id = ?"
        " AND r.entity = 'transmission' AND r.deleted = 0 AND NOT EXISTS"
        " (SELECT 1 FROM delivery d WHERE d.tenant_id = r.tenant_id AND d.transmission_id = r.row_id)"
        " ORDER BY r.rev",
        tenant_id,
    )
    for transmission_id, rev, text in rows:
        units = json.loads(text)
        if units["status"] == "queued" and provider in ("", units["provider"]):
            queue.put(con, tenant_id, transmission_id, channel_id, rev)
