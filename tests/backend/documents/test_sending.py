"""Sending documents: in chunks that go on where they stopped, and nothing kept that was not announced."""

from __future__ import annotations

import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from hrtui import clock
from hrtui.backend import operations
from hrtui.backend.config import Config, ConfigError
from hrtui.backend.database import Database
from hrtui.backend.documents.objects import FolderObjects
from hrtui.backend.documents.resealing import reseal
from hrtui.backend.documents.sealed import SealedObjects
from hrtui.backend.documents.store import BACKEND, content_key, documents_of
from hrtui.backend.sync.writing import Writing
from hrtui.cli.run import run
from tests.backend.documents.drawer import KB, PDF, Drawer, drawer, sha256_of
from tests.backend.sync.office import OTHER, TENANT


def test_a_document_arrives_in_chunks_and_is_read_back(place: Drawer) -> None:
    anna, ben = place.office.clerk(), place.office.clerk()
    done = place.send(anna, PDF)
    assert (done["complete"], done["offset"]) == (True, len(PDF))
    got = place.read(ben, PDF)
    assert (got.status_code, got.content) == (200, PDF)
    assert got.headers["content-disposition"] == "attachment"
    assert [path.name for path in place.files()] == [sha256_of(PDF)]
    (file,) = place.files()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert all(stat.S_IMODE(folder.stat().st_mode) == 0o700 for folder in file.parents[:3])


def test_an_upload_goes_on_where_it_stopped(place: Drawer) -> None:
    anna = place.office.clerk()
    begun = place.begin(anna, PDF)
    place.append(anna, begun["id"], 0, PDF[: 64 * KB])
    again = place.begin(anna, PDF)
    assert (again["id"], again["offset"], again["complete"]) == (begun["id"], 64 * KB, False)
    status = place.call(anna, "GET", f"/uploads/{begun['id']}").json()
    assert status["offset"] == 64 * KB
    head = place.call(anna, "HEAD", f"/uploads/{begun['id']}")
    assert (head.headers["upload-offset"], head.headers["upload-length"]) == (str(64 * KB), str(len(PDF)))
    # A chunk that came twice, as after a lost answer, tells where to go on.
    refused = place.append(anna, begun["id"], 0, PDF[: 64 * KB], 409)
    assert (refused["code"], refused["offset"]) == ("wrong_offset", 64 * KB)
    assert place.complete(anna, begun["id"], 409)["offset"] == 64 * KB
    place.append(anna, begun["id"], 64 * KB, PDF[64 * KB :])
    assert place.complete(anna, begun["id"])["complete"]
    assert place.complete(anna, begun["id"], 404)["code"] == "not_found"
    assert place.begin(anna, PDF)["complete"]


def test_of_the_same_chunk_sent_by_two_at_once_one_counts(place: Drawer) -> None:
    anna = place.office.clerk()
    begun = place.begin(anna, PDF)
    answers: list[int] = []

    def send() -> None:
        headers = {"Upload-Offset": "0", "Content-Type": "application/octet-stream"}
        path = f"/uploads/{begun['id']}"
        answer = place.call(anna, "PATCH", path, content=PDF[: 64 * KB], headers=headers)
        answers.append(answer.status_code)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409]
    assert place.begin(anna, PDF)["offset"] == 64 * KB
    assert len(place.files()) == 1
    place.append(anna, begun["id"], 64 * KB, PDF[64 * KB :])
    assert place.complete(anna, begun["id"])["complete"]
    assert place.read(anna, PDF).content == PDF


def test_what_is_not_what_was_announced_is_not_kept(light: Drawer) -> None:
    anna = light.office.clerk()
    begun = light.begin(anna, PDF)
    changed = PDF[:-1] + b"!"
    light.append(anna, begun["id"], 0, changed)
    assert light.complete(anna, begun["id"], 422)["code"] == "wrong_content"
    assert light.files() == []
    assert light.read(anna, PDF).status_code == light.read(anna, changed).status_code == 404
    assert light.begin(anna, PDF)["offset"] == 0


def test_a_kind_is_told_by_what_is_declared_and_by_the_bytes(light: Drawer) -> None:
    anna = light.office.clerk()
    tries: list[tuple[bytes, str, int]] = [
        (b"MZ" + PDF, "application/pdf", 415),
        (PDF, "application/x-msdownload", 415),
        (PDF, "text/html", 415),
        (PDF, "text/plain", 415),
        (b"a;b\r\n1;2\r\n" * 9000, "text/csv", 200),
        (b"\x89PNG\r\n\x1a\n" + PDF, "image/png", 200),
    ]
    for content, kind, status in tries:
        body = {
            "sha256": sha256_of(content), "size": len(content), "media_type": kind, "name": "a", "area": "",
        }  # fmt: skip
        got = light.call(anna, "POST", "", json=body)
        if got.status_code == 200:
            path = f"/uploads/{got.json()['id']}"
            got = light.call(anna, "PATCH", path, content=content, headers={"Upload-Offset": "0"})
        assert got.status_code == status, kind
        assert bool(light.files()) == (status == 200)


def test_sizes_and_the_room_of_an_employer_are_limited(light: Drawer) -> None:
    anna, other = light.office.clerk(), light.office.clerk(tenant=OTHER)
    assert light.begin(anna, PDF, 413, size=600 * KB + 1)["code"] == "too_large"
    begun = light.begin(anna, PDF, size=500 * KB)
    assert light.append(anna, begun["id"], 0, PDF[:KB], 400)["code"] == "bad_request"
    assert light.append(anna, begun["id"], 0, PDF[:9] * 60 * KB, 413)["code"] == "too_large"
    assert light.append(anna, begun["id"], 0, b"x" * (4 * KB * KB + 1), 413)["code"] == "too_large"
    # What is announced takes room before it comes; another employer has its own.
    assert light.begin(anna, PDF + b"1", 413, size=501 * KB)["code"] == "quota"
    assert light.begin(other, PDF + b"1", size=501 * KB)["offset"] == 0
    gone = light.call(anna, "DELETE", f"/uploads/{begun['id']}")
    assert gone.status_code == 204
    assert light.begin(anna, PDF + b"1", size=501 * KB)["offset"] == 0


def test_abandoned_uploads_are_cleaned(place: Drawer) -> None:
    anna = place.office.clerk()
    begun = place.begin(anna, PDF, size=500 * KB)
    place.append(anna, begun["id"], 0, PDF[: 64 * KB])
    assert len(place.files()) == 1
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        ben = place.office.clerk()
        place.send(ben, PDF + b"2")
        assert [path.name for path in place.files()] == [sha256_of(PDF + b"2")]
        assert place.call(anna, "GET", f"/uploads/{begun['id']}").status_code == 404


def test_a_content_is_once_in_an_employers_store_and_never_shared_between_employers(place: Drawer) -> None:
    anna, ben, other = place.office.clerk(), place.office.clerk(), place.office.clerk(tenant=OTHER)
    place.send(anna, PDF)
    assert place.begin(ben, PDF)["complete"]
    assert len(place.files()) == 1
    # Another employer's clerk must send it whole: nothing tells that somebody has it.
    assert place.begin(other, PDF)["offset"] == 0
    assert place.read(other, PDF).status_code == 404
    place.send(other, PDF)
    assert len(place.files()) == 2


def test_names_are_only_shown(light: Drawer) -> None:
    anna = light.office.clerk()
    light.send(anna, PDF, name="../../etc/cron.d/x\n\x1b[31m‮evil.pdf" + "y" * 300)
    with light.office.database.transaction(TENANT, read_only=True) as con:
        row = con.one("SELECT name FROM document WHERE tenant_id = ?", TENANT)
    assert row is not None
    assert row[0].startswith("x[31mevil.pdf")
    assert len(row[0]) == 120
    assert [path.name for path in light.files()] == [sha256_of(PDF)]


def test_an_area_is_read_and_written_by_those_who_see_it(place: Drawer) -> None:
    manager, clerk = place.office.clerk("case_manager"), place.office.clerk()
    auditor = place.office.clerk("auditor")
    assert place.begin(clerk, PDF, 403, area="sickness")["code"] == "forbidden"
    place.send(manager, PDF, area="sickness")
    assert place.read(manager, PDF).content == PDF
    for one in (clerk, auditor):
        assert place.read(one, PDF).status_code == 404
        assert place.call(one, "HEAD", f"/{sha256_of(PDF)}").status_code == 404
    assert place.begin(auditor, PDF, 403)["code"] == "forbidden"
    # Who may not see it cannot learn either that it is there: all of it is to be sent.
    assert place.begin(clerk, PDF)["offset"] == 0
    place.send(clerk, PDF)
    assert place.read(clerk, PDF).content == place.read(auditor, PDF).content == PDF
    assert len(place.files()) == 1
    out = [one for one in _trail(place) if one["entity"] == "document"]
    assert [(one["action"], one["user_id"]) for one in out] == [
        ("document", manager.user_id), ("read", manager.user_id), ("document", clerk.user_id),
    ]  # fmt: skip


def test_an_upload_is_its_clerks_own(light: Drawer) -> None:
    anna, ben = light.office.clerk(), light.office.clerk()
    begun = light.begin(anna, PDF)
    assert light.call(ben, "GET", f"/uploads/{begun['id']}").status_code == 404
    assert light.append(ben, begun["id"], 0, PDF[: 64 * KB], 404)
    assert light.begin(ben, PDF)["id"] != begun["id"]


def test_a_part_is_read(light: Drawer) -> None:
    anna = light.office.clerk()
    light.send(anna, PDF)
    spans: list[tuple[str, int, int | None]] = [
        ("bytes=0-0", 0, 1),
        ("bytes=1000-", 1000, None),
        ("bytes=-5", -5, None),
        ("bytes=10-9999999", 10, None),
    ]
    for wanted, start, end in spans:
        got = light.read(anna, PDF, wanted)
        assert (got.status_code, got.content) == (206, PDF[start:end])
        first = start % len(PDF)
        assert got.headers["content-range"] == f"bytes {first}-{first + len(got.content) - 1}/{len(PDF)}"


def test_parts_that_are_not_there_and_odd_ones(light: Drawer) -> None:
    anna = light.office.clerk()
    light.send(anna, PDF)
    assert light.read(anna, PDF, f"bytes={len(PDF)}-").status_code == 416
    for odd in ("bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=a-b"):
        assert light.read(anna, PDF, odd).content == PDF


def test_the_backend_keeps_and_removes_what_it_makes(place: Drawer) -> None:
    documents = place.documents
    sha256 = documents.put_bytes(TENANT, b"sent;1\r\n", "wages", media_type="text/csv")
    assert documents.put_bytes(TENANT, b"sent;1\r\n") == sha256 == sha256_of(b"sent;1\r\n")
    assert documents.read(TENANT, sha256) == b"sent;1\r\n"
    with place.office.database.transaction(TENANT) as con:
        assert not documents.remove(con, TENANT, sha256, "wages")
        assert documents.remove(con, TENANT, sha256)
    assert place.files() == []
    assert [one.broken for one in operations.verify_audit(place.office.database, [TENANT])] == [None]


def test_a_full_or_missing_disk_is_told_as_busy(light: Drawer) -> None:
    anna = light.office.clerk()
    begun = light.begin(anna, PDF)
    light.folder.write_text("no folder")
    assert light.append(anna, begun["id"], 0, PDF, 503)["code"] == "overloaded"
    light.folder.unlink()
    light.send(anna, PDF)
    assert light.read(anna, PDF).content == PDF


def test_a_bucket_does_as_well(bucket: Drawer) -> None:
    anna = bucket.office.clerk()
    begun = bucket.begin(anna, PDF)
    bucket.append(anna, begun["id"], 0, PDF[: 64 * KB])
    assert bucket.append(anna, begun["id"], 0, PDF[: 64 * KB], 409)["offset"] == 64 * KB
    bucket.append(anna, begun["id"], 64 * KB, PDF[64 * KB :])
    bucket.complete(anna, begun["id"])
    assert bucket.read(anna, PDF).content == PDF
    assert bucket.read(anna, PDF, "bytes=1000-1999").content == PDF[1000:2000]
    objects = bucket.documents.objects
    assert objects.keys(f"{TENANT}/") == [f"{TENANT}/{sha256_of(PDF)[:2]}/{sha256_of(PDF)}"]
    other = bucket.begin(anna, PDF + b"1")
    bucket.append(anna, other["id"], 0, PDF + b"2")
    assert bucket.complete(anna, other["id"], 422)["code"] == "wrong_content"
    with bucket.office.database.transaction(TENANT) as con:
        assert bucket.documents.remove(con, TENANT, sha256_of(PDF))
    assert objects.keys(f"{TENANT}/") == []


def test_sealed_documents_are_unreadable_on_the_disk(sqlite_template: Path, tmp_path: Path) -> None:
    file, key = tmp_path / "server.db", tmp_path / "documents.key"
    file.write_bytes(sqlite_template.read_bytes())
    key.touch(mode=0o600)
    key.write_text("ab" * 32 + "\n")
    database = Database.open(f"sqlite:///{file}")
    with drawer(database, f"sqlite:///{file}", tmp_path, key_file=str(key)) as place:
        anna = place.office.clerk()
        begun = place.begin(anna, PDF)
        place.append(anna, begun["id"], 0, PDF[: 64 * KB])
        assert all(b"PDF" not in path.read_bytes() for path in place.files())
        place.append(anna, begun["id"], 64 * KB, PDF[64 * KB :])
        place.complete(anna, begun["id"])
        (kept,) = place.files()
        assert PDF[100:164] not in kept.read_bytes()
        assert place.read(anna, PDF).content == PDF
        assert place.read(anna, PDF, "bytes=70000-70010").content == PDF[70000:70011]
    database.close()


def test_what_is_there_gets_a_new_key_by_a_command(
    sqlite_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, key = tmp_path / "server.db", tmp_path / "documents.key"
    file.write_bytes(sqlite_template.read_bytes())
    key.touch(mode=0o600)
    key.write_text("ab" * 32 + "\n")
    url, settings = f"sqlite:///{file}", tmp_path / "hrtui.toml"
    database = Database.open(url)
    with drawer(database, url, tmp_path, key_file=str(key)) as place:
        anna = place.office.clerk()
        place.send(anna, PDF)
        begun = place.begin(anna, PDF + b"1")
        place.append(anna, begun["id"], 0, PDF[: 64 * KB])
        settings.write_text(
            f'database = "{url}"\n[accounts]\nkey_file = "{tmp_path / "accounts.key"}"\n'
            f'[documents]\nurl = "{place.folder}"\nkey_file = "{key}"\n'
        )
        key.write_text("cd" * 32 + "\n" + "ab" * 32 + "\n")
        words = ["--data-dir", str(tmp_path), "admin", "reseal", "--config", str(settings)]
        assert run(words) == 0
        assert "2 files have the new key now, 0 had it." in capsys.readouterr().err
        key.write_text("cd" * 32 + "\n")
        assert run(words) == 0
        assert "0 files have the new key now, 2 had it." in capsys.readouterr().err
        kept = place.files()[0]
        kept.write_bytes(kept.read_bytes()[:-1])
        assert run(words) == 1
        assert "No key opens" in capsys.readouterr().err
        settings.write_text(f'database = "{url}"\n')
        assert run(words) == 1
        assert "have no key file" in capsys.readouterr().err
    database.close()


def test_a_document_that_was_removed_meanwhile_does_not_come_back_with_the_new_key(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key = tmp_path / "server.db", tmp_path / "documents.key"
    file.write_bytes(sqlite_template.read_bytes())
    key.touch(mode=0o600)
    key.write_text("cd" * 32 + "\n" + "ab" * 32 + "\n")
    database = Database.open(f"sqlite:///{file}")
    with drawer(database, f"sqlite:///{file}", tmp_path, key_file=str(key)) as place:
        documents = place.documents
        name = documents.put_bytes(TENANT, PDF, "")
        SealedObjects(FolderObjects(place.folder), bytes.fromhex("ab" * 32)).put(
            content_key(TENANT, name), [PDF]
        )
        real = SealedObjects.reseal

        def meanwhile(objects: SealedObjects, one: str) -> bool:
            with database.transaction(TENANT) as con:
                Writing.begin(con, TENANT, BACKEND)
                con.execute("DELETE FROM document WHERE tenant_id = ?", TENANT)
            return real(objects, one)

        monkeypatch.setattr(SealedObjects, "reseal", meanwhile)
        found = reseal(documents, [TENANT])
        assert found is not None
        assert (found.changed, place.files()) == (1, [])
    database.close()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"colour": "red"}, "no setting “documents.colour”"),
        ({"max_bytes": "9"}, "wrong kind"),
        ({"max_bytes": 0}, "1 or more"),
        ({"types": ["application/x-dosexec"]}, "cannot recognise"),
        ({"key_file": "/nowhere/key"}, "cannot be read"),
        ({"url": "s3://"}, "cannot be used"),
    ],
)
def test_wrong_settings_are_refused(settings: dict[str, object], words: str, tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'server.db'}")
    with pytest.raises(ConfigError, match=words):
        documents_of(Config(str(database.url), extra={"documents": settings}), database)


def _trail(place: Drawer) -> list[dict[str, object]]:
    from hrtui.backend.sync import audit

    with place.office.database.transaction(TENANT, read_only=True) as con:
        return [dict(one) for one in audit.records(con, TENANT)]
