"""Teams of an employer: making, naming, giving a manager, moving people, and dropping them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrtui.i18n import t, tn
from hrtui.store import rows
from hrtui.store.by_ids import select
from hrtui.store.changes import Change, RowChange
from hrtui.store.errors import StoreError
from hrtui.store.people import fold, full_name
from hrtui.store.person_records import person_name
from hrtui.store.store import Store

MAX_NAME = 40


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in the list; `people` counts everybody in it, also who left."""

    id: int
    name: str
    manager_id: int | None
    manager: str
    people: int


def team_list(store: Store, employer_id: int) -> list[TeamLine]:
    """The teams in name order."""
    found = store.con.execute(
        "SELECT t.id, t.name, t.manager_id, m.first_name, m.last_name, m.name_prefix,"
        " (SELECT count(*) FROM person p WHERE p.employer_id = t.employer_id AND p.team_id = t.id)"
        " FROM team t LEFT JOIN person m ON m.id = t.manager_id WHERE t.employer_id = ?",
        (employer_id,),
    )
    lines = [
        TeamLine(id_, name, manager_id, full_name(first, last, prefix) if manager_id else "", people)
        for id_, name, manager_id, first, last, prefix, people in found
    ]
    return sorted(lines, key=lambda line: fold(line.name))


def create_team(store: Store, employer_id: int, name: str) -> int:
    """Add a team; returns its id. Raises StoreError where another has the name."""
    _check_name(store, employer_id, name, None)
    change = rows.insertion("team", {"employer_id": employer_id, "name": name, "manager_id": None})
    rows.carry_out(store, employer_id, t("New team {name}", name=name), [change])
    return change.id


def rename_team(store: Store, employer_id: int, team_id: int, name: str) -> int | None:
    """Give a team another name; raises StoreError where another has it."""
    _check_name(store, employer_id, name, team_id)
    old = rows.row_of(store, employer_id, "team", team_id)
    label = t("Team {old} is now {name}", old=old["name"], name=name)
    return rows.carry_out(store, employer_id, label, rows.update("team", team_id, old, {"name": name}))


def set_manager(store: Store, employer_id: int, team_id: int, manager_id: int | None) -> int | None:
    """Say who leads a team (None: nobody), who may be in another team."""
    old = rows.row_of(store, employer_id, "team", team_id)
    if manager_id is None:
        label = t("No manager for team {team}", team=old["name"])
    else:
        name = person_name(store, employer_id, manager_id)
        label = t("{name} leads team {team}", name=name, team=old["name"])
    changes = rows.update("team", team_id, old, {"manager_id": manager_id})
    return rows.carry_out(store, employer_id, label, changes)


def move_people(store: Store, employer_id: int, person_ids: Sequence[int], team_id: int | None) -> int | None:
    """Put people in a team (None: in none) as one undo step; None where all are in it already."""
    rows.check_people(store, employer_id, person_ids)
    name = rows.row_of(store, employer_id, "team", team_id)["name"] if team_id is not None else ""
    changes = _moves(_teams_of(store, person_ids), team_id)
    people = tn("{n} person", "{n} people", len(changes))
    label = t("{people} to team {team}", people=people, team=name)
    if team_id is None:
        label = t("{people} out of their team", people=people)
    return rows.carry_out(store, employer_id, label, changes)


def delete_team(store: Store, employer_id: int, team_id: int, *, move_to: int | None = None) -> int | None:
    """Drop a team that is empty, or move its people to `move_to` first, as one undo step.

    Raises StoreError where people or holidays of its own are left in it.
    """
    row = rows.row_of(store, employer_id, "team", team_id)
    own_holidays = store.con.execute("SELECT count(*) FROM holiday WHERE team_id = ?", (team_id,)).fetchone()[
        0
    ]
    if own_holidays:
        # Moving them would give other people other days off.
        raise StoreError(t("Team {team} has holidays of its own: delete those first.", team=row["name"]))
    found = store.con.execute("SELECT id FROM person WHERE team_id = ?", (team_id,))
    members: dict[int, int | None] = {person_id: team_id for (person_id,) in found}
    if members and move_to is None:
        raise StoreError(
            tn(
                "{n} person is in team {team}: choose the team for them first.",
                "{n} people are in team {team}: choose the team for them first.",
                len(members),
                team=row["name"],
            )
        )
    changes: list[Change] = []
    if members and move_to is not None:
        rows.row_of(store, employer_id, "team", move_to)
        changes += _moves(members, move_to)
    changes.append(rows.deletion("team", team_id, row))
    return rows.carry_out(store, employer_id, t("Team {team} deleted", team=row["name"]), changes)


def _teams_of(store: Store, person_ids: Sequence[int]) -> dict[int, int | None]:
    return dict(select(store.con, "SELECT id, team_id FROM person WHERE id IN ({marks})", person_ids))


def _moves(teams: dict[int, int | None], team_id: int | None) -> list[RowChange]:
    return [
        RowChange("person", person_id, {"team_id": old}, {"team_id": team_id})
        for person_id, old in teams.items()
        if old != team_id
    ]


def _check_name(store: Store, employer_id: int, name: str, team_id: int | None) -> None:
    if not name.strip():
        raise StoreError(t("A team needs a name."))
    if len(name) > MAX_NAME:
        raise StoreError(t("This name is too long: at most {limit} characters fit.", limit=MAX_NAME))
    for line in team_list(store, employer_id):
        if line.id != team_id and fold(line.name) == fold(name):
            raise StoreError(t("There is a team {name} already.", name=line.name))
