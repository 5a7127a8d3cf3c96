"""Leave types as records: switched on, made, edited and ordered, with what the month sees of it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hrtui.domain.day import Entry
from hrtui.domain.leave_type import Category, LeaveType, Limit
from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.store import entries as day_entries
from hrtui.store.errors import StoreError
from hrtui.store.leave_exceptions import exceptions_of, remove_exceptions, set_exception
from hrtui.store.leave_type_records import (
    LeaveTypeRefused,
    activate,
    deactivate,
    entries_of,
    faults_of,
    reorder,
    save_type,
    type_lines,
)
from hrtui.store.leave_types import leave_types
from hrtui.store.rows import StaleError
from hrtui.store.undo import undo
from tests.store.conftest import Office


def by_key(office: Office, key: str) -> LeaveType:
    return next(one for one in leave_types(office.store, office.employer_id).values() if one.key == key)


def keys(office: Office, text: str = "", *, inactive: bool = False) -> list[str]:
    return [line.kind.key for line in type_lines(office.store, office.employer_id, text, inactive=inactive)]


def new_type(key: str = "NEW", letter: str = "", **more: object) -> LeaveType:
    return LeaveType(0, key, letter, {"nl": "Nieuw type"}, Category.ABSENCE, **more)  # type: ignore[arg-type]


def test_the_list_shows_active_types_and_finds_by_name_key_and_code(office: Office) -> None:
    assert "VAK" in keys(office)
    assert "TK" not in keys(office)
    everything = keys(office, inactive=True)
    assert everything.index("TK") > everything.index("SYN")
    assert keys(office, "wettelijke vak") == ["VAK"]
    assert keys(office, "RELIGE") == []
    assert keys(office, "extralegales") == ["EV"]
    coded = replace(by_key(office, "KV"), provider_codes={"securex": "KV-77"})
    save_type(office.store, office.employer_id, coded, by_key(office, "KV"))
    assert keys(office, "kv-77") == ["KV"]


def test_an_activated_type_is_entered_by_its_letter_at_once(office: Office) -> None:
    """Seed, 3.1: switch on birth leave of the fund, with self-service and approval."""
    ann = office.add_person("Ann", "Testman")
    editor = MonthEditor(
        office.store, office.employer_id, Month(2026, 9), today=date(2026, 9, 14), roles=frozenset()
    )
    kind = by_key(office, "GVM")
    on = activate(
        office.store, office.employer_id, kind.id, self_service=True, approval_needed=True, letter="q"
    )
    assert (on.active, on.letter, on.self_service, on.approval_needed) == (True, "q", True, True)
    assert by_key(office, "GVM") == on
    editor.refresh()
    editor.enter("q")
    assert day_entries.current(office.store.con, [(ann, date(2026, 9, 14))])[ann, date(2026, 9, 14)][
        0
    ] == Entry(kind.id, 456)


def test_a_type_without_letter_gets_a_free_one(office: Office) -> None:
    kind = by_key(office, "TK")
    taken = {one.letter for one in leave_types(office.store, office.employer_id).values() if one.active}
    on = activate(
        office.store, office.employer_id, kind.id, self_service=False, approval_needed=False, bound={"q"}
    )
    assert len(on.letter) <= 1
    assert on.letter not in taken | {"q", "y"}


def test_a_letter_that_is_taken_is_refused_with_the_name_of_its_type(office: Office) -> None:
    kind = by_key(office, "TK")
    with pytest.raises(LeaveTypeRefused) as refused:
        activate(
            office.store, office.employer_id, kind.id, self_service=False, approval_needed=False, letter="v"
        )
    assert refused.value.field == "letter"
    assert "Legal holiday leave" in refused.value.text
    assert not by_key(office, "TK").active


def test_a_type_switched_off_keeps_its_entries(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    vak = by_key(office, "VAK")
    day_entries.replace(office.store.con, [(ann, date(2026, 9, 14), (Entry(vak.id, 456),))])
    deactivate(office.store, office.employer_id, vak.id)
    assert "VAK" not in keys(office)
    assert entries_of(office.store, office.employer_id, vak.id) == 1
    undo(office.store, office.employer_id)
    assert "VAK" in keys(office)


def test_a_new_type_comes_last_and_can_be_taken_back(office: Office) -> None:
    made = save_type(office.store, office.employer_id, new_type("NEW", "q"))
    assert keys(office)[-1] == "NEW"
    stored = by_key(office, "NEW")
    assert (stored.id, stored.letter, stored.name("nl")) == (made.id, "q", "Nieuw type")
    undo(office.store, office.employer_id)
    assert "NEW" not in keys(office, inactive=True)


def test_clashes_are_told_by_field(office: Office) -> None:
    found = faults_of(office.store, office.employer_id, new_type("VAK", "z"), bound={"q"})
    assert set(found) == {"key", "letter"}
    assert "Legal holiday leave" in found["key"]
    assert faults_of(office.store, office.employer_id, new_type("NEW", "q"), bound={"q"}).keys() == {"letter"}
    with pytest.raises(LeaveTypeRefused, match="Legal holiday leave"):
        save_type(office.store, office.employer_id, new_type("VAK"))


def test_types_of_one_name_that_two_clerks_made_are_still_edited(office: Office) -> None:
    store, employer_id = office.store, office.employer_id
    save_type(store, employer_id, new_type("ONE"))
    with pytest.raises(LeaveTypeRefused, match="ONE has this name already"):
        save_type(store, employer_id, new_type("TWO"))
    made = save_type(store, employer_id, replace(new_type("TWO"), names={"nl": "Ander type"}))
    with store.transaction():
        store.con.execute("UPDATE leave_type SET name_nl = 'Nieuw type' WHERE id = ?", (made.id,))
    twin = by_key(office, "TWO")
    assert twin.names["nl"] == "Nieuw type"
    save_type(store, employer_id, replace(twin, carry_over_months=3), twin)
    deactivate(store, employer_id, twin.id)
    assert activate(store, employer_id, twin.id, self_service=False, approval_needed=False).active


def test_an_edit_of_what_changed_elsewhere_is_not_lost_and_not_forced(office: Office) -> None:
    before = by_key(office, "KV")
    other = office.open_again("Clerk Two")
    save_type(other, office.employer_id, replace(before, carry_over_months=3), before)
    with pytest.raises(StaleError):
        save_type(office.store, office.employer_id, replace(before, carry_over_months=6), before)
    assert by_key(office, "KV").carry_over_months == 3
    other.close()


def test_a_type_with_entries_keeps_what_it_counts_as(office: Office) -> None:
    ann = office.add_person("Ann", "Testman")
    kv = by_key(office, "KV")
    day_entries.replace(office.store.con, [(ann, date(2026, 9, 14), (Entry(kv.id, 456),))])
    with pytest.raises(LeaveTypeRefused) as refused:
        save_type(office.store, office.employer_id, replace(kv, category=Category.WORKED), kv)
    assert refused.value.field == "category"


def test_types_are_put_in_another_order_in_one_step(office: Office) -> None:
    before = keys(office, inactive=True)
    reorder(office.store, office.employer_id, by_key(office, "KV").id, 0)
    assert keys(office)[0] == "KV"
    orders = [one.order for one in leave_types(office.store, office.employer_id).values()]
    assert orders == list(range(1, len(orders) + 1))
    undo(office.store, office.employer_id)
    assert keys(office, inactive=True) == before


def test_undo_brings_no_letter_back_that_enters_another_type_by_now(office: Office) -> None:
    """Switched off by a step of the other terminal, its letter given away, then undone here."""
    store, employer_id = office.store, office.employer_id
    vak = by_key(office, "VAK")
    deactivate(store, employer_id, vak.id)
    made = save_type(store, employer_id, new_type("NEW", "q"))
    store.con.execute("UPDATE leave_type SET letter = 'v' WHERE id = ?", (made.id,))
    (first,) = store.con.execute("SELECT min(id) FROM step WHERE state = 'live'").fetchone()
    store.con.execute("UPDATE step SET state = 'gone' WHERE id <> ?", (first,))
    with pytest.raises(LeaveTypeRefused, match="Nieuw type"):
        undo(store, employer_id)
    assert not by_key(office, "VAK").active
    store.con.execute("UPDATE leave_type SET letter = 'q' WHERE id = ?", (made.id,))
    assert undo(store, employer_id) is not None
    assert by_key(office, "VAK").active


def test_people_have_limits_of_their_own(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    vak = by_key(office, "VAK")
    set_exception(office.store, office.employer_id, vak.id, [ann, bob], Limit.DAYS, 2400)
    set_exception(office.store, office.employer_id, vak.id, [ann], Limit.DAYS, 2500)
    found = exceptions_of(office.store, office.employer_id, vak.id)
    assert [(line.name, line.amount) for line in found] == [("Testman Ann", 2500), ("Testman Bob", 2400)]
    assert type_lines(office.store, office.employer_id, "vak wettelijk")[0].exceptions == 2
    remove_exceptions(office.store, office.employer_id, [line.id for line in found])
    assert exceptions_of(office.store, office.employer_id, vak.id) == []
    undo(office.store, office.employer_id)
    assert len(exceptions_of(office.store, office.employer_id, vak.id)) == 2


@pytest.mark.parametrize(
    ("limit", "amount"),
    [(Limit.UNLIMITED, 1), (Limit.DAYS, None), (Limit.DAYS, -1), (Limit.DAYS, 36601), (Limit.MINUTES, 10**9)],
)
def test_an_impossible_limit_is_refused(office: Office, limit: Limit, amount: int | None) -> None:
    ann = office.add_person("Ann", "Testman")
    with pytest.raises(StoreError):
        set_exception(office.store, office.employer_id, by_key(office, "VAK").id, [ann], limit, amount)
