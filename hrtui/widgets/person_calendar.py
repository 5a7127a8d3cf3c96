"""One person's calendar as lines of text: a month in weeks, a year in twelve rows, and the balances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrtui.domain.day import Day, Status
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.i18n import hours, language, leave_amount, month_names, t, weekday_names
from hrtui.store.balances import Balance
from hrtui.widgets.cells import PART_MARKS, PENDING, face, letter_of
from hrtui.widgets.lines import Line, Piece, cut, fitted

WEEK = 7
_NAME = 7
_TOTAL = 9
_AMOUNT = 8
"""Columns of an amount of leave, more where one is longer."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What both views need: the types, the day under the cursor, today, and the width in columns."""

    kinds: Mapping[int, LeaveType]
    here: date
    today: date
    width: int


def month_lines(days: Sequence[Day], scene: Scene, per_week: int) -> list[Line]:
    """A month in weeks of `per_week` lines (at least 2): number and schedule, and under them the entries."""
    cell = min(20, (scene.width - 1) // WEEK)
    heads = "".join(fitted(f" {name.capitalize()}", cell) for name in weekday_names())
    lines: list[Line] = [((" " + heads, "dim"),)]
    padding: list[Day | None] = [None] * days[0].date.weekday()
    places = [*padding, *days]
    for start in range(0, len(places), WEEK):
        week = places[start : start + WEEK]
        week += [None] * (WEEK - len(week))
        cells = [_day_cell(day, scene, cell, per_week) for day in week]
        lines += [((" ", "plain"), *(cell_lines[y] for cell_lines in cells)) for y in range(per_week)]
    return lines


def _day_cell(day: Day | None, scene: Scene, width: int, height: int) -> list[Piece]:
    if day is None:
        return [(" " * width, "plain")] * height
    here = day.date == scene.here
    sign, slot = face(Day(day.date, day.in_contract, day.scheduled, day.holiday), scene.kinds, 2)
    scheduled = hours(day.scheduled) if sign.isspace() else sign.strip()
    conflict = "!" if day.conflict else " "
    head = f"{day.date.day:>2}{conflict}{scheduled:>{min(6, width - 4)}}"
    slot = "today" if day.date == scene.today else slot
    texts = [(head, slot), *_entry_texts(day, scene.kinds, width - 1, height - 1)]
    texts += [("", "plain")] * (height - len(texts))
    return [(" " + fitted(text, width - 1), "cursor" if here else slot) for text, slot in texts]


def _entry_texts(day: Day, kinds: Mapping[int, LeaveType], width: int, room: int) -> list[Piece]:
    texts: list[Piece] = []
    for entry in day.entries:
        kind = kinds.get(entry.leave_type_id)
        key, slot = (kind.key, kind.colour) if kind else ("?", "grey")
        amount = hours(entry.minutes)
        mark = PART_MARKS[entry.part] + (PENDING if entry.status is Status.PENDING else "")
        sign = key if kind is None or len(f"{key}{mark} {amount}") <= width else letter_of(kind)
        texts.append((cut(f"{sign}{mark} {amount}", width), slot))
    if len(texts) > room:
        rest = "+".join(text for text, _ in texts[room - 1 :])
        texts = [*texts[: room - 1], (cut(rest.replace(" ", ""), width), texts[room - 1][1])]
    return texts


def year_lines(months: Mapping[int, Sequence[Day]], scene: Scene) -> list[Line]:
    """Twelve rows of days, each with its absent hours; `months` has the days of each month by number.

    Where a day has only one column, its mark (half, hours, several) is left out.
    """
    cell = 2 if scene.width >= _NAME + 31 * 2 + _TOTAL else 1
    ruler = "".join(_ruler(day, cell) for day in range(1, 32))
    shift = cell - 1
    heads = " " * (_NAME - shift) + ruler + " " * shift + f"{cut(t('Absent'), _TOTAL - 1):>{_TOTAL}}"
    lines: list[Line] = [((heads, "dim"),)]
    for number, name in enumerate(month_names(short=True), 1):
        days = months.get(number, ())
        head = "bold" if scene.here.month == number else "plain"
        pieces: list[Piece] = [(f" {fitted(name, _NAME - 1)}", head)]
        for day in days:
            text, slot = face(day, scene.kinds, 2)
            pieces.append((text[:cell], "cursor" if day.date == scene.here else slot))
        absent = hours(minutes) if (minutes := _absent(days, scene.kinds)) else ""
        pieces.append((" " * ((31 - len(days)) * cell) + f"{absent:>{_TOTAL}}", "plain"))
        lines.append(tuple(pieces))
    return lines


def _ruler(day: int, cell: int) -> str:
    """The head of a day, its last figure above the day's sign; tens in full where there is room."""
    if cell == 2:
        return f"{day:>2}" if day % 10 == 0 else f" {day % 10}"
    return str(day)[-1] if day % 5 == 0 or day == 1 else " "


def _absent(days: Iterable[Day], kinds: Mapping[int, LeaveType]) -> int:
    """Minutes of absence entered on these days."""
    absences = {id_ for id_, kind in kinds.items() if kind.category is Category.ABSENCE}
    return sum(entry.minutes for day in days for entry in day.entries if entry.leave_type_id in absences)


def balance_lines(year: str, balances: Sequence[Balance], width: int, key: str) -> list[Line]:
    """A line for each leave type with a balance; hours, or days where the leave is kept in days.

    `year` names the leave year; `key` is the one that opens the allowances, named in the title.
    """
    key = f"  {key}" if key else ""
    if not balances:
        return [((f" {t('No leave was granted or taken in {year}.', year=year)}{key}", "dim"),)]
    found = [_values(balance) for balance in balances]
    wide = max(_AMOUNT, *(len(text) for texts, _ in found for text in texts))
    name = min(34, width - 1 - 4 * (wide + 1))
    heads = (t("Granted"), t("Used"), t("Lapsed"), t("Balance"))
    lines: list[Line] = [
        ((f" {fitted(t('Balances {year}', year=year) + key, name)}", "bold"), (_columns(heads, wide), "bold"))
    ]
    for balance, (texts, left) in zip(balances, found, strict=True):
        title = f" {fitted(f'{balance.kind.key} {balance.kind.name(language())}', name)}"
        slot = "warning" if left < 0 else "plain"
        lines.append(((title, "plain"), (_columns(texts, wide), slot)))
    return lines


def _columns(texts: Sequence[str], wide: int) -> str:
    return "".join(f" {cut(text, wide):>{wide}}" for text in texts)


def _values(balance: Balance) -> tuple[tuple[str, str, str, str], int]:
    report, in_days = balance.report, balance.in_days
    if report is None:
        return ("", leave_amount(balance.used, in_days), "", ""), 0
    lapsed = leave_amount(report.lapsed, in_days) if report.lapsed else ""
    granted, used, left = (
        leave_amount(amount, in_days) for amount in (report.granted, report.used, report.left)
    )
    return (granted, used, lapsed, left), report.left
