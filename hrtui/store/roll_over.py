"""Closing a leave year: what each person carries on, keeps longer and loses, shown before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrtui.domain.entitlement import days_covered
from hrtui.domain.leave_type import LeaveType, Limit
from hrtui.domain.ledger import Grant, Use, buckets_of
from hrtui.domain.roles import Area
from hrtui.domain.rollover import EXTENDED, Rest, Rule, YearEnd, year_end
from hrtui.i18n import hours, t
from hrtui.store import allowances, balances, rows
from hrtui.store.changes import Change, RowChange
from hrtui.store.entitlements import own_limits
from hrtui.store.leave_types import leave_types
from hrtui.store.roles import rights
from hrtui.store.service import Service, service
from hrtui.store.store import Store

PersonType = tuple[int, int]
"""A person's id and a leave type's."""


@dataclass(frozen=True, slots=True)
class RollOverLine:
    """One person's leave of one type at the end of the year, in minutes.

    `left` is `carried` plus `lapsing` plus `kept` (what this step keeps longer; `kept_before` is what earlier
    ones did). `keepable` is the most that could be kept now. `problem` is a translated sentence; then there
    are no `changes`.
    """

    person_id: int
    number: str
    name: str
    kind: LeaveType
    left: int
    carried: int
    lapsing: int
    kept: int
    kept_before: int
    keepable: int
    overdrawn: int
    rests: tuple[Rest, ...]
    problem: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RollOverPlan:
    """What closing a year would do, by person and type; nothing is written yet.

    `in_days` are the types with a yearly limit in days, of which no rest is reckoned: a day has no fixed
    number of minutes, which grants are kept in. What is granted of them is in the lines like any other.
    """

    year: int
    lines: tuple[RollOverLine, ...]
    in_days: tuple[LeaveType, ...] = ()

    @property
    def changes(self) -> list[Change]:
        """All changes; empty where the year is closed already."""
        return [change for line in self.lines for change in line.changes]


def plan_roll_over(
    store: Store,
    employer_id: int,
    year: int,
    *,
    type_ids: Sequence[int] | None = None,
    person_ids: Sequence[int] | None = None,
    keep: Mapping[PersonType, int] | None = None,
    reason: str = "",
) -> RollOverPlan:
    """What is left of `year` and the years before, and where it goes, for everybody who has any or owes any.

    Leave lapses on its own date by the type's rule; closing the year gives an expiry to grants that have
    none, writes down a yearly limit whose rest is carried on, and keeps `keep` minutes in all by person and
    type for those who could not take them (see `rollover.rule_of` for how long). Doing it again changes
    nothing.
    """
    hides_illness = not rights(store, employer_id).may(Area.SICKNESS)
    kinds = [
        kind
        for kind in leave_types(store, employer_id).values()
        if (type_ids is None or kind.id in type_ids) and not (kind.sickness and hides_illness)
    ]
    people = service(store, employer_id, person_ids)
    some = None if person_ids is None else list(people)
    granted = _grants(store, employer_id, year, some)
    own_by_type = own_limits(store, employer_id)
    limits = {kind.id: own_by_type.get(kind.id, {}) for kind in kinds}
    rules = allowances.rules_for(store, employer_id, kinds, year)
    by_hours = [kind.id for kind in kinds if kind.limit is Limit.MINUTES or limits[kind.id]]
    counted = {kind.id for kind in kinds if kind.limit is not Limit.UNLIMITED or limits[kind.id]}
    counted.update(type_id for _, type_id in granted)
    taken = _uses(store, employer_id, year + 1, some, sorted(counted))
    types_of: dict[int, set[int]] = {}
    for person_id, type_id in granted:
        types_of.setdefault(person_id, set()).add(type_id)
    lines: list[RollOverLine] = []
    for person in people.values():
        employed = bool(days_covered(person.periods, year))
        possible = types_of.get(person.person_id, set()).union(by_hours)
        for kind in [kind for kind in kinds if kind.id in possible] if possible else ():
            key = (person.person_id, kind.id)
            own = granted.get(key, [])
            limit, amount = limits[kind.id].get(person.person_id, (kind.limit, kind.limit_amount))
            if employed and limit is Limit.MINUTES:
                own = _with_limit(own, limit, amount, year)
            if own:
                account = _Account(person, kind, rules[kind.id], year, own, taken.get(key, []))
                line = account.closed((keep or {}).get(key), reason)
                if line.left or line.overdrawn or line.changes or line.problem:
                    lines.append(line)
    in_days = tuple(kind for kind in kinds if kind.active and _in_days(kind, limits[kind.id].values()))
    return RollOverPlan(year, tuple(lines), in_days)


def save_roll_over(store: Store, employer_id: int, plan: RollOverPlan) -> int | None:
    """Do what was shown, as one step; None where there is nothing to do. Raises StaleError."""
    return rows.carry_out(store, employer_id, t("Leave year {year} closed", year=plan.year), plan.changes)


@dataclass(frozen=True, slots=True)
class _Account:
    """What one person was granted and took of one type; a grant that is not written yet has no row id."""

    person: Service
    kind: LeaveType
    rule: Rule
    year: int
    granted: list[tuple[int | None, Grant]]
    taken: list[Use]

    def closed(self, keep: int | None, reason: str) -> RollOverLine:
        """The line of the plan; `keep` is what is to be kept in all, None for what is kept already."""
        dated = [(row_id, self._dated(row_id, grant)) for row_id, grant in self.granted]
        before = sum(grant.amount for _, grant in dated if self._kept_at_this_end(grant))
        wanted = 0 if keep is None else keep - before
        now = self._end([grant for _, grant in dated], max(0, wanted))
        problem = self._problem(wanted, now)
        changes: list[Change] = []
        if not problem:
            changes = [*self._written(dated, keeps=wanted > 0), *self._kept(now, reason)]
        return RollOverLine(
            self.person.person_id,
            self.person.number,
            self.person.name,
            self.kind,
            sum(rest.left for rest in now.rests),
            sum(rest.carried for rest in now.rests),
            sum(rest.lapsing for rest in now.rests),
            sum(rest.kept for rest in now.rests),
            before,
            now.keepable,
            now.overdrawn,
            now.rests,
            problem,
            tuple(changes),
        )

    def _dated(self, row_id: int | None, grant: Grant) -> Grant:
        """The grant with an expiry: its own, or the rule's where it has none or is a yearly limit."""
        if grant.expires is not None and row_id is not None:
            return grant
        return replace(grant, expires=self.rule.lapses(grant.year))

    def _kept_at_this_end(self, grant: Grant) -> bool:
        return grant.label == EXTENDED and grant.valid_from == self.rule.first_day(self.year + 1)

    def _end(self, granted: list[Grant], keep: int) -> YearEnd:
        buckets, taken_off = buckets_of(granted)
        start = min(bucket.valid_from for bucket in buckets)
        uses = [use for use in self.taken if use[0] >= start]
        return year_end(buckets, [*uses, *taken_off], self.year, self.rule, keep)

    def _problem(self, wanted: int, now: YearEnd) -> str:
        if wanted < 0:
            return t("More was kept already: take off what is too much by an adjustment.")
        if wanted > now.keepable:
            most = hours(now.keepable)
            return t("No more than {most} can be kept longer.", most=most)
        return ""

    def _written(self, dated: list[tuple[int | None, Grant]], *, keeps: bool) -> list[Change]:
        """Expiries for grants that have none, and a grant for a yearly limit that outlives its year."""
        changes: list[Change] = []
        for (row_id, old), (_, new) in zip(self.granted, dated, strict=True):
            if row_id is None:
                if keeps or self.rule.carry_over_months:
                    changes.append(allowances.insertion(self.person.person_id, self.kind.id, new))
            elif old.expires is None and new.expires is not None:
                expires = {"expires": new.expires.isoformat()}
                changes.append(RowChange("allowance", row_id, {"expires": None}, expires))
        return changes

    def _kept(self, now: YearEnd, reason: str) -> list[Change]:
        """Minutes taken off the buckets that lapse and granted again until the law's later date."""
        changes: list[Change] = []
        why = reason or t("Kept longer at the end of {year}", year=self.year)
        for rest in now.rests:
            if rest.kept:
                old = rest.bucket
                off = Grant(old.year, old.kind, -rest.kept, old.valid_from, old.expires, why)
                until, start = self.rule.kept_until(old.year), self.rule.first_day(self.year + 1)
                on = Grant(old.year, EXTENDED, rest.kept, start, until, why)
                changes += [
                    allowances.insertion(self.person.person_id, self.kind.id, one) for one in (off, on)
                ]
        return changes


def _in_days(kind: LeaveType, own: Iterable[tuple[Limit, int | None]]) -> bool:
    """Whether the type's yearly limit, or somebody's own, is in days."""
    return any(
        limit is Limit.DAYS and amount is not None
        for limit, amount in ((kind.limit, kind.limit_amount), *own)
    )


def _with_limit(
    own: list[tuple[int | None, Grant]], limit: Limit, amount: int | None, year: int
) -> list[tuple[int | None, Grant]]:
    """The grants, and a yearly limit in hours where nothing was granted for the year itself."""
    ids = [row_id for row_id, _ in own]
    whole = balances.with_yearly_limit([grant for _, grant in own], limit, amount, year)
    return list(zip([*ids, *[None] * (len(whole) - len(own))], whole, strict=True))


def _grants(
    store: Store, employer_id: int, year: int, people: Sequence[int] | None
) -> dict[PersonType, list[tuple[int | None, Grant]]]:
    found: dict[PersonType, list[tuple[int | None, Grant]]] = {}
    for whose, ids in _groups("a.person_id", employer_id, people):
        for id_, person_id, type_id, *columns in store.con.execute(
            "SELECT a.id, a.person_id, a.leave_type_id, a.year, a.label, a.minutes, a.valid_from, a.expires,"
            f" a.reason FROM allowance a WHERE {whose} AND a.year <= ? ORDER BY a.valid_from, a.id",
            (*ids, year),
        ):
            found.setdefault((person_id, type_id), []).append((id_, balances.grant_of(*columns)))
    return found


def _uses(
    store: Store, employer_id: int, year: int, people: Sequence[int] | None, types: Sequence[int]
) -> dict[PersonType, list[Use]]:
    """What was taken of these types up to the end of `year`."""
    found: dict[PersonType, list[Use]] = {}
    for whose, ids in _groups("e.person_id", employer_id, people):
        for person_id, type_id, day, minutes in store.con.execute(
            "SELECT e.person_id, e.leave_type_id, e.date, e.minutes FROM calendar_entry e"
            f" WHERE {whose} AND e.date <= ? AND e.leave_type_id IN ({rows.marks(types)})",
            (*ids, f"{year}-12-31", *types),
        ):
            found.setdefault((person_id, type_id), []).append((date.fromisoformat(day), minutes))
    return found


def _groups(
    column: str, employer_id: int, people: Sequence[int] | None
) -> Iterator[tuple[str, Sequence[int]]]:
    """Conditions on a person's id with their values: everybody at once, or some at a time."""
    if people is None:
        yield f"{column} IN (SELECT id FROM person WHERE employer_id = ?)", (employer_id,)
        return
    for chunk in rows.chunks(people):
        yield f"{column} IN ({rows.marks(chunk)})", chunk
