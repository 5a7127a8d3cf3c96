"""What a layout can say, tried one by one on June 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.snapshot import Contract, Snapshot
from hrtui.payroll.layouts import Layout, RenderError, load_layout, read_layout, render
from tests.payroll.june import BONUS, CONTRACT, EXPENSES, FOUR_DAYS, HEADER, MESSAGES, PERSON, day, snapshot
from tests.payroll.parsers import read_klx

FIELDS = """  { value = "date", date = "DD/MM/YY" },
  { value = "type" },
  { value = "time", unit = "decimal", decimal_sign = "," },
"""


def layout(folder: Path, fields: str, *, kind: str = "csv", top: str = "", more: str = "") -> Layout:
    """A layout of one file of entries with these fields."""
    rows = "" if "rows =" in more else 'rows = "entries"\n'
    text = (
        f'title = "Try"\nkind = "{kind}"\n{top}\n[files.one]\nname = "one.txt"\n{rows}{more}\n'
        f"fields = [\n{fields}]\n"
    )
    file = folder / "try.toml"
    file.write_text(text, encoding="utf-8")
    return read_layout(file)


def lines(made: Layout, *snapshots: Snapshot, previous: Snapshot | None = None) -> list[str]:
    """The lines of the one file of a layout."""
    before = {previous.person.id: previous} if previous else None
    (file,) = render(made, snapshots or [snapshot()], HEADER, before)
    text = file.content.decode()
    assert text.endswith("\r\n")
    return text.split("\r\n")[:-1]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ('value = "time"', "45"),
        ('value = "time", unit = "hundredths"', "75"),
        ('value = "time", unit = "hhmm"', "0045"),
        ('value = "time", unit = "hh:mm"', "00:45"),
        ('value = "time", unit = "decimal"', "0.75"),
        ('value = "time", unit = "decimal", decimal_sign = ",", width = 7, pad = "0"', "0000,75"),
        ('value = "time", sign = "always"', "+45"),
        ('value = "time", width = 5', "   45"),
        ('value = "time", width = 5, align = "left", pad = "."', "45..."),
        ('value = "date", date = "YYYYMMDD"', "20250604"),
        ('value = "date", date = "DD.MM.YY"', "04.06.25"),
        ('value = "category", map = { worked = "W", absence = "A" }', "A"),
        ('value = "type_name", width = 10, cut = true', "Authorised"),
        ('value = "dmfa_code", empty = "-"', "-"),
        ('value = "month", date = "YYYY-MM"', "2025-06"),
        ('value = "last_day"', "2025-06-30"),
        ('value = "created"', "2025-07-01"),
        ('value = "transmission", width = 4, pad = "0"', "0012"),
        ('value = "row"', "5"),
        ('text = "fixed", width = 7', "fixed  "),
        ('value = "line_kind"', "new"),
        ('value = "national_number"', "85073000126"),
        ('value = "wage_payment_date", empty = "none"', "none"),
    ],
)
def test_a_field_is_spelled_as_the_layout_says(tmp_path: Path, field: str, shown: str) -> None:
    made = layout(tmp_path, f'  {{ value = "type" }},\n  {{ value = "date" }},\n  {{ {field} }},\n')
    assert f"GA;2025-06-04;{shown}" in lines(made)


def test_negative_numbers_keep_their_sign_before_the_zeros(tmp_path: Path) -> None:
    spelled = 'unit = "hundredths", width = 6, pad = "0", sign = "always"'
    fields = f'  {{ value = "type" }},\n  {{ value = "difference", {spelled} }},\n'
    made = layout(tmp_path, fields, top='corrections = "delta"')
    new = snapshot((*FOUR_DAYS[:2], day(4), FOUR_DAYS[3]))
    assert lines(made, new, previous=snapshot()) == ["AD;+00075", "GA;-00075"]


def test_a_correction_that_replaces_has_everything_and_says_what_is_new(tmp_path: Path) -> None:
    made = layout(tmp_path, '  { value = "type" },\n  { value = "date" },\n  { value = "line_kind" },\n')
    new = snapshot((*FOUR_DAYS[:2], day(4, ("KV", 45)), FOUR_DAYS[3]))
    assert lines(made, new, previous=snapshot()) == [
        "VAK;2025-06-02;same",
        "AD;2025-06-03;same",
        "KV;2025-06-03;same",
        "AD;2025-06-04;same",
        "KV;2025-06-04;new",
        "BF;2025-06-09;same",
    ]


def test_a_month_that_replaces_takes_back_a_day_with_nothing_left(tmp_path: Path) -> None:
    overtime = day(7, ("OVU", 90), scheduled=0)
    before = snapshot((*FOUR_DAYS[:3], overtime, FOUR_DAYS[3]), provider="acerta")
    now = snapshot(provider="acerta")
    (file,) = render(load_layout("acerta"), [now], HEADER, {42: before})
    found = [(line.day.day, line.code, line.amount) for line in read_klx(file.content)]
    assert found[-2:] == [(7, "0138", 0), (9, "0010", 760)]
    assert [one for one in found if one[0] != 7] == [
        (line.day.day, line.code, line.amount)
        for line in read_klx(render(load_layout("acerta"), [now], HEADER)[0].content)
    ]


def test_a_month_that_replaces_takes_back_what_went_under_a_wrong_number() -> None:
    old, new = (
        snapshot(FOUR_DAYS[:1], provider="acerta", person=replace(PERSON, provider_number=number))
        for number in ("7", "8")
    )
    (file,) = render(load_layout("acerta"), [new], HEADER, {42: old})
    found = [(line.employee, line.amount) for line in read_klx(file.content)]
    assert found == [("8", 760), ("7", 0)]
    moved = replace(old, person=replace(old.person, client_number="2222222"))
    (file,) = render(load_layout("acerta"), [new], HEADER, {42: moved})
    assert [line.employee for line in read_klx(file.content)] == ["8"]


def test_illness_is_not_taken_back_by_saying_that_it_took_no_time() -> None:
    """Without time it stands for a day off inside a spell."""
    before = snapshot(SPELL, provider="acerta")
    now = snapshot((*SPELL[:1], day(5, scheduled=0), day(6)), provider="acerta")
    (file,) = render(load_layout("acerta"), [now], HEADER, {42: before})
    assert [line.day.day for line in read_klx(file.content) if line.code == "0050"] == [4]


def test_pay_that_was_taken_away_goes_without_an_amount(tmp_path: Path) -> None:
    fields = '  { value = "code", required = true },\n  { value = "amount" },\n'
    made = layout(tmp_path, fields, more='rows = "components"\n')
    both, one = snapshot(components=[BONUS, EXPENSES]), snapshot(components=[BONUS])
    assert lines(made, one, previous=both) == ["3110;1234.56"]
    assert lines(made, snapshot(), previous=both) == ["3110;0.00", "5000;0.00"]


def test_a_correction_is_in_the_order_of_the_days(tmp_path: Path) -> None:
    fields = '  { value = "date" },\n  { value = "type" },\n  { value = "line_kind" },\n'
    made = layout(tmp_path, fields, top='corrections = "delta"', more='categories = ["absence"]\n')
    new = snapshot((*FOUR_DAYS[:1], day(3), day(4, ("VAK", 45)), FOUR_DAYS[3]))
    assert lines(made, new, previous=snapshot()) == [
        "2025-06-03;KV;removed",
        "2025-06-04;VAK;new",
        "2025-06-04;GA;removed",
    ]


def test_a_correction_takes_back_what_went_under_another_number(tmp_path: Path) -> None:
    fields = '  { value = "employee" },\n  { value = "difference" },\n'
    made = layout(tmp_path, fields, top='corrections = "delta"', more='per = "month"\n')
    old, new = (snapshot(person=replace(PERSON, provider_number=number)) for number in ("7", "8"))
    assert sorted(lines(made, new, previous=old)) == ["7;-1824", "8;1824"]


def test_time_with_one_code_is_one_line_and_may_be_summed_by_month(tmp_path: Path) -> None:
    fields = '  { value = "date" },\n  { value = "code" },\n  { value = "time" },\n'
    codes = 'provider = "acerta"\ncodes = { KV = "0100", GA = "0100" }'
    acerta = snapshot(provider="acerta")
    by_day = lines(layout(tmp_path, fields, top=codes), acerta)
    assert by_day == [
        "2025-06-02;0020;456", "2025-06-03;0100;456", "2025-06-04;0100;456", "2025-06-09;0010;456",
    ]  # fmt: skip
    by_month = lines(layout(tmp_path, fields, top=codes, more='per = "month"\n'), acerta)
    assert by_month == ["2025-06-01;0020;456", "2025-06-01;0100;912", "2025-06-01;0010;456"]


def test_a_file_may_have_some_kinds_of_time_only(tmp_path: Path) -> None:
    made = layout(tmp_path, '  { value = "type" },\n', more='categories = ["absence"]\n')
    assert lines(made) == ["VAK", "KV", "GA", "BF"]


def test_positions_leave_blanks_and_records_begin_and_end_the_file(tmp_path: Path) -> None:
    fields = (
        '  { value = "type", at = 3, width = 4 },\n  { value = "time", at = 10, width = 4, pad = "0" },\n'
    )
    ends = (
        'head = [\n  { text = "H" },\n  { value = "client", width = 7, at = 3 },\n'
        '  { value = "month", date = "MMYYYY", width = 6 },\n]\n'
        'tail = [\n  { text = "T" },\n  { value = "count", width = 4, pad = "0" },\n'
        '  { value = "total_time", unit = "decimal", width = 7 },\n]\n'
    )
    made = layout(tmp_path, fields, kind="fixed", top='provider = "acerta"', more=ends)
    assert lines(made, snapshot(provider="acerta")) == [
        "H 1111111062025",
        "  VAK    0456",
        "  AD     0228",
        "  KV     0228",
        "  AD     0411",
        "  GA     0045",
        "  BF     0456",
        "T0006  30.40",
    ]


def test_people_have_their_contracts_and_totals(tmp_path: Path) -> None:
    fields = "".join(
        f'  {{ value = "{name}" }},\n'
        for name in ("number", "contract_start", "contract_end", "hours_per_week", "worked", "absent")
    )
    made = layout(tmp_path, fields, more='rows = "people"\n')
    two = replace(snapshot(), contracts=(CONTRACT, Contract(date(2025, 6, 11), None, "", None)))
    assert lines(made, two) == ["42;2025-06-02;2025-06-10;38.00;639;1185", "42;2025-06-11;;;;"]


def test_messages_about_the_employer_come_before_those_about_people(tmp_path: Path) -> None:
    made = layout(tmp_path, '  { value = "number" },\n  { value = "message" },\n', more='rows = "messages"\n',
                  top='quotes = "never"')  # fmt: skip
    header = replace(HEADER, messages=("We moved.",))
    (file,) = render(made, [snapshot(messages=MESSAGES)], header)
    assert file.content == b";We moved.\r\n42;New bank account from July. Please pay there.\r\n"


def test_pay_of_another_provider_stays_out(tmp_path: Path) -> None:
    fields = '  { value = "code" },\n  { value = "amount", unit = "whole" },\n'
    made = layout(tmp_path, fields, more='rows = "components"\n', top='provider = "acerta"')
    pay = [BONUS, replace(EXPENSES, provider="securex"), replace(EXPENSES, id=1, code="9", provider="acerta")]
    assert lines(made, snapshot(provider="acerta", components=pay)) == ["3110;123456", "9;6000"]


def test_each_client_number_gets_a_file_of_its_own() -> None:
    one, two = (
        snapshot(provider="acerta"),
        snapshot(provider="acerta", person=replace(PERSON, id=43, number="43")),
    )
    two = replace(two, person=replace(two.person, client_number="2222222"))
    files = render(load_layout("acerta"), [one, two], HEADER)
    assert [file.name[:14] for file in files] == ["ACERTA_1111111", "ACERTA_2222222"]
    assert [{line.employee for line in read_klx(file.content)} for file in files] == [{"42"}, {"43"}]
    nameless = replace(
        load_layout("acerta"), files=(replace(load_layout("acerta").files[0], name="same.txt"),)
    )
    with pytest.raises(RenderError) as refused:
        render(nameless, [one, two], HEADER)
    assert [str(one) for one in refused.value.problems] == [
        "Several files get the same name: the layout must tell them apart."
    ]


def test_pay_and_messages_go_beside_a_file_that_takes_time_only() -> None:
    made = snapshot(provider="acerta", components=[BONUS], messages=MESSAGES)
    assert [file.name for file in render(load_layout("acerta"), [made], HEADER)] == [
        "ACERTA_1111111_202506_20250701_093005_KLX.txt",
        "voorbeeld-nv-2025-06-12-components.csv",
        "voorbeeld-nv-2025-06-12-messages.csv",
    ]
    assert load_layout("acerta").writes() == {"entries", "components", "messages"}


def test_a_name_of_a_file_holds_nothing_that_leads_elsewhere(tmp_path: Path) -> None:
    made = layout(tmp_path, '  { value = "type" },\n')
    named = replace(made, files=(replace(made.files[0], name="{employer}_{client}.txt"),))
    (file,) = render(named, [snapshot()], replace(HEADER, employer="../é & Zn/.."))
    assert file.name == "e-zn_.txt"


SPELL = (day(4, ("ZMU", 456)), day(5, ("ZMU", 456)), day(6, ("ZMU", 456)), day(7, scheduled=0),
         day(8, scheduled=0), day(9, holiday=True), day(10, ("ZMU", 456)))  # fmt: skip


def days_of(made: Snapshot, code: str) -> list[tuple[int, int]]:
    (file,) = render(load_layout("acerta"), [made], HEADER)
    return [(line.day.day, line.amount) for line in read_klx(file.content) if line.code == code]


def test_illness_goes_on_over_days_without_work_and_says_no_time_there() -> None:
    assert days_of(snapshot(SPELL, provider="acerta"), "0050") == [
        (4, 760), (5, 760), (6, 760), (7, 0), (8, 0), (10, 760),
    ]  # fmt: skip


def test_a_spell_ends_where_somebody_works_or_the_month_ends() -> None:
    worked = (*SPELL[:5], day(9), day(10, ("ZMU", 456)))
    assert days_of(snapshot(worked, provider="acerta"), "0050") == [(4, 760), (5, 760), (6, 760), (10, 760)]
    assert days_of(snapshot(SPELL[:5], provider="acerta"), "0050") == [(4, 760), (5, 760), (6, 760)]


def test_a_spell_does_not_go_on_outside_the_contract() -> None:
    made = replace(
        snapshot(SPELL, provider="acerta"),
        contracts=(Contract(date(2025, 6, 2), date(2025, 6, 7)), Contract(date(2025, 6, 9))),
    )
    assert (8, 0) not in days_of(made, "0050")
    assert (7, 0) in days_of(made, "0050")


def test_other_codes_say_nothing_of_days_without_work() -> None:
    leave = [day(6, ("VAK", 456)), day(10, ("VAK", 456))]
    assert days_of(snapshot(leave, provider="acerta"), "0020") == [(6, 760), (10, 760)]
