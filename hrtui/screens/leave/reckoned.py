"""Lists of one leave year that take long to reckon for thousands: some people at a time, between keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from hrtui.i18n import t
from hrtui.screens.session import Session
from hrtui.screens.years import LeaveYearTable
from hrtui.store.people import fold
from hrtui.store.service import people_ids

PORTION = 200
"""People reckoned at a time: some 25 ms, after which keys have their turn."""
_PAUSE = 0.01


class ReckonedTable(LeaveYearTable):
    """Lines about some people (None: everybody), reckoned by `reckoned` and searched by `search_text`.

    The first portion is there when the screen opens. What is reckoned anew takes the place of the old lines
    once all of it is there, so that the cursor stays where it is.
    """

    def __init__(self, session: Session, year: int, people: Sequence[int] | None) -> None:
        super().__init__(session, year)
        self.people = None if people is None else list(people)
        self.found: list[Any] = []
        self._texts: list[str] = []
        self._fresh: list[Any] = []
        self._fresh_texts: list[str] = []
        self._growing = True
        self._waiting: list[int] = []
        self._done = 0
        self._begun = False
        self._run = 0

    def reckoned(self, people: Sequence[int]) -> Sequence[Any]:
        """The lines of these people, in the order of the list."""
        raise NotImplementedError

    def search_text(self, line: Any) -> str:
        """What a line is found by."""
        raise NotImplementedError

    def person_of(self, line: Any) -> int:
        """Whom a line is about."""
        raise NotImplementedError

    @property
    def reckoning(self) -> bool:
        """Whether lines are still to come."""
        return self._done < len(self._waiting)

    def progress(self) -> str:
        """How far the reckoning is, empty when it is done."""
        if not self.reckoning:
            return ""
        return t("reckoning: {n} %", n=100 * self._done // len(self._waiting))

    def places(self, text: str) -> list[int]:
        """The places of the lines with the words of the text."""
        if not self._begun:
            self._begin()
        words = fold(text).split()
        return [place for place, own in enumerate(self._texts) if all(word in own for word in words)]

    def reload(self, *, keep: int | None = None) -> None:
        """Reckon anew."""
        self._begun = False
        super().reload(keep=keep)

    def forget(self) -> None:
        """The lines are of something else now: none of them stays while others are reckoned."""
        self.found, self._texts = [], []

    def reckon_again(self, people: Collection[int]) -> None:
        """Only these people, whose lines stay where they are."""
        fresh = {(self.person_of(one), self.search_text(one)): one for one in self.reckoned(list(people))}
        self.found = [fresh.get((self.person_of(one), self.search_text(one)), one) for one in self.found]
        self._rows.clear()
        self.draw()

    def _begin(self) -> None:
        self._begun, self._done, self._growing = True, 0, not self.found
        self._fresh, self._fresh_texts = [], []
        self._run += 1
        store, employer_id = self.session.store, self.session.employer.id
        self._waiting = people_ids(store, employer_id) if self.people is None else self.people
        self._portion()
        self._later()

    def _portion(self) -> None:
        some = self._waiting[self._done : self._done + PORTION]
        self._done += len(some)
        lines = self.reckoned(some) if some else []
        self._fresh += lines
        self._fresh_texts += [fold(self.search_text(line)) for line in lines]
        if self._growing or not self.reckoning:
            self.found, self._texts = self._fresh, self._fresh_texts

    def _later(self) -> None:
        if self.reckoning:
            run = self._run
            self.set_timer(_PAUSE, lambda: self._next(run))

    def _next(self, run: int) -> None:
        if run != self._run or not self.reckoning:
            return
        self._portion()
        self._rows.clear()
        current = self.current
        self.ids = list(self.find(self.edit.text))
        if current in self.ids:
            self.cursor = self.ids.index(current)
        if self.is_current:
            self.draw()
        self._later()
