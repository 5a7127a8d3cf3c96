"""Finding the person who is ill: three letters of the name, also out of service, or somebody new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from hrtui.i18n import N_, t
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import SickTable, day_long
from hrtui.screens.table import Column, Row
from hrtui.store.people_index import PersonLine, Sort, people_list
from hrtui.store.sickness.records import ill_since
from hrtui.widgets.form_field import day_shown
from hrtui.widgets.hints import Hint


class FindSick(SickTable):
    """The people of the employer, of whom Enter reports one ill; Ctrl+N adds somebody who is not there."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("report sick")),
        "table.inactive": (1, N_("out of service too")),
        "table.new": (1, N_("new person")),
        "app.help": (3, N_("help")),
        "app.back": (2, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name"), sort=Sort.NAME),
        Column(N_("Number"), 8, sort=Sort.NUMBER),
        Column(N_("Team"), 16, least=76, sort=Sort.TEAM),
        Column(N_("Ill since"), 12),
        Column(N_("Out of service"), 14, least=70),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._lines: dict[int, PersonLine] = {}
        self._ill: dict[int, date] | None = None

    def heading(self) -> str:
        """What Enter does, and among whom."""
        whom = t("out of service too") if self.with_inactive else ""
        return "  ".join(filter(None, (t("Report sick: who?"), self.session.employer.name, whom)))

    def nothing(self) -> str:
        """Nobody is called so: look further, or add them."""
        label = self.session.keymap.label
        name = self.edit.text.strip()
        if not name:
            return t("There is nobody here yet: {key} adds a person.", key=label("table.new"))
        if self.with_inactive:
            return t("Nobody is called “{name}”: {key} adds them.", name=name, key=label("table.new"))
        keys = {"out": label("table.inactive"), "new": label("table.new")}
        text = N_("Nobody is called “{name}”: {out} looks out of service too, {new} adds them.")
        return t(text, name=name, **keys)

    def reload(self, *, keep: int | None = None) -> None:
        """Read who is ill anew, too."""
        self._ill = None
        super().reload(keep=keep)

    def find(self, text: str) -> Sequence[int]:
        """The people that fit, slips of the finger forgiven."""
        if self._ill is None:
            self._ill = ill_since(self.desk)
        store, employer_id = self.session.store, self.session.employer.id
        found = people_list(
            store, employer_id, text, out_of_service=self.with_inactive, sort=Sort(self.order)
        )
        self._lines = {line.id: line for line in found}
        return list(self._lines)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, number, team, since when they are ill, when they left."""
        return {id_: self._row_of(self._lines[id_]) for id_ in ids}

    def _row_of(self, line: PersonLine) -> Row:
        since = (self._ill or {}).get(line.id)
        ill = day_long(since) if since else ""
        left = day_shown(line.end) if line.out_of_service else ""
        return Row((line.name, line.number, line.team, ill, left), dim=line.out_of_service)

    def open_row(self, row_id: int) -> None:
        """Report the person sick."""
        from hrtui.screens.sickness.report import open_report

        open_report(self, row_id, to_case=True)

    def action_table_new(self) -> None:
        """Add somebody who is not there, with the name that was typed, and report them sick."""
        from hrtui.screens.sickness.new_person import NewSickPerson

        self.app.push_screen(NewSickPerson(self.session, self.edit.text.strip(), self._added))

    def _added(self, person_id: int) -> None:
        from hrtui.screens.sickness.report import open_report

        self.reload()
        open_report(self, person_id, to_case=True)
