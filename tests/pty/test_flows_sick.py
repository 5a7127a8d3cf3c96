"""The flows of an absence insurer's portal in a real terminal, from the empty start at a Dutch employer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrtui.i18n import text_in
from hrtui.payroll.paper import printed
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.desk import SIZE, Desk, hrtui
from tests.pty.harness import Program

pytestmark = pytest.mark.pty

LANGUAGE = "en"
"""The one place that says in which language the clerk works; the texts are looked up in its catalogue."""
PASSWORD = "een goed wachtwoord"
DAY = "2026-09-14"
SPECIFICATION = (
    "maand;polisnummer;verzekeraar;naam;van;tot en met;dagen;bedrag\n"
    "2026-08;P-1;Verzekeraar Proef;Testpersoon T;17-08-2026;31-08-2026;11;843,21\n"
)


def say(text: str, **values: object) -> str:
    """A text of the program in the clerk's language."""
    return text_in(LANGUAGE, text, **values)


class Agency(Desk):
    """The program on the agency's profile, in the clerk's language."""

    def __init__(self, home: Path) -> None:
        env = {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": DAY, "LANG": f"{LANGUAGE}.UTF-8"}
        self.program = Program([*HRTUI, "--profile", "bureau"], SIZE, home=home, env=env)
        self.presses = 0
        self.program.wait_for("ass" if LANGUAGE == "en" else "acht")
        self.do(f"{PASSWORD}<enter>", "Proef Uitzend BV", "0 ")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a Dutch employer without people."""
    home = tmp_path_factory.mktemp("agency")
    init = ("init", "--employer", "Proef Uitzend BV", "--country", "NL", "--password-stdin")
    hrtui(home, "--profile", "bureau", *init, typed=f"{PASSWORD}\n")
    return home


@pytest.fixture
def home(empty: Path, tmp_path: Path) -> Path:
    """A copy of it, with papers in the home folder."""
    copy = Path(shutil.copytree(empty, tmp_path / "home"))
    (copy / "Documents").mkdir()
    (copy / "Documents" / "loonstrook-08.pdf").write_bytes(printed("Loonstrook", [("Naam", "T")], []))
    (copy / "Documents" / "loonstrook-09.pdf").write_bytes(printed("Loonstrook", [("Naam", "U")], []))
    (copy / "uitkering.csv").write_text(SPECIFICATION, encoding="utf-8")
    (copy / "overzicht-pb.csv").write_text(
        "datum;auteur;notitie\n10-09-2026;C. Casemanager;Gesproken op 10 september\n", encoding="utf-8"
    )
    return copy


def new_person(desk: Agency) -> None:
    """Look for somebody who is not there, and add them with what the report needs."""
    desk.do("<C-t>r", say("Report sick: who?"))
    desk.do("tes", "Find: tes" if LANGUAGE == "en" else "tes")
    desk.do("<C-n>", say("New person for a sick report"), "Tes")
    desk.do("<enter>van<enter>Tess<enter>T.<enter>", "Tess")
    desk.do("<pgdn>Proefstraat<enter>12<enter>1234 AB<enter>Utrecht<enter>", "Utrecht")
    desk.do("0612345678<enter>tess@example.org<enter>", "tess@example.org")
    desk.do("01062026<enter>Magazijn<C-s>", say("Report sick"), "Tes")


def test_somebody_who_is_not_there_is_added_reported_and_taken_back(home: Path) -> None:
    with Agency(home) as desk:
        new_person(desk)
        desk.do("<tab>07092026<C-s>", say("ill since {day}, {percent} %", day="7 Sep 2026", percent=100))
        desk.do("<C-z>", say("This case is no longer there: it was taken back or erased elsewhere.")[:40])
        desk.do("<C-y><C-t>s", "7 Sep 2026", "100 %")
        desk.leave()


def test_a_known_person_is_reported_partly_sick_and_recovers(home: Path) -> None:
    with Agency(home) as desk:
        new_person(desk)
        desk.do("<C-t>rtes<enter>", say("Report sick"))
        desk.do("<tab><tab>40<C-s>", say("ill since {day}, {percent} %", day="14 Sep 2026", percent=40))
        desk.do("<C-t>rtes<enter>", say("Open that case"))
        desk.do("<enter>", "40 %")
        desk.do("<f4><tab>07092026<C-s>", say("The report is corrected."))
        desk.do("<f2>2", say("Works again from"))
        desk.do("<C-s>", say("recovered from {day}", day="14 Sep 2026"))
        desk.do("<f2>5", say("Recovery"))
        desk.do("<enter>", "van Tes", say("Told by phone"))
        desk.do("1", say("It is recorded that the occupational service was told.")[:50])
        desk.do("<f2>1", say("The case is open again."))
        desk.leave()


def test_documents_are_added_to_the_latest_case_and_survive_the_end_of_the_program(home: Path) -> None:
    with Agency(home) as desk:
        new_person(desk)
        desk.do("<C-s>", say("ill since {day}, {percent} %", day="14 Sep 2026", percent=100))
        desk.do("<f2>5", say("No files yet: {key} adds some.", key="Ctrl+N"))
        desk.do("<C-n>~/doc<tab>", "~/Documents/")
        desk.do("loon", "loonstrook-08.pdf", "loonstrook-09.pdf")
        desk.do("<f6><enter>", "loonstrook-08.pdf, loonstrook-09.pdf")
        desk.do(f"{say('Payslip')[:6]}<C-s>", say("{n} kB", n=""), "loonstrook-09.pdf")
        desk.kill()
    with Agency(home) as desk:
        desk.do("<C-t>s<enter><f2>5", "loonstrook-08.pdf")
        desk.do("<enter>", "Loonstrook")
        desk.do("<esc>", say("Files"))
        desk.do("<C-s>", say("Folder:"))
        desk.do(f"<C-u>{home}/weg<enter>", say("Written to {file}.", file="")[:10])
        desk.leave()
    (saved,) = (home / "weg").iterdir()
    assert saved.read_bytes() == (home / "Documents" / saved.name).read_bytes()


def test_notes_and_specifications_come_in_and_are_read(home: Path) -> None:
    with Agency(home) as desk:
        new_person(desk)
        desk.do("<C-s>", say("ill since {day}, {percent} %", day="14 Sep 2026", percent=100))
        desk.do("<f2>6", say("Notes of the service"))
        desk.do("<C-n>overzicht<enter>", "C. Casemanager")
        desk.do("<enter>", "Gesproken op 10 september")
        desk.do("<C-t>s<f2>2", say("Benefit specifications"))
        desk.do("<C-n>uitk<enter>", "08/2026")
        desk.do("<C-s>", "Verzekeraar Proef", "21 Sep 2026")
        desk.do("<enter>", say("page {n} of 2", n=1), "P-1")
        desk.do("<right>", say("page {n} of 2", n=2), "Testpersoon T")
        desk.leave()


def test_the_agenda_and_the_histories_are_written(home: Path) -> None:
    with Agency(home) as desk:
        new_person(desk)
        desk.do("<tab>01072026<C-s>", say("ill since {day}, {percent} %", day="1 Jul 2026", percent=100))
        desk.do("<C-t>g", say("Agenda"), "! ")
        desk.do("<C-s>", say("Folder:"))
        desk.do(f"<C-u>{home}/uit<enter>", say("Written to {file}.", file="")[:10])
        desk.do("<C-t>s<f2>4", say("Export absence histories"))
        desk.do("xpert<tab><tab>" + f"<C-u>{home}/uit<C-s>", say("Written to {file}.", file="")[:10])
        desk.leave()
    assert {path.suffix for path in (home / "uit").iterdir()} == {".ics", ".json"}
