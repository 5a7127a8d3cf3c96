"""What a line of a record's history says: which field, and the values before and after in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from hrtui.domain.employer_fields import AREAS
from hrtui.domain.leave_type import Limit
from hrtui.domain.money import CENTS, QUANTITY_PLACES, UNIT_PLACES, decimal_sign, plain_number
from hrtui.domain.month import Month
from hrtui.i18n import N_, days, hours, language, t
from hrtui.record_wording import country_names, shown
from hrtui.screens.employer.schedules import week_in_short
from hrtui.screens.history.columns import TABLES, Holds, column_of, field_of
from hrtui.screens.leave.amounts import grant_text
from hrtui.screens.leave.leave_type_fields import codes_words, limit_words
from hrtui.screens.session import Session
from hrtui.screens.sickness import history_columns as sick_history_columns
from hrtui.store.errors import StoreError
from hrtui.store.leave_years import first_month
from hrtui.store.messages import DRAFT, FORWARDED
from hrtui.store.moments import moment_of
from hrtui.store.person_records import person_name
from hrtui.store.record_history import RecordChange, What, link_names
from hrtui.store.roles import KEPT
from hrtui.store.rows import row_now
from hrtui.widgets.form_field import day_shown
from hrtui.widgets.months import month_typed

_WHATS = {What.CREATED: N_("made"), What.DELETED: N_("deleted"), What.CHANGED: ""}
_KINDS = {"edit": "", "undo": N_("undone"), "redo": N_("redone"), "refused": N_("not taken")}
_STATES = {DRAFT: N_("draft"), FORWARDED: N_("forwarded")}
_IN_SHORT: Mapping[str, tuple[str, ...]] = {
    "employer": ("name",),
    "employer_role": ("role", "areas"),
    "form_draft": ("title",),
    "holiday": ("date", "name_{language}"),
    "leave_type": ("key", "name_{language}"),
    "month_check": ("month", "actor"),
    "pay_component": ("type_id", "cents"),
    "pay_component_person": ("person_id", "type_id"),
    "pay_component_type": ("code", "name_{language}"),
    "person": ("number", "last_name", "first_name"),
    "provider_link": ("provider", "client_number"),
    "provider_message": ("body",),
    "schedule_assignment": ("valid_from", "schedule_id"),
    "team": ("name",),
    "work_schedule": ("name", "weeks"),
    **sick_history_columns.IN_SHORT,
}
"""The columns that tell which record it is; `{language}` is that of the interface."""
_LIMITED = frozenset({"leave_type", "leave_exception"})


def moment_short(moment: datetime) -> str:
    """A moment in 14 columns: 21/11/26 20:42."""
    return f"{moment.astimezone():%d/%m/%y %H:%M}"


def _number(places: int) -> Callable[[int], str]:
    return lambda number: plain_number(number, places, decimal_sign(language()))


def _areas(stored: str) -> str:
    areas = json.loads(stored)
    return ", ".join(t(choice.label) for choice in AREAS if choice.value in areas)


def _weeks(stored: str) -> str:
    return " / ".join(week_in_short(week) for week in json.loads(stored))


_PLAIN: Mapping[Holds, Callable[[Any], str]] = {
    Holds.DAY: day_shown,
    Holds.MONTH: lambda month: month_typed(Month.parse(month)),
    Holds.MOMENT: lambda moment: moment_short(moment_of(moment)),
    Holds.FLAG: lambda flag: t("Yes") if flag else t("No"),
    Holds.MINUTES: hours,
    Holds.DAYS: days,
    Holds.CENTS: _number(CENTS),
    Holds.UNIT_AMOUNT: _number(UNIT_PLACES),
    Holds.QUANTITY: _number(QUANTITY_PLACES),
    Holds.CODES: lambda codes: codes_words(json.loads(codes)),
    Holds.AREAS: _areas,
    Holds.WEEKS: _weeks,
    Holds.TIMES: _weeks,
    Holds.STATE: lambda state: t(_STATES[state]),
    Holds.COUNTRY: lambda code: country_names()[code],
    Holds.HIDDEN: lambda _: "…",
}
"""How a value without a field is read that names no other row."""


class HistoryWords:
    """The words for the changes of some rows; made anew for each reading, as links may be renamed."""

    def __init__(self, session: Session, changes: Sequence[RecordChange]) -> None:
        self._session = session
        self._links = link_names(session.store, session.employer.id)
        self._limits = self._limit_kinds(changes)
        self._rights = session.rights
        self._leave_year_start = first_month(session.store, session.employer.id)

    def what(self, change: RecordChange) -> str:
        """The field, or the record, and what happened to it."""
        table, column = change.row[0], change.column
        if column:
            label = t((change.field or field_of(table, column) or column_of(column)).label)
        else:
            label = t(TABLES[table])
        return " ".join(filter(None, (label, t(_WHATS[change.what]), t(_KINDS.get(change.kind, "")))))

    def before(self, change: RecordChange) -> str:
        """The value that was replaced; of a deleted record, what it was."""
        if change.what is What.CHANGED:
            return self._value(change, change.old, 0)
        return self._row(change.row[0], change.old) if change.what is What.DELETED else ""

    def after(self, change: RecordChange) -> str:
        """The value that came; of a new record, what it is."""
        if change.what is What.CHANGED:
            return self._value(change, change.new, 1)
        return self._row(change.row[0], change.new) if change.what is What.CREATED else ""

    def _value(self, change: RecordChange, value: object, side: int) -> str:
        column = change.column
        if self._rights.hides(change.row[0], column):
            return t(KEPT)
        if column == "limit_amount":
            limit = self._limits.get((change.step_id, change.row), (Limit.UNLIMITED, Limit.UNLIMITED))[side]
            return limit_words(limit, value) if isinstance(value, int) else t("empty")
        if value is None or value == "":
            return t("empty")
        field = change.field or field_of(change.row[0], column)
        if field is not None and isinstance(value, str | int):
            return shown(field, value, links=self._links)
        return self._plain(column, value)

    def _plain(self, column: str, value: Any) -> str:
        """A value of a column that no field words."""
        match column_of(column).holds:
            case Holds.LINK:
                return self._links.get(value, "?")
            case Holds.PERSON:
                return self._person(value)
            case Holds.EMPLOYER:
                return self._session.employer.name if value == self._session.employer.id else "?"
            case Holds.TEXT:
                return str(value)
            case other:
                return _PLAIN[other](value) or t("empty")

    def _row(self, table: str, value: object) -> str:
        """A whole record in a few words."""
        row: Mapping[str, Any] = value if isinstance(value, dict) else {}
        if self._rights.hides(table):
            return t(KEPT)
        match table:
            case "leave_exception":
                limit = limit_words(Limit(row["limit_kind"]), row["limit_amount"])
                parts = [self._plain("leave_type_id", row["leave_type_id"]), limit]
                parts.append(self._person(row["person_id"]))
            case "allowance":
                amount = "minutes" if row.get("days") is None else "days"
                parts = [self._cell(table, row, name) for name in ("leave_type_id", "year", amount)]
                parts.append(grant_text(row["reason"] or row["label"], self._leave_year_start))
            case "contract":
                parts = [day_shown(row["start_date"]), "–", day_shown(row.get("end_date"))]
            case _:
                columns = (name.format(language=language()) for name in _IN_SHORT[table])
                parts = [self._cell(table, row, name) for name in columns]
        return " ".join(filter(None, parts))

    def _cell(self, table: str, row: Mapping[str, Any], column: str) -> str:
        value = row.get(column)
        if value is None or value == "" or self._rights.hides(table, column):
            return ""
        field = field_of(table, column)
        return shown(field, value, links=self._links) if field else self._plain(column, value)

    def _person(self, person_id: int) -> str:
        try:
            return person_name(self._session.store, self._session.employer.id, person_id)
        except StoreError:
            return t("?")

    def _limit_kinds(
        self, changes: Sequence[RecordChange]
    ) -> dict[tuple[int, tuple[str, int]], tuple[Limit, Limit]]:
        """In what a row was limited before and after each step, going back from what it is now."""
        found: dict[tuple[int, tuple[str, int]], tuple[Limit, Limit]] = {}
        now: dict[tuple[str, int], Limit] = {}
        for change in changes:
            if change.row[0] not in _LIMITED:
                continue
            if change.row not in now:
                now[change.row] = self._limit_now(change)
            key = (change.step_id, change.row)
            before, after = found.get(key, (now[change.row], now[change.row]))
            if change.column == "limit_kind":
                before = now[change.row] = Limit(str(change.old))
            found[key] = (before, after)
        return found

    def _limit_now(self, newest: RecordChange) -> Limit:
        table, row_id = newest.row
        if (row := row_now(self._session.store, table, row_id)) is not None:
            return Limit(row["limit_kind"])
        return Limit(newest.old["limit_kind"]) if isinstance(newest.old, dict) else Limit.UNLIMITED
