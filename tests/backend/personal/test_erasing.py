"""Erasing: nothing of the person stays, nothing of the others goes, and no backup brings anybody back."""

from __future__ import annotations

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hrtui.backend import operations
from hrtui.backend.config import Config, ConfigError
from hrtui.backend.personal import leaving, ledger
from hrtui.backend.personal.erasure import Erased, Subject
from hrtui.backend.personal.retention import Duty, Kept
from hrtui.backend.sync.commands import COMMANDS
from hrtui.backend.sync.writing import Key
from hrtui.cli.run import run
from hrtui.domain.retention import payroll_keep_until
from tests.backend.documents.drawer import PDF, sha256_of
from tests.backend.personal.past import BUNDLE, CASE, LEFT, NOTE, OTHERS, SECRET, SENT, TEAM, Past
from tests.backend.sync.office import DAY, FULL, LEAVE, OTHER, PERSON, SECOND, TENANT, Clerk, day, lines, op

TODAY = date(2026, 9, 14)
PARKED = {"outcome": "parked", "reason": "deleted"}


def erase(past: Past, *, cases_only: bool = False) -> Erased:
    return leaving.leave(past.places, TENANT, PERSON, "", cases_only=cases_only)


def query(past: Past, sql: str, *values: object) -> list[Any]:
    """The first column of what a query of the employer gives."""
    with past.office.database.transaction(TENANT, read_only=True) as con:
        return [row[0] for row in con.all(sql, TENANT, *values)]


def trail_holds(past: Past) -> bool:
    found = operations.verify_audit(past.office.database, [TENANT, OTHER])
    return all(one.broken is None for one in found)


def test_nothing_of_an_erased_person_stays(past: Past) -> None:
    reader = past.fill()
    assert past.everything().count(SECRET) > 8
    revs = set(query(past, "SELECT rev FROM change WHERE tenant_id = ? AND row_id = ?", PERSON))
    keys = set(query(past, "SELECT key FROM subject_key WHERE tenant_id = ? AND person_id IN (0, ?)", PERSON))
    done = erase(past)
    assert done.documents == 2
    # Neither hashes of values nor of commits can be tried out any more.
    assert len(keys) == 2
    assert keys.isdisjoint(query(past, "SELECT key FROM subject_key WHERE tenant_id = ?"))
    assert revs <= set(query(past, "SELECT rev FROM commit_log WHERE tenant_id = ? AND salt = ''"))
    left = past.everything()
    for word in (SECRET, "Mila", "Voorbeeld", "2012-02-10"):
        assert word not in left, word
    assert trail_holds(past)
    rows = reader.pull_all()
    assert rows["erasure", PERSON, ""]["e"] == "person"
    assert rows["team", TEAM, ""]["manager_id"] is None
    assert rows["day", SECOND, DAY]["entries"]
    sent = rows["transmission", SENT, ""]
    assert (list(sent["people"]), sent["answers"], sent["messages"]) == ([str(SECOND)], {}, [[6, None]])
    # The others' part of what was sent stays, in a content of its own; the files that went do not.
    assert [file.name for file in past.place.files()] == [sent["bundle"]]
    kept = json.loads(past.place.documents.read(TENANT, sent["bundle"]))
    assert kept == {"transmission": str(SENT), "people": OTHERS, "files": []}
    assert sent["files"] == []
    assert done.rewritten == 1
    fresh = past.office.clerk("case_manager")
    assert not [key for key in fresh.snapshot() if PERSON in key and key[0] != "erasure"]


def test_hashes_of_what_was_pushed_about_the_person_go(past: Past) -> None:
    """A receipt's hash has no key: with it one could try out what the values were."""
    past.fill()
    of_a_colleague = query(past, "SELECT sha256 FROM receipt WHERE tenant_id = ? ORDER BY rev")[-1]
    before = dict.fromkeys(query(past, "SELECT sha256 FROM receipt WHERE tenant_id = ?"))
    anna = past.office.clerk(name="Cleo")
    anna.push(day(lines((LEAVE, 60)), person=SECOND, date="2012-04-02"))
    (of_another,) = set(query(past, "SELECT sha256 FROM receipt WHERE tenant_id = ?")) - set(before)
    erase(past)
    kept = {"", of_a_colleague, of_another}
    assert set(query(past, "SELECT sha256 FROM receipt WHERE tenant_id = ?")) == kept


def test_a_push_that_comes_again_after_the_erasing_is_known(past: Past) -> None:
    anna = past.fill()
    mutation = anna.mutation(op("person", PERSON, phone=("", "1")))
    first = anna.send(mutation)
    erase(past)
    assert anna.send(mutation)["results"] == first["results"]


def test_hashes_of_commands_go_and_a_command_that_comes_again_is_known(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = past.fill()
    monkeypatch.setitem(COMMANDS, "note", lambda _writing, _scope, _args: {"noted": 1})
    asked = {"uid": str(uuid.uuid4()), "device_id": anna.device_id, "witness": anna.witness}
    body = {**asked, "args": {"reason": SECRET}}
    first = anna.post("commands/note", body)
    erase(past)
    assert query(past, "SELECT sha256 FROM command_receipt WHERE tenant_id = ?") == [""]
    assert anna.post("commands/note", body)["rev"] == first["rev"]
    assert anna.post("commands/drop", {**asked, "args": {}}, 422)["code"] == "payload_mismatch"


def test_a_transmission_of_nobody_else_goes_whole(past: Past) -> None:
    past.fill()
    alone = {"transmission": "902", "people": {str(PERSON): SECRET}, "files": []}
    digest = past.place.documents.put_bytes(TENANT, json.dumps(alone).encode())
    units: dict[str, Any] = {
        "month": "2012-04",
        "people": {str(PERSON): ["1", SECRET, "0" * 64]},
        "bundle": digest,
    }
    past.office.write({("transmission", 902, ""): units})
    done = erase(past)
    assert (done.documents, done.rewritten) == (3, 1)
    assert past.office.clerk().pull_all()["transmission", 902, ""]["bundle"] == ""


def test_the_operator_sets_how_long_payroll_is_kept(past: Past) -> None:
    past.fill()
    five = leaving.kept_by(
        past.office.database, TENANT, PERSON, date(2013, 1, 1), {"BE": 5}, cases_only=False
    )
    assert five[0] == Kept(Duty.PAYROLL, date(2017, 12, 31))
    settings = {"erasure": {"payroll_years": {"BE": 7}}}
    assert ledger.years_of(Config("sqlite:///x.db", extra=settings)) == {"BE": 7}
    for wrong in ({"BE": 4}, {"be": 7}, {"BE": "7"}, 7):
        with pytest.raises(ConfigError, match="BE = 10"):
            ledger.years_of(Config("sqlite:///x.db", extra={"erasure": {"payroll_years": wrong}}))


def test_what_comes_late_is_refused_without_being_kept(past: Past) -> None:
    past.fill()
    erase(past)
    late = past.office.clerk("case_manager").push(
        day(FULL),
        op("person", PERSON, last_name=("x", SECRET)),
        op("person", PERSON, "ins", number=(None, "1"), last_name=(None, SECRET)),
        op("sickness_case", CASE, nursing_street=("x", SECRET)),
        op("sickness_case", 804, "ins", person_id=(None, PERSON), nursing_street=(None, SECRET)),
        op("sickness_note", NOTE, body=(SECRET, "x")),
        day(lines((999, 60)), person=SECOND),
        label=SECRET,
    )
    assert late == [PARKED] * 7
    assert SECRET not in past.everything()
    assert trail_holds(past)


def test_cases_go_alone(past: Past) -> None:
    reader = past.fill()
    done = erase(past, cases_only=True)
    assert (done.rows, done.documents) == (3, 1)
    assert past.place.read(reader, PDF).status_code == 404
    assert past.place.documents.read(TENANT, sha256_of(BUNDLE)) == BUNDLE
    rows = reader.pull_all()
    assert rows["person", PERSON, ""]["last_name"] == SECRET
    assert rows["erasure", CASE, ""]["e"] == "sickness_case"
    assert reader.push(op("sickness_case", CASE, nursing_street=("x", SECRET))) == [PARKED]
    assert "2012-02-10" not in past.everything()


def test_a_content_that_somebody_else_still_needs_stays(past: Past) -> None:
    past.fill()
    other: dict[str, Any] = {"person_id": SECOND, "first_day": "2026-01-01", "last_day": None}
    document: dict[str, Any] = {"case_id": 850, "name": "b", "sha256": sha256_of(PDF)}
    past.office.write({("sickness_case", 850, ""): other, ("sickness_document", 851, ""): document})
    erase(past, cases_only=True)
    assert past.place.documents.read(TENANT, sha256_of(PDF)) == PDF


def duties(past: Past, *, cases_only: bool = False, today: date = TODAY) -> list[Kept]:
    return leaving.kept_by(past.office.database, TENANT, PERSON, today, cases_only=cases_only)


def test_the_law_comes_first(past: Past) -> None:
    past.fill()
    assert duties(past) == []
    assert duties(past, today=date(2013, 1, 1)) == [
        Kept(Duty.PAYROLL, date(2022, 12, 31)), Kept(Duty.SICKNESS, date(2014, 2, 10))
    ]  # fmt: skip
    assert duties(past, cases_only=True, today=date(2014, 2, 10)) == [Kept(Duty.SICKNESS, date(2014, 2, 10))]
    assert duties(past, cases_only=True, today=date(2014, 2, 11)) == []
    past.office.write({("employer", TENANT, ""): {"zw_self_insured": 1, "country": "NL"}})
    assert duties(past, today=date(2017, 2, 10)) == [
        Kept(Duty.PAYROLL, date(2019, 12, 31)), Kept(Duty.SICKNESS, date(2017, 2, 10))
    ]  # fmt: skip
    past.office.write({("contract", 402, ""): {"person_id": PERSON, "end_date": None}})
    past.office.write({("sickness_case", CASE, ""): {"last_day": None}})
    assert {one.duty for one in duties(past)} == {Duty.EMPLOYED, Duty.ILL}
    assert payroll_keep_until("FR", date.fromisoformat(LEFT)) == date(2022, 12, 31)


def test_a_day_after_the_contract_counts_too(past: Past) -> None:
    past.fill().push(day(FULL, date="2020-01-15"))
    assert duties(past) == [Kept(Duty.PAYROLL, date(2030, 12, 31))]


def admin(past: Past, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """What a command of the operator ends with and says."""
    config, url = past.folder / "config.toml", past.office.app.state.config.database
    config.write_text(
        f'database = "{url}"\n[documents]\nurl = "{past.place.folder}"\n'
        f'[accounts]\nkey_file = "{past.folder / "accounts.key"}"\n'
        f'[erasure]\nledger = "{past.folder / "server.erased"}"\n'
    )
    code = run(["--data-dir", str(past.folder), "admin", *words, "--config", str(config)])
    return code, capsys.readouterr().err


def test_the_operator_is_told_what_happens(
    past: Past, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    past.fill()
    monkeypatch.setenv("HRTUI_TODAY", "2013-01-01")
    words = ("--employer", "E7", "--yes")
    assert "no person with that number" in admin(past, capsys, "erase", "77", *words)[1]
    code, said = admin(past, capsys, "erase", "1", *words)
    assert (code, "kept until 31 December 2022" in said) == (1, True)
    forced = ("--force", "--reason", "asked for")
    assert admin(past, capsys, "erase", "1", *words, *forced)[0] == 1
    code, said = admin(past, capsys, "erase", "1", "--cases", *words)
    assert (code, "until 10 February 2014; --force" in said) == (1, True)
    assert admin(past, capsys, "erase", "1", "--cases", "--force", *words)[0] == 2
    assert SECRET in past.everything()
    code, said = admin(past, capsys, "erase", "1", "--cases", *words, *forced)
    assert (code, "3 rows and 1 documents are erased" in said) == (0, True)
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-14")
    assert admin(past, capsys, "erase", "1", "--employer", "E7")[0] == 2
    assert admin(past, capsys, "erase", "1", *words)[0] == 0
    assert SECRET not in past.everything()
    assert past.office.clerk().pull_all()["erasure", CASE, ""]["reason"] == "asked for"


def test_what_case_managers_erase_goes_at_the_backend_too(
    past: Past, capsys: pytest.CaptureFixture[str]
) -> None:
    past.fill()
    line: dict[str, Any] = {
        "actor": "Anna",
        "what": "erased",
        "entity": "sickness_case",
        "row_id": CASE,
        "detail": "",
    }
    opened = {**line, "what": "opened", "entity": "sickness_document", "row_id": 803, "detail": SECRET}
    past.office.write({("access_log", 870, ""): line, ("access_log", 871, ""): opened})
    assert "0 rows" in admin(past, capsys, "erase-cases")[1]
    gone: list[Key] = [
        ("sickness_document", 803, ""),
        ("sickness_note", NOTE, ""),
        ("sickness_case", CASE, ""),
    ]
    past.office.write(dict.fromkeys(gone))
    assert "2012-02-10" in past.everything()
    code, said = admin(past, capsys, "erase-cases", "--employer", "E7")
    assert (code, "3 rows and 1 documents" in said) == (0, True)
    assert "2012-02-10" not in past.everything()
    log = past.office.clerk("case_manager").pull_all()
    assert log["access_log", 871, ""]["detail"] == ""
    assert log["access_log", 870, ""]["what"] == "erased"
    assert "0 rows" in admin(past, capsys, "erase-cases")[1]
    assert trail_holds(past)


def test_the_ledger_names_nobody_and_survives_a_cut_off_line(past: Past) -> None:
    past.fill()
    erase(past)
    file = past.places.ledger
    assert file.stat().st_mode & 0o777 == 0o600
    assert SECRET not in file.read_text()
    with file.open("a") as out:
        out.write('{"tenant": 7, "e": "per')
    ledger.note(file, Subject(TENANT, "person", SECOND))
    assert [one.row_id for one in ledger.noted(file)] == [PERSON, SECOND]


def test_a_person_that_an_old_backup_does_not_know_stays_away(past: Past) -> None:
    """The backup is older than the person, whose rows a clerk's program offers again."""
    ledger.note(past.places.ledger, Subject(TENANT, "person", 777))
    config = Config(
        past.office.app.state.config.database,
        extra={"documents": {"url": str(past.place.folder)}, "erasure": {"ledger": str(past.places.ledger)}},
    )
    assert ledger.erase_again(config, past.office.database) == 1
    assert ledger.erase_again(config, past.office.database) == 0
    anna: Clerk = past.office.clerk()
    again = op("person", 777, "ins", number=(None, "9"), last_name=(None, SECRET))
    assert anna.push(again) == [PARKED]
    assert SECRET not in past.everything()


def test_two_paths_of_the_ledger(tmp_path: Path) -> None:
    assert ledger.ledger_of(Config(f"sqlite:///{tmp_path}/server.db")) == tmp_path / "server.erased"
    keys = {"accounts": {"key_file": str(tmp_path / "k")}}
    assert ledger.ledger_of(Config("postgresql:///x", extra=keys)) == tmp_path / "hrtui.erased"
