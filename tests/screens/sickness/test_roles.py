"""Cases are for case managers: no screen, key, history, export, command or file tells anybody else of one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hrtui import failures
from hrtui.cli.run import run
from hrtui.domain.day import Entry
from hrtui.domain.roles import AUDITOR, CASE_MANAGER, CLERK
from hrtui.domain.sickness.case import Progress
from hrtui.domain.sickness.reporting import Report
from hrtui.screens.base import KeyScreen
from hrtui.screens.sync.conflicts import ConflictsScreen
from hrtui.store.entries import to_json
from hrtui.store.errors import StoreError
from hrtui.store.roles import set_own_roles
from hrtui.store.sickness.course import set_percentage
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.documents import Folder, add_document
from hrtui.store.sickness.notes import Note, take_over_notes
from tests.screens.conftest import screen_text, told
from tests.screens.sickness.employers import Ward, dutch, office, opened, today

__all__ = ["dutch", "office", "today"]

KEPT = "Only case managers see this: ask the administrator for the role."
SECRETS = (
    "Geheimpad", "37 %", "37%", "geheim.txt", "Geheime notitie", "ill since", "Ill since 1", "Work accident",
    "work_accident", "reported ill already", "is ill", "sickness_",
)  # fmt: skip
HERE = ("ctrl+home", "1", "4", "enter")
WALKS: tuple[tuple[str, ...], ...] = (
    (*HERE, "percent_sign"),
    (*HERE, "ctrl+o", "percent_sign", "f3"),
    (*HERE, "ctrl+o", "tab", "f6", "down", "enter"),
    (*HERE, "equals_sign", "escape", "v", "delete", "ctrl+z", "ctrl+c"),
    ("ctrl+t", "r"),
    ("ctrl+t", "s", "enter"),
    ("ctrl+t", "g", "enter"),
    ("ctrl+p", *"sick", "enter"),
    ("ctrl+p", *"agenda", "enter"),
    ("ctrl+t", "2", "enter", "f3", "down", "down", "enter"),
    ("ctrl+t", "2", "enter", "f2", "2", "enter", "f3"),
    ("ctrl+t", "2", "f3", "enter"),
    ("ctrl+t", "f", "f4", "down"),
    ("ctrl+t", "y", "enter", "f2"),
    ("ctrl+t", "9", "f3", "down"),
    ("ctrl+e", "enter", "f1"),
)
"""Keys that lead past everything that could tell of a case; every screen on the way is looked at."""


@pytest.fixture(params=[CLERK, AUDITOR])
def kept(dutch: Ward, tmp_path: Path, request: pytest.FixtureRequest) -> Ward:
    """A case with a bit of everything, on a profile with a backend, seen by a clerk or an auditor."""
    report = Report(date(2026, 9, 1), "work_accident", nursing=(("street", "Geheimpad"),), work_accident=True)
    case_id = dutch.ill("Aerts", report)
    set_percentage(dutch.desk, case_id, Progress(date(2026, 9, 7), 37))
    take_over_notes(dutch.desk, case_id, [Note(date(2026, 9, 8), "C. Casemanager", "Geheime notitie")])
    file = tmp_path / "geheim.txt"
    file.write_text("geheim", encoding="utf-8")
    add_document(dutch.desk, case_id, Folder.OTHER, file)
    file.unlink()
    store, employer_id = dutch.office.store, dutch.office.employer_id
    store.con.execute("INSERT INTO setting VALUES ('backend', 'https://127.0.0.1')")
    store._backend = True
    set_own_roles(store, employer_id, [request.param])
    return dutch


def give_away(text: str) -> list[str]:
    """The secrets in a text."""
    return [secret for secret in SECRETS if secret in text]


async def walked(of: Ward, walk: tuple[str, ...]) -> str:
    """All that the screens show on the way."""
    shown: list[str] = []
    async with opened(of, (120, 40)) as pilot:
        for key in walk:
            await pilot.press(key)
            shown.append(screen_text(pilot.app))
    return "\n".join(shown)


@pytest.mark.parametrize("walk", WALKS, ids=" ".join)
async def test_no_screen_tells_a_clerk_of_a_case(kept: Ward, walk: tuple[str, ...]) -> None:
    assert give_away(await walked(kept, walk)) == []


async def test_each_way_in_says_who_may(kept: Ward) -> None:
    async with opened(kept, (120, 40)) as pilot:
        await pilot.press(*HERE, "percent_sign")
        assert KEPT in told(pilot.app)
        for place in "rsg":
            await pilot.press("up", "ctrl+t", place)
            assert KEPT in told(pilot.app)
        await pilot.press("ctrl+o", "percent_sign")
        assert KEPT in told(pilot.app)


async def test_the_same_ways_tell_a_case_manager_all_of_it(kept: Ward) -> None:
    set_own_roles(kept.office.store, kept.office.employer_id, [CASE_MANAGER])
    shown = [await walked(kept, WALKS[place]) for place in (0, 5)]
    shown.append(await walked(kept, ("ctrl+t", "s", "enter", "f2", "6")))
    found = set(give_away("\n".join(shown)))
    assert {"Geheimpad", "37 %", "geheim.txt", "Geheime notitie", "ill since", "Work accident"} <= found


async def test_a_screen_closes_when_the_role_goes(kept: Ward) -> None:
    store, employer_id = kept.office.store, kept.office.employer_id
    set_own_roles(store, employer_id, [CASE_MANAGER])
    async with opened(kept) as pilot:
        await pilot.press("ctrl+t", "s", "enter", "f2", "5")
        set_own_roles(store, employer_id, [CLERK])
        for screen in list(pilot.app.screen_stack):
            if hasattr(screen, "store_changed"):
                screen.store_changed()
        await pilot.pause()
        text = told(pilot.app)
    assert KEPT in text
    assert "geheim.txt" not in text
    assert "September 2026" in text


@pytest.mark.parametrize("kind", ["month", "people", "absences", "agenda"])
def test_no_command_and_no_error_tells_of_a_case(
    kept: Ward, kind: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = str(kept.office.profile.folder.parent)
    month = ["2026-09"] if kind in ("month", "people") else []
    words = ["--profile", "test", "--data-dir", folder, "export", kind, *month, "--employer", "Proef BV"]
    code = run(words)
    out, err = capfdbinary.readouterr()
    assert give_away((out + err).decode()) == []
    assert (code == 0) == (kind in ("month", "people"))
    if code:
        assert KEPT in err.decode()
        assert out == b""


def test_the_error_names_nobody(kept: Ward) -> None:
    with pytest.raises(StoreError) as refused:
        case_desk(kept.office.store, kept.office.employer_id)
    assert refused.value.text == KEPT


def test_no_file_beside_the_database_tells_of_a_case(kept: Ward) -> None:
    folder = kept.office.profile.folder
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert any("files" in path.parts for path in written)
    for path in written:
        content = path.read_bytes()
        assert b"Geheim" not in content
        assert b"geheim" not in content
        assert "geheim" not in path.name


def conflicting(of: Ward, backend_has: Sequence[tuple[str, int, str | None, str, Any]]) -> None:
    """Conflicts as the backend left them here, each with one candidate."""
    con = of.office.store.con
    for number, (entity, row_id, day, unit, value) in enumerate(backend_has, 1):
        wanted = {"uid": f"u{number}", "value": value, "by": "Cas", "at": "2026-09-14T08:00:00Z"}
        con.execute(
            "INSERT INTO conflict (id, employer_id, entity, row_id, date, unit, kind, candidates, actor)"
            " VALUES (?, ?, ?, ?, ?, ?, 'value', ?, 'Bea')",
            (number, of.office.employer_id, entity, row_id, day, unit, json.dumps([wanted])),
        )


async def test_a_conflict_about_a_case_is_shown_and_decided_by_case_managers(kept: Ward) -> None:
    """Of the days that two case managers fill differently a clerk sees an absence, and no case."""
    store, person_id = kept.office.store, kept.people["Aerts"]
    case_id = store.con.execute("SELECT id FROM sickness_case").fetchone()[0]
    kind = store.con.execute("SELECT id FROM leave_type WHERE sickness = 1 AND key = 'ZK'").fetchone()[0]
    part = json.loads(to_json((Entry(kind, 169, source="case"),)))
    conflicting(
        kept,
        [
            ("sickness_case", case_id, None, "classification", "third_party"),
            ("day", person_id, "2026-09-08", "entries", part),
        ],
    )

    async def shown() -> str:
        async with opened(kept, (120, 40)) as pilot:
            here = pilot.app.screen
            assert isinstance(here, KeyScreen)
            pilot.app.push_screen(ConflictsScreen(here.session))
            await pilot.pause()
            first = screen_text(pilot.app)
            await pilot.press("enter")
            menu = screen_text(pilot.app)
            await pilot.press("2")
            return "\n".join((first, menu, told(pilot.app)))

    text = await shown()
    assert "third_party" not in text
    assert "Classification" not in text
    assert "ABS (2:49)" in text
    assert "ZK (" not in text
    assert KEPT in text
    assert store.con.execute("SELECT count(*) FROM conflict WHERE open = 1").fetchone() == (2,)
    set_own_roles(store, kept.office.employer_id, [CASE_MANAGER])
    text = await shown()
    assert "third_party" in text
    assert "ZK (" in text


@pytest.mark.parametrize("what", ["backup", "crash", "title"])
async def test_nothing_beside_the_screen_tells_of_a_case(
    kept: Ward, what: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = kept.office.profile.folder
    if what == "backup":
        kept.office.store.close()
        archive = tmp_path / "copy.hrtui"
        words = ["--profile", "test", "--data-dir", str(folder.parent), "backup", str(archive)]
        assert run(words) == 0
        written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert len(written) > 1000
        text = (written + b"".join(capfdbinary.readouterr())).decode("latin-1")
        assert give_away(text) == []
        return
    set_own_roles(kept.office.store, kept.office.employer_id, [CASE_MANAGER])
    async with opened(kept, (120, 40)) as pilot:
        await pilot.press("ctrl+t", "s", "enter")
        title = f"{pilot.app.title} {pilot.app.sub_title}"
        if what == "crash":
            said = failures.told(ValueError("Geheimpad 37 %"), folder)
            noted = (folder / failures.FILE).read_text(encoding="utf-8")
            assert "ValueError" in noted
            assert give_away(said + noted) == []
    assert give_away(title) == []
    assert "Aerts" not in title
