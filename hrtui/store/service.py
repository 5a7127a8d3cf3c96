"""What lists of people need of each of them: name, contracts, and the schedule worked by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from hrtui.domain.entitlement import weekly_minutes
from hrtui.domain.schedule import ScheduleAssignment, WorkSchedule
from hrtui.store.by_ids import marks, portions
from hrtui.store.moments import day_of
from hrtui.store.people import full_name
from hrtui.store.schedules import work_schedules
from hrtui.store.store import Store


@dataclass(slots=True)
class Service:
    """One person: contracts as (first day, last day or None, worker status), schedules by first day."""

    person_id: int
    number: str
    name: str
    contracts: list[tuple[date, date | None, str]] = field(default_factory=list)
    schedules: list[ScheduleAssignment] = field(default_factory=list)

    @property
    def periods(self) -> list[tuple[date, date | None]]:
        """The contracts' first and last days."""
        return [(start, end) for start, end, _ in self.contracts]

    def status_on(self, day: date) -> str:
        """The worker status of the last contract that began by `day`; empty where none says it."""
        begun = [status for start, _, status in self.contracts if start <= day and status]
        return begun[-1] if begun else next((status for _, _, status in self.contracts if status), "")

    def weekly_minutes_on(self, day: date) -> int:
        """The average week by the schedule of `day`, or of the first one after it; 0 without a schedule."""
        schedule = self.schedule_on(day)
        return weekly_minutes(schedule) if schedule else 0

    def schedule_on(self, day: date) -> WorkSchedule | None:
        """The schedule of `day`, or the first one after it."""
        begun = [one for one in self.schedules if one.valid_from <= day] or self.schedules[:1]
        return begun[-1].schedule if begun else None


def service(store: Store, employer_id: int, person_ids: Sequence[int] | None = None) -> dict[int, Service]:
    """These people of the employer (None: all of them) by id, in name order."""
    found: dict[int, Service] = {}
    if person_ids is None:
        _people(store, employer_id, "", (), found)
    else:
        for portion in portions(list(dict.fromkeys(person_ids))):
            _people(store, employer_id, f" AND p.id IN ({marks(len(portion))})", portion, found)
    return found


def people_ids(store: Store, employer_id: int) -> list[int]:
    """Everybody of the employer in name order, to ask for some at a time."""
    found = store.con.execute(
        "SELECT id FROM person WHERE employer_id = ? ORDER BY sort_name, id", (employer_id,)
    )
    return [id_ for (id_,) in found]


def _people(
    store: Store, employer_id: int, condition: str, ids: Sequence[int], found: dict[int, Service]
) -> None:
    own = f"person p WHERE p.employer_id = ?{condition}"
    for id_, number, first, last, prefix in store.con.execute(
        f"SELECT p.id, p.number, p.first_name, p.last_name, p.name_prefix FROM {own}"
        " ORDER BY p.sort_name, p.id",
        (employer_id, *ids),
    ):
        found[id_] = Service(id_, number, full_name(first, last, prefix))
    for person_id, start, end, status in store.con.execute(
        "SELECT person_id, start_date, end_date, worker_status FROM contract"
        f" WHERE person_id IN (SELECT p.id FROM {own}) ORDER BY start_date",
        (employer_id, *ids),
    ):
        contract = (date.fromisoformat(start), day_of(end), status)
        found[person_id].contracts.append(contract)
    schedules = work_schedules(store, employer_id)
    for person_id, valid_from, schedule_id in store.con.execute(
        "SELECT person_id, valid_from, schedule_id FROM schedule_assignment"
        f" WHERE person_id IN (SELECT p.id FROM {own}) ORDER BY valid_from",
        (employer_id, *ids),
    ):
        assignment = ScheduleAssignment(date.fromisoformat(valid_from), schedules[schedule_id])
        found[person_id].schedules.append(assignment)
