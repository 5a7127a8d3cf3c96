"""People whose yearly limit for a leave type is another than the type's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.domain.leave_type import Limit
from hrtui.i18n import N_, language, t, tn
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.leave.amounts import type_field, usual_type
from hrtui.screens.leave.leave_type_fields import limit_fields, limit_words, put_limit
from hrtui.screens.record_fields import person_field
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.allowances import known_type
from hrtui.store.leave_exceptions import LeaveException, exceptions_of, remove_exceptions, set_exception
from hrtui.store.person_records import person_name
from hrtui.store.record_history import rows_with
from hrtui.widgets.form_field import FormField, Values, whole_of
from hrtui.widgets.hints import Hint


class LeaveExceptionsScreen(TableScreen):
    """The exceptions to the limit of a leave type; Enter changes one."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("change")),
        "table.new": (1, N_("new exception")),
        "table.delete": (2, N_("remove")),
        "table.mark": (4, N_("mark")),
        "table.history": (4, N_("history")),
        "table.undo": (3, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name")),
        Column(N_("Number"), 10),
        Column(N_("Own limit"), 14, right=True),
    )

    def __init__(self, session: Session, type_id: int) -> None:
        super().__init__(session)
        self.type_id = type_id
        self._exceptions: dict[int, LeaveException] = {}

    def heading(self) -> str:
        """Which type, and its own limit."""
        kind = known_type(self.session.store, self.session.employer.id, self.type_id)
        limit = limit_words(kind.limit, kind.limit_amount)
        return t("Exceptions to {type} ({limit})", type=kind.name(language()), limit=limit)

    def nothing(self) -> str:
        """Nobody has another limit."""
        return super().nothing() if self.edit.text else t("Everybody has the limit of the type.")

    def find(self, text: str) -> Sequence[int]:
        """The people with the words in their name or number."""
        found = exceptions_of(self.session.store, self.session.employer.id, self.type_id)
        fits = finder(text)
        self._exceptions = {one.id: one for one in found if fits(f"{one.name} {one.number}")}
        return list(self._exceptions)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, number and limit."""
        found = (self._exceptions[id_] for id_ in ids)
        return {one.id: Row((one.name, one.number, limit_words(one.limit, one.amount))) for one in found}

    def open_row(self, row_id: int) -> None:
        """Change the limit of the marked people, or of this one."""
        chosen = [self._exceptions[id_] for id_ in self.chosen if id_ in self._exceptions]
        people = [one.person_id for one in chosen]
        self.app.push_screen(OwnLimitForm(self.session, people, self.type_id, self._exceptions[row_id]))

    def action_table_new(self) -> None:
        """Ask whose limit is another, and which."""
        self.app.push_screen(OwnLimitForm(self.session, [], self.type_id))

    def action_table_delete(self) -> None:
        """Give the marked people, or this one, the limit of the type again."""
        chosen = [id_ for id_ in self.chosen if id_ in self._exceptions]
        if not chosen:
            return

        def yes() -> None:
            remove_exceptions(self.session.store, self.session.employer.id, chosen)
            self.marks.clear()
            self.reload()
            self.tell(tn("{n} exception is removed.", "{n} exceptions are removed.", len(chosen)))

        if len(chosen) == 1:
            yes()
        else:
            self.ask(tn("Remove {n} exception?", "Remove {n} exceptions?", len(chosen)), yes)

    def action_table_history(self) -> None:
        """Who made and removed exceptions."""
        from hrtui.screens.history.record import RecordHistoryScreen

        store, whose = self.session.store, {"leave_type_id": self.type_id}
        self.app.push_screen(
            RecordHistoryScreen(
                self.session, self.heading(), lambda: rows_with(store, "leave_exception", whose)
            )
        )


class OwnLimitForm(FlowScreen):
    """Asks for the own limit of some people (or of one who is asked for, too) for a leave type."""

    def __init__(
        self,
        session: Session,
        people: Sequence[int],
        type_id: int | None = None,
        now: LeaveException | None = None,
    ) -> None:
        super().__init__(session)
        self.people = list(people)
        self.type_id = type_id
        self.now = now

    def heading(self) -> str:
        """Whose limit."""
        if not self.people:
            return t("Own limit of a person")
        if len(self.people) == 1:
            name = person_name(self.session.store, self.session.employer.id, self.people[0])
            return t("Own limit of {name}", name=name)
        return tn("Own limit of {n} person", "Own limit of {n} people", len(self.people))

    def fields(self) -> Sequence[FormField]:
        """The person or the type where they are not known, and the limit."""
        session = self.session

        person = person_field(session, "person_id", N_("Person"), required=True)
        made = [] if self.people else [person]
        made += [] if self.type_id else [type_field(session)]
        return [*made, *limit_fields(session, self._so_far)]

    def _so_far(self) -> Values:
        return self.form.values or self.values()

    def values(self) -> Values:
        """The own limit, or one like the type's."""
        type_id = self.type_id or usual_type(self.session)
        known = {"type_id": type_id, "person_id": None}
        if self.now is not None:
            return {**known, "limit_kind": self.now.limit.value, "limit_amount": self.now.amount}
        kind = known_type(self.session.store, self.session.employer.id, type_id) if type_id else None
        limit = kind.limit if kind and kind.limit is not Limit.UNLIMITED else Limit.DAYS
        return {**known, "limit_kind": limit.value, "limit_amount": None}

    def accepted(self, name: str) -> None:
        """A limit in another unit begins empty."""
        if name == "limit_kind":
            put_limit(self.form, None)

    def submit(self, values: dict[str, Value]) -> None:
        """Store it for all of them as one step."""
        people = self.people or [int(values["person_id"] or 0)]
        type_id = self.type_id or int(values["type_id"] or 0)
        limit, amount = Limit(str(values["limit_kind"])), values["limit_amount"]
        set_exception(
            self.session.store,
            self.session.employer.id,
            type_id,
            people,
            limit,
            whole_of(amount) if limit is not Limit.UNLIMITED else None,
        )
        self.close()
