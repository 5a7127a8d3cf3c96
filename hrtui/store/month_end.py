"""Gathering what the check of a month looks at, for many people with few queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hrtui.domain.day import Holiday
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month import Month
from hrtui.domain.month_end.day_rules import REST_KEYS
from hrtui.domain.month_end.facts import (
    ComponentFact,
    ContractFact,
    LinkFact,
    MessageFact,
    MissingDate,
    MonthFacts,
    Overdrawn,
    PersonFacts,
    Stays,
)
from hrtui.domain.roles import Area
from hrtui.domain.sickness.case import Spell
from hrtui.i18n import language
from hrtui.store import holidays as holiday_table
from hrtui.store.by_ids import select
from hrtui.store.limits import overdrawn
from hrtui.store.messages import DRAFT
from hrtui.store.moments import day_of
from hrtui.store.month_view import MonthView, PersonRow
from hrtui.store.provider_links import provider_links
from hrtui.store.roles import rights
from hrtui.store.sickness.records import spell_of
from hrtui.store.store import Store


def month_facts(
    store: Store,
    employer_id: int,
    month: Month,
    person_ids: Sequence[int],
    *,
    provider: str = "",
    unmapped: Mapping[int, int] | None = None,
    earlier: Mapping[Month, int] | None = None,
    missing: Sequence[MissingDate] = (),
    stays: Sequence[Stays] = (),
    sent_to: Mapping[int, str] | None = None,
) -> MonthFacts:
    """The facts of these people, in their order; what the layout wants and lacks is told by the caller."""
    view = MonthView(store, employer_id, month, person_ids)
    found = view.rows_by_id(person_ids)
    country = holiday_table.country_of(store, employer_id)
    links = [
        LinkFact(link.id, link.provider, link.client_number)
        for link in provider_links(store, employer_id)
        if link.active
    ]
    return MonthFacts(
        month,
        country,
        view.kinds,
        _people(store, employer_id, month, found, view.kinds),
        links,
        provider,
        unmapped or {},
        _holidays(store, employer_id, month.year),
        _unsent(store, employer_id, month) if rights(store, employer_id).may(Area.MESSAGES) else [],
        earlier or {},
        missing,
        stays,
        sent_to or {},
    )


def _people(
    store: Store,
    employer_id: int,
    month: Month,
    found: Mapping[int, PersonRow],
    kinds: Mapping[int, LeaveType],
) -> list[PersonFacts]:
    ids = list(found)
    contracts = _contracts(store, month, ids)
    own = rights(store, employer_id)
    components = _components(store, month, ids) if own.may(Area.PAY_COMPONENTS) else {}
    rest = _rest(store, month, ids, kinds)
    touched = _touched(store, month, [id_ for id_, row in found.items() if not _entered(row)])
    over = _overdrawn(store, month, found, kinds)
    spells = _spells(store, employer_id, month)
    first_schedule = (
        "SELECT person_id, min(valid_from) FROM schedule_assignment WHERE person_id IN ({marks})"
        " GROUP BY person_id"
    )
    planned = {id_: date.fromisoformat(text) for id_, text in select(store.con, first_schedule, ids)}
    numbers = {
        id_: (link, at_provider, own_number)
        for id_, link, at_provider, own_number in select(
            store.con,
            "SELECT id, provider_link_id, provider_number, number FROM person WHERE id IN ({marks})",
            ids,
        )
    }
    return [
        PersonFacts(
            id_,
            row.days,
            *numbers[id_],
            contracts=contracts.get(id_, ()),
            components=components.get(id_, ()),
            overdrawn=over.get(id_, ()),
            spells=None if spells is None else spells.get(id_, ()),
            rest=rest.get(id_, 0),
            checked=row.checked is not None,
            touched=id_ in touched,
            planned_from=planned.get(id_),
        )
        for id_, row in found.items()
    ]


def _entered(row: PersonRow) -> bool:
    return any(day.entries for day in row.days)


def _contracts(store: Store, month: Month, ids: Sequence[int]) -> dict[int, list[ContractFact]]:
    found: dict[int, list[ContractFact]] = {}
    query = (
        "SELECT person_id, id, start_date, end_date, dimona_status, worker_status <> 'freelance'"
        " FROM contract WHERE person_id IN ({marks}) AND start_date <= ?"
        " AND (end_date IS NULL OR end_date >= ?) ORDER BY start_date"
    )
    bounds = month.last.isoformat(), month.first.isoformat()
    for person_id, id_, start, end, dimona, declared in select(store.con, query, ids, *bounds):
        fact = ContractFact(id_, date.fromisoformat(start), day_of(end), dimona, bool(declared))
        found.setdefault(person_id, []).append(fact)
    return found


def _components(store: Store, month: Month, ids: Sequence[int]) -> dict[int, list[ComponentFact]]:
    """Only those of a type that is out of use: no other one can be found fault with."""
    found: dict[int, list[ComponentFact]] = {}
    query = (
        "SELECT c.person_id, c.id, y.code, y.name_nl, y.name_fr, y.name_en FROM pay_component c"
        " JOIN pay_component_type y ON y.id = c.type_id WHERE c.person_id IN ({marks}) AND y.active = 0"
        " AND c.first_month <= ? AND (c.last_month IS NULL OR c.last_month >= ?)"
    )
    for person_id, id_, code, nl, fr, en in select(store.con, query, ids, str(month), str(month)):
        name = {"nl": nl, "fr": fr, "en": en}.get(language()) or nl or fr or en
        found.setdefault(person_id, []).append(ComponentFact(id_, f"{code} {name}".strip(), active=False))
    return found


def _rest(store: Store, month: Month, ids: Sequence[int], kinds: Mapping[int, LeaveType]) -> dict[int, int]:
    """Minutes of rest for overtime, taken from the month on."""
    types = [kind.id for kind in kinds.values() if kind.key in REST_KEYS]
    if not types:
        return {}
    query = (
        "SELECT person_id, sum(minutes) FROM calendar_entry WHERE person_id IN ({marks}) AND date >= ?"
        f" AND leave_type_id IN ({', '.join(map(str, types))}) GROUP BY person_id"
    )
    return dict(select(store.con, query, ids, month.first.isoformat()))


def _touched(store: Store, month: Month, ids: Sequence[int]) -> set[int]:
    """Those for whom something was entered once, though nothing is left of it."""
    query = (
        "SELECT DISTINCT row_id FROM operation WHERE entity = 'day' AND row_id IN ({marks})"
        " AND date BETWEEN ? AND ?"
    )
    bounds = month.first.isoformat(), month.last.isoformat()
    return {person_id for (person_id,) in select(store.con, query, ids, *bounds)}


def _overdrawn(
    store: Store,
    month: Month,
    found: Mapping[int, PersonRow],
    kinds: Mapping[int, LeaveType],
) -> dict[int, list[Overdrawn]]:
    """Whose leave of the types that they took this month is more than there is."""
    taken = {
        (id_, entry.leave_type_id)
        for id_, row in found.items()
        for day in row.days
        for entry in day.entries
        if entry.leave_type_id in kinds and kinds[entry.leave_type_id].category is not Category.OVERTIME
    }
    over: dict[int, list[Overdrawn]] = {}
    found_over = overdrawn(store, kinds, sorted(taken), month.first)
    for (person_id, kind_id), (amount, in_days) in found_over.items():
        over.setdefault(person_id, []).append(Overdrawn(kind_id, amount, in_days))
    return over


def _spells(store: Store, employer_id: int, month: Month) -> dict[int, list[Spell]] | None:
    """Cases of sickness in the month; None where the clerk may not see them, or the employer keeps none."""
    keeps = "SELECT EXISTS (SELECT 1 FROM sickness_case WHERE employer_id = ?)"
    if not rights(store, employer_id).cases or not store.con.execute(keeps, (employer_id,)).fetchone()[0]:
        return None
    found: dict[int, list[Spell]] = {}
    for person_id, *columns in store.con.execute(
        "SELECT person_id, id, first_day, last_day, linking FROM sickness_case WHERE employer_id = ?"
        " AND first_day <= ? AND (last_day IS NULL OR last_day >= ?)",
        (employer_id, month.last.isoformat(), month.first.isoformat()),
    ):
        found.setdefault(person_id, []).append(spell_of(*columns))
    return found


def _holidays(store: Store, employer_id: int, year: int) -> list[Holiday]:
    by_team = holiday_table.holidays(store, employer_id, date(year, 1, 1), date(year, 12, 31))
    return list(by_team.get(None, {}).values())


def _unsent(store: Store, employer_id: int, month: Month) -> list[MessageFact]:
    found = store.con.execute(
        "SELECT id, person_id, month FROM provider_message WHERE employer_id = ? AND month < ? AND state = ?"
        " ORDER BY month, at",
        (employer_id, str(month), DRAFT),
    )
    return [MessageFact(id_, person_id, Month.parse(text)) for id_, person_id, text in found]
