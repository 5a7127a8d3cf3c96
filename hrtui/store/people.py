"""Finding people: the order of the grid, and the text that a filter looks in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from hrtui.domain.month import Month
from hrtui.store.by_ids import marks
from hrtui.store.store import Store

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
    }
)
"""Letters that Unicode does not take apart into a plain one and an accent."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which people the grid shows, and in what order.

    All words must occur in name, number or team. Of one team, of one payroll provider, of one work schedule
    (that of the month's last day), only those whose month is not checked yet.
    """

    text: str = ""
    team_id: int | None = None
    without_entries_first: bool = False
    unchecked_only: bool = False
    provider_link_id: int | None = None
    schedule_id: int | None = None

    def __bool__(self) -> bool:
        return (
            bool(self.text.strip())
            or self.team_id is not None
            or self.without_entries_first
            or self.unchecked_only
            or self.provider_link_id is not None
            or self.schedule_id is not None
        )


@dataclass(frozen=True, slots=True)
class Team:
    """A team of an employer."""

    id: int
    name: str


def fold(text: str) -> str:
    """`text` without case and diacritics, for finding: "Özdemir" is found by "ozd"."""
    if text.isascii():
        return text.lower().strip()
    plain = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().strip()


def full_name(first_name: str, last_name: str, name_prefix: str = "") -> str:
    """The name as lists show it: last name first, a Dutch prefix behind ("Berg Anna van den")."""
    if first_name and last_name:  # nearly always: lists ask for thousands
        return f"{last_name} {first_name} {name_prefix}" if name_prefix else f"{last_name} {first_name}"
    return " ".join(part for part in (last_name, first_name, name_prefix) if part)


def sort_name(first_name: str, last_name: str) -> str:
    """What lists are sorted by; a Dutch prefix does not count."""
    return f"{fold(last_name)} {fold(first_name)}".strip()


def search_text(number: str, first_name: str, last_name: str, name_prefix: str = "") -> str:
    """What a filter looks in."""
    return fold(f"{number} {name_prefix} {last_name} {first_name} {name_prefix} {last_name}")


def teams(store: Store, employer_id: int) -> list[Team]:
    """The employer's teams in name order."""
    rows = store.con.execute("SELECT id, name FROM team WHERE employer_id = ?", (employer_id,))
    return sorted((Team(*row) for row in rows), key=lambda team: fold(team.name))


def person_ids(store: Store, employer_id: int, month: Month, wanted: Filter | None = None) -> list[int]:
    """The people with a contract in `month` that the filter lets through, in the grid's order."""
    wanted = wanted or Filter()
    first, last = month.first.isoformat(), month.last.isoformat()
    conditions = [
        "p.employer_id = ?",
        "EXISTS (SELECT 1 FROM contract c WHERE c.person_id = p.id AND c.start_date <= ?"
        " AND (c.end_date IS NULL OR c.end_date >= ?))",
    ]
    values: list[object] = [employer_id, last, first]
    if wanted.team_id is not None:
        conditions.append("p.team_id = ?")
        values.append(wanted.team_id)
    if wanted.provider_link_id is not None:
        conditions.append("p.provider_link_id = ?")
        values.append(wanted.provider_link_id)
    if wanted.schedule_id is not None:
        conditions.append(
            "(SELECT a.schedule_id FROM schedule_assignment a WHERE a.person_id = p.id AND a.valid_from <= ?"
            " ORDER BY a.valid_from DESC LIMIT 1) = ?"
        )
        values += [last, wanted.schedule_id]
    if wanted.unchecked_only:
        conditions.append("NOT EXISTS (SELECT 1 FROM month_check k WHERE k.person_id = p.id AND k.month = ?)")
        values.append(str(month))
    words = fold(wanted.text).split()
    own_teams = teams(store, employer_id) if words else []
    for word in words:
        named = [team.id for team in own_teams if word in fold(team.name)]
        in_team = f" OR p.team_id IN ({marks(len(named))})" if named else ""
        conditions.append(f"(instr(p.search_text, ?) > 0{in_team})")
        values += [word, *named]
    order = "p.sort_name, p.id"
    if wanted.without_entries_first:
        order = (
            "EXISTS (SELECT 1 FROM calendar_entry e WHERE e.person_id = p.id AND e.date BETWEEN ? AND ?), "
            + order
        )
        values += [first, last]
    rows = store.con.execute(
        f"SELECT p.id FROM person p WHERE {' AND '.join(conditions)} ORDER BY {order}", values
    )
    return [row[0] for row in rows]
