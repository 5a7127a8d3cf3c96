"""The operator's work: an audit trail that shows tampering, and a backup from which nothing is lost."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hrtui.backend import operations
from hrtui.backend.config import ConfigError
from hrtui.backend.database import Database
from hrtui.backend.sync import audit
from tests.backend.postgres import Cluster
from tests.backend.sync.office import DAY, FULL, HALF, OTHER, PERSON, TENANT, Clerk, Office, day, office, op


def test_the_trail_tells_who_did_what_and_no_value(at_work: Office) -> None:
    anna = at_work.clerk(name="Anna")
    receipt = anna.receipt(day(FULL), op("person", PERSON, last_name=("Voorbeeld", "Geheimzinnig")))
    out = io.StringIO()
    count = operations.export_audit(at_work.database, TENANT, out)
    records = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(records) == count
    ours = [one for one in records if one["uid"] == receipt["uid"]]
    assert [(one["action"], one["entity"], one["unit"]) for one in ours] == [
        ("set", "day", "entries"),
        ("set", "person", "last_name"),
    ]
    assert {(one["actor"], one["user_id"], one["device_id"], one["rev"]) for one in ours} == {
        ("Anna", anna.user_id, anna.device_id, receipt["rev"])
    }
    assert "Geheimzinnig" not in out.getvalue()
    assert list(operations.verify_audit(at_work.database, [TENANT])) == [
        operations.Verified(TENANT, count, None)
    ]


def test_a_known_value_can_be_proven_by_its_persons_key(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.push(day(FULL))
    with at_work.database.transaction(TENANT, read_only=True) as con:
        last = list(audit.records(con, TENANT))[-1]
        key = con.one("SELECT key FROM subject_key WHERE tenant_id = ? AND person_id = ?", TENANT, PERSON)
    assert key is not None
    assert last["after"] == audit._seal(bytes.fromhex(key[0]), {"entries": [*FULL]})


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE audit SET actor = 'Eve' WHERE n = 3", 3),
        ("DELETE FROM audit WHERE n = 4", 4),
        ("DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)", 8),
    ],
)
def test_tampering_shows(
    database_url: str, tmp_path: Path, cluster: Cluster, change: str, broken: int
) -> None:
    database = Database.open(database_url)
    with office(database, database_url, tmp_path) as made:
        anna = made.clerk()
        anna.push(day(FULL))
        anna.push(day(HALF, FULL))
        if database.postgres:
            with cluster.connect(database.url.database or "") as con:
                con.execute(f"{change} AND tenant_id = {TENANT}")
        else:
            with sqlite3.connect(database.url.database or "") as file, pytest.raises(sqlite3.Error):
                file.execute(change)
            file.execute("DROP TRIGGER audit_keeps_update")
            file.execute("DROP TRIGGER audit_keeps_delete")
            file.execute(f"{change} AND tenant_id = {TENANT}")
            file.commit()
            file.close()
        assert [one.broken for one in operations.verify_audit(database, [TENANT, OTHER])] == [broken, None]
    database.close()


def lost_and_found(anna: Clerk, ben: Clerk, mutations: list[dict[str, Any]]) -> None:
    """What clerks' programs do when the backend does not know the history that they have seen."""
    assert anna.pull(409)["code"] == "timeline_diverged"
    anna.snapshot()
    unknown = anna.post("sync/known", {"witness": anna.witness, "uids": [one["uid"] for one in mutations]})
    again = [one for one in mutations if one["uid"] in unknown["unknown"]]
    assert [one["ops"][0]["d"] for one in again] == ["2026-03-04"]
    anna.device_id, anna.nonce, anna.mseq = "0" * 36, "", 0
    anna.hello()
    answer = anna.send(*({**one, "mseq": number} for number, one in enumerate(again, 1)))
    assert [one["ops"][0]["outcome"] for one in answer["results"]] == ["applied"]
    ben.snapshot()
    assert {key[2] for key in ben.rows if key[0] == "day"} == {"2026-03-02", "2026-03-03", "2026-03-04"}


def test_a_sqlite_backup_is_whole_and_nothing_is_lost(sqlite_template: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / "server.db", tmp_path / "copy.db"
    shutil.copy(sqlite_template, file)
    url = f"sqlite:///{file}"
    database = Database.open(url)
    with office(database, url, tmp_path) as made:
        anna, ben = made.clerk(), made.clerk()
        mutations = [anna.mutation(day(FULL, date=f"2026-03-0{number}")) for number in (2, 3, 4)]
        anna.send(*mutations[:2])
        head = anna.pull()["head"]
        epoch = anna.pull()["epoch"]
        assert operations.back_up(database, copy)[TENANT] == head
        assert anna.pull()["durable"] == head
        with pytest.raises(ConfigError, match="there already"):
            operations.back_up(database, copy)
        anna.send(mutations[2])
        database.close()
        for name in ("server.db-wal", "server.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        shutil.copy(copy, file)
        assert operations.finish_restore(database) == 2
        assert ben.hello()["epoch"] != epoch
        lost_and_found(anna, ben, mutations)
        assert all(one.broken is None for one in operations.verify_audit(database, [TENANT, OTHER]))
    database.close()


def test_a_postgresql_dump_restores_and_nothing_is_lost(
    postgres_url: str, cluster: Cluster, tmp_path: Path
) -> None:
    database = Database.open(postgres_url)
    name = database.url.database or ""
    with office(database, postgres_url, tmp_path) as made:
        anna, ben = made.clerk(), made.clerk()
        mutations = [anna.mutation(day(FULL, date=f"2026-03-0{number}")) for number in (2, 3, 4)]
        anna.send(*mutations[:2])
        dump = tmp_path / "server.dump"
        run(cluster, "pg_dump", "-Fc", "-f", str(dump), name)
        positions = operations.heads(database, [TENANT])
        operations.mark_durable(database, positions)
        anna.send(mutations[2])
        assert anna.pull()["durable"] == positions[TENANT]
        database.close()
        run(cluster, "pg_restore", "--clean", "--if-exists", "-d", name, str(dump))
        assert operations.finish_restore(database) == 2
        lost_and_found(anna, ben, mutations)
        with pytest.raises(ConfigError, match="pg_dump"):
            operations.back_up(database, tmp_path / "no.db")
    database.close()
    assert DAY


def run(cluster: Cluster, program: str, *words: str) -> None:
    place = {"PGHOST": str(cluster.folder), "PGUSER": "postgres"}
    subprocess.run([cluster.programs / program, *words], check=True, env={**os.environ, **place})


def test_a_position_of_another_history_is_not_durable(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.push(day(FULL))
    head = anna.pull()["head"]
    operations.mark_durable(at_work.database, {TENANT: {"rev": head["rev"], "chain": "f" * 64}})
    assert anna.pull()["durable"]["rev"] == 0
    operations.mark_durable(at_work.database, {TENANT: head})
    assert anna.pull()["durable"] == head


def test_printed_positions_are_read_back_and_nothing_else(at_work: Office) -> None:
    anna = at_work.clerk()
    anna.push(day(FULL))
    heads = operations.heads(at_work.database, [TENANT, OTHER])
    assert operations.positions_of(json.dumps(heads)) == heads
    assert operations.mark_durable(at_work.database, heads) == 2
    assert operations.mark_durable(at_work.database, {TENANT: {"rev": 99, "chain": "f" * 64}}) == 0
    for text in ("[]", "{", '{"7": 1}', '{"7": {"rev": "1", "chain": ""}}', '{"x": {"rev": 1, "chain": ""}}'):
        with pytest.raises(ValueError, match=r".*"):
            operations.positions_of(text)
