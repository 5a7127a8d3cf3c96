"""What stands in the lists of people, pay components and messages."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from hrtui.domain.identity.problem import Value
from hrtui.domain.money import PayValue
from hrtui.domain.month import Month
from hrtui.i18n import LANGUAGES, set_language
from hrtui.payroll.export import export_list
from hrtui.payroll.lists import TITLES, ListKind
from hrtui.store.check_off import check
from hrtui.store.contracts import change_contract
from hrtui.store.messages import add_message
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.pay_components import add_component
from tests.imports.office import SEPTEMBER, Office
from tests.payroll.conftest import Offices


def exported(office: Office, kind: ListKind, month: Month = SEPTEMBER) -> list[dict[str, str]]:
    content = export_list(office.store, office.employer_id, kind, month, "csv", None)
    assert isinstance(content, bytes)
    assert content.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), delimiter=";"))


def sheet(office: Office, kind: ListKind) -> list[tuple[object, ...]]:
    content = export_list(office.store, office.employer_id, kind, SEPTEMBER, "xlsx", None)
    assert isinstance(content, bytes)
    (found,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return list(found.iter_rows(values_only=True))


def person(office: Office, number: str) -> int:
    return next(row.id for row in office.rows().values() if row.number == number)


def pay(office: Office, code: str, value: PayValue, last_month: Month | None = None, **kind: str) -> None:
    values: dict[str, Value] = {"code": code, "group_name": "", "input": "total", "default_cents": None}
    values |= {"provider_link_id": None, "for_everyone": 1, "active": 1, **kind}
    values |= {f"name_{one}": f"Test {code}" for one in LANGUAGES}
    save_pay_type(office.store, office.employer_id, values)
    found = office.store.con.execute("SELECT id FROM pay_component_type WHERE code = ?", (code,)).fetchone()
    add_component(
        office.store, office.employer_id, person(office, "1"), found[0], SEPTEMBER, value,
        last_month=last_month or SEPTEMBER, note='For "Proef"; twice',
    )  # fmt: skip


def test_people_of_the_month_with_contract_schedule_and_who_checked(offices: Offices) -> None:
    office = offices.filled
    check(office.store, office.employer_id, [person(office, "1")], SEPTEMBER)
    lines = exported(office, "people")
    assert [line["number"] for line in lines] == [row.number for row in office.rows().values()]
    one = next(line for line in lines if line["number"] == "1")
    assert (one["last_name"], one["first_name"], one["employer"]) == ("Testman", "Adelro", "Voorbeeld NV")
    assert date.fromisoformat(one["contract_start"]) < SEPTEMBER.first
    assert one["schedule"]
    assert one["checked_by"] == office.store.actor
    assert {line["checked_by"] for line in lines if line is not one} == {""}


def test_no_cell_is_a_formula_and_a_phone_stays_as_it_is(offices: Offices) -> None:
    office = offices.filled
    office.store.con.execute(
        "UPDATE person SET last_name = '@SUM(A1)', phone = '+32 470123456' WHERE number = '1'"
    )
    one = next(line for line in exported(office, "people") if line["number"] == "1")
    assert (one["last_name"], one["phone"]) == ("'@SUM(A1)", "+32 470123456")


def test_a_contract_that_changes_in_the_month_has_a_line_for_each_version(offices: Offices) -> None:
    office = offices.filled
    change_contract(office.store, office.employer_id, person(office, "1"), date(2026, 9, 16),
                    {"hours_per_week": 1950, "job_title": "Tester"})  # fmt: skip
    found = [line for line in exported(office, "people") if line["number"] == "1"]
    assert [(line["contract_end"], line["function"]) for line in found] == [
        ("2026-09-15", ""),
        ("", "Tester"),
    ]
    assert (found[1]["contract_start"], found[1]["hours_per_week"]) == ("2026-09-16", "19.50")
    october = [line for line in exported(office, "people", Month(2026, 10)) if line["number"] == "1"]
    assert [line["function"] for line in october] == ["Tester"]


def test_components_with_amount_units_and_span(offices: Offices) -> None:
    office = offices.filled
    pay(office, "070", PayValue(123450))
    pay(office, "3110", PayValue.of_units(12345, 300), Month(2026, 12), input="units")
    first, second = exported(office, "components")
    assert (first["number"], first["code"], first["component"], first["amount"], first["units"]) == (
        "1", "070", "Test 070", "1234.50", "",
    )  # fmt: skip
    assert first["note"] == 'For "Proef"; twice'
    assert (second["unit_amount"], second["units"], second["amount"]) == ("1.2345", "3.00", "3.70")
    assert (second["first_month"], second["last_month"]) == ("2026-09", "2026-12")
    assert [line["code"] for line in exported(office, "components", Month(2026, 10))] == ["3110"]
    assert exported(offices.empty, "components") == []


def test_messages_keep_their_lines(offices: Offices) -> None:
    office = offices.filled
    add_message(office.store, office.employer_id, SEPTEMBER, "Rise of 50 €\nfrom October; please", None)
    add_message(office.store, office.employer_id, SEPTEMBER, "Test", person(office, "2"))
    found = {line["name"]: line for line in exported(office, "messages")}
    assert found[""]["text"] == "Rise of 50 €\nfrom October; please"
    assert (found["Voorbeeld Bixana"]["number"], found["Voorbeeld Bixana"]["state"]) == ("2", "draft")
    assert exported(office, "messages", Month(2026, 10)) == []


def test_spreadsheets_have_words_real_dates_and_numbers(offices: Offices) -> None:
    office = offices.filled
    pay(office, "070", PayValue(123450))
    set_language("nl")
    titles, line = sheet(office, "components")
    assert dict(zip(titles, line, strict=True))["Bedrag"] == 1234.5
    titles, *lines = sheet(office, "people")
    starts = [dict(zip(titles, line, strict=True))["Begindatum"] for line in lines]
    assert all(isinstance(start, datetime) for start in starts)


@pytest.mark.parametrize("kind", TITLES)
def test_a_list_is_written_to_a_folder_under_its_own_name(
    offices: Offices, tmp_path: Path, kind: ListKind
) -> None:
    office = offices.filled
    path = export_list(office.store, office.employer_id, kind, SEPTEMBER, "csv", tmp_path)
    assert path == tmp_path / f"voorbeeld-nv-{kind}-2026-09.csv"
    assert path.stat().st_mode & 0o077 == 0
