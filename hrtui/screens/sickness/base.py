"""What the screens about cases share: the way in to cases, dates in words, lists that close when hidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrtui.domain.identity.dates import read_day
from hrtui.domain.identity.problem import Problem
from hrtui.domain.sickness.poortwachter import State
from hrtui.i18n import month_names, short_day_text, t
from hrtui.record_wording import problem_text
from hrtui.screens.session import Session
from hrtui.screens.table import TableScreen
from hrtui.store.errors import StoreError
from hrtui.store.sickness.desk import Desk, case_desk

STATE_MARKS = {
    State.DONE: "✓",
    State.DONE_LATE: "✓",
    State.LATE: "!",
    State.OPEN: "·",
    State.AHEAD: " ",
    State.NOT_NEEDED: "-",
}


def desk_of(session: Session) -> Desk:
    """The cases of the employer that is open; raises CasesHiddenError for who may not see them."""
    return case_desk(session.store, session.employer.id, session.roles)


class SickTable(TableScreen):
    """A list about cases, which closes as soon as the clerk may not see cases any more."""

    @property
    def desk(self) -> Desk:
        """The cases, by the rights of this moment."""
        return desk_of(self.session)

    def store_changed(self) -> None:
        """Read anew; what is no longer there, or no longer to be seen, closes the screen."""
        try:
            super().store_changed()
        except StoreError as problem:
            self.close_saying(problem.text)

    def draw(self) -> None:
        """The rows in view, which are read when they come into view: by the rights of that moment."""
        try:
            super().draw()
        except StoreError as problem:
            self.close_saying(problem.text)


def day_long(day: date) -> str:
    """A date with its year: "14 Sep 2026"."""
    return f"{day.day} {month_names(short=True)[day.month - 1]} {day.year}"


def days_named(days: Sequence[date]) -> str:
    """A few dates by name, many by their first and last."""
    if len(days) <= 3:
        return ", ".join(map(short_day_text, days))
    first, last = short_day_text(days[0]), short_day_text(days[-1])
    return t("{n} days from {first} to {last}", n=len(days), first=first, last=last)


def read_date(text: str) -> date | str:
    """The day that was typed, or the sentence why it is none."""
    found = read_day(text)
    return problem_text(found) if isinstance(found, Problem) else found
