"""The people screen: everyone of the employer, found while typing, and what can be done with one or many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.contract_fields import WORKER_STATUSES
from hrtui.i18n import N_, t, tn
from hrtui.screens.calendar.month import MonthScreen
from hrtui.screens.record_fields import link_name
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.drafts import answered, drafts
from hrtui.store.people_index import PersonLine, Sort, people_list, prepare_people_list
from hrtui.store.record_history import Row as StoredRow
from hrtui.store.record_history import rows_of_person
from hrtui.widgets.form_field import Values, day_shown, whole_of
from hrtui.widgets.hints import Hint
from hrtui.widgets.line_edit import LineEdit

_STATUSES = {choice.value: choice.label for choice in WORKER_STATUSES}


class PeopleScreen(TableScreen):
    """The list of people, perhaps of one team; Enter opens the record, Ctrl+N begins a new person.

    With `schedule_id` it is there to mark those who get that schedule.
    """

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open")),
        "table.new": (2, N_("new person")),
        "table.inactive": (3, N_("out of service too")),
        "table.filter": (4, N_("filter")),
        "table.sort": (5, N_("sort")),
        "table.edit": (6, N_("change marked")),
        "table.more": (2, N_("leave…")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name"), sort=Sort.NAME),
        Column(N_("Number"), 8, sort=Sort.NUMBER),
        Column(N_("Team"), 13, sort=Sort.TEAM),
        Column(N_("Worker status"), 19, least=76, sort=Sort.STATUS),
        Column(N_("From"), 10, sort=Sort.START),
        Column(N_("Until"), 10, least=96, sort=Sort.END),
        Column(N_("Provider"), 20, least=110),
    )

    marks_outlive_filter = True

    def __init__(
        self, session: Session, *, team_id: int | None = None, schedule_id: int | None = None
    ) -> None:
        super().__init__(session)
        self.team_id = team_id
        self.provider_link_id: int | None = None
        self.schedule_id = schedule_id
        self._lines: dict[int, PersonLine] = {}

    def on_mount(self) -> None:
        """Begin at the person of the grid; the words to search in are got ready once the list is shown."""
        super().on_mount()
        for screen in self.app.screen_stack:
            if isinstance(screen, MonthScreen) and screen.editor.person_id in self.ids:
                self.cursor = self.ids.index(screen.editor.person_id)
        self.call_after_refresh(self._get_ready)

    def _get_ready(self) -> None:
        prepare_people_list(self.session.store, self.session.employer.id)

    def _begun_text(self) -> str:
        """How many forms wait below “new”: filled in by invited employees, or begun and left."""
        store, employer_id = self.session.store, self.session.employer.id
        filled = answered(store, employer_id)
        begun = len(drafts(store, employer_id)) - filled
        texts = (
            tn("{n} form filled in", "{n} forms filled in", filled) if filled else "",
            tn("{n} form begun", "{n} forms begun", begun) if begun else "",
        )
        return "  ".join(filter(None, texts))

    def heading(self) -> str:
        """Whose people, and which of them."""
        if self.schedule_id is not None:
            name = link_name(self.session, "work_schedule", self.schedule_id)
            return t("Mark who gets the schedule {name}, then {key}", name=name,
                     key=self.session.keymap.label("table.edit"))  # fmt: skip
        names = [
            link_name(self.session, "team", self.team_id),
            link_name(self.session, "provider_link", self.provider_link_id),
            t("out of service too") if self.with_inactive else "",
            self._begun_text(),
        ]
        return "  ".join(filter(None, (t("People"), self.session.employer.name, *names)))

    def find(self, text: str) -> Sequence[int]:
        """The people that fit, slips of the finger forgiven."""
        found = people_list(
            self.session.store,
            self.session.employer.id,
            text,
            out_of_service=self.with_inactive,
            team_id=self.team_id,
            provider_link_id=self.provider_link_id,
            sort=Sort(self.order),
        )
        self._lines = {line.id: line for line in found}
        return list(self._lines)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, number, team, status and contract of these people."""
        providers = {line.provider_link_id for line in map(self._lines.__getitem__, ids)}
        names = {one: link_name(self.session, "provider_link", one) for one in providers}
        return {id_: _row(self._lines[id_], names) for id_ in ids}

    def in_words(self) -> str:
        """The person under the cursor with what a narrow terminal has no columns for."""
        line = self._lines.get(self.current) if self.current is not None else None
        if line is None:
            return ""
        days = t("from {start}", start=day_shown(line.start)) if line.start else t("no contract")
        if line.end:
            days += f" {t('until {end}', end=day_shown(line.end))}"
        provider = link_name(self.session, "provider_link", line.provider_link_id)
        out = t("out of service") if line.out_of_service else ""
        return ", ".join(filter(None, (line.name, line.team, _status(line), days, provider, out)))

    def open_row(self, row_id: int) -> None:
        """The person's record."""
        from hrtui.screens.people.person import PersonScreen

        self.app.push_screen(PersonScreen(self.session, row_id))

    def action_table_new(self) -> None:
        """Begin a new person, or go on with one that was begun."""
        from hrtui.screens.people.drafts import begin

        self.app.push_screen(begin(self.session, self.created))

    def created(self, person_id: int) -> None:
        """Show the new person, whatever was searched for before."""
        self.edit = LineEdit()
        self.team_id = self.provider_link_id = None
        self.reload(keep=person_id)
        self.tell(t("{name} is created.", name=self._lines[person_id].name))

    def action_table_filter(self) -> None:
        """Ask for team and provider."""
        from hrtui.screens.people.forms import PeopleFilter

        start: Values = {"team_id": self.team_id, "provider_link_id": self.provider_link_id}
        self.app.push_screen(PeopleFilter(self.session, start, self.filtered))

    def filtered(self, values: Values) -> None:
        """Show only the people of this team and provider (None: of any)."""
        self.team_id = whole_of(values["team_id"])
        self.provider_link_id = whole_of(values["provider_link_id"])
        self.reload()

    def action_table_edit(self) -> None:
        """Give the marked people, or the one under the cursor, a team or schedule."""
        from hrtui.screens.people.forms import PeopleChange

        if self.chosen:
            self.app.push_screen(PeopleChange(self.session, self.chosen, self.schedule_id))

    def action_table_more(self) -> None:
        """The leave of the marked people, or of the one under the cursor."""
        from hrtui.screens.leave.menu import people_leave_items
        from hrtui.screens.menu import MenuScreen

        if self.chosen:
            people = self.chosen
            title = tn("Leave of {n} person", "Leave of {n} people", len(people))
            self.app.push_screen(MenuScreen(self.session, title, people_leave_items(self, people)))

    def action_table_delete(self) -> None:
        """End the contract of the person; a person is never deleted."""
        from hrtui.screens.people.contract_end import end_screen

        if self.current is not None:
            screen = end_screen(self.session, self.current)
            if screen is None:
                self.say(t("There is no contract that runs: nothing can be ended."))
            else:
                self.app.push_screen(screen)

    def hints(self) -> dict[str, Hint]:
        """The keys; what to do with the marked ones comes first while there are any."""
        return self.words | {"table.edit": (1, N_("change marked"))} if self.marks else self.words

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The person, contracts and schedules."""
        return rows_of_person(self.session.store, row_id)


def _status(line: PersonLine) -> str:
    return t(_STATUSES[line.status]) if line.status in _STATUSES else ""


def _row(line: PersonLine, providers: Mapping[int | None, str]) -> Row:
    texts = (
        line.name,
        line.number,
        line.team,
        _status(line),
        day_shown(line.start),
        day_shown(line.end),
        providers[line.provider_link_id],
    )
    return Row(texts, dim=line.out_of_service)
