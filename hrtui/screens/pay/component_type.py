"""A type of pay component: making one, changing it field by field, and who may have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hrtui.domain.identity.problem import Value
from hrtui.domain.pay_fields import PAY_TYPE_FIELDS, PayInput
from hrtui.i18n import N_, language, t
from hrtui.screens.choose_people import ChoosePeople
from hrtui.screens.form_base import FlowScreen, RecordScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.store.pay_component_types import PayType, pay_type, people_of, save_pay_type, set_people
from hrtui.store.record_history import Row
from hrtui.widgets.form_field import FormField, Values, amount_shown

_HINTS = {
    "code": N_("The provider's own code, as in 070 or 3110"),
    "group_name": N_("As in bonus or expenses; only for finding it"),
    "default_cents": N_("Filled in for everybody at first; may stay empty"),
    "for_everyone": N_("No: choose who may have it, with {key}"),
}


def _fields(session: Session) -> list[FormField]:
    """The fields of a type; amounts as the clerk's language writes them, the own language's name first."""
    key = session.keymap.label("form.more")
    made = []
    for field in PAY_TYPE_FIELDS:
        one = form_field(session, field)
        hint = t(_HINTS[field.name], key=key) if field.name == "for_everyone" else _HINTS.get(field.name, "")
        one = replace(one, section="", hint=hint or one.hint)
        made.append(replace(one, show=amount_shown) if field.name == "default_cents" else one)
    own = f"name_{language()}"
    names = sorted((one for one in made if one.name.startswith("name_")), key=lambda one: one.name != own)
    names = [replace(names[0], required=True), *names[1:]]
    rest = [one for one in made if not one.name.startswith("name_")]
    return [rest[0], *names, *rest[1:]]


class NewPayType(FlowScreen):
    """A new type; `made` gets its id once the form has closed."""

    only_writes = True

    def __init__(self, session: Session, made: Callable[[int], None]) -> None:
        super().__init__(session)
        self._made = made

    def heading(self) -> str:
        """The top line."""
        return t("New pay component")

    def fields(self) -> Sequence[FormField]:
        """All fields of a type."""
        return _fields(self.session)

    def values(self) -> Values:
        """One amount, for everyone, in use."""
        return {"input": PayInput.TOTAL.value, "for_everyone": 1, "active": 1}

    def submit(self, values: dict[str, Value]) -> None:
        """Save it."""
        made = save_pay_type(self.session.store, self.session.employer.id, values)
        self.close()
        self._made(made)


class PayTypeScreen(RecordScreen):
    """A type, each field saved when it is left."""

    def __init__(self, session: Session, type_id: int) -> None:
        super().__init__(session)
        self.type_id = type_id
        self.kind = self._read()

    def _read(self) -> PayType:
        return pay_type(self.session.store, self.session.employer.id, self.type_id)

    def heading(self) -> str:
        """Which type."""
        return f"{t('Pay component')}  {self.kind.code} {self.kind.name}"

    def fields(self) -> Sequence[FormField]:
        """All fields of a type."""
        return [replace(one, required=one.name == "code") for one in _fields(self.session)]

    def values(self) -> Values:
        """As stored."""
        self.kind = self._read()
        return self.kind.values

    def save_field(self, name: str, value: Value) -> str:
        """Store one field."""
        values = {**self.kind.values, name: value}
        save_pay_type(self.session.store, self.session.employer.id, values, self.kind)
        self.kind = self._read()
        return ""

    def action_form_more(self) -> None:
        """Who may have it, and its history."""
        self.form.settle()
        items = [
            Item(t("Who may have it"), t("Where it is not for everyone"), self._people),
            Item(t("History"), t("Who changed what, and when"), self.action_form_history),
        ]
        self.app.push_screen(MenuScreen(self.session, self.heading(), items))

    def history_rows(self) -> Sequence[Row]:
        """The type itself."""
        return [("pay_component_type", self.type_id)]

    def history_name(self) -> str:
        """The name of the type."""
        return self.kind.name

    def _people(self) -> None:
        store, employer_id = self.session.store, self.session.employer.id

        def take(ids: list[int]) -> None:
            set_people(store, employer_id, self.type_id, ids)
            if self.kind.for_everyone:
                self.kind = self._read()
                self.save_field("for_everyone", 0)
                self.form.take_values(self.values())
            self.draw()

        title = t("{name}: who may have it", name=self.kind.name)
        now = people_of(store, employer_id, self.type_id)
        self.app.push_screen(ChoosePeople(self.session, title, now, take))
