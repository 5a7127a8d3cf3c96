"""The page about layouts keeps its word: its example gives its result, and its tables leave nothing out."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from hrtui.payroll.layouts import layout_files, read_layout, render
from hrtui.payroll.layouts.checking import _FILE_KEYS, _KEYS, _TEXT_FILE_KEYS
from hrtui.payroll.layouts.rendering import PLACES
from hrtui.payroll.layouts.sources import END_SOURCES, FILE_SOURCES, SOURCES
from hrtui.payroll.layouts.types import Field
from tests.payroll.june import HEADER, snapshot

PAGE = (Path(__file__).parents[2] / "docs" / "layouts.md").read_text(encoding="utf-8")


def between(name: str) -> str:
    """What stands between two marks."""
    (found,) = re.findall(rf"<!-- {name}:begin -->(.*?)<!-- {name}:end -->", PAGE, re.DOTALL)
    return str(found)


def first_column(heading: str) -> list[str]:
    """The names in the first column of the table after a sentence."""
    table = PAGE.partition(heading)[2].split("\n\n")[1]
    return [name for row in table.splitlines()[2:] for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


def test_the_example_writes_the_file_of_the_page(tmp_path: Path) -> None:
    file = tmp_path / "our-provider.toml"
    file.write_text(between("example").strip().removeprefix("```toml\n").removesuffix("```"))
    (made,) = render(read_layout(file), [snapshot()], HEADER)
    assert made.name == "HOURS_202506_12.txt"
    shown = between("result").strip().removeprefix("```\n").removesuffix("```")
    assert made.content.decode("iso-8859-1").replace("\r\n", "\n") == shown


def test_every_layout_of_the_package_is_in_the_first_table() -> None:
    assert sorted(
        re.findall(r"^\| `([a-z-]+)` \|", PAGE.partition("\n\nAcerta's")[0], re.MULTILINE)
    ) == sorted(layout_files())


def test_every_name_of_a_layout_is_explained() -> None:
    told = first_column("## What a layout has")
    assert {name.strip("[]").split(".")[0] for name in told} == {
        key for keys in _KEYS.values() for key in keys
    }
    assert set(first_column("A file has:")) == {*_FILE_KEYS, *_TEXT_FILE_KEYS, "length"}
    about = {"value", "text", "line"}
    assert set(first_column("A field has either")) == {field.name for field in fields(Field)} - about


def test_every_value_is_told() -> None:
    every = set(re.findall(r"`(\w+)`", between("values")))
    people = set(re.findall(r"`(\w+)`", between("people")))
    assert every == set(FILE_SOURCES)
    rows = dict(re.findall(r"^\| `(\w+)`(?:, `tail`)? \| (`.*) \|$", PAGE, re.MULTILINE))
    for name, sources in SOURCES.items():
        assert set(re.findall(r"`(\w+)`", rows[name])) == set(sources) - every - people, name
    assert set(re.findall(r"`(\w+)`", rows["head"])) == set(END_SOURCES) - every
    assert set(re.findall(r"\{(\w+)\}", between("places"))) == set(PLACES)
