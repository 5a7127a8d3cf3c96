"""Files of cases on the screen: picking, adding, reading, saving again, notes, specifications."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.sickness.reporting import Report
from hrtui.i18n import text_in
from hrtui.payroll.paper import printed
from hrtui.screens.sickness.adding import AddingScreen
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness.course import recover
from hrtui.store.sickness.desk import accesses
from hrtui.store.sickness.documents import DOCUMENT, IMPORTED, Folder, add_document, documents
from hrtui.store.sickness.notes import notes_of
from hrtui.store.sickness.vault import vault_of
from tests.screens.conftest import screen_text, told
from tests.screens.sickness.employers import Ward, dutch, office, opened, today, typed

__all__ = ["dutch", "office", "today"]

TO_FILES = ("ctrl+t", "s", "enter", "f2", "5")
SPECIFICATION = (
    "maand;polisnummer;verzekeraar;naam;van;tot en met;dagen;bedrag\n"
    "2026-08;P-1;Verzekeraar Proef;Aerts A;01-08-2026;31-08-2026;21;1234,56\n"
)


def pdf() -> bytes:
    """A small real PDF."""
    return printed("Payslip", [("Name", "Aerts")], [])


def put(name: str, content: bytes) -> Path:
    """A file in the home folder."""
    path = Path.home() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture
def ill(dutch: Ward) -> Ward:
    """The Dutch ward with Aerts ill."""
    dutch.ill("Aerts", Report(date(2026, 9, 1)))
    return dutch


def case_of(ward: Ward) -> int:
    """The newest case."""
    row = ward.office.store.con.execute("SELECT id FROM sickness_case ORDER BY first_day DESC").fetchone()
    return int(row[0])


async def test_several_files_are_marked_and_added_to_a_folder(ill: Ward) -> None:
    put("loonstrook-1.txt", b"een")
    put("loonstrook-2.txt", b"twee")
    put("zz.exe", b"MZ")
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "ctrl+n", "space", "space", "enter")
        assert "Add 2 files" in told(pilot.app)
        await pilot.press(*"pay", "ctrl+s")
        await pilot.pause()
        assert "2 files are added and checked." in told(pilot.app)
        assert "Ill" not in screen_text(pilot.app).splitlines()[0]
    found = documents(ill.desk, case_of(ill))
    assert {(one.name, one.folder, one.origin) for one in found} == {
        ("loonstrook-1.txt", Folder.PAYSLIP, "own"),
        ("loonstrook-2.txt", Folder.PAYSLIP, "own"),
    }


async def test_a_path_is_typed_and_completed(ill: Ward) -> None:
    put("Documents/verzuim/overzicht.pdf", pdf())
    put("Downloads/other.pdf", pdf())
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "ctrl+n", *typed("~/doc"), "tab")
        assert "Find: ~/Documents/" in told(pilot.app)
        await pilot.press(*"ver", "tab", "tab")
        assert "Find: ~/Documents/verzuim/overzicht.pdf" in told(pilot.app)
        await pilot.press("enter")
        assert "Add 1 file overzicht.pdf" in told(pilot.app)


async def test_folders_are_walked_through_and_odd_kinds_refused(ill: Ward) -> None:
    put("papers/program.exe", b"MZ")
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "ctrl+n", "space")
        assert "A folder cannot be marked" in told(pilot.app)
        await pilot.press("enter", "enter")
        assert "program.exe is no kind of file that a case takes" in told(pilot.app)
        await pilot.press("left", *typed("~/nowhere/x"))
        assert "cannot be read: No such file or directory." in told(pilot.app)


async def test_a_file_that_is_not_what_its_name_says_is_refused_and_the_others_are_added(ill: Ward) -> None:
    put("a.pdf", b"MZ no pdf")
    put("b.txt", b"text")
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "ctrl+n", "f6", "enter", *"other", "ctrl+s")
        await pilot.pause()
        assert "a.pdf is not what its name says it is." in told(pilot.app)
        assert "Not all files were added" in told(pilot.app)
        await pilot.press("escape")
    assert [one.name for one in documents(ill.desk, case_of(ill))] == ["b.txt"]


async def test_why_a_file_is_refused_and_how_one_went_are_not_cut(ill: Ward) -> None:
    put("een bestand met een lange naam dat niet is wat het zegt.pdf", b"MZ no pdf")
    put("toegevoegd, met een lange naam die wijkt.txt", b"text")
    async with opened(ill, language="nl") as pilot:
        await pilot.press(*TO_FILES, "ctrl+n", "f6", "enter", *"contr", "ctrl+s")
        await pilot.pause()
        shown = told(pilot.app)
    assert f"100 % {text_in('nl', 'added and checked')} " in shown
    assert text_in("nl", "{file} is not what its name says it is.", file="")[-20:] in shown


async def test_what_came_from_the_service_is_named_in_a_narrow_terminal(ill: Ward) -> None:
    put("spreekuur.txt", b"text")
    add_document(
        ill.desk, case_of(ill), Folder.CONSULTATION_REPORT, Path.home() / "spreekuur.txt", origin=IMPORTED
    )
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES)
        assert "spreekuur.txt, imported, added by" in told(pilot.app)


async def test_a_large_file_shows_how_far_it_is_is_stopped_and_goes_on(
    ill: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrtui.screens.sickness.adding.PIECE", 1024 * 1024)
    work, pieces = AddingScreen._work, iter(range(2))
    slow = monkeypatch.context()
    put("large.txt", b"0123456789abcdef" * 65536 * 5)
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "ctrl+n", "enter", *"other")
        with slow as patch:
            # As slow as a file far away: after two pieces of five nothing more comes.
            patch.setattr(
                AddingScreen, "_work", lambda self: work(self) if next(pieces, None) is not None else None
            )
            await pilot.press("ctrl+s")
            assert "████████░░░░░░░░░░░░  40 %" in screen_text(pilot.app)
            await pilot.press("escape")
            assert "1 file is not added." in told(pilot.app)
        assert documents(ill.desk, case_of(ill)) == []
        await pilot.press("ctrl+n", "enter", *"other", "ctrl+s")
        for _ in range(20):
            await pilot.pause()
        assert "1 file is added and checked." in told(pilot.app)
    assert documents(ill.desk, case_of(ill))[0].size == 5 * 1024 * 1024


async def test_files_go_to_the_most_recent_open_case_at_first(dutch: Ward) -> None:
    first = dutch.ill("Aerts", Report(date(2026, 5, 4)))
    recover(dutch.desk, first, date(2026, 5, 11))
    dutch.ill("Aerts", Report(date(2026, 9, 7)))
    put("a.txt", b"a")
    async with opened(dutch) as pilot:
        await pilot.press(*TO_FILES)
        assert "Files Aerts-Voorbeeld Ann ill from 7 Sep 2026" in told(pilot.app)
        await pilot.press("left")
        assert "ill from 4 May 2026" in told(pilot.app)
        await pilot.press("right", "ctrl+n", "enter")
        assert "ill from 7 Sep 2026" in told(pilot.app)


async def test_a_pdf_is_read_saved_again_and_each_opening_is_kept(ill: Ward) -> None:
    document = add_document(ill.desk, case_of(ill), Folder.PAYSLIP, put("loonstrook.pdf", pdf()))
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "enter")
        assert "Payslip" in told(pilot.app)
        await pilot.press("escape", "ctrl+s", "enter")
        assert "Written to" in told(pilot.app)
        await pilot.press("f3")
        assert "saved again" in told(pilot.app)
    assert (Path.home() / "hrtui" / "loonstrook.pdf").read_bytes() == pdf()
    assert [one.what for one in accesses(ill.desk, DOCUMENT, document)] == ["saved", "opened"]


async def test_a_picture_cannot_be_shown_but_saved(ill: Ward) -> None:
    add_document(ill.desk, case_of(ill), Folder.OTHER, put("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20))
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "enter")
        assert "A terminal cannot show this kind of file: Ctrl+S saves it." in told(pilot.app)


async def test_a_file_is_moved_removed_and_brought_back(ill: Ward) -> None:
    add_document(ill.desk, case_of(ill), Folder.OTHER, put("a.txt", b"a"))
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "f4", "1")
        assert "Contract" in told(pilot.app)
        await pilot.press("delete", "y")
        assert "1 file is removed." in told(pilot.app)
        await pilot.press("ctrl+z")
        assert "a.txt" in told(pilot.app)


async def test_notes_of_the_service_are_taken_over_and_read(ill: Ward) -> None:
    put("overzicht.csv", b"datum;auteur;notitie\n10-09-2026;C. Casemanager;Afspraak gemaakt voor 17-09\n")
    async with opened(ill) as pilot:
        await pilot.press("ctrl+t", "s", "enter", "f2", "6", "ctrl+n", "enter")
        assert "1 new note." in told(pilot.app)
        await pilot.press("enter")
        assert "Afspraak gemaakt voor 17-09" in told(pilot.app)
    assert len(notes_of(ill.desk, case_of(ill))) == 1


async def test_a_file_without_notes_says_what_it_lacks(ill: Ward) -> None:
    put("overzicht.csv", b"naam;bedrag\nx;1\n")
    async with opened(ill) as pilot:
        await pilot.press("ctrl+t", "s", "enter", "f2", "6", "ctrl+n", "enter")
        assert "The first line has to name the columns" in told(pilot.app)


async def test_a_specification_is_taken_over_looked_at_and_shown_on_two_pages(ill: Ward) -> None:
    put("uitkering.csv", SPECIFICATION.encode())
    async with opened(ill) as pilot:
        await pilot.press("ctrl+t", "s", "f2", "2", "ctrl+n", "enter")
        text = told(pilot.app)
        assert "Check the day of receipt." in text
        assert "1 line was read." in text
        await pilot.press("ctrl+s")
        assert "August 2026 Verzekeraar Proef 14 Sep 2026 1,234.56 21 Sep 2026" in told(pilot.app)
        await pilot.press("enter")
        text = told(pilot.app)
        assert "page 1 of 2" in text
        assert "Policy number P-1" in text
        assert "1,234.56 is paid by 21 Sep 2026, five working days after receipt." in text
        await pilot.press("right")
        assert "Aerts A 1 Aug 2026 31 Aug 2026 21 1,234.56" in told(pilot.app)
        await pilot.press("escape", "ctrl+s", "enter")
        assert "Written to" in told(pilot.app)


async def test_a_month_without_payment_is_typed_and_the_newest_stands_first(ill: Ward) -> None:
    put("uitkering.csv", SPECIFICATION.replace("2026-08", "2026-06").encode())
    async with opened(ill) as pilot:
        await pilot.press("ctrl+t", "s", "f2", "2", "ctrl+n", "enter", "ctrl+s", "f2", "1")
        await pilot.press(*"072026", "enter", "enter", *typed("Verzekeraar Proef"), "ctrl+s")
        lines = screen_text(pilot.app).splitlines()
    assert "July 2026" in lines[2]
    assert "nothing" in lines[2]
    assert "June 2026" in lines[3]


@pytest.mark.parametrize(
    ("backend", "told_so"),
    [("", "The file is not on this computer."), ("https://127.0.0.1:9", "log in")],
)
async def test_a_file_of_another_computer_is_asked_for_at_the_backend(
    ill: Ward, backend: str, told_so: str
) -> None:
    store = ill.office.store
    document_id = add_document(ill.desk, case_of(ill), Folder.OTHER, put("elders.txt", b"elders"))
    vault_of(store).remove(documents(ill.desk, case_of(ill))[0].sha256)
    if backend:
        store.con.execute("INSERT INTO setting VALUES ('backend', ?)", (backend,))
        set_own_roles(store, ill.office.employer_id, ["case_manager"])
    async with opened(ill) as pilot:
        await pilot.press(*TO_FILES, "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert told_so in told(pilot.app)
        assert "elders.txt" in screen_text(pilot.app)
    assert documents(ill.desk, case_of(ill))[0].id == document_id
