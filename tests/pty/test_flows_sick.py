"""The flows of an absence insurer's portal in a real terminal, in Dutch, from the empty start.

They are those of InComfort's page for temp agencies, with what the law asks next; the Belgian ones follow.
Texts are looked up in the Dutch catalogue.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from hrtui.i18n import text_in
from hrtui.payroll.paper import printed
from tests.pty.conftest import HRTUI, ROOT
from tests.pty.desk import SIZE, Desk, hrtui, presses
from tests.pty.harness import Program

pytestmark = pytest.mark.pty

PASSWORD = "een goed wachtwoord"
DAY = "2026-09-14"
SPECIFICATION = (
    "maand;polisnummer;verzekeraar;naam;van;tot en met;dagen;bedrag\n"
    "2026-08;P-1;Verzekeraar Proef;Testpersoon T;17-08-2026;31-08-2026;11;1 843,21\n"
)
WITHOUT_PAYMENT = (
    "maand;polisnummer;verzekeraar;naam;van;tot en met;dagen;bedrag\n"
    "2026-07;P-1;Verzekeraar Proef;Testpersoon T;01-07-2026;03-07-2026;3;0,00\n"
)
SCHEDULES = "rooster;maandag;dinsdag;woensdag;donderdag;vrijdag\nVoltijds;8:00;8:00;8:00;8:00;8:00\n"
PEOPLE = (
    "nummer;naam;voornaam;in dienst;uit dienst;statuut;rooster\n"
    "11;Aartsen;Aad;01/01/2026;;bediende;Voltijds\n"
    "12;Bakker;Bea;01/01/2026;;arbeider;Voltijds\n"
    "13;Claessen;Cor;01/01/2026;31/08/2026;bediende;Voltijds\n"
)


def say(text: str, **values: object) -> str:
    """A text of the program in Dutch."""
    return text_in("nl", text, **values)


class Agency(Desk):
    """The program on an employer's profile, in Dutch."""

    def __init__(self, home: Path, profile: str = "bureau", employer: str = "Proef Uitzend BV") -> None:
        env = {"PYTHONPATH": str(ROOT), "HRTUI_TODAY": DAY, "LANG": "nl_NL.UTF-8"}
        self.program = Program([*HRTUI, "--profile", profile], SIZE, home=home, env=env)
        self.presses = 0
        self.program.wait_for("Wachtwoord")
        self.do(f"{PASSWORD}<enter>", employer, "1 ")

    def leave(self) -> None:
        """Leave the program; nothing of a case went into the terminal's title, which others see."""
        super().leave()
        assert not re.search(rb"\x1b\][012];|\x1bk", bytes(self.program.output))

    def says(self, keys: str, text: str, **values: object) -> None:
        """Press keys and wait for a text of the catalogue; what is cut at the line's end counts."""
        self.do(keys, say(text, **values)[:50])


def made(home: Path, profile: str, employer: str, country: str) -> None:
    """A profile with an employer, a work schedule and three people, one of them out of service."""
    own = ("--profile", profile)
    init = ("init", "--employer", employer, "--country", country, "--password-stdin")
    hrtui(home, *own, *init, typed=f"{PASSWORD}\n")
    for kind, text in (("schedules", SCHEDULES), ("people", PEOPLE)):
        file = home / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        hrtui(home, *own, "--password-stdin", "import", kind, str(file), typed=f"{PASSWORD}\n")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a Dutch and a Belgian employer."""
    home = tmp_path_factory.mktemp("agency")
    made(home, "bureau", "Proef Uitzend BV", "NL")
    made(home, "zaak", "Proef NV", "BE")
    return home


@pytest.fixture
def home(empty: Path, tmp_path: Path) -> Path:
    """A copy of it, with papers in the home folder."""
    copy = Path(shutil.copytree(empty, tmp_path / "home"))
    (copy / "Documents").mkdir()
    (copy / "Documents" / "loonstrook-08.pdf").write_bytes(printed("Loonstrook", [("Naam", "T")], []))
    (copy / "Documents" / "loonstrook-09.pdf").write_bytes(printed("Loonstrook", [("Naam", "U")], []))
    (copy / "Documents" / "spreekuur.pdf").write_bytes(printed("Spreekuur", [("Naam", "T")], []))
    (copy / "uitkering.csv").write_text(SPECIFICATION, encoding="utf-8")
    (copy / "zonder.csv").write_text(WITHOUT_PAYMENT, encoding="utf-8")
    (copy / "overzicht-pb.csv").write_text(
        "datum;auteur;notitie\n10-09-2026;C. Casemanager;Gesproken op 10 september\n", encoding="utf-8"
    )
    return copy


def new_person(desk: Agency) -> None:
    """Look for somebody who is not there, and add them with what the report needs."""
    desk.says("<C-t>r", "Report sick: who?")
    desk.do("tes", f"{say('Find:')} tes")
    desk.says("<C-n>", "New person for a sick report")
    desk.do("<enter>van<enter>Tess<enter>T.<enter>", "Tess")
    desk.do("<pgdn>Proefstraat<enter>12<enter>1234 AB<enter>Utrecht<enter>", "Utrecht")
    desk.do("0612345678<enter>tess@example.org<enter>", "tess@example.org")
    desk.do("01062026<enter>Magazijn<C-s>", say("Report sick"), "Tes Tess van")


def ill(desk: Agency, keys: str, since: str, percent: int = 100, who: str = "aar") -> None:
    """Report a known person by the first letters of the name; then the case is shown."""
    desk.do(f"<C-t>r{who}<enter>{keys}<C-s>", say("ill since {day}, {percent} %", day=since, percent=percent))


def test_somebody_who_is_not_there_is_added_reported_and_taken_back(home: Path) -> None:
    with Agency(home) as desk:
        new_person(desk)
        desk.says("<tab>07092026<C-s>", "ill since {day}, {percent} %", day="7 sep 2026", percent=100)
        desk.do("", "Geen werkdag is ingevuld: geef de persoon")
        desk.says("<C-z>", "Undone: {label}", label=say("Absence of {name}", name="Tes Tess van"))
        desk.do("<C-y><C-t>s", "7 sep 2026", "100 %")
        desk.leave()


def test_a_known_person_is_reported_from_the_grid_in_at_most_twelve_keys(home: Path) -> None:
    """From the cell of the first sick day; from the menu, with three letters of the name, it is fewer too."""
    with Agency(home) as desk:
        before = desk.presses
        desk.do("%<C-s>", say("{name} is ill from {day} on.", name="Aartsen Aad", day="")[:18])
        assert desk.presses - before <= 12
        before = desk.presses
        desk.do("<C-t>rbak<enter><C-s>", "Bakker Bea", "100 %")
        assert desk.presses - before <= 12
        desk.leave()
    assert presses("<C-t>rbak<enter><C-s>") == 9


def test_a_known_person_is_reported_partly_sick_and_recovers(home: Path) -> None:
    with Agency(home) as desk:
        ill(desk, "<tab><tab>40", "14 sep 2026", 40)
        desk.says("<C-t>raar<enter>", "Open that case")
        desk.do("<enter>", "40 %")
        desk.says("<f4><tab>07092026<C-s>", "The report is corrected.")
        desk.says("<f2>2", "Works again from")
        desk.says("<C-s>", "recovered from {day}", day="14 sep 2026")
        desk.says("<f2>5", "Recovery")
        desk.do("<enter>", "Aartsen", say("Told by phone"))
        desk.says("1", "It is recorded that the occupational service was told.")
        desk.says("<f2>1", "The case is open again.")
        desk.do("<C-t>1", " z", "Aartsen Aad")
        desk.leave()


def test_partial_recovery_and_relapse_are_steps_of_the_course(home: Path) -> None:
    with Agency(home) as desk:
        ill(desk, "<tab>31082026", "31 aug 2026")
        desk.do("<C-n>", "Ander percentage vanaf een dag")
        desk.do("07092026<enter>50<C-s>", "50 %")
        desk.do("<C-n>10092026<enter>80<C-s>", "80 %")
        desk.do("", say("ill since {day}, {percent} %", day="31 aug 2026", percent=80))
        desk.do("<C-z>", say("ill since {day}, {percent} %", day="31 aug 2026", percent=50))
        desk.leave()


def test_somebody_who_is_ill_again_within_four_weeks_counts_on(home: Path) -> None:
    with Agency(home) as desk:
        ill(desk, "<tab>10082026", "10 aug 2026")
        desk.do("<f2>2", say("Works again from"))
        desk.says("24082026<C-s>", "recovered from {day}", day="24 aug 2026")
        desk.says("<f2>2", "Report sick")
        desk.do("<tab>07092026<C-s>", say("ill since {day}, {percent} %", day="7 sep 2026", percent=100))
        desk.do("", say("Count of sick days"), "22")
        desk.leave()


def test_documents_of_somebody_out_of_service_and_a_program_that_dies(home: Path) -> None:
    """The source's upload: also people out of service, the latest case unless told otherwise, a folder."""
    with Agency(home) as desk:
        desk.do("<C-t>rcla", "Niemand heet “cla”: F9 zoekt ook uit dienst")
        desk.do("<f9>", "Claessen Cor", "31/08/2026")
        desk.do(
            "<enter><tab>24082026<C-s>", say("ill since {day}, {percent} %", day="24 aug 2026", percent=100)
        )
        desk.says("<f2>5", "No files yet: {key} adds some.", key="Ctrl+N")
        desk.do("<C-n>~/doc<tab>", "~/Documents/")
        desk.do("loon", "loonstrook-08.pdf", "loonstrook-09.pdf")
        desk.do("<f6><enter>", "loonstrook-08.pdf, loonstrook-09.pdf")
        desk.do(f"{say('Payslip')[:6]}<C-s>", say("{n} kB", n=""), "loonstrook-09.pdf")
        desk.kill()
    with Agency(home) as desk:
        desk.do("<C-t>s<enter><f2>5", "loonstrook-08.pdf")
        desk.do("<enter>", "Naam", " 1 of 1")
        desk.says("<esc>", "Files")
        desk.says("<C-s>", "Folder:")
        desk.do(f"<C-u>{home}/weg<enter>", say("Written to {file}.", file="")[:10])
        desk.leave()
    (saved,) = (home / "weg").iterdir()
    assert saved.read_bytes() == (home / "Documents" / saved.name).read_bytes()


def test_reports_and_notes_of_the_service_are_read(home: Path) -> None:
    with Agency(home) as desk:
        ill(desk, "", "14 sep 2026")
        desk.says("<f2>6", "Notes of the service")
        desk.do("<C-n>overzicht<enter>", "C. Casemanager")
        desk.do("<enter>", "Gesproken op 10 september")
        desk.do("<esc><esc><f2>5<C-n>~/doc<tab>spreek<enter>", "spreekuur.pdf")
        desk.do(f"{say('Consultation report')[:6]}<C-s>", say("Consultation report"), "spreekuur.pdf")
        desk.do("<enter>", "Spreekuur")
        desk.leave()


def test_specifications_come_in_with_and_without_a_payment(home: Path) -> None:
    with Agency(home) as desk:
        desk.says("<C-t>s<f2>2", "Benefit specifications")
        desk.do("<C-n>zonder<enter>", "07/2026", "0,00")
        desk.do("<C-s>", "Verzekeraar Proef")
        desk.do("<C-n>uitk<enter>", "08/2026", "1843,21")
        desk.do("<C-s>", "21 sep 2026")
        lines = desk.program.lines
        assert [line.split()[:2] for line in lines[2:4]] == [["Augustus", "2026"], ["Juli", "2026"]]
        desk.do("<enter>", say("page {n} of 2", n=1), "P-1")
        desk.do("<right>", say("page {n} of 2", n=2), "Testpersoon T")
        desk.leave()


def test_the_agenda_and_the_histories_are_written(home: Path) -> None:
    with Agency(home) as desk:
        ill(desk, "<tab>01072026", "1 jul 2026")
        desk.do("<C-t>g", say("Agenda"), "! ")
        desk.says("<C-s>", "Folder:")
        desk.do(f"<C-u>{home}/uit<enter>", say("Written to {file}.", file="")[:10])
        desk.says("<C-t>s<f2>4", "Export absence histories")
        desk.do("xpert<tab><tab>" + f"<C-u>{home}/uit<C-s>", say("Written to {file}.", file="")[:10])
        desk.leave()
    assert {path.suffix for path in (home / "uit").iterdir()} == {".ics", ".json"}


def test_a_belgian_worker_is_paid_by_the_guaranteed_wage_and_has_a_certificate(home: Path) -> None:
    with Agency(home, "zaak", "Proef NV") as desk:
        ill(desk, "<tab>24082026", "24 aug 2026", who="bak")
        desk.do("<end>", say("Who pays"), "85,88 %")
        desk.do("<f2>6", say("Certificate"))
        desk.leave()
