"""Delivering over SFTP to a server whose key is known beforehand; another key is never talked to."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from posixpath import join
from typing import Any, TypeVar

import asyncssh

from hrtui.backend.forwarding.channels.port import MOST_BYTES, SECONDS, DeliveryError, Setup, is_answer
from hrtui.backend.forwarding.package import Package
from hrtui.failpoints import failpoint
from hrtui.i18n import t

Result = TypeVar("Result")


class SftpChannel:
    """`host`, `port`, `user`, `host_key` (as in known_hosts), `path`, perhaps `returns`.

    The secrets are a `password`, or a private `key` with perhaps its `passphrase`.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._path = setup["path"] or "."

    def send(self, package: Package) -> str:
        """Upload into a new folder of another name, then give it its name."""
        return _run(self._send(package))

    def test(self) -> str:
        """Log in and look into the folder."""
        return _run(self._test())

    def answers(self) -> Iterator[tuple[str, bytes]]:
        """The files in the return folder."""
        yield from _run(self._answers())

    async def _send(self, package: Package) -> str:
        place = join(self._path, package.name)
        async with self._open() as sftp:
            if await sftp.isdir(place):
                return self._shown(place)
            if package.tries > 1:
                await self._tidy(sftp, package.draft)
            draft = join(self._path, f"{package.draft}-{secrets.token_hex(8)}")
            await sftp.mkdir(draft)
            try:
                for name, content in package.files:
                    async with sftp.open(join(draft, name), "wb") as file:
                        await file.write(content)
                        # A server that cannot flush has at least answered each write.
                        with suppress(asyncssh.SFTPError):
                            await file.fsync()
                failpoint("deliver.uploaded")
                await sftp.rename(draft, place)
            except asyncssh.SFTPError:
                with suppress(asyncssh.SFTPError):
                    await sftp.rmtree(draft, ignore_errors=True)
                if not await sftp.isdir(place):
                    raise
            failpoint("deliver.renamed")
        return self._shown(place)

    async def _tidy(self, sftp: asyncssh.SFTPClient, draft: str) -> None:
        """Remove what a worker that died left; a folder that may not be read stays as it is."""
        with suppress(asyncssh.SFTPError):
            for name in await sftp.listdir(self._path):
                if str(name).startswith(f"{draft}-"):
                    await sftp.rmtree(join(self._path, str(name)), ignore_errors=True)

    async def _test(self) -> str:
        async with self._open() as sftp:
            for folder in filter(None, (self._path, self._setup["returns"])):
                if not await sftp.isdir(folder):
                    raise DeliveryError(
                        t("There is no folder {path} on {host}.", path=folder, host=self._setup["host"])
                    )
        return t("{host} takes the log-in.", host=self._setup["host"])

    async def _answers(self) -> list[tuple[str, bytes]]:
        folder = self._setup["returns"]
        if not folder:
            return []
        found = []
        async with self._open() as sftp:
            for name in sorted(str(one) for one in await sftp.listdir(folder)):
                path = join(folder, name)
                if is_answer(name) and ((await sftp.stat(path)).size or 0) <= MOST_BYTES:
                    async with sftp.open(path, "rb") as file:
                        content: Any = await file.read()
                        found.append((name, bytes(content)))
        return found

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[asyncssh.SFTPClient]:
        try:
            async with self._connection() as connection, connection.start_sftp_client() as sftp:
                yield sftp
        except (asyncssh.HostKeyNotVerifiable, asyncssh.KeyExchangeFailed) as problem:
            if text := await self._other_key():
                raise DeliveryError(text, hopeless=True) from problem
            raise

    async def _other_key(self) -> str:
        """What to say of a server that shows another key than the known one; empty where it does not."""
        setup = self._setup
        try:
            shown = await asyncssh.get_server_host_key(setup["host"], int(setup["port"] or 22), config=None)
        except (OSError, asyncssh.Error):
            return ""
        known = fingerprint(setup["host_key"])
        if shown is None or shown.get_fingerprint() == known:
            return ""
        return t(
            "The SFTP server shows another key ({shown}) than the known one ({known}): nothing was sent."
            " Ask the provider; an administrator pins a new key with `hrtui admin channels pin`.",
            shown=shown.get_fingerprint(),
            known=known,
        )

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncssh.SSHClientConnection]:
        setup = self._setup
        try:
            known = asyncssh.import_public_key(setup["host_key"])
            options: dict[str, Any] = {"client_keys": None, "password": setup.secrets.get("password")}
            if key := setup.secrets.get("key"):
                passphrase = setup.secrets.get("passphrase") or None
                options = {"client_keys": [asyncssh.import_private_key(key, passphrase)], "password": None}
        except asyncssh.KeyImportError as problem:
            raise DeliveryError(t("A key of the channel cannot be read."), hopeless=True) from problem
        async with asyncssh.connect(
            setup["host"],
            int(setup["port"] or 22),
            username=setup["user"],
            known_hosts=([known], [], []),
            config=None,
            agent_path=None,
            connect_timeout=SECONDS,
            login_timeout=SECONDS,
            keepalive_interval=15,
            **options,
        ) as connection:
            yield connection

    def _shown(self, place: str) -> str:
        return f"sftp://{self._setup['host']}/{place.lstrip('/')}"


def host_key_of(host: str, port: int) -> str:
    """The key that a server shows, for somebody to compare and pin; raises DeliveryError."""

    async def ask() -> str:
        key = await asyncssh.get_server_host_key(host, port, config=None)
        return key.export_public_key().decode().strip() if key else ""

    return _run(ask())


def fingerprint(host_key: str) -> str:
    """The SHA-256 of a key as ssh shows it; raises DeliveryError for what is no key."""
    try:
        return asyncssh.import_public_key(host_key).get_fingerprint()
    except asyncssh.KeyImportError as problem:
        raise DeliveryError(t("This is no public key: it begins as in known_hosts, with ssh-…")) from problem


def _run(work: Awaitable[Result]) -> Result:
    """Do it in a loop of this thread's own; failures get a sentence."""

    async def limited() -> Result:
        return await work

    try:
        return asyncio.run(limited())
    except asyncssh.HostKeyNotVerifiable as problem:
        raise DeliveryError(
            t("The SFTP server shows another key than the known one: nothing was sent. Ask the provider."),
            hopeless=True,
        ) from problem
    except asyncssh.PermissionDenied as problem:
        raise DeliveryError(t("The SFTP server refuses the log-in.")) from problem
    except asyncssh.SFTPError as problem:
        told = _REASONS.get(type(problem))
        reason = told() if told else type(problem).__name__
        raise DeliveryError(t("The SFTP server refuses a file: {reason}.", reason=reason)) from problem
    except (asyncssh.Error, TimeoutError) as problem:
        raise DeliveryError(t("The SFTP server broke off the connection.")) from problem
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise DeliveryError(t("The SFTP server cannot be reached: {reason}.", reason=reason)) from problem


_REASONS: dict[type[Exception], Callable[[], str]] = {
    asyncssh.SFTPNoSuchFile: lambda: t("no such folder"),
    asyncssh.SFTPPermissionDenied: lambda: t("no permission"),
}
