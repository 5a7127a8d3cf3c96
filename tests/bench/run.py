"""What a start and a key cost: hrtui, a bare Textual grid, VisiData, sc-im and sc, as Markdown tables.

    python -m tests.bench.run --people 50 1000 --sizes 80x24 120x40 --visidata vd --sc-im sc-im --sc sc

Everything runs in turns in pseudo-terminals on copies of the same month: the demo's, also as CSV and as a
sheet. Bytes are exact; times depend on the machine, so only those of one run may be compared. Linux only.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil  # type: ignore[import-untyped]

from hrtui.store.keys import read_key
from hrtui.store.profile import find_profile
from hrtui.store.store import Store
from tests.pty.harness import Program, environment

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MONTH = "2026-09"
DAYS = 30
SILENCE = 0.05
"""Seconds without output and work after which the answer to a key is complete."""
MIB = 1 << 20
CLERKS = 20
LOADED = {
    "as it runs": "sys",
    "with sqlmodel loaded": "sys, sqlmodel",
    "with the tables of its own schema, too": "sys, sqlmodel, hrtui.store.tables",
}
"""What the clerks' programs load besides, by its name; hrtui itself never imports sqlmodel."""
MEASURES = ("right", "down", "entry", "scroll", "page")


@dataclass(frozen=True)
class Rival:
    """A program: how it is started on a file, what its first usable screen shows, and its keys."""

    name: str
    command: Callable[[Path], list[str]]
    ready: str
    entry: str
    page: str = "<pgdn>"
    home: str = "<C-home>"
    before_entries: str = ""


@dataclass
class Result:
    """Milliseconds and MiB of each start; bytes and milliseconds of CPU of each key, by measure."""

    starts: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    sent: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def row(self) -> list[str]:
        """The cells of its line in a table."""
        keys = [
            f"{median(self.sent[name]):.0f} / {median(self.cpu[name]):.1f}" for name in MEASURES if self.sent
        ]
        return [f"{median(self.starts):.0f}", f"{median(self.memory):.1f}", *keys]


def make_month(folder: Path, people: int) -> Path:
    """A home folder with a demo of so many people, and its month as `month.csv` and `month.sc` beside it."""
    home = folder / str(people)
    if not home.exists():
        home.mkdir(parents=True)
        words = [sys.executable, "-m", "hrtui", "demo", "--people", str(people), "--no-ui"]
        env = environment(home) | {"PYTHONPATH": str(ROOT)}
        subprocess.run(words, env=env, check=True, capture_output=True)
        write_sheets(home)
    return home


def write_sheets(home: Path) -> None:
    """Write the month's letters as a CSV file and as a sheet of sc."""
    profile = find_profile("demo", home / "data")
    store = Store.open(profile, read_key(profile, None), actor="bench")
    names = store.con.execute(
        "SELECT id, last_name || ' ' || first_name FROM person ORDER BY sort_name"
    ).fetchall()
    query = (
        "SELECT e.person_id, e.date, t.letter FROM calendar_entry e"
        " JOIN leave_type t ON t.id = e.leave_type_id WHERE e.date LIKE ?"
    )
    letters = {(row[0], int(row[1][-2:])): row[2] for row in store.con.execute(query, (f"{MONTH}-%",))}
    store.close()
    columns = [chr(65 + place) if place < 26 else "A" + chr(39 + place) for place in range(DAYS + 1)]
    with (home / "month.csv").open("w", newline="") as file, (home / "month.sc").open("w") as sheet:
        out = csv.writer(file)
        out.writerow(["person", *range(1, DAYS + 1)])
        sheet.write("format A 18 0 0\n" + "".join(f"format {column} 3 0 0\n" for column in columns[1:]))
        for row, (person, name) in enumerate(names):
            texts = [name, *(letters.get((person, day), "") for day in range(1, DAYS + 1))]
            out.writerow(texts)
            for column, text in zip(columns, texts, strict=True):
                if text:
                    sheet.write(f'leftstring {column}{row} = "{text}"\n')


def rivals(people: int, visidata: str, sc_im: str, sc: str) -> list[Rival]:
    """The programs to compare."""
    python = sys.executable
    bare = [python, str(HERE / "bare_grid.py"), str(people)]
    found = [
        Rival(
            "hrtui", lambda home: [python, "-m", "hrtui", "--lang", "en", "demo"], " people", "z",
            before_entries="<f9><f9><C-home>4<enter>",
        ),
        Rival("bare Textual grid", lambda home: [*bare, str(home / "bare.db")], "usable", "v"),
    ]  # fmt: skip
    if visidata:
        found.append(
            Rival(
                "VisiData",
                lambda home: [visidata, str(home / "month.csv")],
                "Beispiel",
                "eV<enter>",
                home="gk",
            )
        )
    if sc_im:
        found.append(
            Rival("sc-im", lambda home: [sc_im, str(home / "month.sc")], "Beispiel", "=1<enter>", home="gg")
        )
    if sc:
        found.append(
            Rival("sc", lambda home: [sc, str(home / "month.sc")], "Beispiel", "=1<enter>", "J", "gA0<enter>")
        )
    return found


def start(rival: Rival, home: Path, size: tuple[int, int], result: Result) -> Program:
    """A running program, once usable."""
    begin = time.monotonic()
    program = Program(rival.command(home), size, home=home, env={"PYTHONPATH": str(ROOT)})
    program.wait_for(rival.ready)
    result.starts.append((time.monotonic() - begin) * 1000)
    program.settle()
    result.memory.append(pss(program.pid))
    return program


def pss(pid: int) -> float:
    """MiB of a process, shared pages counted in part."""
    size: float = psutil.Process(pid).memory_full_info().pss / MIB
    return size


def measure(program: Program, name: str, keys: Sequence[str], result: Result) -> None:
    """Press keys one by one, and note what each cost."""
    for key in keys:
        sent, cpu = len(program.output), program.cpu()
        program.keys(key)
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < SILENCE:
            if program.pump(0.01) or program.busy():
                quiet_since = time.monotonic()
        result.sent.setdefault(name, []).append(len(program.output) - sent)
        result.cpu.setdefault(name, []).append((program.cpu() - cpu) * 1000)


def play(program: Program, rival: Rival, result: Result) -> None:
    """The keys of a clerk."""
    rows = program.size[1]
    program.press(rival.home)
    measure(program, "right", ["<right>"] * 12, result)
    measure(program, "down", ["<down>"] * 10, result)
    program.press(rival.home)
    held: Result = Result()
    measure(held_at_bottom(program, rows), "scroll", ["<down>"] * rows, held)
    # A half page at a time scrolls seldom and much, a line at a time always and little: compare the mean.
    for name, values in (("sent", held.sent["scroll"]), ("cpu", held.cpu["scroll"])):
        getattr(result, name).setdefault("scroll", []).append(sum(values) / len(values))
    program.press(rival.home)
    measure(program, "page", [rival.page] * 4, result)
    program.press(rival.home)
    if rival.before_entries:
        program.press(rival.before_entries)
    measure(program, "entry", [rival.entry] * 14, result)


def held_at_bottom(program: Program, rows: int) -> Program:
    """The program with its cursor on the last line."""
    program.press("<down>" * (rows - 4))
    return program


def compare(home: Path, people: int, size: tuple[int, int], options: argparse.Namespace) -> dict[str, Result]:
    """All programs in turns."""
    programs = rivals(people, options.visidata, options.sc_im, options.sc)
    results = {rival.name: Result() for rival in programs}
    smallest = Rival(
        "smallest Textual app", lambda home: [sys.executable, str(HERE / "smallest_app.py")], "usable", ""
    )
    results[smallest.name] = Result()
    for turn in range(options.turns):
        for rival in [*programs, smallest]:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "home"
                shutil.copytree(home, copy)
                with start(rival, copy, size, results[rival.name]) as program:
                    if rival.entry and turn == 0:
                        play(program, rival, results[rival.name])
    return results


def clerks(home: Path, modules: str) -> float:
    """MiB of one of 20 clerks at work on one host, with a form's modules loaded, and these."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        running = []
        for number in range(CLERKS):
            copy = Path(folder) / str(number)
            shutil.copytree(home, copy)
            script = f"import {modules}; from hrtui.__main__ import main; sys.exit(main())"
            command = [sys.executable, "-c", script, "demo"]
            program = Program(command, (120, 40), home=copy, env={"PYTHONPATH": str(ROOT)})
            running.append(stack.enter_context(program))
        for program in running:
            program.wait_for(" people")
            program.press("<C-t>2")
            program.press("<down><esc><down>v")
        return median(pss(program.pid) for program in running)


def table(results: dict[str, Result]) -> str:
    """The results as a Markdown table, hrtui's first."""
    heads = ["program", "start ms", "PSS MiB", *(f"{name} B / ms" for name in MEASURES)]
    lines = [heads, ["---"] * len(heads)]
    lines += [
        [name, *result.row()] + [""] * (len(heads) - 1 - len(result.row()))
        for name, result in results.items()
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Measure what the command line asks for and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[50, 1000])
    parser.add_argument("--sizes", nargs="+", default=["80x24", "120x40", "200x60"])
    parser.add_argument("--turns", type=int, default=3, help="starts of each program")
    parser.add_argument(
        "--visidata", default=shutil.which("vd") or "", help="the command vd, or '' without it"
    )
    parser.add_argument("--sc-im", default=shutil.which("sc-im") or "", help="the command, or '' without it")
    parser.add_argument("--sc", default=shutil.which("sc") or "", help="the command, or '' without it")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "hrtui-bench")
    options = parser.parse_args()
    homes = {people: make_month(options.folder, people) for people in options.people}
    first: dict[str, Result] = {}
    for size_text in options.sizes:
        columns, _, rows = size_text.partition("x")
        for people, home in homes.items():
            results = compare(home, people, (int(columns), int(rows)), options)
            ours, smallest = results["hrtui"], results["smallest Textual app"]
            first.setdefault(size_text, ours)
            ratio = median(ours.starts) / median(smallest.starts)
            growth = median(ours.starts) / median(first[size_text].starts)
            print(f"\n### {people:,} people, {size_text}\n\n{table(results)}\n")
            print(
                f"Start: {ratio:.2f} × the smallest Textual app, {growth:.2f} × {options.people[0]} people.",
                flush=True,
            )
    for name, modules in LOADED.items():
        each = clerks(homes[options.people[0]], modules)
        print(f"\n{CLERKS} clerks at work on one host, {name}: {each:.1f} MiB each.")


if __name__ == "__main__":
    main()
