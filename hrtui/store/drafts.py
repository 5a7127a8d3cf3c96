"""Guided forms that were left half way: kept, listed, resumed and dropped; and invitations that wait."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, RowChange, Values, write
from hrtui.store.ids import new_id
from hrtui.store.store import Store

NEW_PERSON = "new_person"
INVITATION = "invitation"
"""An employee is asked to fill in their own data. It is sent once a backend is connected, and becomes the
form of a new person again when the answer is there."""
PREPARED, SENDING, SENT = "prepared", "sending", "sent"
REFUSED, EXPIRED, ANSWERED, WITHDRAWN = "refused", "expired", "answered", "withdrawn"
"""How far an invitation is (its `step`): `refused` says why in its data and is tried again; `answered` and
`withdrawn` wait until the backend has heard of it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that goes on at `step`; `data` is whatever the flow gave, by field."""

    id: int
    kind: str
    title: str
    step: str
    data: dict[str, Any]


def drafts(store: Store, employer_id: int, kind: str = NEW_PERSON) -> list[Draft]:
    """The employer's forms of a kind that are not finished, by title."""
    found = store.con.execute(
        "SELECT id, kind, title, step, data FROM form_draft WHERE employer_id = ? AND kind = ?"
        " ORDER BY title, step, data, id",
        (employer_id, kind),
    )
    return [Draft(id_, kind, title, step, json.loads(data)) for id_, kind, title, step, data in found]


def save_draft(
    store: Store,
    employer_id: int,
    title: str,
    step: str,
    data: Mapping[str, Any],
    *,
    draft_id: int | None = None,
    kind: str = NEW_PERSON,
) -> int:
    """Keep a form as it is now, new or over `draft_id`; returns its id.

    No undo step: taking back an entry in the grid must not reach into a form. Raises StoreError where the
    draft is gone.
    """
    new: Values = {"kind": kind, "title": title, "step": step, "data": json.dumps(dict(data))}
    changes: list[Change]
    if draft_id is None:
        draft_id = new_id()
        changes = [RowChange("form_draft", draft_id, None, {"employer_id": employer_id, **new})]
    else:
        old = rows.row_of(store, employer_id, "form_draft", draft_id)
        changes = [*rows.update("form_draft", draft_id, old, new)]
    _write_unseen(store, employer_id, title, changes)
    return draft_id


def discard_draft(store: Store, employer_id: int, draft_id: int) -> None:
    """Drop a form that is not wanted any more; raises StoreError where it is gone."""
    row = rows.row_of(store, employer_id, "form_draft", draft_id)
    _write_unseen(store, employer_id, row["title"], [rows.deletion("form_draft", draft_id, row)])


def deletion(store: Store, employer_id: int, draft_id: int) -> RowChange:
    """The change that drops a draft; raises StoreError where it is gone."""
    return rows.removal(store, employer_id, "form_draft", draft_id)


def prepare_invitation(
    store: Store,
    employer_id: int,
    name: str,
    email: str,
    language: str,
    *,
    form: Mapping[str, Any] | None = None,
    draft_id: int | None = None,
) -> int:
    """Prepare the letter in which somebody is asked to fill in their data; returns its id.

    `form` is what the form of the new person holds so far; with `draft_id` the invitation takes its place.
    """
    data = {**(form or {}), "email": email, "language": language}
    return save_draft(store, employer_id, name, PREPARED, data, draft_id=draft_id, kind=INVITATION)


def invitations(store: Store, employer_id: int) -> list[Draft]:
    """The invitations that a clerk sees: those that are not withdrawn."""
    return [one for one in drafts(store, employer_id, INVITATION) if one.step != WITHDRAWN]


def withdraw(store: Store, employer_id: int, invitation: Draft) -> None:
    """Take an invitation back: at once where nobody has heard of it, else once the backend has."""
    if invitation.step == PREPARED:
        discard_draft(store, employer_id, invitation.id)
    else:
        move_invitation(store, employer_id, invitation, WITHDRAWN)


def move_invitation(store: Store, employer_id: int, invitation: Draft, step: str, **data: Any) -> Draft:
    """Let an invitation go on to `step`, with more data; returns it. Raises StoreError where it is gone."""
    moved = replace(invitation, step=step, data={**invitation.data, **data})
    save_draft(store, employer_id, moved.title, step, moved.data, draft_id=invitation.id, kind=INVITATION)
    return moved


def take_answer(store: Store, employer_id: int, invitation: Draft) -> None:
    """Make an answered invitation the form of a new person again, for a clerk to check and complete."""
    answer: dict[str, Any] = invitation.data.get("answer", {})
    values = {**invitation.data.get("values", {}), **answer, "who": "myself"}
    data = {"values": values, "texts": {}, "answered": sorted(answer)}
    save_draft(store, employer_id, invitation.title, "", data, draft_id=invitation.id)


def answered(store: Store, employer_id: int) -> int:
    """How many forms employees have filled in that no clerk has looked at yet."""
    return sum(not one.step and "answered" in one.data for one in drafts(store, employer_id))


def _write_unseen(store: Store, employer_id: int, title: str, changes: list[Change]) -> None:
    write(store, employer_id, t("Form of {name}", name=title), changes, undoable=False)
