"""Forwarding on the screens: the check list and its jumps, the flow to the yes, unlock, answer, report."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hrtui import clock
from hrtui.domain.identity.problem import Value
from hrtui.domain.month import Month
from hrtui.forwarding.folder import remember
from hrtui.payroll.layouts import layout_files
from hrtui.payroll.layouts.loading import SHIPPED
from hrtui.screens.asking import AskingScreen
from hrtui.screens.forwarding.check import CheckScreen
from hrtui.screens.forwarding.form import ForwardForm
from hrtui.screens.forwarding.months import ForwardScreen
from hrtui.screens.forwarding.preview import PreviewScreen
from hrtui.screens.forwarding.transmission import TransmissionScreen
from hrtui.store.entries import current
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.locks import locked_ids
from hrtui.store.people import person_ids
from hrtui.store.provider_links import save_provider
from hrtui.store.transmissions import Status as SentStatus
from hrtui.store.transmissions import sent_people, transmissions
from tests.screens.conftest import Start, screen_text, told
from tests.store.conftest import Office

SEPTEMBER = Month(2026, 9)


@pytest.fixture
def folder(world: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRTUI_CONFIG_DIR", str(tmp_path / "config"))
    place = tmp_path / "out"
    remember(world.store, world.employer_id, place)
    return place


def people(world: Office) -> list[int]:
    return person_ids(world.store, world.employer_id, SEPTEMBER)


async def forwarded(pilot: Pilot[None]) -> None:
    """Forward the month of everybody, from the month grid and back to it."""
    await pilot.press("greater_than_sign", "enter", "ctrl+s", "ctrl+s", "ctrl+s", "y")
    await pilot.pause()
    assert isinstance(pilot.app.screen, ForwardScreen)
    await pilot.press("escape")
    await pilot.pause()


async def test_a_month_goes_from_the_grid_to_the_folder(start: Start, world: Office, folder: Path) -> None:
    async with start() as pilot:
        await pilot.press("greater_than_sign", "enter")
        assert isinstance(pilot.app.screen, ForwardForm)
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, CheckScreen)
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, PreviewScreen)
        await pilot.press("end")
        line = "107;;Goos Gil;2026-09-30"
        assert line in told(pilot.app) or "108;;Hoax Han;2026-09-30" in told(pilot.app)
        await pilot.press("right", "right")
        assert line not in told(pilot.app)
        assert "AD;;Hours worked;worked;456;7.60;new;0;456;7.60" in told(pilot.app)
        await pilot.press("left", "left", "ctrl+s")
        assert "Forward September 2026 for 8 people and lock it?" in told(pilot.app)
        await pilot.press("n")
        assert not transmissions(world.store, world.employer_id)
        await pilot.press("ctrl+s", "y")
        await pilot.pause()
        place = folder / "voorbeeld-nv-2026-09-1"
        assert "September 2026 is forwarded: " in told(pilot.app)
        await pilot.press("escape", "ctrl+home", "1", "enter", "v")
        assert "September 2026: locked on" in told(pilot.app)
        await pilot.press("down")
        assert "> forwarded 8/8, delivered" in told(pilot.app)
        assert "#Baeten Bob" in told(pilot.app)
    with (place / "voorbeeld-nv-2026-09-1-entries.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file, delimiter=";") if line["number"] == "101"]
    taken = {(line["date"], line["minutes"]) for line in lines if line["code"] == "VAK"}
    assert taken == {("2026-09-01", "456"), ("2026-09-02", "228"), ("2026-09-03", "228"),
                     ("2026-09-04", "120")}  # fmt: skip


async def test_only_the_marked_people_go(start: Start, world: Office, folder: Path) -> None:
    async with start() as pilot:
        await pilot.press("ctrl+home", "space", "space", "greater_than_sign", "enter")
        assert "2 marked people" in told(pilot.app)
        await pilot.press("ctrl+s", "ctrl+s", "ctrl+s", "y")
        await pilot.pause()
    (sent,) = transmissions(world.store, world.employer_id)
    assert [one.person_id for one in sent_people(world.store, sent.id)] == people(world)[:2]


@pytest.mark.parametrize(
    ("typed", "told_back"),
    [("01092026", "This day is over"), ("01092028", "more than a year away"), ("x", "date")],
)
async def test_dates_are_not_in_the_past(
    start: Start, world: Office, folder: Path, typed: str, told_back: str
) -> None:
    async with start() as pilot:
        await pilot.press("greater_than_sign", "enter", "tab", "tab", "ctrl+u", *typed, "tab")
        assert told_back in told(pilot.app)
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, ForwardForm)


async def test_an_unlocked_month_is_changed_and_only_that_person_goes_again(
    start: Start, world: Office, folder: Path
) -> None:
    ann = people(world)[0]
    async with start((120, 40)) as pilot:
        await forwarded(pilot)
        await pilot.press("ctrl+home", "number_sign", "ctrl+s")
        assert "This must be filled in." in told(pilot.app)
        await pilot.press(*"forgotten day", "ctrl+s")
        await pilot.pause()
        assert "Unlocked until" in told(pilot.app)
        assert "°Aerts-Voor" in told(pilot.app)
        await pilot.press("7", "enter", "v")
        await pilot.pause()
        assert "±Aerts-Voor" in told(pilot.app)
        assert "1 to send again" in told(pilot.app)
        await pilot.press("greater_than_sign")
        assert "To send again: Aerts-Voorbeeld Ann (changed since)" in told(pilot.app)
        await pilot.press("f2", "1")
        assert "Mon 7 Sep Legal holiday leave – → 7:36" in told(pilot.app)
        assert "Mon 7 Sep Hours worked 7:36 → –" in told(pilot.app)
        await pilot.press("escape")
        await pilot.press("enter", "ctrl+s", "ctrl+s")
        text = told(pilot.app)
        assert "1 person, 7 are with the provider as they are" in text
        assert "Mon 7 Sep AD" not in text
        assert "Legal holiday leave" in text
        assert "– → 7:36" in text
        await pilot.press("ctrl+s", "y")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "#Aerts-Voor" in told(pilot.app)
    last = transmissions(world.store, world.employer_id)[0]
    assert (last.kind, [one.person_id for one in sent_people(world.store, last.id)]) == ("correction", [ann])
    assert locked_ids(world.store, people(world), SEPTEMBER) == {*people(world)}


async def test_only_those_who_changed_can_be_sent_while_others_are_still_open(
    start: Start, world: Office, folder: Path
) -> None:
    async with start((120, 40)) as pilot:
        await pilot.press("ctrl+home", "space", "space")
        await forwarded(pilot)
        await pilot.press("escape", "ctrl+home", "number_sign", *"forgotten day", "ctrl+s", "7", "enter", "v")
        await pilot.press("greater_than_sign", "enter", "right")
        assert "Only those to send again" in told(pilot.app)
        await pilot.press("ctrl+s", "ctrl+s", "ctrl+s", "y")
        await pilot.pause()
    last = transmissions(world.store, world.employer_id)[0]
    assert [one.person_id for one in sent_people(world.store, last.id)] == people(world)[:1]


async def test_editing_back_takes_the_sign_away(start: Start, world: Office, folder: Path) -> None:
    async with start((120, 40)) as pilot:
        await forwarded(pilot)
        await pilot.press("ctrl+home", "number_sign", *"by mistake", "ctrl+s", "7", "enter", "v")
        await pilot.pause()
        assert "±Aerts-Voor" in told(pilot.app)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "°Aerts-Voor" in told(pilot.app)
        assert "to send again" not in told(pilot.app)


async def test_the_answer_of_the_provider_is_entered_by_hand(
    start: Start, world: Office, folder: Path
) -> None:
    async with start((100, 40)) as pilot:
        await forwarded(pilot)
        await pilot.press("greater_than_sign", "f3", "enter", "f4")
        await pilot.press("enter", *"unknown number", "enter")
        assert "rejected: unknown number" in told(pilot.app)
        await pilot.press("ctrl+s")
        assert "7 accepted, 1 rejected?" in told(pilot.app)
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TransmissionScreen)
        assert "partly rejected" in told(pilot.app)
        await pilot.press("escape", "escape")
        assert "To send again: Aerts-Voorbeeld Ann (rejected)" in told(pilot.app)
    last = transmissions(world.store, world.employer_id)[0]
    states = {one.name: (one.status, one.reason) for one in sent_people(world.store, last.id)}
    assert states["Aerts-Voorbeeld Ann"] == (SentStatus.REJECTED, "unknown number")
    assert states["Baeten Bob"] == (SentStatus.ACCEPTED, "")


async def test_files_and_reports_are_written_again(start: Start, world: Office, folder: Path) -> None:
    async with start((100, 40)) as pilot:
        await forwarded(pilot)
        await pilot.press("greater_than_sign", "f3", "enter", "f2", "1", "enter")
        assert "Written to" in told(pilot.app)
        await pilot.press("f2", "2", "enter", "f2", "3", "enter")
        assert "Written to" in told(pilot.app)
    first, again = folder / "voorbeeld-nv-2026-09-1", folder / "voorbeeld-nv-2026-09-1-2"
    assert {one.name: one.read_bytes() for one in first.iterdir()} == {
        one.name: one.read_bytes() for one in again.iterdir()
    }
    assert (folder / "voorbeeld-nv-2026-09-1-report.pdf").read_bytes().startswith(b"%PDF")
    rows = (folder / "voorbeeld-nv-2026-09-1-report.csv").read_text(encoding="utf-8").splitlines()
    assert sum(row.startswith("person;") for row in rows) == 8
    assert sum(row.startswith("file;") for row in rows) == 3


async def test_a_month_is_unlocked_in_the_person_s_calendar_too(
    start: Start, world: Office, folder: Path
) -> None:
    ann = people(world)[0]
    async with start() as pilot:
        await forwarded(pilot)
        await pilot.press("ctrl+home", "ctrl+o", "7", "enter", "v")
        assert "September 2026: locked on" in told(pilot.app)
        await pilot.press("number_sign", *"forgotten day", "ctrl+s")
        await pilot.pause()
        assert ann not in locked_ids(world.store, [ann], SEPTEMBER)
        await pilot.press("v")
        assert current(world.store.con, [(ann, date(2026, 9, 7))])[ann, date(2026, 9, 7)]


async def test_a_late_edit_is_taken_over_once_the_month_is_unlocked(
    start: Start, world: Office, folder: Path
) -> None:
    ann, day = people(world)[0], date(2026, 9, 8)
    values = (
        new_id(), world.employer_id, ann, "2026-09", "day", ann, day.isoformat(), "[]",
        f'[[{world.kind("v")}, 456, "full", "approved", "manual"]]', "Clerk Two",
        "2026-09-09 10:00:00", "open",
    )  # fmt: skip
    async with start((100, 40)) as pilot:
        await forwarded(pilot)
        world.store.con.execute(f"INSERT INTO correction VALUES ({', '.join('?' * 12)})", values)
        await pilot.press("greater_than_sign", "f2", "4")
        assert "Legal holiday leave 7:36" in told(pilot.app)
        await pilot.press("enter", "y")
        assert "September 2026 is locked for this person: unlock it first" in told(pilot.app)
        await pilot.press("escape", "escape", "ctrl+home", "number_sign", *"late edit", "ctrl+s")
        await pilot.press("greater_than_sign", "f2", "4", "enter", "y")
        await pilot.pause()
        assert "No edit came after its month was forwarded." in told(pilot.app)
    assert [one.minutes for one in current(world.store.con, [(ann, day)])[ann, day]] == [456]


async def test_an_unlock_that_is_over_locks_the_cell_again(
    start: Start, world: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start((120, 40)) as pilot:
        await forwarded(pilot)
        await pilot.press("ctrl+home", "number_sign", *"for an hour", "ctrl+s")
        later = datetime.now(UTC) + timedelta(hours=2, seconds=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        await pilot.press("7", "enter", "v")
        assert "September 2026: locked on" in told(pilot.app)


async def test_a_date_that_the_provider_wants_is_asked_for(start: Start, world: Office, folder: Path) -> None:
    own = folder.parent / "config" / "layouts"
    own.mkdir(parents=True)
    generic = (SHIPPED / "generic.toml").read_text(encoding="utf-8")
    wanting = generic.replace('kind = "csv"', 'kind = "csv"\nneeds = ["wage_payment_date"]', 1)
    (own / "generic.toml").write_text(wanting, encoding="utf-8")
    async with start() as pilot:
        await pilot.press("greater_than_sign", "enter", "tab", "tab", "ctrl+u", "tab", "ctrl+s")
        assert "The provider wants the date on which the wages are paid." in told(pilot.app)
        await pilot.press("ctrl+u", *"30092026", "ctrl+s")
        assert isinstance(pilot.app.screen, CheckScreen)


async def test_files_that_are_not_written_are_told_and_written_later(
    start: Start, world: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise StoreError("The disk is full.")

    async with start((100, 30)) as pilot:
        with monkeypatch.context() as patched:
            patched.setattr("hrtui.forwarding.local.put_files", full)
            await pilot.press("greater_than_sign", "enter", "ctrl+s", "ctrl+s", "ctrl+s", "y")
            await pilot.pause()
            assert "the files are not written: The disk is full." in told(pilot.app)
        await pilot.press("up", "down")
        assert "The files of no. 1 are not written yet: F3 Enter F2 writes them." in told(pilot.app)
        await pilot.press("f3", "enter", "f2", "1", "enter", "escape", "escape")
        assert "this month delivered" in told(pilot.app)
    assert (folder / "voorbeeld-nv-2026-09-1" / "SHA256SUMS").exists()


async def test_an_unlocked_month_is_locked_before_its_time(start: Start, world: Office, folder: Path) -> None:
    async with start((120, 40)) as pilot:
        await forwarded(pilot)
        await pilot.press("ctrl+home", "number_sign", *"by mistake", "ctrl+s", "number_sign")
        assert "by Clerk One: by mistake" in told(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Locked again." in told(pilot.app)
        assert "#Aerts-Voor" in told(pilot.app)
    assert locked_ids(world.store, people(world), SEPTEMBER) == {*people(world)}


async def test_a_date_on_which_nothing_is_paid_is_told_and_taken(start: Start, world: Office) -> None:
    async with start() as pilot:
        await pilot.press("greater_than_sign", "enter", "tab", "tab", "ctrl+u", *"12092026", "tab")
        assert "Sat 12 Sep is no business day; the next is Mon 14 Sep." in told(pilot.app)
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, CheckScreen)


@pytest.mark.parametrize("typed", ["september 2026", "September"])
async def test_the_name_of_the_month_is_a_yes_too(
    start: Start, world: Office, folder: Path, typed: str
) -> None:
    async with start() as pilot:
        await pilot.press("greater_than_sign", "enter", "ctrl+s", "ctrl+s", "ctrl+s", *typed)
        assert not transmissions(world.store, world.employer_id)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ForwardScreen)
    assert len(transmissions(world.store, world.employer_id)) == 1


@pytest.mark.parametrize(("language", "yes"), [("nl", "j"), ("fr", "o")])
async def test_the_yes_of_the_language_forwards(
    start: Start, world: Office, folder: Path, language: str, yes: str
) -> None:
    async with start(language=language) as pilot:
        await pilot.press("greater_than_sign", "enter", "ctrl+s", "ctrl+s", "ctrl+s")
        assert f" {yes}/y o" in told(pilot.app)
        await pilot.press(yes)
        await pilot.pause()
    assert len(transmissions(world.store, world.employer_id)) == 1


async def test_a_letter_that_begins_the_name_of_the_month_does_not_say_yes(
    start: Start, world: Office, folder: Path
) -> None:
    async with start(language="fr") as pilot:
        await pilot.press("f9", "greater_than_sign", "enter", "ctrl+s", "ctrl+s", "ctrl+s")
        assert "y ou Octobre 2026 = oui" in told(pilot.app)
        await pilot.press("o")
        assert not transmissions(world.store, world.employer_id)
        await pilot.press(*"ctobre", "enter")
        await pilot.pause()
    assert len(transmissions(world.store, world.employer_id)) == 1


async def test_another_months_name_or_another_key_sends_nothing(
    start: Start, world: Office, folder: Path
) -> None:
    async with start() as pilot:
        await pilot.press("greater_than_sign", "enter", "ctrl+s", "ctrl+s", "ctrl+s")
        assert "y or September 2026 = yes, any other key = no" in told(pilot.app)
        await pilot.press(*"sep 2026", "enter")
        assert "Type September 2026, or Esc to send nothing." in told(pilot.app)
        await pilot.press("escape", "ctrl+s", "space")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PreviewScreen)
        assert "Nothing was changed." in told(pilot.app)
    assert not transmissions(world.store, world.employer_id)


@pytest.mark.parametrize("cleared", [("backspace",), ("x", "escape")])
async def test_a_search_that_is_cleared_leaves_the_cursor_on_the_month_of_the_grid(
    start: Start, cleared: tuple[str, ...]
) -> None:
    async with start() as pilot:
        await pilot.press("greater_than_sign")
        screen = pilot.app.screen
        assert isinstance(screen, ForwardScreen)
        await pilot.press("z", *cleared)
        assert screen.month == SEPTEMBER


async def test_a_month_of_many_people_tells_what_goes_on_and_loses_no_key(
    start: Start, world: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrtui.screens.forwarding.people.MANY", 1)
    shown: list[str] = []
    work = AskingScreen.work

    def working(self: AskingScreen, text: str, do: Callable[[], None]) -> None:
        def after() -> None:
            shown.append(told(self.app))
            do()

        work(self, text, after)

    monkeypatch.setattr(AskingScreen, "work", working)
    async with start() as pilot:
        await pilot.press("greater_than_sign", "f4", "escape", "enter", "ctrl+s", "ctrl+s", "ctrl+s", "y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ForwardScreen)
        assert "is forwarded" in told(pilot.app)
    said = ["Checking", "Checking", "Preparing the files of", "Forwarding"]
    assert all(f"{begin} September 2026…" in text for text, begin in zip(shown, said, strict=True))
    assert len(transmissions(world.store, world.employer_id)) == 1


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
async def test_layouts_are_told_apart_in_the_smallest_window(
    start: Start, world: Office, folder: Path, language: str
) -> None:
    for provider in ("acerta", "partena"):
        values: dict[str, Value] = {"provider": provider, "client_number": "1111111", "active": 1}
        save_provider(world.store, world.employer_id, values)
    async with start((60, 15), language) as pilot:
        await pilot.press("greater_than_sign", "enter", "down")
        shown = set()
        for _ in range(len(layout_files())):
            shown.add(screen_text(pilot.app).splitlines()[2][29:].strip())
            await pilot.press("right")
    assert len(shown) == len(layout_files()) - 1, "pay-and-messages only goes beside others"
    for provider in ("Acerta", "Partena"):
        assert len([line for line in shown if line.startswith(provider)]) == 2
