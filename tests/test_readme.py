"""The README keeps its word: its commands exist, its key table and its examples are in step."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from hrtui import i18n, keybindings
from hrtui.cli.commands import program
from hrtui.cli.options import split
from hrtui.imports.headers import Kind, field_names, field_title, find_columns
from hrtui.imports.tables import read_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -q uv && .venv/bin/uv run"


def between(name: str) -> str:
    parts = re.findall(rf"<!-- {name}:begin -->\n(.*?)<!-- {name}:end -->", README, re.DOTALL)
    assert len(parts) == 1
    return str(parts[0])


def test_the_key_table_is_the_one_of_the_program() -> None:
    i18n.set_language("en")
    assert between("keys") == keybindings.key_table_markdown(keybindings.load())


def test_one_command_sets_up_and_opens_the_demo_and_one_the_tests() -> None:
    assert between("demo") == f"```sh\n{SET_UP} hrtui demo\n```\n"
    assert between("tests") == f"```sh\n{SET_UP} --extra test pytest\n```\n"


def test_the_check_of_a_change_runs_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)
    line = next(line for line in script.read_text().splitlines() if line.startswith("tests=$("))
    done = subprocess.run(
        ["bash", "-c", f'{line}; printf %s "$tests"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{SET_UP} --extra test pytest"


def spelled() -> list[str]:
    """Every hrtui command that the README shows in code."""
    inline = re.findall(r"`(hrtui(?: [^`]*)?)`", README)
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("hrtui")]
    return sorted({*inline, *lines} - {"hrtui"})


@pytest.mark.parametrize("text", spelled())
def test_every_command_in_the_readme_exists_with_its_options(text: str) -> None:
    _, words = split(shlex.split(text, comments=True)[1:])
    command = get_command(program)
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]  # type: ignore[attr-defined]
    options = {name for param in command.params for name in param.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= options
    assert "commands" not in vars(command) or words == ["--help"] or not words


def row_of(kind: str) -> tuple[list[str], list[str]]:
    """The columns that the README says a file must and may have."""
    row = next(line for line in README.splitlines() if line.startswith(f"| `{kind}` |"))
    must, may = (cell.strip().split(", ") for cell in row.split("|")[2:4])
    return must, may


def fatal(kind: Kind, names: list[str], folder: Path) -> tuple[str, ...]:
    path = folder / "header.csv"
    path.write_text(";".join(names) + "\n", encoding="utf-8")
    return find_columns(kind, read_table(path)[0]).fatal


@pytest.mark.parametrize("kind", ["people", "schedules", "entries"])
def test_the_readme_names_every_column_and_which_are_needed(tmp_path: Path, kind: Kind) -> None:
    must, may = row_of(kind)
    assert sorted([*must, *may]) == sorted(field_title(kind, field) for field in field_names(kind))
    days = ["date"] if kind == "entries" else []
    assert fatal(kind, must + days, tmp_path) == ()
    for name in must:
        assert fatal(kind, [other for other in must + days if other != name] + may[-1:], tmp_path)


def test_the_file_in_the_readme_is_one_that_the_import_reads(tmp_path: Path) -> None:
    example = re.findall(r"```csv\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "people.csv"
    path.write_text(example[0], encoding="utf-8")
    header, *rows = read_table(path)
    columns = find_columns("people", header)
    assert (columns.fatal, columns.unknown, len(rows)) == ((), (), 1)
