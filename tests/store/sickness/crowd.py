"""Thousands of cases of illness, for what lists over all of them cost."""

from __future__ import annotations

from datetime import date, timedelta

from hrtui.store.changes import Change, RowChange, write
from hrtui.store.ids import new_id
from hrtui.store.store import Store


def many_cases(store: Store, employer_id: int, count: int, today: date) -> None:
    """Cases of as many people over two years, every third still open, at 100 %."""
    people, cases, steps = list[Change](), list[Change](), list[Change]()
    for number in range(count):
        person_id, case_id = new_id(), new_id()
        first = today - timedelta(days=number % 700)
        last = None if number % 3 == 0 else first + timedelta(days=number % 20)
        person = {
            "employer_id": employer_id,
            "number": str(number),
            "first_name": "Ann",
            "last_name": f"Test{number}",
            "sort_name": f"test{number:05} ann",
            "search_text": f"{number} test{number} ann",
        }
        case = {
            "employer_id": employer_id,
            "person_id": person_id,
            "classification": "ill",
            "first_day": first.isoformat(),
            "last_day": last.isoformat() if last else None,
            "reported_at": f"{first} 08:00:00.000000",
        }
        step = {
            "employer_id": employer_id,
            "case_id": case_id,
            "from_date": first.isoformat(),
            "percent": 100,
            "source": "employer",
            "reported_at": f"{first} 08:00:00.000000",
        }
        people.append(RowChange("person", person_id, None, person))
        cases.append(RowChange("sickness_case", case_id, None, case))
        steps.append(RowChange("sickness_progress", new_id(), None, step))
    assert write(store, employer_id, "many", [*people, *cases, *steps], undoable=False).step_id
