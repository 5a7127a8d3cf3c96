"""What screens of a month share: going from month to month, a month as a field, and the grid's own month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from textual.app import App

from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.i18n import t
from hrtui.screens.calendar.month import MonthScreen
from hrtui.screens.session import Session
from hrtui.screens.table import TableScreen
from hrtui.widgets.form_field import FormField, Reading, Values
from hrtui.widgets.months import month_typed

_WRITTEN = re.compile(r"(\d{1,2})(?:[/.\- ](\d{4}))?|(\d{2})(\d{4})|(\d{4})-(\d{1,2})", re.ASCII)


class MonthlyTable(TableScreen):
    """A list of one month; ← and → go to the months beside it."""

    def __init__(self, session: Session, month: Month) -> None:
        super().__init__(session)
        self.month = month

    def action_table_previous(self) -> None:
        """The list of the month before."""
        self.show_month(-1)

    def action_table_next(self) -> None:
        """The list of the month after."""
        self.show_month(1)

    def show_month(self, step: int) -> None:
        """Go so many months on."""
        with suppress(ValueError):  # there is no month beyond the last one
            self.month = self.month.shift(step)
        self.reload()


def grid_of(app: App[Any]) -> MonthEditor | None:
    """The month grid below the screens: its month, its marks and its filter."""
    return next((one.editor for one in app.screen_stack if isinstance(one, MonthScreen)), None)


def month_shown(app: App[Any], today: date) -> Month:
    """The month that the grid shows."""
    grid = grid_of(app)
    return grid.month if grid else Month.of(today)


def month_field(name: str, label: str, today: date, *, not_before: str = "", **more: Any) -> FormField:
    """A month as `YYYY-MM`, typed as 9/2026, 092026, 2026-09, or 9 for this year's; a blank is None.

    `not_before` names the field with the first month that it may be.
    """

    def read(text: str, values: Values) -> Reading:
        month = read_month(text, today)
        if month is None:
            return Reading(problem=t("This is not a month; write it as {example}.", example="09/2026"))
        first = values.get(not_before)
        if first and str(month) < str(first):
            return Reading(problem=t("This month lies before the first."))
        return Reading(str(month))

    def show(value: object) -> str:
        return month_typed(Month.parse(str(value))) if value else ""

    return FormField(name, label, read=read, show=show, **{"empty": None, **more})


def read_month(text: str, today: date) -> Month | None:
    """The month that was typed; None where it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        return None
    number, year, number_first, year_last, year_first, number_last = found.groups()
    try:
        month = Month(
            int(year or year_last or year_first or today.year), int(number or number_first or number_last)
        )
    except ValueError:
        return None
    return month if 1990 <= month.year <= 2100 else None


def in_order(ids: Sequence[int], order: Sequence[int]) -> list[int]:
    """`ids` in the order of a list; those that it does not hold come last."""
    places = {one: place for place, one in enumerate(order)}
    return sorted(ids, key=lambda one: (places.get(one, len(places)), one))
