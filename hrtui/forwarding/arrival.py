"""Where a transmission did not arrive: the channels that gave it up, though others may have delivered it."""

from __future__ import annotations

from hrtui.forwarding.wording import STATUSES
from hrtui.i18n import t
from hrtui.store.store import Store
from hrtui.store.transmissions import Event, Status, Transmission, events


def given_up(store: Store, employer_id: int, sent: Transmission) -> list[Event]:
    """The last word of each channel by which it did not arrive."""
    if not store.backend(employer_id):
        return []
    last = {one.channel: one for one in events(store, sent.id) if one.channel}
    return [one for one in last.values() if one.status is Status.FAILED]


def state_text(store: Store, employer_id: int, sent: Transmission) -> str:
    """How far a transmission is; `delivered` only where every channel delivered it."""
    if sent.status is Status.DELIVERED and given_up(store, employer_id, sent):
        return t("partly delivered")
    return t(STATUSES[sent.status])


def undelivered(store: Store, employer_id: int, sent: Transmission) -> str:
    """'' or a sentence with the channels by which it did not arrive."""
    channels = ", ".join(one.channel for one in given_up(store, employer_id, sent))
    return t("It did not arrive by {channels}: the report says why.", channels=channels) if channels else ""
