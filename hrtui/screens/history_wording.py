"""What a line of a record's history says: which field, and the values before and after in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hrtui.domain.employer_fields import EMPLOYER_FIELDS, PROVIDER_FIELDS
from hrtui.domain.leave_type import Limit
from hrtui.domain.money import CENTS, QUANTITY_PLACES, UNIT_PLACES, decimal_sign, plain_number
from hrtui.domain.pay_fields import PAY_TYPE_FIELDS
from hrtui.domain.record_field import Field
from hrtui.domain.type_fields import LEAVE_TYPE_FIELDS
from hrtui.i18n import N_, hours, language, t
from hrtui.record_wording import shown
from hrtui.screens.leave_type_fields import codes_words, limit_words
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.store.person_records import person_name
from hrtui.store.record_history import RecordChange, What, link_names
from hrtui.widgets.form_field import day_shown

_WHATS = {What.CREATED: N_("made"), What.DELETED: N_("deleted"), What.CHANGED: ""}
_KINDS = {"edit": "", "undo": N_("undone"), "redo": N_("redone")}
_TABLES = {
    "person": N_("Person"),
    "contract": N_("Contract"),
    "schedule_assignment": N_("Work schedule"),
    "work_schedule": N_("Work schedule"),
    "team": N_("Team"),
    "leave_type": N_("Leave type"),
    "leave_exception": N_("Own limit"),
    "allowance": N_("Allowance"),
    "holiday": N_("Holiday"),
    "pay_component_type": N_("Pay component type"),
    "pay_component_person": N_("Pay component type"),
    "pay_component": N_("Pay component"),
    "provider_message": N_("Message"),
    "provider_link": N_("Payroll provider"),
    "employer": N_("Employer"),
    "month_check": N_("Check-off"),
}
_FIELDS: Mapping[tuple[str, str], Field] = {
    (field.table, field.name): field
    for field in (*LEAVE_TYPE_FIELDS, *PAY_TYPE_FIELDS, *EMPLOYER_FIELDS, *PROVIDER_FIELDS)
}
_LABELS = {
    "active": N_("In use"),
    "body": N_("Text"),
    "cents": N_("Amount"),
    "cycle_start": N_("First day of the cycle"),
    "date": N_("Date"),
    "display_order": N_("Place in the list"),
    "expires": N_("Lapses on"),
    "first_month": N_("From month"),
    "half": N_("Half day"),
    "label": N_("Name of the grant"),
    "last_month": N_("Until month"),
    "limit_amount": N_("Limit per year"),
    "limit_kind": N_("Limited in"),
    "manager_id": N_("Manager"),
    "minutes": N_("Hours"),
    "name": N_("Name"),
    "name_en": N_("Name in English"),
    "name_fr": N_("Name in French"),
    "name_nl": N_("Name in Dutch"),
    "note": N_("Note"),
    "provider_codes": N_("Provider codes"),
    "quantity": N_("Units"),
    "reason": N_("Reason"),
    "replaces": N_("Instead of"),
    "state": N_("State"),
    "team_id": N_("Only for the team"),
    "unit_amount": N_("Amount per unit"),
    "valid_from": N_("From"),
    "weeks": N_("Hours of the weeks"),
    "year": N_("Year"),
}
_DAYS = frozenset({"date", "replaces", "valid_from", "expires", "cycle_start", "start_date", "end_date"})
_FLAGS = frozenset({"half", "active"})
_LINKS = frozenset({"team_id", "leave_type_id", "type_id", "schedule_id"})
_NUMBERS = {"cents": CENTS, "unit_amount": UNIT_PLACES, "quantity": QUANTITY_PLACES}
_LIMITED = frozenset({"leave_type", "leave_exception"})


def moment_short(moment: datetime) -> str:
    """A moment in 14 columns: 21/11/26 20:42."""
    return f"{moment.astimezone():%d/%m/%y %H:%M}"


class HistoryWords:
    """The words for the changes of some rows; made anew for each reading, as links may be renamed."""

    def __init__(self, session: Session, changes: Sequence[RecordChange]) -> None:
        self._session = session
        self._links = link_names(session.store, session.employer.id)
        self._limits = self._limit_kinds(changes)

    def what(self, change: RecordChange) -> str:
        """The field, or the record, and what happened to it."""
        field = change.field or _FIELDS.get((change.row[0], change.column))
        if not change.column:
            label = t(_TABLES[change.row[0]]) if change.row[0] in _TABLES else change.label
        else:
            label = t(field.label) if field else t(_LABELS.get(change.column, "")) or change.column
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
        if column == "limit_amount":
            limit = self._limits.get((change.step_id, change.row), (Limit.UNLIMITED, Limit.UNLIMITED))[side]
            return limit_words(limit, value) if isinstance(value, int) else t("empty")
        if value is None or value == "":
            return t("empty")
        field = change.field or _FIELDS.get((change.row[0], column))
        if field is not None and isinstance(value, str | int):
            return shown(field, value, links=self._links)
        return self._plain(column, value)

    def _plain(self, column: str, value: object) -> str:
        """A value of a column that no field words."""
        if column in _DAYS:
            return day_shown(str(value))
        if column in _FLAGS:
            return t("Yes") if value else t("No")
        if column == "provider_codes":
            return codes_words(json.loads(str(value))) or t("empty")
        if column in _LINKS and isinstance(value, int):
            return self._links.get(value, t("?"))
        if column in ("manager_id", "person_id") and isinstance(value, int):
            return self._person(value)
        if column == "minutes" and isinstance(value, int):
            return hours(value)
        if column in _NUMBERS and isinstance(value, int):
            return plain_number(value, _NUMBERS[column], decimal_sign(language()))
        return str(value)

    def _row(self, table: str, value: object) -> str:
        """A whole record in a few words."""
        row: Mapping[str, Any] = value if isinstance(value, dict) else {}
        match table:
            case "holiday":
                parts = [day_shown(row["date"]), row.get(f"name_{language()}", "")]
            case "allowance":
                name = self._links.get(row["leave_type_id"], "")
                parts = [name, str(row["year"]), hours(row["minutes"]), row["reason"] or row["label"]]
            case "leave_exception":
                limit = limit_words(Limit(row["limit_kind"]), row["limit_amount"])
                parts = [self._links.get(row["leave_type_id"], ""), limit, self._person(row["person_id"])]
            case "leave_type":
                parts = [row["key"], row.get(f"name_{language()}", "")]
            case "pay_component":
                parts = [self._plain("type_id", row["type_id"]), self._plain("cents", row["cents"])]
            case "contract":
                parts = [day_shown(row["start_date"]), "–", day_shown(row.get("end_date"))]
            case "schedule_assignment":
                parts = [day_shown(row["valid_from"]), self._links.get(row["schedule_id"], "")]
            case "pay_component_type":
                parts = [row["code"], row.get(f"name_{language()}", "")]
            case _:
                parts = [str(row.get("name") or row.get("body") or "")]
        return " ".join(filter(None, parts))

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
        row = self._session.store.con.execute(
            f"SELECT limit_kind FROM {table} WHERE id = ?", (row_id,)
        ).fetchone()
        if row is not None:
            return Limit(row[0])
        return Limit(newest.old["limit_kind"]) if isinstance(newest.old, dict) else Limit.UNLIMITED
