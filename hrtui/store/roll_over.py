"""Closing a leave year: what each person carries on, keeps longer and loses, shown before it is saved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrtui.domain.allowance_marks import LIMIT, kept_mark
from hrtui.domain.allowance_measure import Measure
from hrtui.domain.entitlement import days_covered
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.leave_year import LeaveYear, year_label
from hrtui.domain.ledger import Grant, Use, buckets_of
from hrtui.domain.roles import Area
from hrtui.domain.rollover import EXTENDED, Rest, Rule, YearEnd, year_end
from hrtui.i18n import leave_amount, t
from hrtui.store import allowances, rows
from hrtui.store.allowance_accounts import Holdings, PersonType, holdings, with_yearly_limit
from hrtui.store.balances import uses
from hrtui.store.changes import Change, RowChange
from hrtui.store.leave_types import leave_types
from hrtui.store.leave_years import first_month
from hrtui.store.roles import rights
from hrtui.store.service import Service, service
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class RollOverLine:
    """One person's leave of one type at the end of the year, `in_days` (thousandths) or in minutes.

    `left` is `carried` plus `lapsing` plus `kept` (what this step keeps longer; `kept_before` is what earlier
    ones did). `keepable` is the most that could be kept now. `problem` is a translated sentence; then there
    are no `changes`.
    """

    person_id: int
    number: str
    name: str
    kind: LeaveType
    in_days: bool
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
    """What closing a year would do, by person and type; nothing is written yet."""

    year: int
    lines: tuple[RollOverLine, ...]

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
) -> RollOverPlan:
    """What is left of `year` and the years before, and where it goes, for everybody who has any or owes any.

    Leave lapses on its own date by the type's rule; closing the year gives an expiry to grants that have
    none, writes down a yearly limit whose rest is carried on, and keeps `keep` in all by person and type (in
    the unit of the line) for those who could not take it (see `rollover.rule_of` for how long). Doing it
    again changes nothing.
    """
    hides_illness = not rights(store, employer_id).may(Area.SICKNESS)
    kinds = [
        kind
        for kind in leave_types(store, employer_id).values()
        if (type_ids is None or kind.id in type_ids) and not (kind.sickness and hides_illness)
    ]
    people = service(store, employer_id, person_ids)
    held = holdings(store, people)
    rules = allowances.rules_for(store, employer_id, kinds, year)
    whole = LeaveYear(year, held.first_month)
    taken = _taken(store, whole.last, people, kinds)
    lines: list[RollOverLine] = []
    for person_id, person in people.items():
        employed = bool(days_covered(person.periods, whole))
        for kind in [kind for kind in kinds if held.counts(person_id, kind)]:
            own = _with_limit(held, person_id, kind, whole, limited=employed and kind.active)
            if own:
                measure = held.measure(person_id, kind)
                used = uses(taken.get((person_id, kind.id), {}), measure)
                account = _Account(person, kind, rules[kind.id], year, measure, own, used)
                line = account.closed((keep or {}).get((person_id, kind.id)))
                if line.left or line.overdrawn or line.kept_before or line.changes or line.problem:
                    lines.append(line)
    return RollOverPlan(year, tuple(lines))


def save_roll_over(store: Store, employer_id: int, plan: RollOverPlan) -> int | None:
    """Do what was shown, as one step; None where there is nothing to do. Raises StaleError."""
    year = year_label(plan.year, first_month(store, employer_id))
    return rows.carry_out(store, employer_id, t("Leave year {year} closed", year=year), plan.changes)


@dataclass(frozen=True, slots=True)
class _Account:
    """What one person was granted and took of one type; a grant that is not written yet has no row id."""

    person: Service
    kind: LeaveType
    rule: Rule
    year: int
    measure: Measure
    granted: list[tuple[int | None, Grant]]
    taken: list[Use]

    def closed(self, keep: int | None) -> RollOverLine:
        """The line of the plan; `keep` is what is to be kept in all, None for what is kept already."""
        dated = [(row_id, self._dated(row_id, grant)) for row_id, grant in self.granted]
        before = sum(grant.amount for _, grant in dated if self._kept_at_this_end(grant))
        wanted = 0 if keep is None else keep - before
        now = self._end([grant for _, grant in dated], max(0, wanted))
        problem = self._problem(wanted, now)
        changes: list[Change] = []
        if not problem:
            changes = [*self._written(dated, keeps=wanted > 0), *self._kept(now)]
        return RollOverLine(
            self.person.person_id,
            self.person.number,
            self.person.name,
            self.kind,
            self.measure.in_days,
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
        """The grant with an expiry: its own, or the rule's where it has none; the year's limit as a grant."""
        lapses = self.rule.lapses(grant.year)
        if row_id is None and grant.year == self.year:
            return replace(grant, label=LIMIT, expires=lapses)
        return grant if grant.expires is not None else replace(grant, expires=lapses)

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
            most = leave_amount(now.keepable, self.measure.in_days)
            return t("No more than {most} can be kept longer.", most=most)
        return ""

    def _written(self, dated: list[tuple[int | None, Grant]], *, keeps: bool) -> list[Change]:
        """Expiries for grants that have none, and a grant for a yearly limit that outlives its year."""
        changes: list[Change] = []
        for (row_id, old), (_, new) in zip(self.granted, dated, strict=True):
            if row_id is None:
                if new.year == self.year and new.amount and (keeps or self.rule.carry_over_months):
                    person_id, type_id = self.person.person_id, self.kind.id
                    changes.append(allowances.insertion(person_id, type_id, new, self.measure))
            elif old.expires is None and new.expires is not None:
                expires = {"expires": new.expires.isoformat()}
                changes.append(RowChange("allowance", row_id, {"expires": None}, expires))
        return changes

    def _kept(self, now: YearEnd) -> list[Change]:
        """Leave taken off the buckets that lapse and granted again until the law's later date.

        Rows say what is kept in all, also by earlier steps: the largest counts, whoever wrote it.
        """
        why, start = kept_mark(self.year), self.rule.first_day(self.year + 1)
        changed: dict[Grant, int] = {}
        for rest in now.rests:
            if rest.kept:
                old = rest.bucket
                off = Grant(old.year, old.kind, 0, old.valid_from, old.expires, why)
                on = Grant(old.year, EXTENDED, 0, start, self.rule.kept_until(old.year), why)
                changed[off] = changed.get(off, 0) - rest.kept
                changed[on] = changed.get(on, 0) + rest.kept
        for _, grant in self.granted:
            if (same := replace(grant, amount=0)) in changed:
                changed[same] += grant.amount
        person_id, type_id = self.person.person_id, self.kind.id
        return [
            allowances.insertion(person_id, type_id, replace(row, amount=amount), self.measure)
            for row, amount in changed.items()
        ]


def _with_limit(
    held: Holdings, person_id: int, kind: LeaveType, year: LeaveYear, *, limited: bool
) -> list[tuple[int | None, Grant]]:
    """The grants with their row ids, and where it is `limited` what a yearly limit allowed beside them."""
    granted = held.granted(person_id, kind, year.number)
    amount = held.yearly(person_id, kind) if limited else None
    whole = with_yearly_limit([grant for _, grant in granted], amount, year)
    ids = [row_id for row_id, _ in granted]
    return list(zip([*ids, *[None] * (len(whole) - len(ids))], whole, strict=True))


def _taken(
    store: Store, last: date, people: Iterable[int], kinds: Iterable[LeaveType]
) -> dict[PersonType, dict[date, int]]:
    """The minutes taken of these types by day, up to `last`."""
    asked = json.dumps(list(people)), last.isoformat(), json.dumps([kind.id for kind in kinds])
    found: dict[PersonType, dict[date, int]] = {}
    for person_id, type_id, day, minutes in store.con.execute(
        "SELECT person_id, leave_type_id, date, sum(minutes) FROM calendar_entry"
        " WHERE person_id IN (SELECT value FROM json_each(?)) AND date <= ?"
        " AND leave_type_id IN (SELECT value FROM json_each(?)) GROUP BY person_id, leave_type_id, date",
        asked,
    ):
        found.setdefault((person_id, type_id), {})[date.fromisoformat(day)] = minutes
    return found
