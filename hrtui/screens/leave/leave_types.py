"""The leave types of the employer: found while typing, switched on and off, made, edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.leave_type import LeaveType
from hrtui.domain.type_fields import CATEGORIES, UNITS
from hrtui.i18n import N_, language, t, tn
from hrtui.screens.leave.leave_type_fields import codes_words, limit_words
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.leave_type_records import TypeLine, deactivate, entries_of, type_lines
from hrtui.store.record_history import Row as StoredRow
from hrtui.widgets.hints import Hint
from hrtui.widgets.line_edit import LineEdit
from hrtui.wording import told_of

_CATEGORIES = {choice.value: choice.label for choice in CATEGORIES}
_UNITS = {choice.value: choice.label for choice in UNITS}


class LeaveTypesScreen(TableScreen):
    """The active types, with F9 the others too; Enter opens an active one and switches on another."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open")),
        "table.inactive": (1, N_("inactive")),
        "table.new": (2, N_("new")),
        "table.delete": (4, N_("deactivate")),
        "table.more": (2, N_("limits, allowances…")),
        "table.history": (5, N_("history")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Key"), 5),
        Column(N_("Letter"), 6),
        Column(N_("Name")),
        Column(N_("Limit"), 10, right=True),
        Column(N_("Exceptions"), 10, right=True, least=74),
        Column(N_("Request"), 8),
        Column(N_("Approval"), 10, least=70),
        Column(N_("Provider codes"), 34, least=120),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._lines: dict[int, TypeLine] = {}

    def heading(self) -> str:
        """Whose types, and which of them."""
        which = t("inactive types too") if self.with_inactive else ""
        return "  ".join(filter(None, (t("Leave types"), self.session.employer.name, which)))

    def find(self, text: str) -> Sequence[int]:
        """The types with the words in their key, names or codes; inactive ones behind the others."""
        store, employer_id = self.session.store, self.session.employer.id
        inactive = self.with_inactive or bool(text.strip())
        found = type_lines(store, employer_id, text, inactive=inactive)
        self._lines = {line.kind.id: line for line in found}
        return list(self._lines)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Key, letter, name, limit, exceptions, flags and codes."""
        return {id_: _row(self._lines[id_]) for id_ in ids}

    def in_words(self) -> str:
        """How the type under the cursor counts, and its codes."""
        if self.current is None:
            return ""
        kind = self._lines[self.current].kind
        words = [t(_CATEGORIES[kind.category]), t(_UNITS[kind.unit]).lower()]
        if kind.carry_over_months:
            months = kind.carry_over_months
            words.append(tn("rest until {n} month after the year", "rest until {n} months after the year",
                            months))  # fmt: skip
        codes = codes_words(kind.provider_codes)
        words.append(codes or t("no provider codes"))
        text = ", ".join(words)
        return text if kind.active else told_of(t("inactive"), text)

    def open_row(self, row_id: int) -> None:
        """The record of an active type; for another one, how to switch it on."""
        kind = self._lines[row_id].kind
        if kind.active:
            self.edit_type(kind)
        else:
            from hrtui.screens.leave.leave_type import ActivateScreen

            self.app.push_screen(ActivateScreen(self.session, kind, self._activated))

    def edit_type(self, kind: LeaveType) -> None:
        """The record of a type."""
        from hrtui.screens.leave.leave_type import LeaveTypeScreen

        self.app.push_screen(LeaveTypeScreen(self.session, kind))

    def action_table_new(self) -> None:
        """Make an own type."""
        from hrtui.screens.leave.leave_type import NewLeaveType

        self.app.push_screen(NewLeaveType(self.session, self._activated))

    def action_table_more(self) -> None:
        """Own limits of people, allowances, the end of the year."""
        from hrtui.screens.leave.menu import type_menu

        if self.current is not None:
            self.app.push_screen(type_menu(self, self._lines[self.current].kind))

    def action_table_delete(self) -> None:
        """Switch the type off; what is entered stays."""
        if self.current is None:
            return
        kind = self._lines[self.current].kind
        name = kind.name(language())
        if not kind.active:
            self.say(t("{name} is inactive already.", name=name))
            return
        store, employer_id = self.session.store, self.session.employer.id

        def yes() -> None:
            deactivate(store, employer_id, kind.id)
            self.reload()
            self.tell(t("{name} is inactive: it can no longer be entered.", name=name))

        entered = entries_of(store, employer_id, kind.id)
        stays = tn("{n} entry stays.", "{n} entries stay.", entered) if entered else ""
        self.ask(f"{t('Deactivate {name}?', name=name)} {stays}".strip(), yes)

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The type itself."""
        return [("leave_type", row_id)]

    def _activated(self, kind: LeaveType) -> None:
        """Show the type that was switched on or made, whatever was searched for before."""
        self.edit = LineEdit()
        self.reload(keep=kind.id)
        name = kind.name(language())
        if kind.letter:
            text = t("{name} is active: {letter} enters it in the month.", name=name, letter=kind.letter)
        else:
            text = t("{name} is active: type {key} to enter it, it has no letter.", name=name, key=kind.key)
        self.tell(text)


def _row(line: TypeLine) -> Row:
    kind = line.kind
    texts = (
        kind.key,
        kind.letter if kind.active else t("off"),
        kind.name(language()),
        limit_words(kind.limit, kind.limit_amount),
        str(line.exceptions or ""),
        t("Yes") if kind.self_service else t("No"),
        t("Yes") if kind.approval_needed else t("No"),
        codes_words(kind.provider_codes),
    )
    return Row(texts, dim=not kind.active)
