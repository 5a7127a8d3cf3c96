"""The teams of the employer: names, managers, and who is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.i18n import N_, t
from hrtui.screens.form_base import RecordScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.record_fields import person_field
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.errors import StoreError
from hrtui.store.record_history import Row as StoredRow
from hrtui.store.rows import row_of
from hrtui.store.teams import (
    MAX_NAME,
    TeamLine,
    create_team,
    delete_team,
    rename_team,
    set_manager,
    team_list,
)
from hrtui.widgets.form_field import FormField, Values, text_field, whole_of
from hrtui.widgets.hints import Hint


class TeamsScreen(TableScreen):
    """The list of teams; Enter opens one, F4 shows its people."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open")),
        "table.new": (2, N_("new team")),
        "table.edit": (3, N_("its people")),
        "table.delete": (4, N_("delete")),
        "table.undo": (5, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Team")),
        Column(N_("Manager")),
        Column(N_("People"), 9, right=True),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._teams: dict[int, TeamLine] = {}

    def heading(self) -> str:
        """Whose teams."""
        return f"{t('Teams')}  {self.session.employer.name}"

    def find(self, text: str) -> Sequence[int]:
        """The teams with the text in their name or manager."""
        found = team_list(self.session.store, self.session.employer.id)
        fits = finder(text)
        self._teams = {team.id: team for team in found if fits(f"{team.name} {team.manager}")}
        return list(self._teams)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, manager, and how many people are in it."""
        teams = (self._teams[id_] for id_ in ids)
        return {team.id: Row((team.name, team.manager, str(team.people))) for team in teams}

    def open_row(self, row_id: int) -> None:
        """The team's name and manager."""
        self.app.push_screen(TeamScreen(self.session, row_id))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The team's own row."""
        return [("team", row_id)]

    def action_table_new(self) -> None:
        """Ask for the name of a new team."""

        def accept(name: str) -> str:
            try:
                team_id = create_team(self.session.store, self.session.employer.id, name.strip())
            except StoreError as problem:
                return problem.text
            self.reload(keep=team_id)
            return ""

        self.ask_line(t("New team:"), t("Its name; Enter makes it, Esc leaves it"), accept)

    def action_table_edit(self) -> None:
        """The people of the team."""
        from hrtui.screens.people.people import PeopleScreen

        if self.current is not None:
            self.app.push_screen(PeopleScreen(self.session, team_id=self.current))

    def action_table_delete(self) -> None:
        """Delete the team; its people go to another one that is chosen first."""
        if self.current is None:
            return
        team = self._teams[self.current]
        others = [other for other in self._teams.values() if other.id != team.id]
        if not team.people or not others:
            self._delete(team, None)
            return
        items = [Item(other.name, "", lambda other=other: self._delete(team, other.id)) for other in others]  # type: ignore[misc]
        self.app.push_screen(MenuScreen(self.session, t("To which team do its people go?"), items))

    def _delete(self, team: TeamLine, move_to: int | None) -> None:
        try:
            delete_team(self.session.store, self.session.employer.id, team.id, move_to=move_to)
        except StoreError as problem:
            self.say(problem.text)
            return
        self.reload()
        self.tell(t("{name} is deleted.", name=team.name))


class TeamScreen(RecordScreen):
    """One team: its name and who leads it."""

    def __init__(self, session: Session, team_id: int) -> None:
        super().__init__(session)
        self.team_id = team_id

    def heading(self) -> str:
        """Which team."""
        return f"{t('Team')}  {self.form.values.get('name', '')}"

    def fields(self) -> Sequence[FormField]:
        """Name and manager."""
        return (
            text_field("name", N_("Name"), longest=MAX_NAME, required=True),
            person_field(self.session, "manager_id", N_("Manager")),
        )

    def values(self) -> Values:
        """What is stored."""
        try:
            row = row_of(self.session.store, self.session.employer.id, "team", self.team_id)
        except StoreError:
            return {}
        return {"name": row["name"], "manager_id": row["manager_id"]}

    def history_rows(self) -> Sequence[StoredRow]:
        """The team's own row."""
        return [("team", self.team_id)]

    def save_field(self, name: str, value: Value) -> str:
        """Rename the team, or say who leads it."""
        store, employer_id = self.session.store, self.session.employer.id
        if name == "name":
            rename_team(store, employer_id, self.team_id, str(value))
        else:
            set_manager(store, employer_id, self.team_id, whole_of(value))
        return ""
