"""The screens of cases as text, in Dutch and three sizes, against the files in `golden`.

Rewrite them as those of `test_golden`: HRTUI_REWRITE_GOLDEN=1.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from hrtui import i18n
from hrtui.domain.month import Month
from hrtui.domain.sickness.benefit import BenefitLine, Specification
from hrtui.domain.sickness.case import Progress, Source
from hrtui.domain.sickness.certificates import Certificate
from hrtui.domain.sickness.poortwachter import Step
from hrtui.domain.sickness.reporting import Report
from hrtui.store.sickness.course import recover, set_percentage
from hrtui.store.sickness.marks import add_certificate, mark
from hrtui.store.sickness.notes import Note, take_over_notes
from hrtui.store.sickness.specifications import add_specification
from tests.screens.conftest import screen_text
from tests.screens.sickness.employers import Ward, belgian, dutch, office, opened, today
from tests.screens.test_golden import GOLDEN, SIZES

__all__ = ["belgian", "dutch", "office", "today"]

CASES = ("ctrl+t", "s")
CASE = (*CASES, "enter")
MORE = (*CASES, "f2")
DUTCH = {
    "sick-cases": CASES,
    "sick-find": ("ctrl+t", "r", *"dub", "f9"),
    "sick-new-person": ("ctrl+t", "r", *"xyz", "ctrl+n"),
    "sick-report": ("ctrl+t", "r", *"bae", "enter", *("tab",) * 2, *"40", "tab"),
    "sick-refused": ("ctrl+t", "r", *"cla", "enter"),
    "sick-case": CASE,
    "sick-case-more": (*CASE, "f2"),
    "sick-percentage": (*CASE, "ctrl+n"),
    "sick-recovery": (*CASE, "f2", "2"),
    "sick-correct": (*CASE, "f4"),
    "sick-message": (*CASE, "f2", "4", "enter"),
    "sick-done": (*CASE, *("down",) * 3, "enter"),
    "sick-notes": (*CASE, "f2", "6"),
    "sick-more": MORE,
    "sick-agenda": ("ctrl+t", "g"),
    "sick-specifications": (*MORE, "2"),
    "sick-specification": (*MORE, "2", "enter", "right"),
    "sick-figures": (*MORE, "3"),
    "sick-chart": (*MORE, "3", "enter"),
    "sick-export": (*MORE, "4", "tab", "tab", "ctrl+u", *"/tmp"),
    "sick-retention": (*MORE, "6"),
    "sick-classifications": (*MORE, "7"),
}
BELGIAN = {
    "sick-case-be": CASE,
    "sick-report-be": ("ctrl+t", "r", *"bae", "enter"),
    "sick-certificate": (*CASE, "f2", "6"),
}


def fill(of: Ward) -> None:
    """A case that counts on from another, one partly recovered, and what belongs to them."""
    first = of.ill("Claes", Report(date(2026, 7, 6)))
    recover(of.desk, first, date(2026, 8, 10))
    case_id = of.ill("Claes", Report(date(2026, 9, 1), expected_end=date(2026, 10, 1), minutes_worked=120))
    of.ill("Aerts", Report(date(2026, 8, 3)))
    if of.desk.dutch:
        set_percentage(of.desk, case_id, Progress(date(2026, 9, 7), 50, Source.PHYSICIAN))
        mark(of.desk, case_id, Step.SERVICE_REPORT, done_on=date(2026, 9, 1))
        take_over_notes(of.desk, case_id, [Note(date(2026, 9, 8), "C. Casemanager", "Afspraak op 17/09")])
        line = BenefitLine("Claes C", date(2026, 7, 6), date(2026, 7, 31), 20, 123456)
        paid = Specification(Month(2026, 7), date(2026, 8, 20), "P-1", "Verzekeraar", {}, (line,), 123456)
        add_specification(of.desk, paid)
    else:
        add_certificate(of.desk, case_id, Certificate(date(2026, 9, 1), date(2026, 9, 11), date(2026, 9, 2)))


async def compare(of: Ward, scene: str, keys: tuple[str, ...]) -> None:
    """Look at a scene in each size."""
    fill(of)
    shown = []
    for size in SIZES:
        async with opened(of, size, "nl") as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            shown.append(f"== {size[0]}×{size[1]} ==\n{screen_text(pilot.app)}")
    i18n.set_language("en")
    file = GOLDEN / f"{scene}.nl.txt"
    if os.environ.get("HRTUI_REWRITE_GOLDEN"):
        file.write_text("\n".join(shown), encoding="utf-8")
    assert "\n".join(shown) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("scene", DUTCH)
async def test_the_dutch_screen_looks_as_it_did(dutch: Ward, scene: str) -> None:
    await compare(dutch, scene, DUTCH[scene])


@pytest.mark.parametrize("scene", BELGIAN)
async def test_the_belgian_screen_looks_as_it_did(belgian: Ward, scene: str) -> None:
    await compare(belgian, scene, BELGIAN[scene])


def test_every_golden_file_of_cases_has_its_scene() -> None:
    there = {Path(path.stem).stem for path in GOLDEN.glob("sick-*.txt")}
    assert there == DUTCH.keys() | BELGIAN.keys()
