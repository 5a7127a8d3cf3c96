"""Choosing people from a list: find while typing, mark with Space, Enter takes the marked ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import ClassVar

from hrtui.i18n import N_
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.people_index import PersonLine, Sort, people_list
from hrtui.widgets.hints import Hint


class ChoosePeople(TableScreen):
    """The people of the employer; `chosen` gets the marked ones, or the one under the cursor."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("take the marked ones")),
        "table.mark": (2, N_("mark")),
        "table.mark_all": (3, N_("mark all")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name"), sort=Sort.NAME),
        Column(N_("Number"), 10, sort=Sort.NUMBER),
        Column(N_("Team"), 20, sort=Sort.TEAM),
    )

    def __init__(
        self, session: Session, title: str, marked: Collection[int], take: Callable[[list[int]], None]
    ) -> None:
        super().__init__(session)
        self._title = title
        self._take = take
        self.marks = set(marked)
        self._listed: dict[int, PersonLine] = {}

    def heading(self) -> str:
        """What they are chosen for."""
        return self._title

    def find(self, text: str) -> Sequence[int]:
        """The people that fit, slips of the finger forgiven."""
        found = people_list(
            self.session.store, self.session.employer.id, text, out_of_service=False, sort=Sort(self.order)
        )
        self._listed |= {line.id: line for line in found}
        return [line.id for line in found]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, number and team."""
        people = (self._listed[id_] for id_ in ids)
        return {line.id: Row((line.name, line.number, line.team)) for line in people}

    def open_row(self, row_id: int) -> None:
        """Close, and hand the people over."""
        chosen = self.chosen
        self.close()
        self._take(chosen)
