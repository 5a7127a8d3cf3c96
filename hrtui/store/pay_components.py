"""Pay beside the wage: of one person in a month, every month for a while, and the totals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hrtui.domain.identity.problem import Problem
from hrtui.domain.identity.texts import clean
from hrtui.domain.money import MAX_CENTS, PayValue
from hrtui.domain.month import Month
from hrtui.domain.pay_fields import PayInput
from hrtui.domain.sync.content import NO_END
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import RowChange, Values
from hrtui.store.errors import Gone, StoreError
from hrtui.store.lock_state import CLOSED
from hrtui.store.moments import moment
from hrtui.store.month_words import in_words
from hrtui.store.pay_component_types import PayType, pay_type, people_of
from hrtui.store.store import Store

MAX_NOTE = 100
CURRENCY = "EUR"
_COLUMNS = (
    "id, person_id, type_id, first_month, last_month, cents, unit_amount, quantity, currency, note, batch_id"
)
_OF_C = ", ".join(f"c.{name}" for name in _COLUMNS.split(", "))
_IN_MONTH = "first_month <= ? AND (last_month IS NULL OR last_month >= ?)"


@dataclass(frozen=True, slots=True)
class PayComponent:
    """Pay from `first_month` to `last_month` (the same for a single month, None: without end)."""

    id: int
    person_id: int
    type_id: int
    first_month: Month
    last_month: Month | None
    value: PayValue
    currency: str
    note: str
    batch_id: int | None

    @property
    def recurring(self) -> bool:
        """Whether it is paid in more than one month."""
        return self.last_month != self.first_month


def components(store: Store, employer_id: int, person_id: int, month: Month) -> list[PayComponent]:
    """What a person is paid beside the wage in a month, in the order of the types."""
    found = store.con.execute(
        f"SELECT {_OF_C} FROM pay_component c"
        " JOIN pay_component_type y ON y.id = c.type_id"
        f" WHERE c.employer_id = ? AND c.person_id = ? AND {_IN_MONTH}"
        " ORDER BY y.display_order, c.first_month, c.cents, c.id",
        (employer_id, person_id, str(month), str(month)),
    )
    return [_component(row) for row in found]


def of_type(store: Store, employer_id: int, type_id: int, month: Month) -> dict[int, int]:
    """Cents of one type in a month by person."""
    found = store.con.execute(
        f"SELECT person_id, sum(cents) FROM pay_component WHERE employer_id = ? AND type_id = ?"
        f" AND {_IN_MONTH} GROUP BY person_id",
        (employer_id, type_id, str(month), str(month)),
    )
    return dict(found.fetchall())


def batch_of(store: Store, employer_id: int, batch_id: int) -> list[PayComponent]:
    """The components that were entered together, as they are now, in the order of the people's names."""
    found = store.con.execute(
        f"SELECT {_OF_C} FROM pay_component c JOIN person p ON p.id = c.person_id"
        " WHERE c.employer_id = ? AND c.batch_id = ? ORDER BY p.sort_name, p.id, c.id",
        (employer_id, batch_id),
    )
    return [_component(row) for row in found]


def component(store: Store, employer_id: int, component_id: int) -> PayComponent:
    """One pay component of the employer; raises StoreError where there is none."""
    found = store.con.execute(
        f"SELECT {_COLUMNS} FROM pay_component WHERE employer_id = ? AND id = ?", (employer_id, component_id)
    ).fetchone()
    if found is None:
        raise Gone
    return _component(found)


def add_component(
    store: Store,
    employer_id: int,
    person_id: int,
    type_id: int,
    month: Month,
    value: PayValue,
    *,
    last_month: Month | None = None,
    endless: bool = False,
    note: str = "",
) -> int:
    """Enter pay in `month`, or every month until `last_month` or (`endless`) until it is ended.

    Returns its id. Raises StoreError for an amount of 0, a type the person may not have, an impossible span,
    a locked month.
    """
    kind = pay_type(store, employer_id, type_id)
    rows.check_people(store, employer_id, [person_id])
    if problem := refusal(kind, value) or may_not_have(store, employer_id, kind, person_id):
        raise StoreError(problem)
    last = None if endless else last_month or month
    _check_span(month, last)
    _refuse_locked(store, person_id, [(month, last)])
    change = insertion(employer_id, person_id, kind, (month, last), value, _checked_note(note))
    label = t("{name} {month}", name=kind.name, month=in_words(month))
    rows.carry_out(store, employer_id, label, [change])
    return change.id


def change_component(
    store: Store, employer_id: int, before: PayComponent, value: PayValue, note: str | None = None
) -> None:
    """Give a component another value in all its months; see `change_from` for one that goes on.

    Raises StoreError where one of the months is locked, StaleError.
    """
    kind = pay_type(store, employer_id, before.type_id)
    component(store, employer_id, before.id)
    if problem := refusal(kind, value):
        raise StoreError(problem)
    _refuse_locked(store, before.person_id, [(before.first_month, before.last_month)])
    text = before.note if note is None else _checked_note(note)
    old, new = _value_columns(before.value, before.note), _value_columns(value, text)
    changes = rows.update("pay_component", before.id, old, new)
    label = t("{name} {month} changed", name=kind.name, month=in_words(before.first_month))
    rows.carry_out(store, employer_id, label, changes)


def change_from(store: Store, employer_id: int, before: PayComponent, month: Month, value: PayValue) -> int:
    """Give a recurring component another value from `month` on, the months before as they were.

    Returns the id of the component of the later months. Raises StoreError.
    """
    if month <= before.first_month:
        change_component(store, employer_id, before, value)
        return before.id
    kind = pay_type(store, employer_id, before.type_id)
    component(store, employer_id, before.id)
    if problem := refusal(kind, value):
        raise StoreError(problem)
    _check_span(month, before.last_month)
    _refuse_locked(store, before.person_id, [(month, before.last_month)])
    span = (month, before.last_month)
    added = insertion(employer_id, before.person_id, kind, span, value, before.note, before.batch_id)
    changes = [_ending(before, month.shift(-1)), added]
    label = t("{name} from {month}", name=kind.name, month=in_words(month))
    rows.carry_out(store, employer_id, label, changes)
    return added.id


def end_component(store: Store, employer_id: int, before: PayComponent, last_month: Month | None) -> None:
    """Let a component be paid until `last_month`, or (None) go on without end; raises StoreError."""
    kind = pay_type(store, employer_id, before.type_id)
    component(store, employer_id, before.id)
    _check_span(before.first_month, last_month)
    if last_month == before.last_month:
        return
    ends = [month for month in (before.last_month, last_month) if month is not None]
    _refuse_locked(store, before.person_id, [(min(ends).shift(1), max(ends) if len(ends) == 2 else None)])
    label = t("{name} until {month}", name=kind.name, month=in_words(last_month) if last_month else "…")
    rows.carry_out(store, employer_id, label, [_ending(before, last_month)])


def delete_components(store: Store, employer_id: int, component_ids: Sequence[int]) -> None:
    """Take components away, as one step; raises StoreError where one of their months is locked."""
    changes = []
    label = ""
    for id_ in component_ids:
        gone = component(store, employer_id, id_)
        _refuse_locked(store, gone.person_id, [(gone.first_month, gone.last_month)])
        changes.append(rows.removal(store, employer_id, "pay_component", id_))
        name = pay_type(store, employer_id, gone.type_id).name
        label = label or t("{name} {month} removed", name=name, month=in_words(gone.first_month))
    rows.carry_out(store, employer_id, label, changes)


def refusal(kind: PayType, value: PayValue) -> str:
    """Why a value cannot be entered with a type, as a sentence; empty where it can."""
    if not kind.active:
        return t("{name} is no longer in use.", name=kind.name)
    if (value.quantity is None) != (kind.input is PayInput.TOTAL):
        return (
            t("{name} is entered as an amount per unit and a number.", name=kind.name)
            if (kind.input is PayInput.UNITS)
            else t("{name} is entered as one amount.", name=kind.name)
        )
    if value.cents == 0:
        return t("An amount of 0 is not paid: leave it out.")
    return t("This amount is too large: at most 9 999 999 is taken.") if abs(value.cents) > MAX_CENTS else ""


def may_not_have(store: Store, employer_id: int, kind: PayType, person_id: int) -> str:
    """Why a person may not have a type, as a sentence; empty where they may."""
    if kind.for_everyone or person_id in people_of(store, employer_id, kind.id):
        return ""
    return t("{name} is not meant for this person.", name=kind.name)


def locked_people(
    store: Store, person_ids: Collection[int], first: Month, last: Month | None
) -> frozenset[int]:
    """Those of the people who have a locked month from `first` to `last` (None: at any time after)."""
    found = store.con.execute(
        f"SELECT DISTINCT k.person_id FROM month_lock k WHERE k.month >= ? AND k.month <= ? AND {CLOSED}",
        (str(first), str(last) if last else NO_END, moment()),
    )
    return frozenset(person_id for (person_id,) in found if person_id in person_ids)


def insertion(
    employer_id: int,
    person_id: int,
    kind: PayType,
    span: tuple[Month, Month | None],
    value: PayValue,
    note: str = "",
    batch_id: int | None = None,
) -> RowChange:
    """The change that adds a component from the first to the last month of `span`."""
    first, last = span
    return rows.insertion(
        "pay_component",
        {
            "employer_id": employer_id,
            "person_id": person_id,
            "type_id": kind.id,
            "first_month": str(first),
            "last_month": str(last) if last else None,
            **_value_columns(value, note),
            "currency": CURRENCY,
            "batch_id": batch_id,
        },
    )


def value_change(before: PayComponent, value: PayValue) -> list[RowChange]:
    """The change of a component's value; empty where it is the same."""
    old, new = _value_columns(before.value, before.note), _value_columns(value, before.note)
    return rows.update("pay_component", before.id, old, new)


def _component(row: tuple[object, ...]) -> PayComponent:
    id_, person_id, type_id, first, last, cents, unit_amount, quantity, currency, note, batch_id = row

    def number(value: object) -> int | None:
        return None if value is None else int(str(value))

    return PayComponent(
        int(str(id_)),
        int(str(person_id)),
        int(str(type_id)),
        Month.parse(str(first)),
        Month.parse(str(last)) if last else None,
        PayValue(int(str(cents)), number(unit_amount), number(quantity)),
        str(currency),
        str(note),
        number(batch_id),
    )


def _value_columns(value: PayValue, note: str) -> Values:
    return {
        "cents": value.cents,
        "unit_amount": value.unit_amount,
        "quantity": value.quantity,
        "note": note,
    }


def _ending(before: PayComponent, last: Month | None) -> RowChange:
    old = {"last_month": str(before.last_month) if before.last_month else None}
    return RowChange("pay_component", before.id, old, {"last_month": str(last) if last else None})


def _check_span(first: Month, last: Month | None) -> None:
    if last is not None and last < first:
        raise StoreError(t("The last month lies before the first."))


def _refuse_locked(store: Store, person_id: int, spans: list[tuple[Month, Month | None]]) -> None:
    if any(locked_people(store, {person_id}, first, last) for first, last in spans):
        raise StoreError(t("A month of this is locked for this person: unlock it first."))


def _checked_note(note: str) -> str:
    plain = clean(note)
    if isinstance(plain, Problem) or len(plain) > MAX_NOTE:
        raise StoreError(t("The note is plain text of at most {n} characters.", n=MAX_NOTE))
    return plain
