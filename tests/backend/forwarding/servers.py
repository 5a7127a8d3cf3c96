"""Providers' servers on this computer: a real sshd, an HTTPS server with its own CA, a mail server."""

from __future__ import annotations

import getpass
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from hrtui.backend.forwarding.channels.port import Setup
from tests.certificates import certificate

SSHD = Path("/usr/sbin/sshd")
_CONFIG = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
MaxStartups 100
Subsystem sftp internal-sftp
LogLevel QUIET
"""


@dataclass
class Sshd:
    """A provider's SFTP server; `folder` has a folder for what comes and one for answers."""

    folder: Path
    port: int
    host_key: str
    private_key: str
    process: subprocess.Popen[bytes]

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def returns(self) -> Path:
        return self.folder / "returns"

    def setup(self, **more: str) -> Setup:
        """A channel to it."""
        settings = {
            "host": "127.0.0.1", "port": str(self.port), "user": getpass.getuser(),
            "host_key": self.host_key, "path": str(self.inbox), "returns": str(self.returns), **more,
        }  # fmt: skip
        return Setup("sftp", settings, {"key": self.private_key})

    def arrived(self) -> list[Path]:
        """The folders of transmissions, in the order of their names."""
        return sorted(path for path in self.inbox.iterdir() if not path.name.startswith("."))


@contextmanager
def sshd(folder: Path) -> Iterator[Sshd]:
    """A running sshd; skips where it is not installed or may not run."""
    if not SSHD.exists():
        pytest.skip("sshd is not installed here")
    privileges = Path("/run/sshd")
    if getpass.getuser() == "root" and not privileges.is_dir():
        privileges.mkdir(mode=0o755)
    for name in ("inbox", "returns"):
        (folder / name).mkdir(parents=True)
    host, own = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    host.write_private_key(str(folder / "host_key"))
    (folder / "host_key").chmod(0o600)
    own.write_public_key(str(folder / "authorized_keys"))
    port = free_port()
    config = folder / "sshd_config"
    config.write_text(_CONFIG.format(port=port, folder=folder))
    process = subprocess.Popen(
        [SSHD, "-D", "-e", "-f", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for_port(port)
        yield Sshd(
            folder,
            port,
            host.export_public_key().decode().strip(),
            own.export_private_key().decode(),
            process,
        )
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class Uploads:
    """What an HTTPS server was sent: (method, path, headers, body); it answers with `status`."""

    url: str
    ca_file: Path
    status: int = 201
    taken: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def https_server(folder: Path) -> Iterator[Uploads]:
    """An HTTPS server that takes everything, with a certificate of a CA of its own."""
    ca_file, cert_file, key_file = certificate(folder)
    uploads = Uploads("", ca_file)

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            uploads.taken.append((self.command, self.path, dict(self.headers.items()), body))
            self.send_response(uploads.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    for method in ("POST", "PUT", "OPTIONS"):
        setattr(Handler, f"do_{method}", Handler._take)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(cert_file, key_file)
    server.socket = trust.wrap_socket(server.socket, server_side=True)
    uploads.url = f"https://localhost:{server.server_address[1]}/in"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield uploads
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, seconds: float = 10.0) -> None:
    """Wait until somebody listens."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    pytest.fail("the server does not start")
