"""Profiles as a clerk makes, keeps and restores them, and what the doctor says of them."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hrtui.store.keys import read_key
from hrtui.store.profile import find_profile
from hrtui.store.store import Store
from hrtui.sync import state
from tests.cli.conftest import PASSWORD, Hrtui


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def test_init_makes_a_private_profile_that_opens_with_its_password_only(hrtui: Hrtui) -> None:
    answer = hrtui.unlocked("init", "--employer", "Proef NV", "--country", "nl", "--lang", "en")
    assert (answer.code, answer.out) == (0, "")
    folder = hrtui.profiles / "default"
    assert str(folder) in answer.err
    assert (mode(folder), mode(folder / "hrtui.db"), mode(folder / "key.json")) == ("700", "600", "600")
    assert b"Proef NV" not in (folder / "hrtui.db").read_bytes()
    assert hrtui.unlocked("export", "month", "2026-09").code == 0
    wrong = hrtui("export", "month", "2026-09", "--password-stdin", typed="verkeerd\n")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "That password does not open this profile. Try again.\n"
    nobody = hrtui("export", "month", "2026-09")
    assert (nobody.code, nobody.out) == (2, "")
    assert "--password-stdin" in nobody.err


def test_init_keeps_a_profile_that_is_there(office: Hrtui) -> None:
    before = (office.profiles / "default" / "key.json").read_bytes()
    answer = office("init", "--employer", "X", "--country", "BE", "--password-stdin", typed="iets anders\n")
    assert answer.code == 1
    assert "exists already" in answer.err
    assert (office.profiles / "default" / "key.json").read_bytes() == before


def test_init_leaves_nothing_when_the_password_is_too_short(hrtui: Hrtui) -> None:
    answer = hrtui("init", "--employer", "X", "--country", "BE", "--password-stdin", typed="kort\n")
    assert answer.code == 1
    assert "at least 8 characters" in answer.err
    assert not hrtui.profiles.exists()


def test_the_demo_is_made_once_and_again_only_when_asked(hrtui: Hrtui) -> None:
    first = hrtui("demo", "--no-ui", "--people", "12")
    assert (first.code, first.out) == (0, "")
    assert "12 people" in first.err
    month = hrtui("export", "month", "2026-09", "--profile", "demo").out
    assert len(month.splitlines()) > 12
    assert hrtui("demo", "--no-ui").code == 0
    other = hrtui("demo", "--no-ui", "--people", "13")
    assert other.code == 1
    assert "12 people; --fresh" in other.err
    assert hrtui("export", "month", "2026-09", "--profile", "demo").out == month
    assert hrtui("demo", "--no-ui", "--people", "13", "--fresh").code == 0
    assert hrtui("export", "month", "2026-09", "--profile", "demo").out != month
    assert sorted(path.name for path in hrtui.profiles.iterdir()) == ["demo"]


def test_a_backup_brings_everything_back_elsewhere(office: Hrtui) -> None:
    entries = office.file("entries.csv", "number;date;code\n1001;2026-09-01;VAK\n")
    assert office.unlocked("import", "entries", entries).code == 0
    month = office.unlocked("export", "month", "2026-09").out
    file = office.home / "profile.backup"
    assert office.unlocked("backup", str(file)).code == 0
    assert mode(file) == "600"
    assert b"Peeters" not in file.read_bytes()
    assert office.unlocked("restore", str(file), "--data-dir", str(office.home / "new")).code == 0
    assert mode(office.home / "new" / "default") == "700"
    elsewhere = office.unlocked("export", "month", "2026-09", "--data-dir", str(office.home / "new"))
    assert elsewhere.out == month
    assert "1001" in month


def test_a_backup_never_overwrites(office: Hrtui) -> None:
    file = office.file("mine.txt", "something of the clerk's own")
    answer = office.unlocked("backup", file)
    assert answer.code == 1
    assert "exists already" in answer.err
    assert Path(file).read_text() == "something of the clerk's own"


def test_a_restore_sets_the_profile_that_is_there_aside(office: Hrtui) -> None:
    file = str(office.home / "profile.backup")
    office.unlocked("backup", file)
    entries = office.file("entries.csv", "number;date;code\n1001;2026-09-01;VAK\n")
    office.unlocked("import", "entries", entries)
    refused = office.unlocked("restore", file)
    assert refused.code == 1
    assert "--replace" in refused.err
    assert office.unlocked("restore", file, "--replace").code == 0
    assert "1001" not in office.unlocked("export", "month", "2026-09").out
    aside = next(path.name for path in office.profiles.iterdir() if path.name != "default")
    assert "1001" in office.unlocked("export", "month", "2026-09", "--profile", aside).out


def test_a_restore_says_what_only_the_former_files_hold(office: Hrtui) -> None:
    profile = find_profile("default", office.profiles)
    with closing(Store.open(profile, read_key(profile, PASSWORD), actor="An")) as store:
        (employer,) = store.con.execute("SELECT id FROM employer").fetchone()
        state.connect(store, employer)
        store.con.execute("DELETE FROM outbox")
    file = str(office.home / "profile.backup")
    office.unlocked("backup", file)
    assert "not sent" not in office.unlocked("restore", file, "--replace").err
    entries = office.file("entries.csv", "number;date;code\n1001;2026-09-01;VAK\n")
    office.unlocked("import", "entries", entries)
    said = office.unlocked("restore", file, "--replace").err
    aside = next(word for word in said.split() if word.startswith("default.replaced-"))
    assert f"1 step in them was not sent to the backend: `hrtui --profile {aside} sync` sends it." in said


@pytest.mark.parametrize("damaged", ["no zip", "other zip", "bytes lost"])
def test_a_damaged_backup_changes_nothing(office: Hrtui, damaged: str) -> None:
    file = office.home / "profile.backup"
    office.unlocked("backup", str(file))
    content = bytearray(file.read_bytes())
    if damaged == "no zip":
        content = bytearray(b"name;monday\n")
    elif damaged == "other zip":
        content = content.replace(b"key.json", b"kex.json")
    else:
        content[50_000:50_100] = bytes(100)
    file.write_bytes(content)
    answer = office.unlocked("restore", str(file), "--profile", "other")
    assert answer.code == 1
    assert "damaged" in answer.err
    assert sorted(path.name for path in office.profiles.iterdir()) == ["default"]


def test_a_backup_does_not_open_with_another_password(office: Hrtui) -> None:
    file = str(office.home / "profile.backup")
    office.unlocked("backup", file)
    words = ("restore", file, "--profile", "other", "--password-stdin")
    assert office(*words, typed="verkeerd\n").code == 1
    assert not (office.profiles / "other").exists()


def test_a_profile_that_is_open_elsewhere_is_not_replaced_but_can_be_copied(hrtui: Hrtui) -> None:
    hrtui("demo", "--no-ui", "--people", "3")
    holder = (
        "import sys; from hrtui.store.profile import find_profile; from hrtui.store.keys import read_key;"
        "from hrtui.store.store import Store; profile = find_profile('demo');"
        "store = Store.open(profile, read_key(profile), actor='other');"
        "print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        for words in (
            ["demo", "--fresh", "--no-ui"],
            ["restore", "x.backup", "--profile", "demo", "--replace"],
        ):
            answer = hrtui(*words)
            assert answer.code == 1
            assert "open in another terminal" in answer.err
        assert hrtui("backup", str(hrtui.home / "b"), "--profile", "demo").code == 0
        assert other.stdin is not None
        other.stdin.close()
    assert hrtui("demo", "--fresh", "--no-ui").code == 0


def test_the_doctor_finds_a_sound_profile_fine(office: Hrtui) -> None:
    answer = office.unlocked("doctor")
    assert answer.code == 0
    assert "Database: whole: 2 people" in answer.out
    found = json.loads(office.unlocked("doctor", "--json").out)
    assert {"ok"} == {one["level"] for one in found if one["subject"] in ("Database", "hrtui", "Keys")}
    unasked = office("doctor")
    assert unasked.code == 0
    assert "not checked" in unasked.out


def test_the_doctor_says_how_to_close_files_that_others_can_read(office: Hrtui) -> None:
    database = office.profiles / "default" / "hrtui.db"
    database.chmod(0o644)
    answer = office.unlocked("doctor")
    assert answer.code == 1
    assert f"chmod 600 {database}" in answer.out


def test_the_doctor_finds_a_damaged_database(office: Hrtui) -> None:
    database = office.profiles / "default" / "hrtui.db"
    content = bytearray(database.read_bytes())
    content[-5000:-4900] = bytes(100)
    database.write_bytes(content)
    answer = office.unlocked("doctor")
    assert answer.code == 1
    assert "Database: damaged" in answer.out


def test_the_doctor_finds_a_wrong_keys_file(hrtui: Hrtui) -> None:
    (hrtui.home / "config").mkdir()
    (hrtui.home / "config" / "keybindings.toml").write_text('[grid]\nentry.repaet = ["f4"]\n')
    answer = hrtui("doctor")
    assert answer.code == 1
    assert "keybindings.toml:2:" in answer.out


def test_the_history_names_the_user_of_the_computer(office: Hrtui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "lotte")
    entries = office.file("entries.csv", "number;date;code\n1001;2026-09-01;VAK\n")
    office.unlocked("import", "entries", entries)
    profile = find_profile("default")
    store = Store.open(profile, read_key(profile, PASSWORD), actor="me")
    actors = {row[0] for row in store.con.execute("SELECT actor FROM step")}
    store.close()
    assert "lotte" in actors


@pytest.mark.parametrize("command", [(), ("status",), ("doctor",), ("init",)])
def test_a_folder_of_another_user_is_told_in_a_sentence(
    hrtui: Hrtui, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    # The tests may run as root, whom no mode of a file keeps out.
    stat = os.stat

    def refused(path: str, **options: bool) -> os.stat_result:
        if str(path).endswith(("hrtui.db", "key.json")):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", refused)
    answer = hrtui(*command)
    assert answer.code == 1
    assert answer.err.endswith("cannot be used: Permission denied.\n")
