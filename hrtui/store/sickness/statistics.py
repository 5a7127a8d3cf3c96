"""Frequency, duration and percentage of absence per team and month, for the list and its small chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.month import Month
from hrtui.domain.sickness.case import Case
from hrtui.domain.sickness.figures import Figures, Member, figures
from hrtui.store.people import fold
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.records import stored_cases
from hrtui.store.sickness.terms import contracts_of


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """The figures of a team; of everybody where `team_id` is None and `team` empty.

    People without a team count in those of everybody only.
    """

    team_id: int | None
    team: str
    figures: Figures


def team_figures(desk: Desk, first: date, last: date) -> list[TeamFigures]:
    """The figures of everybody, then of each team in name order, from `first` to `last`."""
    members, teams = _members(desk)
    names = dict(
        desk.store.con.execute("SELECT id, name FROM team WHERE employer_id = ?", (desk.employer_id,))
    )
    lines = [TeamFigures(None, "", figures(list(members.values()), first, last))]
    for team_id, name in sorted(names.items(), key=lambda item: fold(item[1])):
        own = [member for person_id, member in members.items() if teams[person_id] == team_id]
        lines.append(TeamFigures(team_id, name, figures(own, first, last)))
    return lines


def monthly_figures(
    desk: Desk, last: Month, count: int, team_id: int | None = None, *, until: date
) -> list[Figures]:
    """The figures of `count` months up to and with `last`, oldest first: the bars of a chart.

    The month of `until` counts up to that day, as nobody knows how long an open case lasts.
    """
    members, teams = _members(desk)
    own = [member for id_, member in members.items() if team_id is None or teams[id_] == team_id]
    months = [last.shift(-back) for back in range(count - 1, -1, -1)]
    return [figures(own, month.first, max(month.first, min(month.last, until))) for month in months]


def bars(figures_of_months: Sequence[Figures]) -> list[int]:
    """The heights of a chart of percentages, 0 to 8, the highest month reaching 8; nothing ill is 0."""
    highest = max((one.percentage for one in figures_of_months), default=0)
    if not highest:
        return [0] * len(figures_of_months)
    return [-(-one.percentage * 8 // highest) for one in figures_of_months]


def _members(desk: Desk) -> tuple[dict[int, Member], Mapping[int, int | None]]:
    """Everybody with their contracts and cases, and who is in which team."""
    teams: dict[int, int | None] = dict(
        desk.store.con.execute("SELECT id, team_id FROM person WHERE employer_id = ?", (desk.employer_id,))
    )
    cases: dict[int, list[Case]] = {}
    for one in stored_cases(desk.store, "employer_id = ?", (desk.employer_id,)):
        cases.setdefault(one.person_id, []).append(one.case)
    contracts = contracts_of(desk.store, sorted(teams))
    return {
        id_: Member(tuple(line.period for line in contracts.get(id_, ())), tuple(cases.get(id_, ())))
        for id_ in teams
    }, teams
