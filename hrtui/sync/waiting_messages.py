"""Messages about cases that were prepared without a backend: sent by it as soon as it is there, once."""

from __future__ import annotations

from collections.abc import Callable

from hrtui.domain.sickness.message import Message, Telling
from hrtui.store.errors import StoreError
from hrtui.store.roles import rights
from hrtui.store.sickness.contacts import message_for, waiting_contacts
from hrtui.store.sickness.desk import case_desk, may_see_cases
from hrtui.store.sickness.marks import mark_told
from hrtui.store.store import Store
from hrtui.sync.backend_errors import BackendError

Tell = Callable[[int, int, Message, int], str]
"""Lets the backend send the message of an employer's case for a contact; raises BackendError."""

_PASSING = frozenset({"offline", "sign_in", "answer"})
"""What says nothing about the message itself."""


def send_waiting_messages(store: Store, employer_id: int, tell: Tell) -> int:
    """Let the backend send what waits; returns how many messages it took. What it marks comes with a pull.

    A message is signed by whoever prepared it, also where another case manager's program comes first. One
    that no longer fits its case, or that the backend refuses, waits for another time and keeps no other back.
    Raises BackendError where nothing gets through.
    """
    if not may_see_cases(store, employer_id) or rights(store, employer_id).reads_only:
        return 0
    desk = case_desk(store, employer_id)
    sent = 0
    for contact_id, case_id, kind, sender in waiting_contacts(desk):
        try:
            text = message_for(desk, case_id, Telling(kind), sender)
        except StoreError:
            # Reopened or taken back meanwhile.
            continue
        try:
            tell(employer_id, case_id, text, contact_id)
        except BackendError as problem:
            if problem.code in _PASSING:
                raise
            continue
        mark_told(desk, case_id, kind)
        sent += 1
    return sent
