"""`hrtui layouts` and the export in a layout: which there are, what is wrong with one, a try on a month."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hrtui.store.keys import read_key
from hrtui.store.profile import find_profile
from hrtui.store.roles import set_own_roles
from hrtui.store.store import Store
from tests.cli.conftest import PASSWORD, Hrtui

OWN = """title = "Our own"
kind = "csv"

[files.hours]
name = "hours-{month}.csv"
rows = "entries"
categories = ["absence"]
fields = [
  { value = "number" },
  { value = "date", date = "DD.MM.YYYY" },
  { value = "type", map = { VAK = "holiday", KV = "leave" } },
  { value = "time", unit = "hh:mm" },
]
"""


def own_layout(hrtui: Hrtui, name: str, text: str) -> Path:
    folder = hrtui.home / "config" / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text)
    return file


@pytest.fixture
def september(office: Hrtui) -> Hrtui:
    entries = office.file(
        "entries.csv", "number;date;code;hours\n1001;01/09/2026;VAK;\n1002;02/09/2026;KV;2\n"
    )
    assert office.unlocked("import", "entries", entries).code == 0
    return office


def test_the_list_has_the_package_and_the_clerks_own(hrtui: Hrtui) -> None:
    own_layout(hrtui, "ours.toml", OWN)
    answer = hrtui("layouts", "list")
    assert (answer.code, answer.err) == (0, "")
    assert "acerta-zeros      Acerta with zeros: calendar (KLX)\n" in answer.out
    assert "ours              Our own (your own)\n" in answer.out
    named = {one["name"]: one for one in json.loads(hrtui("layouts", "list", "--json").out)}
    assert named["ours"]["own"]
    assert not named["partena"]["own"]


def test_a_wrong_layout_of_ones_own_is_told_with_its_line_and_the_others_stay(hrtui: Hrtui) -> None:
    file = own_layout(hrtui, "ours.toml", OWN.replace('"csv"', '"cvs"'))
    answer = hrtui("layouts", "list")
    assert answer.code == 2
    assert "partena" in answer.out
    assert answer.err.startswith(
        f'{file}:2: “kind” can be "csv", "fixed", "workbook", "pdf". Did you mean csv?'
    )


def test_a_check_reports_all_problems_by_line_and_says_when_all_is_well(hrtui: Hrtui) -> None:
    good = hrtui.file("good.toml", OWN)
    answer = hrtui("layouts", "check", good)
    assert (answer.code, answer.out) == (0, f"{good}: fine: Our own\n")
    bad = hrtui.file("bad.toml", OWN.replace('"number"', '"numer"').replace('"hh:mm"', '"hours"'))
    answer = hrtui("layouts", "check", bad)
    lines = answer.out.splitlines()
    assert answer.code == 2
    assert lines[0].startswith(f"{bad}:9: There is no value “numer” here; there are ")
    assert lines[0].endswith("Did you mean number?")
    assert lines[1] == f'{bad}:12: “unit” can be "minutes", "hundredths", "hhmm", "hh:mm", "decimal".'
    assert [one["line"] for one in json.loads(hrtui("layouts", "check", bad, "--json").out)["problems"]] == [
        9,
        12,
    ]


def test_a_try_writes_the_month_and_sums_that_are_right(september: Hrtui) -> None:
    own_layout(september, "ours.toml", OWN)
    out = september.home / "try"
    answer = september.unlocked("layouts", "try", "ours", "2026-09", "--out", str(out))
    assert answer.code == 0
    assert answer.out.splitlines() == [f"{out}/hours-2026-09.csv", f"{out}/SHA256SUMS"]
    content = (out / "hours-2026-09.csv").read_bytes()
    assert content == b"1002;02.09.2026;leave;02:00\r\n1001;01.09.2026;holiday;07:36\r\n"
    digest = hashlib.sha256(content).hexdigest()
    assert (out / "SHA256SUMS").read_text() == f"{digest}  hours-2026-09.csv\n"
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}


def test_a_try_of_a_file_needs_no_config_folder(september: Hrtui) -> None:
    file = september.file("somewhere.toml", OWN)
    out = september.home / "out"
    assert september.unlocked("layouts", "try", file, "2026-09", "--out", str(out)).code == 0
    assert (out / "hours-2026-09.csv").exists()


def test_an_export_in_a_layout_writes_all_its_files(september: Hrtui) -> None:
    out = september.home / "payroll"
    answer = september.unlocked("export", "month", "2026-09", "--layout", "generic", "--out", str(out))
    assert answer.code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "SHA256SUMS",
        *(f"proef-nv-2026-09-1-{part}.csv" for part in ("components", "entries", "messages")),
    ]


def test_what_stands_in_the_way_is_told_by_name_and_nothing_is_written(september: Hrtui) -> None:
    own_layout(september, "ours.toml", OWN.replace('VAK = "holiday", ', ""))
    out = september.home / "try"
    answer = september.unlocked("layouts", "try", "ours", "2026-09", "--out", str(out))
    assert answer.code == 1
    assert answer.err == (
        "Nothing was written:\nPeeters Proef (1001): type: the map of the layout has nothing for “VAK”\n"
    )
    assert not out.exists()


def test_a_provider_that_nobody_goes_to_is_one_sentence(september: Hrtui) -> None:
    answer = september.unlocked("layouts", "try", "acerta", "2026-09")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "Nobody goes to Acerta: choose it as the payroll provider of people first.\n"


@pytest.mark.parametrize(
    ("area", "layout", "code"),
    [
        ("pay_components", "generic", 1),
        ("messages", "generic", 1),
        ("sickness", "ours", 1),
        ("national_numbers", "generic", 0),
        ("pay_components", "ours", 0),
    ],
)
def test_nobody_gets_out_what_their_roles_hide(september: Hrtui, area: str, layout: str, code: int) -> None:
    own_layout(september, "ours.toml", OWN)
    with opened(september) as store:
        store.con.execute("INSERT INTO setting VALUES ('backend', 'https://payroll.example')")
        (employer_id,) = store.con.execute("SELECT id FROM employer").fetchone()
        store.con.execute(
            "INSERT INTO employer_role (id, employer_id, role, areas) VALUES (1, ?, 'manager', ?)",
            (employer_id, json.dumps([area])),
        )
        set_own_roles(store, employer_id, ["clerk"])
    out = september.home / "out"
    answer = september.unlocked("export", "month", "2026-09", "--layout", layout, "--out", str(out))
    assert answer.code == code
    assert out.exists() == (code == 0)
    assert ("Your roles" in answer.err) == (code == 1)


@contextmanager
def opened(hrtui: Hrtui) -> Iterator[Store]:
    profile = find_profile("default", hrtui.profiles)
    store = Store.open(profile, read_key(profile, PASSWORD), actor="test")
    yield store
    store.close()
