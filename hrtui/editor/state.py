"""What the month grid remembers between two keys: the list, the cursor, the selection, the pending count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hrtui.domain.day import Day, Entry
from hrtui.domain.entering import Amount
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.month import Month
from hrtui.editor.position import NAME_COLUMN, Cursor, Rect
from hrtui.store.changes import last_step
from hrtui.store.check_off import count_checked
from hrtui.store.leave_types import leave_types, roles_in_force
from hrtui.store.month_view import MonthView, PersonRow
from hrtui.store.people import Filter, person_ids
from hrtui.store.roles import own_roles, rights
from hrtui.store.store import Store

DayOf = tuple[int, date]
"""A person-day: person id and date."""


@dataclass(frozen=True, slots=True)
class LastEntry:
    """What `repeat` enters again: a leave type and amount, or the text of a typed cell, on `count` days."""

    kind: LeaveType | None
    amount: Amount
    text: str
    count: int | None


class EditorState:
    """The month grid's data and places; the modules beside this one work on it.

    `view` shows the people of `people` (ids, in list order). `page_rows` is how many people one screen
    shows; the widget sets it. `entered` are the person-days of the last entry, as long as no other key came
    between. `run_day` is the day on which the present run of entries began. `conflict_keys`, which the screen
    sets, lead to the conflicts, and `approval_key` to approving what waits; sentences name them.
    """

    def __init__(
        self, store: Store, employer_id: int, month: Month, *, today: date, roles: frozenset[str]
    ) -> None:
        self.store = store
        self.employer_id = employer_id
        self.month = month
        self.today = today
        self._given_roles = roles
        self.roles = roles
        self.page_rows = 20
        self.filter = Filter()
        self.cursor = Cursor(0, today.day if today in month else 1)
        self.anchor: Cursor | None = None
        self.sticky = False
        self.marks: set[int] = set()
        self.count: int | None = None
        self.last: LastEntry | None = None
        self.entered: tuple[DayOf, ...] = ()
        self.run_day: int | None = None
        self.searched = ""
        self.conflict_keys = ""
        self.approval_key = ""
        self.clipboard: tuple[tuple[tuple[Entry, ...], ...], ...] = ()
        self.kinds: dict[int, LeaveType] = {}
        self.letters: dict[str, LeaveType] = {}
        self._checked: tuple[Month, int, int] | None = None
        self.people: list[int] = []
        self.row_of: dict[int, int] = {}
        self.view: MonthView
        self.load_kinds()
        self.load_people()

    def load_kinds(self) -> None:
        """Read the leave types anew."""
        self.kinds = rights(self.store, self.employer_id).kinds(leave_types(self.store, self.employer_id))
        given = self._given_roles | own_roles(self.store, self.employer_id)
        self.roles = roles_in_force(self.store, self.employer_id, self.kinds, given)
        self.letters = {kind.letter: kind for kind in self.kinds.values() if kind.active and kind.letter}

    def load_people(self, *, or_near: bool = True) -> None:
        """Read the list of people anew; the cursor stays on its person and day.

        Where that person is no longer listed it goes to the next one that still is, or (`or_near` false)
        to the first of the list.
        """
        before = self.people[self.cursor.row :]
        self.people = person_ids(self.store, self.employer_id, self.month, self.filter)
        self.row_of = {person: row for row, person in enumerate(self.people)}
        self.view = MonthView(self.store, self.employer_id, self.month, self.people)
        last = max(0, len(self.people) - 1) if before and or_near else 0
        candidates = before if or_near else before[:1]
        row = next((self.row_of[person] for person in candidates if person in self.row_of), last)
        self.cursor = Cursor(row, min(self.cursor.day, self.month.length))

    @property
    def selection(self) -> Rect | None:
        """The selected block; None without a selection."""
        return Rect.between(self.anchor, self.cursor) if self.anchor is not None else None

    @property
    def person_id(self) -> int | None:
        """The person under the cursor; None in an empty list."""
        return self.people[self.cursor.row] if self.cursor.row < len(self.people) else None

    @property
    def row(self) -> PersonRow | None:
        """The row under the cursor; None in an empty list."""
        return self.view.row(self.cursor.row) if self.people else None

    @property
    def day(self) -> Day | None:
        """The day under the cursor; None on the name column and in an empty list."""
        row = self.row
        return row.days[self.cursor.day - 1] if row is not None and self.cursor.day != NAME_COLUMN else None

    @property
    def on_name(self) -> bool:
        """Whether the cursor stands on a name."""
        return self.cursor.day == NAME_COLUMN

    @property
    def checked(self) -> int:
        """How many of the employer's people are checked off in the month; counted anew after each step."""
        step = last_step(self.store)
        if self._checked is None or self._checked[:2] != (self.month, step):
            self._checked = self.month, step, count_checked(self.store, self.employer_id, self.month)
        return self._checked[2]

    def take_count(self) -> int | None:
        """The pending count, which is used up by this."""
        count, self.count = self.count, None
        return count

    def drop_selection(self) -> None:
        """End the selection, sticky or not."""
        self.anchor, self.sticky = None, False

    def forget_entered(self) -> None:
        """The last entry is no longer the one that a half-day or backspace key means."""
        self.entered = ()

    def rows_of(self, person_ids: Iterable[int], month: Month) -> Mapping[int, PersonRow]:
        """The rows of these people in `month`, whether they are in the list or not."""
        ids = list(person_ids)
        view = self.view if month == self.month else MonthView(self.store, self.employer_id, month, ids)
        return view.rows_by_id(ids)

    def cells(self, days: Iterable[DayOf]) -> frozenset[tuple[int, int]]:
        """The cells on which these person-days are shown at present."""
        rows, month = self.row_of, self.month
        return frozenset((rows[person], day.day) for person, day in days if person in rows and day in month)
