"""A layout that is wrong is told all of it at once, each problem with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrtui.payroll.layouts import LayoutError, UnknownLayoutError, check_layout, layout_files, load_layout
from hrtui.payroll.layouts.loading import SHIPPED

GOOD = """title = "Try"
kind = "fixed"
provider = "acerta"

[files.klx]
name = "klx-{client}.txt"
rows = "entries"
length = 20
fields = [
  { value = "employee", width = 10 },
  { value = "date", date = "DDMMYYYY", at = 13, width = 8 },
]
"""


FIRST = '{ value = "employee", width = 10 }'


def found(folder: Path, text: str) -> list[str]:
    """The problems of a layout with this text, as line and sentence."""
    file = folder / "try.toml"
    file.write_text(text, encoding="utf-8")
    layout, problems = check_layout(file)
    assert (layout is None) == bool(problems)
    assert all(str(one).startswith(f"{file}:{one.line}: ") for one in problems if one.line)
    return [f"{one.line}: {one.text}" for one in problems]


def test_a_good_layout_has_no_problems(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


@pytest.mark.parametrize("name", layout_files())
def test_every_layout_of_the_package_is_good(name: str) -> None:
    assert check_layout(SHIPPED / f"{name}.toml")[1] == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Try"\n', "", "0: The layout needs a title."),
        ('"fixed"', '"fix"', '2: “kind” can be "csv", "fixed", "workbook", "pdf".'),
        ('"acerta"', '"acertta"', "Did you mean acerta?"),
        ('"acerta"', "7", "3: “provider” can be "),
        ("\n[files", '\nquotes = "never"\n[files', "5: A fixed layout has no “quotes”."),
        ("\n[files", '\nencodin = "ascii"\n[files', "5: A fixed layout has no “encodin”. Did you"),
        ("\n[files", '\nneeds = [\n "wage_payment_date",\n "date"]\n[files', "7: “needs” can have"),
        ("\n[files", '\ncodes = { VAK = 20 }\n[files', "5: Write the code of VAK in quotes."),
        ("\n[files", '\nalso = ["none"]\n[files', "5: No layout “none” can go along"),
        ("\n[files", '\nalso = ["try"]\n[files', "5: No layout “try” can go along"),
        ("\n[files", '\nalso = ["acerta"]\n[files', "5: No layout “acerta” can go along"),
        ("{client}", "{clint}", "6: A name has no “{clint}”; it can have {client},"),
        ("{client}", "{client", "6: The braces of the name do not match."),
        ("klx-{client}.txt", "../klx.txt", "6: A name of a file is letters,"),
        ('name = "klx-{client}.txt"\n', "", "5: The file needs a name."),
        ('"entries"', '"entrys"', "7: “rows” can be "),
        ('rows = "entries"\n', "", "5: Say what the rows are:"),
        ("length = 20", "length = 21", "9: The fields end at 20, but the record is 21 long."),
        ("length = 20", 'length = "20"', "8: “length” must be a whole number."),
        ("length = 20", "per = 3", '8: “per” can be "day", "month".'),
        ("length = 20", 'categories = ["leave"]', "8: “categories” can have"),
        ("length = 20", "title = 3", "8: A file of a fixed layout has no “title”."),
        ("fields", "feelds", "9: A file of a fixed layout has no “feelds”. Did you mean fields?"),
        (FIRST, '"employee"', "10: A field is a table: "),
        ('"employee"', '"numbr"', "Did you mean number?"),
        ('"employee"', '"amount"', "10: There is no value “amount” here; there are "),
        (", width = 10", ', width = "10"', "10: “width” must be a whole number."),
        (", width = 10", ", width = true", "10: “width” must be a whole number."),
        (", width = 10", ", wdith = 10", "10: A field has no “wdith”. Did you mean width?"),
        (", width = 10", "", "10: A field of a fixed record needs a width."),
        (", width = 10", ", width = -1", "10: A width is from 1 to 2000."),
        (", width = 10", ', width = 10, pad = "ab"', "10: “pad” must be one sign."),
        (", width = 10", ', width = 10, text = "x"', "10: A field has a value or a text, not both."),
        (", width = 10", ', width = 10, unit = "minutes"', "10: Only time and amounts have a unit."),
        (", width = 10", ', width = 10, date = "YYYY"', "10: Only dates have a date style."),
        (", width = 10", ', width = 10, align = "middle"', "10: “align” can be "),
        (", width = 10", ', width = 10, sign = "plus"', "10: “sign” can be "),
        (", width = 10", ", width = 10, map = { A = 1 }", "10: A map is texts in quotes"),
        ("at = 13", "at = 10", "11: The field begins at 10, but the one before it ends at 10."),
        ("DDMMYYYY", "dd/mm/yyyy", "11: A date style is made of YYYY, YY, MM, DD"),
        (FIRST, '{ text = "KLX1", width = 3 }', "10: The text has 4 signs; 3 fit."),
        (
            FIRST,
            '{ value = "time", width = 10, pad = "0", align = "left" }',
            "10: Zeros behind a number would change it",
        ),
        (FIRST, '{ value = "time", width = 10, unit = "h" }', "10: “unit” can be "),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    problems = found(tmp_path, GOOD.replace(old, new))
    assert any(one.startswith(said) or one.endswith(said) for one in problems), problems


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    bad = GOOD.replace('"acerta"', '"nobody"').replace("{client}", "{x}").replace('"date",', '"dat",')
    assert [one.partition(":")[0] for one in found(tmp_path, bad)] == ["3", "6", "11", "11"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title = \n", "1: This is not valid TOML: "),
        (b'title = "a"\ntitle = "b"\n', "2: This is not valid TOML: "),
        (b'title = "a"\nkind = "\xe9"\n', "2: This is not UTF-8 text; save the file as UTF-8."),
        (b"", "0: The layout has no file: write [files.NAME] with its rows and fields."),
        (b'title = "a"\nfiles = 3\n', "2: “files” must be a table."),
        (b'title = "a"\n[files]\none = 1\n', "3: Write [files.one] on a line of its own."),
        (b'title = "a"\n[files.one]\nname="a.csv"\nrows="people"\nfields=[]\n', "2: The file needs fields."),
        (b'title = "a"\nkind = "pdf"\n[files.one]\n', "3: A pdf layout has no “files”."),
        (b'title = "a"\nkind = "workbook"\nname = "a b"\n', "3: A name of a file is letters,"),
    ],
)
def test_what_is_no_layout_at_all_is_told_too(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    problems = [f"{one.line}: {one.text}" for one in check_layout(file)[1]]
    assert any(one.startswith(said) for one in problems), problems


@pytest.mark.parametrize(
    ("top", "field", "said"),
    [
        ("", 'text = "a\\nb"', "9: The sign U+000A cannot be written."),
        ('encoding = "ascii"', 'text = "é"', "9: The encoding has no “é”."),
        ('encoding = "ascii"', 'value = "category", map = { worked = "ú" }', "9: The encoding has no “ú”."),
        ('quotes = "never"', 'text = "a;b"', "9: Without quotes no text can hold “;”."),
        ('quotes = "never"', 'value = "code", empty = \'"\'', '9: Without quotes no text can hold “"”.'),
        ('quotes = "never"\nheader = true', 'name = "a;b"', "10: Without quotes no text can hold “;”."),
    ],
)
def test_texts_of_the_layout_must_fit_its_files(tmp_path: Path, top: str, field: str, said: str) -> None:
    text = f'title = "Try"\nkind = "csv"\n{top}\n\n[files.one]\nname = "a.csv"\nrows = "entries"\nfields = ['
    assert found(tmp_path, f"{text}\n{{ {field} }} ]\n") == [said]


def test_two_files_may_not_have_one_name(tmp_path: Path) -> None:
    twice = GOOD + GOOD[GOOD.index("[files.klx]") :].replace("files.klx", "files.two")
    assert found(tmp_path, twice) == ["14: Another file has this name already."]


def test_a_layout_of_ones_own_takes_the_place_of_the_packaged_one(tmp_path: Path) -> None:
    folder = tmp_path / "layouts"
    folder.mkdir()
    (folder / "acerta.toml").write_text(GOOD)
    shutil.copy(SHIPPED / "partena.toml", folder / "mine.toml")
    assert load_layout("acerta", tmp_path).title == "Try"
    assert load_layout("acerta", tmp_path).own
    assert not load_layout("acerta").own
    # What goes along with it is found in the package, where the folder has none of that name.
    assert [one.key for one in load_layout("mine", tmp_path).also] == ["pay-and-messages"]


def test_a_name_that_nobody_has_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownLayoutError) as told:
        load_layout("acertta", tmp_path)
    assert told.value.text.startswith("There is no layout “acertta”; there are acerta, acerta-zeros, ")


def test_a_broken_layout_is_refused_with_its_problems(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "bad.toml").write_text('title = "Bad"\n')
    with pytest.raises(LayoutError) as told:
        load_layout("bad", tmp_path)
    assert [one.text for one in told.value.problems] == [
        "The layout has no file: write [files.NAME] with its rows and fields."
    ]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "win.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert check_layout(file)[1] == ()
