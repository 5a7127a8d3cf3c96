"""What is kept to other roles shows nowhere: no screen, history, export or command gives it away."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from hrtui import clock
from hrtui.cli.run import run
from hrtui.domain.day import HIDDEN_TYPE, Entry
from hrtui.domain.identity.problem import Value
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.money import PayValue
from hrtui.domain.month import Month
from hrtui.domain.roles import (
    AUDITOR,
    CASE_MANAGER,
    CLERK,
    MANAGER,
    Area,
    area_of,
    only_reads,
    sees,
    sees_cases,
)
from hrtui.domain.sync.units import ENTITIES
from hrtui.forwarding.prepare import Wanted, prepare
from hrtui.imports.run import import_file
from hrtui.payroll.export import LAYOUTS, Layout, export_month
from hrtui.store.balances import balances
from hrtui.store.changes import DayChange, RowChange, write
from hrtui.store.contracts import change_contract, contracts_of
from hrtui.store.drafts import save_draft
from hrtui.store.employer_records import set_role
from hrtui.store.entries import current
from hrtui.store.errors import StoreError
from hrtui.store.holiday_records import touched_entries
from hrtui.store.leave_type_records import save_type
from hrtui.store.messages import add_message
from hrtui.store.month_view import MonthView
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.pay_components import add_component
from hrtui.store.roles import CASE, refuse_handing_on, rights, set_own_roles
from hrtui.store.undo import undo
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office

SEPTEMBER = Month(2026, 9)
BOSS = "boss"
SECRETS: dict[Area, tuple[str, ...]] = {
    Area.NATIONAL_NUMBERS: ("85073003328", "033.28", "033-28", "•••.28"),
    Area.BANK: ("BE71 0961 2345 6769", "BE71096123456769"),
    Area.WAGES: ("3123",),
    Area.PAY_COMPONENTS: ("777.77", "77777", "Secret bonus"),
    Area.SICKNESS: ("GEH", "Geheim"),
    Area.MESSAGES: ("Confidential",),
    Area.SETTINGS: ("0403.019.261", "0403019261"),
}
"""What stands for each area in the world of these tests; GEH is an illness that is entered."""
BONUS: dict[str, Value] = {
    "code": "070", "name_nl": "", "name_fr": "", "name_en": "Secret bonus", "group_name": "",
    "input": "total", "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip
ILL_DAY = date(2026, 9, 21)
WALKS: tuple[tuple[str, ...], ...] = (
    ("ctrl+t", "2", *"baeten", "enter", "pagedown", *("tab",) * 3, "f4", *("tab",) * 3, *("pagedown",) * 7),
    ("ctrl+t", "2", *"baeten", "enter", *("down",) * 5, "f4", "down", "f4", "f3", *("down",) * 6),
    ("ctrl+t", "2", *"baeten", "enter", "f2", "2", "enter", *("down",) * 9),
    ("ctrl+t", "2", *"baeten", "enter", "f2", "2", "f3", *("down",) * 3),
    ("ctrl+t", "2", *"baeten", "enter", "f2", "1", *("down",) * 9),
    ("ctrl+t", "2", *"baeten", "enter", "f2", "3", *("down",) * 9),
    ("ctrl+t", "2", *"baeten", "enter", "f2", "4", *"15092026", "tab", "enter"),
    ("ctrl+t", "2", "ctrl+n", "enter", *("tab",) * 8, *("pagedown",) * 6),
    ("ctrl+home", "down", "2", "1", "enter", "f3", "down"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+c", "right", "ctrl+v", "enter"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+z", "equals_sign"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+e", "enter"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+o", "f3"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+o", "tab", "tab", "f8", "enter", "f3"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+o", "f6", "down", "down", "enter"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+o", "ctrl+n", "tab"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+o", "ctrl+f", "enter"),
    ("ctrl+home", "down", "2", "1", "enter", "ctrl+o", "f5", "tab"),
    ("ctrl+t", "4", "enter", "enter"),
    ("ctrl+t", "5", "enter"),
    ("ctrl+t", "9", *("tab",) * 5, "f3"),
)
"""Keys that lead past everything that shows people's data; every screen on the way is looked at."""


@pytest.fixture
def kept(world: Office) -> Office:
    """The world with something of each area about Baeten, on a backend whose employer keeps all to `boss`."""
    store, employer_id = world.store, world.employer_id
    baeten = person(world)
    illness = LeaveType(0, "GEH", "", {"en": "Geheim", "nl": "Geheim", "fr": "Geheim"}, Category.ABSENCE)
    kind = save_type(store, employer_id, illness)
    store.con.execute("UPDATE leave_type SET sickness = 1 WHERE id = ?", (kind.id,))
    contract = contracts_of(store, baeten)[0]
    numbers = {"national_number": "85073003328", "iban": "BE71096123456769"}
    wage = {"wage_type": "monthly", "wage_cents": 312345}
    empty = {"national_number": "", "iban": ""}
    changes = [
        RowChange("person", baeten, empty, numbers),
        RowChange("contract", contract.id, {"wage_type": "", "wage_cents": None}, wage),
        RowChange("employer", employer_id, {"enterprise_number": ""}, {"enterprise_number": "0403019261"}),
    ]
    add_component(store, employer_id, baeten, save_pay_type(store, employer_id, BONUS), SEPTEMBER,
                  PayValue(77777))  # fmt: skip
    add_message(store, employer_id, SEPTEMBER, "Confidential", baeten)
    data = {"values": {"last_name": "Testman", "who": "myself", "provider": None, **numbers, **wage}}
    save_draft(store, employer_id, "Testman", "last_name", data)
    assert write(store, employer_id, "Record of Baeten", changes).step_id
    ill = DayChange(baeten, ILL_DAY, (), (Entry(kind.id, 456),))
    assert write(store, employer_id, "Geheim Baeten", [ill]).step_id
    store.con.execute("INSERT INTO setting VALUES ('backend', 'https://127.0.0.1')")
    set_own_roles(store, employer_id, [AUDITOR, MANAGER])
    set_role(store, employer_id, BOSS, list(Area))
    set_own_roles(store, employer_id, [CLERK])
    return world


def person(world: Office) -> int:
    """Baeten."""
    found = world.store.con.execute("SELECT id FROM person WHERE number = '102'").fetchone()
    return int(found[0])


async def seen(start: Start, walk: tuple[str, ...]) -> str:
    """All that the screens show on the way."""
    shown: list[str] = []
    async with start(size=(120, 40)) as pilot:
        for key in walk:
            await pilot.press(key)
            shown.append(screen_text(pilot.app))
    return "\n".join(shown)


def names_of(text: str) -> set[Area]:
    """The areas of which something stands in a text."""
    return {area for area, secrets in SECRETS.items() if any(secret in text for secret in secrets)}


@pytest.mark.parametrize("walk", WALKS, ids=" ".join)
async def test_no_screen_shows_what_is_kept_to_others(
    start: Start, kept: Office, walk: tuple[str, ...]
) -> None:
    assert names_of(await seen(start, walk)) == set()


async def test_the_same_ways_show_all_of_it_to_those_it_is_kept_to(start: Start, kept: Office) -> None:
    set_own_roles(kept.store, kept.employer_id, [BOSS])
    found: set[Area] = set()
    for place in (1, 2, 13, 16, 20):
        found |= names_of(await seen(start, WALKS[place]))
    assert found == set(Area)


async def test_without_a_backend_nothing_is_hidden_and_the_roles_screen_says_so(
    start: Start, kept: Office
) -> None:
    kept.store.con.execute("DELETE FROM setting WHERE name = 'backend'")
    kept.store._backend = False
    assert rights(kept.store, kept.employer_id).hidden == frozenset()
    async with start() as pilot:
        await pilot.press("ctrl+t", "9", "f2", "2")
        assert "counts once a backend is connected" in told(pilot.app)


async def test_a_hidden_field_and_a_hidden_key_say_why(start: Start, kept: Office) -> None:
    async with start(size=(120, 40)) as pilot:
        await pilot.press("ctrl+t", "2", *"baeten", "enter")
        assert screen_text(pilot.app).count("hidden: kept to other roles") >= 2
        await pilot.press("escape", "escape", "escape", "ctrl+t", "4")
        assert "Your roles may not see this: the employer's settings say who may." in told(pilot.app)
        await pilot.press("ctrl+t")
        assert screen_text(pilot.app).count("hidden: kept to other roles") == 6


async def test_a_hidden_illness_is_a_plain_absence_that_stays(start: Start, kept: Office) -> None:
    ill = (Entry(kept.kind("z"), 456),)
    async with start(size=(120, 40)) as pilot:
        await pilot.press("ctrl+home", "down", "2", "1", "enter")
        assert "Absent 7:36" in told(pilot.app)
        for key in ("v", "delete", "minus"):
            await pilot.press(key)
            assert "holds an absence that your roles may not see: it stays as it is." in told(pilot.app)
            await pilot.press("2", "1", "enter")
        await pilot.press("2", "3", "enter", "z")
        assert f"may only be entered by somebody with the role “{BOSS}”" in told(pilot.app)
    days = [(person(kept), date(2026, 9, day)) for day in (14, 21, 23)]
    assert [bool(entries) for entries in current(kept.store.con, days).values()] == [True, True, False]
    assert current(kept.store.con, days[:1])[days[0]] == ill


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_export_gives_illness_away(kept: Office, layout: Layout) -> None:
    def exported() -> str:
        content = export_month(kept.store, kept.employer_id, SEPTEMBER, layout, None)
        assert isinstance(content, bytes)
        if layout == "pdf":
            return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        if layout == "xlsx":
            book = zipfile.ZipFile(io.BytesIO(content))
            return "\n".join(book.read(name).decode() for name in book.namelist())
        return content.decode()

    assert names_of(exported()) == set()
    assert "ABS" in exported()
    set_own_roles(kept.store, kept.employer_id, [BOSS])
    assert names_of(exported()) == {Area.SICKNESS}


@pytest.mark.parametrize("kind", ["people", "components", "messages", "month"])
def test_no_command_gives_anything_away(
    kept: Office, kind: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = str(kept.profile.folder.parent)
    words = ["--profile", "test", "--data-dir", folder, "export", kind, "2026-09"]
    run(words)
    out, err = capfdbinary.readouterr()
    assert names_of(out.decode() + err.decode()) == set()
    set_own_roles(kept.store, kept.employer_id, [BOSS])
    run(words)
    shown = names_of(capfdbinary.readouterr().out.decode())
    areas = {"components": Area.PAY_COMPONENTS, "messages": Area.MESSAGES, "month": Area.SICKNESS}
    assert shown == ({areas[kind]} if kind in areas else set())


def test_balances_and_touched_entries_leave_illness_out(kept: Office) -> None:
    store, employer_id, baeten = kept.store, kept.employer_id, person(kept)
    own = balances(store, employer_id, baeten, 2026, clock.today())
    assert "GEH" not in {one.kind.key for one in own}
    (touched,) = touched_entries(store, employer_id, [ILL_DAY], [None])
    assert touched.leave_type_id == HIDDEN_TYPE


def test_an_import_leaves_the_hidden_columns_out_and_says_so(kept: Office, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("number;last name;first name;iban;national number\n102;Baeten;Rob;BE68539007547034;\n")
    report = import_file(kept.store, kept.employer_id, "people", file, dry_run=False, skip_bad=False)
    assert [remark.text for remark in report.warnings][:1] == [
        "“iban” is kept to other roles than yours: the column is left out."
    ]
    row = kept.store.con.execute("SELECT first_name, iban FROM person WHERE number = '102'").fetchone()
    assert row == ("Rob", "BE71096123456769")


def test_what_is_hidden_cannot_be_written_and_the_rest_can(kept: Office) -> None:
    store, employer_id, baeten = kept.store, kept.employer_id, person(kept)
    forbidden = [
        RowChange("person", baeten, {"iban": "BE71096123456769"}, {"iban": ""}),
        RowChange("contract", contracts_of(store, baeten)[0].id, {"wage_cents": 312345}, {"wage_cents": 1}),
        RowChange("employer", employer_id, {"name": "Voorbeeld NV"}, {"name": "X"}),
    ]
    for change in forbidden:
        with pytest.raises(StoreError, match="Your roles may not change this"):
            write(store, employer_id, "x", [change])
    with pytest.raises(StoreError, match="Your roles may not change this"):
        add_message(store, employer_id, SEPTEMBER, "x")
    change_contract(
        store, employer_id, baeten, date(2026, 10, 1), {"hours_per_week": 1900, "wage_cents": 312345}
    )
    assert contracts_of(store, baeten)[-1].values["wage_cents"] == 312345


@pytest.mark.parametrize("area", [Area.NATIONAL_NUMBERS, Area.PAY_COMPONENTS, Area.MESSAGES, Area.SICKNESS])
def test_a_month_is_handed_on_by_those_who_see_what_goes_along(kept: Office, area: Area) -> None:
    store, employer_id = kept.store, kept.employer_id
    with pytest.raises(StoreError, match="ask somebody who may see it"):
        refuse_handing_on(store, employer_id)
    set_own_roles(store, employer_id, [BOSS, MANAGER])
    set_role(store, employer_id, BOSS, [Area.WAGES, Area.SETTINGS])
    set_role(store, employer_id, "payroll", [area])
    wanted = Wanted(SEPTEMBER, "csv", [person(kept)], clock.now())
    with pytest.raises(StoreError, match="ask somebody who may see it"):
        prepare(store, employer_id, wanted, lambda key: pytest.fail(key))
    set_own_roles(store, employer_id, [BOSS, "payroll"])
    refuse_handing_on(store, employer_id)


def test_a_step_with_something_hidden_is_not_undone(kept: Office) -> None:
    kept.store.con.execute("UPDATE step SET state = 'gone' WHERE label LIKE 'Role%'")
    with pytest.raises(StoreError, match="Your roles may not change this"):
        undo(kept.store, kept.employer_id)
    set_own_roles(kept.store, kept.employer_id, [BOSS])
    undone = undo(kept.store, kept.employer_id)
    assert undone is not None
    assert undone.label == "Geheim Baeten"


async def test_an_auditor_sees_everything_but_illness_and_changes_nothing(start: Start, kept: Office) -> None:
    set_own_roles(kept.store, kept.employer_id, [AUDITOR])
    sentence = "Your role is auditor: you may look, and change nothing."
    steps = kept.store.con.execute("SELECT count(*) FROM step").fetchone()
    async with start(size=(120, 40)) as pilot:
        await pilot.press("ctrl+home", "down", "2", "1", "enter")
        assert "Absent 7:36" in told(pilot.app)
        await pilot.press("2", "3", "enter", "v")
        assert sentence in told(pilot.app)
        await pilot.press("ctrl+z")
        assert sentence in told(pilot.app)
        await pilot.press("exclamation_mark")
        assert sentence in told(pilot.app)
        await pilot.press("ctrl+t", "2", *"baeten", "enter", "tab", *"Xx")
        assert sentence in told(pilot.app)
        await pilot.press("escape", "y", "escape", "escape", "ctrl+t", "2", "ctrl+n", "enter")
        await pilot.press("tab", *"New", "tab", "escape", "escape")
    assert kept.store.con.execute("SELECT count(*) FROM step").fetchone() == steps


def test_what_a_sickness_case_entered_is_for_case_managers(world: Office) -> None:
    """The area itself is open: a clerk sees illness that clerks entered, and of a case that there is one."""
    store, employer_id, baeten = world.store, world.employer_id, person(world)
    entry = Entry(world.kind("z"), 456, source=CASE)
    write(store, employer_id, "x", [DayChange(baeten, ILL_DAY, (), (entry,))])
    store.con.execute("INSERT INTO setting VALUES ('backend', 'https://127.0.0.1')")

    def shown() -> list[int]:
        days = MonthView(store, employer_id, SEPTEMBER, [baeten]).row(0).days
        return [days[number - 1].entries[0].leave_type_id for number in (14, 21)]

    assert shown() == [world.kind("z"), HIDDEN_TYPE]
    with pytest.raises(StoreError):
        write(store, employer_id, "x", [DayChange(baeten, ILL_DAY, (entry,), ())])
    set_own_roles(store, employer_id, [CASE_MANAGER])
    assert shown() == [world.kind("z")] * 2


def test_client_and_service_guard_the_same_columns() -> None:
    """The registry of what is synced names the areas by unit, the client by column."""
    for table, entity in ENTITIES.items():
        for column in [name for names in entity.units.values() for name in names]:
            area = area_of(table, column)
            if area is not None:
                assert area in (entity.area_of(entity.unit_of(column)), entity.guard), (table, column)
            else:
                assert entity.area_of(entity.unit_of(column)) in (None, Area.SICKNESS), (table, column)


def test_an_auditor_who_also_enters_may_enter() -> None:
    assert only_reads({AUDITOR})
    assert not only_reads({AUDITOR, CLERK})


def test_only_case_managers_see_cases() -> None:
    """As the backend's scope has it: also where an employer keeps illness to other roles."""
    for roles in ({CLERK}, {AUDITOR}, {AUDITOR, CLERK}, {"manager"}, {"administrator"}, set[str]()):
        assert not sees_cases(roles)
    assert sees_cases({CASE_MANAGER})
    assert not sees(Area.SICKNESS, {AUDITOR}, {"manager"})
    assert sees(Area.SICKNESS, {AUDITOR}, ())
    assert sees(Area.BANK, {AUDITOR}, {"manager"})
