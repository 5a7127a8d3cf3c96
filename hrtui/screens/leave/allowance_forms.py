"""Forms for the leave of one or many people: grant it, adjust it with a reason, have it proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrtui.domain.identity.problem import Value
from hrtui.i18n import N_, t, tn
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.leave.amounts import (
    amount_field,
    amounts_of,
    kind_name,
    type_field,
    usual_type,
    without_schedule,
    year_field,
    year_text,
)
from hrtui.screens.session import Session
from hrtui.store.allowances import MAX_REASON, adjust, grant, known_type
from hrtui.store.person_records import person_name
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import FormField, Values, text_field


class _LeaveForm(FlowScreen):
    """Leave of a type and year for some people."""

    only_writes = True

    def __init__(
        self, session: Session, people: Sequence[int], year: int, type_id: int | None = None
    ) -> None:
        super().__init__(session)
        self.people = list(people)
        self.year, self.type_id = year, type_id

    def what(self) -> str:
        """What the form does, as its title begins."""
        raise NotImplementedError

    def heading(self) -> str:
        """What, and for whom."""
        return f"{self.what()}  {self.who()}"

    def who(self) -> str:
        """The person's name, or how many people."""
        if len(self.people) == 1:
            return person_name(self.session.store, self.session.employer.id, self.people[0])
        return tn("{n} person", "{n} people", len(self.people))

    def values(self) -> Values:
        """The type and year it was opened for."""
        return {"type_id": self.type_id or usual_type(self.session), "year": self.year}

    def new_form(self) -> Form:
        """The cursor begins at the amount where it is known what the leave is of."""
        form = super().new_form()
        if self.type_id is not None and any(cell.field.name == "amount" for cell in form.cells):
            form.go("amount")
        return form

    def amounts(self, values: Mapping[str, Value]) -> dict[int, int]:
        """The amount by person, 0 for those who have no days."""
        type_id, year = int(values["type_id"] or 0), int(values["year"] or 0)
        return amounts_of(self.session, type_id, year, str(values["amount"]), self.people)

    def carry_out(self, amounts: Mapping[int, int], question: str, write: Callable[[], object]) -> None:
        """Write it; for many people, ask first."""
        if missing := without_schedule(amounts):
            self.form.go("amount")
            self.form.current.problem = tn(
                "{n} person has no work schedule: write the amount in the unit of the type.",
                "{n} people have no work schedule: write the amount in the unit of the type.",
                missing,
            )
            return

        def yes() -> None:
            write()
            self.close_telling(t("Saved for {people}.", people=self.who()))

        if len(self.people) == 1:
            yes()
        else:
            self.ask(question, yes)


class GrantForm(_LeaveForm):
    """Asks for type, year, amount and the name of the grant."""

    def what(self) -> str:
        """The title."""
        return t("Grant leave")

    def fields(self) -> Sequence[FormField]:
        """Type, year, amount, and how the grant is told from others."""
        label = text_field("label", N_("Name of the grant"), longest=40, hint=N_("Empty, or as in seniority"))
        return (
            type_field(self.session),
            year_field(self.session),
            amount_field(self.session, signed=False),
            label,
        )

    def submit(self, values: dict[str, Value]) -> None:
        """Grant it to all of them as one step."""
        session, amounts = self.session, self.amounts(values)
        type_id, year, label = int(values["type_id"] or 0), int(values["year"] or 0), str(values["label"])
        kind = known_type(session.store, session.employer.id, type_id)
        question = t("Grant {amount} of {type} {year} to {people}?", amount=values["amount"],
                     type=kind_name(kind), year=year_text(session, year), people=self.who())  # fmt: skip
        self.carry_out(
            amounts,
            question,
            lambda: grant(session.store, session.employer.id, type_id, year, amounts, label=label),
        )


class AdjustForm(_LeaveForm):
    """Asks for type, year, what to add or take off, and why."""

    def what(self) -> str:
        """The title."""
        return t("Adjust leave")

    def fields(self) -> Sequence[FormField]:
        """Type, year, amount and reason."""
        reason = text_field("reason", N_("Reason"), longest=MAX_REASON, required=True,
                            hint=N_("It stands in the account"))  # fmt: skip
        return (
            type_field(self.session),
            year_field(self.session),
            amount_field(self.session, signed=True),
            reason,
        )

    def submit(self, values: dict[str, Value]) -> None:
        """Adjust it for all of them as one step."""
        session, amounts = self.session, self.amounts(values)
        type_id, year, reason = int(values["type_id"] or 0), int(values["year"] or 0), str(values["reason"])
        kind = known_type(session.store, session.employer.id, type_id)
        question = t("Adjust {type} {year} by {amount} for {people}?", amount=values["amount"],
                     type=kind_name(kind), year=year_text(session, year), people=self.who())  # fmt: skip
        self.carry_out(
            amounts,
            question,
            lambda: adjust(session.store, session.employer.id, type_id, year, amounts, reason),
        )


class ProposalForm(_LeaveForm):
    """Asks for which type and year leave is to be proposed."""

    def what(self) -> str:
        """The title."""
        return t("Propose leave")

    def fields(self) -> Sequence[FormField]:
        """Type and year."""
        return (type_field(self.session), year_field(self.session))

    def may_leave(self) -> str:
        """Nothing is lost: it is typed again in no time."""
        return ""

    def submit(self, values: dict[str, Value]) -> None:
        """Show the proposals."""
        from hrtui.screens.leave.entitlements import EntitlementsScreen

        type_id, year = int(values["type_id"] or 0), int(values["year"] or 0)
        self.close()
        self.app.push_screen(EntitlementsScreen(self.session, type_id, year, self.people))
