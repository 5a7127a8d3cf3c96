"""What it takes to forward a month, wherever that is decided: on this computer, or by a backend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from hrtui.domain.month import Month
from hrtui.i18n import N_, t
from hrtui.store.errors import StoreError
from hrtui.store.transmissions import Status


@dataclass(frozen=True, slots=True)
class Order:
    """A month to forward, as the clerk saw it in the preview.

    `people` maps each person to the SHA-256 of the snapshot that was shown, `messages` are the ids of those
    that go along, `number` the transmission's own in the month. `at` (UTC) dates the files and names them.
    """

    employer_id: int
    month: Month
    number: int
    layout: str
    people: Mapping[int, str]
    messages: Sequence[int]
    at: datetime
    wage_payment_date: date | None = None
    meal_voucher_date: date | None = None


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What came of it: the transmission, its status, and where the files are if they are on this computer.

    A status of queued with a place has the reason there why the files could not be written.
    """

    transmission_id: int
    status: Status
    place: str = ""

    @property
    def where(self) -> str:
        """Where the files are, in words."""
        return self.place or t("the backend delivers it")


@dataclass(frozen=True, slots=True)
class UnlockOrder:
    """Whose month is to be unlocked, why, and for how many hours."""

    employer_id: int
    month: Month
    people: Sequence[int]
    reason: str
    hours: int


@dataclass(frozen=True, slots=True)
class AnswerOrder:
    """The provider's answer: those it rejected with the reasons; everybody else is accepted."""

    employer_id: int
    transmission_id: int
    rejected: Mapping[int, str] = field(default_factory=dict)
    note: str = ""


class BasisChangedError(StoreError):
    """Something that was shown has changed since; nothing was sent."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text or t(_CHANGED))


_CHANGED = N_("Something changed while you were looking: nothing was sent. Look at the preview again.")


class ForwardPort(Protocol):
    """Where a month is forwarded, unlocked and answered; every method raises StoreError with the reason."""

    def forward(self, order: Order) -> Forwarded:
        """Send the month of these people and lock it; raises BasisChangedError."""

    def unlock(self, order: UnlockOrder) -> datetime:
        """Let a forwarded month be changed for a while; returns until when (UTC)."""

    def lock_again(self, employer_id: int, month: Month, people: Sequence[int]) -> None:
        """Lock an unlocked month before its time is over."""

    def deliver_again(self, employer_id: int, transmission_id: int) -> Forwarded:
        """Deliver the same files once more, where that was given up or never came to anything."""

    def answer(self, order: AnswerOrder) -> Status:
        """Enter the provider's answer; returns the transmission's status."""
