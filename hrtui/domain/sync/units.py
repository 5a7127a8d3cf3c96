"""Which rows are synced, what of a row merges as one unit, who may see it and which month it belongs to.

Values are as SQLite holds them: text, integers (also for yes and no), ISO dates, JSON text, null. A synced
table of the client is added to ENTITIES here and to `store.changes.ROW_TABLES`; a test compares both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from hrtui.domain.roles import Area
from hrtui.domain.sync.canonical import Value
from hrtui.domain.sync.content import NO_END
from hrtui.domain.sync.defaults import defaults_of
from hrtui.domain.sync.kinds import kinds_of

DAY = "day"
ENTRIES = "entries"
"""The one unit of a person's day: `[[leave type id, minutes, part, status, source], …]`, `[]` where none."""
WHOLE_ROW = "*"
"""The unit of a conflict about a row that one clerk deleted and another changed."""
LOCAL = frozenset({"employer_id", "sort_name", "search_text"})
"""Columns that never travel: implied by the tenant, or made from other columns by each client."""

Units = Mapping[str, Value]
Span = tuple[int, str, str]
"""A person and the first and last month (`YYYY-MM`)."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of synced row.

    `units` maps each unit to its columns; a unit of several columns has the list of their values. It gets new
    columns at its end only: programs of different versions then agree on those that both know. `areas` says
    which units (WHOLE_ROW: the row) only some roles may see, `guard` the area that writing asks for.
    `references` maps columns to the entity whose row they name. `once` lists columns that no two live rows
    share; `mark` rows hold nothing beside them, so that a second one is the same as the first. `defaults` are
    what columns hold where nothing was given, `kinds` what those hold that are no text.
    """

    name: str
    units: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, Area] = field(default_factory=dict)
    guard: Area | None = None
    references: Mapping[str, str] = field(default_factory=dict)
    once: tuple[str, ...] = ()
    mark: bool = False
    defaults: Mapping[str, Value] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    def area_of(self, unit: str) -> Area | None:
        """The area that a role needs to see this unit, None where everyone may."""
        return self.areas.get(unit) or self.areas.get(WHOLE_ROW)

    def to_units(self, columns: Mapping[str, Value]) -> dict[str, Value]:
        """The units of a row; a unit is there when all its columns are."""
        return {
            unit: columns[names[0]] if len(names) == 1 else [columns[name] for name in names]
            for unit, names in self.units.items()
            if all(name in columns for name in names)
        }

    def to_columns(self, units: Units) -> dict[str, Value]:
        """The columns that these units hold; what this version does not know is left out."""
        columns: dict[str, Value] = {}
        for unit, value in units.items():
            names = self.units.get(unit, ())
            if len(names) == 1:
                columns[names[0]] = value
            elif isinstance(value, list):
                columns.update(zip(names, value, strict=False))
            else:
                columns.update(dict.fromkeys(names))
        return columns

    def completed(self, units: Units) -> dict[str, Value]:
        """The units of a row that an older program may have written: what it did not know, as it left it."""
        found = dict(units)
        for unit, names in self.units.items():
            if unit in found:
                found[unit] = self.widened(unit, found[unit])
            elif any(name in self.defaults for name in names):
                values = [self.defaults.get(name) for name in names]
                found[unit] = values[0] if len(names) == 1 else values
        return found

    def widened(self, unit: str, value: Value, now: Value = None) -> Value:
        """The value of a unit with the columns that its author's program did not know: as they are `now`."""
        names = self.units[unit]
        if len(names) == 1 or not isinstance(value, list) or len(value) >= len(names):
            return value
        usual: list[Value] = [self.defaults.get(name) for name in names]
        held = now if isinstance(now, list) and len(now) == len(names) else usual
        return [*value, *held[len(value) :]]

    def fitted(self, units: Units) -> dict[str, Value]:
        """These units as far as this version knows them, and whole where an older program wrote a group."""
        found: dict[str, Value] = {}
        for unit, names in self.units.items():
            if unit in units:
                value = self.widened(unit, units[unit])
                cut = len(names) > 1 and isinstance(value, list)
                found[unit] = cast("list[Value]", value)[: len(names)] if cut else value
        return found

    def unit_of(self, column: str) -> str:
        """The unit that a column is part of; raises KeyError for one that does not travel."""
        return next((unit for unit, names in self.units.items() if column in names), "") or _no(column)


def _no(column: str) -> str:
    raise KeyError(column)


def _entity(
    name: str, columns: str, groups: Mapping[str, str] | None = None, references: str = "", **more: object
) -> Entity:
    """An entity from its columns as words; `groups` are the units of several columns."""
    grouped = {unit: tuple(names.split()) for unit, names in (groups or {}).items()}
    taken = {column for names in grouped.values() for column in names}
    units = {column: (column,) for column in columns.split() if column not in taken} | grouped
    pairs = dict(word.split(":") for word in references.split())
    held = {"defaults": defaults_of(name), "kinds": kinds_of(name)}
    return Entity(name, units, references=pairs, **held, **more)  # type: ignore[arg-type]


def _sickness(name: str, columns: str, references: str = "", once: tuple[str, ...] = ()) -> Entity:
    """An entity of cases of illness, which only case managers see."""
    areas = {WHOLE_ROW: Area.SICKNESS}
    return _entity(name, columns, references=references, areas=areas, guard=Area.SICKNESS, once=once)


_CASES = (
    _sickness("sickness_classification", "code active display_order", once=("code",)),
    _sickness(
        "sickness_person", "person_id no_risk basis recorded_on", "person_id:person", once=("person_id",)
    ),
    _sickness(
        "sickness_case",
        "person_id classification first_day last_day reported_at minutes_worked expected_end safety_net"
        " nursing_street nursing_house_number nursing_postcode nursing_city nursing_country nursing_phone"
        " work_accident liable_third_party certificate_free linking waiting_days recovery_reported_at"
        " close_reason filled_until",
        "person_id:person",
    ),
    _sickness(
        "sickness_progress",
        "case_id from_date percent therapeutic_percent source authorised reported_at",
        "case_id:sickness_case",
        once=("case_id", "from_date"),
    ),
    _sickness(
        "sickness_displaced",
        "case_id person_id date entries",
        "case_id:sickness_case person_id:person",
        once=("case_id", "date"),
    ),
    _sickness(
        "sickness_step",
        "case_id step number done_on needed",
        "case_id:sickness_case",
        once=("case_id", "step", "number"),
    ),
    _sickness("sickness_certificate", "case_id from_date until_date received_on", "case_id:sickness_case"),
    _sickness(
        "sickness_contact",
        "case_id kind channel recipient language state actor at",
        "case_id:sickness_case",
    ),
    _sickness(
        "sickness_document",
        "case_id folder origin name media_type bytes sha256 actor at",
        "case_id:sickness_case",
    ),
    _sickness("sickness_note", "case_id written_on author body", "case_id:sickness_case"),
    _sickness(
        "benefit_specification",
        "month received_on policy_number insurer policy lines cents currency document_id",
        "document_id:sickness_document",
    ),
    _sickness("access_log", "actor at what entity row_id detail"),
)

_ALL = (
    _entity(DAY, ENTRIES),
    _entity(
        "employer",
        "name country language enterprise_number nsso_number policy_number joint_committees zw_self_insured"
        " leave_year_start occupational_service occupational_email occupational_phone occupational_language"
        " certificate_always clause_ends_contract",
        guard=Area.SETTINGS,
    ),
    _entity(
        "employer_role", "role areas", guard=Area.SETTINGS, once=("role",)
    ),
    _entity(
        "provider_link", "provider client_number contact cutoff_day active needed_dates", guard=Area.SETTINGS
    ),
    _entity("team", "name manager_id", references="manager_id:person"),
    _entity(
        "person",
        "number first_name last_name name_prefix birth_date sex national_number bsn email phone language"
        " team_id archived given_name initials partner_prefix partner_name birth_place birth_country"
        " nationality civil_status work_email children disabled_children other_dependents spouse_has_income"
        " provider_link_id provider_number",
        {"address": "street house_number box postcode city country", "bank": "iban bic"},
        "team_id:team provider_link_id:provider_link",
        areas={
            "national_number": Area.NATIONAL_NUMBERS,
            "bsn": Area.NATIONAL_NUMBERS,
            "bank": Area.BANK,
        },
        once=("number",),
    ),
    _entity(
        "contract",
        "person_id start_date end_date worker_status nature job_title joint_committee hours_per_week"
        " worker_type reference_hours_per_week days_per_week meal_voucher planned_hours termination_reason"
        " dimona_status start_minute end_minute work_place using_employer",
        {"wage": "wage_type wage_cents"},
        "person_id:person",
        areas={"wage": Area.WAGES},
    ),
    _entity("work_schedule", "name", {"weeks": "cycle_start weeks start_times"}),
    _entity(
        "schedule_assignment",
        "person_id schedule_id valid_from",
        references="person_id:person schedule_id:work_schedule",
    ),
    _entity(
        "leave_type",
        "key letter name_nl name_fr name_en category unit carry_over_months negative_allowed sickness"
        " on_holiday active role_needed colour dmfa_code display_order provider_codes self_service"
        " approval_needed certificate_required",
        {"limit": "limit_kind limit_amount"},
    ),
    _entity("holiday", "date name_nl name_fr name_en replaces half team_id", references="team_id:team"),
    _entity(
        "leave_exception",
        "person_id leave_type_id",
        {"limit": "limit_kind limit_amount"},
        "person_id:person leave_type_id:leave_type",
    ),
    _entity(
        "allowance",
        "person_id leave_type_id year label minutes valid_from expires reason days",
        references="person_id:person leave_type_id:leave_type",
    ),
    _entity(
        "pay_component_type",
        "provider_link_id code group_name name_nl name_fr name_en input default_cents for_everyone active"
        " display_order",
        references="provider_link_id:provider_link",
        areas={WHOLE_ROW: Area.PAY_COMPONENTS},
    ),
    _entity(
        "pay_component_person",
        "type_id person_id",
        references="type_id:pay_component_type person_id:person",
        areas={WHOLE_ROW: Area.PAY_COMPONENTS},
        once=("type_id", "person_id"),
        mark=True,
    ),
    _entity(
        "pay_component",
        "person_id type_id note batch_id",
        {"months": "first_month last_month", "amount": "cents unit_amount quantity currency"},
        "person_id:person type_id:pay_component_type",
        areas={WHOLE_ROW: Area.PAY_COMPONENTS},
    ),
    _entity(
        "provider_message",
        "person_id month body state actor at",
        references="person_id:person",
        areas={WHOLE_ROW: Area.MESSAGES},
    ),
    _entity(
        "month_check",
        "person_id month actor at",
        references="person_id:person",
        once=("person_id", "month"),
        mark=True,
    ),
    *_CASES,
)  # fmt: skip

ENTITIES: Mapping[str, Entity] = {entity.name: entity for entity in _ALL}
"""Every kind of row that clients write, ordered so that references point backwards (but for managers)."""

SERVER_ENTITIES = ("conflict", "correction", "month_lock", "transmission", "member", "erasure")
"""Kinds of row that travel in the same feed and only the backend writes."""


def person_of(entity: str, row_id: int, columns: Mapping[str, Value]) -> int | None:
    """The person that a row is about, None where it is about nobody in particular."""
    if entity in (DAY, "person", "month_lock"):
        return row_id
    person_id = columns.get("person_id")
    return person_id if isinstance(person_id, int) else None


def locked_spans(
    entity: str, row_id: int, date: str, before: Mapping[str, Value], after: Mapping[str, Value]
) -> list[Span]:
    """The months of whom a change pays otherwise, so that a lock on any of them keeps it out.

    `before` and `after` are the columns of the row, empty where there is none. Days and pay components are
    paid; where only the end of a component moves, only the months that it gains or loses are.
    """
    if entity == DAY:
        return [(row_id, date[:7], date[:7])]
    if entity != "pay_component":
        return []
    states = [_paid(columns) for columns in (before, after) if columns]
    if len(states) == 2 and _without_end(before) == _without_end(after):
        person_id, ends = states[0][0], sorted(state[2] for state in states)
        return [] if ends[0] == ends[1] else [(person_id, _following(ends[0]), ends[1])]
    return states


def _paid(columns: Mapping[str, Value]) -> Span:
    person_id = columns["person_id"]
    assert isinstance(person_id, int)
    return person_id, str(columns["first_month"]), str(columns["last_month"] or NO_END)


def _without_end(columns: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in columns.items() if name != "last_month"}


def _following(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"
