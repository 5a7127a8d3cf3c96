"""The three lines above the people: the title, the day numbers and the weekdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region

from hrtui.domain.month import Month
from hrtui.i18n import t, tn, weekday_names
from hrtui.widgets.colours import Palette
from hrtui.widgets.layout import TOTAL, TOTALS, Layout
from hrtui.widgets.lines import cut
from hrtui.widgets.months import month_text

Pieces = list[tuple[str, Style]]


@dataclass(frozen=True, slots=True)
class Title:
    """What the top line tells: month, employer, which person of how many, how many marked, the filter,
    and how many are checked off in the month."""

    month: Month
    employer: str
    row: int
    people: int
    marked: int
    filter: str
    checked: int = 0
    days: range | None = None
    """The days in view where the month does not fit, else None."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the day heads depend on: `days` are the days of the month in view, `here` the cursor's day."""

    layout: Layout
    month: Month
    days: range
    here: int
    today: date


def title_line(title: Title, palette: Palette, width: int) -> Pieces:
    """The month and the employer at the left, the people at the right."""
    facts = []
    if title.days:
        facts.append(t("days {first}–{last}", first=title.days[0], last=title.days[-1]))
    if title.filter:
        facts.append(t("filter: {text}", text=title.filter))
    if title.marked:
        facts.append(tn("{n} marked", "{n} marked", title.marked))
    if title.checked:
        facts.append(tn("{n} checked", "{n} checked", title.checked))
    place = title.row + 1 if title.people else 0
    facts.append(tn("{place} of {n} person", "{place} of {n} people", title.people, place=place))
    right = " · ".join(facts) + " "
    left = cut(f" {month_text(title.month)}  {title.employer}", max(0, width - cell_len(right) - 1))
    gap = " " * max(0, width - cell_len(left) - cell_len(right))
    return [(left + gap + right, palette.style("title"))]


def number_region(layout: Layout, place: int) -> Region:
    """Where the number of the day at `place` (0: first in view) stands: its last figure above the sign."""
    shift = 1 if layout.cell == 2 else 0
    return Region(layout.name + place * layout.cell - shift, 1, 2, 1)


def number_line(scene: Scene, palette: Palette) -> Pieces:
    """The day numbers; in narrow cells only tens, today and the cursor's day are written in full."""
    narrow = scene.layout.cell == 2
    pieces: Pieces = [(" " * (scene.layout.name - narrow), palette.style("plain"))]
    for day in scene.days:
        is_today = scene.month.day(day) == scene.today
        full = not narrow or day % 10 == 0 or day == scene.here or is_today
        slot = "today" if is_today else "plain"
        number = f"{day:>2}" if full else f" {day % 10}"
        pieces.append((number, palette.style(slot, cursor=day == scene.here)))
        pieces.append((" " * (scene.layout.cell - 2), palette.style("plain")))
    missing = scene.layout.days - len(scene.days)
    heads = "".join(f"{cut(t(TOTALS[name]), TOTAL - 1):>{TOTAL}}" for name in scene.layout.totals)
    pieces.append((" " * (missing * scene.layout.cell + narrow) + heads, palette.style("plain")))
    return pieces


def weekday_line(scene: Scene, palette: Palette) -> Pieces:
    """The first letters of the weekdays; weekends are dim."""
    names, first = weekday_names(), scene.month.first.weekday()
    before = "" if scene.layout.cell == 2 else " "
    after = " " * (scene.layout.cell - 1 - len(before))
    pieces: Pieces = [(" " * scene.layout.name, palette.style("plain"))]
    for day in scene.days:
        weekday = (first + day - 1) % 7
        letter = names[weekday][:1].upper()
        pieces.append((before + letter + after, palette.style("dim" if weekday >= 5 else "plain")))
    return pieces
