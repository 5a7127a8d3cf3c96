"""One leave type: its record field by field, switching one on, and making an own one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.domain.leave_type import Category, LeaveType, Limit
from hrtui.domain.type_fields import free_letter
from hrtui.i18n import N_, language, t, tn
from hrtui.keybindings import bound_letters
from hrtui.screens.form_base import FlowScreen, RecordScreen
from hrtui.screens.leave.leave_type_fields import (
    kind_of,
    missing_codes,
    put_limit,
    type_fields,
    type_values,
)
from hrtui.screens.session import Session
from hrtui.store.allowances import in_other_unit
from hrtui.store.errors import StoreError
from hrtui.store.leave_type_records import LeaveTypeRefused, activate, reorder, save_type
from hrtui.store.leave_types import leave_types
from hrtui.store.record_history import Row
from hrtui.store.written_limits import outdated
from hrtui.widgets.form_field import FormField, Values, yes_no_field
from hrtui.widgets.hints import Hint


class LeaveTypeScreen(RecordScreen):
    """The record of a leave type; each field is stored when it is left, and counts in the month at once."""

    words: ClassVar[dict[str, Hint]] = {
        "form.enter": (1, N_("next field")),
        "form.page_down": (3, N_("next part")),
        "form.undo": (2, N_("undo")),
        "form.history": (2, N_("history")),
        "form.more": (4, N_("limits, allowances…")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, kind: LeaveType) -> None:
        super().__init__(session)
        self.kind = kind

    def heading(self) -> str:
        """Which type."""
        state = "" if self.kind.active else f"  ({t('inactive')})"
        return f"{t('Leave type')}  {self.kind.key}  {self.kind.name(language())}{state}"

    def fields(self) -> Sequence[FormField]:
        """All fields in their parts."""
        fields = type_fields(self.session, lambda: self.kind, lambda: type_values(self.kind))
        return fields if self.kind.active else [field for field in fields if field.name != "place"]

    def values(self) -> Values:
        """What is stored."""
        return type_values(self.kind, self._place())

    def warn(self, values: Values) -> dict[str, str]:
        """Providers without a code for the type, grants in another unit, limits written down before."""
        found = missing_codes(self.session, kind_of(values, self.kind)) | self._turned_over()
        return found | self._written_before()

    def _written_before(self) -> dict[str, str]:
        people = len(outdated(self.session.store, self.session.employer.id, self.kind).people)
        if not people:
            return {}
        key = self.session.keymap.label("form.more")
        return {"limit_amount": tn(
            "{n} person was granted leave beside another limit and keeps it: {key} writes this one.",
            "{n} people were granted leave beside another limit and keep it: {key} writes this one.",
            people, key=key,
        )}  # fmt: skip

    def _turned_over(self) -> dict[str, str]:
        store, employer_id = self.session.store, self.session.employer.id
        if self.kind.limit is Limit.UNLIMITED or not in_other_unit(store, employer_id, self.kind):
            return {}
        if self.kind.limit is Limit.DAYS:
            return {"limit_kind": t("What was granted in hours counts as days of each one's own schedule.")}
        return {"limit_kind": t("What was granted in days counts as hours of each one's own schedule.")}

    def save_field(self, name: str, value: Value) -> str:
        """Store one field; a limit in another unit begins empty."""
        session = self.session
        try:
            if name == "place":
                self._move_to(value if isinstance(value, int) else self._place())
                return ""
            kind = kind_of({**self.form.values, name: value}, self.kind)
            if name == "limit_kind":
                kind = replace(kind, limit_amount=None)
            bound = bound_letters(session.keymap)
            self.kind = save_type(session.store, session.employer.id, kind, self.kind, bound)
        except LeaveTypeRefused as problem:
            return problem.text
        except StoreError:
            self._read()
            raise
        if name == "limit_kind":
            put_limit(self.form, None)
        return ""

    def store_changed(self) -> None:
        """Show what is stored now; where the type is gone (its making was undone), close."""
        typed, limit = self.form.cell("limit_amount").typed, self.kind.limit
        if not self._read():
            self.close_saying(t("This is no longer there: it was deleted elsewhere."))
            return
        if self.kind.limit is not limit and not typed:
            put_limit(self.form, self.kind.limit_amount)
        super().store_changed()

    def history_rows(self) -> Sequence[Row]:
        """The type itself."""
        return [("leave_type", self.kind.id)]

    def action_form_more(self) -> None:
        """People with a limit of their own, allowances, the end of the year."""
        from hrtui.screens.leave.menu import type_menu

        self.form.settle()
        self.app.push_screen(type_menu(self, self.kind))

    def _read(self) -> bool:
        found = leave_types(self.session.store, self.session.employer.id).get(self.kind.id)
        self.kind = found or self.kind
        return found is not None

    def _active(self) -> list[int]:
        found = leave_types(self.session.store, self.session.employer.id)
        return [kind.id for kind in found.values() if kind.active]

    def _place(self) -> int:
        active = self._active()
        return active.index(self.kind.id) + 1 if self.kind.id in active else 0

    def _move_to(self, place: int) -> None:
        """Put it at a place among the active types; the store counts the others too."""
        session, own = self.session, self.kind.id
        everything = [one for one in leave_types(session.store, session.employer.id) if one != own]
        active = [one for one in self._active() if one != own]
        if place <= len(active):
            target = everything.index(active[place - 1])
        else:
            target = everything.index(active[-1]) + 1 if active else 0
        reorder(session.store, session.employer.id, own, target)


class ActivateScreen(FlowScreen):
    """Asks how a type is switched on: its letter, self-service, approval."""

    only_writes = True

    def __init__(self, session: Session, kind: LeaveType, done: Callable[[LeaveType], None]) -> None:
        super().__init__(session)
        self.kind = kind
        self._done = done

    def heading(self) -> str:
        """Which type."""
        return t("Activate {name}", name=f"{self.kind.key} {self.kind.name(language())}")

    def fields(self) -> Sequence[FormField]:
        """Letter, self-service and approval."""
        active = replace(self.kind, active=True)
        fields = type_fields(self.session, lambda: active, lambda: type_values(active))
        letter = next(field for field in fields if field.name == "letter")
        return (
            replace(letter, section="", read=lambda text, values: letter.read(text, self._all(values))),
            yes_no_field(
                "self_service", N_("Can be requested"), hint=N_("By the employees themselves: y or n")
            ),
            yes_no_field(
                "approval_needed", N_("Needs approval"), hint=N_("Of the manager, before it counts: y or n")
            ),
        )

    def _all(self, values: Values) -> Values:
        return {**type_values(self.kind), **values}

    def values(self) -> Values:
        """As it was when it was last active; the letter where it is free, else another."""
        kinds = leave_types(self.session.store, self.session.employer.id).values()
        bound = bound_letters(self.session.keymap)
        used = {kind.letter for kind in kinds if kind.active} | bound
        own = self.kind.letter
        letter = own if own and own not in used else free_letter(self.kind, kinds, bound)
        return {
            "letter": letter,
            "self_service": int(self.kind.self_service),
            "approval_needed": int(self.kind.approval_needed),
        }

    def submit(self, values: dict[str, Value]) -> None:
        """Switch it on; a letter that is taken meanwhile is told."""
        session = self.session
        try:
            kind = activate(
                session.store,
                session.employer.id,
                self.kind.id,
                self_service=bool(values["self_service"]),
                approval_needed=bool(values["approval_needed"]),
                letter=str(values["letter"] or ""),
                bound=bound_letters(session.keymap),
            )
        except LeaveTypeRefused as problem:
            self.form.go("letter")
            self.form.current.problem = problem.text
            return
        self.close()
        self._done(kind)


class NewLeaveType(FlowScreen):
    """Asks everything about an own leave type."""

    only_writes = True

    def __init__(self, session: Session, done: Callable[[LeaveType], None]) -> None:
        super().__init__(session)
        self.kind = LeaveType(0, "", "", {}, Category.ABSENCE)
        self._done = done

    def heading(self) -> str:
        """The top line."""
        return f"{t('New leave type')}  {self.session.employer.name}"

    def fields(self) -> Sequence[FormField]:
        """All fields but the place: a new type is the last one."""
        fields = type_fields(self.session, lambda: self.kind, self._values)
        return [field for field in fields if field.name != "place"]

    def values(self) -> Values:
        """An absence in hours without limit."""
        return type_values(self.kind)

    def _values(self) -> Values:
        return self.form.values or type_values(self.kind)

    def accepted(self, name: str) -> None:
        """A free letter follows from the key; a limit in another unit begins empty."""
        if name == "key":
            kinds = leave_types(self.session.store, self.session.employer.id).values()
            kind = kind_of(self.form.values, self.kind)
            self.form.fill("letter", free_letter(kind, kinds, bound_letters(self.session.keymap)))
        elif name == "limit_kind":
            put_limit(self.form, None)

    def submit(self, values: dict[str, Value]) -> None:
        """Make it; what is wrong is told at its field."""
        session = self.session
        kind = kind_of(values, self.kind)
        try:
            kind = save_type(session.store, session.employer.id, kind, bound=bound_letters(session.keymap))
        except LeaveTypeRefused as problem:
            self.form.go(problem.field)
            self.form.current.problem = problem.text
            return
        self.close()
        self._done(kind)
