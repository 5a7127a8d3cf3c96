"""A whole backend of the test: uvicorn on a real port, a mail server and an SMS gateway that keep all."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from aiosmtpd.controller import Controller

from hrtui.backend.accounts import admin, employers
from hrtui.backend.accounts.admin import NewUser
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.users import User
from hrtui.backend.config import Config
from hrtui.backend.database import Database
from hrtui.sync.account_api import AccountApi
from tests.backend.prepared import create_app

PASSWORD = "paars nijlpaard fietst"
EMPLOYER = "Bakkerij De Korst"
NUMBER = "+32470123456"


@dataclass
class Post:
    """Everything that was sent: e-mails as messages, SMS as (number, text)."""

    mails: list[EmailMessage] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    refuses: bool = False
    """Whether the SMS gateway answers with an error."""

    def body(self) -> str:
        """The text of the last e-mail."""
        part = self.mails[-1].get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    def token(self) -> str:
        """The token in the last e-mail."""
        found = re.search(r"^ {4}(\S{43})\s*$", self.body(), re.MULTILINE)
        assert found is not None
        return found[1]

    def code(self) -> str:
        """The code of the last SMS."""
        return self.texts[-1][1].split()[0]

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take an e-mail."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return "250 OK"


@dataclass
class Service:
    """A backend that runs."""

    url: str
    accounts: Accounts
    database: Database
    post: Post
    tenant_id: int
    config: Config

    def api(self) -> AccountApi:
        """A client of it."""
        return AccountApi(self.url)

    def invite(self, name: str = "an.peeters", roles: tuple[str, ...] = ("clerk",)) -> str:
        """Make a user and return the token that was e-mailed."""
        self.user(name, roles)
        return self.post.token()

    def user(self, name: str = "an.peeters", roles: tuple[str, ...] = ("clerk",)) -> User:
        """Make a user and send the invitation."""
        asked = NewUser(name, "An Peeters", f"{name}@example.org", "nl", self.tenant_id, roles)
        user = admin.add_user(self.accounts, asked)
        assert admin.invite(self.accounts, name)[2]
        return user


@contextmanager
def mail_server(post: Post) -> Iterator[str]:
    """An SMTP server; gives the URL for the configuration."""
    controller = Controller(post, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield f"mailto://127.0.0.1:{controller.port}?from=hrtui@example.org&to={{address}}"
    finally:
        controller.stop()


@contextmanager
def sms_gateway(post: Post) -> Iterator[str]:
    """An HTTP server that takes JSON; gives the URL for the configuration."""

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not post.refuses:
                post.texts.append((body["to"], body["message"]))
            self.send_response(500 if post.refuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/sms?:to={{address}}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running(config: Config, database: Database | None = None) -> Iterator[tuple[str, Any]]:
    """A backend in a thread of this process; gives its address and the application."""
    # What a service logs would stand among the answers of the commands under test.
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    app = create_app(config, database)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
    # Without the protocol asyncio leaves TCP_NODELAY off, and each answer waits 40 ms for an acknowledgement.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        # It listens from here on: the first request waits until the server takes it.
        listening.bind(("127.0.0.1", 0))
        listening.listen(100)
        port = listening.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}", app
        finally:
            server.should_exit = True
            thread.join()
            structlog.reset_defaults()


@contextmanager
def service(database_url: str, folder: Path) -> Iterator[Service]:
    """A backend with one employer."""
    post = Post()
    with mail_server(post) as mail, sms_gateway(post) as sms:
        extra = {"mail": mail, "sms": sms, "key_file": str(folder / "accounts.key")}
        config = Config(database=database_url, extra={"accounts": extra})
        database = Database.open(database_url)
        try:
            with running(config, database) as (url, app):
                accounts = app.state.accounts
                tenant_id = employers.add_employer(accounts, EMPLOYER, "BE", "nl")
                yield Service(url, accounts, database, post, tenant_id, config)
        finally:
            database.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
