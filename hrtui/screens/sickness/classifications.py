"""Which classifications a report offers at the employer, and in what order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.sickness.classification import CLASSIFICATIONS, ILL, Classification
from hrtui.i18n import N_, t
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import SickTable
from hrtui.screens.table import Column, Row
from hrtui.store.sickness.classifications import all_of, choose
from hrtui.widgets.hints import Hint

_CODES = list(CLASSIFICATIONS)
"""The place of a code in this list is the id of its row."""


class ClassificationsScreen(SickTable):
    """The classifications of the country; Enter switches one on or off, ← and → move it."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("on or off")),
        "table.previous": (2, N_("up")),
        "table.next": (2, N_("down")),
        "table.undo": (3, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Classification")),
        Column(N_("Offered"), 10),
        Column(N_("In AFAS"), 10),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listed: dict[int, tuple[Classification, bool]] = {}

    def heading(self) -> str:
        """Whose."""
        return f"{t('Classifications')}  {self.session.employer.name}"

    def find(self, text: str) -> Sequence[int]:
        """Those with the text in their name."""
        self._listed = {_CODES.index(one.code): (one, offered) for one, offered in all_of(self.desk)}
        fits = finder(text)
        return [id_ for id_, (one, _) in self._listed.items() if fits(t(one.name))]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, whether it is offered, its code elsewhere."""
        return {id_: _row(*self._listed[id_]) for id_ in ids}

    def in_words(self) -> str:
        """Why there are no others."""
        return t("Names that tell why somebody is ill may not be kept: none can be added.")

    def open_row(self, row_id: int) -> None:
        """Switch it on or off."""
        one, offered = self._listed[row_id]
        if one.code == ILL:
            self.say(t("Plain illness is always offered."))
            return
        used = [code for code in self._used() if code != one.code]
        self._choose([*used, *([] if offered else [one.code])])

    def action_table_previous(self) -> None:
        """One place earlier in the list of a report."""
        self._move(-1)

    def action_table_next(self) -> None:
        """One place later."""
        self._move(1)

    def _move(self, step: int) -> None:
        if self.current is None:
            return
        one, offered = self._listed[self.current]
        used = self._used()
        place = used.index(one.code) + step if offered else -1
        if not 0 <= place < len(used):
            self.say(t("It cannot go further."))
            return
        used.remove(one.code)
        used.insert(place, one.code)
        self._choose(used)

    def _used(self) -> list[str]:
        return [one.code for one, offered in self._listed.values() if offered]

    def _choose(self, codes: Sequence[str]) -> None:
        choose(self.desk, codes)
        self.reload()


def _row(one: Classification, offered: bool) -> Row:
    return Row((t(one.name), t("Yes") if offered else t("No"), one.afas), dim=not offered)
