"""Whom a pay component is for: those marked in the month, those it shows, a team, everyone, or a choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hrtui.domain.identity.problem import Value
from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.editor.targets import marked_people
from hrtui.i18n import N_, t, tn
from hrtui.screens.choose_people import ChoosePeople
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.months import grid_of, in_order, month_field
from hrtui.screens.pay.sheet import PaySheet
from hrtui.screens.session import Session
from hrtui.store.pay_bulk import add_people, plan_batch, plan_bulk
from hrtui.store.pay_bulk_plan import BulkPlan
from hrtui.store.pay_component_types import PayType, people_of
from hrtui.store.people import Filter, person_ids, teams
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field

ONCE, UNTIL, ENDLESS = "once", "until", "endless"
MARKED, MEANT, SHOWN, ALL, PICK, KEEP = "marked", "meant", "shown", "all", "pick", "keep"


@dataclass(frozen=True, slots=True)
class Group:
    """A choice of people: how it is called, and who they are in a month."""

    key: str
    label: str
    ids: Callable[[Month], Sequence[int]]


def groups(session: Session, grid: MonthEditor | None, kind: PayType) -> list[Group]:
    """What can be chosen, the likeliest first."""
    store, employer_id = session.store, session.employer.id

    def those(wanted: Filter) -> Callable[[Month], Sequence[int]]:
        return lambda month: person_ids(store, employer_id, month, wanted)

    everyone = those(Filter())
    found: list[Group] = []
    if grid and grid.marks:
        marked = marked_people(grid)
        label = tn("{n} marked person", "{n} marked people", len(marked))
        found.append(Group(MARKED, label, lambda month: marked))
    if not kind.for_everyone:
        meant = people_of(store, employer_id, kind.id)
        label = tn("{n} person it is meant for", "{n} people it is meant for", len(meant))
        found.append(Group(MEANT, label, lambda month: in_order(list(meant), everyone(month))))
    if grid and grid.filter:
        found.append(Group(SHOWN, t("Those the month shows"), those(grid.filter)))
    found.append(Group(ALL, t("Everyone in service"), everyone))
    found += [
        Group(f"team {team.id}", team.name, those(Filter(team_id=team.id)))
        for team in teams(store, employer_id)
    ]
    return found


def open_sheet(session: Session, grid: MonthEditor | None, kind: PayType, month: Month) -> PaySheet:
    """The sheet of a type for the likeliest people: those marked in the month, else those it shows."""
    first = groups(session, grid, kind)[0]
    plan = plan_bulk(session.store, session.employer.id, kind.id, month, first.ids(month))

    def choose(sheet: PaySheet) -> None:
        sheet.app.push_screen(PayPeople(session, sheet))

    return PaySheet(session, plan, first.label, choose)


def open_batch(session: Session, batch_id: int) -> PaySheet:
    """The sheet of what was saved together, to adjust it; people can be added to it."""
    plan = plan_batch(session.store, session.employer.id, batch_id)

    def choose(sheet: PaySheet) -> None:
        def add(ids: Sequence[int]) -> None:
            sheet.show_added(add_people(session.store, session.employer.id, plan, ids))

        title = t("{name}: for whom else", name=plan.kind.name)
        sheet.app.push_screen(ChoosePeople(session, title, (), add))

    return PaySheet(session, plan, t("saved amounts"), choose)


class PayPeople(FlowScreen):
    """Asks for month and people of an open sheet; the amounts typed so far stay with their people."""

    def __init__(self, session: Session, sheet: PaySheet) -> None:
        super().__init__(session)
        self._sheet = sheet
        self._picked: list[int] = [line.person_id for line in sheet.plan.lines]
        self._groups: list[Group] = []

    def heading(self) -> str:
        """Of what."""
        return t("{name}: when, and for whom", name=self._sheet.plan.kind.name)

    def fields(self) -> Sequence[FormField]:
        """Month, how long, people."""
        self._groups = groups(self.session, grid_of(self.app), self._sheet.plan.kind)
        return (
            *span_fields(self.session),
            choice_field("people", N_("People"), self._choices, required=True),
        )

    def _choices(self) -> Sequence[Choice]:
        return (
            Choice(KEEP, t("The same people"), KEEP),
            *(Choice(group.key, group.label) for group in self._groups),
            Choice(PICK, t("Choose from the list…")),
        )

    def values(self) -> Values:
        """As the sheet is now."""
        return {**span_values(self._sheet.plan.month, self._sheet.plan.last_month), "people": KEEP}

    def may_leave(self) -> str:
        """Two choices are made again in no time: nothing is lost."""
        return ""

    def submit(self, values: dict[str, Value]) -> None:
        """Go on with these people, chosen from the list first where that was asked for."""
        wanted = str(values["people"])
        if wanted == PICK:
            title = t("{name}: for whom", name=self._sheet.plan.kind.name)
            self.close()
            screen = ChoosePeople(
                self.session,
                title,
                self._picked,
                lambda ids: self._go_on(values, ids, self._picked_label(ids)),
            )
            self._sheet.app.push_screen(screen)
            return
        first = Month.parse(str(values["month"]))
        if wanted == KEEP:
            self._go_on(values, self._picked, self._sheet.who, close=True)
            return
        group = next(group for group in self._groups if group.key == wanted)
        self._go_on(values, group.ids(first), group.label, close=True)

    def _picked_label(self, ids: Sequence[int]) -> str:
        return tn("{n} chosen person", "{n} chosen people", len(ids))

    def _go_on(self, values: Values, ids: Sequence[int], who: str, *, close: bool = False) -> None:
        month, last, endless = span_of(values)
        kind, session = self._sheet.plan.kind, self.session
        plan: BulkPlan = plan_bulk(
            session.store, session.employer.id, kind.id, month, ids, last_month=last, endless=endless
        )
        if close:
            self.close()
        self._sheet.take_plan(plan, who)


def span_fields(session: Session) -> Sequence[FormField]:
    """The month, and whether it is paid once, until a month, or without end."""

    def choices() -> Sequence[Choice]:
        return (
            Choice(ONCE, t("Only that month")),
            Choice(UNTIL, t("Every month until…")),
            Choice(ENDLESS, t("Every month, without end")),
        )

    hint = N_("As in 09/2026")
    return (
        month_field("month", N_("Month"), session.today, required=True, hint=hint),
        choice_field("how", N_("How long"), choices, required=True),
        month_field(
            "last",
            N_("Until month"),
            session.today,
            required=True,
            not_before="month",
            hint=hint,
            when=lambda values: values["how"] == UNTIL,
        ),
    )


def span_values(first: Month, last: Month | None) -> dict[str, Value]:
    """The values of these fields for a span."""
    how = ONCE if last == first else ENDLESS if last is None else UNTIL
    return {"month": str(first), "how": how, "last": str(last) if how == UNTIL else None}


def span_of(values: Values) -> tuple[Month, Month | None, bool]:
    """First month, last month (None: see next), and whether it goes on without end."""
    first = Month.parse(str(values["month"]))
    if values["how"] != UNTIL:
        return first, None, values["how"] == ENDLESS
    return first, Month.parse(str(values["last"])), False
