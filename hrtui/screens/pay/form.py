"""The forms of one person's pay component: adding one, and changing or ending one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hrtui.domain.identity.problem import Value
from hrtui.domain.money import (
    QUANTITY_PLACES,
    UNIT_PLACES,
    MoneyProblem,
    PayValue,
    decimal_sign,
    parse_number,
)
from hrtui.domain.month import Month
from hrtui.domain.pay_fields import PayInput
from hrtui.i18n import N_, language, t
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.months import month_field
from hrtui.screens.pay.people import span_fields, span_of, span_values
from hrtui.screens.session import Session
from hrtui.store import pay_components
from hrtui.store.field_wording import money_sentence
from hrtui.store.pay_component_types import pay_type, pay_types
from hrtui.store.pay_components import PayComponent, component
from hrtui.store.person_records import person_name
from hrtui.widgets.amounts import short_number
from hrtui.widgets.form_field import (
    Choice,
    FormField,
    Reading,
    Values,
    amount_field,
    choice_field,
    fixed_field,
    text_field,
    whole_of,
)
from hrtui.widgets.months import month_text, month_typed, span_text

_ALL, _FROM = "all", "from"


class PayForm(FlowScreen):
    """What adding and changing share: the amount, or amount per unit and number, and a note."""

    def has_units(self, values: Values) -> bool:
        """Whether the type in the form is entered per unit."""
        raise NotImplementedError

    def amount_fields(self) -> Sequence[FormField]:
        """The amount in one of its two forms."""

        def once(values: Values) -> bool:
            return not self.has_units(values)

        return (
            amount_field(
                "cents",
                N_("Amount"),
                required=True,
                when=once,
                hint=N_("As in 500 or 1234.50; a minus takes something off"),
            ),
            _number_field("unit_amount", N_("Per unit"), UNIT_PLACES, when=self.has_units),
            _number_field("quantity", N_("Units"), QUANTITY_PLACES, when=self.has_units),
        )

    def value_of(self, values: Values) -> PayValue:
        """The amount that was filled in."""
        if self.has_units(values):
            return PayValue.of_units(_whole(values["unit_amount"]), _whole(values["quantity"]))
        return PayValue(_whole(values["cents"]))


class NewPay(PayForm):
    """Something to pay a person beside the wage."""

    def __init__(self, session: Session, person_id: int, month: Month) -> None:
        super().__init__(session)
        self.person_id = person_id
        self.month = month
        self._person_name = person_name(session.store, session.employer.id, person_id)
        store, employer_id = session.store, session.employer.id
        self._kinds = {kind.id: kind for kind in pay_types(store, employer_id, person_id=person_id)}

    def heading(self) -> str:
        """For whom, and when."""
        return f"{t('Pay component')}  {self._person_name}  {month_text(self.month)}"

    def has_units(self, values: Values) -> bool:
        """Whether the chosen type is entered per unit."""
        kind = self._kinds.get(_whole(values["type_id"]))
        return kind is not None and kind.input is PayInput.UNITS

    def fields(self) -> Sequence[FormField]:
        """Type, amount, how long, note."""
        return (
            choice_field("type_id", N_("Type"), self._choices, required=True, hint=self._no_types()),
            *self.amount_fields(),
            *span_fields(self.session),
            text_field("note", N_("Note"), longest=pay_components.MAX_NOTE),
        )

    def _choices(self) -> Sequence[Choice]:
        return [Choice(kind.id, f"{kind.code} {kind.name}", kind.code) for kind in self._kinds.values()]

    def _no_types(self) -> str:
        """Where the types are made; shown while there is nothing to choose."""
        label = self.session.keymap.label
        keys = f"{label('app.screens')} {label('screens.components')}"
        return t("There is no pay component to choose yet: {keys} makes one.", keys=keys)

    def values(self) -> Values:
        """Once, in the month that is shown."""
        return span_values(self.month, self.month)

    def accepted(self, name: str) -> None:
        """A type brings its usual amount."""
        kind = self._kinds.get(_whole(self.form.values["type_id"])) if name == "type_id" else None
        if kind is not None and kind.default_cents:
            self.form.fill("cents", kind.default_cents)
            self.form.fill("unit_amount", kind.default_cents * 100)

    def submit(self, values: dict[str, Value]) -> None:
        """Store it."""
        month, last, endless = span_of(values)
        pay_components.add_component(
            self.session.store,
            self.session.employer.id,
            self.person_id,
            _whole(values["type_id"]),
            month,
            self.value_of(values),
            last_month=last,
            endless=endless,
            note=str(values["note"]),
        )
        self.close()


class ChangePay(PayForm):
    """The amount, the note and the end of something that is paid already."""

    def __init__(self, session: Session, before: PayComponent, month: Month) -> None:
        super().__init__(session)
        self.before = before
        self.month = month
        self._kind = pay_type(session.store, session.employer.id, before.type_id)
        self._person_name = person_name(session.store, session.employer.id, before.person_id)

    def heading(self) -> str:
        """What, of whom."""
        return f"{self._kind.name}  {self._person_name}  {month_text(self.month)}"

    def has_units(self, values: Values) -> bool:
        """Whether it is entered per unit."""
        return self._kind.input is PayInput.UNITS

    def fields(self) -> Sequence[FormField]:
        """Amount and note; of something that goes on also from when the amount holds, and until when."""
        return (
            fixed_field("from", N_("Paid"), show=lambda value: str(value or "")),
            *self.amount_fields(),
            choice_field("which", N_("Amount holds"), self._which, required=True, when=self._goes_on),
            *_end_fields(self.session, self._goes_on),
            text_field("note", N_("Note"), longest=pay_components.MAX_NOTE),
        )

    def _goes_on(self, values: Values) -> bool:
        return self.before.recurring

    def _which(self) -> Sequence[Choice]:
        return (
            Choice(_FROM, t("from {month} on", month=month_typed(self.month))),
            Choice(_ALL, t("in all its months")),
        )

    def values(self) -> Values:
        """As stored."""
        one, value = self.before, self.before.value
        return {
            "from": span_text(one.first_month, one.last_month) or month_text(one.first_month),
            "cents": value.cents,
            "unit_amount": value.unit_amount,
            "quantity": value.quantity,
            "which": _FROM,
            "until": str(one.last_month) if one.last_month else None,
            "note": one.note,
        }

    def submit(self, values: dict[str, Value]) -> None:
        """Store what is different."""
        store, employer_id, one = self.session.store, self.session.employer.id, self.before
        value, note = self.value_of(values), str(values["note"])
        if value != one.value and one.recurring and values["which"] == _FROM:
            one = component(
                store, employer_id, pay_components.change_from(store, employer_id, one, self.month, value)
            )
        if value != one.value or note != one.note:
            pay_components.change_component(store, employer_id, one, value, note)
            one = component(store, employer_id, one.id)
        until = Month.parse(str(values["until"])) if values["until"] else None
        if one.recurring and until != one.last_month:
            pay_components.end_component(store, employer_id, one, until)
        self.close()


def _end_fields(session: Session, when: Callable[[Values], bool]) -> Sequence[FormField]:
    hint = N_("As in 12/2026; empty: without end")
    return (month_field("until", N_("Last month"), session.today, hint=hint, when=when),)


def _number_field(name: str, label: str, places: int, **more: Any) -> FormField:
    """A number with so many decimals, as an integer of its last place."""

    def read(text: str, values: Values) -> Reading:
        number = parse_number(text, places, decimal_sign(language()))
        if isinstance(number, MoneyProblem):
            return Reading(problem=money_sentence(number, text, places))
        return Reading(number)

    def show(value: Value) -> str:
        return short_number(value, places) if isinstance(value, int) else ""

    return FormField(name, label, required=True, empty=None, read=read, show=show, **more)


def _whole(value: Value) -> int:
    return whole_of(value) or 0
