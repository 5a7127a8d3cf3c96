"""The pay components of a month by type: amounts for many people, saved batches, and the types themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.month import Month
from hrtui.domain.pay_fields import PayInput
from hrtui.domain.roles import Area
from hrtui.i18n import N_, t, tn
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.months import MonthlyTable, grid_of
from hrtui.screens.pay.component_type import NewPayType, PayTypeScreen
from hrtui.screens.pay.people import open_batch, open_sheet
from hrtui.screens.record_fields import link_name
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row
from hrtui.store.pay_batches import Batch, TypeMonth, batches, month_by_type
from hrtui.store.pay_component_types import PayType, pay_types
from hrtui.store.record_history import Row as StoredRow
from hrtui.widgets.amounts import money
from hrtui.widgets.hints import Hint
from hrtui.widgets.months import month_text, span_text
from hrtui.wording import told_of


class ComponentsScreen(MonthlyTable):
    """The types with what is entered in the month; Enter opens the amounts of one for many people."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("amounts")),
        "table.next": (3, N_("other month")),
        "table.new": (2, N_("new type")),
        "table.edit": (2, N_("change the type")),
        "table.inactive": (4, N_("unused too")),
        "app.help": (5, N_("help")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Code"), 10),
        Column(N_("Pay component")),
        Column(N_("Group"), 12),
        Column(N_("Provider"), 16, least=100),
        Column(N_("People"), 9, right=True),
        Column(N_("This month"), 13, right=True),
        Column(N_("Last month"), 13, right=True, least=100),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, Month.of(session.today))
        self._kinds: dict[int, PayType] = {}
        self._now: dict[int, TypeMonth] = {}
        self._before: dict[int, TypeMonth] = {}

    def on_mount(self) -> None:
        """Begin with the month that the grid shows."""
        if grid := grid_of(self.app):
            self.month = grid.month
        super().on_mount()

    def heading(self) -> str:
        """The month, and what is paid in it."""
        total = money(sum(one.cents for one in self._now.values()))
        parts = [t("Pay components"), month_text(self.month), t("total {amount}", amount=total)]
        grid = grid_of(self.app)
        if grid and grid.marks:
            parts.append(tn("{n} marked person", "{n} marked people", len(grid.marks)))
        return "  ".join(parts)

    def nothing(self) -> str:
        """How to begin."""
        if hidden := self.session.rights.why_hidden(Area.PAY_COMPONENTS):
            return hidden
        if self.edit.text.strip():
            return super().nothing()
        key = self.session.keymap.label("table.new")
        return t("There is no type yet; {key} makes one, such as a bonus.", key=key)

    def find(self, text: str) -> Sequence[int]:
        """The types in which all words occur."""
        store, employer_id = self.session.store, self.session.employer.id
        if self.session.rights.why_hidden(Area.PAY_COMPONENTS):
            return []
        found = pay_types(store, employer_id, text, inactive=self.with_inactive)
        self._kinds = {kind.id: kind for kind in found}
        self._now = month_by_type(store, employer_id, self.month)
        self._before = month_by_type(store, employer_id, self.month.shift(-1))
        return list(self._kinds)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Code, name, group, provider, and the month's people and amounts."""
        return {id_: self._row_of(self._kinds[id_]) for id_ in ids}

    def _row_of(self, kind: PayType) -> Row:
        now, before = self._now.get(kind.id, TypeMonth()), self._before.get(kind.id, TypeMonth())
        texts = (
            kind.code,
            kind.name,
            kind.group,
            link_name(self.session, "provider_link", kind.provider_link_id),
            str(now.people) if now.people else "",
            money(now.cents) if now.people else "",
            money(before.cents) if before.people else "",
        )
        return Row(texts, dim=not kind.active)

    def in_words(self) -> str:
        """How it is entered, whom it is for, and the difference to the month before."""
        if self.current is None:
            return ""
        kind = self._kinds[self.current]
        now, before = self._now.get(kind.id, TypeMonth()), self._before.get(kind.id, TypeMonth())
        facts = [t("amount per unit × number") if kind.input is PayInput.UNITS else t("one amount")]
        if not kind.for_everyone:
            facts.append(tn("for {n} person", "for {n} people", kind.people))
        if not kind.active:
            facts.append(t("not in use"))
        if now.cents != before.cents:
            difference = money(now.cents - before.cents, sign=True)
            facts.append(t("{amount} against last month", amount=difference))
        return told_of(kind.name, ", ".join(facts))

    def open_row(self, row_id: int) -> None:
        """Type amounts; where some were saved together already, ask first whether to adjust those."""
        kind = self._kinds[row_id]
        saved = batches(self.session.store, self.session.employer.id, self.month, row_id)
        if not saved:
            self._new_sheet(kind)
            return
        items = [Item(t("New amounts"), month_text(self.month), lambda: self._new_sheet(kind))]
        items += [self._batch_item(batch) for batch in saved]
        self.app.push_screen(MenuScreen(self.session, f"{kind.name}  {month_text(self.month)}", items))

    def _batch_item(self, batch: Batch) -> Item:
        people = tn("{n} person", "{n} people", batch.people)
        label = t("Adjust {total} of {people}", total=money(batch.cents), people=people)
        span = span_text(batch.first_month, batch.last_month)
        actor = t("entered by {actor}", actor=batch.actor)
        return Item(label, ", ".join(filter(None, (actor, span))), lambda: self._adjust(batch))

    def _new_sheet(self, kind: PayType) -> None:
        self.app.push_screen(open_sheet(self.session, grid_of(self.app), kind, self.month))

    def _adjust(self, batch: Batch) -> None:
        self.app.push_screen(open_batch(self.session, batch.id))

    def action_table_new(self) -> None:
        """Make a type."""
        if hidden := self.session.rights.why_hidden(Area.PAY_COMPONENTS):
            self.say(hidden)
        else:
            self.app.push_screen(NewPayType(self.session, lambda type_id: self.reload(keep=type_id)))

    def action_table_edit(self) -> None:
        """Change the type under the cursor."""
        if self.current is not None:
            self.app.push_screen(PayTypeScreen(self.session, self.current))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The type itself."""
        return [("pay_component_type", row_id)]

    def history_name(self, row_id: int) -> str:
        """The name of the type."""
        return self._kinds[row_id].name
