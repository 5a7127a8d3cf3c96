"""The end of a month in a real terminal: 300 people go to a folder, three are corrected the month after."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from tests.pty.desk import Desk, export
from tests.pty.paper import PEOPLE

pytestmark = pytest.mark.pty

LAST_DAY, NEXT_MONTH = "2026-05-29", "2026-06-03"
UNENTERED = {"AD", "BF", "VF"}
"""Codes of time that nobody enters: worked, holidays and replacement days."""

Booked = dict[tuple[str, str, str], int]
"""What a provider books: minutes by number, date and code."""


def checked_files(place: Path) -> list[Path]:
    """The files of a transmission, each with the hash that SHA256SUMS gives it."""
    sums = dict(line.split("  ")[::-1] for line in (place / "SHA256SUMS").read_text().splitlines())
    found = [path for path in place.iterdir() if path.name != "SHA256SUMS"]
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found} == sums
    return found


def book(place: Path, booked: Booked) -> set[str]:
    """Book what is new, changed or removed, as a provider would; returns whose lines there were."""
    entries = next(path for path in checked_files(place) if path.name.endswith("-entries.csv"))
    people = set()
    with entries.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file, delimiter=";"):
            key = line["number"], line["date"], line["code"]
            people.add(line["number"])
            assert booked.get(key, 0) == int(line["previous_minutes"] or 0)
            if line["line_kind"] == "removed":
                del booked[key]
            else:
                booked[key] = int(line["minutes"])
    return people


def entered(home: Path) -> Booked:
    """What is entered in May, by the program's own export."""
    found: Booked = {}
    for line in export(home, "month", "2026-05"):
        key = line["number"], line["date"], line["code"]
        found[key] = found.get(key, 0) + int(line["minutes"])
    return found


def told(booked: Booked) -> Booked:
    """What of it somebody entered."""
    return {key: minutes for key, minutes in booked.items() if key[2] not in UNENTERED}


def test_a_whole_month_and_its_correction(office: Path) -> None:
    folder = office / "sent"
    with Desk(office, day=LAST_DAY) as desk:
        desk.do(">", "Forward to the payroll provider", "May 2026")
        desk.do("<enter>", "Forward  May 2026")
        desk.do(f"<tab><tab><tab><tab><C-u>{folder}<C-s>", "Check  May 2026")
        desk.do("<C-s>", "Preview  May 2026")
        desk.do("<C-s>", "and lock it?")
        people = int(desk.found(r"Forward May 2026 for (\d+) people"))
        desk.do("y", "May 2026 is forwarded")
        desk.kill()
    booked: Booked = {}
    place = next(folder.glob("*-2026-05-1"))
    assert PEOPLE * 0.9 < people == len(book(place, booked))
    assert told(booked) == {key: n for key, n in entered(office).items() if key[2] not in UNENTERED}

    with Desk(office, day=NEXT_MONTH) as desk:
        desk.do("(", "May 2026", f"forwarded {people}/{people}, delivered")
        desk.do("<space><space><space>", "3 marked")
        desk.do("#", "Unlock  May 2026")
        desk.do("certificates came late<C-s>", "Unlocked until")
        desk.do("<esc><C-home>4<enter>z", "1 to send again")
        desk.do("<down>z<down>18<enter>z", "3 to send again")
        desk.do(">", "To send again:")
        desk.do("<enter><C-s>", "Check  May 2026")
        desk.do("<C-s>", f"3 people, {people - 3} are with the provider as they are")
        desk.do("<C-s>y", "May 2026 is forwarded")
        desk.do("<esc><C-home>v", "locked on")
        desk.leave()
    before = dict(booked)
    again = book(next(folder.glob("*-2026-05-2")), booked)
    assert len(again) == 3
    assert {key[0] for key in booked.keys() ^ before.keys()} == again
    assert told(booked) == {key: n for key, n in entered(office).items() if key[2] not in UNENTERED}
