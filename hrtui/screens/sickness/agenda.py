"""The agenda of all cases, what is due first at the top; Enter goes to the case, and it is exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from hrtui.domain.sickness.poortwachter import State
from hrtui.i18n import N_, short_day_text, t
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import STATE_MARKS, SickTable, day_long
from hrtui.screens.table import Column, Row
from hrtui.store.sickness.due import Agenda, AgendaLine, what_is_due
from hrtui.store.sickness.marks import mark
from hrtui.store.sickness.wording import state_name
from hrtui.widgets.hints import Hint

_AHEAD = (56, 364, 28)
"""How many days ahead are shown; the key goes through them."""


class AgendaScreen(SickTable):
    """What is late or due within eight weeks, or another time ahead."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open the case")),
        "table.edit": (1, N_("done today")),
        "table.mark": (4, N_("mark")),
        "table.inactive": (3, N_("further ahead")),
        "table.save": (2, N_("iCalendar")),
        "table.undo": (4, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Due"), 14),
        Column(N_("Name")),
        Column(N_("Team"), 14, least=100),
        Column(N_("What"), 37),
        Column(N_("State"), 10, least=76),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._ahead = _AHEAD[0]
        self._due = Agenda((), {})

    def heading(self) -> str:
        """Until when."""
        until = day_long(self.session.today + timedelta(days=self._ahead))
        return "  ".join((t("Agenda"), self.session.employer.name, t("until {end}", end=until)))

    def nothing(self) -> str:
        """Nothing is due."""
        return super().nothing() if self.edit.text.strip() else t("Nothing is due.")

    def find(self, text: str) -> Sequence[int]:
        """What is due about the people that fit."""
        until = self.session.today + timedelta(days=self._ahead)
        self._due = what_is_due(self.desk, until=until, text=text)
        return range(len(self._due.items))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Day, name, what, state."""
        return {id_: _row(self._due.line(id_), self.session.today.year) for id_ in ids}

    def in_words(self) -> str:
        """Who it is, whole, and the latest day where that is another one."""
        line = self._line()
        if line is None:
            return ""
        facts = [f"{line.person.name} {line.person.number}", line.person.team]
        if line.item.last != line.item.due:
            facts.append(t("{step}: at the latest {day}", step=line.label, day=day_long(line.item.last)))
        return ", ".join(filter(None, facts))

    def _line(self) -> AgendaLine | None:
        return self._due.line(self.current) if self.current is not None else None

    def open_row(self, row_id: int) -> None:
        """The case that it is about."""
        from hrtui.screens.sickness.case import CaseScreen

        self.app.push_screen(CaseScreen(self.session, self._due.items[row_id].case_id))

    def action_table_edit(self) -> None:
        """The marked lines, or the one under the cursor, were done today."""
        chosen = [self._due.line(place) for place in self.chosen]
        for line in chosen:
            item = line.item
            mark(self.desk, item.case_id, item.what, item.number, done_on=self.session.today)
        self.marks.clear()
        self.reload()
        if chosen:
            self.tell(t("Done today: {what}", what=", ".join(line.label for line in chosen)))

    def action_table_inactive(self) -> None:
        """Eight weeks, a year, four weeks ahead."""
        self._ahead = _AHEAD[(_AHEAD.index(self._ahead) + 1) % len(_AHEAD)]
        self.reload()

    def action_table_save(self) -> None:
        """Write what is due in the time that is shown as an iCalendar file."""
        from hrtui.payroll.sickness.files import export_agenda
        from hrtui.screens.sickness.saving import ask_folder

        until = self.session.today + timedelta(days=self._ahead)
        ask_folder(self, lambda folder: export_agenda(self.desk, folder, until))


def _row(line: AgendaLine, this_year: int) -> Row:
    item = line.item
    day = short_day_text(item.due) if item.due.year == this_year else day_long(item.due)
    due = f"{STATE_MARKS[item.state]} {day}"
    texts = (due, line.person.name, line.person.team, line.label, state_name(item.state))
    return Row(texts, dim=item.state is State.AHEAD)
