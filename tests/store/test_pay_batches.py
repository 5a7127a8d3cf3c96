"""What a month holds by type, and the batches that can be opened again."""

from __future__ import annotations

import pytest

from hrtui.domain.month import Month
from hrtui.store.pay_batches import TypeMonth, batches, month_by_type
from hrtui.store.pay_bulk import plan_batch, plan_bulk, save_bulk
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.undo import undo
from tests.store.conftest import Office
from tests.store.test_pay_components import BONUS

MAY = Month(2026, 5)


@pytest.fixture
def people(office: Office) -> list[int]:
    return [office.add_person("An", f"Voorbeeld {n}", number=str(n)) for n in range(3)]


def save(office: Office, kind: int, people: list[int], amount: str, **span: object) -> int:
    plan = plan_bulk(office.store, office.employer_id, kind, MAY, people, **span)  # type: ignore[arg-type]
    assert plan.set_all(amount) == ""
    batch_id = save_bulk(office.store, office.employer_id, plan)
    assert batch_id is not None
    return batch_id


def test_each_batch_of_a_month_with_its_people_and_total_the_latest_first(
    office: Office, people: list[int]
) -> None:
    kind = save_pay_type(office.store, office.employer_id, BONUS)
    first = save(office, kind, people, "100")
    second = save(office, kind, people[:1], "50", endless=True)
    found = batches(office.store, office.employer_id, MAY, kind)
    assert [(one.id, one.people, one.cents, one.actor) for one in found] == [
        (second, 1, 5000, "Clerk One"), (first, 3, 30000, "Clerk One"),
    ]  # fmt: skip
    assert [one.last_month for one in found] == [None, MAY]
    assert [one.id for one in batches(office.store, office.employer_id, MAY.shift(1), kind)] == [second]
    assert month_by_type(office.store, office.employer_id, MAY) == {kind: TypeMonth(3, 35000)}


def test_a_batch_that_was_adjusted_or_undone_shows_what_is_left(office: Office, people: list[int]) -> None:
    kind = save_pay_type(office.store, office.employer_id, BONUS)
    batch_id = save(office, kind, people, "100")
    plan = plan_batch(office.store, office.employer_id, batch_id)
    plan.set_text(0, "")
    save_bulk(office.store, office.employer_id, plan)
    (left,) = batches(office.store, office.employer_id, MAY, kind)
    assert (left.people, left.cents) == (2, 20000)
    undo(office.store, office.employer_id)
    undo(office.store, office.employer_id)
    assert batches(office.store, office.employer_id, MAY, kind) == []
    assert month_by_type(office.store, office.employer_id, MAY) == {}
