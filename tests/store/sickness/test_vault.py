"""The encrypted folder: what goes in comes out, interruptions, damage, and sending over a bad network."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.store.errors import StoreError
from hrtui.store.sickness import vault as vault_module
from hrtui.store.sickness.remote_files import Content, download, upload
from hrtui.store.sickness.vault import DamagedFileError, Vault, sha256_of

KEY = bytes(range(32))
SECRET = b"Dear Ann Testman, we ask you to come. "


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 64 bytes, so that few bytes make many of them."""
    monkeypatch.setattr(vault_module, "CHUNK", 64)


def put(vault: Vault, content: bytes, progress: vault_module.Progress | None = None) -> str:
    sha256, size = sha256_of(io.BytesIO(content))
    vault.put(io.BytesIO(content), sha256, size, progress)
    return sha256


@given(content=st.binary(min_size=1, max_size=400))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_goes_in_comes_out_and_is_not_readable_on_the_disk(tmp_path: Path, content: bytes) -> None:
    vault = Vault(tmp_path / "files", KEY)
    sha256 = put(vault, content)
    assert b"".join(vault.chunks(sha256)) == content
    raw = vault.path(sha256).read_bytes()
    assert len(content) < 8 or content not in raw.removeprefix(b"hrtui-file-1\n")
    assert sha256 not in vault.path(sha256).name


class Stop(Exception):  # noqa: N818  (nothing is wrong)
    """The program is closed during a copy."""


@pytest.mark.parametrize("after", [1, 3, 7])
@pytest.mark.parametrize("length", [64 * 7, 64 * 7 + 13])
def test_a_copy_goes_on_where_it_was_interrupted(tmp_path: Path, after: int, length: int) -> None:
    content = (SECRET * 20)[:length]
    vault = Vault(tmp_path / "files", KEY)
    told: list[int] = []

    def interrupt(done: int, size: int) -> None:
        told.append(done)
        if len(told) == after:
            raise Stop

    with pytest.raises(Stop):
        put(vault, content, interrupt)
    sha256 = hashlib.sha256(content).hexdigest()
    assert not vault.holds(sha256)
    assert vault.kept_of(sha256) == after * 64
    again: list[int] = []
    put(vault, content, lambda done, size: again.append(done))
    assert again[0] == min(after * 64 + 64, length)
    assert b"".join(vault.chunks(sha256)) == content


def test_a_torn_chunk_or_a_lost_beginning_is_written_again(tmp_path: Path) -> None:
    content = SECRET * 20
    for cut in (10, 60, 200, 300):
        vault = Vault(tmp_path / str(cut), KEY)
        sha256 = hashlib.sha256(content).hexdigest()
        with pytest.raises(Stop):
            put(vault, content, _stop_after(5))
        draft = vault.path(sha256).with_suffix(".part")
        draft.write_bytes(draft.read_bytes()[:cut])
        put(vault, content)
        assert b"".join(vault.chunks(sha256)) == content
    vault = Vault(tmp_path / "zeros", KEY)
    with pytest.raises(Stop):
        put(vault, content, _stop_after(5))
    draft = vault.path(sha256).with_suffix(".part")
    draft.write_bytes(bytes(60) + draft.read_bytes()[60:])
    put(vault, content)
    assert b"".join(vault.chunks(sha256)) == content


def _stop_after(count: int) -> vault_module.Progress:
    told: list[int] = []

    def progress(done: int, size: int) -> None:
        told.append(done)
        if len(told) == count:
            raise Stop

    return progress


def test_a_source_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "files", KEY)
    sha256 = hashlib.sha256(SECRET).hexdigest()
    with pytest.raises(StoreError, match="changed while it was copied"):
        vault.put(io.BytesIO(SECRET[:-1] + b"!"), sha256, len(SECRET))
    with pytest.raises(StoreError, match="changed while it was copied"):
        vault.put(io.BytesIO(SECRET[:-1]), sha256, len(SECRET))
    assert not vault.holds(sha256)


def test_any_damage_is_noticed(tmp_path: Path) -> None:
    content = SECRET * 6
    vault = Vault(tmp_path / "files", KEY)
    sha256 = put(vault, content)
    path = vault.path(sha256)
    good = path.read_bytes()
    chunk, header = 64 + 16, 53
    damaged = [
        good[:-1],
        good[: header + chunk],
        good[:header],
        good[:header] + good[header + chunk :],
        good[:header] + good[header + chunk :][:chunk] + good[header:][:chunk] + good[header + 2 * chunk :],
        *(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :] for at in range(0, len(good), 17)),
    ]  # fmt: skip
    for bad in damaged:
        path.write_bytes(bad)
        with pytest.raises(DamagedFileError, match="damaged"):
            b"".join(vault.chunks(sha256))
    path.write_bytes(good)
    with pytest.raises(DamagedFileError):
        b"".join(Vault(tmp_path / "files", bytes(32)).chunks(sha256))


def test_a_removed_file_is_gone(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "files", KEY)
    sha256 = put(vault, SECRET)
    vault.remove(sha256)
    vault.remove(sha256)
    assert not vault.holds(sha256)
    with pytest.raises(DamagedFileError, match="not on this computer"):
        b"".join(vault.chunks(sha256))


def test_two_terminals_do_not_write_into_one_draft(tmp_path: Path) -> None:
    vault, other = Vault(tmp_path / "files", KEY), Vault(tmp_path / "files", KEY)
    content = SECRET * 6

    def meanwhile(done: int, size: int) -> None:
        with pytest.raises(StoreError, match="another terminal"):
            put(other, content)

    assert b"".join(vault.chunks(put(vault, content, meanwhile))) == content


class Shelf:
    """A documents store that loses the connection after every so many calls."""

    def __init__(self, fails_every: int) -> None:
        self.contents: dict[str, bytes] = {}
        self.calls = 0
        self.fails_every = fails_every

    def _call(self) -> None:
        self.calls += 1
        if self.calls % self.fails_every == 0:
            raise ConnectionError

    def received(self, content: Content) -> int:
        self._call()
        return len(self.contents.get(content.sha256, b""))

    def send(self, content: Content, offset: int, chunk: bytes) -> int:
        sha256 = content.sha256
        there = self.contents.get(sha256, b"")
        assert offset == len(there)
        # What arrived before the line broke stays.
        self.contents[sha256] = there + chunk[: 1 + len(chunk) // 2]
        self._call()
        return len(self.contents[sha256])

    def fetch(self, sha256: str, offset: int) -> bytes:
        self._call()
        return self.contents[sha256][offset : offset + 50]


@pytest.mark.parametrize("fails_every", [2, 3, 7, 1000])
def test_files_reach_the_backend_and_come_back_over_a_bad_network(tmp_path: Path, fails_every: int) -> None:
    content = SECRET * 9
    here, there = Vault(tmp_path / "here", KEY), Vault(tmp_path / "there", bytes(32))
    shelf = Shelf(fails_every)
    sha256 = put(here, content)
    for _ in range(200):
        try:
            upload(here, shelf, Content(sha256, len(content), "text/plain", "a.txt"))
            break
        except ConnectionError:
            continue
    assert shelf.contents[sha256] == content
    shelf.fails_every = 1000
    download(there, shelf, sha256, len(content))
    assert b"".join(there.chunks(sha256)) == content
    shelf.contents[sha256] = content[:-1] + b"?"
    with pytest.raises(StoreError, match="not what it should be"):
        download(Vault(tmp_path / "third", KEY), shelf, sha256, len(content))
