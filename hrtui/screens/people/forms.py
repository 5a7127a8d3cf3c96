"""Two small forms of the people screen: which people to list, and what to change for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrtui.domain.identity.problem import Value
from hrtui.i18n import N_, t, tn
from hrtui.screens.filter_form import FilterForm
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.record_fields import linked
from hrtui.screens.session import Session
from hrtui.store.provider_links import link_people
from hrtui.store.schedule_records import assign_schedule
from hrtui.store.teams import move_people
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field, date_field

_NO_TEAM = 0
"""The choice that takes people out of their team; an empty field leaves them where they are."""


class PeopleFilter(FilterForm):
    """Asks for a team and a provider; empty ones do not count."""

    def heading(self) -> str:
        """The top line."""
        return t("Which people to list")

    def fields(self) -> Sequence[FormField]:
        """Team and provider."""
        session = self.session
        return (
            choice_field("team_id", N_("Team"), lambda: linked(session, "team")),
            choice_field(
                "provider_link_id", N_("Payroll provider"), lambda: linked(session, "provider_link")
            ),
        )


class PeopleChange(FlowScreen):
    """Asks for a team, and a schedule with its first day or a payroll provider, for some people at once."""

    only_writes = True

    def __init__(self, session: Session, people: Sequence[int], schedule_id: int | None = None) -> None:
        super().__init__(session)
        self.people = list(people)
        self.schedule_id = schedule_id

    def heading(self) -> str:
        """For how many people."""
        return tn("Change {n} person", "Change {n} people", len(self.people))

    def fields(self) -> Sequence[FormField]:
        """What can be changed for many."""
        session = self.session
        unchanged = N_("Empty: stays as it is")

        def teams() -> Sequence[Choice]:
            return (*linked(session, "team"), Choice(_NO_TEAM, t("No team")))

        return (
            choice_field("team_id", N_("Team"), teams, hint=unchanged),
            choice_field(
                "schedule_id", N_("Work schedule"), lambda: linked(session, "work_schedule"), hint=unchanged
            ),
            date_field(
                "valid_from",
                N_("Schedule from"),
                required=True,
                when=lambda values: values["schedule_id"] is not None,
                hint=N_("The first day on which they work by it: 31/12/2026"),
            ),
            choice_field(
                "provider_link_id",
                N_("Payroll provider"),
                lambda: linked(session, "provider_link"),
                # A schedule for many is given out as often as people start: it ends the form sooner.
                when=lambda values: values["schedule_id"] is None,
                hint=unchanged,
            ),
        )

    def values(self) -> Values:
        """A schedule begins today unless said otherwise."""
        return {"schedule_id": self.schedule_id, "valid_from": self.session.today.isoformat()}

    def new_form(self) -> Form:
        """With a schedule that is given out, only its day is still to be said."""
        form = super().new_form()
        if self.schedule_id is not None:
            form.go("valid_from")
        return form

    def submit(self, values: dict[str, Value]) -> None:
        """Write what was filled in, a step each."""
        store, employer_id = self.session.store, self.session.employer.id
        team_id, schedule_id, link_id = (
            values[name] for name in ("team_id", "schedule_id", "provider_link_id")
        )
        if isinstance(team_id, int):
            move_people(store, employer_id, self.people, team_id if team_id != _NO_TEAM else None)
        if isinstance(schedule_id, int):
            first = date.fromisoformat(str(values["valid_from"]))
            assign_schedule(store, employer_id, schedule_id, self.people, first)
        if isinstance(link_id, int):
            link_people(store, employer_id, self.people, link_id)
        self.close_telling(tn("{n} person is changed.", "{n} people are changed.", len(self.people)))
