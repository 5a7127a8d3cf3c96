"""The places for contents: a folder, an encrypted one and a bucket keep the same promises."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrtui.backend.documents.objects import FolderObjects, MissingObjectError, Objects
from hrtui.backend.documents.sealed import SEGMENT, SealedObjects

KEY = bytes(range(32))


@pytest.fixture(params=["folder", "sealed", "bucket"])
def objects(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Objects:
    """An empty place of each kind."""
    if request.param == "bucket":
        address = request.getfixturevalue("s3")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "invented")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "invented")
        from hrtui.backend.documents.bucket import BucketObjects

        url = f"s3://hrtui/{secrets.token_hex(4)}"
        return BucketObjects(url, {"endpoint": address, "region": "eu-west-1"})
    folder = FolderObjects(tmp_path / "place")
    return SealedObjects(folder, KEY) if request.param == "sealed" else folder


@pytest.mark.parametrize("size", [0, 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 9 * 1024 * 1024])
def test_what_is_put_is_read(objects: Objects, size: int) -> None:
    content = secrets.token_bytes(size)
    parts = [content[start : start + 300_000] for start in range(0, size, 300_000)]
    objects.put("7/ab/x", iter(parts))
    assert objects.has("7/ab/x")
    assert objects.read("7/ab/x", 0, size) == content
    middle = size // 2
    assert objects.read("7/ab/x", middle, min(size, middle + 1000)) == content[middle : middle + 1000]


def test_an_interrupted_object_never_appears(objects: Objects) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x" * 9_000_000
        raise ZeroDivisionError

    with pytest.raises((ZeroDivisionError, OSError)):
        objects.put("7/ab/x", broken())
    assert not objects.has("7/ab/x")
    assert objects.keys("7/") == []


def test_objects_are_listed_replaced_and_removed(objects: Objects) -> None:
    for key in ("7/up/a", "7/up/b", "8/up/a"):
        objects.put(key, [b"1"])
    objects.put("7/up/a", [b"22"])
    assert objects.keys("7/up/") == ["7/up/a", "7/up/b"]
    assert objects.read("7/up/a", 0, 2) == b"22"
    for key in (*objects.keys("7/up/"), "7/up/never"):
        objects.remove(key)
    assert objects.keys("7/up/") == []
    assert objects.keys("8/up/") == ["8/up/a"]
    assert not objects.has("7/up/a")
    with pytest.raises(MissingObjectError):
        objects.read("7/up/a", 0, 1)


def test_a_key_leaves_no_folder(tmp_path: Path) -> None:
    place = FolderObjects(tmp_path / "place")
    for key in ("../x", "a/../../x", "/etc/x", "a//b", ""):
        with pytest.raises(MissingObjectError):
            place.put(key, [b""])
    assert list(tmp_path.iterdir()) == []


def test_a_sealed_object_that_was_changed_moved_or_cut_is_not_read(tmp_path: Path) -> None:
    folder = FolderObjects(tmp_path)
    sealed = SealedObjects(folder, KEY)
    content = secrets.token_bytes(2 * SEGMENT + 5)
    sealed.put("7/a", [content])
    raw = (tmp_path / "7" / "a").read_bytes()
    (tmp_path / "7" / "b").write_bytes(raw)
    (tmp_path / "7" / "c").write_bytes(raw[:100] + bytes([raw[100] ^ 1]) + raw[101:])
    for key in ("7/b", "7/c"):
        with pytest.raises(MissingObjectError):
            sealed.read(key, 0, 10)
    (tmp_path / "7" / "a").write_bytes(raw[:-1])
    with pytest.raises(MissingObjectError):
        sealed.read("7/a", 0, len(content))
    with pytest.raises(MissingObjectError):
        SealedObjects(folder, bytes(32)).read("7/a", 0, 10)


@pytest.mark.parametrize("size", [0, 5, SEGMENT, 2 * SEGMENT, 2 * SEGMENT + 5])
def test_a_new_key_is_put_before_the_old_one_and_then_alone(tmp_path: Path, size: int) -> None:
    folder, new = FolderObjects(tmp_path), bytes(reversed(KEY))
    content = secrets.token_bytes(size)
    SealedObjects(folder, KEY).put("7/a", [content])
    both = SealedObjects(folder, new, KEY)
    assert both.read("7/a", 0, size) == content
    both.put("7/b", [content])
    assert SealedObjects(folder, new).read("7/b", 0, size) == content
    assert (both.reseal("7/a"), both.reseal("7/b"), both.reseal("7/a")) == (True, False, False)
    assert SealedObjects(folder, new).read("7/a", 0, size) == content
    with pytest.raises(MissingObjectError):
        SealedObjects(folder, KEY).reseal("7/a")


def test_an_object_that_was_cut_is_not_made_whole_by_a_new_key(tmp_path: Path) -> None:
    folder = FolderObjects(tmp_path)
    SealedObjects(folder, KEY).put("7/a", [secrets.token_bytes(2 * SEGMENT)])
    raw = (tmp_path / "7" / "a").read_bytes()
    cut = raw[: -(SEGMENT + 16)]
    (tmp_path / "7" / "a").write_bytes(cut)
    with pytest.raises(MissingObjectError):
        SealedObjects(folder, bytes(reversed(KEY)), KEY).reseal("7/a")
    assert (tmp_path / "7" / "a").read_bytes() == cut


def test_an_object_that_gets_a_new_key_while_it_is_read_is_read(tmp_path: Path) -> None:
    new = bytes(reversed(KEY))

    class Slow(FolderObjects):
        """Another process reseals between header and segment."""

        resealed = False

        def read(self, key: str, start: int, end: int) -> bytes:
            if start and not self.resealed:
                self.resealed = True
                assert SealedObjects(FolderObjects(tmp_path), new, KEY).reseal(key)
            return super().read(key, start, end)

    content = secrets.token_bytes(SEGMENT + 5)
    SealedObjects(FolderObjects(tmp_path), KEY).put("7/a", [content])
    assert SealedObjects(Slow(tmp_path), new, KEY).read("7/a", 0, SEGMENT + 5) == content
