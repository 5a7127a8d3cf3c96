"""The desk of a case manager: the one way in to cases, which is refused to everybody else."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from hrtui.domain.roles import Area
from hrtui.i18n import t
from hrtui.store import holidays as holiday_table
from hrtui.store.changes import Change, RowChange, write
from hrtui.store.errors import Gone, StoreError
from hrtui.store.holidays import Country
from hrtui.store.ids import new_id
from hrtui.store.moments import moment
from hrtui.store.roles import CASES_KEPT, rights
from hrtui.store.store import Store


class CasesHiddenError(StoreError):
    """The clerk is no case manager; the text says so and names nobody."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An employer's cases, opened by somebody who may see them, with what of the employer decides about them.

    Made by `case_desk` only; every function about cases asks for one.
    """

    store: Store
    employer_id: int
    country: Country
    employer: str
    policy_number: str
    self_insured: bool
    certificate_always: bool
    clause_ends_contract: bool
    service: str
    service_email: str
    service_phone: str
    service_language: str

    @property
    def dutch(self) -> bool:
        """Whether Dutch rules apply."""
        return self.country == "NL"


def may_see_cases(store: Store, employer_id: int, roles: Collection[str] = ()) -> bool:
    """Whether a clerk with these roles beside those of the backend sees cases.

    With a backend nobody does but case managers; without one the profile's only user does.
    """
    own = rights(store, employer_id, roles)
    return own.cases and own.may(Area.SICKNESS)


def case_desk(store: Store, employer_id: int, roles: Collection[str] = ()) -> Desk:
    """Open the cases of an employer; raises CasesHiddenError for who may not see them, StoreError."""
    if not may_see_cases(store, employer_id, roles):
        raise CasesHiddenError(t(CASES_KEPT))
    row = store.con.execute(
        "SELECT name, policy_number, zw_self_insured, certificate_always, clause_ends_contract,"
        " occupational_service, occupational_email, occupational_phone, occupational_language, language"
        " FROM employer WHERE id = ?",
        (employer_id,),
    ).fetchone()
    if row is None:
        raise Gone
    name, policy, insured, always, clause, service, email, phone, spoken, own_language = row
    return Desk(
        store, employer_id, holiday_table.country_of(store, employer_id), name, policy, bool(insured),
        bool(always), bool(clause), service, email, phone, spoken or own_language,
    )  # fmt: skip


def stable_id(*parts: object) -> int:
    """The id of a row that two terminals may make at once: the same for the same parts, 63 bits."""
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1 | 1


def log_access(desk: Desk, what: str, entity: str, row_id: int, detail: str = "") -> None:
    """Keep for good that the clerk opened, saved, exported or erased something; undo does not reach it.

    Raises StoreError where it cannot be kept; then the thing must not be done either.
    """
    entry = {
        "employer_id": desk.employer_id,
        "actor": desk.store.actor,
        "at": moment(),
        "what": what,
        "entity": entity,
        "row_id": row_id,
        "detail": detail,
    }
    changes: list[Change] = [RowChange("access_log", new_id(), None, entry)]
    write(desk.store, desk.employer_id, t("Access to files"), changes, undoable=False)


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the access log; `at` is UTC text."""

    at: str
    actor: str
    what: str
    detail: str


def accesses(desk: Desk, entity: str, row_id: int) -> list[Access]:
    """Who did what with a row, newest first."""
    found = desk.store.con.execute(
        "SELECT at, actor, what, detail FROM access_log WHERE employer_id = ? AND entity = ? AND row_id = ?"
        " ORDER BY at DESC",
        (desk.employer_id, entity, row_id),
    )
    return [Access(*row) for row in found]
