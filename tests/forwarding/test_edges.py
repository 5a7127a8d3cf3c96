"""Illness over the edge of a month: the days between go to who wants them, and corrections follow from it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.domain.day import Entry
from hrtui.domain.identity.problem import Value
from hrtui.domain.month import Month
from hrtui.domain.month_end.finding import Finding, Rule
from hrtui.domain.snapshot import Changed, Snapshot, canonical, from_json, sha256
from hrtui.forwarding.check import check
from hrtui.forwarding.layouts import layouts_of
from hrtui.forwarding.plan import State, open_corrections, plan_people
from hrtui.forwarding.port import UnlockOrder
from hrtui.forwarding.prepare import Prepared, Wanted, prepare
from hrtui.forwarding.wording import difference_texts, finding_sentence
from hrtui.payroll.layouts import Header, load_layout, render
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store.changes import DayChange, write
from hrtui.store.entries import current
from hrtui.store.leave_types import leave_types
from hrtui.store.provider_links import save_provider
from tests.forwarding.conftest import Desk
from tests.payroll.parsers import read_klx
from tests.store.conftest import Office

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
MOMENT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
SATURDAY, SUNDAY = date(2026, 10, 31), date(2026, 11, 1)
FRIDAY, TUESDAY = date(2026, 10, 30), date(2026, 11, 3)
HOLIDAYS = {date(2026, 11, 2), date(2026, 11, 11)}
"""The first is the Monday in the place of All Saints' Day, a Sunday."""
ILL, ACCIDENT, LEAVE = "ZGL", "AO", "VAK"
CODES = {ILL: "0050", "ZMU": "0050", ACCIDENT: "0055"}
SCHEDULES = ([456] * 5 + [0, 0], [456] * 4 + [0, 0, 0], [0, 480, 480, 480, 0, 0, 0])
WINDOW = [date(2026, 10, 19) + timedelta(days=n) for n in range(28)]


@pytest.fixture
def acerta(office: Office) -> Office:
    """An employer at Acerta, with a code for every type."""
    values: dict[str, Value] = {"provider": "acerta", "client_number": "1111111", "active": 1}
    link = save_provider(office.store, office.employer_id, values)
    for kind in leave_types(office.store, office.employer_id).values():
        codes = json.dumps({"acerta": CODES.get(kind.key, "0100")})
        office.store.con.execute("UPDATE leave_type SET provider_codes = ? WHERE id = ?", (codes, kind.id))
    for place, week in enumerate(SCHEDULES):
        person = office.add_person("Ann", f"Testman {place}", number=str(201 + place), weeks=[week])
        office.store.con.execute(
            "UPDATE person SET provider_link_id = ?, provider_number = number WHERE id = ?", (link, person)
        )
    return office


def people(office: Office) -> list[int]:
    rows = office.store.con.execute(
        "SELECT id FROM person WHERE provider_link_id IS NOT NULL ORDER BY number"
    ).fetchall()
    return [id_ for (id_,) in rows]


def enter(office: Office, person_id: int, entered: Mapping[date, str]) -> None:
    """Enter types by key for whole days; '' empties one."""
    ids = {kind.key: kind.id for kind in leave_types(office.store, office.employer_id).values()}
    changes = []
    for day, key in entered.items():
        old = current(office.store.con, [(person_id, day)])[person_id, day]
        week = SCHEDULES[people(office).index(person_id)]
        entries = (Entry(ids[key], week[day.weekday()]),) if key and week[day.weekday()] else ()
        if old != entries:
            changes.append(DayChange(person_id, day, old, entries))
    if changes:
        assert not write(office.store, office.employer_id, "entry", changes).stale


def without_time(made: Collection[Snapshot], month: Month) -> set[tuple[date, str]]:
    """What the file says without time: the days with the code."""
    (file, *_) = render(load_layout("acerta"), list(made), Header("Voorbeeld NV", month, MOMENT))
    return {(line.day, line.code) for line in read_klx(file.content) if line.amount == 0}


def expected(week: list[int], entered: Mapping[date, str]) -> Iterator[tuple[date, str]]:
    """Every day without work between two working days under one code, as if there were no months."""
    working = [day for day in WINDOW if week[day.weekday()] and day not in HOLIDAYS]
    for day in WINDOW:
        left = [one for one in working if one < day]
        right = [one for one in working if one > day]
        if week[day.weekday()] or not left or not right:
            continue
        codes = {CODES.get(entered.get(one, "")) for one in (left[-1], right[0])}
        if len(codes) == 1 and (code := codes.pop()):
            yield day, code


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 2),
    st.lists(st.sampled_from(["", ILL, ILL, "ZMU", ACCIDENT, LEAVE]), min_size=28, max_size=28),
)
def test_an_illness_does_not_end_with_the_month(acerta: Office, place: int, keys: list[str]) -> None:
    person = people(acerta)[place]
    entered = {day: key for day, key in zip(WINDOW, keys, strict=True) if day not in HOLIDAYS}
    enter(acerta, person, entered)
    found: set[tuple[date, str]] = set()
    for month in (OCTOBER, NOVEMBER):
        made = snapshots(acerta.store, acerta.employer_id, month, [person])
        found |= without_time(made.values(), month)
        assert from_json(canonical(made[person])) == made[person]
    assert found == {*expected(SCHEDULES[place], entered)}


def forward(office: Office, month: Month, folder: Desk, person_id: int, layout: str = "acerta") -> Prepared:
    wanted = Wanted(month, layout, [person_id], MOMENT)
    prepared = prepare(office.store, office.employer_id, wanted, layouts_of(None))
    folder.folder.mkdir(exist_ok=True)
    folder.port.forward(prepared.order)
    return prepared


def lines(prepared: Prepared) -> list[tuple[date, str, int]]:
    return [(one.day, one.code, one.amount) for one in read_klx(prepared.files[0].content)]


def stays(office: Office, month: Month, person_id: int) -> list[Finding]:
    layout = load_layout("acerta")
    found = check(office.store, office.employer_id, month, [person_id], layout)
    return [one for one in found.findings if one.rule is Rule.STAYS]


def test_illness_of_the_next_month_corrects_the_last_weekend(acerta: Office, desk: Desk) -> None:
    ann = people(acerta)[0]
    enter(acerta, ann, {FRIDAY: ILL})
    assert (SATURDAY, "0050", 0) not in lines(forward(acerta, OCTOBER, desk, ann))
    assert open_corrections(acerta.store, acerta.employer_id, OCTOBER) == {}
    enter(acerta, ann, {TUESDAY: LEAVE})
    assert open_corrections(acerta.store, acerta.employer_id, OCTOBER) == {}
    enter(acerta, ann, {TUESDAY: ILL})
    (plan,) = open_corrections(acerta.store, acerta.employer_id, OCTOBER).values()
    (one,) = plan.differences
    assert (plan.state, one.what, one.date, one.new) == (State.CHANGED, Changed.SPELL, SATURDAY, 1)
    assert difference_texts(one)[1:] == ("–", "goes on")
    assert stays(acerta, OCTOBER, ann) == []
    assert (SATURDAY, "0050", 0) in lines(forward(acerta, OCTOBER, desk, ann))
    assert open_corrections(acerta.store, acerta.employer_id, OCTOBER) == {}


def test_what_the_file_cannot_take_back_is_told(acerta: Office, desk: Desk) -> None:
    ann = people(acerta)[0]
    enter(acerta, ann, {FRIDAY: ILL, TUESDAY: ILL})
    forward(acerta, OCTOBER, desk, ann)
    assert (SUNDAY, "0050", 0) in lines(forward(acerta, NOVEMBER, desk, ann))
    desk.port.unlock(UnlockOrder(acerta.employer_id, NOVEMBER, [ann], "asked by phone", 2))
    enter(acerta, ann, {TUESDAY: ""})
    for month, day in ((OCTOBER, SATURDAY), (NOVEMBER, SUNDAY)):
        (one,) = stays(acerta, month, ann)
        assert (one.person_id, one.target.date, one.count) == (ann, day, 1)
        said = finding_sentence(one, leave_types(acerta.store, acerta.employer_id))
        assert "cannot take it back: tell the provider that it no longer holds" in said
        sent = lines(forward(acerta, month, desk, ann))
        assert not [line for line in sent if line[0] == day]
        assert stays(acerta, month, ann) == []


def test_a_layout_that_tells_nothing_of_such_days_is_not_sent_again(acerta: Office, desk: Desk) -> None:
    ann = people(acerta)[0]
    enter(acerta, ann, {FRIDAY: ILL})
    forward(acerta, OCTOBER, desk, ann, "generic")
    enter(acerta, ann, {TUESDAY: ILL})
    assert open_corrections(acerta.store, acerta.employer_id, OCTOBER) == {}


def test_months_by_the_first_rules_are_not_sent_again_by_themselves(acerta: Office, desk: Desk) -> None:
    ann = people(acerta)[0]
    enter(acerta, ann, {FRIDAY: ILL, TUESDAY: ILL})
    forward(acerta, OCTOBER, desk, ann)
    con = acerta.store.con
    (text,) = con.execute("SELECT snapshot FROM transmission_person").fetchone()
    plain = json.loads(text)
    first = json.dumps(
        {name: value for name, value in plain.items() if name not in ("before", "after")} | {"rules": 1},
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    con.execute("UPDATE transmission_person SET snapshot = ?, sha256 = ?", (first, sha256(from_json(first))))
    assert canonical(from_json(first)).decode() == first
    enter(acerta, ann, {date(2026, 11, 4): ILL})
    (plan,) = plan_people(acerta.store, acerta.employer_id, OCTOBER, [ann]).values()
    assert (plan.state, plan.differences) == (State.SAME, ())
