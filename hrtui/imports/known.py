"""What the database knows already of the people that a file speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hrtui.store.ids import new_id
from hrtui.store.moments import day_of
from hrtui.store.people import fold
from hrtui.store.store import Store

_PERSON = (
    "first_name", "last_name", "name_prefix", "birth_date", "sex", "national_number", "email", "phone",
    "iban", "team_id", "sort_name", "search_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract as stored; `values` has its end, status and joint committee."""

    id: int
    start: date
    end: date | None
    values: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Assignment:
    """From when a person works by a schedule."""

    id: int
    valid_from: date
    schedule_id: int


@dataclass(frozen=True, slots=True)
class Person:
    """A person as stored, with the columns that a file can change."""

    id: int
    values: dict[str, str | int | None]
    contracts: list[Contract] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What decides about the employer's fields, people by number, owners of national numbers, and names."""

    country: str
    zw_self_insured: bool
    people: dict[str, Person]
    national_numbers: dict[str, str]
    teams: dict[str, int]
    schedules: dict[str, int]

    @classmethod
    def read(cls, store: Store, employer_id: int) -> Known:
        """All that the database has of this employer."""
        rows = store.con.execute(
            f"SELECT id, number, {', '.join(_PERSON)} FROM person WHERE employer_id = ?", (employer_id,)
        )
        people = {row[1]: Person(row[0], dict(zip(_PERSON, row[2:], strict=True))) for row in rows}
        by_id = {person.id: person for person in people.values()}
        of_employer = "person_id IN (SELECT id FROM person WHERE employer_id = ?)"
        for id_, person_id, start, end, status, committee in store.con.execute(
            "SELECT id, person_id, start_date, end_date, worker_status, joint_committee FROM contract"
            f" WHERE {of_employer}",
            (employer_id,),
        ):
            values = {"end_date": end, "worker_status": status, "joint_committee": committee}
            by_id[person_id].contracts.append(Contract(id_, date.fromisoformat(start), day_of(end), values))
        for id_, person_id, valid_from, schedule_id in store.con.execute(
            f"SELECT id, person_id, valid_from, schedule_id FROM schedule_assignment WHERE {of_employer}",
            (employer_id,),
        ):
            by_id[person_id].assignments.append(Assignment(id_, date.fromisoformat(valid_from), schedule_id))
        national_numbers = {
            str(person.values["national_number"]): number
            for number, person in people.items()
            if person.values["national_number"]
        }
        country, self_insured = store.con.execute(
            "SELECT country, zw_self_insured FROM employer WHERE id = ?", (employer_id,)
        ).fetchone()
        return cls(
            country,
            bool(self_insured),
            people,
            national_numbers,
            _by_name(store, "team", employer_id),
            _by_name(store, "work_schedule", employer_id),
        )

    def schedule_id(self, name: str) -> int | None:
        """The work schedule of that name."""
        return self.schedules.get(fold(name))

    def team_id(self, name: str) -> int | None:
        """The team of that name."""
        return self.teams.get(fold(name))

    def add_team(self, name: str) -> int:
        """The id that a new team of that name gets."""
        self.teams[fold(name)] = new_id()
        return self.teams[fold(name)]


def _by_name(store: Store, table: str, employer_id: int) -> dict[str, int]:
    rows = store.con.execute(f"SELECT name, id FROM {table} WHERE employer_id = ?", (employer_id,))
    return {fold(name): id_ for name, id_ in rows}
