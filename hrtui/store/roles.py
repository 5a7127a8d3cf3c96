"""What the clerk of this profile may see and change at an employer: the one place that decides it.

A profile without a backend has one user, who owns all of it: nothing is hidden and everything can be changed.
With a backend the roles come from there (`own_roles`), and the employer says what is kept to which.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hrtui.domain.day import HIDDEN_TYPE, Entry
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.roles import (
    ADMINISTRATOR,
    CASE_MANAGER,
    DECIDED,
    MANAGER,
    Area,
    area_of,
    decides,
    only_reads,
    sees,
    sees_cases,
)
from hrtui.i18n import N_, t
from hrtui.store.errors import StoreError
from hrtui.store.remembered import remember, value_of

if TYPE_CHECKING:
    from hrtui.store.changes import Change
    from hrtui.store.store import Store

_CASE_TABLES = ("sickness_", "benefit_", "access_log")
CASE = "case"
"""The source of the entries that a sickness case made."""
KEPT = N_("hidden: kept to other roles")
"""What stands in the place of a value that the clerk may not see."""
CASES_KEPT = N_("Only case managers see this: ask the administrator for the role.")
_ABSENT = LeaveType(
    HIDDEN_TYPE,
    "ABS",
    "",
    {"en": "Absent", "nl": "Afwezig", "fr": "Absent"},
    Category.ABSENCE,
    active=False,
    colour="grey",
)
"""What stands in the place of illness for those who may not see it."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What one clerk may see and change at one employer.

    `hidden` areas are kept to other roles; `cases` says whether entries that a sickness case made are seen
    for what they are, `reads_only` that nothing may be changed, `decides` whether the clerk may say who sees
    what. `named` has the roles of each kept area.
    """

    hidden: frozenset[Area] = frozenset()
    cases: bool = True
    reads_only: bool = False
    named: Mapping[Area, frozenset[str]] = field(default_factory=dict)
    decides: bool = True

    def may(self, area: Area) -> bool:
        """Whether the clerk sees an area."""
        return area not in self.hidden

    def hides(self, table: str, column: str = "") -> bool:
        """Whether a column, or all of a table, is in an area that the clerk does not see."""
        if table.startswith(_CASE_TABLES):
            return not self.cases
        return bool(self.hidden) and area_of(table, column) in self.hidden

    def why_hidden(self, area: Area) -> str:
        """'' or the sentence that the clerk's roles may not see an area."""
        if area not in self.hidden:
            return ""
        return t("Your roles may not see this: the employer's settings say who may.")

    @property
    def why_not_decided(self) -> str:
        """'' or the sentence that the clerk may not say who sees what."""
        if self.reads_only:
            return t(READS_ONLY)
        return "" if self.decides else t("Only a manager or administrator says who may see what: ask them.")

    @property
    def sees_all_entries(self) -> bool:
        """Whether every entry of the calendar is seen for what it is."""
        return self.cases and Area.SICKNESS not in self.hidden

    def kinds(self, kinds: Mapping[int, LeaveType]) -> dict[int, LeaveType]:
        """The leave types as the clerk may enter them, and the one that hidden entries show as."""
        if self.sees_all_entries:
            return dict(kinds)
        shown = dict(kinds)
        if Area.SICKNESS in self.hidden:
            role = min(self.named.get(Area.SICKNESS, ()), default=CASE_MANAGER)
            shown = {
                id_: replace(one, role_needed=role) if one.sickness else one for id_, one in kinds.items()
            }
        return {**shown, HIDDEN_TYPE: _ABSENT}

    def entries(self, entries: Sequence[Entry], kinds: Mapping[int, LeaveType]) -> tuple[Entry, ...]:
        """The entries with those that the clerk may not see as a plain absence of the same length."""
        if self.sees_all_entries:
            return tuple(entries)
        return tuple(self._neutral(entry, kinds) for entry in entries)

    def hides_entry(self, entry: Entry, kinds: Mapping[int, LeaveType]) -> bool:
        """Whether the clerk may only know that this is an absence."""
        kind = kinds.get(entry.leave_type_id)
        of_illness = kind is not None and kind.sickness and Area.SICKNESS in self.hidden
        return of_illness or (entry.source == CASE and not self.cases)

    def _neutral(self, entry: Entry, kinds: Mapping[int, LeaveType]) -> Entry:
        return Entry(HIDDEN_TYPE, entry.minutes, entry.part) if self.hides_entry(entry, kinds) else entry


EVERYTHING = Rights()


def own_roles(store: Store, employer_id: int) -> frozenset[str]:
    """The roles that the backend gave the clerk at an employer; none where it gave none (yet)."""
    given = json.loads(value_of(store.con, _setting(employer_id)) or "[]")
    return frozenset(str(role).casefold() for role in given)


def set_own_roles(store: Store, employer_id: int, roles: Iterable[str]) -> None:
    """Keep what the backend says of the clerk's roles; for the engine that talks to it."""
    value = json.dumps(sorted({role.casefold() for role in roles}))
    remember(store.con, {_setting(employer_id): value})


def rights(store: Store, employer_id: int, given: Collection[str] = ()) -> Rights:
    """What the clerk may see and change at an employer now; `given` are roles beside those of the backend."""
    if not store.backend(employer_id):
        return EVERYTHING
    roles = own_roles(store, employer_id) | frozenset(given)
    kept = kept_areas(store, employer_id)
    hidden = frozenset(area for area, named in kept.items() if not sees(area, roles, named))
    return Rights(hidden, sees_cases(roles), only_reads(roles), kept, decides(roles))


def kept_areas(store: Store, employer_id: int) -> dict[Area, frozenset[str]]:
    """The areas that the employer keeps to some roles, with those roles."""
    found: dict[Area, frozenset[str]] = {}
    rows = store.con.execute("SELECT role, areas FROM employer_role WHERE employer_id = ?", (employer_id,))
    known = {area.value: area for area in Area}
    for role, areas in rows:
        for area in json.loads(areas):
            if area in known:
                found[known[area]] = found.get(known[area], frozenset()) | {role}
    return found


def refuse_writing(store: Store, employer_id: int) -> None:
    """Raise StoreError where the clerk may only look."""
    if store.backend(employer_id) and only_reads(own_roles(store, employer_id)):
        raise StoreError(t(READS_ONLY))


def may_approve(store: Store, employer_id: int) -> bool:
    """Whether the clerk may approve or refuse what waits: anyone without a backend, else a manager's role."""
    return not store.backend(employer_id) or bool(own_roles(store, employer_id) & _APPROVERS)


def may_hand_on(store: Store, employer_id: int) -> bool:
    """Whether the clerk may see all that goes to the payroll provider."""
    return not rights(store, employer_id).hidden & _CARRIED


def refuse_handing_on(store: Store, employer_id: int) -> None:
    """Raise StoreError where the clerk may not see, or may not change, what goes to the payroll provider.

    What sickness cases entered does not stand in the way: the provider gets it, and the clerk sees totals.
    """
    own = rights(store, employer_id)
    if own.reads_only:
        raise StoreError(t(READS_ONLY))
    if own.hidden & _CARRIED:
        raise StoreError(t("A month goes out with what is kept to other roles: ask somebody who may see it."))


_CARRIED = frozenset({Area.NATIONAL_NUMBERS, Area.PAY_COMPONENTS, Area.MESSAGES, Area.SICKNESS})
_APPROVERS = frozenset({MANAGER, ADMINISTRATOR})
READS_ONLY = N_("Your role is auditor: you may look, and change nothing.")


def refuse_forbidden(store: Store, employer_id: int, changes: Iterable[Change]) -> None:
    """Raise StoreError where one of the changes is not the clerk's to make: of what they may not even see.

    A new row may leave hidden columns empty, and a new version of a contract may keep what the one before
    has there.
    """
    if not store.backend(employer_id):
        return
    own = rights(store, employer_id)
    if own.reads_only:
        raise StoreError(t(READS_ONLY))
    changes = list(changes)
    if not own.decides and any(getattr(change, "table", "") == DECIDED for change in changes):
        raise StoreError(own.why_not_decided)
    if own.cases and not own.hidden:
        return
    from hrtui.store.forbidden import touches_hidden  # only where something is kept to others

    if touches_hidden(store, employer_id, own, changes):
        raise StoreError(t("Your roles may not change this: the employer's settings say who may see it."))


def _setting(employer_id: int) -> str:
    return f"roles:{employer_id}"
