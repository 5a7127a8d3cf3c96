"""Profiles are private, encrypted, and open only with their own key."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from hrtui.store import keys
from hrtui.store.errors import StoreError, WrongPassword
from hrtui.store.profile import find_profile, network_file_system
from hrtui.store.store import Store

PASSWORD = "een lang voorbeeldwoord"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_password_opens_the_profile_and_another_does_not(tmp_path: Path) -> None:
    made = find_profile("jan", tmp_path)
    made.prepare()
    key = keys.create_password_key(made, PASSWORD)
    Store.open(made, key, actor="Jan").close()
    assert keys.needs_password(made)
    assert keys.read_key(made, PASSWORD) == key
    with pytest.raises(WrongPassword):
        keys.read_key(made, PASSWORD + "!")
    with pytest.raises(WrongPassword):
        keys.read_key(made)


def test_a_database_that_cannot_be_used_now_is_no_wrong_password(tmp_path: Path) -> None:
    made = find_profile("jan", tmp_path)
    made.prepare()
    Store.open(made, keys.create_password_key(made, PASSWORD), actor="Jan").close()
    made.database.with_name("hrtui.db-wal").mkdir()  # as on a full disk, nothing can be written beside it
    with pytest.raises(StoreError, match="cannot be used now") as refused:
        keys.read_key(made, PASSWORD)
    assert not isinstance(refused.value, WrongPassword)


def test_files_are_private_and_unreadable_without_the_key(tmp_path: Path) -> None:
    made = find_profile("demo", tmp_path / "data")
    made.prepare()
    store = Store.open(made, keys.create_file_key(made), actor="x")
    store.con.execute("INSERT INTO setting VALUES ('note', 'plain words in the clear')")
    files = sorted(path.name for path in made.folder.iterdir())
    assert files == ["hrtui.db", "hrtui.db-shm", "hrtui.db-wal", "key.json"]
    assert mode(made.folder) == 0o700
    assert {mode(path) for path in made.folder.iterdir()} == {0o600}
    store.close()
    assert b"plain words" not in made.database.read_bytes()
    assert not made.database.read_bytes().startswith(b"SQLite format 3")


def test_a_wrong_key_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = find_profile("demo", tmp_path)
    made.prepare()
    Store.open(made, keys.create_file_key(made), actor="x").close()
    settings = json.loads(made.key_file.read_text())
    made.key_file.write_text(json.dumps({**settings, "key": "00" * 32}))
    with pytest.raises(StoreError, match=r"key\.json does not belong"):
        keys.read_key(made)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"kind": "password"}', '{"kind": "file"}', "null"])
def test_a_damaged_key_file_is_named(tmp_path: Path, content: str) -> None:
    made = find_profile("demo", tmp_path)
    made.prepare()
    made.key_file.write_text(content)
    with pytest.raises(StoreError, match=r"key\.json is missing or damaged"):
        keys.read_key(made)


@pytest.mark.parametrize("name", ["", "../x", ".hidden", "a/b", "a b"])
def test_a_profile_name_stays_inside_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="cannot be a profile name"):
        find_profile(name, tmp_path)


def test_the_environment_moves_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRTUI_DATA_DIR", str(tmp_path))
    assert find_profile("demo").folder == tmp_path / "demo"
    assert find_profile("demo", tmp_path / "other").folder == tmp_path / "other" / "demo"


def test_a_network_file_system_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert network_file_system(tmp_path) == ""
    here = str(tmp_path.resolve())
    table = f"1 0 0:1 / / rw - ext4 /dev/x rw\n2 1 0:2 / {here} rw - nfs4 server:/home rw\n"
    monkeypatch.setattr(Path, "read_text", lambda self: table)
    assert network_file_system(tmp_path) == "nfs4"
    assert network_file_system(Path("/")) == ""


def test_another_password_opens_the_profile_without_writing_the_database_again(tmp_path: Path) -> None:
    made = find_profile("jan", tmp_path)
    made.prepare()
    key = keys.create_password_key(made, PASSWORD)
    Store.open(made, key, actor="Jan").close()
    before = made.database.read_bytes()
    keys.change_password(made, key, "een ander voorbeeldwoord")
    assert keys.needs_password(made)
    assert keys.read_key(made, "een ander voorbeeldwoord") == key
    for wrong in (PASSWORD, ""):
        with pytest.raises(WrongPassword):
            keys.read_key(made, wrong)
    assert made.database.read_bytes() == before
    assert mode(made.key_file) == 0o600
    assert key.hex() not in made.key_file.read_text()
    keys.change_password(made, key, PASSWORD)
    assert keys.read_key(made, PASSWORD) == key
