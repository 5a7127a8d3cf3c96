"""Conflicts: values of several clerks for the same, side by side; one key decides which holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from hrtui.domain.leave_type import LeaveType
from hrtui.domain.sync.units import DAY, ENTITIES, WHOLE_ROW
from hrtui.i18n import N_, day_with_year, t, tn
from hrtui.screens.history.columns import TABLES, column_of, field_of
from hrtui.screens.history.wording import moment_short
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.entries import from_lists, to_lists
from hrtui.store.errors import StoreError
from hrtui.store.leave_types import leave_types
from hrtui.store.person_records import person_name
from hrtui.store.roles import CASES_KEPT
from hrtui.store.rows import row_now
from hrtui.sync import conflicts as stored
from hrtui.sync.conflicts import Conflict
from hrtui.sync.rows import RowKey
from hrtui.sync_wording import value_in_words
from hrtui.widgets.hints import Hint
from hrtui.wording import told_of

_GROUPS = {
    "address": N_("Address"),
    "bank": N_("Bank account"),
    "wage": N_("Wage"),
    "weeks": N_("Hours of each weekday"),
    "limit": N_("Limit"),
    "months": N_("Months"),
    "amount": N_("Amount"),
}
"""What units of several columns are called."""


class ConflictsScreen(TableScreen):
    """The open conflicts of the employer; Enter shows all values of one, and a digit decides it.

    Illness makes a conflict of each of many days, so that marked ones are decided alike.
    """

    words_whole = True
    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("decide")),
        "table.mark": (3, N_("mark")),
        "table.mark_all": (3, N_("mark all")),
        "table.undo": (3, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("About"), 34),
        Column(N_("Holds now")),
        Column(N_("Wanted by others")),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listed: dict[int, Conflict] = {}

    def heading(self) -> str:
        """What the list is of."""
        return t("Conflicts")

    def nothing(self) -> str:
        """All is well."""
        return super().nothing() if self.edit.text.strip() else t("There is no conflict.")

    def find(self, text: str) -> Sequence[int]:
        """The conflicts in which all words occur."""
        found = _seen(self.session)
        fits = finder(text)
        self._listed = {one.id: one for one in found if fits(" ".join(self._texts(one)))}
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """About what, what holds, what others wanted."""
        return {id_: Row(self._texts(self._listed[id_])) for id_ in ids}

    def in_words(self) -> str:
        """Who wrote what holds, and who wanted something else."""
        if self.current is None:
            return ""
        one = self._listed[self.current]
        names = ", ".join(f"{c.actor} {moment_short(c.at)}" for c in one.candidates)
        holds = f"{one.actor} {moment_short(one.at)}" if one.at else one.actor
        return t("Holds by {holds}; wanted by {names}", holds=holds or "?", names=names)

    def open_row(self, row_id: int) -> None:
        """All values with their names and times; a digit takes one."""
        self.app.push_screen(decision(self.session, self._listed[row_id], self._decided))

    def action_list_choose(self) -> None:
        """Decide the marked ones alike, or else the one under the cursor."""
        if self.marks:
            marked = [self._listed[id_] for id_ in self.chosen]
            self.app.push_screen(decisions(self.session, marked, self._decided))
        else:
            super().action_list_choose()

    def _decided(self, text: str) -> None:
        self.marks.clear()
        self.reload()
        self.tell(text)

    def _texts(self, one: Conflict) -> tuple[str, str, str]:
        kinds = leave_types(self.session.store, self.session.employer.id)
        wanted = " / ".join(_in_words(self.session, one.key, c.value, kinds) for c in one.candidates)
        stands = _in_words(self.session, one.key, one.stands, kinds)
        return about(self.session, one.key, one.unit), stands, wanted


def _seen(session: Session) -> list[Conflict]:
    """The conflicts about what the clerk may see."""
    rights = session.rights
    return [
        one
        for one in stored.conflicts(session.store, session.employer.id)
        if not rights.hides(one.key.entity)
        and not any(
            rights.hides(one.key.entity, name) for name in ENTITIES[one.key.entity].units.get(one.unit, ())
        )
    ]


def _in_words(session: Session, key: RowKey, value: Any, kinds: Mapping[int, LeaveType]) -> str:
    """A value as this clerk may see it: illness that is kept to others is an absence."""
    if key.entity == DAY and value is not None:
        value = to_lists(session.rights.entries(from_lists(value), kinds))
    return value_in_words(key.entity, value, session.rights.kinds(kinds))


def _kept(session: Session, one: Conflict, kinds: Mapping[int, LeaveType]) -> bool:
    """Whether one of the values is an illness that is kept to others, who decide then."""
    if one.key.entity != DAY:
        return False
    values = [one.stands, *(candidate.value for candidate in one.candidates)]
    entries = [entry for value in values for entry in from_lists(value)]
    return any(session.rights.hides_entry(entry, kinds) for entry in entries)


def decision(session: Session, one: Conflict, decided: Callable[[str], None]) -> MenuScreen:
    """The menu that decides a conflict; `decided` gets the sentence about what was done."""
    store, employer_id = session.store, session.employer.id
    kinds = leave_types(store, employer_id)

    def words(value: Any) -> str:
        return _in_words(session, one.key, value, kinds)

    def taking(value: Any) -> Callable[[], None]:
        def run() -> None:
            if _kept(session, one, kinds):
                decided(t(CASES_KEPT))
                return
            try:
                stored.take(store, employer_id, one, value)
            except StoreError as problem:
                decided(problem.text)
            else:
                decided(t("Decided: {value}", value=words(value)))

        return run

    since = moment_short(one.at) if one.at else ""
    items = [
        Item(t("Keep {value}", value=words(one.stands)), f"{one.actor} {since}".strip(), taking(one.stands))
    ]
    items += [
        Item(
            t("Take {value}", value=words(each.value)),
            f"{each.actor} {moment_short(each.at)}",
            taking(each.value),
        )
        for each in one.candidates
    ]
    both = stored.together(one)
    if both is not None and stored.has_room(store, employer_id, one.key, both):
        items.append(Item(t("Both: {value}", value=words(both)), t("one beside the other"), taking(both)))
    return MenuScreen(session, about(session, one.key, one.unit), items)


def decisions(session: Session, marked: Sequence[Conflict], decided: Callable[[str], None]) -> MenuScreen:
    """The menu that decides several conflicts alike; `decided` gets the sentence about what was done.

    Each becomes a step of its own, so that undo takes one after the other back.
    """
    store, employer_id = session.store, session.employer.id
    kinds = leave_types(store, employer_id)

    def taking(chosen: Callable[[Conflict], Any]) -> Callable[[], None]:
        def run() -> None:
            done, problem = 0, ""
            for one in marked:
                if _kept(session, one, kinds):
                    problem = t(CASES_KEPT)
                    continue
                try:
                    stored.take(store, employer_id, one, chosen(one))
                except StoreError as error:
                    problem = error.text
                else:
                    done += 1
            counted = tn("{n} conflict decided.", "{n} conflicts decided.", done)
            decided(" ".join(filter(None, (counted, problem))))

        return run

    items = [
        Item(t("Keep what holds now"), t("Of all that are marked"), taking(lambda one: one.stands)),
        Item(
            t("Take what others wanted"),
            t("Of several values the last"),
            taking(lambda one: one.candidates[-1].value),
        ),
    ]
    return MenuScreen(session, tn("{n} conflict", "{n} conflicts", len(marked)), items)


def about(session: Session, key: RowKey, unit: str = "") -> str:
    """What a row, or a unit of it, is called: `Testman Ann, Mon 14 Sep 2026`, `Person Testman Ann: City`."""
    if key.entity == DAY:
        day = date.fromisoformat(key.date)
        return f"{_person(session, key.id)}, {day_with_year(day)}"
    what = t(TABLES[key.entity]) if key.entity in TABLES else key.entity
    name = _name(session, key)
    columns = ENTITIES[key.entity].units.get(unit, ())
    if not unit or unit == WHOLE_ROW or not columns:
        return " ".join(filter(None, (what, name)))
    label = _GROUPS.get(unit) or (field_of(key.entity, columns[0]) or column_of(columns[0])).label
    return told_of(" ".join(filter(None, (what, name))), t(label))


def _name(session: Session, key: RowKey) -> str:
    if key.entity == "person":
        return _person(session, key.id)
    row = row_now(session.store, key.entity, key.id) or {}
    if named := next((column for column in ("name", "key", "code", "role") if column in row), ""):
        return str(row[named])
    return _person(session, row["person_id"]) if row.get("person_id") else ""


def _person(session: Session, person_id: int) -> str:
    try:
        return person_name(session.store, session.employer.id, person_id)
    except StoreError:
        return t("deleted")
