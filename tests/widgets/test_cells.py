"""A day's look: every state tells itself apart without colour, in exactly the columns it has."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hrtui.domain.day import Day, Entry, Holiday, Lock, Part, Status
from hrtui.domain.leave_type import COLOURS, Category, LeaveType
from hrtui.widgets.cells import LEGEND, face
from hrtui.widgets.colours import Palette
from hrtui.widgets.names import name_text

DAY = date(2026, 9, 14)
KINDS = {
    1: LeaveType(1, "VAK", "v", {"en": "Vacation"}, Category.ABSENCE, colour="green"),
    2: LeaveType(2, "ZIE", "z", {"en": "Illness"}, Category.ABSENCE, colour="red"),
    3: LeaveType(3, "OVU", "o", {"en": "Overtime"}, Category.OVERTIME, colour="orange"),
    4: LeaveType(4, "XKL", "", {"en": "No letter"}, Category.ABSENCE, colour="grey"),
}
HOLIDAY = Holiday(DAY, (("en", "Feast"),))


def day(*entries: Entry, **how: object) -> Day:
    known = {"in_contract": True, "scheduled": 456, **how}
    return Day(DAY, entries=entries, **known)  # type: ignore[arg-type]


def shown(a_day: Day, width: int = 2, **options: bool) -> str:
    return face(a_day, KINDS, width, **options).text


@pytest.mark.parametrize(
    ("a_day", "text"),
    [
        (day(), "  "),
        (day(scheduled=0), "· "),
        (day(scheduled=0, in_contract=False), "//"),
        (day(holiday=HOLIDAY), "* "),
        (day(holiday=Holiday(DAY, (), half=True)), " *"),
        (day(Entry(1, 456)), "v "),
        (day(Entry(1, 228, Part.MORNING)), "v<"),
        (day(Entry(1, 228, Part.AFTERNOON)), "v>"),
        (day(Entry(1, 60, Part.HOURS)), "v:"),
        (day(Entry(1, 228, Part.FULL)), "v:"),
        (day(Entry(1, 228, Part.MORNING), Entry(2, 228, Part.AFTERNOON)), "v+"),
        (day(Entry(3, 60, Part.HOURS)), "o^"),
        (day(Entry(4, 456)), "X "),
        (day(Entry(1, 456, status=Status.PENDING)), "v?"),
        (day(Entry(1, 456), conflict=True), "v!"),
        (day(conflict=True), " !"),
        (day(Entry(1, 456), holiday=HOLIDAY), "v*"),
    ],
)
def test_each_state_has_a_sign_of_its_own(a_day: Day, text: str) -> None:
    assert shown(a_day) == text


def test_unsynced_is_marked_only_where_there_is_a_backend() -> None:
    waiting = day(Entry(1, 456), unsynced=True)
    assert shown(waiting) == "v "
    assert shown(waiting, show_unsynced=True) == "v~"


def test_wider_cells_keep_a_space_before_the_sign_and_have_room_for_two_marks() -> None:
    waiting = day(Entry(1, 228, Part.MORNING, Status.PENDING))
    assert [shown(waiting, width) for width in (2, 3, 4)] == ["v<", " v<", " v<?"]
    assert shown(day(in_contract=False, scheduled=0), 4) == "////"


def test_a_conflict_comes_before_every_other_mark() -> None:
    assert shown(day(Entry(1, 228, Part.MORNING), conflict=True), 4) == " v!<"


entries = st.lists(
    st.builds(Entry, st.sampled_from([1, 2, 3, 4, 99]), st.integers(0, 600), st.sampled_from(Part)),
    max_size=3,
)
days = st.builds(
    Day,
    st.just(DAY),
    st.booleans(),
    st.integers(0, 600),
    st.sampled_from([None, HOLIDAY]),
    st.sampled_from([None, Lock(datetime(2026, 10, 1), "clerk")]),
    entries.map(tuple),
    st.booleans(),
    st.booleans(),
)


@given(days, st.sampled_from([2, 3, 4]), st.booleans())
def test_any_day_fills_exactly_its_columns_in_a_known_style(a_day: Day, width: int, unsynced: bool) -> None:
    text, slot = face(a_day, KINDS, width, show_unsynced=unsynced)
    assert len(text) == cell_len(text) == width
    Palette().style(slot)


def test_the_legend_explains_every_sign_that_a_day_can_have() -> None:
    explained = "".join(sign for sign, _ in LEGEND)
    for sign in "·/*+<>:^!?~#°±»":
        assert sign in explained


@given(st.text(min_size=1, max_size=40), st.booleans(), st.sampled_from("!#°±= "))
def test_a_name_is_cut_to_its_column(name: str, marked: bool, state: str) -> None:
    printable = "".join(sign for sign in name if sign.isprintable())
    text = name_text(printable, 18, marked=marked, state=state)
    assert cell_len(text) == 18
    assert text.endswith(" ")


def test_a_name_tells_marked_locked_and_in_conflict_apart() -> None:
    assert name_text("Aerts Ann", 18, marked=True, state="#") == "»#Aerts Ann       "
    assert name_text("Aerts Ann", 18, marked=False, state="!") == " !Aerts Ann       "


def test_without_colour_the_styles_still_differ() -> None:
    palette = Palette(colour=False)
    plain, cursor = palette.style("plain"), palette.style("plain", cursor=True)
    selected, dim = palette.style("plain", selected=True), palette.style("dim")
    assert len({str(style) for style in (plain, cursor, selected, dim)}) == 4
    assert all(palette.style(slot).color is None for slot in COLOURS)
