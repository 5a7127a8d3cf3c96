"""Whole screens as text, in three sizes and languages, against the files in `golden`.

After a wanted change: HRTUI_REWRITE_GOLDEN=1 pytest tests/screens/test_golden.py, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hrtui.domain.identity.problem import Value
from hrtui.domain.money import PayValue
from hrtui.domain.month import Month
from hrtui.domain.roles import Area
from hrtui.i18n import LANGUAGES
from hrtui.store.check_off import check
from hrtui.store.employer_records import set_role
from hrtui.store.employers import create_employer
from hrtui.store.messages import add_message
from hrtui.store.pay_bulk import plan_bulk, save_bulk
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.pay_components import add_component
from hrtui.store.people import person_ids
from hrtui.store.provider_links import save_provider
from tests.screens.conftest import Start, screen_text
from tests.store.conftest import Office

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((60, 15), (80, 24), (200, 60))
SCENES = {
    "month": ("ctrl+home", "1", "0", "enter"),
    "month-selected": ("ctrl+home", "space", "9", "enter", "shift+right", "shift+down", "5"),
    "filter": ("slash", "down", "down", "down", "down"),
    "hours": ("ctrl+home", "2", "enter", "equals_sign", *"4 qq", "enter"),
    "person-month": ("ctrl+home", "ctrl+o"),
    "person-year": ("ctrl+home", "ctrl+o", "tab"),
    "person-add": ("ctrl+home", "ctrl+o", "enter", "down"),
    "year": ("ctrl+home", "ctrl+e"),
    "places": ("ctrl+t",),
    "people": ("ctrl+t", "2", *"shop"),
    "person": ("ctrl+t", "2", "enter", "tab", "tab", *"x1", "tab"),
    "person-more": ("ctrl+t", "2", "enter", "f2"),
    "contract-change": ("ctrl+t", "2", "enter", "f2", "1"),
    "contract-end": ("ctrl+t", "2", *"claes", "delete", *"02092026", "tab"),
    "new-person": ("ctrl+t", "2", "ctrl+n", "enter", *"Dubois", "enter", *"Eva", "enter"),
    "schedules": ("ctrl+t", "7"),
    "schedule": ("ctrl+t", "7", *"103", "enter", "enter", "enter"),
    "teams": ("ctrl+t", "8"),
    "paste": ("ctrl+home", "home", "shift+right", "shift+right", "ctrl+c", "4", "enter", "ctrl+v"),
    "components": ("ctrl+t", "4"),
    "pay-sheet": (
        "ctrl+t",
        "4",
        "enter",
        "1",
        *"500",
        "enter",
        *"12x",
        "enter",
        *"1234,5",
        "enter",
        "up",
        "up",
    ),
    "pay-batches": ("ctrl+t", "4", "enter"),
    "pay-people": ("ctrl+t", "4", "enter", "1", "f5", "tab", "right"),
    "pay-type": ("ctrl+t", "4", "f4"),
    "pay-person": ("ctrl+home", "ctrl+o", "f8"),
    "pay-calendar": ("ctrl+home", "ctrl+o"),
    "message": ("ctrl+home", "ctrl+o", "f5", *"One", "enter", *"two"),
    "messages": ("ctrl+t", "5"),
    "checked": ("ctrl+home", "down", "down", "exclamation_mark", "exclamation_mark"),
    "employer": ("ctrl+t", "9", "tab", "tab", *"12", "tab"),
    "employers": ("ctrl+t", "0"),
    "providers": ("ctrl+t", "9", "f2", "1"),
    "roles": ("ctrl+t", "9", "f2", "2"),
    "leave-types": ("ctrl+t", "3", "f9"),
    "leave-type": ("ctrl+t", "3", "down", "enter", "pagedown"),
    "leave-activate": ("ctrl+t", "3", "f9", *"gvm", "enter"),
    "leave-new": ("ctrl+t", "3", "ctrl+n", *"vak", "enter"),
    "allowances": ("ctrl+home", "down", "ctrl+o", "f6"),
    "entitlements": ("ctrl+t", "3", *"vak", "f2", "2"),
    "roll-over": ("ctrl+t", "3", "f2", "3"),
    "holidays": ("ctrl+t", "6"),
    "holiday": ("ctrl+t", "6", "enter"),
}


SEPTEMBER = Month(2026, 9)
BONUS: dict[str, Value] = {
    "code": "070", "name_nl": "Premie", "name_fr": "Prime", "name_en": "Bonus", "group_name": "",
    "input": "total", "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip
SECUREX: dict[str, Value] = {
    "provider": "securex", "client_number": "12345", "contact": "", "cutoff_day": 25, "active": 1,
}  # fmt: skip


def month_end(world: Office) -> None:
    """Add what a month's end has: pay, messages, checked people, a provider, a role, another employer."""
    store, employer_id = world.store, world.employer_id
    people = person_ids(store, employer_id, SEPTEMBER)
    kind = save_pay_type(store, employer_id, BONUS)
    add_component(store, employer_id, people[0], kind, SEPTEMBER.shift(-1), PayValue(12550), endless=True)
    plan = plan_bulk(store, employer_id, kind, SEPTEMBER, people[:3])
    plan.set_all("500")
    save_bulk(store, employer_id, plan)
    add_message(store, employer_id, SEPTEMBER, "For the employer\nin two lines")
    add_message(store, employer_id, SEPTEMBER, "About a person", people[0])
    check(store, employer_id, people[:2], SEPTEMBER)
    save_provider(store, employer_id, SECUREX)
    set_role(store, employer_id, "manager", [Area.WAGES, Area.PAY_COMPONENTS])
    create_employer(store, "Zweite BV", "NL", "nl", 2026)


MONTH_END = (
    "components", "pay-sheet", "pay-batches", "pay-people", "pay-type", "pay-person", "pay-calendar",
    "message", "messages", "checked", "employer", "employers", "providers", "roles",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_looks_as_it_did(start: Start, world: Office, scene: str, language: str) -> None:
    if scene in MONTH_END:
        month_end(world)
    shown = []
    for size in SIZES:
        # A form that the size before left would be offered first.
        world.store.con.execute("DELETE FROM form_draft")
        async with start(size=size, language=language) as pilot:
            await pilot.press(*SCENES[scene])
            await pilot.pause()
            shown.append(f"== {size[0]}×{size[1]} ==\n{screen_text(pilot.app)}")
    file = GOLDEN / f"{scene}.{language}.txt"
    if os.environ.get("HRTUI_REWRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(shown), encoding="utf-8")
    assert "\n".join(shown) == file.read_text(encoding="utf-8")
