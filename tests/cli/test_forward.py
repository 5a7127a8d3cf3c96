"""`hrtui forward`: the same checks as the screen, files in a folder, exit codes for scripts."""

from __future__ import annotations

import json
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from hrtui.store.employers import employers
from hrtui.store.keys import read_key
from hrtui.store.profile import find_profile
from hrtui.store.provider_links import save_provider
from hrtui.store.store import Store
from tests.cli.conftest import PASSWORD, Hrtui

ENTRIES = "number;date;code;hours\n1001;2026-09-01;VAK;\n"


def test_a_month_is_checked_and_forwarded_once(office: Hrtui) -> None:
    entries = office.file("entries.csv", ENTRIES)
    assert office.unlocked("import", "entries", entries).code == 0
    out = office.home / "out"
    dry = office.unlocked("forward", "2026-09", "--out", str(out), "--dry-run")
    assert (dry.code, dry.out) == (0, "")
    assert "Would write proef-nv-2026-09-1-entries.csv" in dry.err
    assert not out.exists()

    sent = office.unlocked("forward", "2026-09", "--out", str(out), "--wages", "2026-09-30")
    assert sent.code == 0, sent.err
    place = out / "proef-nv-2026-09-1"
    assert f"Forwarded for 2 people: {place}" in sent.err
    assert subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=place, check=False).returncode == 0
    assert "2026-09-01" in (place / "proef-nv-2026-09-1-entries.csv").read_text()

    again = office.unlocked("forward", "2026-09")
    assert again.code == 0
    assert "There is nothing to send" in again.err
    locked = office.unlocked("import", "entries", office.file("late.csv", ENTRIES.replace("01;V", "02;V")))
    assert locked.code == 1
    assert "locked" in locked.out


def test_files_that_could_not_be_written_are_delivered_again(office: Hrtui) -> None:
    out = office.home / "out"
    assert office.unlocked("forward", "2026-09", "--out", str(out)).code == 0
    done = office.unlocked("deliver-again", "2026-09")
    assert (done.code, "not given up" in done.err) == (1, True)
    never = office.unlocked("deliver-again", "2026-09", "--number", "2")
    assert (never.code, "was forwarded under that number" in never.err) == (1, True)
    assert office.unlocked("deliver-again", "September").code == 2


def test_the_dates_that_securex_wants_are_asked_for(office: Hrtui) -> None:
    profile = find_profile("default", office.profiles)
    with closing(Store.open(profile, read_key(profile, PASSWORD), actor="An")) as store:
        (employer,) = employers(store)
        link = save_provider(
            store, employer.id, {"provider": "securex", "client_number": "12345", "active": 1}
        )
        store.con.execute("UPDATE person SET provider_link_id = ?", (link,))
    words = ("forward", "2026-09", "--out", str(office.home / "out"), "--wages", "2026-09-30")
    bare = office.unlocked(*words)
    assert bare.code == 1
    assert "blocks: Proef NV: Securex wants the date on which the meal vouchers are ordered." in bare.err
    whole = office.unlocked(*words, "--meal-vouchers", "2026-09-30")
    assert (whole.code, "Forwarded for 2 people" in whole.err) == (0, True)


def test_what_blocks_is_told_and_nothing_is_sent(office: Hrtui) -> None:
    out = office.home / "out"
    answer = office.unlocked("forward", "2026-09", "--layout", "acerta", "--out", str(out))
    assert answer.code == 1
    assert "blocks: Proef NV: The employer has no link to Acerta." in answer.err
    assert not out.exists()
    assert office.unlocked("import", "entries", office.file("entries.csv", ENTRIES)).code == 0


def test_json_has_people_files_and_findings(office: Hrtui) -> None:
    out = office.home / "out"
    answer = office.unlocked("forward", "2026-09", "--people", "1002", "--out", str(out), "--json")
    told = json.loads(answer.out)
    assert (answer.code, told["sent"], told["status"], told["kind"]) == (0, True, "delivered", "first")
    assert [one["number"] for one in told["people"]] == ["1002"]
    assert {one["rule"] for one in told["findings"]} >= {"untouched", "nobody_checked"}
    assert sorted(one["name"] for one in told["files"]) == sorted(
        path.name for path in Path(told["place"]).iterdir() if path.name != "SHA256SUMS"
    )


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["2026-13"], 2, "is no month"),
        (["2026-09", "--people", "9"], 1, "nobody with the number 9"),
        (["2026-09", "--wages", "soon"], 2, "is no date"),
        (["2026-09", "--wages", "2026-09-09"], 2, "This day is over"),
        (["2026-09", "--layout", "nowhere"], 2, "There is no layout"),
        (["2026-09"], 2, "--out"),
    ],
)
def test_wrong_words_are_told_apart_from_what_is_refused(
    office: Hrtui, words: list[str], code: int, told: str
) -> None:
    answer = office.unlocked("forward", *words)
    assert answer.code == code
    assert told in answer.err
