"""Whom a month concerns, also without a contract in it."""

from __future__ import annotations

from datetime import date

from hrtui.domain.money import PayValue
from hrtui.forwarding.people import people_of
from hrtui.store.messages import add_message
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.pay_components import add_component
from tests.forwarding.conftest import SEPTEMBER, Desk

BONUS = {
    "code": "070", "name_nl": "Premie", "name_fr": "", "name_en": "", "group_name": "", "input": "total",
    "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip


def test_pay_after_the_last_day_of_service_is_not_left_behind(desk: Desk) -> None:
    store, employer_id = desk.office.store, desk.office.employer_id
    kind = save_pay_type(store, employer_id, BONUS)
    gone = [
        desk.office.add_person("Dis", "Vertrokken", end=date(2026, 8, 31)),
        desk.office.add_person("Eva", "Vertrokken", end=date(2026, 8, 31)),
        desk.office.add_person("Fons", "Vertrokken", end=date(2026, 8, 31)),
    ]
    assert people_of(store, employer_id, SEPTEMBER) == desk.people
    add_component(store, employer_id, gone[0], kind, SEPTEMBER, PayValue(50_000))
    add_message(store, employer_id, SEPTEMBER, "Left", gone[1])
    add_component(store, employer_id, gone[2], kind, SEPTEMBER.shift(-3), PayValue(50_000), endless=True)
    found = people_of(store, employer_id, SEPTEMBER)
    assert found == [*desk.people, *sorted(gone[:2])]
    plan = desk.prepared(found).plans[gone[0]]
    assert [one.cents for one in plan.snapshot.components] == [50_000]
    assert not plan.snapshot.days
    assert people_of(store, employer_id, SEPTEMBER.shift(1)) == desk.people
