"""One person's pay components of a month: the list with its total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.month import Month
from hrtui.i18n import N_, t
from hrtui.screens.months import MonthlyTable
from hrtui.screens.pay.form import ChangePay, NewPay
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row
from hrtui.store import pay_components
from hrtui.store.pay_component_types import PayType, pay_types
from hrtui.store.pay_components import PayComponent, components
from hrtui.store.person_records import person_name
from hrtui.store.record_history import Row as StoredRow
from hrtui.widgets.amounts import money, units
from hrtui.widgets.hints import Hint
from hrtui.widgets.months import month_text, span_text


class PersonPayScreen(MonthlyTable):
    """The list of one person."""

    words: ClassVar[dict[str, Hint]] = {
        "table.new": (1, N_("add")),
        "list.choose": (1, N_("change")),
        "table.delete": (2, N_("remove")),
        "table.next": (3, N_("other month")),
        "table.undo": (4, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Code"), 10),
        Column(N_("Pay component")),
        Column(N_("Units"), 18, right=True, least=90),
        Column(N_("Amount"), 13, right=True),
        Column(N_("Paid"), 26, least=70),
    )

    def __init__(self, session: Session, person_id: int, month: Month) -> None:
        super().__init__(session, month)
        self.person_id = person_id
        self.name_of_person = person_name(session.store, session.employer.id, person_id)
        self._listed: dict[int, PayComponent] = {}
        self._kinds: dict[int, PayType] = {}

    def heading(self) -> str:
        """Whose, when, and how much."""
        total = money(sum(one.value.cents for one in self._listed.values()))
        return "  ".join((self.name_of_person, month_text(self.month), t("total {amount}", amount=total)))

    def find(self, text: str) -> Sequence[int]:
        """The components of the month, of the types in which all words occur."""
        store, employer_id = self.session.store, self.session.employer.id
        self._kinds = {kind.id: kind for kind in pay_types(store, employer_id, inactive=True)}
        wanted = {kind.id for kind in pay_types(store, employer_id, text, inactive=True)}
        found = components(store, employer_id, self.person_id, self.month)
        self._listed = {one.id: one for one in found if one.type_id in wanted}
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Type, units, amount, and for how long."""
        return {id_: self._row_of(self._listed[id_]) for id_ in ids}

    def _row_of(self, one: PayComponent) -> Row:
        kind = self._kinds[one.type_id]
        span = span_text(one.first_month, one.last_month) or t("this month")
        return Row((kind.code, kind.name, units(one.value), money(one.value.cents), span))

    def in_words(self) -> str:
        """For how long, the note, and what the amount is the product of."""
        if self.current is None:
            return ""
        one = self._listed[self.current]
        name = self._kinds[one.type_id].name
        span = span_text(one.first_month, one.last_month)
        return "  ".join(filter(None, (name, units(one.value), span, one.note)))

    def nothing(self) -> str:
        """How to begin."""
        if self.edit.text.strip():
            return super().nothing()
        key = self.session.keymap.label("table.new")
        return t("Nothing is paid beside the wage in this month; {key} adds something.", key=key)

    def open_row(self, row_id: int) -> None:
        """Change it."""
        self.app.push_screen(ChangePay(self.session, self._listed[row_id], self.month))

    def action_table_new(self) -> None:
        """Add one."""
        self.app.push_screen(NewPay(self.session, self.person_id, self.month))

    def action_table_delete(self) -> None:
        """Remove the marked ones, or the one under the cursor; undo brings them back."""
        chosen = self.chosen
        if chosen:
            pay_components.delete_components(self.session.store, self.session.employer.id, chosen)
            self.marks.clear()
            self.reload()
            key = self.session.keymap.label("table.undo")
            self.tell(t("Removed, in all its months; {key} brings it back.", key=key))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The component itself."""
        return [("pay_component", row_id)]

    def history_name(self, row_id: int) -> str:
        """The name of its type."""
        return self._kinds[self._listed[row_id].type_id].name
