"""Files of cases in a backup: they come back with the profile and open there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hrtui.domain.sickness.reporting import Report
from hrtui.store import keys
from hrtui.store.profile import Profile
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.documents import Folder, add_document, content_of
from hrtui.store.sickness.report import report_sick
from hrtui.store.store import Store
from tests.cli.conftest import Hrtui
from tests.store.conftest import Office, dutch_office, office

__all__ = ["dutch_office", "office"]


def test_files_of_cases_are_in_the_backup(
    dutch_office: Office, hrtui: Hrtui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")
    desk = case_desk(dutch_office.store, dutch_office.employer_id)
    person_id = dutch_office.add_person("Ann", "Testman")
    case_id = report_sick(desk, person_id, Report(date(2026, 9, 14))).case_id
    file = tmp_path / "payslip.pdf"
    file.write_bytes(b"%PDF-1.7\ninvented")
    document_id = add_document(desk, case_id, Folder.PAYSLIP, file)
    dutch_office.store.close()
    data = dutch_office.profile.folder.parent
    backup = tmp_path / "all.backup"
    assert hrtui("backup", str(backup), "--profile", "test", "--data-dir", str(data)).code == 0
    assert b"invented" not in backup.read_bytes()
    elsewhere = tmp_path / "elsewhere"
    answer = hrtui("restore", str(backup), "--profile", "test", "--data-dir", str(elsewhere))
    assert answer.code == 0, answer.err
    profile = Profile("test", elsewhere / "test")
    store = Store.open(profile, keys.read_key(profile), actor="Clerk Two")
    assert content_of(case_desk(store, dutch_office.employer_id), document_id) == b"%PDF-1.7\ninvented"
    store.close()


def test_absences_and_the_agenda_as_files(
    dutch_office: Office, hrtui: Hrtui, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")
    desk = case_desk(dutch_office.store, dutch_office.employer_id)
    person_id = dutch_office.add_person("Ann", "Testman", number="12")
    report_sick(desk, person_id, Report(date(2026, 9, 14)))
    employer = ("--employer", "Voorbeeld BV")
    place = ("--profile", "test", "--data-dir", str(dutch_office.profile.folder.parent))
    csv = hrtui("export", "absences", *employer, *place)
    assert csv.code == 0, csv.err
    assert "2026-09-14" in csv.out
    afas = hrtui("export", "absences", "--layout", "afas", *employer, *place)
    assert '"PsPc": 0' in afas.out
    assert hrtui("export", "agenda", *employer, *place).out.startswith("BEGIN:VCALENDAR")
    wrong = hrtui("export", "absences", "--layout", "klx", *employer, *place)
    assert wrong.code == 2
    assert "choose from csv, xlsx, afas" in wrong.err
    dutch_office.store.con.execute("INSERT INTO setting VALUES ('backend', 'https://backend.example')")
    refused = hrtui("export", "absences", *employer, *place)
    assert refused.code == 1
    assert "Only case managers" in refused.err
    assert "Testman" not in refused.err + refused.out
