"""Delivering by e-mail, with the files attached."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from hrtui.backend.forwarding.channels.port import SECONDS, DeliveryError, Setup, trust_of
from hrtui.backend.forwarding.package import Package
from hrtui.failpoints import failpoint
from hrtui.i18n import t

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class MailChannel:
    """`to`, `from`, perhaps `ca_file`; the secret `server` is `smtps://user:password@host:port`.

    `smtp+starttls://` encrypts after the greeting, `smtp://` never. The Message-ID is the transmission's.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    def send(self, package: Package) -> str:
        """Hand the message to the mail server."""
        message = self._message(package)
        with self._server() as server:
            try:
                server.send_message(message)
            except (smtplib.SMTPException, OSError) as problem:
                raise _failure(problem) from problem
            failpoint("deliver.uploaded")
        failpoint("deliver.renamed")
        return str(self._setup["to"])

    def test(self) -> str:
        """Log in at the mail server."""
        with self._server() as server:
            server.noop()
        return t("The mail server takes the log-in.")

    def answers(self) -> Iterator[tuple[str, bytes]]:
        """None come back this way."""
        yield from ()

    def _message(self, package: Package) -> EmailMessage:
        message = EmailMessage()
        again = f" (try {package.tries})" if package.tries > 1 else ""
        message["Subject"] = package.subject + again
        message["From"], message["To"] = self._setup["from"], self._setup["to"]
        message["Message-ID"] = (
            f"<transmission-{package.transmission_id}@{self._setup['from'].split('@')[-1]}>"
        )
        message["Hrtui-Transmission"] = str(package.transmission_id)
        message.set_content(f"Transmission {package.transmission_id}{again}\n")
        for name, content in package.files:
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        return message

    def _server(self) -> smtplib.SMTP:
        parts = urlsplit(self._setup.secrets.get("server", ""))
        if parts.scheme not in _PORTS or not parts.hostname:
            raise DeliveryError(t("The address of the mail server is wrong: smtps://user:password@host."))
        trust = trust_of(self._setup)
        host, port = parts.hostname, parts.port or _PORTS[parts.scheme]
        try:
            if parts.scheme == "smtps":
                server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trust)
            else:
                server = smtplib.SMTP(host, port, timeout=SECONDS)
            if parts.scheme == "smtp+starttls":
                server.starttls(context=trust)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except (smtplib.SMTPException, OSError) as problem:
            raise _failure(problem) from problem
        return server


def _failure(problem: Exception) -> DeliveryError:
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return DeliveryError(t("The mail server refuses the log-in."))
    if isinstance(problem, smtplib.SMTPResponseException):
        return DeliveryError(t("The mail server refuses the message ({code}).", code=problem.smtp_code))
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return DeliveryError(t("The mail server does not take mail for this address."))
    if isinstance(problem, ssl.SSLError):
        return DeliveryError(t("The mail server's certificate is not trusted."))
    return DeliveryError(t("The mail server cannot be reached ({reason}).", reason=type(problem).__name__))
