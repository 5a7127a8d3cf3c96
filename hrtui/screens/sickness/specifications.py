"""Benefit specifications of the employer: newest first, two pages each, read from a file or typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.domain.month import Month
from hrtui.domain.sickness.benefit import Specification
from hrtui.i18n import N_, month_and_year, t, tn
from hrtui.imports.tables import TableError
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.months import month_field
from hrtui.screens.scrolling import ScrollScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import SickTable, day_long, desk_of
from hrtui.screens.sickness.lines import Entry, fact, title
from hrtui.screens.sickness.picker import PickerScreen
from hrtui.screens.sickness.saving import ask_folder
from hrtui.screens.table import Column, Row
from hrtui.store.sickness.documents import save_document
from hrtui.store.sickness.specifications import (
    StoredSpecification,
    add_specification,
    months_to_come,
    remove_specification,
    specifications,
)
from hrtui.widgets.amounts import money
from hrtui.widgets.form_field import FormField, Values, amount_field, date_field, text_field
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, cut, fitted
from hrtui.widgets.months import month_text


class SpecificationsScreen(SickTable):
    """The specifications; Enter shows one, Ctrl+N takes over a file."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open")),
        "table.new": (1, N_("take over a file")),
        "table.save": (3, N_("save again")),
        "table.more": (3, N_("more")),
        "table.undo": (4, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Month"), 14),
        Column(N_("Insurer")),
        Column(N_("Policy number"), 14, least=90),
        Column(N_("Received"), 12),
        Column(N_("Amount"), 12, right=True),
        Column(N_("Paid by"), 16),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listed: dict[int, StoredSpecification] = {}
        self._missing: list[Month] = []

    def heading(self) -> str:
        """Whose."""
        return f"{t('Benefit specifications')}  {self.session.employer.name}"

    def nothing(self) -> str:
        """None came yet."""
        if self.edit.text.strip():
            return super().nothing()
        return t("None yet: {key} takes over a PDF or CSV.", key=self.session.keymap.label("table.new"))

    def find(self, text: str) -> Sequence[int]:
        """Those with the words in month, insurer or policy."""
        self._missing = months_to_come(self.desk)
        fits = finder(text)
        self._listed = {
            one.id: one for one in specifications(self.desk) if fits(_searched(one.specification))
        }
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Month, insurer, policy, received, amount, when it is paid."""
        return {id_: _row(self._listed[id_]) for id_ in ids}

    def in_words(self) -> str:
        """The months with absence of which none came."""
        if not self._missing:
            return ""
        return t(
            "Still to come: {months}",
            months=", ".join(month_and_year(one.year, one.number) for one in self._missing[:6]),
        )

    def open_row(self, row_id: int) -> None:
        """Its two pages."""
        self.app.push_screen(SpecificationScreen(self.session, self._listed[row_id]))

    def action_table_new(self) -> None:
        """Choose the file that the insurer sent."""
        name = t("Benefit specification (PDF, CSV or XLSX)")
        self.app.push_screen(PickerScreen(self.session, name, self._picked, several=False))

    def _picked(self, paths: list[Path]) -> None:
        from hrtui.imports.specifications import read_specification

        try:
            found = read_specification(paths[0])
        except TableError as problem:
            self.say(problem.text)
            return
        form = SpecificationForm(self.session, found.specification, found.doubts, paths[0], self._kept)
        self.app.push_screen(form)

    def _kept(self, id_: int) -> None:
        self.reload(keep=id_)
        self.tell(t("The specification is kept."))

    def action_table_more(self) -> None:
        """Typing one, removing one."""
        items = [
            Item(t("Type one…"), t("Without a file, also of a month without payment"), self._type),
            Item(t("Save the file again…"), t("As the insurer sent it"), self.action_table_save),
            Item(t("Remove…"), t("Undo brings it back"), self.action_table_delete),
        ]
        self.app.push_screen(MenuScreen(self.session, t("Benefit specifications"), items))

    def _type(self) -> None:
        empty = Specification(Month.of(self.session.today).shift(-1), self.session.today)
        self.app.push_screen(SpecificationForm(self.session, empty, (), None, self._kept))

    def action_table_save(self) -> None:
        """Write the file that came with it."""
        one = self._listed.get(self.current) if self.current is not None else None
        document_id = one.document_id if one else None
        if document_id is None:
            self.say(t("This specification has no file."))
            return
        ask_folder(self, lambda folder: save_document(self.desk, document_id, folder))

    def action_table_delete(self) -> None:
        """Remove the specification; its file stays among those of the employer."""
        chosen = self.current
        if chosen is None:
            return

        def yes() -> None:
            remove_specification(self.desk, chosen)
            self.reload()
            self.tell(t("The specification is removed."))

        self.ask(t("Remove this specification?"), yes)


class SpecificationScreen(ScrollScreen):
    """A specification on two pages: the policy, then the amounts; → and ← turn them."""

    words: ClassVar[dict[str, Hint]] = {
        "table.next": (1, N_("next page")),
        "table.previous": (1, N_("page before")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, stored: StoredSpecification) -> None:
        super().__init__(session)
        self.stored = stored
        self.page = 1

    def heading(self) -> str:
        """Month and page."""
        month = month_text(self.stored.specification.month)
        page = t("page {n} of 2", n=self.page)
        return f"{t('Benefit specification')}  {month}  {page}"

    def in_words(self) -> str:
        """When it is paid."""
        until = self.stored.paid_by
        if until is None:
            return t("Nothing is paid for this month.")
        amount = money(self.stored.specification.cents)
        return t(
            "{amount} is paid by {day}, five working days after receipt.", amount=amount, day=day_long(until)
        )

    def body(self) -> list[Line]:
        """The page at hand."""
        entries = self._policy() if self.page == 1 else self._amounts()
        return [((entry.text, entry.slot),) for entry in entries]

    def _policy(self) -> list[Entry]:
        one = self.stored.specification
        lines = [
            title(t("Policy")),
            fact(t("Insurer"), one.insurer),
            fact(t("Policy number"), one.policy_number),
            fact(t("Month"), month_text(one.month)),
            fact(t("Received"), day_long(one.received_on)),
        ]
        return [*lines, *(fact(name, value) for name, value in one.policy.items())]

    def _amounts(self) -> list[Entry]:
        one = self.stored.specification
        room = max(16, min(36, self.size.width - 54))
        days = f"{t('From'):<12} {t('Until'):<12} {t('Days'):>5}"
        head = f"   {fitted(t('Person'), room)} {days} {t('Amount'):>12}"
        lines = [title(t("Specification")), Entry(cut(head, self.size.width), slot="dim")]
        for line in one.lines:
            first = day_long(line.first_day) if line.first_day else ""
            last = day_long(line.last_day) if line.last_day else ""
            days = "" if line.days is None else str(line.days)
            lines.append(
                Entry(
                    f"   {fitted(line.person, room)} {first:<12} {last:<12} {days:>5} {money(line.cents):>12}"
                )
            )
        if not one.lines:
            lines.append(Entry(f"   {t('No lines: there was absence, but no payment.')}"))
        total = (
            f"   {fitted(t('Total'), room)} {'':<12} {'':<12} {'':>5} {money(one.cents):>12} {one.currency}"
        )
        return [*lines, Entry(total, slot="bold")]

    def action_table_next(self) -> None:
        """The second page."""
        self._turn(2)

    def action_table_previous(self) -> None:
        """The first page."""
        self._turn(1)

    def _turn(self, page: int) -> None:
        self.page, self.top = page, 0
        self.draw()

    def store_changed(self) -> None:
        """What is shown is what came; where the clerk may not see it any more, close."""
        desk_of(self.session)
        self.draw()


class SpecificationForm(FlowScreen):
    """What was read of a file, to be looked at before it is kept; without a file, to be typed."""

    def __init__(
        self,
        session: Session,
        found: Specification,
        doubts: Sequence[str],
        file: Path | None,
        kept: Callable[[int], None],
    ) -> None:
        super().__init__(session)
        self._found_in_file = found
        self._doubts = doubts
        self._file = file
        self._kept = kept

    def heading(self) -> str:
        """Of which file."""
        return "  ".join(filter(None, (t("Benefit specification"), self._file.name if self._file else "")))

    def strip(self) -> list[Line]:
        """What has to be looked at, and how many lines were read."""
        room = max(20, self.size.width - 2)
        lines = [((f" {line}", "warning"),) for doubt in self._doubts for line in wrap(f"! {doubt}", room)]
        count = len(self._found_in_file.lines)
        return (
            [*lines, ((f" {tn('{n} line was read.', '{n} lines were read.', count)}", "dim"),)]
            if self._file
            else []
        )

    def fields(self) -> Sequence[FormField]:
        """What every specification has."""
        return (
            month_field("month", N_("Month"), self.session.today, required=True),
            date_field("received_on", N_("Received"), required=True),
            text_field("insurer", N_("Insurer"), longest=60),
            text_field("policy_number", N_("Policy number"), longest=30),
            amount_field("cents", N_("Amount"), empty=0, hint=N_("0 where there was absence but no payment")),
        )

    def values(self) -> Values:
        """As read."""
        one = self._found_in_file
        return {
            "month": str(one.month),
            "received_on": one.received_on.isoformat(),
            "insurer": one.insurer,
            "policy_number": one.policy_number,
            "cents": one.cents,
        }

    def submit(self, values: dict[str, Value]) -> None:
        """Keep it with its file."""
        made = replace(
            self._found_in_file,
            month=Month.parse(str(values["month"])),
            received_on=date.fromisoformat(str(values["received_on"])),
            insurer=str(values["insurer"] or ""),
            policy_number=str(values["policy_number"] or ""),
            cents=int(values["cents"] or 0),
        )
        id_ = add_specification(desk_of(self.session), made, self._file)
        self.close()
        self._kept(id_)


def _searched(one: Specification) -> str:
    return f"{month_text(one.month)} {one.month} {one.insurer} {one.policy_number}"


def _row(stored: StoredSpecification) -> Row:
    one = stored.specification
    until = day_long(stored.paid_by) if stored.paid_by else t("nothing")
    return Row(
        (
            month_text(one.month),
            one.insurer,
            one.policy_number,
            day_long(one.received_on),
            money(one.cents),
            until,
        )
    )
