"""The new persons that were begun and left: go on with one, or begin another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from hrtui.i18n import N_, t
from hrtui.screens.base import KeyScreen
from hrtui.screens.new_person import NewPersonScreen
from hrtui.screens.new_person_fields import CONTRACT, PERSON
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.drafts import INVITATION, Draft, discard_draft, drafts
from hrtui.widgets.hints import Hint

_NEW = 0
"""The line that begins another one."""


def begin(session: Session, created: Callable[[int], None]) -> KeyScreen:
    """The form for a new person; where some were begun and left, the choice between them first."""
    if drafts(session.store, session.employer.id):
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
        found = [*drafts(store, employer_id), *drafts(store, employer_id, INVITATION)]
        self._drafts = {draft.id: draft for draft in found}
        return [_NEW, *self._drafts]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Who, and how far."""
        return {id_: self._texts(self._drafts.get(id_)) for id_ in ids}

    def _texts(self, draft: Draft | None) -> Row:
        if draft is None:
            return Row((t("Another new person"), ""))
        if draft.kind == INVITATION:
            return Row((draft.title, t("Invited; sent once a backend is connected")), dim=True)
        field = PERSON.get(draft.step) or CONTRACT.get(draft.step)
        return Row((draft.title, t(field.label) if field else ""))

    def open_row(self, row_id: int) -> None:
        """Go on with it, in the place of this list."""
        draft = self._drafts.get(row_id)
        if draft is not None and draft.kind == INVITATION:
            self.say(t("The employee is invited; {key} withdraws it.",
                       key=self.session.keymap.label("table.delete")))  # fmt: skip
            return
        app = self.app
        self.close()
        app.push_screen(NewPersonScreen(self.session, self._created, draft))

    def action_table_delete(self) -> None:
        """Throw a begun form or an invitation away, after asking: nothing brings it back."""
        draft = self._drafts.get(self.current or _NEW)
        if draft is None:
            return

        def yes() -> None:
            discard_draft(self.session.store, self.session.employer.id, draft.id)
            self.reload()

        self.ask(t("Throw “{name}” away for good?", name=draft.title), yes)
