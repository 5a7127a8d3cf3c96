"""`hrtui admin channels` and `hrtui admin deliver`: what each does."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from hrtui.cli.admin_words import Call, accounts, employer_at, tell
from hrtui.cli.backend_config import configuration
from hrtui.cli.errors import FAILED, CommandError, usage_error
from hrtui.cli.session import columns, say
from hrtui.i18n import t, tn

if TYPE_CHECKING:
    from hrtui.backend.forwarding.channels.port import Setup

_ASKED = frozenset({"name", "kind", "provider", "employer"})
_FILES = frozenset({"ca_file"})
"""Settings that are the name of a file themselves."""
_PLACES = ("host", "url", "path", "to")


def add(call: Call) -> int:
    """Make a channel; 1 with the server's key where an SFTP channel has none yet."""
    from hrtui.backend.forwarding.channels.port import Setup
    from hrtui.backend.forwarding.setup import add_channel

    with employer_at(call) as (opened, tenant_id):
        name = _name(call)
        kind = call.answers.of("kind", t("Kind of the channel (folder, sftp, https, mail):")).casefold()
        settings, secrets = split_secrets(call.answers.others(_ASKED))
        setup = Setup(kind, settings, secrets)
        if kind == "sftp" and not setup["host_key"]:
            return _tell_key(setup)
        provider = call.answers.optional("provider").casefold()
        id_ = opened.database.run(
            tenant_id, lambda con: add_channel(con, opened.vault, tenant_id, name, provider, setup)
        )
    tell(call, {"id": id_, "name": name, "kind": kind})
    say(t("The channel “{name}” is there. Try it with `hrtui admin channels test`.", name=name))
    return 0


def show(call: Call) -> int:
    """List the channels of an employer."""
    from hrtui.backend.forwarding.setup import channels_of

    with (
        employer_at(call) as (opened, tenant_id),
        opened.database.transaction(tenant_id, read_only=True) as con,
    ):
        found = channels_of(con, tenant_id)
        waiting = con.all(
            "SELECT channel_id, count(*) FILTER (WHERE status <> 'failed'),"
            " count(*) FILTER (WHERE status = 'failed'), max(problem) FROM delivery WHERE tenant_id = ?"
            " AND status IN ('queued', 'sending', 'failed') GROUP BY channel_id",
            tenant_id,
        )
        unread = con.all(
            "SELECT channel_id, name, at, problem FROM delivery_answer WHERE tenant_id = ?"
            " AND problem <> '' ORDER BY at",
            tenant_id,
        )
    left = {channel_id: tuple(facts) for channel_id, *facts in waiting}
    data, rows = [], []
    for one in found:
        n, given_up, problem = left.get(one.id, (0, 0, ""))
        where = next((one.settings[name] for name in _PLACES if name in one.settings), "")
        told = {"name": one.name, "kind": one.kind, "provider": one.provider, "settings": dict(one.settings)}
        bad = [{"name": row[1], "at": row[2], "problem": row[3]} for row in unread if row[0] == one.id]
        data.append({**told, "waiting": n, "given_up": given_up, "problem": problem, "unread_answers": bad})
        state = [tn("{n} waits", "{n} wait", n)]
        if given_up:
            state.append(tn("{n} given up", "{n} given up", given_up))
        rows.append((one.name, one.kind, one.provider, where, ", ".join(state), problem))
        # One that came later is another file: the last tells whether the provider has put it right.
        rows += [
            ("", "", "", "", t("{file} of {day} cannot be read", file=last["name"], day=last["at"][:10]),
             last["problem"])
            for last in bad[-1:]
        ]  # fmt: skip
    tell(call, data, columns(rows))
    if not found:
        say(t("There is no channel yet: make one with `hrtui admin channels add`."))
    return 0


def try_out(call: Call) -> int:
    """Try a channel; 1 with the reason where it does not work."""
    from hrtui.backend.forwarding.channels.port import DeliveryError
    from hrtui.backend.forwarding.setup import channel_named, open_channel

    with employer_at(call) as (opened, tenant_id):
        name = _name(call)
        with opened.database.transaction(tenant_id, read_only=True) as con:
            kept = channel_named(con, tenant_id, name)
            _, channel = open_channel(con, opened.vault, tenant_id, kept.id)
        try:
            say(channel.test())
        except DeliveryError as problem:
            say(problem.text)
            return FAILED
    return 0


def pin(call: Call) -> int:
    """Compare the key that an SFTP server shows with the known one, and know it from now on where told to.

    1 with both fingerprints where they differ and the new one was not given, or is not the one shown.
    """
    from hrtui.backend.forwarding.channels.port import DeliveryError
    from hrtui.backend.forwarding.channels.sftp import fingerprint, host_key_of
    from hrtui.backend.forwarding.setup import pin_key, sftp_named

    with employer_at(call) as (opened, tenant_id):
        name = _name(call)
        with opened.database.transaction(tenant_id, read_only=True) as con:
            kept = sftp_named(con, tenant_id, name)
        try:
            key = host_key_of(kept.settings["host"], int(kept.settings.get("port") or 22))
            shown, known = fingerprint(key), fingerprint(kept.settings["host_key"])
        except DeliveryError as problem:
            raise CommandError(problem.text) from problem
        say(t("Known:            {print}", print=known))
        say(t("The server shows: {print}", print=shown))
        if shown == known:
            say(t("The server shows the known key: there is nothing to do."))
            return 0
        if call.answers.optional("fingerprint") != shown:
            say(t("Ask the provider whether the new key is theirs. If it is, pin it with:"))
            say(f"hrtui admin channels pin --name {quote(kept.name)} --fingerprint {shown}")
            return FAILED
        n = opened.database.run(tenant_id, lambda con: pin_key(con, tenant_id, name, key))
    say(t("The new key is pinned."))
    if n:
        say(
            tn(
                "{n} delivery was given up: a clerk sends it from its report, or with `hrtui deliver-again`.",
                "{n} deliveries were given up: a clerk sends them from their reports, or with"
                " `hrtui deliver-again`.",
                n,
            )
        )
    return 0


def remove(call: Call) -> int:
    """Remove a channel."""
    from hrtui.backend.forwarding.setup import remove_channel

    with employer_at(call) as (opened, tenant_id):
        name = _name(call)
        opened.database.run(tenant_id, lambda con: remove_channel(con, tenant_id, name))
    say(t("The channel “{name}” is removed.", name=name))
    return 0


def deliver(call: Call, *, once: bool) -> int:
    """Deliver what is due, once or until the process is told to stop."""
    with accounts(call) as opened:
        from hrtui.backend.documents.store import documents_of
        from hrtui.backend.forwarding.worker import Deliverer, pace_of
        from hrtui.backend.logs import set_up

        config = configuration(call.choices, call.config, call.database)
        set_up(config.log_level)
        worker = Deliverer(
            opened.database, documents_of(config, opened.database), opened.vault, pace_of(config)
        )
        if once:
            done = worker.once()
            say(
                tn(
                    "{n} delivery or answer was dealt with.",
                    "{n} deliveries or answers were dealt with.",
                    done,
                )
            )
            return 0
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        worker.start()
        ended.wait()
        worker.stop()
    return 0


def _name(call: Call) -> str:
    return call.answers.of("name", t("Name of the channel:"))


def split_secrets(given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Settings, and the secrets that `NAME_file` and `NAME_env` refer to; raises CommandError."""
    settings: dict[str, str] = {}
    secrets: dict[str, str] = {}
    for name, value in given.items():
        if name.endswith("_file") and name not in _FILES:
            secrets[name.removesuffix("_file")] = _content(Path(value).expanduser())
        elif name.endswith("_env"):
            if value not in os.environ:
                raise usage_error(t("The environment has no {name}.", name=value))
            secrets[name.removesuffix("_env")] = os.environ[value]
        else:
            settings[name] = value
    return settings, secrets


def _content(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(t("The file {file} cannot be read.", file=file)) from problem
    # A private key of SSH ends with a line end, a password does not.
    return text if "PRIVATE KEY" in text else text.strip()


def _tell_key(setup: Setup) -> int:
    from hrtui.backend.forwarding.channels.port import DeliveryError
    from hrtui.backend.forwarding.channels.sftp import fingerprint, host_key_of

    try:
        port = int(setup["port"] or 22)
        key = host_key_of(setup["host"], port)
        say(t("{host} shows the key {print}.", host=setup["host"], print=fingerprint(key)))
    except (DeliveryError, ValueError) as problem:
        raise CommandError(str(problem)) from problem
    say(t("Compare it with what the provider says. If it is the same, add this line to the file:"))
    say(f"host_key: {key}")
    return FAILED
