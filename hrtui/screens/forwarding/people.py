"""Whom a month is forwarded for: those marked in the month, those it shows, a team, everyone, a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.editor.targets import marked_people
from hrtui.forwarding.people import people_of
from hrtui.i18n import t, tn
from hrtui.screens.asking import AskingScreen
from hrtui.screens.session import Session
from hrtui.store.people import Filter, person_ids, teams

MARKED, SHOWN, ALL, AGAIN, PICK = "marked", "shown", "all", "again", "pick"
MANY = 500
"""With more people it takes a moment to go through a month, and is told."""


@dataclass(frozen=True, slots=True)
class Group:
    """A choice of people: how it is called, and who they are."""

    key: str
    label: str
    ids: Callable[[], Sequence[int]]


def go_through(here: AskingScreen, people: Sequence[int], text: str, do: Callable[[], None]) -> None:
    """Do what goes through the month of these people; where it takes long, say so first."""
    if len(people) > MANY:
        here.work(text, do)
    else:
        do()


def groups(
    session: Session, grid: MonthEditor | None, month: Month, changed: Sequence[int] = ()
) -> list[Group]:
    """What can be chosen, the likeliest first: marks carry over from the month.

    `changed` are those who changed since the month was forwarded.
    """
    store, employer_id = session.store, session.employer.id

    def those(wanted: Filter) -> Callable[[], Sequence[int]]:
        return lambda: person_ids(store, employer_id, month, wanted)

    found: list[Group] = []
    if grid and grid.marks:
        marked = marked_people(grid)
        label = tn("{n} marked person", "{n} marked people", len(marked))
        found.append(Group(MARKED, label, lambda: marked))
    found.append(Group(ALL, t("Everyone in service"), lambda: everyone(session, month)))
    if changed:
        found.append(Group(AGAIN, t("Only those to send again"), lambda: changed))
    if grid and grid.filter:
        found.append(Group(SHOWN, t("Those the month shows"), those(grid.filter)))
    found += [
        Group(f"team {team.id}", team.name, those(Filter(team_id=team.id)))
        for team in teams(store, employer_id)
    ]
    return found


def everyone(session: Session, month: Month) -> list[int]:
    """Everybody whom the month concerns."""
    return people_of(session.store, session.employer.id, month)
