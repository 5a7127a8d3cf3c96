"""The figures of absence per team and year or quarter, and a chart of the months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from hrtui.domain.money import decimal_sign, plain_number
from hrtui.domain.month import Month
from hrtui.domain.sickness.figures import Figures, Length
from hrtui.i18n import N_, language, t, tn
from hrtui.screens.listing import ListScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import SickTable, desk_of
from hrtui.screens.table import Column, Row
from hrtui.store.sickness.statistics import TeamFigures, bars, monthly_figures, team_figures
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, fitted
from hrtui.widgets.months import month_text
from hrtui.wording import told_of

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_MONTHS = 12
_EVERYBODY = 0
"""The row of everybody; teams have the ids that the database gives them, which are above."""
_LENGTHS = {
    Length.SHORT: N_("up to 7 days"),
    Length.MEDIUM: N_("8 to 42 days"),
    Length.LONG: N_("43 days to a year"),
    Length.EXTRA_LONG: N_("over a year"),
}


class FiguresScreen(SickTable):
    """Percentage, frequency and duration of everybody and of each team; ← → go to another period."""

    words_whole = True
    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("months")),
        "table.previous": (1, N_("period before")),
        "table.next": (1, N_("period after")),
        "table.filter": (2, N_("year or quarter")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Team")),
        Column(N_("People"), 9, right=True, least=72),
        Column(N_("Absent"), 8, right=True),
        Column(N_("Reports"), 12, right=True),
        Column(N_("Frequency"), 10, right=True),
        Column(N_("Ended"), 9, right=True, least=96),
        Column(N_("Mean length"), 15, right=True),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._span = 12
        self._first = Month(session.today.year, 1)
        self._listed: dict[int, TeamFigures] = {}

    def heading(self) -> str:
        """Which period."""
        if self._span == 12:
            period = str(self._first.year)
        else:
            quarter = (self._first.number + 2) // 3
            period = t("{year}, quarter {n}", year=self._first.year, n=quarter)
        return "  ".join((t("Absence figures"), self.session.employer.name, period))

    def _period(self) -> tuple[date, date]:
        """The days of the period that have come."""
        last = min(self._first.shift(self._span - 1).last, self.session.today)
        return self._first.first, max(last, self._first.first)

    def find(self, text: str) -> Sequence[int]:
        """Everybody, then the teams with the text in their name."""
        found = team_figures(self.desk, *self._period())
        fits = finder(text)
        self._listed = {one.team_id or _EVERYBODY: one for one in found if fits(one.team or t("Everybody"))}
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """People, percentage, reports, frequency, mean length."""
        return {id_: _row(self._listed[id_]) for id_ in ids}

    def in_words(self) -> str:
        """How long the cases lasted that ended."""
        if self.current is None:
            return ""
        found = self._listed[self.current].figures
        parts = [told_of(t(name), str(found.by_length[length])) for length, name in _LENGTHS.items()]
        return "  ".join(parts) if found.ended else t("No case ended in this period.")

    def open_row(self, row_id: int) -> None:
        """The last twelve months as bars."""
        one = self._listed[row_id]
        last = Month.of(self._period()[1])
        self.app.push_screen(ChartScreen(self.session, one.team_id, one.team or t("Everybody"), last))

    def action_table_previous(self) -> None:
        """The year or quarter before."""
        self._first = self._first.shift(-self._span)
        self.reload()

    def action_table_next(self) -> None:
        """The year or quarter after, as far as it has begun."""
        if self._first.shift(self._span).first <= self.session.today:
            self._first = self._first.shift(self._span)
        self.reload()

    def action_table_filter(self) -> None:
        """Years or quarters."""
        end = min(self._first.shift(self._span - 1), Month.of(self.session.today))
        self._span = 3 if self._span == 12 else 12
        begins = 1 if self._span == 12 else (end.number - 1) // 3 * 3 + 1
        self._first = Month(end.year, begins)
        self.reload()


class ChartScreen(ListScreen):
    """The percentage of absence of twelve months: a bar for each, and a small one of all."""

    words: ClassVar[dict[str, Hint]] = {"app.back": (1, N_("back"))}

    def __init__(self, session: Session, team_id: int | None, team: str, last: Month) -> None:
        super().__init__(session)
        self._team = team
        self._months = [last.shift(-back) for back in range(_MONTHS - 1, -1, -1)]
        self._figures = monthly_figures(desk_of(session), last, _MONTHS, team_id, until=session.today)

    def heading(self) -> str:
        """Whose months."""
        return f"{t('Absence per month')}  {self._team}"

    def body(self) -> list[Line]:
        """A line for each month."""
        highest = max((one.percentage for one in self._figures), default=0)
        room = max(10, self.size.width - 50)
        lines: list[Line] = []
        for month, one in zip(self._months, self._figures, strict=True):
            bar = "█" * (-(-one.percentage * room // highest) if highest else 0)
            reports = tn("{n} report", "{n} reports", one.reports)
            facts = f"{fitted(month_text(month), 16)} {percent_text(one.percentage):>9}"
            lines.append(((f" {facts}  {fitted(reports, 14)} {bar}", "plain"),))
        small = "".join(_EIGHTHS[height] for height in bars(self._figures))
        return [*lines, (), ((f" {fitted(t('Twelve months'), 16)} {small}", "bold"),)]


def percent_text(hundredths: int) -> str:
    """Hundredths of a percent: `3.45 %`."""
    return f"{_decimal(hundredths, 2)} %"


def _decimal(number: int, places: int) -> str:
    return plain_number(number, places, decimal_sign(language()))


def _row(one: TeamFigures) -> Row:
    found: Figures = one.figures
    mean = "" if found.mean_days is None else t("{n} d", n=_decimal(found.mean_days, 1))
    return Row(
        (
            one.team or t("Everybody"), str(found.people), percent_text(found.percentage), str(found.reports),
            _decimal(found.frequency, 2), str(found.ended), mean,
        )
    )  # fmt: skip
