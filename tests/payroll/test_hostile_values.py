"""Values that a file cannot hold are told by person and field; nothing is written that reads otherwise."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.domain.snapshot import Message, Snapshot, build
from hrtui.payroll.layouts import (
    Header,
    Layout,
    RenderError,
    RenderProblem,
    load_layout,
    missing_codes,
    read_layout,
    render,
)
from tests.payroll.june import BONUS, HEADER, JUNE, KINDS, PERSON, day, snapshot
from tests.payroll.parsers import read_klx, read_table

NAMES = """title = "Names"
kind = "csv"
{options}

[files.names]
name = "names.csv"
rows = "people"
fields = [
  {{ value = "number" }},
  {{ value = "name"{field} }},
]
"""


def names(folder: Path, options: str = "", field: str = "") -> Layout:
    """A layout of numbers and names."""
    file = folder / "names.toml"
    file.write_text(NAMES.format(options=options, field=field), encoding="utf-8")
    return read_layout(file)


def named(last_name: str, first_name: str = "Adelro") -> Snapshot:
    return snapshot(person=replace(PERSON, last_name=last_name, first_name=first_name))


def problems(layout: Layout, *made: Snapshot, header: Header = HEADER) -> list[str]:
    with pytest.raises(RenderError) as refused:
        render(layout, made, header)
    assert "Testman" not in str(refused.value)
    return [str(one) for one in refused.value.problems]


def content(layout: Layout, *made: Snapshot) -> bytes:
    (file,) = render(layout, made, HEADER)
    return file.content


def test_separators_quotes_and_line_ends_stay_in_their_cell() -> None:
    made = snapshot(
        person=replace(PERSON, last_name='Testman; "de Oude"'),
        components=[replace(BONUS, note='a;b"c\nd')],
        messages=[Message(1, 'First;\n"second"')],
    )
    entries, components, messages = (file.content for file in render(load_layout("generic"), [made], HEADER))
    assert {row["name"] for row in read_table(entries)} == {'Testman; "de Oude" Adelro'}
    assert read_table(components)[0]["note"] == 'a;b"c\nd'
    assert read_table(messages)[0]["message"] == 'First;\n"second"'


@pytest.mark.parametrize("value", ["=1+1", "@SUM(A1)", "+32 470", "-2", "\t=1", "＝1+1"])
def test_no_cell_begins_like_a_formula(tmp_path: Path, value: str) -> None:
    said = f"a spreadsheet would take “{value[0]}” at the start for a formula"
    if value[0] != "\t":
        assert problems(names(tmp_path), named(value)) == [f"{value} Adelro (42): name: {said}"]
    rows = read_table(render(load_layout("generic"), [named(value)], HEADER)[0].content)
    cells = {row["name"] for row in rows}
    assert cells
    assert not any(cell.startswith(("=", "@", "+", "-", "\t", "＝")) for cell in cells)


def test_numbers_below_zero_are_no_formulas() -> None:
    (_, components, _) = render(
        load_layout("generic"), [snapshot(components=[replace(BONUS, cents=-5)])], HEADER
    )
    assert read_table(components.content)[0]["amount"] == "-0.05"


def test_the_workbook_holds_no_formula_and_no_link() -> None:
    made = named("=1+1", "https://example.invalid")
    (file,) = render(load_layout("workbook"), [made], HEADER)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book["Entries"]["C2"].value == "=1+1 https://example.invalid"
    assert book["Entries"]["C2"].data_type == "s"


def test_a_letter_outside_the_encoding_is_told_once_with_the_person(tmp_path: Path) -> None:
    latin = names(tmp_path, 'encoding = "iso-8859-1"')
    assert problems(latin, named("Kőszegi"), named("Čapek")) == [
        "Kőszegi Adelro (42): name: the provider's file cannot hold the sign “ő”",
        "Čapek Adelro (42): name: the provider's file cannot hold the sign “Č”",
    ]
    assert content(latin, named("Noël")) == b"42;No\xebl Adelro\r\n"


def test_letters_can_be_written_plain_where_the_layout_says_so(tmp_path: Path) -> None:
    plain = names(tmp_path, 'encoding = "ascii"\nletters = "plain"')
    made = [named(name) for name in ("Kőszegi", "Noël", "Żółć", "Sørensen", "D’Été", "Straße")]
    assert content(plain, *made).decode("ascii").split("\r\n")[:-1] == [
        f"42;{name} Adelro" for name in ("Koszegi", "Noel", "Zolc", "Sorensen", "D'Ete", "Strasse")
    ]


def test_an_accent_that_stands_apart_is_put_on_its_letter(tmp_path: Path) -> None:
    assert content(names(tmp_path, 'encoding = "cp1252"'), named("Noe\u0308l")) == b"42;No\xebl Adelro\r\n"


@pytest.mark.parametrize(("sign", "code"), [("\x1b", "001B"), ("\x00", "0000"), ("\u202e", "202E")])
def test_signs_that_nobody_sees_are_refused(tmp_path: Path, sign: str, code: str) -> None:
    (problem,) = problems(names(tmp_path), named(f"Test{sign}man"))
    assert problem.endswith(f"name: the sign U+{code} cannot be written")


def test_a_file_without_quotes_takes_no_separator(tmp_path: Path) -> None:
    bare = names(tmp_path, 'quotes = "never"')
    assert problems(bare, named("Test;man")) == [
        "Test;man Adelro (42): name: the file cannot hold the sign “;”"
    ]


def test_a_text_that_is_too_long_is_refused_or_cut_as_the_layout_says(tmp_path: Path) -> None:
    made = named("Testmanneke")
    assert problems(names(tmp_path, "", ", width = 10"), made) == [
        "Testmanneke Adelro (42): name: “Testmanneke Adelro” has 18 signs; 10 fit"
    ]
    assert content(names(tmp_path, "", ", width = 10, cut = true"), made) == b"42;Testmannek\r\n"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"client_number": ""}, "client: this is empty, and the provider needs it"),
        ({"client_number": "12345678"}, "client: “12345678” has 8 signs; 7 fit"),
        ({"client_number": "12A"}, "client: “12A” may hold figures only"),
        ({"provider_number": "x" * 21}, f"employee: “{'x' * 21}” has 21 signs; 20 fit"),
        ({"number": ""}, "employee: this is empty, and the provider needs it"),
        ({"number": "é42"}, "employee: the provider's file cannot hold the sign “é”"),
    ],
)
def test_numbers_that_do_not_fit_a_record_of_fixed_width_are_told(changes: dict[str, Any], said: str) -> None:
    made = snapshot(provider="acerta")
    made = replace(made, person=replace(made.person, **changes))
    assert problems(load_layout("acerta"), made) == [f"Testman Adelro ({made.person.number}): {said}"]


def test_time_that_does_not_fit_is_told_and_not_cut() -> None:
    made = snapshot([day(2, ("OVU", 6060), scheduled=0)], provider="acerta")
    assert problems(load_layout("acerta"), made) == ["Testman Adelro (42): time: “10100” has 5 signs; 4 fit"]


def test_a_type_without_a_code_is_named_once_however_many_people_have_it() -> None:
    people = [snapshot(provider="acerta"), snapshot(provider="acerta", person=replace(PERSON, id=43))]
    bare = [_without_code(one, "KV") for one in people]
    missing = missing_codes(load_layout("acerta"), bare)
    assert [(one.kind.key, one.people) for one in missing] == [("KV", 2)]
    assert problems(load_layout("acerta"), *bare) == [
        "Short leave (KV) has no code at Acerta: give it one among the leave types."
    ]
    assert missing_codes(load_layout("generic"), bare) == ()
    mapped = replace(load_layout("acerta"), codes={"KV": "0077"})
    assert missing_codes(mapped, bare) == ()
    assert "0077" in {line.code for line in read_klx(content(mapped, bare[0]))}


def test_a_type_that_the_employer_does_not_have_is_to_be_made() -> None:
    kinds = {id_: kind for id_, kind in KINDS.items() if kind.key != "BF"}
    who = snapshot(provider="acerta").person
    made = build(1, JUNE, who, [day(9, holiday=True)], kinds)
    assert problems(load_layout("acerta"), made) == [
        "There is no leave type BF for “Public holiday”: make one, with a code at Acerta."
    ]
    nothing = build(1, JUNE, who, [day(9, holiday=True), day(10)], {})
    assert {
        row["code"] for row in read_table(render(load_layout("generic"), [nothing], HEADER)[0].content)
    } == {
        "AD",
        "BF",
    }
    assert len(problems(load_layout("acerta"), nothing)) == 2


def _without_code(made: Snapshot, key: str) -> Snapshot:
    days = (
        replace(
            one,
            lines=tuple(
                replace(line, kind=replace(line.kind, codes=())) if line.kind.key == key else line
                for line in one.lines
            ),
        )
        for one in made.days
    )
    return replace(made, days=tuple(days))


def test_whoever_goes_to_another_provider_is_not_written() -> None:
    assert problems(load_layout("acerta"), snapshot(provider="partena")) == [
        "Testman Adelro (42): This person goes to another payroll provider."
    ]


def test_dates_that_a_provider_needs_must_be_given(tmp_path: Path) -> None:
    wants = names(tmp_path, 'needs = ["wage_payment_date", "meal_voucher_date"]')
    assert problems(wants, snapshot(), header=replace(HEADER, wage_payment_date=HEADER.at.date())) == [
        "The provider wants the date on which the meal vouchers are ordered."
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(min_size=1, max_size=12), st.text(max_size=12))
def test_any_text_is_either_read_back_or_refused_with_the_person(last_name: str, note: str) -> None:
    made = snapshot(person=replace(PERSON, last_name=last_name), components=[replace(BONUS, note=note)])
    said = refused(made)
    if said:
        assert all(one.person_id == 42 and one.field and one.text for one in said)
        return
    row = read_table(render(load_layout("generic"), [made], HEADER)[1].content)[0]
    assert (row["code"], row["amount"]) == ("3110", "1234.56")
    for name, text in (("name", f"{last_name} Adelro"), ("note", note)):
        assert not row[name].startswith(("=", "+", "-", "@"))
        assert row[name].lstrip("'") == readable(text).lstrip("'")


def refused(made: Snapshot) -> tuple[RenderProblem, ...]:
    try:
        render(load_layout("generic"), [made], HEADER)
    except RenderError as error:
        return error.problems
    return ()


def readable(text: str) -> str:
    """The text with composed accents, every blank a plain one."""
    composed = unicodedata.normalize("NFC", text).replace("\t", " ")
    return "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in composed)


def test_a_name_with_a_sign_of_the_terminal_is_told_without_it() -> None:
    bad = replace(PERSON, id=77, number="77", last_name="Bad\x07")
    with pytest.raises(RenderError) as told:
        render(load_layout("generic"), [snapshot(), snapshot(person=bad)], HEADER)
    assert {one.person_id for one in told.value.problems} == {77}
    assert "\x07" not in "".join(map(str, told.value.problems))
