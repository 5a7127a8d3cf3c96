"""What the demo pays beside the wage, what it tells the provider, and whom its clerk has checked."""

from __future__ import annotations

from collections.abc import Iterator

from hrtui.demo.people import table
from hrtui.domain.identity.problem import Value
from hrtui.domain.money import PayValue
from hrtui.domain.month import Month
from hrtui.i18n import N_, t
from hrtui.store.changes import write
from hrtui.store.check_off import check
from hrtui.store.ids import new_id
from hrtui.store.messages import add_message
from hrtui.store.pay_component_types import PayType, pay_types, save_pay_type
from hrtui.store.pay_components import insertion
from hrtui.store.people import person_ids
from hrtui.store.store import Store

_ABOUT_THE_EMPLOYER = N_("Sample: our office is closed on Friday, please call on Monday.")
_ABOUT_SOMEBODY = N_("Sample: the hours of this person change next month.")


def add_pay(store: Store, employer_id: int, month: Month) -> None:
    """Add types, pay of the month before `month` and what goes on from there, messages, a checked month."""
    types = _types(store, employer_id)
    numbers = dict(
        store.con.execute("SELECT id, number FROM person WHERE employer_id = ?", (employer_id,)).fetchall()
    )
    before = month.shift(-1)
    people = person_ids(store, employer_id, before)
    batch_id = new_id()
    changes = [
        insertion(
            employer_id, person_id, types[code], span, value, batch_id=batch_id if code == "3110" else None
        )
        for person_id in people
        for code, span, value in _paid(int(numbers[person_id]), before)
    ]
    write(store, employer_id, t("Pay components"), changes, undoable=False)
    add_message(store, employer_id, before, t(_ABOUT_THE_EMPLOYER))
    for of_month in (before, month):
        for person_id in people[-1:]:
            add_message(store, employer_id, of_month, t(_ABOUT_SOMEBODY), person_id)
    # Last: an amount or a message would take the mark away again.
    check(store, employer_id, [one for one in people if int(numbers[one]) % 8], before)


def _types(store: Store, employer_id: int) -> dict[str, PayType]:
    """The types of the demo by code, made here."""
    for row in table("pay_types.csv"):
        values: dict[str, Value] = {
            **row,
            "default_cents": int(row["default_cents"]) if row["default_cents"] else None,
            "provider_link_id": None,
            "for_everyone": 1,
            "active": 1,
        }
        save_pay_type(store, employer_id, values)
    return {kind.code: kind for kind in pay_types(store, employer_id)}


def _paid(number: int, month: Month) -> Iterator[tuple[str, tuple[Month, Month | None], PayValue]]:
    """What the person with this number is paid: code, first and last month, amount."""
    once, from_now = (month, month), (month, None)
    if number % 9 == 1:
        yield "3110", once, PayValue(10_000 + number % 5 * 2_500)
    if number % 20 == 7:
        yield "3450", once, PayValue.of_units(250_000, 100 * (1 + number % 3))
    if number % 5 == 4:
        yield "5010", once, PayValue.of_units(3_000, 100 * (20 + number % 60))
    if number % 6 == 5:
        yield "5120", from_now, PayValue(5_000)
    if number % 40 == 13:
        yield "6900", (month, month.shift(2)), PayValue(-2_000)
