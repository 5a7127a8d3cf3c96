"""What every way to a provider can do, and the settings that each needs."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from hrtui.backend.forwarding.package import Package
from hrtui.i18n import t

SECONDS = 60.0
"""How long one answer of a provider's server is waited for."""
MOST_BYTES = 5_000_000
"""The largest file with answers that is read."""


class DeliveryError(Exception):
    """A delivery did not arrive; the text says why, without anything secret.

    `hopeless` says that another try would fare the same until somebody changes something.
    """

    def __init__(self, text: str, *, hopeless: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.hopeless = hopeless


class Channel(Protocol):
    """A way to a provider; every method raises DeliveryError."""

    def send(self, package: Package) -> str:
        """Bring the files there; returns where they are. One that is there already is not sent again."""

    def test(self) -> str:
        """Look whether it works, without sending anything; returns a sentence."""

    def answers(self) -> Iterator[tuple[str, bytes]]:
        """The files (name, content) that lie in the return folder now."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings of a channel by name, and its secrets."""

    kind: str
    settings: Mapping[str, str]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> str:
        return self.settings.get(name, "")


def trust_of(setup: Setup) -> ssl.SSLContext:
    """Whom servers are trusted by: the channel's `ca_file`, else the system; raises DeliveryError."""
    try:
        return ssl.create_default_context(cafile=setup["ca_file"] or None)
    except OSError as problem:
        raise DeliveryError(
            t("The file {file} with the CA cannot be read.", file=setup["ca_file"])
        ) from problem


def is_answer(name: str) -> bool:
    """Whether a file of a return folder is whole and of a form that is read."""
    return not name.startswith(".") and name.casefold().endswith((".csv", ".json"))
