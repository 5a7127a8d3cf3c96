"""Sending e-mail and SMS through the services that apprise knows, each as one URL in the configuration."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

ADDRESS = "{address}"
"""The place of the recipient in such a URL: `mailtos://user:pass@smtp.example.org?to={address}`."""


class Notifier(Protocol):
    """A way to reach users."""

    @property
    def sends_mail(self) -> bool:
        """Whether e-mail is set up."""

    @property
    def sends_sms(self) -> bool:
        """Whether SMS is set up."""

    def mail(self, address: str, subject: str, body: str) -> bool:
        """Send an e-mail of plain text; says whether the mail server took it."""

    def sms(self, number: str, body: str) -> bool:
        """Send an SMS to a number in E.164; says whether the gateway took it."""


@dataclass(frozen=True, slots=True)
class AppriseNotifier:
    """URLs of a mail server and an SMS gateway with `{address}` for the recipient; '' where there is none."""

    mail_url: str = ""
    sms_url: str = ""

    @property
    def sends_mail(self) -> bool:
        """Whether e-mail is set up."""
        return bool(self.mail_url)

    @property
    def sends_sms(self) -> bool:
        """Whether SMS is set up."""
        return bool(self.sms_url)

    def mail(self, address: str, subject: str, body: str) -> bool:
        """Send an e-mail of plain text; says whether the mail server took it."""
        return bool(self.mail_url) and _send(self.mail_url, address, subject, body)

    def sms(self, number: str, body: str) -> bool:
        """Send an SMS; says whether the gateway took it."""
        return bool(self.sms_url) and _send(self.sms_url, number, "", body)


def problem_of(url: str) -> str:
    """'' or why a URL of the configuration cannot be used; does not send anything."""
    if ADDRESS not in url:
        return f"it has no {ADDRESS} for the recipient"
    if not _apprise().Apprise().add(_filled(url, "32470123456")):
        return "it is no URL of a service that apprise knows"
    return ""


def _send(url: str, address: str, subject: str, body: str) -> bool:
    apprise = _apprise()
    service = apprise.Apprise()
    if not service.add(_filled(url, address)):
        return False
    return bool(service.notify(title=subject, body=body, body_format=apprise.NotifyFormat.TEXT))


def _apprise() -> Any:
    """The library, silent: its messages name recipients."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    return apprise


def _filled(url: str, address: str) -> str:
    return url.replace(ADDRESS, quote(address, safe=""))
