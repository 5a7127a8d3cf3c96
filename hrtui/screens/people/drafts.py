"""The new persons that were begun and left: go on with one, or begin another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from hrtui.i18n import N_, t
from hrtui.screens.base import KeyScreen
from hrtui.screens.people.new_person import NewPersonScreen
from hrtui.screens.people.new_person_fields import CONTRACT, PERSON
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store import drafts as steps
from hrtui.store.drafts import INVITATION, Draft, discard_draft, drafts, invitations, withdraw
from hrtui.store.roles import refuse_writing
from hrtui.store.store import Store
from hrtui.widgets.hints import Hint

_STATES = {
    steps.PREPARED: N_("Invited; sent once a backend is connected"),
    steps.SENDING: N_("Invited; the e-mail is on its way"),
    steps.SENT: N_("Invited; the employee has not answered yet"),
    steps.REFUSED: N_("The invitation could not be sent"),
    steps.EXPIRED: N_("Not answered in time; Enter sends a new link"),
    steps.ANSWERED: N_("Answered; the data are being fetched"),
}
_REASON = N_("The invitation could not be sent; hrtui goes on trying.")
_REASONS = {
    "no_mail": N_(
        "The backend sends no e-mail: ask its operator to set it up, or fill the form in yourself."
    ),
    "mail_failed": N_("The e-mail could not be sent: check the address; hrtui goes on trying."),
    "forbidden": N_("Your roles at the backend do not let you invite anybody."),
    "bad_request": N_("The backend does not take this e-mail address: withdraw it and type it again."),
    "not_found": N_("The backend is too old for invitations: ask its operator to update it."),
}
"""Why an invitation waits, by the backend's word for it."""
_NEW = 0
"""The line that begins another one."""


def begin(session: Session, created: Callable[[int], None]) -> KeyScreen:
    """The form for a new person; where some were begun and left, the choice between them first."""
    store, employer_id = session.store, session.employer.id
    refuse_writing(store, employer_id)
    if drafts(store, employer_id) or invitations(store, employer_id):
        return PersonDraftsScreen(session, created)
    return NewPersonScreen(session, created)


class PersonDraftsScreen(TableScreen):
    """Begun forms and prepared invitations; Enter goes on, Del throws one away."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("go on")),
        "table.delete": (2, N_("throw away")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (Column(N_("New person")), Column(N_("Went as far as"), 44))

    def __init__(self, session: Session, created: Callable[[int], None]) -> None:
        super().__init__(session)
        self._created = created
        self._drafts: dict[int, Draft] = {}

    def heading(self) -> str:
        """What these are."""
        return t("New persons that were begun")

    def find(self, text: str) -> Sequence[int]:
        """A line to begin anew, the begun ones, and the invitations that wait."""
        store, employer_id = self.session.store, self.session.employer.id
        found = [*drafts(store, employer_id), *invitations(store, employer_id)]
        self._drafts = {draft.id: draft for draft in found}
        return [_NEW, *self._drafts]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Who, and how far."""
        return {id_: self._texts(self._drafts.get(id_)) for id_ in ids}

    def _texts(self, draft: Draft | None) -> Row:
        if draft is None:
            return Row((t("Another new person"), ""))
        if draft.kind == INVITATION:
            return Row(
                (draft.title, t(_STATES[draft.step])), dim=draft.step not in (steps.REFUSED, steps.EXPIRED)
            )
        if draft.data.get("answered") is not None and not draft.step:
            return Row((draft.title, t("Filled in by the employee: check it")))
        field = PERSON.get(draft.step) or CONTRACT.get(draft.step)
        return Row((draft.title, t(field.label) if field else ""))

    def open_row(self, row_id: int) -> None:
        """Go on with it, in the place of this list."""
        draft = self._drafts.get(row_id)
        if draft is not None and draft.kind == INVITATION:
            self._tell(draft)
            return
        app = self.app
        self.close()
        app.push_screen(NewPersonScreen(self.session, self._created, draft))

    def _tell(self, draft: Draft) -> None:
        """How an invitation stands; one that is too old is sent anew after asking."""
        key = self.session.keymap.label("table.delete")
        if draft.step == steps.EXPIRED:
            self.ask_to_write(t("Send “{name}” a new link?", name=draft.title), lambda: self._again(draft))
        elif draft.step == steps.REFUSED:
            self.say(t(_REASONS.get(str(draft.data.get("problem")), _REASON)))
        else:
            self.say(t("{email} is invited; {key} withdraws it.", email=draft.data["email"], key=key))

    def _again(self, draft: Draft) -> None:
        steps.move_invitation(self.session.store, self.session.employer.id, draft, steps.SENDING)
        self.reload()

    def action_table_delete(self) -> None:
        """Throw a begun form or an invitation away, after asking: nothing brings it back."""
        draft = self._drafts.get(self.current or _NEW)
        if draft is None:
            return

        def yes() -> None:
            drop = withdraw if draft.kind == INVITATION else _discard
            drop(self.session.store, self.session.employer.id, draft)
            self.reload()

        self.ask(t("Throw “{name}” away for good?", name=draft.title), yes)


def _discard(store: Store, employer_id: int, draft: Draft) -> None:
    discard_draft(store, employer_id, draft.id)
