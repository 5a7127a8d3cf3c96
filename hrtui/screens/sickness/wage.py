"""The Belgian guaranteed wage in a person's calendar: who pays each day of illness, and what is used."""

from __future__ import annotations

from datetime import date

from hrtui.domain.month import Month
from hrtui.domain.roles import Area
from hrtui.domain.sickness.guaranteed_wage import WageDay
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import desk_of
from hrtui.screens.sickness.case_lines import days_used, wage_spans, wage_title
from hrtui.store.changes import last_step
from hrtui.store.sickness.calendar import guaranteed_wage
from hrtui.store.sickness.records import cases_of_person
from hrtui.store.sickness.wording import band_name
from hrtui.widgets.lines import Line


class WageOfPerson:
    """What the calendar tells of the guaranteed wage; read anew when the person or the database changed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: tuple[int, int] | None = None
        self._days: dict[date, WageDay] = {}

    def days(self, person_id: int) -> dict[date, WageDay]:
        """The person's days of illness; none in the Netherlands, or for who may not see cases."""
        session = self._session
        own = session.rights
        if session.employer.country != "BE" or not (own.cases and own.may(Area.SICKNESS)):
            return {}
        seen = person_id, last_step(session.store)
        if seen != self._seen:
            self._seen, self._days = seen, {}
            if cases := cases_of_person(session.store, person_id):
                found = guaranteed_wage(desk_of(session), cases, person_id)
                self._days = {day.date: day for day in found}
        return self._days

    def lines(self, person_id: int, month: Month) -> list[Line]:
        """Who pays in a month, a line for each stretch."""
        days = [day for day in self.days(person_id).values() if day.date in month]
        if not days:
            return []
        heading = wage_title(days, self._session.today)
        return [((f" {heading}", "bold"),), *(((f" {text}", "plain"),) for text in wage_spans(days))]

    def in_words(self, person_id: int, day: date) -> str:
        """Who pays a day and which of the 30 it is; empty for a day that is not ill."""
        one = self.days(person_id).get(day)
        if one is None:
            return ""
        return f"{band_name(one.band)} ({days_used(one)})"
