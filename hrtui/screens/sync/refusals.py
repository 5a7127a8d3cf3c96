"""Refused steps: what the backend did not take and why; try again, or let it go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.i18n import N_, t, tn
from hrtui.screens.history.wording import moment_short
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.sync.conflicts import about
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.errors import StoreError
from hrtui.sync import refused
from hrtui.sync.refused import RefusedStep
from hrtui.widgets.hints import Hint


class RefusalsScreen(TableScreen):
    """What was refused of this clerk's steps and waits for a decision."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("decide")),
        "table.undo": (3, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("When"), 14),
        Column(N_("Step"), 30),
        Column(N_("Why")),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listed: list[RefusedStep] = []

    def heading(self) -> str:
        """What the list is of."""
        return t("Refused steps")

    def nothing(self) -> str:
        """All is well."""
        return super().nothing() if self.edit.text.strip() else t("Nothing was refused.")

    def find(self, text: str) -> Sequence[int]:
        """The steps in which all words occur."""
        fits = finder(text)
        self._listed = refused.refused_steps(self.session.store, self.session.employer.id)
        return [place for place, one in enumerate(self._listed) if fits(f"{one.label} {one.why}")]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """When it was made, its name, the reason."""
        found = {place: self._listed[place] for place in ids}
        return {place: Row((moment_short(one.made_at), one.label, one.why)) for place, one in found.items()}

    def in_words(self) -> str:
        """What it is about."""
        return "" if self.current is None else self._rows_of(self._listed[self.current])

    def open_row(self, row_id: int) -> None:
        """Try again, or let it go."""
        one, store = self._listed[row_id], self.session.store

        def again() -> None:
            try:
                refused.try_again(store, self.session.employer.id, one.uid)
            except StoreError as problem:
                self._done(problem.text)
            else:
                self._done(t("Entered again; it goes to the backend."))

        def drop() -> None:
            refused.let_go(store, one.uid)
            self._done(t("Let go; the history keeps it."))

        items = [
            Item(t("Try again"), t("Make the same change over what is there now"), again),
            Item(t("Let it go"), t("Leave it as the backend has it"), drop),
        ]
        self.app.push_screen(MenuScreen(self.session, one.label, items, (one.why, self._rows_of(one))))

    def _rows_of(self, one: RefusedStep) -> str:
        shown = [key for key in one.rows if not self.session.rights.hides(key.entity)]
        names = [about(self.session, key) for key in shown[:3]]
        more = len(shown) - len(names)
        return "; ".join(names) + (tn(" and {n} more", " and {n} more", more) if more else "")

    def _done(self, text: str) -> None:
        self.reload()
        self.tell(text)
