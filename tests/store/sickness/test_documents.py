"""Files of a case: what is refused, the folder and the log, opening, saving, erasing with the case."""

from __future__ import annotations

import os
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.sickness.reporting import Report
from hrtui.store.errors import StoreError
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness import file_checks
from hrtui.store.sickness.course import recover
from hrtui.store.sickness.desk import CasesHiddenError, accesses, case_desk
from hrtui.store.sickness.documents import (
    DOCUMENT,
    IMPORTED,
    Folder,
    add_document,
    content_of,
    documents,
    move_document,
    remove_document,
    save_document,
)
from hrtui.store.sickness.file_checks import FileRefusedError, checked_kind, open_source, safe_name
from hrtui.store.sickness.remote_files import keep_sent, kept_here, to_send
from hrtui.store.sickness.report import report_sick
from hrtui.store.sickness.retention import due_for_deletion, erase, forget_erased, proofs
from hrtui.store.sickness.vault import vault_of
from hrtui.store.undo import undo
from tests.store.sickness.conftest import TODAY, Ward

PDF = b"%PDF-1.7\ninvented\n%%EOF\n"


@pytest.fixture
def case_id(dutch: Ward) -> int:
    return report_sick(dutch.desk, dutch.id, Report(TODAY)).case_id


@pytest.fixture
def payslip(tmp_path: Path) -> Path:
    path = tmp_path / "payslip.pdf"
    path.write_bytes(PDF)
    return path


def docx(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w/>")
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_a_file_is_added_listed_opened_and_saved_again(
    dutch: Ward, case_id: int, payslip: Path, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    document_id = add_document(
        dutch.desk, case_id, Folder.PAYSLIP, payslip, progress=lambda *done: told.append(done)
    )
    assert told == [(len(PDF), len(PDF))]
    payslip.unlink()
    (found,) = documents(dutch.desk, case_id)
    assert (found.name, found.folder, found.size, found.media_type, found.origin, found.here) == (
        "payslip.pdf", Folder.PAYSLIP, len(PDF), "application/pdf", "own", True,
    )  # fmt: skip
    out = tmp_path / "out"
    out.mkdir()
    assert save_document(dutch.desk, document_id, out) == out / "payslip.pdf"
    with pytest.raises(StoreError, match="there already"):
        save_document(dutch.desk, document_id, out)
    assert content_of(dutch.desk, document_id) == PDF
    log = [line.what for line in accesses(dutch.desk, DOCUMENT, document_id)]
    assert log == ["opened", "saved", "saved"]
    assert [item.name for item in out.iterdir()] == ["payslip.pdf"]


def test_a_file_is_once_in_a_case_moved_removed_and_back(dutch: Ward, case_id: int, payslip: Path) -> None:
    document_id = add_document(dutch.desk, case_id, Folder.PAYSLIP, payslip, origin=IMPORTED)
    with pytest.raises(StoreError, match="in the folder Payslip already"):
        add_document(dutch.desk, case_id, Folder.OTHER, payslip)
    move_document(dutch.desk, document_id, Folder.OTHER)
    assert [one.folder for one in documents(dutch.desk, case_id, Folder.OTHER)] == [Folder.OTHER]
    remove_document(dutch.desk, document_id)
    assert documents(dutch.desk, case_id) == []
    undo(dutch.office.store, dutch.office.employer_id)
    assert content_of(dutch.desk, document_id) == PDF


def test_the_disk_shows_nothing_of_a_file(dutch: Ward, case_id: int, payslip: Path) -> None:
    add_document(dutch.desk, case_id, Folder.PAYSLIP, payslip)
    folder = dutch.office.store.folder
    assert stat.S_IMODE((folder / "files").stat().st_mode) == 0o700
    for file in folder.rglob("*"):
        if file.is_file():
            assert b"invented" not in file.read_bytes()
            assert "payslip" not in file.name


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("run.exe", b"MZ", "no kind of file"),
        ("page.html", b"<html>", "no kind of file"),
        ("noending", PDF, "no kind of file"),
        ("fake.pdf", b"MZ\x90", "not what its name says"),
        ("fake.png", PDF, "not what its name says"),
        ("fake.docx", b"PK\x03\x04garbage", "damaged or protected"),
        ("binary.txt", b"a\x00b", "not what its name says"),
        ("empty.pdf", b"", "is empty"),
    ],
)
def test_files_that_are_not_what_they_should_be_are_refused(
    dutch: Ward, case_id: int, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match=sentence):
        add_document(dutch.desk, case_id, Folder.OTHER, path)
    assert documents(dutch.desk, case_id) == []


def test_what_is_no_file_is_refused_without_waiting(dutch: Ward, case_id: int, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    for name in ("pipe.pdf", "folder.pdf"):
        with pytest.raises(FileRefusedError, match="no ordinary file"):
            add_document(dutch.desk, case_id, Folder.OTHER, tmp_path / name)
    with pytest.raises(FileRefusedError, match="no such file"):
        add_document(dutch.desk, case_id, Folder.OTHER, tmp_path / "nothing.pdf")


def test_a_huge_file_is_refused_before_it_is_read(dutch: Ward, case_id: int, tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(file_checks.MAX_BYTES + 1)
    with pytest.raises(FileRefusedError, match="larger than 50 MB"):
        add_document(dutch.desk, case_id, Folder.OTHER, path)


def test_office_files_pass_and_bombs_do_not(tmp_path: Path) -> None:
    good = docx(tmp_path / "good.docx")
    with open_source(good) as file:
        assert checked_kind("good.docx", file).media_type.endswith("wordprocessingml.document")
    bomb = docx(tmp_path / "bomb.docx", **{"word/media.xml": bytes(30_000_000)})
    lying = docx(tmp_path / "lying.docx", **{"word/media.xml": bytes(30_000_000)})
    _lie_about_size(lying)
    outside = docx(tmp_path / "outside.docx", **{"../../etc/passwd": b"x"})
    macros = docx(tmp_path / "macros.docx", **{"word/vbaProject.bin": b"x"})
    wrong = docx(tmp_path / "wrong.xlsx")
    for path, sentence in (
        (bomb, "unpacks to too much"),
        (lying, "unpacks to too much|damaged"),
        (outside, "damaged or protected"),
        (macros, "not what its name says"),
        (wrong, "not what its name says"),
    ):
        with open_source(path) as file, pytest.raises(FileRefusedError, match=sentence):
            checked_kind(path.name, file)


def _lie_about_size(path: Path) -> None:
    """Let the archive say that its large entry has ten bytes."""
    data = path.read_bytes().replace((30_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)


def test_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_checks, "MAX_ENTRIES", 3)
    path = docx(tmp_path / "many.docx", **{f"word/{n}": b"x" for n in range(4)})
    with open_source(path) as file, pytest.raises(FileRefusedError, match="too much"):
        checked_kind("many.docx", file)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\report.pdf", "report.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ('a<b>:"c|d?.pdf', "a_b___c_d_.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_become_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert safe_name(safe) == safe


@pytest.mark.parametrize("name", ["", "..", "/", "a\x00.pdf", "\x1b[2J.pdf", "evil\u202efdp.exe", "x" * 200])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(FileRefusedError):
        safe_name(name)


def test_a_name_that_cannot_be_shown_is_told_as_far_as_it_can_be() -> None:
    with pytest.raises(FileRefusedError, match=r"^loon\?strook\.pdf has signs in its name"):
        safe_name("loon\nstrook.pdf")


def test_what_is_here_and_what_the_backend_has_to_give(dutch: Ward, case_id: int, payslip: Path) -> None:
    add_document(dutch.desk, case_id, Folder.PAYSLIP, payslip)
    (content,) = kept_here(dutch.desk)
    assert (content.size, content.media_type, content.name) == (len(PDF), "application/pdf", "payslip.pdf")
    assert to_send(dutch.desk) == [content]
    keep_sent(dutch.desk, content)
    assert to_send(dutch.desk) == []
    vault_of(dutch.office.store).remove(content.sha256)
    with pytest.raises(StoreError, match="not on this computer"):
        content_of(dutch.desk, documents(dutch.desk, case_id)[0].id)


def test_cases_whose_time_is_over_are_listed_and_erased_with_proof(
    dutch: Ward, case_id: int, payslip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_document(dutch.desk, case_id, Folder.PAYSLIP, payslip)
    recover(dutch.desk, case_id, date(2026, 9, 21))
    with pytest.raises(StoreError, match="time is over"):
        erase(dutch.desk, [case_id])
    monkeypatch.setenv("HRTUI_TODAY", "2028-09-21")
    (due,) = due_for_deletion(dutch.desk)
    assert (due.case_id, due.keep_until, due.files) == (case_id, date(2028, 9, 20), 1)
    store = dutch.office.store
    sha256 = kept_here(dutch.desk)[0].sha256
    sick = dutch.sick_days(TODAY, date(2026, 9, 30))
    (proof,) = erase(dutch.desk, [case_id])
    assert "sickness_document=1" in proof.detail
    assert proof.actor == "Clerk One"
    assert proofs(dutch.desk) == [proof]
    assert due_for_deletion(dutch.desk) == []
    assert not vault_of(store).holds(sha256)
    kept = store.con.execute(
        "SELECT old, new FROM operation WHERE entity LIKE 'sickness%' AND entity <> 'sickness_classification'"
    ).fetchall()
    assert {text for row in kept for text in row} <= {None, "{}"}
    assert "payslip" not in "".join(str(row) for row in store.con.execute("SELECT * FROM operation"))
    assert undo(store, dutch.office.employer_id) is None
    assert forget_erased(store) == 0
    assert dutch.sick_days(TODAY, date(2026, 9, 30)) == sick


def test_with_a_backend_the_deletion_is_kept_until_the_backend_has_it(
    dutch: Ward, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    recover(dutch.desk, case_id, date(2026, 9, 21))
    monkeypatch.setenv("HRTUI_TODAY", "2028-09-21")
    store = dutch.office.store
    store.con.execute("INSERT INTO setting VALUES ('backend', 'https://backend.example')")
    set_own_roles(store, dutch.office.employer_id, ["case_manager"])
    erase(dutch.desk, [case_id])

    def kept() -> set[str]:
        found = store.con.execute("SELECT old FROM operation WHERE entity = 'sickness_case' AND new IS NULL")
        return {text for (text,) in found}

    assert kept() != {"{}"}
    assert forget_erased(store) == 0
    store.con.execute("UPDATE outbox SET state = 'acknowledged'")
    assert forget_erased(store) > 0
    assert kept() == {"{}"}


def test_an_auditor_opens_no_file_and_the_log_names_who_did(dutch: Ward, case_id: int, payslip: Path) -> None:
    document_id = add_document(dutch.desk, case_id, Folder.PAYSLIP, payslip)
    store, employer_id = dutch.office.store, dutch.office.employer_id
    opened = dutch.desk
    store.con.execute("INSERT INTO setting VALUES ('backend', 'https://backend.example')")
    for roles in (["auditor"], ["auditor", "manager", "administrator", "clerk"], []):
        set_own_roles(store, employer_id, roles)
        with pytest.raises(CasesHiddenError, match="Only case managers"):
            case_desk(store, employer_id)
    set_own_roles(store, employer_id, ["auditor", "case_manager"])
    assert content_of(opened, document_id) == PDF
    lines = accesses(case_desk(store, employer_id), DOCUMENT, document_id)
    assert [(line.actor, line.what) for line in lines] == [("Clerk One", "opened")]
