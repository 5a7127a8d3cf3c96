"""Cases of illness between case managers and clerks: who is none gets nothing of them but an absence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hrtui.domain.month import Month
from hrtui.domain.sickness.reporting import Report
from hrtui.store.changes import RowChange, write
from hrtui.store.errors import StoreError
from hrtui.store.month_view import MonthView
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness.course import recover
from hrtui.store.sickness.desk import CasesHiddenError, case_desk
from hrtui.store.sickness.lists import Which
from hrtui.store.sickness.report import report_sick
from hrtui.store.sickness.topping_up import top_up
from tests.store.sickness.listed import case_list
from tests.sync.conftest import Office
from tests.sync.invariants import assert_whole
from tests.sync.world import PEOPLE, TENANT, Clerk, Server

ANN = PEOPLE[0]
DAY = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_TODAY", DAY.isoformat())


def connected(one: Clerk, role: str) -> Clerk:
    """A clerk whose profile knows of its backend and of the role it gave."""
    one.store.con.execute("INSERT OR REPLACE INTO setting VALUES ('backend', 'http://backend')")
    set_own_roles(one.store, TENANT, [role])
    return one


def employ(one: Clerk) -> None:
    """Give the person a contract and a schedule."""
    contract = {"person_id": ANN, "start_date": "2020-01-01", "end_date": None}
    weeks = {"name": "Full", "cycle_start": "2020-01-06", "weeks": "[[456, 456, 456, 456, 456, 0, 0]]"}
    changes = [
        RowChange("contract", 71, None, contract),
        RowChange("work_schedule", 72, None, weeks | {"employer_id": TENANT}),
        RowChange(
            "schedule_assignment", 73, None, {"person_id": ANN, "schedule_id": 72, "valid_from": "2020-01-01"}
        ),
    ]
    assert write(one.store, TENANT, "Employed", changes).step_id


def test_a_case_reaches_case_managers_and_nobody_else(clerk: Office, server: Server) -> None:
    """Of a clerk's whole database not a word of the case, and the day shows as an absence."""
    ann = connected(clerk("Ann", "case_manager"), "case_manager")
    cas = connected(clerk("Cas", "case_manager"), "case_manager")
    clara = connected(clerk("Clara"), "clerk")
    employ(ann)
    case_id = report_sick(case_desk(ann.store, TENANT), ANN, Report(DAY)).case_id
    for one in (ann, cas, clara):
        one.sync()
    assert [line.id for line in case_list(case_desk(cas.store, TENANT))] == [case_id]
    recover(case_desk(cas.store, TENANT), case_id, DAY + timedelta(days=2))
    for one in (cas, ann, clara):
        one.sync()
    assert not case_list(case_desk(ann.store, TENANT), Which.OPEN)
    assert_whole(ann, server)
    with pytest.raises(CasesHiddenError):
        case_desk(clara.store, TENANT)
    assert top_up(clara.store, TENANT) == []
    for (table,) in clara.store.con.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        rows = clara.store.con.execute(f"SELECT * FROM {table}").fetchall()
        assert str(case_id) not in str(rows), table
        if table.startswith("sickness_"):
            assert rows == []
    row = MonthView(clara.store, TENANT, Month(2026, 9), [ANN]).row(0)
    shown = row.days[DAY.day - 1]
    assert shown.hides_something
    assert [entry.leave_type_id for entry in shown.entries] == [0]
    assert not row.days[DAY.day + 1].entries


def test_a_clerk_s_edit_of_a_case_is_refused_at_home_and_at_the_backend(
    clerk: Office, server: Server
) -> None:
    clara = connected(clerk("Clara"), "clerk")
    values = {
        "employer_id": TENANT,
        "person_id": ANN,
        "classification": "ill",
        "first_day": "2026-09-14",
        "reported_at": "2026-09-14 08:00:00.000000",
    }
    with pytest.raises(StoreError, match="may not change"):
        write(clara.store, TENANT, "Case", [RowChange("sickness_case", 99, None, values)])
    # A client that was tampered with.
    set_own_roles(clara.store, TENANT, ["case_manager"])
    write(clara.store, TENANT, "Case", [RowChange("sickness_case", 99, None, values)])
    clara.sync()
    assert not [key for key in server.rows() if key[0] == "sickness_case"]
