"""Late edits: changes of a forwarded month from a terminal that was offline, to take over or to leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.forwarding.layouts import layouts_of
from hrtui.forwarding.ports import remote_of
from hrtui.i18n import N_, t, tn
from hrtui.screens.history.wording import moment_short
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.settings import config_folder
from hrtui.store.corrections import LateEdit, drop, late_edits, take_over
from hrtui.store.entries import from_lists
from hrtui.store.leave_types import leave_types
from hrtui.store.people_names import names_of
from hrtui.widgets.hints import Hint
from hrtui.widgets.months import month_text
from hrtui.wording import day_name, entries_in_words


class LateEditsScreen(TableScreen):
    """The late edits that nobody decided about."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("take over")),
        "table.delete": (1, N_("leave as forwarded")),
        "table.mark": (2, N_("mark")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Person"), 22),
        Column(N_("Day"), 12),
        Column(N_("It was to become")),
        Column(N_("By"), 12, least=80),
        Column(N_("When"), 14, least=96),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listed: dict[int, LateEdit] = {}
        self._names: dict[int, str] = {}

    def heading(self) -> str:
        """The list."""
        return t("Late edits of forwarded months")

    def nothing(self) -> str:
        """None."""
        return (
            super().nothing() if self.edit.text.strip() else t("No edit came after its month was forwarded.")
        )

    def find(self, text: str) -> Sequence[int]:
        """Those whose person's name holds all words."""
        found = late_edits(self.session.store, self.session.employer.id)
        self._names = names_of(self.session.store, {one.person_id for one in found})
        fits = finder(text)
        self._listed = {one.id: one for one in found if fits(self._names.get(one.person_id, ""))}
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Who, which day, what, by whom and when."""
        return {id_: Row(self._texts(self._listed[id_])) for id_ in ids}

    def _texts(self, one: LateEdit) -> tuple[str, ...]:
        when = day_name(one.date) if one.date else month_text(one.month)
        return (self._names.get(one.person_id, ""), when, self._value(one), one.actor, moment_short(one.at))

    def _value(self, one: LateEdit) -> str:
        if one.entity != "day":
            return t("removed") if one.new is None else ", ".join(map(str, one.new.values()))
        kinds = leave_types(self.session.store, self.session.employer.id)
        return entries_in_words(from_lists(one.new), kinds) or t("empty")

    def open_row(self, row_id: int) -> None:
        """Ask, and make the marked edits, or this one, now."""
        edits = [self._listed[id_] for id_ in self.chosen if id_ in self._listed]

        def yes() -> None:
            for edit in edits:
                take_over(self.session.store, self.session.employer.id, edit)
            self.marks.clear()
            self.reload()
            self.tell(t("Taken over: forward the month again."))

        self.ask_to_write(tn("Take over {n} late edit?", "Take over {n} late edits?", len(edits)), yes)

    def action_table_delete(self) -> None:
        """Ask, and leave the month as it was forwarded."""
        edits = [self._listed[id_] for id_ in self.chosen if id_ in self._listed]
        if not edits:
            self.say(self.nothing())
            return
        store, employer_id = self.session.store, self.session.employer.id

        def yes() -> None:
            for edit in edits:
                if store.backend(employer_id):
                    remote_of(store, layouts_of(config_folder())).drop(employer_id, edit.id)
                else:
                    drop(store, edit)
            self.marks.clear()
            self.reload()

        self.ask(tn("Leave the month as forwarded ({n} edit)?", "Leave the months as forwarded ({n} edits)?",
                    len(edits)), yes)  # fmt: skip
