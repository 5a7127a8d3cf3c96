"""An employer that leaves gets everything, in forms that other programs read and check."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from hrtui.backend.personal.export import export_employer
from tests.backend.documents.drawer import PDF, sha256_of
from tests.backend.personal.past import BUNDLE, Past
from tests.backend.personal.test_erasing import admin
from tests.backend.sync.office import OTHER, PERSON, SECOND, TENANT, op


def objects(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_everything_is_there_and_can_be_read(past: Past) -> None:
    anna = past.fill()
    anna.push(op("person", PERSON, bank=(["", ""], ["BE68539007547034", ""]), phone=("", "=1+1")))
    folder = past.folder / "out"
    done = export_employer(past.office.database, past.place.documents, TENANT, folder)
    assert (done.documents, done.missing) == (2, ())
    people = {one["id"]: one for one in objects(folder / "rows" / "person.ndjson")}
    assert (people[PERSON]["iban"], people[PERSON]["phone"]) == ("BE68539007547034", "=1+1")
    assert {one["id"]: one["phone"] for one in lines(folder / "rows" / "person.csv")}[str(PERSON)] == "'=1+1"
    days = [(one["person_id"], one["date"], one["minutes"]) for one in lines(folder / "rows" / "day.csv")]
    assert days == [(str(PERSON), "2012-03-01", "480"), (str(SECOND), "2026-03-02", "240")]
    assert objects(folder / "rows" / "conflict.ndjson")[0]["row"] == PERSON
    assert objects(folder / "tables" / "parked.ndjson")[0]["reason"] == "deleted"
    assert [one["display_name"] for one in objects(folder / "users.ndjson")] == ["Anna", "Ben"]
    listed = {one["sha256"]: one for one in lines(folder / "documents" / "documents.csv")}
    assert set(listed) == {sha256_of(PDF), sha256_of(BUNDLE)}
    assert (folder / "documents" / f"{sha256_of(PDF)}.pdf").read_bytes() == PDF
    told = (folder / "README.md").read_text()
    for file in (folder / "rows").glob("*.csv"):
        head = file.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert f"`{file.stem}`" in told
        assert all(name in told for name in head)
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    assert modes == {0o600, 0o700}
    secrets = "".join(path.read_text() for path in (folder / "tables").iterdir())
    assert anna.nonce not in secrets


def test_the_trail_is_checked_as_the_readme_tells(past: Past) -> None:
    past.fill()
    folder = past.folder / "out"
    export_employer(past.office.database, past.place.documents, TENANT, folder)
    names = [
        "n",
        "at",
        "actor",
        "user_id",
        "device_id",
        "rev",
        "uid",
        "action",
        "entity",
        "row_id",
        "date",
        "unit",
        "before",
        "after",
    ]
    last = bytes(32)
    for record in objects(folder / "tables" / "audit.ndjson"):
        text = json.dumps([record[name] for name in names], separators=(",", ":"), ensure_ascii=False)
        last = hashlib.sha256(last + text.encode()).digest()
        assert last.hex() == record["hash"]
    assert record["n"] > 10


def test_nothing_of_another_employer_is_in_it(past: Past) -> None:
    past.fill()
    past.office.write({("team", 999, ""): {"name": "Fremdling"}}, tenant=OTHER)
    past.place.documents.put_bytes(OTHER, b"Fremdling")
    past.office.clerk(name="Fremdling", tenant=OTHER)
    folder = past.folder / "out"
    export_employer(past.office.database, past.place.documents, TENANT, folder)
    assert all(b"Fremdling" not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_operator_is_told_where_it_is_and_what_is_missing(
    past: Past, capsys: pytest.CaptureFixture[str]
) -> None:
    past.fill()
    code, said = admin(past, capsys, "export", "e7", str(past.folder / "one"))
    assert (code, "2 documents are in" in said) == (0, True)
    code, said = admin(past, capsys, "export", "E7", str(past.folder / "one"))
    assert (code, "not empty" in said) == (1, True)
    assert admin(past, capsys, "export", "nobody", str(past.folder / "two"))[0] == 2
    for file in past.place.files():
        if file.name == sha256_of(PDF):
            file.write_bytes(PDF[:-1])
    code, said = admin(past, capsys, "export", str(TENANT), str(past.folder / "three"))
    assert (code, sha256_of(PDF) in said) == (1, True)
    assert not list((past.folder / "three" / "documents").glob("*.pdf"))
