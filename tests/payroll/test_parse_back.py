"""What a provider reads out of the files is what stands in the calendar, for any month."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from hrtui.domain.snapshot import Snapshot
from hrtui.payroll.layouts import load_layout, render
from hrtui.payroll.layouts.types import Header
from tests.domain.snapshot.months import MONTH, snapshots
from tests.payroll.june import BONUS, EXPENSES, HEADER, snapshot
from tests.payroll.parsers import Books, booked, read_clock, read_generic, read_klx, read_table, replaced

SEPTEMBER: Header = replace(HEADER, month=MONTH)
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def written(
    name: str, made: Snapshot, previous: Snapshot | None = None, provider: str = "acerta"
) -> list[bytes]:
    """The contents of a layout's own files; pay and messages with strange signs are tried elsewhere."""
    layout = replace(load_layout(name), also=())
    now, was = (
        replace(one, person=replace(one.person, provider=provider), components=(), messages=())
        if one is not None
        else None
        for one in (made, previous)
    )
    assert now is not None
    files = render(layout, [now], SEPTEMBER, {now.person.id: was} if was is not None else None)
    return [file.content for file in files]


def time_by(made: Snapshot, provider: str, *, minutes: bool) -> Books:
    """The calendar as the provider's books: by its number, the day and its code."""
    found: Books = {}
    for day, line in made.lines():
        key = ("17", day.date, line.kind.code(provider))
        found[key] = found.get(key, 0) + (line.minutes if minutes else line.hundredths)
    return found


@FEW
@given(snapshots())
@pytest.mark.parametrize("layout", ["acerta", "acerta-zeros"])
def test_acerta_reads_the_hundredths_of_every_day(layout: str, made: Snapshot) -> None:
    (content,) = written(layout, made)
    lines = read_klx(content)
    assert {line.client for line in lines} <= {"1111111"}
    books = replaced({}, lines, ["17"])
    assert books == time_by(made, "acerta", minutes=False)
    assert len(lines) == len(books)


@FEW
@given(snapshots())
@pytest.mark.parametrize("layout", ["partena", "partena-compact"])
def test_partena_reads_the_minutes_of_every_day(layout: str, made: Snapshot) -> None:
    (content,) = written(layout, made, provider="partena")
    assert replaced({}, read_clock(content), ["17"]) == time_by(made, "partena", minutes=True)


@FEW
@given(snapshots(), snapshots())
def test_the_generic_files_carry_the_books_from_one_month_to_its_correction(
    old: Snapshot, new: Snapshot
) -> None:
    books = booked({}, read_generic(written("generic", old)[0]))
    assert books == {("1007", day.date, line.kind.key): line.minutes for day, line in old.lines()}
    correction = read_generic(written("generic", new, old)[0])
    assert booked(books, correction) == {
        ("1007", day.date, line.kind.key): line.minutes for day, line in new.lines()
    }
    assert read_generic(written("generic", old, old)[0]) == []


@FEW
@given(snapshots())
def test_hours_in_a_file_add_up_to_those_of_the_schedule(made: Snapshot) -> None:
    entries = read_generic(written("generic", made)[0])
    for day in made.days:
        inside = {line.kind.key for line in day.lines if line.inside}
        hours = sum(entry.hours for entry in entries if entry.day == day.date and entry.code in inside)
        assert hours == Decimal((day.scheduled * 100 + 30) // 60) / 100


def test_pay_of_a_correction_is_told_with_its_difference() -> None:
    old = snapshot(components=[BONUS, EXPENSES])
    new = snapshot(components=[replace(BONUS, cents=100_000)])
    files = render(load_layout("generic"), [new], HEADER, {42: old})
    rows = read_table(files[1].content)
    assert [(row["code"], row["line_kind"], row["amount"], row["difference_amount"]) for row in rows] == [
        ("3110", "changed", "1000.00", "-234.56"),
        ("5000", "removed", "0.00", "-60.00"),
    ]
