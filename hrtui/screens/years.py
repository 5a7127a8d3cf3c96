"""What screens of a year share: going from year to year, of the calendar or of the employer's leave."""

from __future__ import annotations

from hrtui.domain.leave_year import year_label
from hrtui.screens.session import Session
from hrtui.screens.table import TableScreen
from hrtui.store.leave_years import first_month

FIRST_YEAR, LAST_YEAR = 1950, 2190
"""The years that leave and holidays are kept of."""


class YearTable(TableScreen):
    """A list about one year; left and right go through the years."""

    def __init__(self, session: Session, year: int) -> None:
        super().__init__(session)
        self.year = year

    def year_changed(self) -> None:
        """The list is of another year now."""
        self.reload()

    def action_table_previous(self) -> None:
        """The year before."""
        self._by_years(-1)

    def action_table_next(self) -> None:
        """The year after."""
        self._by_years(1)

    def _by_years(self, step: int) -> None:
        if FIRST_YEAR <= self.year + step <= LAST_YEAR:
            self.year += step
            self.year_changed()


class LeaveYearTable(YearTable):
    """A list about one leave year of the employer, which need not begin in January."""

    @property
    def first_month(self) -> int:
        """The month that the leave year begins in."""
        return first_month(self.session.store, self.session.employer.id)

    @property
    def year_name(self) -> str:
        """The leave year as it is called."""
        return year_label(self.year, self.first_month)
